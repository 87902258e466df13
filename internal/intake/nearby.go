package intake

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// nearLimit is the number of names above which only the order and the forms of words are compared, not their letters.
const nearLimit = 5000

// A named is something that may have been spelt in two ways.
type named struct {
	text string
	id   string // its words
	at   *register.Source
}

// nearby tells processes, places and addresses of the net that are nearly the same: another order or form of words, or
// a typing error in one of them. They are never made one: whether «места приема» and «место приема» are one point a
// person must say. Names that differ in a number are different.
func (b *builder) nearby() {
	var processes, places, nets []named
	for _, p := range b.procs {
		processes = append(processes, named{p.Title, p.id, p.at})
	}
	for i, t := range b.d.Touchpoints {
		switch id := b.d.ids[i]; {
		case t.Contact == "":
			places = append(places, named{t.Text(), id[1:], t.Source})
		case t.Kind != kPhone:
			nets = append(nets, named{id, id, t.Source})
		}
	}
	tell := func(what string) func(a, c named) {
		return func(a, c named) {
			b.f.add("R13", register.Unclear, "", fmt.Sprintf("%s напечатаны почти одинаково: «%s» и «%s»; считаются разными.", what, clip(a.text, 160), clip(c.text, 160)),
				[]string{"near", ident(a.text), ident(c.text)}, placeOf(a.at, a.text), placeOf(c.at, c.text)).
				Fix = "Если это одно и то же, напечатайте одинаково и загрузите файл снова."
		}
	}
	nearWords(processes, tell("Два направления деятельности"))
	nearWords(places, tell("Две точки взаимодействия"))
	nearLetters(nets, tell("Два адреса в сети"))
}

var seed = maphash.MakeSeed()

// nearWords calls pair for names that have the same words but for order, form and one typing error. Each name is in one
// pair at most with an earlier name.
func nearWords(names []named, pair func(a, b named)) {
	first := make(map[uint64]int, len(names))
	words := make([][]string, len(names))
	letters := len(names) <= nearLimit
	known := map[string]string{} // stems of words: words repeat
	for i, n := range names {
		w := strings.Split(n.id, " ")
		stems := make([]string, len(w))
		for k := range w {
			stem, ok := known[w[k]]
			if !ok {
				stem = lang.Stem(w[k])
				known[w[k]] = stem
			}
			stems[k] = stem
		}
		slices.Sort(stems)
		slices.Sort(w)
		words[i] = w
		sum := maphash.String(seed, strings.Join(stems, " "))
		if j, ok := first[sum]; ok {
			pair(names[j], n)
			continue
		}
		first[sum] = i
		if !letters || len(w) > 40 {
			continue
		}
		found := false
		for k, word := range w {
			if utf8.RuneCountInString(word) < 4 || strings.ContainsFunc(word, unicode.IsDigit) {
				continue
			}
			rest := maphash.String(seed, strings.Join(w[:k], " ")+"\x00"+strings.Join(w[k+1:], " "))
			j, ok := first[rest]
			if !ok {
				first[rest] = i
				continue
			}
			if !found && len(words[j]) == len(w) && oneTypo(words[j], w) {
				pair(names[j], n)
				found = true
			}
		}
	}
}

// oneTypo tells two sorted lists of words that differ in one word by a letter or, in a long word, two.
func oneTypo(a, b []string) bool {
	var da, db []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			da = append(da, a[i])
			i++
		case i == len(a) || a[i] > b[j]:
			db = append(db, b[j])
			j++
		default:
			i++
			j++
		}
	}
	if len(da) != 1 || len(db) != 1 {
		return false
	}
	most := 1
	if utf8.RuneCountInString(da[0]) >= 8 {
		most = 2
	}
	return distance(da[0], db[0], most) <= most
}

// nearLetters calls pair for names that differ by one letter (not a figure) put in, left out or changed.
func nearLetters(names []named, pair func(a, b named)) {
	if len(names) > nearLimit {
		return
	}
	first := map[uint64]int{}
	for i, n := range names {
		r := []rune(n.text)
		if len(r) < 5 || len(r) > 80 {
			continue
		}
		found := false
		for k := -1; k < len(r); k++ {
			cut := n.text
			if k >= 0 {
				cut = string(r[:k]) + string(r[k+1:])
			}
			sum := maphash.String(seed, cut)
			j, ok := first[sum]
			if !ok {
				first[sum] = i
				continue
			}
			if j != i && !found && figures(names[j].text) == figures(n.text) && distance(names[j].text, n.text, 1) == 1 {
				pair(names[j], n)
				found = true
			}
		}
	}
}

// figures are the digits of a text.
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// distance is the number of letters to change, put in or leave out; more than most comes back as most+1.
func distance(a, b string, most int) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > most || -d > most {
		return most + 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range x {
		diag, least := row[0], i+1
		row[0] = i + 1
		for j, q := range y {
			d := diag
			if r != q {
				d = min(diag, row[j], row[j+1]) + 1
			}
			diag, row[j+1] = row[j+1], d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
	}
	return min(row[len(y)], most+1)
}
