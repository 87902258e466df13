package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/search"
	"perechen/internal/upkeep"
)

// wordsPage is where a body says what people call its matters.
type wordsPage struct {
	frame
	Wrong   []link
	Done    string
	Was     string
	Lines   ask
	Changes []answerChange // what the typed lines would change, once they were looked at
	Looked  bool
}

// A answerChange is a query of which the first answer changes.
type answerChange struct{ Query, Before, After string }

func (s *site) words(r *request) (page, error) {
	if s.desk == nil {
		return nil, notFound("")
	}
	p := &wordsPage{frame: r.frame("words", "settings", r.lang.T("words.title")), Was: r.typedOr("was", upkeep.PhrasesHash(r.snap.reg))}
	p.Lines = r.asked(ask{Name: "lines", Kind: "textarea", Rows: 12, Label: r.lang.T("words.lines"), Hint: r.lang.T("words.hint"), Value: strings.Join(upkeep.PhraseLines(r.snap.reg), "\n")})
	p.Wrong = r.wrong(p.Lines)
	if r.query.Get("done") != "" {
		p.Done = r.lang.T("words.done")
	}
	return p, nil
}

// phraseLines are the lines of a text that say something, as they are kept.
func phraseLines(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

func (s *site) saveWords(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	lines := phraseLines(v.Get("lines"))
	if faults := search.CheckPhrases(lines); len(faults) > 0 {
		var text []string
		for _, f := range faults {
			text = append(text, r.lang.T("words.fault", f.Line, f.Text))
		}
		return "", invalidField("lines", strings.Join(text[:min(len(text), 10)], " "))
	}
	if v.Get("do") == "look" {
		r.typed = &typed{values: v}
		p, err := s.words(r)
		if err == nil {
			w := p.(*wordsPage)
			w.Looked, w.Changes = true, r.wordChanges(lines)
			r.answer = w
		}
		return "", err
	}
	return s.address(r, "settings", "words") + "?done=1", s.desk.SetPhrases(r.Context(), r.actor(), r.slug, lines, v.Get("was"))
}

// wordChanges asks what stands on the left of the lines before and after, and tells where the first answer is another.
func (r *request) wordChanges(lines []string) []answerChange {
	docs := search.FromRegister(r.snap.reg)
	before, after := r.snap.finder(), search.New(docs, search.Shipped().With(search.Own(lines)))
	first := func(ix *search.Index, q string) string {
		hits := ix.Search(q, 1)
		if len(hits) == 0 {
			return r.lang.T("words.nothing")
		}
		switch d := ix.Document(hits[0].Document); d.Kind {
		case search.KindPoint:
			if t := r.snap.points[d.Key]; t != nil {
				return t.Text()
			}
		case search.KindBlank:
			if b := r.blankByKey(d.Key); b != nil {
				return b.Title
			}
		case search.KindJourney:
			if j, ok := r.snap.reg.Journey(d.Key); ok {
				return j.Title
			}
		default:
			process, _, _ := strings.Cut(d.Key, "\n")
			return r.title("process", process)
		}
		return ""
	}
	var changes []answerChange
	seen := map[string]bool{}
	for _, line := range append(lines, upkeep.PhraseLines(r.snap.reg)...) {
		for _, q := range search.Said(line) {
			if seen[q] || len(seen) == 300 {
				continue
			}
			seen[q] = true
			if a, b := first(before, q), first(after, q); a != b {
				changes = append(changes, answerChange{q, a, b})
			}
		}
	}
	return changes
}
