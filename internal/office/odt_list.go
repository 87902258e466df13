package office

import (
	"strconv"
	"strings"
)

// odfList is a list style: what stands before the paragraphs of each of its ten levels.
type odfList [10]odfLevel

type odfLevel struct {
	format, prefix, suffix, pattern, bullet string
	show, start                             int
	glued, known                            bool
}

func readODFList(x *tokens) *odfList {
	l := &odfList{}
	for depth := x.depth; x.more(depth); {
		i := x.number(nsText, "level", 0) - 1
		if x.name.ns != nsText || i < 0 || i >= len(l) {
			continue
		}
		v := odfLevel{known: true, start: x.number(nsText, "start-value", 1), show: min(max(x.number(nsText, "display-levels", 1), 1), i+1)}
		for _, a := range []struct {
			to   *string
			ns   space
			name string
		}{{&v.format, nsStyle, "num-format"}, {&v.prefix, nsStyle, "num-prefix"}, {&v.suffix, nsStyle, "num-suffix"},
			{&v.pattern, nsLO, "num-list-format"}, {&v.pattern, nsStyle, "num-list-format"}, {&v.bullet, nsText, "bullet-char"}} {
			if s, ok := x.attr(a.ns, a.name); ok {
				*a.to = cut(s, labelLength)
			}
		}
		if x.name.local == "list-level-style-bullet" {
			v.bullet = bullet(v.bullet)
		} else if v.bullet = ""; strings.Contains(x.name.local, "image") {
			v.bullet = "•"
		}
		for inner := x.depth; x.more(inner); {
			for props := x.depth; x.more(props); {
				follow, _ := x.attr(nsText, "label-followed-by")
				v.glued = follow == "nothing"
			}
		}
		l[i] = v
	}
	return l
}

// odfCount is the running numbers of a list.
type odfCount struct {
	n     [10]int
	begun [10]bool
}

// odtList is a list being read.
type odtList struct {
	style string
	level int // from 0
	count *odfCount
}

// list reads text:list; within is the list that this one is nested in.
func (d *odt) list(fr frame, within *odtList) error {
	x := d.x
	l := odtList{}
	if within != nil {
		l = odtList{within.style, within.level + 1, within.count}
	}
	if style := x.id(nsText, "style-name"); style != "" {
		l.style = style
	}
	if within == nil || l.style != within.style {
		goOn, _ := x.attr(nsText, "continue-numbering")
		if id := x.id(nsText, "continue-list"); id != "" {
			goOn = "true"
			if style, ok := d.lists[id]; ok && l.style == "" {
				l.style = style
			}
		}
		l.count = d.count(l.style, goOn == "true")
	}
	if id := x.id(nsXML, "id"); id != "" && len(d.lists) < styleCount {
		d.lists[id] = l.style
	}
	for depth := x.depth; x.more(depth); {
		if x.name.ns != nsText {
			continue
		}
		start, started := x.attr(nsText, "start-value")
		if x.name.local == "list-item" && started && l.level < 10 {
			l.count.n[l.level], l.count.begun[l.level] = atoi(start, 1)-1, true
		}
		if err := d.item(fr, l, x.name.local == "list-item"); err != nil {
			return err
		}
	}
	return x.err
}

// count gives the running numbers of a list style, from the beginning unless the list goes on. Only those of styles that
// the document has are kept.
func (d *odt) count(style string, goOn bool) *odfCount {
	c := d.counts[style]
	if c == nil || !goOn {
		c = &odfCount{}
	}
	if d.styles.lists[style] != nil {
		d.counts[style] = c
	}
	return c
}

// item reads text:list-item or text:list-header: the first paragraph of an item bears its label.
func (d *odt) item(fr frame, l odtList, labelled bool) error {
	x := d.x
	for depth := x.depth; x.more(depth); {
		var err error
		switch {
		case x.is(nsText, "list"):
			err = d.list(fr, &l)
		case x.is(nsText, "p"), x.is(nsText, "h"):
			label := ""
			if labelled {
				style := l.style
				if style == "" {
					style = d.styles.of("paragraph", x.id(nsText, "style-name")).list
				}
				label = d.label(style, l.count, l.level)
				labelled = false
			}
			err = d.paragraph(fr, label)
		default:
			err = d.block(fr)
		}
		if err != nil {
			return err
		}
	}
	return x.err
}

func (d *odt) numbered(fr frame) error {
	x := d.x
	style := x.id(nsText, "style-name")
	level := x.number(nsText, "level", 1) - 1
	return d.item(fr, odtList{style, min(max(level, 0), 9), d.count(style, true)}, true)
}

// heading gives the number of text:h by the outline style.
func (d *odt) heading() string {
	x := d.x
	if header, _ := x.attr(nsText, "is-list-header"); header == "true" || d.styles.lists[outlineList] == nil {
		return ""
	}
	return d.label(outlineList, d.count(outlineList, true), min(max(x.number(nsText, "outline-level", 1)-1, 0), 9))
}

// label counts an item and returns what stands before it, with a space after it.
func (d *odt) label(style string, count *odfCount, at int) string {
	list := d.styles.lists[style]
	if list == nil || at >= len(list) || !list[at].known {
		return ""
	}
	l := list[at]
	if !count.begun[at] {
		count.n[at], count.begun[at] = l.start-1, true
	}
	count.n[at]++
	for i := at + 1; i < len(count.begun); i++ {
		count.begun[i] = false
	}
	text := l.bullet
	if text == "" {
		text = list.number(count, at)
	}
	if text == "" || l.glued {
		return text
	}
	return text + " "
}

func (list *odfList) number(count *odfCount, at int) string {
	one := func(i int) string {
		n := count.n[i]
		if !count.begun[i] {
			n = list[i].start
		}
		return numeral(odfNumeral(list[i].format), n)
	}
	l := list[at]
	if l.pattern != "" {
		text := l.pattern
		for i := range list {
			text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1)+"%", one(i))
		}
		return text
	}
	if l.format == "" {
		return strings.TrimSpace(l.prefix + l.suffix)
	}
	var parts []string
	for i := at - l.show + 1; i <= at; i++ {
		if s := one(i); s != "" {
			parts = append(parts, s)
		}
	}
	return l.prefix + strings.Join(parts, ".") + l.suffix
}

// odfNumeral gives the OOXML name of a number format of ODF. LibreOffice writes its own as samples: «а, б, .., аа, аб, ... (ru)».
func odfNumeral(f string) string {
	switch f {
	case "":
		return "none"
	case "a":
		return "lowerLetter"
	case "A":
		return "upperLetter"
	case "i":
		return "lowerRoman"
	case "I":
		return "upperRoman"
	}
	switch {
	case strings.HasPrefix(f, "01"):
		return "decimalZero"
	case strings.HasPrefix(f, "А"):
		return "russianUpper"
	case strings.HasPrefix(f, "а"):
		return "russianLower"
	}
	return "decimal"
}
