package office

import (
	"strconv"
	"strings"
	"unicode"
)

// flow collects the blocks of a text document (DOCX, ODT) in the order of reading, with the pages they start on.
type flow struct {
	j      *job
	blocks []Block
	tables int
	nested []*Table // tables inside cells that are tables of their own; they come after the table around them
	at     turns
}

// turns counts page breaks: soft ones, the marks that a program leaves where its own layout turned the page, and hard
// ones, which the author put. While the document is read, every Page holds a packed turns; doc makes page numbers of them.
type turns struct{ soft, hard int }

const turnsHard = 1 << 20

func newFlow(j *job) *flow { return &flow{j: j} }

func (t turns) pack() int { return t.soft + t.hard*turnsHard }

// later is the further of two places: of the cells of one row, the one that ran over most pages.
func (t turns) later(o turns) turns { return turns{max(t.soft, o.soft), max(t.hard, o.hard)} }

// place says where the flow is, for a sentence.
func (f *flow) place() string { return "абзац " + strconv.Itoa(len(f.blocks)+1) }

// words is the text of one paragraph on its way: stretches of one appearance are one run.
type words struct {
	label string // number or bullet of a list, with what separates it from the text
	page  int    // packed place of the first letter
	runs  []Run
	cur   strings.Builder
	look  Run
	size  int
}

// visible takes out the marks that nobody sees and that part words, and what no document can hold.
func visible(s string) string {
	s = cleanText(s)
	if strings.Contains(s, "\u00ad") || strings.Contains(s, "\u200b") || strings.Contains(s, "\ufeff") {
		return unseen.Replace(s)
	}
	return s
}

