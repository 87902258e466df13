package intake

import (
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/office"
)

// sampled bounds how many rows, and how many different cells of a column, are looked at to tell what it holds.
const (
	sampledRows  = 300
	sampledCells = 30
)

// contents counts the different cells of a column by what they look like.
type contents struct {
	n        int
	contacts int // hold an address, a mailbox, a telephone
	points   int // hold a contact or begin with a kind of channel
	classes  int // say «цифровая» or «офлайн» and little else
	needs    int // speak of a listed need and do not begin with a kind of channel
	wordy    int // have two words or more
}

func (c contents) point() bool    { return c.n > 0 && 10*c.points >= 6*c.n && 2*c.needs < c.n }
func (c contents) class() bool    { return c.n > 0 && 10*c.classes >= 8*c.n }
func (c contents) interact() bool { return c.n > 0 && 10*c.needs >= 6*c.n && 2*c.points < c.n }
func (c contents) title() bool {
	return c.n > 0 && 10*c.wordy >= 6*c.n && 10*c.points < 3*c.n && 10*c.needs < 3*c.n && 10*c.classes < 3*c.n
}

// contentsOf looks over column c under its headings.
func (h *headingReader) contentsOf(t *office.Table, from, c int) contents {
	var got contents
	seen := map[string]bool{}
	for r := from; r < min(len(t.Rows), from+sampledRows) && got.n < sampledCells; r++ {
		if c >= len(t.Rows[r].Cells) || t.Rows[r].Cells[c].Covered || t.Rows[r].Cells[c].ColSpan > 2 {
			continue
		}
		text := clean(t.Rows[r].Cells[c].String())
		if blank(text) || seen[text] || utf8.RuneCountInString(text) > 2000 || numeral(text) > 0 || h.field(text).field != fOther && h.own[ident(text)] {
			continue
		}
		seen[text] = true
		got.n++
		contact := len(contactsOf(text)) > 0
		named := h.points.startsWithKind(text)
		point := contact || named
		if contact {
			got.contacts++
		}
		if point {
			got.points++
		}
		if p := classOf(text); !point && (p.class != "" || p.both) && utf8.RuneCountInString(text) <= 80 {
			got.classes++
		}
		for _, n := range h.needs.read(text).refs {
			if n.Code != h.needs.open && !named { // «места приема документов» is a place
				got.needs++
				break
			}
		}
		if len(lang.Words(text)) > 1 {
			got.wordy++
		}
	}
	return got
}

