package office

import (
	"bytes"
	"errors"
	"slices"
	"sort"
)

// sheet collects the cells of a sheet (XLSX, ODS, CSV) as numbers of texts, four bytes a cell, so that a hundred thousand
// rows are small until the Table is made, at one go, in its exact size. Rows without text are left out: Row.Line tells.
type sheet struct {
	j      *job
	place  string // «лист «Перечень»»
	texts  *texts
	lines  []int32 // number of each kept row
	rows   [][]uint32
	room   []uint32 // where the next rows will lie
	row    []uint32 // the row being read
	line   int
	wide   int
	merges []gridSpan // row and col as in the file, from 0
	links  []Link     // likewise
	hidden bool       // the row being read
	peek   int        // rows after which reading ends with errPeeked; 0 for none
}

// errPeeked ends the reading of a sheet of which only the beginning is wanted.
var errPeeked = errors.New("enough rows were seen")

// texts numbers strings; 0 is "". The same short string is kept once.
type texts struct {
	j    *job
	list []string
	seen map[string]uint32
	long map[uint32]bool // too long for a cell; an error only where a cell uses it
}

const (
	internLength = 256
	internCount  = 1 << 16
)

func newTexts(j *job) *texts {
	return &texts{j, []string{""}, map[string]uint32{}, map[uint32]bool{}}
}

// number gives the number of a text. Blank text is 0.
func (t *texts) number(b []byte) (uint32, error) {
	if n, ok := t.seen[string(b)]; ok {
		return n, nil
	}
	n, err := t.add(b)
	if s := t.list[n]; n > 0 && len(b) <= internLength && len(t.seen) < internCount {
		if len(s) != len(b) {
			s = string(b)
		}
		t.seen[s] = n
	}
	return n, err
}

// add gives a text a number of its own, whether it came before or not.
func (t *texts) add(b []byte) (uint32, error) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return 0, nil
	}
	n := uint32(len(t.list))
	if len(b) > t.j.lim.Cell {
		t.long[n] = true
		b = nil
	}
	s := visible(string(b))
	t.list = append(t.list, s)
	return n, t.j.hold(len(s) + 40)
}

func newSheet(j *job, t *texts, place string) *sheet {
	return &sheet{j: j, place: place, texts: t}
}

// begin starts a row. Rows come in order; a number that does not grow is put after the last.
func (s *sheet) begin(line int) {
	s.line = max(line, s.line+1)
	s.row = s.row[:0]
}

// put sets the text of a column (from 0) of the row being read.
func (s *sheet) put(col int, text uint32) error {
	if text == 0 {
		return nil
	}
	if s.texts.long[text] {
		return s.j.tooLong("текст ячейки", s.at(col))
	}
	if col >= s.j.lim.Columns {
		return s.j.tooManyColumns(s.place)
	}
	for len(s.row) <= col {
		s.row = append(s.row, 0)
	}
	s.row[col] = text
	return nil
}

func (s *sheet) at(col int) string {
	return s.place + ", строка " + grouped(s.line) + ", столбец " + grouped(col+1)
}

// end keeps the row if anything stands in it.
func (s *sheet) end() error {
	n := len(s.row)
	if n == 0 {
		return nil
	}
	if s.peek > 0 && len(s.lines) >= s.peek {
		return errPeeked
	}
	if len(s.lines) >= s.j.lim.Rows {
		return s.j.tooManyRows(s.place)
	}
	if s.hidden {
		s.j.note(HiddenRows, func() string { return s.place + ", строка " + grouped(s.line) }, "")
	}
	s.wide = max(s.wide, n)
	if err := s.j.fits(s.size(len(s.lines) + 1)); err != nil {
		return err
	}
	if len(s.room) < n {
		s.room = make([]uint32, max(n, 16<<10))
	}
	copy(s.room, s.row)
	s.lines = append(s.lines, int32(s.line))
	s.rows = append(s.rows, s.room[:n:n])
	s.room = s.room[n:]
	return s.j.hold(2*28 + 4*n)
}

// size is what a Table of n rows takes.
func (s *sheet) size(n int) int { return n*rowSize + n*s.wide*cellSize }

// merge notes a merged range; rows and cols are its first row and column from 0 and their numbers.
func (s *sheet) merge(m gridSpan) error {
	if m.rows < 1 || m.cols < 1 || m.rows == 1 && m.cols == 1 {
		return nil
	}
	s.merges = append(s.merges, m)
	return s.j.hold(192) // the list grows by copying, and is sorted
}

// table makes the Table; nil when the sheet is empty.
func (s *sheet) table(name string) (*Table, error) {
	n := len(s.lines)
	if n == 0 {
		return nil, nil
	}
	if err := s.j.hold(s.size(n)); err != nil {
		return nil, err
	}
	t := &Table{Sheet: name, Rows: make([]Row, n)}
	cells := make([]Cell, n*s.wide)
	for i, refs := range s.rows {
		row := cells[i*s.wide : (i+1)*s.wide : (i+1)*s.wide]
		for c, ref := range refs {
			row[c].Text = s.texts.list[ref]
		}
		t.Rows[i] = Row{Cells: row, Line: int(s.lines[i])}
	}
	for _, l := range s.links {
		if i, ok := slices.BinarySearch(s.lines, int32(l.Row+1)); ok && l.Col < s.wide {
			t.Links = append(t.Links, Link{Row: i, Col: l.Col, Text: t.Rows[i].Cells[l.Col].Text, Target: l.Target})
		}
	}
	slices.SortStableFunc(s.merges, func(a, b gridSpan) int { return int(a.row - b.row) })
	for _, m := range s.merges {
		first := sort.Search(n, func(i int) bool { return s.lines[i] > m.row })
		if first == n || s.lines[first] != m.row+1 || int(m.col) >= s.wide {
			continue // the row it begins in holds nothing
		}
		last := sort.Search(n, func(i int) bool { return s.lines[i] > m.row+m.rows })
		lay(t.Rows, span(first, int(m.col), last-first, int(m.cols)), true)
	}
	return t, nil
}
