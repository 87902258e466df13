package office

import "strings"

// odtText collects the text of one paragraph. White space of the file counts as one space, and as none at the beginning.
type odtText struct {
	d     *odt
	fr    frame
	w     *words
	space bool
	up    bool // the text is raised
	hide  bool // and not shown
}

// inline reads the content of the element just started, up to its end.
func (t *odtText) inline(look Run) error {
	x := t.d.x
	depth := x.depth
	for {
		switch x.next() {
		case tokText:
			t.chars(look, string(x.text))
			if err := t.fr.room(t.w); err != nil {
				return err
			}
		case tokEnd:
			if x.depth < depth {
				return nil
			}
		case tokEOF:
			return x.err
		case tokStart:
			if err := t.element(look); err != nil {
				return err
			}
		}
	}
}

func (t *odtText) chars(look Run, s string) {
	if t.hide {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			t.d.j.note(HiddenText, t.fr.place, s)
		}
		return
	}
	if strings.ContainsAny(s, "\n\t") || strings.Contains(s, "  ") || t.space {
		var b strings.Builder
		for _, r := range s {
			if r == ' ' || r == '\n' || r == '\t' {
				if !t.space {
					b.WriteByte(' ')
				}
				t.space = true
				continue
			}
			t.space = false
			b.WriteRune(r)
		}
		s = b.String()
	}
	if s != "" {
		t.space = s[len(s)-1] == ' '
		if t.up {
			s = raised(s)
		}
		t.w.add(look, s)
	}
}

// put adds characters that an element stands for.
func (t *odtText) put(look Run, s string) error {
	if t.hide {
		return nil
	}
	t.space = false
	t.w.add(look, s)
	return t.fr.room(t.w)
}

func (t *odtText) element(look Run) error {
	d, x := t.d, t.d.x
	depth := x.depth
	switch x.name.ns {
	case nsText:
		switch x.name.local {
		case "s":
			n := x.number(nsText, "c", 1)
			if n < 0 || n > d.j.lim.Cell {
				n = d.j.lim.Cell + 1
			}
			return t.put(look, strings.Repeat(" ", n))
		case "tab":
			return t.put(look, "\t")
		case "line-break":
			if err := t.put(look, "\n"); err != nil {
				return err
			}
			t.space = true
			return nil
		case "soft-page-break":
			d.f.at.soft++
			t.w.turned(d.f.at)
			return nil
		case "note", "ruby-text", "script", "number":
			x.rest(depth)
			return x.err
		case "span":
			if style := x.id(nsText, "style-name"); style != "" {
				st := d.styles.of("text", style)
				look = st.over(look)
				if st.raised != nil {
					defer func(up bool) { t.up = up }(t.up)
					t.up = *st.raised
				}
				if st.vanish != nil {
					defer func(hide bool) { t.hide = hide }(t.hide)
					t.hide = *st.vanish || d.hidden > 0
				}
			}
		case "a":
			if look.Link, _ = x.attr(nsXLink, "href"); len(look.Link) > targetLength {
				look.Link = ""
			}
		}
		return t.inline(look)
	case nsLO:
		return t.inline(look)
	case nsDraw:
		return d.blocks(t.fr)
	}
	x.rest(depth)
	return x.err
}
