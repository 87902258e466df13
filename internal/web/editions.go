package web

import (
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// reportFormats and listFormats are the formats that documents come in, the one asked for most in front.
var (
	reportFormats = []string{"docx", "odt", "xlsx", "pdf"}
	listFormats   = []string{"xlsx", "csv", "docx", "odt", "pdf"}
)

// editionsPage lists the editions, newest first.
type editionsPage struct {
	frame
	Items   []editionItem
	Since   *link  // what changed after the newest
	Prepare string // where the next one is made, for those who make and approve it
	Command string // for a terminal, where nobody can sign in
}

type editionItem struct {
	link
	Title  string
	Act    string
	N      int64
	Since  *link // changes since the edition before
	Papers []link
	Public []publicationItem
}

func (s *site) editions(r *request) (page, error) {
	p := &editionsPage{frame: r.frame("editions", "editions", r.lang.T("editions.title"))}
	if r.makesEditions() && s.desk != nil {
		p.Prepare = p.with(nil, "editions", "prepare")
	}
	if s.accounts == nil {
		p.Command = "perechen edition --body " + r.slug + " --number 1 --date " + string(r.today) + " --act \"приказ № … от …\""
	}
	eds := r.snap.reg.Editions
	for i := len(eds) - 1; i >= 0; i-- {
		e := eds[i]
		item := editionItem{link: link{Href: p.with(nil, "editions", strconv.Itoa(e.Number))},
			Title: r.lang.T("editions.item", e.Number, lang.Date(string(e.Date))), Act: actText(e.Act), N: e.N}
		if i > 0 {
			item.Since = &link{p.with(diffQuery(eds[i-1].Number, e.Number), "diff"), r.lang.T("edition.changes", eds[i-1].Number)}
		}
		item.Public = publications(r.snap.reg, e.Number)
		item.Papers = s.reportLinks(&p.frame, url.Values{"edition": {strconv.Itoa(e.Number)}})
		p.Items = append(p.Items, item)
	}
	if len(eds) > 0 {
		last := eds[len(eds)-1]
		if n := r.view.N - last.N - 1; n > 0 {
			p.Since = &link{p.with(url.Values{"a": {strconv.Itoa(last.Number)}}, "diff"), r.lang.Count(int(n), "register.entries")}
		}
	}
	return p, nil
}

func diffQuery(a, b int) url.Values {
	return url.Values{"a": {strconv.Itoa(a)}, "b": {strconv.Itoa(b)}}
}

// reportLinks are the forms of the report of a state; none when documents are not made here.
func (s *site) reportLinks(f *frame, q url.Values) []link {
	if s.documents == nil {
		return nil
	}
	var ls []link
	for _, format := range reportFormats {
		ls = append(ls, link{f.with(q, "report."+format), strings.ToUpper(format)})
	}
	return ls
}

// editionPage is one edition: its act, its summary, its first rows and what it changed.
type editionPage struct {
	frame
	Heading string
	Act     string
	Note    string
	Facts   []fact
	Papers  []documentLink
	Kept    []keptFile
	Public  []publicationItem
	Publish string  // where publications are recorded, for those who record them
	Others  []paper // the draft order, for those who work in the body, and the sheet of changes since the edition before
	Changes *link
	Full    string
	Table   table
	More    *link
}

func (s *site) edition(r *request) (page, error) {
	text := r.PathValue("number")
	if r.head.N == 0 {
		return nil, notFound("error.noedition", text)
	}
	now, err := s.ledger.State(r.Context(), r.slug, r.head.N)
	if err != nil {
		return nil, err
	}
	ed, ok := now.Edition(atoi(text))
	if !ok {
		return nil, notFound("error.noedition", text)
	}
	r.view, r.day = view{N: ed.N, Edition: &ed}, ed.Date
	if r.snap, err = s.snapshots.get(r.Context(), s.ledger, snapshotKey{r.slug, ed.N, r.head.Erasures, r.day}); err != nil {
		return nil, err
	}
	heading := r.lang.T("edition.heading", ed.Number, lang.Date(string(ed.Date)))
	p := &editionPage{frame: r.frame("edition", "editions", heading), Heading: heading, Act: actText(ed.Act), Note: ed.Note}
	p.Full = p.To("")
	p.Facts = r.facts(&p.frame)
	for _, l := range s.reportLinks(&p.frame, r.view.query()) {
		p.Papers = append(p.Papers, documentLink{l, r.lang.T("editions.papers")})
	}
	for _, d := range ed.Documents {
		p.Kept = append(p.Kept, keptFile{d.Name, d.SHA256, lang.Number((d.Size + 1023) / 1024)})
	}
	p.Public = publications(now, ed.Number)
	if r.makesEditions() && s.desk != nil {
		p.Publish = p.with(nil, "editions", strconv.Itoa(ed.Number), "publish")
		if s.documents != nil {
			order := paper{Title: r.lang.T("prepare.order")}
			for _, format := range orderFormats {
				order.Links = append(order.Links, documentLink{link{p.with(nil, "editions", strconv.Itoa(ed.Number), "order."+format), strings.ToUpper(format)}, order.Title})
			}
			p.Others = append(p.Others, order)
		}
	}
	for i, e := range now.Editions {
		if e.Number == ed.Number && i > 0 {
			before := now.Editions[i-1].Number
			if s.documents != nil {
				sheet := paper{Title: r.lang.T("documents.diff")}
				for _, format := range reportFormats {
					sheet.Links = append(sheet.Links, documentLink{link{p.with(diffQuery(before, ed.Number), "diff."+format), strings.ToUpper(format)}, sheet.Title})
				}
				p.Others = append(p.Others, sheet)
			}
			p.Changes = &link{p.with(diffQuery(before, ed.Number), "diff"), r.lang.T("edition.changes", before)}
		}
	}
	found, err := s.ledger.Rows(r.Context(), r.slug, ed.N, ledger.Query{Limit: pageRows})
	if err != nil {
		return nil, err
	}
	p.Table = r.table(&p.frame, found.Rows)
	if more := found.Total - len(found.Rows); more > 0 {
		p.More = &link{p.Full, r.lang.T("edition.more", r.lang.Count(more, "register.rows"))}
	}
	return p, nil
}

// A keptFile is a file that the edition was issued with.
type keptFile struct{ Name, Sum, Size string }

// makesEditions tells whether the viewer prepares or approves editions of the body.
func (r *request) makesEditions() bool {
	return r.viewer != nil && (r.grants.In(register.RoleOfficer, "") || r.grants.In(register.RoleHead, ""))
}

// editionName is how a document or a list calls an edition.
func editionName(t lang.Tag, e register.Edition) string {
	return t.T("diff.edition", e.Number, lang.Date(string(e.Date)))
}
