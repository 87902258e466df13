package intake

import (
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A line is one row of the table with its cells by field, clean. down marks the fields whose cell is a vertical merge
// that began above: their text is the merged cell's.
type line struct {
	cells [nFields]string
	down  [nFields]bool
	at    int  // row of the table, from 0
	brk   bool // a page, a blank row or the border of a table lies right above
	full  string
}

// rowReader walks the rows of one table under its headings.
type rowReader struct {
	headed
	cols   []column
	order  []field // the fields of the layout
	next   int
	page   int
	text   int // line of the text file of the row before
	brk    bool
	fresh  bool // headings lie right above: a row of column numbers may follow
	said   bool // there are columns of places, hours or departments
	marks  int  // cells that ended with the mark of a note; the first mark and its row
	mark   string
	markAt int
	links  map[[2]int][]office.Link // by row and column
	doubts []linkDoubt
	linkIn []bool // by column: points or contacts, whose links are looked at
	out    line
}

// column is what a column of the grid holds in the row that was read last.
type column struct {
	text string
	down bool // a vertical merge that began above
	left int  // rows that the merge still covers
}

func (h headed) rows(brk bool) *rowReader {
	r := &rowReader{headed: h, next: h.from, brk: brk, fresh: true, cols: make([]column, h.layout.width)}
	for f := fNumber; f < nFields; f++ {
		if h.layout.has(f) {
			r.order = append(r.order, f)
		}
	}
	if len(h.Links) > 0 {
		r.linkIn = make([]bool, h.layout.width)
		for _, f := range [...]field{fPoint, fContact} {
			for _, c := range h.layout.cols[f] {
				r.linkIn[c] = true
			}
		}
	}
	r.said = h.layout.has(fPlace) || h.layout.has(fHours) || h.layout.has(fDepartment)
	return r
}

// read gives the next row that says something: blank rows, repeated headings and rows of column numbers are passed over.
// The line is overwritten by the next call. nil at the end.
func (r *rowReader) read() *line {
	for r.next < len(r.Rows) {
		i := r.next
		r.next++
		row := &r.Rows[i]
		if row.Page > 0 && r.page > 0 && row.Page != r.page || r.text > 0 && row.Line > r.text+1 && r.Sheet == "" {
			r.brk = true
		}
		r.page, r.text = row.Page, row.Line
		texts := r.resolve(row)
		if texts == 0 {
			r.brk = true
			continue
		}
		if n := r.repeated(i); n > 0 {
			r.next = i + n
			r.brk, r.fresh = true, true
			clear(r.cols)
			continue
		}
		if r.numbering(row) {
			r.fresh = false
			continue
		}
		r.fresh = false
		r.out.at, r.out.brk = i, r.brk
		r.brk = false
		return &r.out
	}
	return nil
}

// resolve fills the line from a row and follows its merges; it returns how many cells have a text of their own.
func (r *rowReader) resolve(row *office.Row) int {
	own, only := 0, 0
	for c := 0; c < len(r.cols); {
		if c >= len(row.Cells) {
			r.cols[c] = column{}
			c++
			continue
		}
		cell := &row.Cells[c]
		if cell.Covered {
			if col := &r.cols[c]; col.left > 0 {
				col.left--
				col.down = true
			} else {
				*col = column{}
			}
			c++
			continue
		}
		text := cell.Text
		if len(cell.Runs) > 0 {
			text = cell.String()
		}
		if text = clean(text); text != "" {
			own++
			only = c
			plain, mark := unmarked(text)
			if mark != "" {
				text = plain
				if r.marks++; r.marks == 1 {
					r.mark, r.markAt = mark, r.next-1
				}
			}
			if r.linkIn != nil && r.linkIn[c] {
				text = r.linked(r.next-1, c, text)
			}
		}
		w := max(cell.ColSpan, 1)
		for k := c; k < min(c+w, len(r.cols)); k++ {
			r.cols[k] = column{text: text, left: cell.RowSpan - 1}
			text = ""
		}
		c += w
	}
	for _, f := range r.order {
		cols := r.layout.cols[f]
		text, down := r.cols[cols[0]].text, r.cols[cols[0]].down
		for _, k := range cols[1:] {
			if more := r.cols[k].text; more != "" {
				sep := " "
				if f == fPoint && text != "" && !strings.HasSuffix(text, ":") {
					sep = ": "
				}
				text = strings.TrimSpace(text + sep + more)
			}
		}
		r.out.cells[f], r.out.down[f] = text, down && text != ""
	}
	if t := r.layout.ticks; t != nil {
		digital, offline := blank(r.cols[t[0]].text), blank(r.cols[t[1]].text)
		switch {
		case digital == offline:
			r.out.cells[fClass] = ""
			if !digital {
				r.out.cells[fClass] = "цифровая и офлайн-точка"
			}
		case offline:
			r.out.cells[fClass] = "цифровая точка"
		default:
			r.out.cells[fClass] = "офлайн-точка"
		}
	}
	r.out.full = ""
	if own == 1 && r.lonely(row, only) {
		r.out.full = oneLine(row.Cells[only].String())
	}
	return own
}

// lonely tells whether the only text of a row, in column c, is a heading of the rows below rather than a value: it
// spans columns, or stands in the first column, which is not for such values.
func (r *rowReader) lonely(row *office.Row, c int) bool {
	if w := row.Cells[c].ColSpan; w > 1 && (w >= r.layout.width-1 || w > r.layout.width/2) {
		return true
	}
	for _, f := range r.order {
		if r.layout.cols[f][0] == c {
			switch f {
			case fNumber:
				return numeral(oneLine(row.Cells[c].String())) == 0
			case fProcess:
				return false
			case fPoint:
				return c == 0 && !r.layout.has(fProcess)
			}
			return c == 0
		}
	}
	return c == 0
}

// repeated tells how many rows from row i repeat the headings; 0 if none.
func (r *rowReader) repeated(i int) int {
	keys := r.layout.keys
	if len(keys) == 0 {
		return 0
	}
	for k := range keys {
		if i+k >= len(r.Rows) || !r.sameHead(&r.Rows[i+k], keys[k]) {
			return 0
		}
	}
	return len(keys)
}

func (r *rowReader) sameHead(row *office.Row, key []string) bool {
	some := false
	for c := range row.Cells {
		text := row.Cells[c].String()
		if c >= len(key) {
			return false
		}
		if len(text) > 4*headRunes || text == "" != (key[c] == "") {
			return false
		}
		if text != "" {
			if ident(text) != key[c] {
				return false
			}
			some = some || key[c] != ""
		}
	}
	return some
}

// numbering tells the row «1 | 2 | 3 | 4 | 5» that numbers the columns.
func (r *rowReader) numbering(row *office.Row) bool {
	n, first := 0, 0
	for c := range row.Cells {
		text := row.Cells[c].Text
		if row.Cells[c].Covered || text == "" {
			continue
		}
		v := numeral(clean(text))
		if v == 0 || n > 0 && v != first+n {
			return false
		}
		if n == 0 {
			first = v
		}
		n++
	}
	return n >= 3 || n == 2 && r.fresh && r.layout.width == 2
}

// numeral reads «1», «1.», «1)»; 0 for anything else.
func numeral(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9' && i < 7:
			n = 10*n + int(c-'0')
		case i > 0 && strings.Trim(s[i:], ".) ") == "":
			return n
		default:
			return 0
		}
	}
	return n
}

