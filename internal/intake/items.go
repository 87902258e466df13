package intake

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
)

// itemMark is the mark of a numbered or lettered item at the beginning of a text: «1) », «2. », «а) ».
var itemMark = lang.Expression(`^(?:(\d{1,2})([.)])|([а-з])(\)))\s+`)

// items cuts a text that is itself a list whose items stand on one line: «1) сайт 2) почта 3) телефон». Marks must begin
// with the text, be of one sort and go in order; otherwise the text comes back whole, with its mark.
func items(text string) []string {
	m := itemMark().FindStringSubmatch(text)
	if m == nil {
		return []string{text}
	}
	var out []string
	for {
		mark := nextMark(m)
		i := -1
		for from := len(m[0]); mark != ""; {
			k := strings.Index(text[from:], mark)
			if k < 0 {
				break
			}
			from += k + len(mark)
			if before := text[from-len(mark)-1]; before == ' ' || before == ';' || before == ',' {
				i = from - len(mark)
				break
			}
		}
		if i < 0 || strings.TrimSpace(text[len(m[0]):i]) == "" {
			return append(out, text)
		}
		out = append(out, strings.TrimRight(text[:i], " ;,"))
		text = text[i:]
		if m = itemMark().FindStringSubmatch(text); m == nil {
			return append(out, text)
		}
	}
}

// nextMark is the mark that follows m, a match of itemMark, with the space after it; empty after «з)».
func nextMark(m []string) string {
	if m[3] != "" {
		r, _ := utf8.DecodeRuneInString(m[3])
		if r == 'з' {
			return ""
		}
		return string(r+1) + ") "
	}
	n, _ := strconv.Atoi(m[1])
	return strconv.Itoa(n+1) + m[2] + " "
}
