package office

import "strconv"

func (d *docx) paragraph(fr frame) error {
	x := d.x
	w := d.joined
	if d.joined = nil; w == nil {
		w = &words{}
	}
	w.turned(d.f.at)
	var own docxParagraph
	for depth := x.depth; x.more(depth); {
		if x.is(nsW, "pPr") {
			own = d.paragraphProperties()
			if own.breakBefore || !own.noBreak && d.styles.breakBefore(own.style) {
				d.f.at.hard++
				w.turned(d.f.at)
			}
			if !own.joinsNext { // else it is the next paragraph's number that stands there
				w.label = d.lists.label(own, d.styles)
			}
			continue
		}
		if err := d.inline(fr, w, Run{}); err != nil {
			return err
		}
	}
	if x.err != nil {
		return x.err
	}
	if d.codes > 0 { // a field's code that the paragraph ends in must not swallow the rest of the document
		clear(d.fields)
		d.codes = 0
	}
	page := w.page
	if own.sectionEnd {
		d.f.at.hard++
	}
	if own.joinsNext {
		d.joined = w
		return nil
	}
	return fr.para(&Para{Page: page, Style: d.styles.role(own.style), Align: own.align, Runs: w.take()})
}

// docxParagraph is what is read of w:pPr.
type docxParagraph struct {
	style                string
	numID, level         string // "" when not said
	align                Align
	breakBefore, noBreak bool // pageBreakBefore on, off
	sectionEnd           bool // the next paragraph begins a section, and so a page
	joinsNext            bool // the mark at the paragraph's end is deleted
}

func (d *docx) paragraphProperties() (p docxParagraph) {
	x := d.x
	for depth := x.depth; x.more(depth); {
		if x.name.ns != nsW {
			continue
		}
		switch x.name.local {
		case "pStyle":
			p.style = x.id(nsW, "val")
		case "numPr":
			p.numID, p.level = numPr(x)
		case "jc":
			p.align = alignment(x)
		case "pageBreakBefore":
			p.breakBefore = x.on(nsW)
			p.noBreak = !p.breakBefore
		case "sectPr":
			p.sectionEnd = true
			for inner := x.depth; x.more(inner); {
				if t, _ := x.attr(nsW, "val"); x.is(nsW, "type") && t == "continuous" {
					p.sectionEnd = false
				}
			}
		case "rPr":
			for inner := x.depth; x.more(inner); {
				p.joinsNext = p.joinsNext || x.is(nsW, "del") || x.is(nsW, "moveFrom")
			}
		}
	}
	return p
}

func numPr(x *tokens) (id, level string) {
	for depth := x.depth; x.more(depth); {
		switch {
		case x.is(nsW, "numId"):
			id = x.id(nsW, "val")
		case x.is(nsW, "ilvl"):
			level = x.id(nsW, "val")
		}
	}
	return id, level
}

func alignment(x *tokens) Align {
	switch v, _ := x.attr(nsW, "val"); v {
	case "left", "start":
		return Left
	case "center":
		return Center
	case "right", "end":
		return Right
	case "both", "distribute":
		return Justify
	}
	return ""
}

// atoi reads a whole number of at most 32 bits; or stands for anything else.
func atoi(s string, or int) int {
	if n, err := strconv.ParseInt(s, 10, 32); err == nil {
		return int(n)
	}
	return or
}