// settle looks at the cells where the headings leave a doubt: a column headed as one thing that plainly holds another
// («Вид взаимодействия» over what is done there, «Канал» over «цифровая»), and a field of the register that no heading
// names. Every column read against its heading or without one is told.
func (h *headingReader) settle(t *office.Table, from int, l *layout, texts []string, span []bool) {
	owner := make([]field, len(texts))
	for f := fNumber; f < nFields; f++ {
		for _, c := range l.cols[f] {
			owner[c] = f
		}
	}
	holds := make([]contents, len(texts))
	known := make([]bool, len(texts))
	in := func(c int) contents {
		if !known[c] {
			holds[c], known[c] = h.contentsOf(t, from, c), true
		}
		return holds[c]
	}
	give := func(c int, f field, told bool) {
		for o := range l.cols {
			if len(l.cols[o]) > 0 && l.cols[o][0] == c {
				l.cols[o], l.heads[o] = nil, ""
			}
		}
		l.cols[f], l.heads[f] = []int{c}, oneLine(texts[c])
		owner[c] = f
		for n := c + 1; n < len(texts) && span[n]; n++ {
			l.cols[f] = append(l.cols[f], n)
			owner[n] = f
		}
		if told {
			l.guess = append(l.guess, guess{f, oneLine(texts[c])})
		}
	}
	drop := func(f field) {
		for _, c := range l.cols[f] {
			owner[c] = fOther
		}
		l.cols[f], l.heads[f] = nil, ""
	}
	// find gives the first column that nobody needs where it is and that looks so.
	find := func(looks func(contents) bool, spare ...field) int {
		for c := range texts {
			free := !span[c] && owner[c] == fOther
			for _, f := range spare {
				free = free || !span[c] && owner[c] == f
			}
			if free && looks(in(c)) {
				return c
			}
		}
		return -1
	}

	at := -1
	if l.has(fPoint) {
		at = l.cols[fPoint][0]
	}
	if at < 0 || in(at).class() || in(at).interact() {
		bare := func(c contents) bool { return c.point() && 2*c.contacts < c.n }
		c := find(bare, fClass, fPlace, fFeature, fDepartment, fContact)
		if c < 0 || find(contents.point, fPlace, fContact) >= 0 && in(c).points < in(c).n {
			if any := find(contents.point, fClass, fPlace, fFeature, fContact); any >= 0 {
				c = any
			}
		}
		if c >= 0 {
			drop(fPoint)
			give(c, fPoint, true)
		}
	}
	if l.has(fPoint) && !l.has(fContact) && 2*in(l.cols[fPoint][0]).contacts < in(l.cols[fPoint][0]).n {
		if c := find(func(c contents) bool { return c.n > 0 && 10*c.contacts >= 7*c.n }, fPlace); c >= 0 {
			give(c, fContact, true)
		}
	}
	if !l.has(fUsage) && !l.has(fNeeds) {
		if c := find(contents.interact, fClass, fFeature, fPlace, fContact); c >= 0 {
			give(c, fUsage, true)
		}
	}
	for c := range texts { // a heading whose field has come free
		if f := h.field(texts[c]).field; !span[c] && owner[c] == fOther && f != fOther && !l.has(f) && (f != fPoint || in(c).point()) {
			give(c, f, false)
		}
	}
	if !l.has(fFeature) && !l.has(fClass) {
		if c := find(contents.class); c >= 0 {
			give(c, fFeature, true)
		}
	}
	if l.has(fPoint) && !l.has(fProcess) && !h.parted(t, from) {
		if c := find(contents.title); c >= 0 && c < l.cols[fPoint][0] {
			give(c, fProcess, true)
		}
	}
}

// parted tells a table whose parts have headings of their own, across its columns: those may be its processes.
func (h *headingReader) parted(t *office.Table, from int) bool {
	for r := from; r < min(len(t.Rows), from+sampledRows); r++ {
		filled, wide := 0, false
		for _, c := range t.Rows[r].Cells {
			if !c.Covered && c.String() != "" {
				filled++
				wide = wide || c.ColSpan > 2
			}
		}
		if filled == 1 && wide {
			return true
		}
	}
	return false
}

// headingRow tells whether rows r to r+n are headings rather than rows of the table that happen to have their words: no
// heading is a contact or a number, and none comes again in rows that otherwise differ. Headings that name only some of
// the columns (part) must not read as a class or an interaction either.
func (h *headingReader) headingRow(t *office.Table, r, n int, l *layout, part bool) bool {
	var cols []int
	for _, of := range l.cols {
		if len(of) > 0 {
			cols = append(cols, of[0])
		}
	}
	idents := make(map[int]string, len(cols))
	for i := range n {
		for c, cell := range t.Rows[r+i].Cells {
			text := oneLine(cell.String())
			if numeral(text) > 0 || len(contactsOf(text)) > 0 {
				return false
			}
			if part && text != "" {
				f := h.field(clean(cell.String())).field
				if f != fClass && f != fFeature && classOf(text).class != "" || f == fOther && len(h.needs.read(text).refs) > 0 && h.needs.read(text).refs[0].Code != h.needs.open {
					return false
				}
			}
			if text != "" && i == n-1 {
				idents[c] = ident(text)
			}
		}
	}
	again := 0
	for i := max(0, r-sampledRows); i < min(len(t.Rows), r+sampledRows); i++ {
		if i >= r && i < r+n {
			continue
		}
		same := 0
		for _, c := range cols {
			if c < len(t.Rows[i].Cells) && idents[c] != "" && ident(t.Rows[i].Cells[c].String()) == idents[c] {
				same++
			}
		}
		if same > 0 && 2*same <= len(cols) {
			if again++; again > 1 || part {
				return false
			}
		}
	}
	return true
}
