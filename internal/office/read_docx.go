package office

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
