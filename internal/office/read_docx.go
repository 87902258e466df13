package office

import "strconv"

// docx reads the main part of a WordprocessingML document.
type docx struct {
	j      *job
	x      *tokens
	f      *flow
	styles docxStyles
	lists  *numbering
	rels   map[string]relation
	fields []bool // open fields: true while inside the field's code
	codes  int    // how many of them are
	joined *words // text of a paragraph whose end mark was deleted under track changes
}

func readDOCX(a *archive, root map[string]relation, main string) (*Doc, error) {
	rels, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	d := &docx{j: a.j, f: newFlow(a.j), rels: rels, lists: newNumbering()}
	if part := a.related(rels, "styles"); part != "" {
		if err := a.xml(part, d.styles.read); err != nil {
			return nil, err
		}
	}
	if part := a.related(rels, "numbering"); part != "" {
		if err := a.xml(part, d.lists.read); err != nil {
			return nil, err
		}
	}
	if err := a.xml(main, d.document); err != nil {
		return nil, err
	}
	doc := d.f.doc("docx", func(t turns) int {
		if d.f.at.soft > 0 { // Word leaves its mark after hard breaks too
			return 1 + t.soft
		}
		return 1 + t.hard
	})
	return doc, a.properties(root, doc)
}

func (d *docx) document(x *tokens) error {
	d.x = x
	if x.next() != tokStart {
		return x.err
	}
	if !x.is(nsW, "document") {
		return d.j.fail(WrongFormat, nil, "назван документом Word, но его основная часть — не документ. Пересохраните его в Word или LibreOffice.")
	}
	for root := x.depth; x.more(root); {
		if x.is(nsW, "body") {
			if err := d.content(frame{f: d.f}); err != nil {
				return err
			}
		}
	}
	return x.err
}

// content reads the blocks inside the element just started: of the body, a cell, a text box.
func (d *docx) content(fr frame) error {
	outer := d.joined
	d.joined = nil
	if err := d.children(fr); err != nil {
		return err
	}
	return d.flush(fr, outer)
}

// flush ends a frame: a paragraph that waits for the next one to join has none to wait for.
func (d *docx) flush(fr frame, outer *words) error {
	last := d.joined
	if d.joined = outer; last == nil {
		return nil
	}
	return fr.para(&Para{Page: last.page, Runs: last.take()})
}

func (d *docx) children(fr frame) error {
	x := d.x
	for depth := x.depth; x.more(depth); {
		if err := d.block(fr); err != nil {
			return err
		}
	}
	return x.err
}

// block reads the element just started where paragraphs and tables stand.
func (d *docx) block(fr frame) error {
	x := d.x
	switch {
	case x.is(nsW, "p"):
		return d.paragraph(fr)
	case x.is(nsW, "tbl"):
		return d.table(fr)
	case x.is(nsMC, "AlternateContent"):
		return d.alternate(func() error { return d.children(fr) })
	case d.transparent():
		return d.children(fr)
	}
	return nil
}

// transparent reports whether the element just started only wraps content: content controls, insertions, moves.
func (d *docx) transparent() bool {
	if d.x.name.ns != nsW {
		return false
	}
	switch d.x.name.local {
	case "sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "dir", "bdo", "hyperlink", "fldSimple":
		return true
	}
	return false
}

// alternate reads the first of the choices of mc:AlternateContent: the fallback repeats the same words for old programs.
func (d *docx) alternate(read func() error) error {
	x, taken := d.x, false
	for depth := x.depth; x.more(depth); {
		if !taken && (x.is(nsMC, "Choice") || x.is(nsMC, "Fallback")) {
			taken = true
			if err := read(); err != nil {
				return err
			}
		}
	}
	return x.err
}

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
