package office

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"perechen/internal/office/pdf"
)

// pdfMM is a millimetre in points.
const pdfMM = 72 / 25.4

// WritePDF writes the document as tagged PDF/A-1 with embedded fonts. The same Doc gives the same bytes. Text can be
// searched and copied in reading order; page numbers, repeated headings of tables and repeated labels of groups are
// artifacts. Layout.Font is not looked at: the text is set in Liberation Serif, Mono paragraphs in Liberation Mono.
// The seal, if any, is read back by ReadPDFSeal.
func WritePDF(w io.Writer, d *Doc) error {
	fonts, err := pdfFonts()
	if err != nil {
		return err
	}
	meta := pdf.Meta{Title: d.Title, Author: d.Author, Producer: "perechen", Lang: "ru-RU", Created: d.Created,
		Seal: d.Seal, SealKey: SealProperty, SealSpace: SealSpace}
	for _, k := range slices.Sorted(maps.Keys(d.Properties)) {
		meta.Properties = append(meta.Properties, pdf.Property{Name: k, Value: d.Properties[k]})
	}
	ruler, err := newRuler()
	if err != nil {
		return err
	}
	l := &pdfLayout{doc: d, w: pdf.New(w, meta), fonts: fonts, ruler: ruler}
	for i, f := range fonts {
		l.faces[i] = l.w.Face(f)
	}
	l.measure()
	for i := range d.Sections {
		if len(d.Sections[i].Blocks) == 0 {
			continue
		}
		follows := d.Sections[i].Follows && l.page != nil && l.landscape == d.Sections[i].Landscape
		l.landscape, l.fresh, l.fitted = d.Sections[i].Landscape, l.fresh || !follows, nil
		if err := l.blocks(d.Sections[i].Blocks); err != nil {
			return err
		}
	}
	l.endPage()
	if l.group != nil {
		l.group.Close()
	}
	return l.w.Close()
}

// A pdfLayout sets a document page by page. Lengths are points; y runs down.
type pdfLayout struct {
	doc   *Doc
	w     *pdf.Writer
	fonts [pdfFaces]*pdf.Font
	faces [pdfFaces]*pdf.Face
	ruler *ruler

	size, tableSize          float64
	left, right, top, bottom float64 // margins
	indent, spacing          float64
	headings                 int // level of Heading1

	landscape bool
	fresh     bool // the next block starts a page
	page      *pdf.Page
	pages     int
	y         float64   // where the next block goes
	open      *pdf.Elem // whose content is open on the page
	group     *pdf.Elem // of blocks, in long documents
	after     float64   // space wanted below the last block
	style     Style     // of the last paragraph
	scratch   []rune
	fitted    *Table    // whose columns are known:
	columns   []float64 // their widths, mm
}

// measure takes the layout's numbers, with those of the standard in place of what is missing or cannot be.
func (l *pdfLayout) measure() {
	y := l.doc.Layout.sound()
	l.size, l.tableSize, l.spacing = y.Size, y.TableSize, y.Spacing
	l.left, l.right, l.top, l.bottom = y.Left*pdfMM, y.Right*pdfMM, y.Top*pdfMM, y.Bottom*pdfMM
	l.indent = y.Indent * pdfMM
	l.headings = 1
	for _, s := range l.doc.Sections {
		for _, b := range s.Blocks {
			if p, ok := b.(*Para); ok && p.Style == Title {
				l.headings = 2
			}
		}
	}
}

func (l *pdfLayout) width() float64 { return l.page.Width - l.left - l.right }

// floor is where the text of a page ends.
func (l *pdfLayout) floor() float64 { return l.page.Height - l.bottom }

// room is the height of an empty page.
func (l *pdfLayout) room() float64 { return l.floor() - l.top }

// startPage makes sure that there is a page and that a wanted page break is made.
func (l *pdfLayout) startPage() {
	if l.fresh || l.page == nil {
		l.newPage()
	}
}

func (l *pdfLayout) newPage() {
	l.endPage()
	w, h := (&Section{Landscape: l.landscape}).page()
	l.page = l.w.NewPage(w*pdfMM, h*pdfMM)
	l.pages++
	l.y, l.fresh, l.after, l.open = l.top, false, 0, nil
	if l.pages > 1 {
		t := l.setText([]Run{{Text: fmt.Sprint(l.pages)}}, pdfType{size: numberSize, lead: numberSize * lineHeight}, l.width(), 0)
		l.artifact("Pagination")
		l.drawLine(t, 0, l.left, max(min(10*pdfMM, l.top-16), 4), l.width(), Center, nil)
		l.untag()
	}
}

// endPage draws what stands at the foot of a page.
func (l *pdfLayout) endPage() {
	if l.page == nil {
		return
	}
	l.untag()
	s := l.doc.Layout.FooterNote
	if s == "" {
		return
	}
	t := l.setText([]Run{{Text: s}}, pdfType{size: footerSize, lead: footerSize * lineHeight}, l.width(), 0)
	n := max(1, min(len(t.lines), int((l.bottom-16)/t.lead)))
	l.artifact("Pagination")
	for i := range n {
		l.drawLine(t, i, l.left, l.floor()+10+float64(i)*t.lead, l.width(), Left, nil)
	}
	l.untag()
}

// skip leaves space between two blocks, none at the top of a page.
func (l *pdfLayout) skip(before float64) {
	if l.y > l.top {
		l.y += max(before, l.after)
	}
	l.after = 0
}

// parent is the element that takes the next block: the document, or a group of it when there are very many.
func (l *pdfLayout) parent() *pdf.Elem {
	if l.group != nil && l.group.Len() < pdf.MaxKids {
		return l.group
	}
	if l.group == nil && l.w.Root().Len() < pdf.MaxKids {
		return l.w.Root()
	}
	if l.group != nil {
		l.group.Close()
	}
	l.group = l.w.Root().Add("Sect")
	return l.group
}

func (l *pdfLayout) blocks(blocks []Block) error {
	for i, b := range blocks {
		if _, ok := b.(*PageBreak); ok {
			l.fresh = l.fresh || l.page != nil
			continue
		}
		l.startPage()
		if need := l.needed(blocks[i:]); l.y > l.top && l.y+l.after+need > l.floor() && need <= l.room() {
			l.newPage()
		}
		switch b := b.(type) {
		case *Para:
			l.paragraph(b)
		case *Table:
			l.table(b)
			l.style = Body
		case *Code:
			l.code(b)
			l.style = Body
		default:
			return fmt.Errorf("WritePDF: block of unknown kind %T", b)
		}
	}
	return nil
}

// needed is the height that the first block and those it is kept with want at the least.
func (l *pdfLayout) needed(blocks []Block) float64 {
	need := 0.0
	for i, b := range blocks {
		if i == 12 { // a chain that long is no heading
			return need
		}
		switch b := b.(type) {
		case *Para:
			s := l.look(b)
			t := l.setText(b.Runs, s.pdfType, l.width()-s.left, s.indent)
			if len(t.glyphs) == 0 && !s.keep {
				return need
			}
			if !s.keep {
				return need + s.before + float64(linesTogether(t))*t.lead
			}
			need += s.before + t.height() + s.after
		case *Table:
			return need + l.tableStart(b)
		case *Code:
			return need + l.codeHeight(b)
		default:
			return need
		}
	}
	return need
}
