package feedback

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
)

// MaxText bounds what a client may write, and MaxAnswer what the body answers; in runes.
const (
	MaxText   = 1500
	MaxAnswer = 3000
)

// Tidy makes of words what is kept of them: without controls and the marks by which a keyboard may be told, at most max
// runes. Line breaks stay.
func Tidy(s string, max int) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r):
			return -1 // invisible signs could mark a text
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		line = strings.Join(strings.Fields(line), " ")
		if line != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, line)
		}
	}
	s = strings.TrimSpace(strings.Join(lines, "\n"))
	if utf8.RuneCountInString(s) > max {
		s = strings.TrimSpace(string([]rune(s)[:max]))
	}
	return s
}

// The kinds of personal data that a text may hold.
const (
	PersonalName   = "name"
	PersonalPhone  = "phone"
	PersonalMail   = "mail"
	PersonalNumber = "number" // of a passport, СНИЛС, ИНН, a card
)

// A Personal is a place of a text that looks like personal data.
type Personal struct{ Kind, Text string }

var personal = []struct {
	kind string
	rule func() *regexp.Regexp
}{
	{PersonalMail, lang.Expression(`[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`)},
	{PersonalNumber, lang.Expression(`\b\d{3}-\d{3}-\d{3}[ -]?\d{2}\b|\b\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b|\b\d{2} ?\d{2} ?№? ?\d{6}\b|\b\d{12}\b`)},
	{PersonalPhone, lang.Expression(`(?:\+7|\b8)[ (.-]*\d{3,4}[ ).-]*\d{2,3}(?:[ .-]?\d{2}){1,2}(?:[ .-]?\d)?\b`)},
	{PersonalName, lang.Expression(`\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? +\p{Lu}\. ?(?:\p{Lu}\.)?|\p{Lu}\. ?\p{Lu}\. ?\p{Lu}\p{Ll}+|\p{Lu}\p{Ll}+ +\p{Lu}?\p{Ll}*(?:вич|вича|вичу|вичем|вна|вны|вне|вной|вну|ична|ичны|ичне|ичной|ичну)(?:$|[^\p{L}])|\p{Lu}\p{Ll}{2,}(?:ова|ева|ёва|ина|ской|овой|евой|иной|ову|еву|ину|овым|евым|овича)(?:$|[^\p{L}])`)},
}

// Screen finds what looks like personal data, at most once for each place. It is a hint to whoever writes: it will miss
// things and take others for what they are not.
func Screen(text string) []Personal {
	var found []Personal
	for _, p := range personal {
		for _, m := range p.rule().FindAllStringIndex(text, 8) {
			s := strings.TrimFunc(text[m[0]:m[1]], func(r rune) bool {
				return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '+' && r != '('
			})
			if p.kind == PersonalName && begins(text, m[0]) && !strings.ContainsAny(s, " .") {
				continue // a capital that only begins a sentence
			}
			if !slices.ContainsFunc(found, func(f Personal) bool { return strings.Contains(f.Text, s) }) {
				found = append(found, Personal{p.kind, s})
			}
		}
	}
	return found
}

// begins tells whether a sentence begins at this byte.
func begins(text string, at int) bool {
	before := strings.TrimRight(text[:at], " \t")
	return before == "" || strings.ContainsAny(before[len(before)-1:], ".!?\n")
}

// A Cluster is appeals that are about the same subject and say alike: Words are what they have in common.
type Cluster struct {
	Appeals []string // ids
	Words   []string // as they stand in the first text that has them; none for those without words
}

// Clusters joins appeals to the same subject that have at least two weighty words in common (all their words, where one has
// but one), directly or by way of another; those without words that name the same need are alike too. Only clusters of
// two or more are given, the largest first. A person can retrace every one.
func Clusters(appeals []Appeal) []Cluster {
	stems := make([]map[string]string, len(appeals))
	leader := make([]int, len(appeals))
	var find func(int) int
	find = func(i int) int {
		if leader[i] != i {
			leader[i] = find(leader[i])
		}
		return leader[i]
	}
	bySubject := map[Subject][]int{}
	for i, a := range appeals {
		leader[i] = i
		stems[i] = weighty(a.Text)
		bySubject[a.Subject] = append(bySubject[a.Subject], i)
	}
	for _, at := range bySubject {
		for x, i := range at {
			for _, j := range at[:x] {
				if alike(appeals[i], appeals[j], stems[i], stems[j]) {
					leader[find(i)] = find(j)
				}
			}
		}
	}
	groups := map[int][]int{}
	for i := range appeals {
		groups[find(i)] = append(groups[find(i)], i)
	}
	var cs []Cluster
	for _, at := range groups {
		if len(at) < 2 {
			continue
		}
		var c Cluster
		count, word := map[string]int{}, map[string]string{}
		for _, i := range at {
			c.Appeals = append(c.Appeals, appeals[i].ID)
			for s, w := range stems[i] {
				count[s]++
				word[s] = cmp.Or(word[s], w)
			}
		}
		slices.Sort(c.Appeals)
		for _, s := range slices.SortedFunc(maps.Keys(count), func(a, b string) int {
			return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
		}) {
			if count[s] > 1 && len(c.Words) < 4 {
				c.Words = append(c.Words, word[s])
			}
		}
		cs = append(cs, c)
	}
	slices.SortFunc(cs, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(len(b.Appeals), len(a.Appeals)), slices.Compare(a.Appeals, b.Appeals))
	})
	return cs
}

func alike(a, b Appeal, x, y map[string]string) bool {
	if len(x) == 0 || len(y) == 0 {
		return a.Text == "" && b.Text == "" && a.Need == b.Need
	}
	common := 0
	for s := range x {
		if _, ok := y[s]; ok {
			common++
		}
	}
	return common >= min(2, len(x), len(y))
}

// weighty gives the stems of the words of a text that carry its meaning, each with a word that has it.
func weighty(text string) map[string]string {
	found := map[string]string{}
	for _, w := range lang.Words(text) {
		if utf8.RuneCountInString(w) < 4 || lang.IsFunctionWord(w) {
			continue
		}
		s := lang.Stem(w)
		if old, ok := found[s]; !ok || w < old {
			found[s] = w
		}
	}
	return found
}
