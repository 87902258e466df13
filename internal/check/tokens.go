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

// A passage is a stretch of text with a way to its place.
type passage struct {
	text  string
	place func(quote string) register.Place
}

// orderPassages are the paragraphs of the order's own text.
func (s *scene) orderPassages() []passage {
	var ps []passage
	for _, c := range s.pr.Clauses {
		for i, text := range c.Paragraphs {
			ps = append(ps, passage{text, func(quote string) register.Place { return s.paragraph(c.Number, i+1, quote) }})
		}
	}
	return ps
}

// rowPassages are the words of the register: titles of processes and rows. A row's point is read where it first stands.
func (s *scene) rowPassages() []passage {
	var ps []passage
	for _, p := range s.reg.Processes {
		ps = append(ps, passage{p.Title, func(quote string) register.Place {
			place := s.processPlace(p)
			place.Quote = quote
			return place
		}})
	}
	seen := make(map[string]bool)
	for _, r := range s.rows {
		place := func(quote string) register.Place { return s.rowQuoting(r, quote) }
		if !seen[r.Touchpoint] {
			seen[r.Touchpoint] = true
			ps = append(ps, passage{r.point.Label, place})
		}
		ps = append(ps, passage{r.Text, place}, passage{r.Feature, place})
	}
	return ps
}

// phrase is the place of a phrase in a clause whatever its grammatical form: «кадровая политика» finds «кадровой политики»
// and quotes that. Where the clause has no such words, the place is the clause.
func (s *scene) phrase(clause, phrase string) register.Place {
	want := lang.Stems(phrase)
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
