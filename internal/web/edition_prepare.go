package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/rights"
	"perechen/internal/upkeep"
)

// preparePage is where the officer makes an edition of the register as it is: what changed, what is wrong, what is missing,
// who approves.
type preparePage struct {
	frame
	Wrong    []link
	Prepared *preparedBox
	Can      bool // the viewer may prepare
	Next     int  // the next free number
	Asks     []ask

	Changes  changeList
	Papers   []paper
	Findings []shortFinding
	More     *link // the findings that are left out
	Cover    coverList
	Stale    stalePoints
	Heads    []headItem
}

// A shortFinding is a finding in a sentence, with its settling.
type shortFinding struct {
	note
	Settle *settling
}

// A preparedBox says what lies before the head.
type preparedBox struct {
	Number     int
	Href       string
	Line       string // when, by whom, at which entry
	Void       string // what was written since; empty while it holds
	Own        bool   // the viewer prepared it
	MayApprove bool
}

// A changeList is the differences from the last edition, as many as one can take in.
type changeList struct {
	Line  string
	Items []diffItem
	More  *link
}

// A paper is one document in its formats.
type paper struct {
	Title string
	Links []documentLink
}

// A headItem is a person who may approve.
type headItem struct {
	Person string
	Deputy bool
	Mute   bool // cannot sign in
}

func (s *site) editionRoutes(mux router) {
	member, officer := who{whoMember, whoAdmin}, who{register.RoleOfficer}
	mux.HandleFunc("/{body}/editions/prepare", s.form(s.prepare, s.sendPrepared, member, officer))
	mux.HandleFunc("/{body}/editions/{number}/approve", s.form(s.approval, s.sendApproval, member, who{register.RoleHead, register.RoleOfficer}))
	mux.HandleFunc("/{body}/editions/{number}/publish", s.form(s.publication, s.sendPublication, who{register.RoleOfficer, register.RoleHead}))
	mux.HandleFunc("/{body}/editions/{number}/{file}", s.onlyRead(s.orderFile))
}

// shownChanges is how many differences stand on the page itself.
const shownChanges = 12

func (s *site) prepare(r *request) (page, error) {
	if s.desk == nil {
		return nil, notFound("")
	}
	p := &preparePage{frame: r.frame("prepare", "editions", r.lang.T("prepare.title")), Can: r.officer()}
	prepared, ok, err := s.desk.Prepared(r.Context(), r.actor(), r.slug)
	if err != nil {
		return nil, err
	}
	if ok {
		p.Prepared = s.preparedBox(r, &p.frame, prepared)
	}
	reg := r.snap.reg
	last := lastEdition(reg)
	p.Next = last.Number + 1
	if p.Changes, err = s.changesSince(r, &p.frame, last, r.view.N); err != nil {
		return nil, err
	}
	p.Papers = s.preparedPapers(r, &p.frame, last, p.Next, r.view.N)
	for i := range r.snap.findings {
		if len(p.Findings) == maxNotes {
			p.More = &link{p.To("findings"), r.lang.T("note.more", r.lang.Count(len(r.snap.findings)-maxNotes, "fact.findings"))}
			break
		}
		x := &r.snap.findings[i]
		p.Findings = append(p.Findings, shortFinding{r.note(&p.frame, x), s.settling(r, &p.frame, x)})
	}
	address := r.URL.EscapedPath()
	next := address + "#findings"
	for i := len(p.Findings) - 1; i >= 0; i-- {
		if x := p.Findings[i].Settle; x != nil {
			x.Back, next = next, address+"#"+p.Findings[i].ID
		}
	}
	p.Cover = r.completeness(&p.frame)
	p.Stale = r.stale(&p.frame)
	p.Heads = r.heads()
	number := ask{Name: "number", Kind: "number", Label: r.lang.T("prepare.number"), Value: strconv.Itoa(p.Next), Size: "short"}
	date := ask{Name: "date", Kind: "date", Label: r.lang.T("prepare.date"), Hint: r.lang.T("prepare.datehint"), Size: "short", Optional: true}
	note := ask{Name: "note", Kind: "textarea", Label: r.lang.T("prepare.note"), Hint: r.lang.T("prepare.notehint"), Optional: true, Max: 2000}
	p.Asks = []ask{r.asked(number), r.asked(date), r.asked(note)}
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

func (s *site) sendPrepared(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	home := "/" + url.PathEscape(r.slug) + "/editions/"
	switch v.Get("act") {
	case "prepare":
		in := upkeep.Preparation{Date: register.Date(strings.TrimSpace(v.Get("date"))), Note: v.Get("note")}
		if text := strings.TrimSpace(v.Get("number")); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 {
				return "", invalidField("number", r.lang.T("prepare.badnumber"))
			}
			in.Number = n
		}
		in.Head, _ = strconv.ParseInt(v.Get("head"), 10, 64)
		p, err := s.desk.PrepareEdition(r.Context(), r.actor(), r.slug, in)
		if err != nil {
			return "", err
		}
		return home + strconv.Itoa(p.Number) + "/approve", nil
	case "withdraw":
		return home + "prepare", s.desk.WithdrawEdition(r.Context(), r.actor(), r.slug)
	}
	return "", badRequest("error.badform")
}