// raised writes the figures of a raised text as raised figures, for they count notes or powers: a mark «1» at the end of a
// telephone is no figure of it.
func raised(s string) string {
	if strings.Trim(s, "0123456789") != "" {
		return s
	}
	return strings.Map(func(r rune) rune { return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'] }, s)
}

func (w *words) add(look Run, text string) {
	if text = visible(text); text == "" {
		return
	}
	look.Text = ""
	if look != w.look {
		w.cut()
		w.look = look
	}
	w.cur.WriteString(text)
	w.size += len(text)
}

// turned tells where the paragraph is; while it has no letter, it begins there.
func (w *words) turned(at turns) {
	if w.size == 0 {
		w.page = at.pack()
	}
}

func (w *words) cut() {
	if w.cur.Len() > 0 {
		r := w.look
		r.Text = w.cur.String()
		w.runs = append(w.runs, r)
		w.cur.Reset()
	}
}

// take returns the runs, trimmed at both ends, and begins anew.
func (w *words) take() []Run {
	w.cut()
	runs, label := w.runs, w.label
	*w = words{}
	for len(runs) > 0 {
		if runs[0].Text = strings.TrimLeftFunc(runs[0].Text, unicode.IsSpace); runs[0].Text != "" {
			break
		}
		runs = runs[1:]
	}
	for n := len(runs); n > 0; n = len(runs) {
		if runs[n-1].Text = strings.TrimRightFunc(runs[n-1].Text, unicode.IsSpace); runs[n-1].Text != "" {
			break
		}
		runs = runs[:n-1]
	}
	switch {
	case label == "":
	case len(runs) == 0:
		runs = []Run{{Text: strings.TrimSpace(label)}}
	case runs[0] == Run{Text: runs[0].Text}:
		runs[0].Text = label + runs[0].Text
	default:
		runs = append([]Run{{Text: label}}, runs...)
	}
	return runs
}

// A frame is what paragraphs fall into: the document, or a cell.
type frame struct {
	f    *flow
	cell *box // nil for the document
}

// box is the text of a cell on its way.
type box struct {
	text  strings.Builder
	at    func() string // place, for a sentence
	plain bool          // some of the text is not bold
	start int           // packed page of the first words, -1 while there are none
	align Align
	links []Link
}

func (b *box) add(j *job, p *Para, page int) error {
	text := p.Text()
	if text == "" {
		return nil
	}
	if b.text.Len() > 0 {
		b.text.WriteByte('\n')
	} else {
		b.start, b.align = page, p.Align
	}
	if b.text.Len()+len(text) > j.lim.Cell {
		return j.tooLong("текст ячейки", b.at())
	}
	b.text.WriteString(text)
	for i, r := range p.Runs {
		if n := len(b.links); r.Link != "" && i > 0 && p.Runs[i-1].Link == r.Link && n > 0 {
			b.links[n-1].Text += r.Text
		} else if r.Link != "" {
			b.links = append(b.links, Link{Text: r.Text, Target: r.Link})
		}
		b.plain = b.plain || !r.Bold && strings.TrimSpace(r.Text) != ""
	}
	return nil
}

func (b *box) result() Cell {
	t := b.text.String()
	return Cell{Text: t, Bold: t != "" && !b.plain, Align: b.align}
}

// place says where the words of a frame stand.
func (fr frame) place() string {
	if fr.cell != nil {
		return fr.cell.at()
	}
	return fr.f.place()
}

// room refuses a paragraph that has grown too long; it is asked after every stretch of text.
func (fr frame) room(w *words) error {
	if w.size <= fr.f.j.lim.Cell {
		return nil
	}
	if fr.cell != nil {
		return fr.f.j.tooLong("текст ячейки", fr.cell.at())
	}
	return fr.f.j.tooLong("текст", fr.f.place())
}

// para puts a finished paragraph in its place; an empty one is left out.
func (fr frame) para(p *Para) error {
	if len(p.Runs) == 0 {
		return nil
	}
	if fr.cell != nil {
		return fr.cell.add(fr.f.j, p, p.Page)
	}
	n := 2 * paraSize
	for _, r := range p.Runs {
		n += len(r.Text) + len(r.Link) + 96
	}
	fr.f.blocks = append(fr.f.blocks, p)
	return fr.f.j.hold(n)
}

// table puts a finished table in its place. A small nested one becomes text of the cell, a line per row; one of three
// columns and two rows or more is no layout of a cell but a table of its own, which follows the table around it.
func (fr frame) table(t *Table) error {
	if fr.cell == nil {
		nested := fr.f.nested
		fr.f.nested = nil
		if len(t.Rows) > 0 && (len(nested) == 0 || !t.empty()) {
			fr.f.blocks = append(fr.f.blocks, t)
		}
		for _, n := range nested {
			fr.f.blocks = append(fr.f.blocks, n)
		}
		return nil
	}
	if len(t.Rows) > 1 && len(t.Rows[0].Cells) > 2 {
		fr.f.nested = append(fr.f.nested, t)
		return nil
	}
	for _, r := range t.Rows {
		var line []string
		for _, c := range r.Cells {
			if c.Text != "" {
				line = append(line, c.Text)
			}
		}
		if err := fr.cell.add(fr.f.j, &Para{Runs: []Run{{Text: strings.Join(line, " ")}}}, r.Page); err != nil {
			return err
		}
	}
	return nil
}

// empty tells a table without words: a frame around others.
func (t *Table) empty() bool {
	for i := range t.Rows {
		for c := range t.Rows[i].Cells {
			if t.Rows[i].Cells[c].Text != "" {
				return false
			}
		}
	}
	return true
}

// doc finishes the document; page says on which page a packed place lies. Where there were no breaks at all, pages are
// not known and become 0.
func (f *flow) doc(format string, page func(turns) int) *Doc {
	if f.at == (turns{}) {
		page = func(turns) int { return 0 }
	}
	number := func(p *int) { *p = page(turns{*p % turnsHard, *p / turnsHard}) }
	for _, b := range f.blocks {
		switch b := b.(type) {
		case *Para:
			number(&b.Page)
		case *Table:
			number(&b.Page)
			for i := range b.Rows {
				number(&b.Rows[i].Page)
			}
		}
	}
	return &Doc{Format: format, Sections: []Section{{Blocks: f.blocks}}}
}
