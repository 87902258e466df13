package office

import (
	"strings"
)

// odt reads an OpenDocument text.
type odt struct {
	j      *job
	x      *tokens
	f      *flow
	styles *odfStyles
	counts map[string]*odfCount // running numbers by list style
	lists  map[string]string    // list style by xml:id of a list, for continue-list
	hidden int                  // sections around that are not shown
}

// readODF reads a text or a spreadsheet: the body of content.xml says which.
func readODF(a *archive) (*Doc, error) {
	if err := a.encrypted(); err != nil {
		return nil, err
	}
	d := &odt{j: a.j, f: newFlow(a.j), styles: newODFStyles(), counts: map[string]*odfCount{}, lists: map[string]string{}}
	if a.has("styles.xml") {
		if err := a.xml("styles.xml", func(x *tokens) error { return d.styles.document(x, func(string) error { return nil }) }); err != nil {
			return nil, err
		}
	}
	var doc *Doc
	err := a.xml("content.xml", func(x *tokens) error {
		d.x = x
		return d.styles.document(x, func(body string) (err error) {
			switch body {
			case "text":
				err = d.blocks(frame{f: d.f})
				doc = d.f.doc("odt", func(t turns) int { return 1 + t.soft + t.hard })
			case "spreadsheet":
				doc, err = d.spreadsheet()
			default:
				err = a.j.fail(WrongFormat, nil, "— документ OpenDocument, но не текст и не таблица: такие не читаются. Нужен ODT, DOCX, ODS или XLSX.")
			}
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return nil, a.j.fail(Damaged, nil, "повреждён: в нём нет текста документа. Возьмите исходный файл или пересохраните его в LibreOffice.")
	}
	return doc, a.meta(doc)
}

// encrypted refuses a file that its manifest calls encrypted.
func (a *archive) encrypted() error {
	if !a.has("META-INF/manifest.xml") {
		return nil
	}
	locked := false
	err := a.xml("META-INF/manifest.xml", func(x *tokens) error {
		for {
			switch x.next() {
			case tokStart:
				locked = locked || x.is(nsManifest, "encryption-data")
			case tokEOF:
				return x.err
			}
		}
	})
	if err == nil && locked {
		return a.j.locked()
	}
	return err
}

func (a *archive) meta(d *Doc) error {
	if !a.has("meta.xml") {
		return nil
	}
	return a.xml("meta.xml", func(x *tokens) error {
		for {
			switch x.next() {
			case tokEOF:
				return x.err
			case tokStart:
				switch {
				case x.is(nsDC, "title"):
					d.Title = strings.TrimSpace(x.inner(SealSpace))
				case x.is(nsMeta, "creation-date"):
					d.Created = stamp(x.inner(64))
				case x.is(nsMeta, "user-defined"):
					name, _ := x.attr(nsMeta, "name")
					d.property(name, x.inner(propertyLength))
				}
			}
		}
	})
}

// blocks reads what stands inside the element just started where paragraphs and tables stand.
func (d *odt) blocks(fr frame) error {
	x := d.x
	for depth := x.depth; x.more(depth); {
		if err := d.block(fr); err != nil {
			return err
		}
	}
	return x.err
}

func (d *odt) block(fr frame) error {
	x := d.x
	switch x.name.ns {
	case nsText:
		switch x.name.local {
		case "p":
			return d.paragraph(fr, "")
		case "h":
			return d.paragraph(fr, d.heading())
		case "list":
			return d.list(fr, nil)
		case "numbered-paragraph":
			return d.numbered(fr)
		case "soft-page-break":
			d.f.at.soft++
			return nil
		case "section":
			if x.id(nsText, "display") == "none" {
				d.hidden++
				defer func() { d.hidden-- }()
			}
		case "tracked-changes":
			for depth := x.depth; x.more(depth); {
				if x.is(nsText, "changed-region") {
					d.j.note(Tracked, func() string { return "" }, "")
				}
			}
			return x.err
		case "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls":
			return nil
		}
		if strings.HasSuffix(x.name.local, "-source") {
			return nil
		}
		return d.blocks(fr)
	case nsTable:
		if x.name.local == "table" {
			return d.table(fr)
		}
	case nsDraw:
		return d.blocks(fr) // frames, boxes and shapes hold paragraphs
	}
	return nil
}

// paragraph reads text:p or text:h; label is what automatic numbering puts before it.
func (d *odt) paragraph(fr frame, label string) error {
	x := d.x
	style := x.id(nsText, "style-name")
	heading := x.name.local == "h"
	level := x.number(nsText, "outline-level", 1)
	st := d.styles.of("paragraph", style)
	d.breakBefore(st)
	p := &Para{Align: st.align}
	w := &words{label: label}
	w.turned(d.f.at)
	t := odtText{d: d, fr: fr, w: w, space: true, hide: d.hidden > 0 || st.vanish != nil && *st.vanish}
	if err := t.inline(st.run()); err != nil {
		return err
	}
	p.Page = w.page
	p.Style = roleOf(st.name)
	if heading && p.Style != Title {
		if p.Style = Heading2; level == 1 {
			p.Style = Heading1
		}
	}
	p.Runs = w.take()
	if st.breakAfter {
		d.f.at.hard++
	}
	return fr.para(p)
}

func (d *odt) breakBefore(st odfStyle) {
	if st.breakBefore || st.newPage && len(d.f.blocks) > 0 {
		d.f.at.hard++
	}
}
