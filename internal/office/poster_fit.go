package office

import (
	"slices"
	"strings"
)

// Sizes of a poster: texts in points, lengths in millimetres, all of A4.
const (
	posterMargin = 16.0
	posterKicker = 14.0
	posterTitle  = 46.0
	posterLead   = 30.0
	posterLabel  = 12.0
	posterBig    = 24.0
	posterText   = 16.0
	posterNote   = 12.5
	posterFoot   = 8.5
	posterColumn = 40.0 // of labels
	posterCode   = 36.0 // side of a code
	posterGap    = 5.0  // above and below the rule between two parts
)

// The scales of texts: of the usual size, of the smallest that is still read from a step away, and of what is small already.
const (
	posterMost  = 1.2
	posterLeast = 0.58
	posterFine  = 0.74
	posterStep  = 0.04
)

// posterHead is how much of the room above the codes the title may take.
const posterHead = 0.3

// A posterPlan is a poster whose texts are set so that they fit.
type posterPlan struct {
	scale               float64
	kicker, title, lead *pdfText
	parts               []posterPartPlan
	height              float64 // of all above the codes
	broken              bool    // a word of the lead is torn apart
}

type posterPartPlan struct {
	label *pdfText
	items []posterItemPlan
	list  bool
}

type posterItemPlan struct{ text, note *pdfText }

// A posterCut says what is left out: lines bounds those of each text, keep the items of each part; 0 and nil do not.
type posterCut struct {
	lines int
	keep  []int
}

// fit sets the texts as large as they go. What does not fit at the smallest size loses lines, then items from the ends of
// the longest lists, then parts from the end.
func (w *PosterWriter) fit(p Poster) *posterPlan {
	p, w.read = p.bounded(), map[posterWords]*pdfText{}
	if x := w.largest(p, posterCut{}); x != nil {
		return x
	}
	for _, lines := range []int{8, 5, 4, 3, 2, 1} {
		cut := posterCut{lines, make([]int, len(p.Parts))}
		for i := range cut.keep {
			cut.keep[i] = len(p.Parts[i].Items)
		}
		for {
			if w.plan(p, posterLeast, cut).height <= w.room(p) {
				return w.largest(p, cut)
			}
			most := slices.Max(append(cut.keep, 0))
			if most <= 1 || lines > 1 && most <= 4 {
				break
			}
			cut.keep[slices.Index(cut.keep, most)] -= max(1, most/16)
		}
	}
	for len(p.Parts) > 0 {
		p.Parts = p.Parts[:len(p.Parts)-1]
		if x := w.largest(p, posterCut{1, slices.Repeat([]int{1}, len(p.Parts))}); x != nil {
			return x
		}
	}
	return w.plan(p, posterLeast, posterCut{lines: 1})
}

// Bounds of what is set at all: no page holds more.
const (
	posterRunes = 500 // of a text
	posterItems = 40  // of a part
)

// bounded is the poster without what no page could hold.
func (p Poster) bounded() Poster {
	p.Kicker, p.Title, p.Lead = shortened(p.Kicker), shortened(p.Title), shortened(p.Lead)
	p.Parts = slices.Clone(p.Parts)
	for i := range p.Parts {
		part := &p.Parts[i]
		part.Label = shortened(part.Label)
		items := part.Items
		if over := len(items) - posterItems; over > 0 {
			over++ // the place of the last is taken by what says how many more there are
			rest := part.Rest
			items = append(slices.Clone(items[:posterItems-1]), PosterItem{Text: left(rest, over)})
			if rest != nil {
				part.Rest = func(n int) string { return rest(n - 1 + over) }
			}
		}
		part.Items = make([]PosterItem, len(items))
		for k, it := range items {
			part.Items[k] = PosterItem{shortened(it.Text), shortened(it.Note)}
		}
	}
	return p
}

// left says that so many items are left out.
func left(rest func(int) string, n int) string {
	if rest == nil {
		return "…"
	}
	return "… " + rest(n)
}

func shortened(s string) string {
	if len(s) <= posterRunes {
		return s
	}
	if r := []rune(s); len(r) > posterRunes {
		return strings.TrimRight(string(r[:posterRunes-1]), " ,;") + "…"
	}
	return s
}

// largest sets the texts as large as they go, at the smallest size with words torn apart if need be; nil when they do not
// go at all.
func (w *PosterWriter) largest(p Poster, cut posterCut) *posterPlan {
	for scale := posterMost; scale > posterLeast; scale -= posterStep {
		if x := w.plan(p, scale, cut); x.height <= w.room(p) && !x.broken {
			return x
		}
	}
	if x := w.plan(p, posterLeast, cut); x.height <= w.room(p) {
		return x
	}
	return nil
}

// set sets a text at a scale.
func (w *PosterWriter) set(text string, size, scale float64, bold bool, width float64, lines int) *pdfText {
	size *= w.unit / pdfMM * scale
	words := posterWords{text, bold}
	read := w.read[words]
	if read == nil {
		read = w.l.readText([]Run{{Text: text, Bold: bold}}, pdfType{})
		w.read[words] = read
	}
	t := *read
	t.pdfType = pdfType{size: size, lead: size * 1.16}
	t.breakLines(int(width*1000/size), int(width*1000/size))
	if lines > 0 {
		w.l.clip(&t, lines, width)
	}
	return &t
}

