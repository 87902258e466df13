package web

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
)

// wallRoutes are the sheets for walls: one for everybody, all of a body for those who work there.
func (s *site) wallRoutes(mux router) {
	members := who{whoMember, whoWatcher, whoAdmin}
	mux.HandleFunc("/{body}/walls", s.form(s.walls, nil, members))
	mux.HandleFunc("/{body}/walls.pdf", s.onlyRead(s.wallFile(members)))
	mux.HandleFunc("/{body}/points/{key}/sheet.pdf", s.onlyRead(s.sheetFile(render.DoorSheets)))
	mux.HandleFunc("/{body}/processes/{key}/poster.pdf", s.onlyRead(s.sheetFile(render.Posters)))
}

// wallsPage is where the sheets of a body are chosen.
type wallsPage struct {
	frame
	Line    string
	Action  string
	Name    string // of the file
	What    []option
	Each    []wallList // to choose one by one
	Selects []choice
	Unset   string // the address of the pages is not set, and what the codes will hold then
	Far     string // and that it leads nowhere from another machine
	Empty   bool
}

// A wallList is the sheets of a kind, to be ticked.
type wallList struct {
	Title string
	Items []option
}

func (s *site) walls(r *request) (page, error) {
	p := &wallsPage{frame: r.frame("walls", "documents", r.lang.T("walls.title")), Action: r.frameless("walls.pdf"), Name: r.lang.T("walls.file") + "-" + r.slug + ".pdf"}
	base, set := s.base(r.Request)
	w := r.wall(base)
	doors, posters := len(w.Sheets(render.DoorSheets)), len(w.Sheets(render.Posters))
	p.Line = r.lang.T("walls.line", r.lang.Count(doors, "walls.doors"), r.lang.Count(posters, "walls.posters"))
	p.Empty = doors+posters == 0
	for _, k := range []render.SheetKind{render.DoorSheets, render.Posters} {
		p.What = append(p.What, option{Value: string(k), Text: r.lang.T("walls." + string(k)), Selected: true})
		each := wallList{Title: r.lang.T("walls.each." + string(k))}
		for _, x := range w.Sheets(k) {
			each.Items = append(each.Items, option{Value: string(k) + ":" + x.Key, Text: r.sheetName(x)})
		}
		if len(each.Items) > 0 {
			p.Each = append(p.Each, each)
		}
	}
	department := choice{Name: "department", Label: r.lang.T("point.department"), All: r.lang.T("walls.anydepartment")}
	for _, d := range r.snap.reg.Departments {
		department.Options = append(department.Options, option{Value: d.Key, Text: d.Title})
	}
	if len(department.Options) > 0 {
		p.Selects = append(p.Selects, department)
	}
	size := choice{Name: "size", Label: r.lang.T("walls.paper")}
	for _, x := range office.Papers {
		size.Options = append(size.Options, option{Value: string(x), Text: r.lang.T("walls.paper." + string(x)), Selected: x == office.Papers[0]})
	}
	p.Selects = append(p.Selects, size)
	if !set {
		p.Unset, p.Far = r.unset(base)
	}
	return p, nil
}

// unset says that the address of the pages is not set, and that what stands in its place leads nowhere from another machine.
func (r *request) unset(base string) (unset, far string) {
	if nearOnly(base) {
		far = r.lang.T("walls.far")
	}
	return r.lang.T("walls.unset", base), far
}

// sheetName is the point or process that a sheet is about.
func (r *request) sheetName(x render.Sheet) string {
	if t := r.snap.points[x.Key]; x.Kind == render.DoorSheets && t != nil {
		return t.Text()
	}
	if p := r.snap.processes[x.Key]; p != nil {
		return p.Title
	}
	return x.Key
}

// frameless is the address of something of the body in its newest state.
func (r *request) frameless(name string) string { return "/" + url.PathEscape(r.slug) + "/" + name }

// base is the address of the pages for paper: what the settings say, else the one by which the page was asked for.
func (s *site) base(hr *http.Request) (base string, set bool) {
	if s.public != "" {
		return s.public, true
	}
	scheme := "http://"
	if secure(hr) {
		scheme = "https://"
	}
	base, err := render.ParseBase(scheme + hr.Host)
	if err != nil {
		return "", false
	}
	return base, false
}

// nearOnly tells whether an address leads to the machine itself, whichever that is.
func nearOnly(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return true
	}
	host := u.Hostname()
	return host == "" || host == "localhost" || strings.HasSuffix(host, ".localhost") || strings.HasPrefix(host, "127.") || host == "::1"
}

// wall makes the sheets of the state in view.
func (r *request) wall(base string) *render.Wall {
	return render.NewWall(r.snap.reg, render.Named(r.snap.proc, r.snap.reg.Organisation), render.Site{Base: base, Body: r.slug}, r.view.Edition, r.day)
}

