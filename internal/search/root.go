package search

import "strings"

// Endings by which Russian makes one part of speech of another, as they stand at the end of a stem; longer ones first.
var suffixes = []string{
	"ировани", "изаци", "ирован", "ительн", "ователь", "ительств", "ованн", "овани", "ивани", "ировк", "ировоч", "ировоч",
	"аци", "яци", "ици", "ени", "ани", "яни", "енн", "анн", "янн", "тельн", "тель", "ств", "ост", "ова", "ева", "ива", "ыва", "иров", "ировк",
	"очн", "ечн", "оч", "еч", "ичн", "альн", "ельн", "льн", "ник", "чик", "щик", "ск", "ов", "ев", "ен", "ан", "ян", "ин", "ел", "ал", "ил",
	"н", "к", "л", "а", "и", "я", "т",
}

// leastRoot is how many letters of a word are left at least.
const leastRoot = 4

// root takes a stem down to what words of one family share: увольнение, уволиться, увольняюсь; кадры, кадровый. It joins
// some words that are no kin, so what it meets ranks below what a stem meets.
func root(stem string) string {
	r := []rune(strings.ReplaceAll(stem, "ь", ""))
	for {
		cut := 0
		for _, s := range suffixes {
			if n := len([]rune(s)); len(r)-n >= leastRoot && strings.HasSuffix(string(r), s) {
				cut = n
				break
			}
		}
		if cut == 0 {
			break
		}
		r = r[:len(r)-cut]
	}
	// The last consonant of a root changes: плата – плачу, перевод – перевожу.
	if n := len(r); n > leastRoot {
		if to, ok := alternations[r[n-1]]; ok {
			r[n-1] = to
		}
	}
	return string(r)
}

var alternations = map[rune]rune{'ч': 'т', 'щ': 'т', 'ж': 'д', 'ш': 'с'}