// title sets the title as large as its share of the page lets it, with its words whole if that is possible.
func (w *PosterWriter) title(p Poster, most, width float64) *pdfText {
	limit := w.room(p) * posterHead
	for scale := most; ; scale -= posterStep {
		t := w.set(p.Title, posterTitle, scale, true, width, 0)
		if t.height() <= limit && !torn(t) {
			return t
		}
		if scale <= posterLeast*0.8 {
			w.l.clip(t, max(1, int(limit/t.lead)), width)
			return t
		}
	}
}

// plan sets all texts at a scale.
func (w *PosterWriter) plan(p Poster, scale float64, cut posterCut) *posterPlan {
	x := &posterPlan{scale: scale}
	width := w.width - 2*posterMargin*w.unit
	fine := max(scale, posterFine)
	set := func(text string, size, scale float64, bold bool, width float64) *pdfText {
		return w.set(text, size, scale, bold, width, cut.lines)
	}
	x.title = w.title(p, min(scale, posterMost), width)
	x.height = x.title.height() + 6*w.unit*scale
	if p.Kicker != "" {
		x.kicker = set(p.Kicker, posterKicker, fine, false, width)
		x.height += x.kicker.height() + 1.5*w.unit*scale
	}
	if p.Lead != "" {
		x.lead = set(p.Lead, posterLead, scale, true, width)
		x.broken = torn(x.lead)
		x.height += x.lead.height() + 3*w.unit*scale
	}
	column := w.column(p)
	for i, part := range p.Parts {
		pp := posterPartPlan{list: len(part.Items) > 1}
		pp.label = set(part.Label, posterLabel, fine, false, max(column-3*w.unit, 1))
		items := part.Items
		if cut.keep != nil && cut.keep[i] < len(items) {
			items = slices.Clone(items[:cut.keep[i]])
			items = append(items, PosterItem{Text: left(part.Rest, len(part.Items)-cut.keep[i])})
		}
		size := posterText
		if part.Big {
			size = posterBig
		}
		for _, it := range items {
			ip := posterItemPlan{text: set(it.Text, size, scale, part.Big || it.Note != "", width-column)}
			if it.Note != "" {
				ip.note = set(it.Note, posterNote, fine, false, width-column)
			}
			pp.items = append(pp.items, ip)
		}
		x.parts = append(x.parts, pp)
		x.height += w.partHeight(x, &pp) + 2*w.gap(scale)
	}
	return x
}

// gap is the space between a part and the rule beside it; it shrinks with the texts.
func (w *PosterWriter) gap(scale float64) float64 { return posterGap * w.unit * min(1, scale) }

// itemGap is the space between two items of a list.
func (w *PosterWriter) itemGap(scale float64) float64 { return 1.6 * w.unit * scale }

// column is the width of the column of labels; none when there are none.
func (w *PosterWriter) column(p Poster) float64 {
	for _, part := range p.Parts {
		if part.Label != "" {
			return posterColumn * w.unit
		}
	}
	return 0
}

func (w *PosterWriter) partHeight(x *posterPlan, p *posterPartPlan) float64 {
	h := 0.0
	for i, it := range p.items {
		if i > 0 {
			h += w.itemGap(x.scale)
		}
		h += it.text.height()
		if it.note != nil {
			h += it.note.height()
		}
	}
	return max(h, p.label.height())
}

// room is the height of what stands above the codes.
func (w *PosterWriter) room(p Poster) float64 { return w.floor(p) - posterMargin*w.unit }

// floor is where the texts of a page end: above the codes and the foot.
func (w *PosterWriter) floor(p Poster) float64 {
	y := w.footTop()
	if len(p.Codes) > 0 {
		y -= (posterCode + 8) * w.unit
	}
	return y
}

// footTop is where the rule above the foot stands.
func (w *PosterWriter) footTop() float64 { return w.height - (posterMargin+2)*w.unit }

// torn tells whether a line ends inside of a word.
func torn(t *pdfText) bool {
	for i := 0; i+1 < len(t.lines); i++ {
		ln := t.lines[i]
		if ln.to > ln.from && !ln.last && !ln.blank && t.glyphs[ln.to-1].brk != brkFree {
			return true
		}
	}
	return false
}

// clip cuts a text after so many lines; its last line then ends with «…» and still fits the width.
func (l *pdfLayout) clip(t *pdfText, lines int, width float64) {
	if len(t.lines) <= lines {
		return
	}
	t.lines = t.lines[:lines]
	ln := &t.lines[lines-1]
	dots := pdfGlyph{r: '…', run: t.glyphs[ln.from].run}
	dots.face = pdfFace(&l.fonts, t.glyphs[ln.from].face, dots.r)
	dots.adv = uint16(l.fonts[dots.face].Advance(dots.r))
	most := int(width * 1000 / t.size)
	to := ln.to
	for to > ln.from && (ln.w+int(dots.adv) > most || t.glyphs[to-1].r == ' ' || t.glyphs[to-1].r == ',') {
		to--
		ln.w -= int(t.glyphs[to].adv)
	}
	t.glyphs = append(slices.Clone(t.glyphs[:to]), dots)
	*ln = pdfLine{from: ln.from, to: to + 1, w: ln.w + int(dots.adv), para: ln.para, last: true}
}
