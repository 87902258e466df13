package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// drawsForms are those who propose what is handed out.
var drawsForms = who{register.RoleDepartment, register.RoleOfficer}

func (s *site) blankRoutes(mux router) {
	read := func(pattern string, h http.HandlerFunc) { mux.HandleFunc(pattern, s.onlyRead(h)) }
	read("/{body}/forms", s.page(s.blanks))
	read("/{body}/forms/{key}", s.page(s.blank))
	read("/{body}/forms/{key}/{sum}", s.blankFile)
	mux.HandleFunc("/{body}/forms/new", s.upload(s.editBlank, s.proposeBlank, drawsForms))
	mux.HandleFunc("/{body}/forms/{key}/edit", s.upload(s.editBlank, s.proposeBlank, drawsForms))
	mux.HandleFunc("/{body}/proposals/{id}/files/{sum}", s.pendingFile)
}

// A blankView is a form as lists show it: its current file, and its page.
type blankView struct {
	Title string
	Page  string
	File  string // address of the current file
	Meta  string // «DOCX, 34 КБ»
	Note  string
}

func (r *request) blankView(f *frame, b *register.Blank) blankView {
	v := blankView{Title: b.Title, Page: f.To("forms", b.Key)}
	if len(b.Versions) > 0 {
		cur := b.Versions[0]
		v.File, v.Meta, v.Note = f.To("forms", b.Key, cur.SHA256), fileMeta(r.lang, cur), cur.Note
	}
	return v
}

// fileMeta says what a file is before it is taken.
func fileMeta(t lang.Tag, f register.BlankFile) string {
	return strings.ToUpper(f.Format) + ", " + t.T("blank.size", lang.Number(max(1, (f.Size+512)/1024)))
}

// blanksPage lists all forms that the body hands out.
type blanksPage struct {
	frame
	Items []blankItem
	New   string
}

type blankItem struct {
	blankView
	Processes []link
}

func (s *site) blanks(r *request) (page, error) {
	p := &blanksPage{frame: r.clientFrame("blanks", "processes", r.lang.T("blanks.title"))}
	for i := range r.snap.reg.Forms {
		b := &r.snap.reg.Forms[i]
		p.Items = append(p.Items, blankItem{r.blankView(&p.frame, b), r.blankProcesses(&p.frame, b)})
	}
	if s.desk != nil && !r.view.past() && r.may(drawsForms...) {
		p.New = p.with(nil, "forms", "new")
	}
	return p, nil
}

// blankProcesses are the processes that need a form: those it names, and those whose usages name its title.
func (r *request) blankProcesses(f *frame, b *register.Blank) []link {
	var ls []link
	title := register.BlankTitle(b.Title)
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		if slices.Contains(b.Processes, x.Key) || slices.ContainsFunc(r.snap.rowsIn[x.Key], func(u *register.Usage) bool {
			return slices.ContainsFunc(u.Forms, func(t string) bool { return register.BlankTitle(t) == title })
		}) {
			ls = append(ls, link{f.To("processes", x.Key), x.Title})
		}
	}
	return ls
}

// blankPage is one form: its current file, what it is for, and the files before.
type blankPage struct {
	frame
	Blank     blankView
	Processes []link
	Since     string
	Old       []blankVersion
	Edit      string
}

type blankVersion struct {
	link
	Meta, Since, Note string
}

func (s *site) blank(r *request) (page, error) {
	b := r.blankByKey(r.PathValue("key"))
	if b == nil {
		return nil, notFound("")
	}
	p := &blankPage{frame: r.clientFrame("blank", "processes", b.Title)}
	p.Blank, p.Processes = r.blankView(&p.frame, b), r.blankProcesses(&p.frame, b)
	for i, f := range b.Versions {
		since := ""
		if f.Date != "" {
			since = r.lang.T("blank.since", lang.Date(string(f.Date)))
		}
		if i == 0 {
			p.Since = since
			continue
		}
		p.Old = append(p.Old, blankVersion{link{p.To("forms", b.Key, f.SHA256), f.Name}, fileMeta(r.lang, f), since, f.Note})
	}
	if s.desk != nil && !r.view.past() && r.may(drawsForms...) {
		p.Edit = p.with(nil, "forms", b.Key, "edit")
	}
	return p, nil
}

func (r *request) blankByKey(key string) *register.Blank {
	i := slices.IndexFunc(r.snap.reg.Forms, func(b register.Blank) bool { return b.Key == key })
	if i < 0 {
		return nil
	}
	return &r.snap.reg.Forms[i]
}

// blankFile sends a version of a form. Its address holds the sum of its bytes, so a browser may keep it for ever.
func (s *site) blankFile(w http.ResponseWriter, hr *http.Request) {
	r, err := s.open(w, hr, viewParams)
	if err == nil {
		err = s.look(r)
	}
	if err == nil {
		err = notFound("")
		if b := r.blankByKey(hr.PathValue("key")); b != nil {
			for _, f := range b.Versions {
				if f.SHA256 == hr.PathValue("sum") {
					var content []byte
					if content, err = s.ledger.BlankFile(hr.Context(), r.slug, f); err == nil {
						w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
						sendBlank(w, hr, f, content)
						return
					}
				}
			}
		}
	}
	s.fail(w, hr, err)
}

