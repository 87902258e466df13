package office

import (
	"strings"
	"unicode/utf8"
)

// drawing is a table drawn with strokes in a plain text: «| a | b |», «a | b | c», with or without rules («+---+---+»,
// «|---|---|»), also with the characters for frames (│ ─ ┼). Its lines wait until it ends, for only the rules tell whether
// a line is a row or a part of one.
type drawing struct {
	open   bool // rows have no strokes at their ends
	lines  []drawnLine
	groups int // stretches of lines between rules
	ruled  bool
}

// A drawnLine is one line of a drawing, cut at its strokes; the cells keep their spaces.
type drawnLine struct {
	cells []string
	group int
	line  int
}

// draw takes a line that belongs to a drawn table; ok is false for any other.
func (t *txt) draw(s string) (ok bool, err error) {
	s = framed(s)
	p := strings.TrimSpace(s)
	if !strings.ContainsAny(p, "|+") {
		return false, nil
	}
	rule := len(p) >= 3 && strings.Trim(p, "|+-=:_ ") == "" && strings.ContainsAny(p, "-=_")
	bounded := !rule && p[0] == '|' && p[len(p)-1] == '|' && strings.Count(p, "|") >= 3
	strokes := strings.Count(s, "|")
	switch {
	case rule, bounded && (t.drawn == nil || !t.drawn.open || len(t.drawn.lines) == 0):
	case t.drawn != nil && t.drawn.open && len(t.drawn.lines) > 0 && strokes == len(t.drawn.lines[0].cells)-1:
	case t.drawn != nil && len(t.drawn.lines) > 0 || strokes < 2 || bounded:
		return false, nil
	}
	if t.table != nil { // of tabs
		if err := t.endTable(); err != nil {
			return false, err
		}
	}
	t.blank = 0
	d := t.drawn
	if d == nil {
		d = &drawing{}
		t.drawn = d
	}
	if rule {
		d.ruled = true
		return true, nil
	}
	if len(d.lines) == 0 {
		d.open = !bounded
	}
	if d.ruled || len(d.lines) == 0 {
		d.groups++
		d.ruled = false
	}
	if !d.open {
		s = p[1 : len(p)-1]
	}
	if strokes > t.j.lim.Columns+1 {
		return false, t.j.tooManyColumns("строка " + grouped(t.line))
	}
	cells := strings.Split(s, "|")
	d.lines = append(d.lines, drawnLine{cells, d.groups, t.line})
	return true, t.j.hold(rowSize + len(s) + 16*len(cells))
}

// endDrawing makes rows of the lines that wait.
func (t *txt) endDrawing() error {
	d := t.drawn
	if d == nil {
		return nil
	}
	t.drawn = nil
	if d.open && len(d.lines) == 1 { // a line of prose with strokes in it
		return t.para(strings.Join(d.lines[0].cells, "|"), d.lines[0].line)
	}
	for i := 0; i < len(d.lines); {
		n := i + 1
		for n < len(d.lines) && d.lines[n].group == d.lines[i].group {
			n++
		}
		group := d.lines[i:n]
		i = n
		if len(group) > 1 && (d.groups > 1 && group[0].group == 1 || d.groups > 2 && !apart(group)) {
			if err := t.row(wrapped(group), group[0].line); err != nil {
				return err
			}
			continue
		}
		for _, l := range group {
			if err := t.row(l.cells, l.line); err != nil {
				return err
			}
		}
	}
	return nil
}

// apart tells that the lines between two rules are rows of their own: each fills the same columns, but for the first two,
// which rows may share. The lines of one wrapped row differ in what they fill, for its cells differ in length.
func apart(group []drawnLine) bool {
	filled := 0
	for c := range group[0].cells {
		n := 0
		for _, l := range group {
			if c < len(l.cells) && strings.TrimSpace(l.cells[c]) != "" {
				n++
			}
		}
		switch {
		case n == len(group):
			filled++
		case n > 0 && (filled > 0 || c > 1):
			return false
		}
	}
	return filled > 1
}

// wrapped joins the lines of one row. A line that had room for the first word of the next one was ended by the author.
func wrapped(group []drawnLine) []string {
	cells := make([]string, 0, len(group[0].cells))
	for c := range group[0].cells {
		var b strings.Builder
		room, last := 0, ""
		for _, l := range group {
			if c >= len(l.cells) {
				continue
			}
			text := strings.TrimSpace(l.cells[c])
			if text == "" {
				continue
			}
			word, _, _ := strings.Cut(text, " ")
			switch {
			case b.Len() == 0:
			case utf8.RuneCountInString(word) < room:
				b.WriteByte('\n')
			case strings.HasSuffix(last, "-") && !strings.HasSuffix(last, " -"), room <= 0 && address(last):
			default:
				b.WriteByte(' ')
			}
			b.WriteString(text)
			room = utf8.RuneCountInString(l.cells[c]) - 2 - utf8.RuneCountInString(text)
			last = text
		}
		cells = append(cells, b.String())
	}
	return cells
}

// address tells a line that ends in an address of the net, which has no place to be broken at and so is cut at the stroke.
func address(line string) bool {
	word := line[strings.LastIndexByte(line, ' ')+1:]
	return strings.Contains(word, "://") || strings.Contains(word, "@") || strings.HasPrefix(word, "www.")
}

// framed puts plain strokes in place of the characters for frames.
func framed(s string) string {
	if !strings.ContainsFunc(s, frameRune) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '│' || r == '┃' || r == '║' || r == '┆' || r == '┊':
			return '|'
		case r == '─' || r == '━' || r == '═' || r == '╌' || r == '┄':
			return '-'
		case frameRune(r):
			return '+'
		}
		return r
	}, s)
}

func frameRune(r rune) bool { return r >= 0x2500 && r <= 0x257F }
