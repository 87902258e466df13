package segment

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Defect is something in the printed form of an attribute that a clean dictionary would not have.
type Defect struct {
	Code string
	Text string // a sentence
	At   string // the words that are meant
	Word string // of a typing error: what was meant
}

// The codes of defects.
const (
	Shifted    = "shifted"    // cells stand a column away from where they belong
	Split      = "split"      // a page break cut a cell
	Trailing   = "trailing"   // a list ends in a separator
	Separators = "separators" // two values stand as one, another separator between them
	Typo       = "typo"
	Repeated   = "repeated"
	Overlap    = "overlap" // bands share a stretch
	SharedEnd  = "end"     // bands share an end
)

// Defects lists what is wrong in an attribute's form, in the order in which it would be put right.
func Defects(a register.Attribute) []Defect {
	ds := printedDefects(a)
	if a.Free {
		return ds
	}
	seen := map[string]bool{}
	for _, v := range a.Values {
		if parts := Joined(v, len(a.Values)); parts != nil {
			text := fmt.Sprintf("Значения «%s» разделены запятой, а остальные — точкой с запятой: напечатано «%s».", strings.Join(parts, "», «"), v)
			if len(a.Values) == 1 {
				text = fmt.Sprintf("Значения разделены запятыми, а не точкой с запятой: напечатано «%s».", v)
			}
			ds = append(ds, Defect{Code: Separators, At: v, Text: text})
		}
		if seen[fold(v)] {
			ds = append(ds, Defect{Code: Repeated, At: v, Text: fmt.Sprintf("Значение «%s» названо дважды.", v)})
		}
		seen[fold(v)] = true
	}
	for _, v := range a.Values {
		for _, t := range typos(a.Title, v) {
			ds = append(ds, Defect{Code: Typo, At: t[0], Word: t[1], Text: fmt.Sprintf("Слово «%s» похоже на опечатку: «%s».", t[0], t[1])})
		}
	}
	bands := BandsOf(a)
	for i, b := range bands {
		for _, o := range bands[i+1:] {
			switch stretch, end, at := b.Meets(o); {
			case stretch:
				ds = append(ds, Defect{Code: Overlap, At: b.Text, Text: "Полосы " + pairText(b, o) + " пересекаются."})
			case end:
				ds = append(ds, Defect{Code: SharedEnd, At: b.Text, Text: "Граница " + NumberText(at) + " входит в две полосы: " + pairText(b, o) + "."})
			}
		}
	}
	return ds
}

// printedDefects are those of the row itself: what was printed is not what was read.
func printedDefects(a register.Attribute) []Defect {
	if len(a.Printed) != 3 {
		return nil
	}
	kind, title, values := a.Printed[0], a.Printed[1], a.Printed[2]
	switch trimmed := strings.TrimRight(values, " ;\n"); {
	case fold(title) != fold(a.Title) && (fold(kind) == fold(a.Title) || fold(values) == fold(a.Title)):
		where, titleIn, valuesIn := "влево", "типа", "признака"
		if fold(values) == fold(a.Title) {
			where, titleIn, valuesIn = "вправо", "значений", "типа"
		}
		return []Defect{{Code: Shifted, At: a.Title, Text: fmt.Sprintf("Ячейки сдвинуты на столбец %s: признак напечатан в графе %s, значения — в графе %s; признак отнесён к типу «%s».", where, titleIn, valuesIn, a.Type)}}
	case trimmed != values && len(SplitValues(values)) == len(a.Values):
		return []Defect{{Code: Trailing, At: values, Text: "После последнего значения стоит точка с запятой, как будто список не закончен."}}
	}
	return []Defect{{Code: Split, At: values, Text: "Ячейку разорвал конец страницы; части соединены."}}
}

// Joined gives the values that stand in one with commas between them; nil for a value that is one. A comma inside a phrase is
// no separator: every part must be able to stand alone in a list, and a phrase that counts things up ends in «и».
func Joined(value string, among int) []string {
	if among < 2 && strings.Count(value, ",") < 2 || strings.ContainsAny(value, ":()«»\"") || strings.IndexFunc(value, unicode.IsDigit) >= 0 {
		return nil
	}
	parts := strings.Split(value, ",")
	if len(parts) < 2 {
		return nil
	}
	for i, p := range parts {
		p = strings.TrimSpace(p)
		parts[i] = p
		words := lang.Words(p)
		if len(words) == 0 || len(words) > 2 || lang.IsFunctionWord(words[0]) {
			return nil
		}
		if i == 0 && len(words) == 1 && len(lang.Words(parts[1])) > 1 && adjective(words[0]) {
			return nil // «сменный, гибкий график»
		}
		if i > 0 && participle(words[0]) {
			return nil // «лица, имеющие детей»
		}
		if i == len(parts)-1 {
			for _, w := range words {
				if w == "и" || w == "или" {
					return nil
				}
			}
		}
	}
	return parts
}

func adjective(w string) bool {
	for _, e := range []string{"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"} {
		if strings.HasSuffix(w, e) && utf8.RuneCountInString(w) > 4 {
			return true
		}
	}
	return false
}

func participle(w string) bool {
	if strings.HasPrefix(w, "котор") {
		return true
	}
	for _, e := range []string{"щий", "щие", "щая", "щее", "щих", "щего", "щей", "мый", "мые", "мая", "мое", "мых", "вший", "вшие", "вшая", "вших", "нный", "нные", "нная", "нных"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// typos are the words of a value of an attribute about channels that resemble the word of a channel, each with that word.
func typos(title, value string) [][2]string {
	if !strings.Contains(fold(title), "канал") {
		return nil
	}
	var ts [][2]string
	for _, w := range lang.Words(value) {
		if meant := channelTypo(w); meant != "" {
			ts = append(ts, [2]string{w, meant})
		}
	}
	return ts
}

// channelWords are the words by which channels are recognised, long enough to tell a typing error from another word.
var channelWords = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, k := range procedure.KnownKinds() {
		for _, rule := range k.Words {
			for _, w := range lang.Words(rule) {
				if utf8.RuneCountInString(w) >= 7 {
					m[w] = true
				}
			}
		}
	}
	return m
})

// channelTypo gives the word of a channel from which a word differs by one or two letters, the nearest and one of the same
// length first; "" if it is such a word itself or resembles none.
func channelTypo(w string) string {
	if utf8.RuneCountInString(w) < 7 {
		return ""
	}
	best, rank := "", [2]int{}
	for known := range channelWords() {
		if lang.Stem(known) == lang.Stem(w) {
			return ""
		}
		d := distance(known, w)
		if d > 2 {
			continue
		}
		r := [2]int{d, max(utf8.RuneCountInString(known)-utf8.RuneCountInString(w), utf8.RuneCountInString(w)-utf8.RuneCountInString(known))}
		if best == "" || r[0] < rank[0] || r[0] == rank[0] && (r[1] < rank[1] || r[1] == rank[1] && known < best) {
			best, rank = known, r
		}
	}
	return best
}

// distance is how many letters must be changed, added or left out to make b of a; 3 stands for more than two.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x)-len(y) > 2 || len(y)-len(x) > 2 {
		return 3
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		last := row[0]
		row[0] = i + 1
		for j, s := range y {
			cost := last
			if r != s {
				cost++
			}
			last, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(y)], 3)
}