// Beginnings of rows that are no rows of the register.
var (
	totalWords = []string{"итого", "всего", "количество"}
	countWords = set("точка процесс направление функция сервис взаимодействие строка запись канал")
	noteWords  = []string{"примечани", "*", "<*>", "исполнитель", "составил", "подготовил", "согласовано", "утверждаю", "утверждено", "м.п", "м. п", "дата ", "подпись",
		"председатель ", "министр ", "руководитель ", "начальник ", "заместитель ", "директор ", "глава "}
)

func beginsWith(s string, words []string) bool {
	for _, w := range words {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
			return true
		}
	}
	return false
}

// total tells words that can be nothing but a total: «Итого», «Всего: 6», «Всего точек».
func total(s string) bool {
	words := lang.Words(s)
	if len(words) == 0 || words[0] != "итого" && words[0] != "всего" {
		return false
	}
	if words[0] == "итого" || len(words) == 1 {
		return true
	}
	if c := words[1][0]; c >= '0' && c <= '9' {
		return true
	}
	for w := range countWords {
		if lang.Stem(w) == lang.Stem(words[1]) {
			return true
		}
	}
	return false
}

// noteMarks are the marks of notes at the end of a text.
const noteMarks = "¹²³⁴⁵⁶⁷⁸⁹⁰*†"

// unmarked is a text without the marks of notes at its end; a power («м²») is no mark.
func unmarked(s string) (text, mark string) {
	n := len(s)
	if n == 0 || s[n-1] < 0x80 && s[n-1] != '*' && s[n-1] != ')' {
		return s, ""
	}
	text = strings.TrimRight(s, noteMarks)
	if t, ok := strings.CutSuffix(s, ")"); ok { // «текст¹)»
		if text = strings.TrimRight(t, noteMarks); text == t {
			return s, ""
		}
	}
	if text == "" || text == s || strings.HasSuffix(text, "м") && strings.Contains("²³", s[len(text):]) {
		return s, ""
	}
	return strings.TrimRight(text, " "), s[len(text):]
}

// aside tells why a row is no row of the register: a total, a note or a signature under the table. "" if it may be one.
func (l *line) aside() string {
	for _, f := range [...]field{fNumber, fProcess, fPoint} {
		t := l.cells[f]
		if l.full != "" {
			t = l.full
		}
		if t == "" || l.down[f] {
			continue
		}
		switch {
		case beginsWith(t, totalWords) && (l.full != "" || blank(l.cells[fUsage])), total(t):
			return "итоговая строка"
		case (l.full != "" || blank(l.cells[fUsage]) && blank(l.cells[fNeeds])) && beginsWith(t+" ", noteWords):
			return "примечание или подпись под таблицей"
		}
		break
	}
	return ""
}

// words are the row's own texts for a list of what was left out.
func (l *line) words(order []field) string {
	if l.full != "" {
		return l.full
	}
	var w []string
	for _, f := range order {
		if t := oneLine(l.cells[f]); t != "" && !l.down[f] {
			w = append(w, t)
		}
	}
	return strings.Join(w, " | ")
}

// source is the place of a field of the line.
func (r *rowReader) source(at int, f field) *register.Source {
	name := r.layout.heads[f]
	s := r.headed.source(at, name)
	if r.Sheet != "" && r.layout.has(f) {
		s.Cell = columnName(r.layout.cols[f][0]) + strconv.Itoa(s.Row)
	}
	return s
}
