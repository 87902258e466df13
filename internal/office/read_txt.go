package office

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// txt reads plain text by lines. A run of lines that hold tabs is a table, a cell per tab; a line that holds tabs begins a
// row, so that a row torn by a page break comes as two. One blank line does not end a table when a line with tabs follows,
// unless that line heads a table of its own. A table may also be drawn with strokes: see drawing. Every other line is a
// paragraph; blank lines are left out.
type txt struct {
	j      *job
	blocks []Block
	table  *grid
	drawn  *drawing
	blank  int // blank lines since the last line of the table
	tables int
	line   int
	marks  textMarks
}

// lineLength bounds one line of a text, beyond the limit of a cell: a row is many cells.
const lineLength = 4 << 20

func (j *job) readTXT(r io.Reader) (*Doc, error) {
	t := &txt{j: j}
	lines := &lineReader{r: bufio.NewReaderSize(r, 64<<10), ctx: j.ctx}
	for {
		s, err := lines.next()
		if err != nil && !errors.Is(err, io.EOF) {
			if errors.Is(err, errLine) {
				return nil, j.tooLong("текст", "строка "+grouped(t.line+1))
			}
			return nil, err
		}
		if s != "" || err == nil {
			t.line++
			if e := t.add(s); e != nil {
				return nil, e
			}
		}
		if err != nil {
			break
		}
	}
	if err := t.endTable(); err != nil {
		return nil, err
	}
	return &Doc{Format: "txt", Sections: []Section{{Blocks: t.blocks}}}, nil
}

func (t *txt) add(s string) error {
	if s = t.marks.strip(s); strings.TrimSpace(s) == "" {
		t.blank++
		if t.blank > 1 {
			return t.endTable()
		}
		return nil
	}
	if !strings.Contains(s, "\t") {
		if ok, err := t.draw(s); ok || err != nil {
			return err
		}
		if err := t.endTable(); err != nil {
			return err
		}
		return t.para(s, t.line)
	}
	if strings.Count(s, "\t") >= t.j.lim.Columns {
		return t.j.tooManyColumns("строка " + grouped(t.line))
	}
	cells := strings.Split(s, "\t")
	if t.drawn != nil || t.table != nil && t.blank > 0 && heads(cells) {
		if err := t.endTable(); err != nil {
			return err
		}
	}
	t.blank = 0
	return t.row(cells, t.line)
}

// para adds a paragraph.
func (t *txt) para(s string, line int) error {
	text := strings.TrimSpace(s)
	if len(text) > t.j.lim.Cell {
		return t.j.tooLong("текст", "строка "+grouped(line))
	}
	t.blocks = append(t.blocks, &Para{Runs: []Run{{Text: text}}, Line: line})
	return t.j.hold(2*paraSize + len(text))
}

// row adds a row to the table, which it begins if there is none.
func (t *txt) row(cells []string, line int) error {
	if t.table == nil {
		t.tables++
		t.table = &grid{j: t.j, place: "таблица " + grouped(t.tables), t: &Table{}}
	}
	if err := t.table.row(); err != nil {
		return err
	}
	rows := t.table.t.Rows
	rows[len(rows)-1].Line = line
	for i, c := range cells {
		if c = strings.TrimSpace(c); len(c) > t.j.lim.Cell {
			return t.j.tooLong("текст ячейки", t.table.at()+", столбец "+grouped(i+1))
		}
		if err := t.table.put(Cell{Text: c}); err != nil {
			return err
		}
	}
	return nil
}

// heads reports whether a row is a title across its table: words in the first cell and nowhere else.
func heads(cells []string) bool {
	return strings.TrimSpace(cells[0]) != "" && strings.TrimSpace(strings.Join(cells[1:], "")) == ""
}

func (t *txt) endTable() error {
	if err := t.endDrawing(); err != nil || t.table == nil {
		return err
	}
	table, err := t.table.finish()
	t.table = nil
	t.blocks = append(t.blocks, table)
	return err
}

var errLine = errors.New("line is too long")

// lineReader gives lines without their ends, of at most lineLength bytes.
type lineReader struct {
	r   *bufio.Reader
	ctx context.Context
	n   int
}

func (l *lineReader) next() (string, error) {
	if l.n++; l.n%1024 == 0 && l.ctx.Err() != nil {
		return "", l.ctx.Err()
	}
	var b strings.Builder
	for {
		piece, err := l.r.ReadSlice('\n')
		if b.Len()+len(piece) > lineLength {
			return "", errLine
		}
		b.Write(piece)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return strings.TrimRight(b.String(), "\r\n"), err
	}
}