// pendingFile sends a file that a proposal wants to hand out, to those who look through it.
func (s *site) pendingFile(w http.ResponseWriter, hr *http.Request) {
	if hr.Method != http.MethodGet && hr.Method != http.MethodHead {
		s.notAllowed(w, hr)
		return
	}
	v := viewerOf(hr)
	if v == nil || s.desk == nil {
		s.notFound(w, hr)
		return
	}
	f, content, err := s.desk.PendingFile(hr.Context(), upkeep.Actor{Account: v.ID, Admin: v.Admin}, hr.PathValue("body"), hr.PathValue("id"), hr.PathValue("sum"))
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	w.Header().Set("Cache-Control", "private, no-store")
	sendBlank(w, hr, f, content)
}

// blankTypes are the media types of forms.
var blankTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet", "pdf": "application/pdf", "rtf": "application/rtf",
}

// sendBlank sends a file to be saved, never to be shown as one of our pages.
func sendBlank(w http.ResponseWriter, hr *http.Request, f register.BlankFile, content []byte) {
	kind := blankTypes[f.Format]
	if kind == "" {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": office.BlankName(f.Name, f.Format)}))
	httpx.Send(w, hr, &httpx.Page{Type: kind, Body: content})
}

// blankEditPage brings a form, or a new file of one.
type blankEditPage struct {
	frame
	Wrong            []link
	Fresh            bool
	Base             string
	Name, File, Note ask
	Processes        ask
	Dept             *ask
	Current          blankView
}

func (s *site) editBlank(r *request) (page, error) {
	t := r.lang.T
	p := &blankEditPage{frame: r.frame("blank_edit", "desk", t("blank.new")), Fresh: true}
	b := &register.Blank{}
	if key := r.PathValue("key"); key != "" {
		if b = r.blankByKey(key); b == nil || s.desk == nil {
			return nil, notFound("")
		}
		p.Fresh, p.Title, p.Current = false, t("blank.change"), r.blankView(&p.frame, b)
		sub, err := s.desk.Subject(r.Context(), r.actor(), r.slug, register.KindForm, key)
		if err != nil {
			return nil, err
		}
		p.Base = r.typedOr("base", sub.Base)
	}
	p.Name = r.asked(ask{Name: "title", Label: t("blank.name"), Hint: t("blank.namehint"), Value: b.Title, Max: 300, List: "titles"})
	p.File = r.asked(ask{Name: "file", Kind: "file", Label: t("blank.file"), Hint: t("blank.filehint", office.MaxBlank>>20), Accept: ".docx,.odt,.xlsx,.ods,.pdf,.rtf", Optional: !p.Fresh})
	p.Note = r.asked(ask{Name: "note", Label: t("blank.note"), Hint: t("blank.notehint"), Max: 300, Optional: true})
	p.Processes = ask{ID: "f-processes", Name: "processes", Label: t("blank.for"), Hint: t("blank.forhint"), Optional: true, Error: r.fault("processes")}
	for i := range r.snap.reg.Processes {
		x := &r.snap.reg.Processes[i]
		p.Processes.Options = append(p.Processes.Options, option{Value: x.Key, Text: x.Title, Selected: r.ticked("processes", x.Key, slices.Contains(b.Processes, x.Key) || r.query.Get("process") == x.Key)})
	}
	if ds := r.mayDraw(); len(ds) > 1 {
		p.Dept = s.deptAsk(r, ds, r.typedOr("dept", ds[0]))
	}
	p.Wrong = r.wrong(p.Name, p.File, p.Note, p.Processes)
	return p, nil
}

func (s *site) proposeBlank(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	in := upkeep.BlankDraft{Key: r.PathValue("key"), Base: v.Get("base"), Title: v.Get("title"), Processes: v["processes"], Note: v.Get("note"), Exclude: v.Get("do") == "exclude", Department: v.Get("dept")}
	if in.Department != "" && r.snap.departments[in.Department] == "" {
		return "", notFound("")
	}
	if head := r.file("file"); head != nil {
		if head.Size > office.MaxBlank {
			return "", invalidField("file", r.lang.T("blank.toobig", office.MaxBlank>>20))
		}
		f, err := head.Open()
		if err != nil {
			return "", err
		}
		defer f.Close()
		if in.File, err = io.ReadAll(io.LimitReader(f, office.MaxBlank+1)); err != nil {
			return "", err
		}
		in.Name = head.Filename
	}
	p, err := s.desk.ProposeBlank(r.Context(), r.actor(), r.slug, in)
	var ue *upkeep.Error
	if errors.As(err, &ue) && ue.Code == upkeep.CodeConflict {
		return "", &formError{Status: http.StatusConflict, Text: ue.Text}
	}
	if err != nil {
		return "", err
	}
	return s.address(r, "proposals", p.ID), nil
}
