package intake

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A table of the document with its place in it.
type table struct {
	*office.Table
	index  int    // from 1, in document order
	format string // of the document
	file   string
	follow bool     // nothing but blank paragraphs and page breaks between it and the table before
	before []string // the last paragraphs before it, nearest last
	page   int
}

// A headed is a table with the columns of a register, or its continuation without headings.
type headed struct {
	table
	layout *layout
	from   int // first row after the headings
}

// located are the tables of a document by what they hold.
type located struct {
	register []headed
	used     map[int]bool // by index
}

// tablesOf lists the tables of a document.
func tablesOf(doc *office.Doc, file string) []table {
	var ts []table
	for _, s := range doc.Sections {
		follow := false
		var before []string
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *office.Table:
				t := table{Table: b, index: len(ts) + 1, format: doc.Format, file: file, follow: follow, before: before, page: b.Page}
				if t.Sheet == "" && doc.Format == "xlsx" {
					t.Sheet = s.Name
				}
				ts = append(ts, t)
				follow, before = true, nil
			case *office.Para:
				if text := clean(b.Text()); text != "" {
					before = append(before, text)
					if !continued(text) {
						follow = false
					}
				}
			}
		}
	}
	return ts
}

// continued tells a line that stands between two halves of one table: a page number, «Продолжение таблицы».
func continued(s string) bool {
	f := strings.Trim(lang.Fold(s), "-–. ")
	if strings.HasPrefix(f, "продолжение") || strings.HasPrefix(f, "окончание таблицы") {
		return true
	}
	for _, r := range f {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(f) <= 4
}

// locate finds the tables of the register. The headings may stand in any row, in one row or in two or three; a table
// without headings belongs to the one right before it if it is as wide.
func locate(ts []table, h *headingReader, f *findings, d *Draft) located {
	found := located{used: map[int]bool{}}
	var last *headed
	for _, t := range ts {
		hd, ok := h.find(t)
		switch {
		case ok:
			hd.layout.report(f, t.source(max(hd.from-1, 0), ""))
		case last != nil && t.follow && len(t.Rows) > 0 && len(t.Rows[0].Cells) == last.layout.width && !segmentHead(t):
			hd = headed{table: t, layout: last.layout}
		default:
			last = nil
			continue
		}
		found.register = append(found.register, hd)
		found.used[t.index] = true
		last = &hd
		d.needs = d.needs || hd.layout.has(fNeeds)
		d.class = d.class || hd.layout.has(fClass)
	}
	return found
}

// headingRows is how far down a table its headings are looked for: a sheet may hold a whole order above its table.
const headingRows = 2000

// find looks for the headings of a register in a table: the first row that has them, alone or with the rows under it
// that its merged or empty cells leave room for.
func (h *headingReader) find(t table) (headed, bool) {
	for r := range min(len(t.Rows), headingRows) {
		var best *heading
		for n := 1; n <= 3 && r+n <= len(t.Rows); n++ {
			if n > 1 && best != nil && !h.goesOn(t.Table, r+n-2) {
				break
			}
			if n > 1 && best == nil && !sparse(t.Rows[r+n-2]) {
				break
			}
			texts, span := h.headings(t.Table, r, n)
			if l := h.layoutOf(texts, span); l != nil && h.headingRow(t.Table, r, n, l, false) {
				best = &heading{l, r, n, texts, span}
			}
		}
		if best != nil {
			return h.take(t, best), true
		}
	}
	// No row names the columns of a register: one that names some of them, if the cells tell the rest.
	for r := range min(len(t.Rows), guessedRows) {
		for n := 1; n <= 3 && r+n <= len(t.Rows); n++ {
			if n > 1 && !sparse(t.Rows[r+n-2]) {
				break
			}
			texts, span := h.headings(t.Table, r, n)
			if l := h.named(texts, span); l.named() >= 2 && h.headingRow(t.Table, r, n, l, true) {
				if got := h.take(t, &heading{l, r, n, texts, span}); got.layout.whole() {
					return got, true
				}
			}
		}
	}
	return headed{}, false
}

// guessedRows is how far down headings are looked for that name only some of the columns.
const guessedRows = 60

// A heading is a stretch of rows that names columns.
type heading struct {
	*layout
	row, depth int
	texts      []string
	span       []bool
}

// take makes a heading that of its table.
func (h *headingReader) take(t table, at *heading) headed {
	h.settle(t.Table, at.row+at.depth, at.layout, at.texts, at.span)
	h.ticked(t.Table, at)
	for i := range at.depth {
		at.keys = append(at.keys, foldedRow(t.Rows[at.row+i]))
	}
	return headed{table: t, layout: at.layout, from: at.row + at.depth}
}

// named counts the fields that the headings name, but for the number.
func (l *layout) named() int {
	n := 0
	for f := fNumber + 1; f < nFields; f++ {
		if l.has(f) {
			n++
		}
	}
	return n
}

// goesOn tells whether the headings of row r go on in the next one: a cell spans both rows; or some cells span several
// columns or are empty, and every word of the next row is a heading.
func (h *headingReader) goesOn(t *office.Table, r int) bool {
	row, below := t.Rows[r], t.Rows[r+1]
	room, words := false, 0
	for _, cell := range row.Cells {
		if cell.RowSpan > 1 && cell.ColSpan < len(row.Cells) {
			return true
		}
		room = room || cell.ColSpan > 1 || !cell.Covered && cell.String() == ""
	}
	if !room {
		return false
	}
	for _, cell := range below.Cells {
		if text := clean(cell.String()); text != "" {
			if h.field(text).field == fOther && !genericHeads[lang.Fold(text)] {
				return false
			}
			words++
		}
	}
	return words > 1
}

// genericHeads are headings that mean something only under another one.
var genericHeads = map[string]bool{"наименование": true, "название": true, "вид": true, "тип": true, "описание": true, "содержание": true}

// sparse tells a row that leaves some columns unnamed.
func sparse(r office.Row) bool {
	n := 0
	for _, c := range r.Cells {
		if text := c.String(); text != "" {
			if n++; len(text) > 2*headRunes {
				return false
			}
		}
	}
	return n > 1 && n < len(r.Cells)
}

// headings joins n rows of headings from row r. The lowest heading of a column counts alone if it means something by
// itself, else with those above it. span marks the columns that lie altogether under their left neighbour's heading.
func (h *headingReader) headings(t *office.Table, r, n int) (texts []string, span []bool) {
	w := len(t.Rows[r].Cells)
	texts, span = make([]string, w), make([]bool, w)
	for i := range w {
		span[i] = i > 0
	}
	for i := range n {
		row := t.Rows[r+i]
		for c := 0; c < min(w, len(row.Cells)); c++ {
			cell := row.Cells[c]
			if cell.Covered {
				continue
			}
			span[c] = false
			text := clean(cell.String())
			for k := c; k < min(w, c+max(cell.ColSpan, 1)); k++ {
				switch {
				case text == "":
				case texts[k] == "" || h.field(text).field != fOther:
					texts[k] = text
				default:
					texts[k] = text + " " + texts[k]
				}
			}
		}
	}
	return texts, span
}

func foldedRow(r office.Row) []string {
	out := make([]string, len(r.Cells))
	for i, c := range r.Cells {
		out[i] = ident(c.String())
	}
	return out
}

// source is the place of row r of the table (from 0), under a column's heading or at a column of a sheet.
func (t table) source(r int, column string) *register.Source {
	s := &register.Source{File: t.file, Table: t.index, Sheet: t.Sheet, Cell: column}
	if r >= len(t.Rows) {
		return s
	}
	row := t.Rows[r]
	s.Page, s.Row = row.Page, r+1
	switch {
	case t.Sheet != "" && row.Line > 0:
		s.Row = row.Line
	case row.Line > 0:
		s.Line = row.Line
	}
	if s.Page == 0 {
		s.Page = t.page
	}
	return s
}

// columnName is a spreadsheet's name of column c (from 0): A, B, … Z, AA.
func columnName(c int) string {
	var b []byte
	for c++; c > 0; c = (c - 1) / 26 {
		b = append([]byte{byte('A' + (c-1)%26)}, b...)
	}
	return string(b)
}
