package web

import (
	"bytes"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/drawing"
	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/picture"
	"perechen/internal/register"
)

// pictureNames are the pictures of a body, in the order in which they are offered.
var pictureNames = []string{"coverage", "channels", "freshness", "timeline"}

// pictureParams choose a part of a picture.
var pictureParams = []string{"department", "only", "page", "paper"}

func (s *site) pictureRoutes(mux router) {
	mux.HandleFunc("/-/compare", s.onlyRead(s.compare))
	mux.HandleFunc("/{body}/pictures", s.onlyRead(s.page(s.pictures)))
	read := s.page(s.picture, pictureParams...)
	mux.HandleFunc("/{body}/pictures/{name}", s.onlyRead(func(w http.ResponseWriter, hr *http.Request) {
		if strings.Contains(hr.PathValue("name"), ".") {
			s.pictureFile(w, hr)
			return
		}
		read(w, hr)
	}))
}

// picturesPage offers the pictures, each with what it says.
type picturesPage struct {
	frame
	Items   []pictureItem
	Compare string // where this body's register is compared with another's
}

type pictureItem struct {
	link
	Words    string // what one comes to it for
	Line     string
	LoudText string // what stands out in it
}

func (s *site) pictures(r *request) (page, error) {
	p := &picturesPage{frame: r.frame("pictures", "", r.lang.T("picture.title"))}
	for _, name := range pictureNames {
		x := r.draws(&p.frame, name)
		item := pictureItem{link: link{p.To("pictures", name), x.Title}, Words: r.lang.T("picture." + name + ".short"), Line: x.Line}
		if len(x.Loud) > 0 {
			item.LoudText = x.Loud[0].Title
			if x.Loud[0].What != "" {
				item.LoudText += " — " + x.Loud[0].What
			}
		}
		p.Items = append(p.Items, item)
	}
	p.Compare = "/-/compare?" + url.Values{"a": {r.slug}}.Encode()
	return p, nil
}

// picturePage is one picture: the sentence, what stands out, the drawing, the table.
type picturePage struct {
	frame
	Heading   string
	Says      string // what is lacking
	Line      string
	Calm      string
	Loud      []picture.Loud
	MoreLoud  string
	Filter    filter
	Action    string
	Wide      template.HTML
	Narrow    template.HTML
	Tables    []picture.Table
	Pager     pager
	Saves     []link
	SavesTab  []link
	Others    []link
	Propose   bool
	ResetHref string
	Asks      bool // two bodies are to be chosen first
}

// The rows of one page of a picture, and how many loud facts stand above it.
const (
	pictureRows = 40
	loudShown   = 7
)

// pictured is what pictures of the state in view are made from.
func (r *request) pictured(f *frame) *picture.View {
	v := &picture.View{
		Register: r.snap.reg, Procedure: r.snap.proc, Watch: r.snap.watch, Findings: r.snap.findings, Lines: r.snap.lines, Day: r.day, Lang: r.lang,
		Inside: r.may(whoMember, whoWatcher), Department: r.query.Get("department"), Only: r.query.Get("only"),
		To:      f.To,
		Clause:  func(number string) string { return f.To("order") + "#" + anchor(number) },
		Finding: func(id string) string { return r.findingHref(f, id) },
	}
	if r.proposes() {
		v.Propose = func(process, need string) string {
			q := url.Values{}
			if process != "" {
				q.Set("process", process)
			}
			if need != "" {
				q.Set("need", need)
			}
			return f.with(q, "points", "new")
		}
	}
	return v
}

// draws makes a picture by its name; nil for a name that there is not.
func (r *request) draws(f *frame, name string) *picture.Picture {
	v := r.pictured(f)
	switch name {
	case "coverage":
		return v.Coverage()
	case "channels":
		return v.Channels()
	case "freshness":
		return v.Freshness()
	case "timeline":
		return v.Timeline()
	}
	return nil
}

func (s *site) picture(r *request) (page, error) {
	name := r.PathValue("name")
	if !slices.Contains(pictureNames, name) {
		return nil, notFound("")
	}
	p := &picturePage{frame: r.frame("picture", "", "")}
	x := r.draws(&p.frame, name)
	p.Title, p.Heading, p.Line, p.Calm, p.Loud = x.Title, x.Title, x.Line, x.Calm, x.Loud
	p.Says = x.Says
	p.Propose = r.proposes()
	if n := len(p.Loud) - loudShown; n > 0 {
		p.Loud = p.Loud[:loudShown]
		p.MoreLoud = r.lang.T("picture.moreloud", r.lang.Count(n, "picture.items"))
	}
	p.Pager = r.pagerOf(x.Total, pictureRows)
	if d := x.Draw(p.Pager.from, p.Pager.to, false); d != nil {
		d.ID, d.Class = "wide", "wide"
		p.Wide = template.HTML(d.Inline())
		d = x.Draw(p.Pager.from, p.Pager.to, true)
		d.ID, d.Class = "slim", "slim"
		p.Narrow = template.HTML(d.Inline())
	}
	for _, t := range x.Tables {
		if t.Paged {
			t.Rows = t.Rows[min(p.Pager.from, len(t.Rows)):min(p.Pager.to, len(t.Rows))]
		}
		p.Tables = append(p.Tables, t)
	}
	p.Filter = r.pictureFilter(name)
	p.Action = r.URL.EscapedPath()
	p.ResetHref = p.To("pictures", name)
	if r.view.N > 0 && x.Total > 0 {
		q := r.view.query()
		for _, k := range pictureParams {
			if v := r.query.Get(k); v != "" {
				q.Set(k, v)
			}
		}
		for _, f := range []string{"svg", "png", "pdf"} {
			p.Saves = append(p.Saves, link{p.with(q, "pictures", name+"."+f), strings.ToUpper(f)})
		}
		for _, f := range []string{"xlsx", "csv", "docx"} {
			p.SavesTab = append(p.SavesTab, link{p.with(q, "pictures", name+"."+f), strings.ToUpper(f)})
		}
	}
	for _, other := range pictureNames {
		if other != name {
			p.Others = append(p.Others, link{p.To("pictures", other), r.lang.T("picture." + other)})
		}
	}
	return p, nil
}

