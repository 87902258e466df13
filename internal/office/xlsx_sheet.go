package office

import (
	"bytes"
	"strconv"
)

// xlsxCell is the cell being read.
type xlsxCell struct {
	col   int
	kind  byte // the first letter of t (s, n, b, e, d), 'i' of inlineStr, 't' of str
	style int
	value []byte
	open  bool // its start has been seen, its end not
	set   bool // put already: an inline string
	bare  bool // it has a formula whose value is no empty text
}

func (w *xlsx) worksheet(x *tokens, sh *sheet) error {
	if x.next() != tokStart {
		return x.err
	}
	for root := x.depth; x.more(root); {
		switch {
		case x.is(nsS, "sheetData"):
			if err := w.rows(x, sh); err != nil {
				return err
			}
		case x.is(nsS, "hyperlinks"):
			for depth := x.depth; x.more(depth) && len(sh.links) < linksOfTable; {
				ref, _ := x.attr(nsNone, "ref")
				first, _, _ := bytes.Cut([]byte(ref), []byte(":"))
				c, r := cellRef(first)
				if rel := w.rels[x.id(nsR, "id")]; x.is(nsS, "hyperlink") && c >= 0 && r >= 0 && rel.external {
					sh.links = append(sh.links, Link{Row: r, Col: c, Target: rel.target})
					if err := w.a.j.hold(96 + len(rel.target)); err != nil {
						return err
					}
				}
			}
		case x.is(nsS, "mergeCells"):
			for depth := x.depth; x.more(depth); {
				ref, _ := x.attr(nsNone, "ref")
				from, to, _ := bytes.Cut([]byte(ref), []byte(":"))
				c1, r1 := cellRef(from)
				c2, r2 := cellRef(to)
				if !x.is(nsS, "mergeCell") || c1 < 0 || c2 < 0 || r1 < 0 || r2 < 0 {
					continue
				}
				if err := sh.merge(span(r1, c1, r2-r1+1, c2-c1+1)); err != nil {
					return err
				}
			}
		}
	}
	return x.err
}

// rows reads sheetData. This loop is the one that a workbook of a hundred thousand rows spends its time in: it looks at
// names and attributes in place and makes no strings for what it has seen.
func (w *xlsx) rows(x *tokens, sh *sheet) error {
	var c xlsxCell
	depth, inValue := x.depth, false
	for {
		switch x.next() {
		case tokStart:
			if x.name.ns != nsS {
				continue
			}
			switch x.name.local {
			case "row":
				sh.begin(x.number(nsNone, "r", sh.line+1))
				sh.hidden = hiddenRow(x)
				c.col, c.open = -1, false
			case "c":
				w.startCell(x, &c)
			case "f":
				c.bare = c.open && !c.set && c.kind != 't'
			case "v":
				inValue = c.open && !c.set
			case "is":
				if !c.open {
					continue
				}
				var err error
				if c.value = w.rich(x, c.value[:0]); x.err == nil {
					err = w.put(sh, &c)
				}
				if c.set = true; err != nil {
					return err
				}
			}
		case tokText:
			if inValue {
				c.value = append(c.value, x.text[:min(len(x.text), max(w.a.j.lim.Cell+1-len(c.value), 0))]...)
			}
		case tokEnd:
			inValue = false
			if x.depth < depth {
				return nil
			}
			if x.name.ns != nsS {
				continue
			}
			var err error
			switch x.name.local {
			case "c":
				if c.open && !c.set && len(c.value) > 0 {
					err = w.put(sh, &c)
				} else if c.bare {
					w.a.j.note(NoValue, func() string { return sh.at(c.col) }, "")
				}
				c.open = false
			case "row":
				err = sh.end()
			}
			if err != nil {
				return err
			}
		case tokEOF:
			return x.err
		}
	}
}

// hiddenRow tells whether the row just started is hidden.
func hiddenRow(x *tokens) bool {
	for _, a := range x.attrs {
		if string(a.name) == "hidden" {
			return string(a.value) == "1" || string(a.value) == "true"
		}
	}
	return false
}

func (w *xlsx) startCell(x *tokens, c *xlsxCell) {
	c.col++
	c.kind, c.style, c.value, c.open, c.set, c.bare = 'n', 0, c.value[:0], true, false, false
	for _, a := range x.attrs {
		if len(a.name) != 1 || len(a.value) == 0 {
			continue
		}
		switch a.name[0] {
		case 'r':
			if col, _ := cellRef(a.value); col >= 0 {
				c.col = col
			}
		case 's':
			c.style = digits(a.value)
		case 't':
			c.kind = a.value[0]
			if string(a.value) == "str" {
				c.kind = 't'
			}
		}
	}
}

// put turns the value of a cell into what a person sees and gives it to the sheet.
func (w *xlsx) put(sh *sheet, c *xlsxCell) error {
	value := c.value
	switch c.kind {
	case 's':
		i := digits(bytes.TrimSpace(value))
		if i < 0 || i >= len(w.shared) {
			return w.a.j.fail(Damaged, nil, "повреждён: ячейка (%s) ссылается на строку, которой нет. Пересохраните его в Excel или LibreOffice.", sh.at(c.col))
		}
		return sh.put(c.col, w.shared[i])
	case 'n':
		value = w.shown(value, c.style)
	case 'd':
		if t := stamp(string(value)); !t.IsZero() {
			value = t.AppendFormat(value[:0], "02.01.2006")
		}
	case 'b':
		switch string(bytes.TrimSpace(value)) {
		case "1", "true":
			value = append(value[:0], "ИСТИНА"...)
		default:
			value = append(value[:0], "ЛОЖЬ"...)
		}
	case 't':
		value = unescapeX(value)
	}
	c.value = value
	n, err := sh.texts.number(value)
	if err != nil {
		return err
	}
	return sh.put(c.col, n)
}

// shown is a number as its format shows it.
func (w *xlsx) shown(value []byte, style int) []byte {
	var f numberFormat
	if style >= 0 && style < len(w.formats) {
		f = w.formats[style]
	}
	if f.general() && len(value) <= 15 && digits(value) >= 0 && (value[0] != '0' || len(value) == 1) {
		return value
	}
	v, err := strconv.ParseFloat(string(bytes.TrimSpace(value)), 64)
	if err != nil {
		return value
	}
	return append(value[:0], f.show(v, w.from04)...)
}

// digits reads a whole number of digits only; -1 for anything else and for one beyond 15 digits.
func digits(b []byte) int {
	if len(b) == 0 || len(b) > 15 {
		return -1
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// cellRef reads «B12» (also «$B$12»): column and row from 0; -1 for what is absent or beyond a sheet.
func cellRef(b []byte) (col, row int) {
	for ; len(b) > 0 && col < 1<<14; b = b[1:] {
		c := b[0] &^ 0x20
		if c >= 'A' && c <= 'Z' {
			col = col*26 + int(c-'A') + 1
		} else if b[0] != '$' {
			break
		}
	}
	if col > 1<<14 {
		col = 0
	}
	if row = digits(b); row > 1<<20 || row < 1 {
		row = 0
	}
	return col - 1, row - 1
}
