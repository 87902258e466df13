package web

import (
	"cmp"
	"strconv"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A table is rows of the register, grouped by process.
type table struct {
	Caption string
	Notes   bool // some row has a note: the table has a margin
	Groups  []group
}

// A group is one process with its rows.
type group struct {
	No        string
	Title     string
	Href      string
	Continued bool // the process began on an earlier page
	Rows      []row
}

// A row is one usage.
type row struct {
	Key     string
	Process string // title, where rows are not grouped
	Href    string // of the process
	Point   *pointView
	Needs   []string
	Text    string
	Class   register.Class
	Printed register.Class // as the document has it, when it differs
	Notes   []note
	Edit    string // address of the form, for those who may use it
	Again   []link // findings that stand in full beside an earlier row
}

// table groups rows by process, in the order in which they come.
func (r *request) table(f *frame, rows []ledger.Row) table {
	t := table{Caption: r.lang.T("register.caption")}
	m := r.margin(f)
	for i := range rows {
		lr := &rows[i]
		if i == 0 || lr.Usage.Process != rows[i-1].Usage.Process {
			g := group{Title: lr.Process.Title, Href: f.To("processes", lr.Usage.Process)}
			if no := r.snap.processNo[lr.Usage.Process]; no > 0 {
				g.No = strconv.Itoa(no)
			} else {
				g.Title, g.Href = cmp.Or(lr.Usage.Process, r.lang.T("register.noprocess")), ""
			}
			t.Groups = append(t.Groups, g)
		}
		g := &t.Groups[len(t.Groups)-1]
		out := r.row(f, lr)
		out.Notes, out.Again = m.row(&lr.Usage)
		t.Notes = t.Notes || len(out.Notes) > 0
		g.Rows = append(g.Rows, out)
	}
	return t
}

func (r *request) row(f *frame, lr *ledger.Row) row {
	out := row{Key: lr.Usage.Key, Text: lr.Usage.Text, Class: lr.Class, Process: lr.Process.Title, Href: f.To("processes", lr.Usage.Process)}
	if lr.Touchpoint.Key != "" {
		v := r.viewPoint(f, &lr.Touchpoint)
		out.Point = &v
	}
	if r.proposes() {
		out.Edit = f.To("usages", lr.Usage.Key, "edit")
	}
	if p := lr.Usage.Printed; p != "" && p != lr.Class {
		out.Printed = p
	}
	for _, n := range lr.Usage.Needs {
		out.Needs = append(out.Needs, n.Text)
	}
	return out
}

// continued marks the first group of a page when the page before it ended with the same process.
func (s *site) continued(r *request, t *table, q ledger.Query) {
	q.Offset, q.Limit = q.Offset-1, 1
	before, err := s.ledger.Rows(r.Context(), r.slug, r.view.N, q)
	if err != nil || len(before.Rows) == 0 || len(t.Groups) == 0 {
		return // only a word under a heading depends on it
	}
	no := r.snap.processNo[before.Rows[0].Usage.Process]
	t.Groups[0].Continued = no > 0 && strconv.Itoa(no) == t.Groups[0].No
}