// paper is the paper that was asked for.
func (r *request) paper() (office.Paper, error) {
	p := office.Paper(cmp.Or(r.query.Get("size"), string(office.Papers[0])))
	if !slices.Contains(office.Papers, p) {
		return "", badRequest("walls.badpaper", string(p))
	}
	return p, nil
}

// sheetFile is the sheet of one point or process.
func (s *site) sheetFile(kind render.SheetKind) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		r, err := s.open(w, hr, append([]string{"size"}, viewParams...))
		if err == nil {
			err = s.look(r)
		}
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		s.sendFile(w, r, "pdf", func(b *bytes.Buffer) (string, error) {
			sheet := render.Sheet{Kind: kind, Key: hr.PathValue("key")}
			return r.lang.T("walls.file") + "-" + sheet.Key, s.writeSheet(r, b, sheet)
		})
	}
}

func (s *site) writeSheet(r *request, b *bytes.Buffer, sheet render.Sheet) error {
	paper, err := r.paper()
	if err != nil {
		return err
	}
	base, _ := s.base(r.Request)
	wall := r.wall(base)
	if !wall.Has(sheet) {
		return notFound("")
	}
	return wall.Write(b, paper, []render.Sheet{sheet}, func(int) error { return r.Context().Err() })
}

// wallFile writes the chosen sheets of a body as they are made, so that a large body neither fills the memory nor waits in
// silence; the header Sheets says how many there will be. A failure breaks the connection, and the browser says so.
func (s *site) wallFile(access who) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		r := s.openedFor(w, hr, access)
		if r == nil {
			return
		}
		paper, err := r.paper()
		var wall *render.Wall
		var sheets []render.Sheet
		if err == nil {
			base, _ := s.base(hr)
			wall = r.wall(base)
			if sheets = r.chosenSheets(wall, hr.URL.Query()["what"], hr.URL.Query()["one"]); len(sheets) == 0 {
				err = badRequest("walls.nothing")
			}
		}
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		done, err := s.turn(hr.Context())
		if err != nil {
			return
		}
		defer done()
		h := w.Header()
		h.Set("Content-Type", fileTypes["pdf"])
		h.Set("Cache-Control", "private, no-store")
		h.Set("Sheets", strconv.Itoa(len(sheets)))
		attach(h, r.lang.T("walls.file")+"-"+r.slug, "pdf")
		if hr.Method == http.MethodHead {
			return
		}
		out := bufio.NewWriterSize(w, 64<<10)
		err = wall.Write(out, paper, sheets, func(int) error { return hr.Context().Err() })
		if err = errors.Join(err, out.Flush()); err != nil {
			if !errors.Is(err, context.Canceled) {
				s.log.WarnContext(hr.Context(), "sheets could not be written", "err", err)
			}
			panic(http.ErrAbortHandler)
		}
	}
}

// chosenSheets are those that were asked for one by one; where none was, those of the kinds and of the department.
func (r *request) chosenSheets(w *render.Wall, kinds, ones []string) []render.Sheet {
	department := r.query.Get("department")
	var all []render.Sheet
	for _, kind := range []render.SheetKind{render.DoorSheets, render.Posters} {
		if len(ones) > 0 {
			for _, x := range w.Sheets(kind) {
				if slices.Contains(ones, string(kind)+":"+x.Key) {
					all = append(all, x)
				}
			}
			continue
		}
		if !slices.Contains(kinds, string(kind)) {
			continue
		}
		for _, x := range w.Sheets(kind) {
			if department == "" || r.departmentOf(x) == department {
				all = append(all, x)
			}
		}
	}
	return all
}

func (r *request) departmentOf(x render.Sheet) string {
	if t := r.snap.points[x.Key]; x.Kind == render.DoorSheets && t != nil {
		return t.Department
	}
	if p := r.snap.processes[x.Key]; x.Kind == render.Posters && p != nil {
		return p.Department
	}
	return ""
}

// sheetLinks lead to a point's or a process's own sheet, one for each paper; none for what is gone or not in force.
func (r *request) sheetLinks(f *frame, from, to register.Date, parts ...string) []link {
	if from != "" && r.day < from || to != "" && to < r.day {
		return nil
	}
	var ls []link
	for _, p := range office.Papers {
		q := f.View.query()
		if p != office.Papers[0] {
			q.Set("size", string(p))
		}
		ls = append(ls, link{f.with(q, parts...), string(p)})
	}
	return ls
}

// wallSection offers the sheets among the documents of the body, to those who may print them all.
func (r *request) wallSection(f *frame) []documentSection {
	if !r.may(whoMember, whoWatcher, whoAdmin) || r.view.past() {
		return nil
	}
	t := r.lang.T
	return []documentSection{{ID: "walls", Title: t("walls.title"), Text: t("walls.lead"),
		Items: []documentItem{{Title: t("walls.all"), Page: &link{f.home + "walls", t("walls.choose")}}}}}
}
