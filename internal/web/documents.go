package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// documentsPage offers every document in every form.
type documentsPage struct {
	frame
	Sections []documentSection
}

type documentSection struct {
	ID, Title, Text string
	Items           []documentItem
}

type documentItem struct {
	Title string
	Links []documentLink
	Page  *link // where the document is chosen, in place of links
}

// A documentLink says also of what it is, for those who hear the page.
type documentLink struct {
	link
	Of string
}

func (s *site) documentsPage(r *request) (page, error) {
	p := &documentsPage{frame: r.frame("documents", "documents", r.lang.T("documents.title"))}
	if r.view.N == 0 {
		return p, nil
	}
	if s.documents == nil {
		p.Sections = r.wallSection(&p.frame)
		return p, nil
	}
	t := r.lang.T
	item := func(title, file string, q url.Values, formats []string) documentItem {
		it := documentItem{Title: title}
		for _, f := range formats {
			it.Links = append(it.Links, documentLink{link{p.with(q, file+"."+f), strings.ToUpper(f)}, title})
		}
		return it
	}
	report := documentSection{ID: "report", Title: t("documents.report"), Text: t("documents.reportown")}
	if rep := r.snap.proc.Report; rep != nil && rep.Clause != "" {
		report.Text = t("documents.reportby", rep.Clause)
	}
	list := documentSection{ID: "list", Title: t("documents.list"), Text: t("documents.listtext")}
	diff := documentSection{ID: "diff", Title: t("documents.diff"), Text: t("documents.difftext")}
	current := t("documents.current")
	if r.view.past() {
		current = r.pastText()
	}
	eds := r.snap.reg.Editions
	if !(len(eds) > 0 && eds[len(eds)-1].N+1 == r.view.N) || r.view.past() {
		report.Items = append(report.Items, item(current, "report", r.view.query(), reportFormats))
	}
	list.Items = append(list.Items, item(current, "list", r.view.query(), listFormats))
	for i := len(eds) - 1; i >= 0; i-- {
		e := eds[i]
		name := r.lang.T("edition.heading", e.Number, lang.Date(string(e.Date)))
		if act := actText(register.Act{Kind: e.Act.Kind, Number: e.Act.Number, Date: e.Act.Date}); act != "" {
			name += ", " + act
		}
		q := url.Values{"edition": {strconv.Itoa(e.Number)}}
		report.Items = append(report.Items, item(name, "report", q, reportFormats))
		list.Items = append(list.Items, item(name, "list", q, listFormats))
		if i == len(eds)-1 && e.N+1 < r.view.N {
			diff.Items = append(diff.Items, item(t("documents.since", e.Number), "diff", url.Values{"a": {strconv.Itoa(e.Number)}}, reportFormats))
		}
		if i > 0 {
			diff.Items = append(diff.Items, item(t("documents.between", eds[i-1].Number, e.Number), "diff", diffQuery(eds[i-1].Number, e.Number), reportFormats))
		}
	}
	p.Sections = append(p.Sections, report, list)
	if r.snap.hasClients() {
		p.Sections = append(p.Sections, documentSection{ID: "segments", Title: t("documents.segments"), Text: t("documents.segmentstext"),
			Items: []documentItem{item(current, "segments", r.view.query(), reportFormats)}})
	}
	if len(diff.Items) > 0 {
		p.Sections = append(p.Sections, diff)
	}
	p.Sections = append(p.Sections, r.wallSection(&p.frame)...)
	return p, nil
}

// file makes report.*, list.*, diff.*, processes.* and segments.*.
func (s *site) file(w http.ResponseWriter, hr *http.Request) {
	name, format, _ := strings.Cut(hr.PathValue("file"), ".")
	formats := reportFormats
	if name == "list" {
		formats = listFormats
	}
	if name != "report" && name != "list" && name != "diff" && name != "processes" && name != "segments" || s.documents == nil {
		s.notFound(w, hr)
		return
	}
	r, err := s.open(w, hr, slices.Concat(rowParams, viewParams, []string{"a", "b"}))
	if err == nil && !slices.Contains(formats, format) {
		err = notFound("error.badformat", format, strings.Join(formats, ", "))
	}
	if err == nil {
		err = s.look(r)
	}
	if err == nil && r.view.N == 0 {
		err = notFound("")
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) { return s.make(r, b, name, format) })
}

// make writes the document and gives its name.
func (s *site) make(r *request, b *bytes.Buffer, name, format string) (title string, err error) {
	st := State{Body: r.slug, N: r.view.N, Edition: r.view.Edition, On: r.view.On}
	suffix := fmt.Sprintf("-запись-%d", st.N)
	if st.Edition != nil {
		suffix = fmt.Sprintf("-редакция-%d", st.Edition.Number)
	}
	switch name {
	case "report":
		return "отчёт-" + r.slug + suffix, s.documents.Report(r.Context(), b, st, format)
	case "segments":
		return "признаки-и-профили-" + r.slug + suffix, s.documents.Segments(r.Context(), b, st, format)
	case "processes":
		return "реестр-процессов-" + r.slug + suffix, s.documents.Processes(r.Context(), b, st, format)
	case "list":
		q, err := r.rowQuery()
		if err != nil {
			return "", err
		}
		return "перечень-" + r.slug + suffix, s.documents.List(r.Context(), b, st, q, format)
	}
	from, to, err := s.sides(r)
	if err != nil {
		return "", err
	}
	if from.N == 0 || to.N == 0 {
		return "", badRequest("error.nodiff")
	}
	return "изменения-" + r.slug + "-" + sideValue(from) + "-" + sideValue(to), s.documents.Diff(r.Context(), b, from.State, to.State, format)
}
