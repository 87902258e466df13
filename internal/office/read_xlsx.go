package office

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"
)

// xlsx reads a SpreadsheetML workbook, a sheet at a time, without keeping its XML.
type xlsx struct {
	a       *archive
	texts   *texts
	shared  []uint32 // shared strings by their number in the file
	formats []numberFormat
	from04  bool                // dates count from 1904
	rels    map[string]relation // of the sheet being read
}

type listedSheet struct {
	name, id string
	hidden   bool
}

// peekRows is how much of a hidden sheet is looked at.
const peekRows = 60

func readXLSX(a *archive, root map[string]relation, main string) (*Doc, error) {
	w := &xlsx{a: a, texts: newTexts(a.j)}
	rels, err := a.relations(main)
	if err != nil {
		return nil, err
	}
	var sheets []listedSheet
	if err := a.xml(main, func(x *tokens) (err error) { sheets, err = w.workbook(x); return err }); err != nil {
		return nil, err
	}
	if part := a.related(rels, "styles"); part != "" {
		if err := a.xml(part, w.readStyles); err != nil {
			return nil, err
		}
	}
	if part := a.related(rels, "sharedStrings"); part != "" {
		if err := a.xml(part, w.readShared); err != nil {
			return nil, err
		}
	}
	doc := &Doc{Format: "xlsx"}
	for _, s := range sheets {
		rel := rels[s.id]
		if rel.kind != "worksheet" || rel.external {
			continue // a chart or a dialogue
		}
		sh := newSheet(a.j, w.texts, "лист «"+s.name+"»")
		if s.hidden {
			if sh.peek = peekRows; len(doc.Hidden) >= peekRows {
				continue
			}
		}
		if w.rels, err = a.relations(rel.target); err != nil {
			return nil, err
		}
		notes := slices.Clone(a.j.notes)
		err := a.xml(rel.target, func(x *tokens) error { return w.worksheet(x, sh) })
		if s.hidden && a.j.ctx.Err() == nil {
			a.j.notes = notes
			if err != nil && !errors.Is(err, errPeeked) {
				continue // nobody asked for it
			}
			err = nil
		}
		if err != nil {
			return nil, err
		}
		t, err := sh.table(s.name)
		if err != nil {
			return nil, err
		}
		switch {
		case t == nil:
		case s.hidden:
			doc.Hidden = append(doc.Hidden, Section{Name: s.name, Blocks: []Block{t}})
		default:
			doc.Sections = append(doc.Sections, Section{Name: s.name, Blocks: []Block{t}})
		}
	}
	return doc, a.properties(root, doc)
}

func (w *xlsx) workbook(x *tokens) (sheets []listedSheet, err error) {
	if x.next() != tokStart {
		return nil, x.err
	}
	for root := x.depth; x.more(root); {
		switch {
		case x.is(nsS, "workbookPr"):
			v, _ := x.attr(nsNone, "date1904")
			w.from04 = v == "1" || v == "true"
		case x.is(nsS, "sheets"):
			for depth := x.depth; x.more(depth); {
				state, _ := x.attr(nsNone, "state")
				if !x.is(nsS, "sheet") || len(sheets) >= w.a.j.lim.Entries {
					continue
				}
				sheets = append(sheets, listedSheet{x.id(nsNone, "name"), x.id(nsR, "id"), state == "hidden" || state == "veryHidden"})
			}
		}
	}
	return sheets, x.err
}

// readShared reads the shared strings: rich text is joined, phonetic hints are left out.
func (w *xlsx) readShared(x *tokens) error {
	if x.next() != tokStart {
		return x.err
	}
	var b []byte
	for root := x.depth; x.more(root); {
		if !x.is(nsS, "si") {
			continue
		}
		b = w.rich(x, b[:0])
		n, err := w.texts.add(b)
		if err != nil {
			return err
		}
		w.shared = append(w.shared, n)
		if err := w.a.j.hold(32); err != nil { // the list grows by copying
			return err
		}
	}
	return x.err
}

// rich appends the text of the element just started (si, is), one byte beyond the limit at most.
func (w *xlsx) rich(x *tokens, b []byte) []byte {
	depth, phonetic, inText := x.depth, 0, false
	for {
		switch x.next() {
		case tokStart:
			switch x.name.local {
			case "rPh":
				phonetic = x.depth
			case "t":
				inText = phonetic == 0
			}
		case tokText:
			if inText {
				b = append(b, x.text[:min(len(x.text), max(w.a.j.lim.Cell+1-len(b), 0))]...)
			}
		case tokEnd:
			inText = false
			if x.depth < phonetic {
				phonetic = 0
			}
			if x.depth < depth {
				return unescapeX(b)
			}
		case tokEOF:
			return b
		}
	}
}

// unescapeX resolves _x000D_ in place: so a workbook writes characters that XML forbids, and an underscore that would
// look like the beginning of such. Control characters vanish.
func unescapeX(b []byte) []byte {
	if !bytes.Contains(b, []byte("_x")) {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '_' && i+7 <= len(b) && b[i+1] == 'x' && b[i+6] == '_' {
			if n, ok := hex4(b[i+2 : i+6]); ok && utf8.ValidRune(n) {
				if n >= ' ' || n == '\n' || n == '\t' {
					out = utf8.AppendRune(out, n)
				}
				i += 6
				continue
			}
		}
		out = append(out, b[i])
	}
	return out
}

func hex4(b []byte) (n rune, ok bool) {
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			n = n<<4 + rune(c-'0')
		case c >= 'A' && c <= 'F':
			n = n<<4 + rune(c-'A') + 10
		case c >= 'a' && c <= 'f':
			n = n<<4 + rune(c-'a') + 10
		default:
			return 0, false
		}
	}
	return n, true
}
