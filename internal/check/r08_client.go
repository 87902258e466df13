package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// clientWord is R8: in a procedure about one sort of client no words speak of the other. One finding for each contrary
// word, with every place, each quoting what is said. Only the word right before «клиент» counts: «внешний совместитель»
// is no client.
func clientWord(s *scene) {
	if s.pr.Client.Word == "" {
		return
	}
	passages := s.passages()
	for _, contrary := range s.pr.Client.Others {
		stem := lang.Stem(lang.Fold(contrary))
		var places []register.Place
		for _, p := range passages {
			if !strings.Contains(p.folded, clientStem) || !strings.Contains(p.folded, stem) {
				continue
			}
			ts := tokens(p.text)
			for i := 1; i < len(ts); i++ {
				if !strings.HasPrefix(ts[i].word, clientStem) || lang.Stem(ts[i].word) != clientStem || lang.Stem(ts[i-1].word) != stem {
					continue
				}
				from := i - 1
				if from > 0 && !strings.ContainsAny(p.text[ts[from-1].end:ts[from].start], ".;:,") {
					from-- // a word before, so that two places in one paragraph can be told apart
				}
				for _, by := range p.by {
					places = append(places, by.place(s, p.text[ts[from].start:ts[i].end]))
				}
			}
		}
		if len(places) == 0 {
			continue
		}
		s.report(note{
			severity: register.Violation,
			clause:   firstClause(places, s.pr.Client.Clause),
			places:   places,
			text: fmt.Sprintf("Порядок установлен для %s клиента, а %s клиент упомянут %s.", adjectiveGenitive(s.pr.Client.Word), contrary,
				lang.Count(len(places), "раз", "раза", "раз")),
			fix:      fmt.Sprintf("Замените «%s» на «%s» в нужной форме.", contrary, s.pr.Client.Word),
			id:       []string{contrary},
			byPlaces: true,
		})
	}
}

// firstClause is the first clause among the places, or otherwise.
func firstClause(places []register.Place, otherwise string) string {
	for _, p := range places {
		if p.Clause != "" {
			return p.Clause
		}
	}
	return otherwise
}
