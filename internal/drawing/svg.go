package drawing

import (
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// family is how the fonts are asked for outside of our pages, where ours is not to be had.
const family = "'Perechen Sans','PT Sans','Liberation Sans','Noto Sans',Arial,sans-serif"

// Inline is the picture as an element of an HTML page: with the colours and fonts of the page by name, so that it follows
// its scheme and its print. Class is "drawing". It is safe to be put into a page as it is.
func (d *Drawing) Inline() string {
	s := &svg{inline: true}
	s.document(d)
	return s.b.String()
}

// WriteSVG writes the picture as a file of its own, with the colours of the day. Every text is told its width, so that
// another font cannot make it leave its place.
func (d *Drawing) WriteSVG(w io.Writer) error {
	s := &svg{}
	s.b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	s.document(d)
	_, err := io.WriteString(w, s.b.String()+"\n")
	return err
}

type svg struct {
	b      strings.Builder
	inline bool
	id     string
}

func (s *svg) raw(parts ...string) {
	for _, p := range parts {
		s.b.WriteString(p)
	}
}

func (s *svg) document(d *Drawing) {
	s.id = d.ID
	if s.id == "" {
		s.id = "drawing"
	}
	role := "img"
	if d.leads() {
		role = "group" // what is inside of an image is not to be reached
	}
	id := escape(s.id)
	s.raw(`<svg xmlns="http://www.w3.org/2000/svg"`)
	if s.inline {
		s.raw(` id="`, id, `" class="`, escape(strings.TrimSpace("drawing "+d.Class)), `"`)
	} else {
		s.raw(` xmlns:xlink="http://www.w3.org/1999/xlink" font-family="`, family, `" style="font-kerning:none"`)
	}
	w, h := number(max(d.Width, 1)), number(max(d.Height, 1))
	s.raw(` width="`, w, `" height="`, h, `" viewBox="0 0 `, w, ` `, h, `" font-size="14" role="`, role, `"`)
	title, desc := clean(d.Title), clean(d.Desc)
	if title != "" {
		s.raw(` aria-labelledby="`, id, `-title"`)
	}
	if desc != "" {
		s.raw(` aria-describedby="`, id, `-desc"`)
	}
	s.raw(">")
	if title != "" {
		s.raw(`<title id="`, id, `-title">`, escape(title), `</title>`)
	}
	if desc != "" {
		s.raw(`<desc id="`, id, `-desc">`, escape(desc), `</desc>`)
	}
	s.patterns(&d.Group)
	if !s.inline {
		s.raw(`<rect width="`, w, `" height="`, h, `"`, s.paint("fill", Field), `/>`)
	}
	if d.X != 0 || d.Y != 0 {
		s.raw(`<g transform="translate(`, number(d.X), ",", number(d.Y), `)">`)
	}
	s.items(&d.Group)
	if d.X != 0 || d.Y != 0 {
		s.raw(`</g>`)
	}
	s.raw("</svg>")
}

// leads tells whether anything in the group leads to an address.
func (g *Group) leads() bool {
	if safe(g.Href) != "" {
		return true
	}
	for _, it := range g.items {
		if c, ok := it.(*Group); ok && c.leads() {
			return true
		}
	}
	return false
}

// A pattern is a hatch in a paint.
type pattern struct {
	hatch Hatch
	ink   Paint
}

func (s *svg) patternID(p pattern) string {
	return escape(s.id) + "-" + strconv.Itoa(int(p.hatch)) + "-" + strings.TrimPrefix(escape(string(p.ink)), "#")
}

// patterns defines what the shapes of the group are hatched with.
func (s *svg) patterns(g *Group) {
	var used []pattern
	var look func(*Group)
	look = func(g *Group) {
		for _, it := range g.items {
			switch it := it.(type) {
			case shape:
				if p := (pattern{it.style.Hatch, it.style.hatchInk()}); it.style.Hatch != Plain && !slices.Contains(used, p) {
					used = append(used, p)
				}
			case *Group:
				look(it)
			}
		}
	}
	look(g)
	if len(used) == 0 {
		return
	}
	s.raw("<defs>")
	for _, p := range used {
		step := number(hatchStep)
		s.raw(`<pattern id="`, s.patternID(p), `" width="`, step, `" height="`, step, `" patternUnits="userSpaceOnUse">`)
		if p.hatch == Dots {
			r := number(hatchDot)
			s.raw(`<circle cx="2" cy="2" r="`, r, `"`, s.paint("fill", p.ink), `/><circle cx="6" cy="6" r="`, r, `"`, s.paint("fill", p.ink), `/>`)
		} else {
			s.raw(`<path d="`, map[Hatch]string{Up: "M-2 2L2-2M0 8L8 0M6 10L10 6", Down: "M-2 6L2 10M0 0L8 8M6-2L10 2",
				Cross: "M-2 2L2-2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6-2L10 2", Level: "M0 2H8M0 6H8"}[p.hatch], `" fill="none"`,
				s.paint("stroke", p.ink), ` stroke-width="`, number(hatchLine), `"/>`)
		}
		s.raw("</pattern>")
	}
	s.raw("</defs>")
}

func (s *svg) items(g *Group) {
	for _, it := range g.items {
		switch it := it.(type) {
		case shape:
			s.shape(it)
		case text:
			s.text(it)
		case *Group:
			s.group(it)
		}
	}
}

func (s *svg) group(g *Group) {
	name := "g"
	title, desc := clean(g.Title), clean(g.Desc)
	if href := safe(g.Href); href != "" {
		if len(g.texts(nil)) > 1 { // the words that are seen are its name, however they are set apart
			title, desc = "", strings.TrimSpace(title+" "+desc)
		}
		name = "a"
		s.raw(`<a href="`, escape(href), `"`)
		if !s.inline {
			s.raw(` xlink:href="`, escape(href), `"`)
		}
		if label := g.label(title); label != "" {
			s.raw(` aria-label="`, escape(label), `"`)
		}
	} else {
		s.raw("<g")
	}
	if g.ID != "" {
		s.raw(` id="`, escape(g.ID), `"`)
	}
	if g.Class != "" {
		s.raw(` class="`, escape(g.Class), `"`)
	}
	if g.X != 0 || g.Y != 0 {
		s.raw(` transform="translate(`, number(g.X), ",", number(g.Y), `)"`)
	}
	s.raw(">")
	if title != "" {
		s.raw("<title>", escape(title), "</title>")
	}
	if desc != "" {
		s.raw("<desc>", escape(desc), "</desc>")
	}
	s.items(g)
	s.raw("</", name, ">")
}

// label is the name of a group that leads somewhere: it holds the words that are seen, for those who say them to their device.
func (g *Group) label(title string) string {
	seen := strings.Join(g.texts(nil), " ")
	if title == "" || seen == "" || strings.Contains(title, seen) {
		return title
	}
	return seen + ". " + title
}

// texts are the words drawn in a group.
func (g *Group) texts(to []string) []string {
	for _, it := range g.items {
		switch it := it.(type) {
		case text:
			to = append(to, it.s)
		case *Group:
			to = it.texts(to)
		}
	}
	return to
}

func (s *svg) shape(h shape) {
	if h.style.Fill != "" || h.style.Stroke != "" {
		s.geometry(h)
		s.raw(s.paint("fill", h.style.Fill))
		if h.style.Stroke != "" {
			s.raw(s.paint("stroke", h.style.Stroke))
			if w := h.style.width(); w != 1 {
				s.raw(` stroke-width="`, number(w), `"`)
			}
			if h.kind == 'p' {
				s.raw(` stroke-linejoin="round"`)
			}
			for i, l := range h.style.Dash {
				s.raw([2]string{` stroke-dasharray="`, " "}[min(i, 1)], number(max(l, 0.1)))
				if i == len(h.style.Dash)-1 {
					s.raw(`"`)
				}
			}
		}
		s.raw("/>")
	}
	if h.style.Hatch != Plain {
		s.geometry(h)
		s.raw(` fill="url(#`, s.patternID(pattern{h.style.Hatch, h.style.hatchInk()}), `)"/>`)
	}
}

// geometry opens the element of a shape.
func (s *svg) geometry(h shape) {
	attr := func(name string, v float64) {
		if v != 0 {
			s.raw(" ", name, `="`, number(v), `"`)
		}
	}
	switch h.kind {
	case 'r':
		s.raw("<rect")
		attr("x", h.x)
		attr("y", h.y)
		s.raw(` width="`, number(max(h.w, 0)), `" height="`, number(max(h.h, 0)), `"`)
		attr("rx", h.r)
	case 'c':
		s.raw("<circle")
		attr("cx", h.x)
		attr("cy", h.y)
		s.raw(` r="`, number(max(h.r, 0)), `"`)
	case 'l':
		s.raw("<line")
		attr("x1", h.x)
		attr("y1", h.y)
		attr("x2", h.x+h.w)
		attr("y2", h.y+h.h)
	default:
		s.raw(`<path d="`)
		for _, o := range h.path.ops {
			s.raw(string(rune(o.kind)))
			for i := range map[byte]int{'M': 2, 'L': 2, 'C': 6}[o.kind] {
				if i > 0 {
					s.raw(" ")
				}
				s.raw(number(o.p[i]))
			}
		}
		s.raw(`"`)
	}
}

func (s *svg) text(t text) {
	s.raw(`<text x="`, number(t.x), `" y="`, number(t.y), `"`, s.paint("fill", t.t.color()))
	if size := t.t.size(); size != 14 {
		s.raw(` font-size="`, number(size), `"`)
	}
	if t.t.Bold {
		s.raw(` font-weight="700"`)
	}
	if t.t.Anchor != Start {
		s.raw(` text-anchor="`, [...]string{Middle: "middle", End: "end"}[t.t.Anchor], `"`)
	}
	if !s.inline {
		s.raw(` textLength="`, number(Width(t.s, t.t)), `" lengthAdjust="spacingAndGlyphs"`)
	}
	s.raw(">", escape(t.s), "</text>")
}

func (s *svg) paint(attr string, p Paint) string {
	v := "none"
	switch {
	case p == "":
	case s.inline:
		v = p.css()
	default:
		v = p.hex()
	}
	return " " + attr + `="` + v + `"`
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(clean(s)) }

// safe lets addresses through that a page may lead to.
func safe(href string) string {
	href = clean(href)
	low := strings.ToLower(href)
	for _, ok := range []string{"/", "#", "?", "http://", "https://", "mailto:", "tel:"} {
		if strings.HasPrefix(low, ok) {
			return href
		}
	}
	return ""
}

// number writes a length with at most two decimals.
func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		v = 0
	}
	v = math.Round(v*100) / 100
	if v == 0 {
		v = 0 // no «-0»
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
