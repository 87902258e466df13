package search

import "strings"

// latinSounds are Russian sounds as people write them in Latin letters, longer ones first.
var latinSounds = []struct{ latin, russian string }{
	{"shch", "щ"}, {"sch", "щ"}, {"zh", "ж"}, {"kh", "х"}, {"ts", "ц"}, {"ch", "ч"}, {"sh", "ш"}, {"yo", "е"}, {"jo", "е"}, {"yu", "ю"}, {"ju", "ю"},
	{"ya", "я"}, {"ja", "я"}, {"ye", "е"}, {"je", "е"}, {"yj", "ый"}, {"ij", "ий"}, {"iy", "ий"}, {"ay", "ай"}, {"ey", "ей"}, {"oy", "ой"}, {"uy", "уй"},
	{"a", "а"}, {"b", "б"}, {"c", "ц"}, {"d", "д"}, {"e", "е"}, {"f", "ф"}, {"g", "г"}, {"h", "х"}, {"i", "и"}, {"j", "й"}, {"k", "к"}, {"l", "л"},
	{"m", "м"}, {"n", "н"}, {"o", "о"}, {"p", "п"}, {"q", "к"}, {"r", "р"}, {"s", "с"}, {"t", "т"}, {"u", "у"}, {"v", "в"}, {"w", "в"}, {"x", "кс"},
	{"y", "ы"}, {"z", "з"}, {"'", "ь"},
}

// transliterations are what a word in Latin letters says in Russian ones: «uvolnenie». «sch» is щ or сч.
func transliterations(word string) []string {
	word = strings.ToLower(word)
	if !strings.Contains(word, "sch") {
		return []string{spoken(word)}
	}
	return []string{spoken(strings.ReplaceAll(word, "sch", "сч")), spoken(word)}
}

func spoken(word string) string {
	var b strings.Builder
next:
	for word != "" {
		for _, s := range latinSounds {
			if rest, ok := strings.CutPrefix(word, s.latin); ok {
				b.WriteString(s.russian)
				word = rest
				continue next
			}
		}
		r := []rune(word)[0]
		b.WriteRune(r)
		word = word[len(string(r)):]
	}
	return b.String()
}

// lookalikes are Latin letters that look like Russian ones.
var lookalikes = strings.NewReplacer("a", "а", "c", "с", "e", "е", "o", "о", "p", "р", "x", "х", "y", "у", "k", "к",
	"A", "А", "B", "В", "C", "С", "E", "Е", "H", "Н", "K", "К", "M", "М", "O", "О", "P", "Р", "T", "Т", "X", "Х", "Y", "У")