// pictureFilter offers departments and the parts of a picture.
func (r *request) pictureFilter(name string) filter {
	f := filter{Set: r.query.Get("department") != "" || r.query.Get("only") != ""}
	for name, v := range r.view.query() {
		f.Hidden = append(f.Hidden, option{Name: name, Value: v[0]})
	}
	add := func(name, label, all string, options []option) {
		if len(options) == 0 || len(options) > maxOptions {
			return
		}
		for i := range options {
			options[i].Selected = options[i].Value == r.query.Get(name)
		}
		f.Any = true
		f.Selects = append(f.Selects, choice{Name: name, Label: label, All: all, Options: options})
	}
	any := r.lang.T("picture.any")
	if name != "timeline" && len(r.snap.reg.Departments) > 1 {
		var ds []option
		for _, d := range r.snap.reg.Departments {
			ds = append(ds, option{Value: d.Key, Text: d.Title})
		}
		add("department", r.lang.T("filter.department"), any, ds)
	}
	switch name {
	case "coverage":
		add("only", r.lang.T("picture.only"), r.lang.T("picture.only.all"), []option{{Value: "holes", Text: r.lang.T("picture.only.hole")}})
	case "freshness":
		var states []option
		for _, x := range picture.FreshStates {
			if r.may(whoMember, whoWatcher) || len(states) < 2 {
				states = append(states, option{Value: x, Text: r.lang.T("picture.fresh." + x)})
			}
		}
		add("only", r.lang.T("picture.fresh.state"), any, states)
	case "timeline":
		var years []option
		for _, y := range r.pictured(new(frame)).Years() {
			years = append(years, option{Value: y, Text: y})
		}
		if len(years) > 1 {
			add("only", r.lang.T("picture.year"), any, years)
		}
	}
	return f
}

// sheetRows is how many rows of a picture stand on one sheet of paper.
const sheetRows = 14

// pictureFile is a picture, or its table, as a file.
func (s *site) pictureFile(w http.ResponseWriter, hr *http.Request) {
	name, format, _ := strings.Cut(hr.PathValue("name"), ".")
	formats := []string{"svg", "png", "pdf", "xlsx", "csv", "docx", "odt"}
	r, err := s.open(w, hr, slices.Concat(pictureParams, viewParams))
	if err == nil && !slices.Contains(pictureNames, name) {
		err = notFound("")
	}
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
	f := r.frame("picture", "", "")
	x := r.draws(&f, name)
	org := &r.snap.reg.Organisation
	about := r.lang.T("picture.of", shortName(org), x.Title, lang.Date(string(r.day)), lang.Number(r.view.N))
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
		paper, err := drawing.ParsePaper(r.query.Get("paper"))
		if err != nil {
			return "", badRequest("picture.badpaper", r.query.Get("paper"))
		}
		pg := r.pagerOf(x.Total, pictureRows)
		return name + "-" + r.slug, writePicture(b, x, format, printed{from: pg.from, to: pg.to, paper: paper, org: org.Name, about: about})
	})
}

// printed says how a picture is to be written.
type printed struct {
	from, to   int // the rows of a picture for a screen; paper and tables have all
	paper      drawing.Paper
	org, about string
}

// writePicture writes a picture, or its table, in one of the formats.
func writePicture(b *bytes.Buffer, x *picture.Picture, format string, p printed) error {
	switch format {
	case "svg", "png":
		d := x.Whole(p.from, p.to, p.about)
		if d == nil {
			return notFound("")
		}
		if format == "svg" {
			return d.WriteSVG(b)
		}
		return d.WritePNG(b, 2)
	case "pdf":
		var sheets []*drawing.Drawing
		for from := 0; from < x.Total; from += sheetRows {
			sheets = append(sheets, x.Sheet(from, min(from+sheetRows, x.Total)))
			if !x.Sliced {
				break
			}
		}
		if len(sheets) == 0 {
			return notFound("")
		}
		notes := []string{x.Line}
		for _, l := range x.Loud[:min(len(x.Loud), 5)] {
			notes = append(notes, strings.TrimSuffix(l.Title+": "+l.What, ": ")+". "+l.Why)
		}
		return drawing.WritePDF(b, drawing.Print{Paper: p.paper, Title: x.Title, Notes: notes, Footer: p.about}, sheets...)
	}
	return office.Write(b, format, x.Doc(p.org, p.about))
}

// filled is the interaction of a new form with what is asked for filled in: the process and the need of the address.
func (r *request) filled(u *register.Usage) (title, need string) {
	if x := r.snap.processes[r.query.Get("process")]; x != nil {
		u.Process, title = x.Key, x.Title
	}
	if n, ok := r.snap.proc.NeedByCode(r.query.Get("need")); ok && !n.Other {
		u.Needs, need = []register.NeedRef{{Code: n.Code, Text: n.Text}}, n.Text
	}
	return title, need
}
