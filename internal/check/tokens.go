package check

import (
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// A token is a run of letters with its place in the text it was read from, so that findings can quote verbatim.
type token struct {
	start, end int
	word       string // folded
}

// tokens reads the words of a text. Digits and signs part words; «офлайн-точка» is two.
func tokens(text string) []token {
	var ts []token
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			i += n
			continue
		}
		j := i
		for j < len(text) {
			r, n := utf8.DecodeRuneInString(text[j:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\u00ad' {
				break
			}
			j += n
		}
		ts = append(ts, token{i, j, lang.Fold(text[i:j])})
		i = j
	}
	return ts
}

// phrase is the place of a phrase in a clause whatever its grammatical form: «кадровая политика» finds «кадровой политики»
// and quotes that. Where the clause has no such words, the place is the clause.
func (s *scene) phrase(clause, phrase string) register.Place {
	want := lang.Stems(phrase)
	if len(want) == 0 {
		return s.clause(clause, "")
	}
	c, _ := s.pr.ClauseByNumber(clause)
	for i, text := range c.Paragraphs {
		ts := tokens(text)
		for j := 0; j+len(want) <= len(ts); j++ {
			k := 0
			for k < len(want) && lang.Stem(ts[j+k].word) == want[k] {
				k++
			}
			if k == len(want) {
				return s.paragraph(clause, i+1, text[ts[j].start:ts[j+k-1].end])
			}
		}
	}
	return s.clause(clause, "")
}
