package office

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// inline reads the element just started inside a paragraph into w. Deletions, notes, comments and pictures leave nothing.
func (d *docx) inline(fr frame, w *words, look Run) error {
	x := d.x
	if x.is(nsW, "ins") || x.is(nsW, "moveTo") {
		d.j.note(Tracked, fr.place, "")
	}
	switch {
	case x.is(nsW, "r"):
		return d.run(fr, w, look)
	case x.is(nsMC, "AlternateContent"):
		return d.alternate(func() error { return d.inlines(fr, w, look) })
	case x.is(nsW, "hyperlink"):
		if rel := d.rels[x.id(nsR, "id")]; rel.external {
			look.Link = rel.target
		}
		return d.inlines(fr, w, look)
	case d.transparent():
		return d.inlines(fr, w, look)
	case x.is(nsW, "del"), x.is(nsW, "moveFrom"):
		d.j.note(Tracked, fr.place, "")
	}
	return nil
}

func (d *docx) inlines(fr frame, w *words, look Run) error {
	x := d.x
	for depth := x.depth; x.more(depth); {
		if err := d.inline(fr, w, look); err != nil {
			return err
		}
	}
	return x.err
}

func (d *docx) run(fr frame, w *words, look Run) error {
	x, hidden, up := d.x, false, false
	add := func(s string) {
		if up {
			s = raised(s)
		}
		switch {
		case d.codes > 0:
		case !hidden:
			w.add(look, s)
		case strings.TrimSpace(s) != "":
			d.j.note(HiddenText, fr.place, strings.TrimSpace(s))
		}
	}
	for depth := x.depth; x.more(depth); {
		if x.is(nsMC, "AlternateContent") {
			if err := d.alternate(func() error { return d.boxes(fr) }); err != nil {
				return err
			}
			continue
		}
		if x.name.ns != nsW {
			continue
		}
		switch x.name.local {
		case "rPr":
			hidden, up = d.look(&look)
		case "t":
			keep, _ := x.attr(nsXML, "space")
			add(d.text(keep == "preserve"))
		case "tab", "ptab":
			add("\t")
		case "cr":
			add("\n")
		case "br":
			if kind, _ := x.attr(nsW, "type"); kind == "page" {
				d.f.at.hard++
				w.turned(d.f.at)
			} else {
				add("\n")
			}
		case "lastRenderedPageBreak":
			d.f.at.soft++
			w.turned(d.f.at)
		case "noBreakHyphen":
			add("-")
		case "sym":
			add(symbol(x))
		case "fldChar":
			d.field()
		case "drawing", "pict", "object":
			if err := d.boxes(fr); err != nil {
				return err
			}
		case "ruby":
			for inner := x.depth; x.more(inner); {
				if x.is(nsW, "rubyBase") {
					if err := d.inlines(fr, w, look); err != nil {
						return err
					}
				}
			}
		}
		if err := fr.room(w); err != nil {
			return err
		}
	}
	return x.err
}

// text returns the characters of w:t. Where the file does not ask to keep its spaces, those with a line end are the
// layout of the file, not of the text.
func (d *docx) text(keep bool) string {
	s := d.x.inner(d.j.lim.Cell + utf8.UTFMax) // more than a paragraph may have, and so refused
	if strings.ContainsAny(s, "\n\t") {
		if !keep {
			if t := strings.TrimLeft(s, " \t\n"); strings.Contains(s[:len(s)-len(t)], "\n") {
				s = t
			}
			if t := strings.TrimRight(s, " \t\n"); strings.Contains(s[len(t):], "\n") {
				s = t
			}
		}
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	return s
}

// look takes the appearance from w:rPr and reports whether the text is hidden, and whether it is raised.
func (d *docx) look(r *Run) (hidden, up bool) {
	x := d.x
	for depth := x.depth; x.more(depth); {
		if x.name.ns != nsW {
			continue
		}
		switch x.name.local {
		case "b":
			r.Bold = x.on(nsW)
		case "i":
			r.Italic = x.on(nsW)
		case "u":
			r.Underline = x.on(nsW)
		case "strike", "dstrike":
			r.Struck = x.on(nsW)
		case "vanish":
			hidden = x.on(nsW)
		case "vertAlign":
			v, _ := x.attr(nsW, "val")
			up = v == "superscript"
		}
	}
	return hidden, up
}

// field follows a complex field: its code is not text, its result is.
func (d *docx) field() {
	switch kind, _ := d.x.attr(nsW, "fldCharType"); kind {
	case "begin":
		d.fields = append(d.fields, true)
		d.codes++
	case "separate":
		if n := len(d.fields); n > 0 && d.fields[n-1] {
			d.fields[n-1] = false
			d.codes--
		}
	case "end":
		if n := len(d.fields); n > 0 {
			if d.fields[n-1] {
				d.codes--
			}
			d.fields = d.fields[:n-1]
		}
	}
}

// boxes reads the text boxes inside a drawing. Their paragraphs come before the one that holds the drawing.
func (d *docx) boxes(fr frame) error {
	x := d.x
	for depth := x.depth; x.more(depth); {
		var err error
		switch {
		case x.is(nsW, "txbxContent"):
			err = d.content(fr)
		case x.is(nsMC, "AlternateContent"):
			err = d.alternate(func() error { return d.boxes(fr) })
		default:
			err = d.boxes(fr)
		}
		if err != nil {
			return err
		}
	}
	return x.err
}

// symbol reads w:sym: a letter of a symbol font. Boxes that people tick and bullets have letters of their own.
func symbol(x *tokens) string {
	v, _ := x.attr(nsW, "char")
	n, err := strconv.ParseUint(v, 16, 16)
	if err != nil {
		return ""
	}
	switch n & 0xFF {
	case 0xFE, 0xFC, 0x52, 0x54:
		return "☑"
	case 0xA8, 0x6F, 0xA3:
		return "☐"
	case 0xB7, 0x6C, 0x6E, 0xA7:
		return "•"
	case 0xE0:
		return "→"
	}
	return ""
}
