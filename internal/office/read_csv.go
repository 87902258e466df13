package office

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// readCSV reads records separated by comma. A row's Line is the line of the file where its record begins.
func (j *job) readCSV(r io.Reader, comma rune) (*Doc, error) {
	g := &guard{r: r, j: j, comma: byte(comma)}
	c := csv.NewReader(g)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = comma, true, -1, true
	s := newSheet(j, newTexts(j), "таблица")
	var last []byte // the last field of the last record, while it may be one that swallowed the rest of the file
	lastLine := 0
	for {
		g.left, g.commas = lineLength, csvCommas
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, errCommas) {
			return nil, j.tooManyColumns("строка " + grouped(s.line+1))
		}
		if errors.Is(err, errLine) {
			return nil, j.tooLong("запись", "строка "+grouped(s.line+1))
		}
		if err != nil {
			return nil, j.damaged("документа", err)
		}
		line, _ := c.FieldPos(0)
		last = last[:0]
		if end := record[len(record)-1]; strings.Contains(end, "\n") {
			last = append(last, end...)
			lastLine, _ = c.FieldPos(len(record) - 1)
		}
		if line == 1 && len(record) >= 1 && strings.HasPrefix(record[0], "sep=") {
			continue
		}
		s.begin(line)
		for i, field := range record {
			n, err := s.texts.number([]byte(field))
			if err != nil {
				return nil, err
			}
			if err := s.put(i, n); err != nil {
				return nil, err
			}
		}
		if err := s.end(); err != nil {
			return nil, err
		}
	}
	if _, rest, _ := bytes.Cut(last, []byte("\n")); bytes.Count(rest, []byte(string(comma))) > 1 && g.end != '"' {
		return nil, j.fail(Damaged, nil, "не прочитан: кавычка, открытая в строке %s, не закрыта до конца файла. Закройте её и повторите.", grouped(lastLine))
	}
	t, err := s.table("")
	if err != nil || t == nil {
		return &Doc{Format: "csv"}, err
	}
	return &Doc{Format: "csv", Sections: []Section{{Blocks: []Block{t}}}}, nil
}

// csvCommas is how many separators may stand in one record: encoding/csv spends forty bytes on each.
const csvCommas = 64 << 10

var errCommas = errors.New("too many separators in a record")

// guard refuses to give more than left bytes or commas separators between two records: encoding/csv keeps a record whole,
// however long.
type guard struct {
	r            io.Reader
	j            *job
	comma        byte
	left, commas int
	end          byte // the last byte that is no space or line end
}

func (g *guard) Read(b []byte) (int, error) {
	if err := g.j.ctx.Err(); err != nil {
		return 0, err
	}
	if g.left <= 0 {
		return 0, errLine
	}
	if g.commas <= 0 {
		return 0, errCommas
	}
	n, err := g.r.Read(b[:min(len(b), g.left)])
	g.left -= n
	g.commas -= bytes.Count(b[:n], []byte{g.comma})
	if t := bytes.TrimRight(b[:n], " \t\r\n"); len(t) > 0 {
		g.end = t[len(t)-1]
	}
	return n, err
}