func lastEdition(reg *register.Register) register.Edition {
	if len(reg.Editions) == 0 {
		return register.Edition{}
	}
	return reg.Editions[len(reg.Editions)-1]
}

func (s *site) preparedBox(r *request, f *frame, p upkeep.PreparedEdition) *preparedBox {
	b := &preparedBox{Number: p.Number, Href: f.with(nil, "editions", strconv.Itoa(p.Number), "approve"), Own: p.By == r.viewer.ID}
	b.Line = r.lang.T("prepare.line", p.Number, newMoment(p.At, r.loc).Date, lang.Number(p.N))
	if name := s.nameOf(r, p.By); name != "" {
		b.Line = r.lang.T("prepare.lineby", p.Number, newMoment(p.At, r.loc).Date, name, lang.Number(p.N))
	}
	if n := r.head.N - p.N; n > 0 {
		b.Void = r.lang.T("prepare.void", r.lang.Count(int(n), "register.entries"))
	}
	b.MayApprove = r.grants.In(register.RoleHead, "") && !b.Own
	return b
}

// changesSince tells what became of the register from the last edition to entry n.
func (s *site) changesSince(r *request, f *frame, last register.Edition, n int64) (changeList, error) {
	if last.Number == 0 {
		return changeList{Line: r.lang.T("prepare.first")}, nil
	}
	q := url.Values{"a": {strconv.Itoa(last.Number)}, "b": {"n" + strconv.FormatInt(n, 10)}}
	before, err := s.ledger.State(r.Context(), r.slug, last.N)
	if err != nil {
		return changeList{}, err
	}
	after, err := s.ledger.State(r.Context(), r.slug, n)
	if err != nil {
		return changeList{}, err
	}
	ds := slices.DeleteFunc(register.Compare(before, after), func(d register.Difference) bool { return d.Kind == register.KindAppointment })
	var c changeList
	count := map[register.Op]int{}
	for _, d := range ds {
		count[d.Op]++
	}
	c.Line = r.lang.T("prepare.same", last.Number)
	if len(ds) > 0 {
		c.Line = r.lang.T("prepare.changed", last.Number, r.lang.Count(count[register.Include], "prepare.in"), r.lang.Count(count[register.Amend], "prepare.amended"), r.lang.Count(count[register.Exclude], "prepare.out"))
		for _, d := range ds[:min(len(ds), shownChanges)] {
			c.Items = append(c.Items, r.diffItem(f, d, before, after))
		}
	}
	if len(ds) > len(c.Items) {
		c.More = &link{f.with(q, "diff"), r.lang.T("prepare.alldiff", r.lang.Count(len(ds), "prepare.differences"))}
	}
	return c, nil
}

// preparedPapers are the documents of an edition that is not approved yet: the draft report, the draft order, the changes.
func (s *site) preparedPapers(r *request, f *frame, last register.Edition, number int, n int64) []paper {
	if s.documents == nil {
		return nil
	}
	entry := "n" + strconv.FormatInt(n, 10)
	links := func(title string, formats []string, href func(format string) string) paper {
		p := paper{Title: title}
		for _, format := range formats {
			p.Links = append(p.Links, documentLink{link{href(format), strings.ToUpper(format)}, title})
		}
		return p
	}
	ps := []paper{
		links(r.lang.T("prepare.order"), orderFormats, func(format string) string {
			return f.with(nil, "editions", strconv.Itoa(number), "order."+format)
		}),
		links(r.lang.T("prepare.report"), reportFormats, func(format string) string {
			return f.with(url.Values{"n": {entry[1:]}}, "report."+format)
		}),
	}
	if last.Number > 0 {
		ps = append(ps, links(r.lang.T("documents.diff"), reportFormats, func(format string) string {
			return f.with(url.Values{"a": {strconv.Itoa(last.Number)}, "b": {entry}}, "diff."+format)
		}))
	}
	return ps
}

// heads are those who may approve today: the head and deputies.
func (r *request) heads() []headItem {
	var hs []headItem
	for _, a := range r.snap.reg.Appointments {
		if a.Role == register.RoleHead && a.Department == "" && rights.InForce(a, r.today) {
			hs = append(hs, headItem{Person: a.Person, Deputy: a.Deputy, Mute: a.Account == ""})
		}
	}
	slices.SortStableFunc(hs, func(a, b headItem) int {
		switch {
		case a.Deputy == b.Deputy:
			return 0
		case a.Deputy:
			return 1
		}
		return -1
	})
	return hs
}
