package check

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// quoted puts words in guillemets; marks that the words bring along turn into inner ones.
func quoted(s string) string {
	s = strings.NewReplacer("«", "„", "»", "“").Replace(strings.TrimSpace(s))
	return "«" + s + "»"
}

// andList joins words as a sentence does: «3, 6 и 9».
func andList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " и " + words[len(words)-1]
}

// inRows says where rows are, in the prepositional: «в строке 3», «в строках 3, 6 и 9», «в 1 200 строках».
func inRows(rows []*row) string {
	if len(rows) > 7 {
		return "в " + lang.Count(len(rows), "строке", "строках", "строках")
	}
	var numbers []string
	for _, r := range rows {
		numbers = append(numbers, strconv.Itoa(r.number))
	}
	if len(numbers) == 1 {
		return "в строке " + numbers[0]
	}
	return "в строках " + andList(numbers)
}

// The next five say a class with its noun in the cases that sentences need.

func classInstrumental(c register.Class) string { // считать …
	if c == register.Digital {
		return "цифровой точкой"
	}
	return "офлайн-точкой"
}

func classGenitive(c register.Class) string { // нет …
	if c == register.Digital {
		return "цифровой точки"
	}
	return "офлайн-точки"
}

func classDativePlural(c register.Class) string { // относит к …
	if c == register.Digital {
		return "цифровым точкам"
	}
	return "офлайн-точкам"
}

func classGenitivePlural(c register.Class) string { // среди …
	if c == register.Digital {
		return "цифровых точек"
	}
	return "офлайн-точек"
}

// contentStems are the stems by which two wordings are compared: without function words and without the client, who
// stands in nearly every wording.
func (s *scene) contentStems(text string) []string {
	words := lang.Words(text)
	var stems []string
	for _, w := range words {
		if lang.IsFunctionWord(w) {
			continue
		}
		if st := lang.Stem(w); st != clientStem && st != lang.Stem(lang.Fold(s.pr.Client.Word)) {
			stems = append(stems, st)
		}
	}
	return stems
}

// clientStem is the stem of «клиент», the noun that clause 1.1 of every such order is about.
var clientStem = lang.Stem("клиент")

// stemSet makes a set of stems.
func stemSet(stems []string) map[string]bool {
	m := make(map[string]bool, len(stems))
	for _, st := range stems {
		m[st] = true
	}
	return m
}

// shared counts the stems that both sets have.
func shared(a, b map[string]bool) int {
	n := 0
	for st := range a {
		if b[st] {
			n++
		}
	}
	return n
}

func classAccusative(c register.Class) string { // добавьте …
	if c == register.Digital {
		return "цифровую точку"
	}
	return "офлайн-точку"
}

// upperFirst makes the first letter a capital, for the start of a sentence.
func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// lowerFirst begins a sentence as a part of another.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// adjectiveGenitive declines a masculine adjective: «внутренний» is «внутреннего», «новый» is «нового».
func adjectiveGenitive(word string) string {
	for ending, genitive := range map[string]string{"кий": "кого", "гий": "гого", "хий": "хого", "ый": "ого", "ой": "ого"} {
		if stem, ok := strings.CutSuffix(word, ending); ok {
			return stem + genitive
		}
	}
	if stem, ok := strings.CutSuffix(word, "ий"); ok {
		return stem + "его"
	}
	return word
}

// orList joins alternatives: «а», «б» или «в».
func orList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " или " + words[len(words)-1]
}
