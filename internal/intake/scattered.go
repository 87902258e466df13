package intake

import (
	"slices"

	"perechen/internal/office"
	"perechen/internal/register"
)

// gathered gives a plain text with its scattered table put together: some programs write a table as text with one cell a
// line, an empty line for an empty cell. The headings stand on lines one after another, each of them known; every row
// takes as many lines. It is so only if the cells that come to stand under the headings are what these say; else the
// doubt is told and the document comes back as it is.
func (h *headingReader) gathered(doc *office.Doc, file string, f *findings) *office.Doc {
	if doc.Format != "txt" || len(doc.Sections) != 1 {
		return doc
	}
	blocks := doc.Sections[0].Blocks
	var lines []*office.Para // the paragraphs after the last block of another sort
	from := 0
	for i, b := range blocks {
		if p, ok := b.(*office.Para); ok {
			lines = append(lines, p)
			continue
		}
		lines, from = nil, i+1
	}
	at, l := h.column(lines)
	if l == nil {
		return doc
	}
	n := l.width
	cells := make(map[int]string, len(lines))
	for _, p := range lines[at:] {
		cells[p.Line] = p.Text()
	}
	first, last := lines[at].Line, lines[len(lines)-1].Line
	t := &office.Table{}
	for line := first; line <= last; line += n {
		row := office.Row{Line: line, Cells: make([]office.Cell, n)}
		for c := range n {
			row.Cells[c].Text = cells[line+c]
		}
		if row.Cells[l.cols[fPoint][0]].Text == "" {
			break // what follows the table
		}
		t.Rows = append(t.Rows, row)
	}
	points := h.contentsOf(t, 1, l.cols[fPoint][0])
	sound := points.point()
	for _, k := range []field{fUsage, fNeeds} {
		if l.has(k) {
			sound = sound && h.contentsOf(t, 1, l.cols[k][0]).interact()
		}
	}
	end := t.Rows[len(t.Rows)-1].Line + n
	for _, p := range lines[at:] { // a row that is left over shows that the lines do not come out even
		if refs := h.needs.read(clean(p.Text())).refs; p.Line >= end && (classOf(p.Text()).class != "" || len(refs) > 0 && refs[0].Code != h.needs.open) {
			sound = false
		}
	}
	if !sound {
		f.add("R19", register.Unclear, "", "Заголовки граф перечня стоят каждый на своей строке: таблица рассыпана при сохранении в текст, и собрать её по строкам не удалось; она не прочитана.",
			[]string{"scattered"}, placeOf(&register.Source{File: file, Line: first}, oneLine(lines[at].Text()))).Fix = "Сохраните документ как .docx, .odt или .xlsx и загрузите его."
		return doc
	}
	out := *doc
	out.Sections = []office.Section{doc.Sections[0]}
	out.Sections[0].Blocks = slices.Concat(blocks[:from+at], []office.Block{t})
	for _, p := range lines[at:] {
		if p.Line >= end {
			out.Sections[0].Blocks = append(out.Sections[0].Blocks, p)
		}
	}
	return &out
}

// column finds headings on lines one after another, most of them where a line above resembles one: where they begin and
// what they name. nil if there are none.
func (h *headingReader) column(lines []*office.Para) (at int, best *layout) {
	for i := range lines {
		var texts []string
		seen := [nFields]bool{}
		for k := i; k < len(lines) && lines[k].Line == lines[i].Line+k-i; k++ {
			f := h.field(clean(lines[k].Text())).field
			if f == fOther || seen[f] {
				break
			}
			seen[f] = true
			texts = append(texts, clean(lines[k].Text()))
		}
		if len(texts) < 3 {
			continue
		}
		if l := h.named(texts, make([]bool, len(texts))); l.whole() && l.named() >= 3 && (best == nil || l.width > best.width) {
			at, best = i, l
		}
	}
	return at, best
}
