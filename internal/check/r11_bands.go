package check

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
)

// bandsApart is R11: bands of one attribute do not overlap. A stretch that two bands share is a violation; an end that two
// bands share leaves open which of them holds it.
func bandsApart(s *scene) {
	for _, a := range s.reg.Attributes {
		bands := segment.BandsOf(a)
		var overlaps, ends, pairs []string
		for i, b := range bands {
			for _, o := range bands[i+1:] {
				switch stretch, end, at := b.Meets(o); {
				case stretch:
					overlaps = append(overlaps, fmt.Sprintf("%s и %s", quoted(b.Text), quoted(o.Text)))
				case end:
					ends = append(ends, segment.NumberText(at))
					pairs = append(pairs, fmt.Sprintf("%s и %s", quoted(b.Text), quoted(o.Text)))
				}
			}
		}
		place := s.attributePlace(a)
		place.Quote = strings.Join(a.Values, "; ")
		if len(overlaps) > 0 {
			s.report(note{
				severity: register.Violation,
				clause:   s.appendixOf("attributes"),
				places:   []register.Place{place},
				text:     fmt.Sprintf("В признаке %s полосы пересекаются: %s.", quoted(a.Title), strings.Join(overlaps, "; ")),
				fix:      "Разведите полосы так, чтобы каждое число попадало только в одну.",
				id:       []string{"overlap", a.Key},
			})
		}
		if len(ends) > 0 {
			ends = slices.Compact(ends)
			value, belongs := "граничное значение", "входит"
			if len(ends) > 1 {
				value, belongs = "граничные значения", "входят"
			}
			s.report(note{
				severity: register.Unclear,
				clause:   s.appendixOf("attributes"),
				places:   []register.Place{place},
				text:     fmt.Sprintf("В признаке %s %s %s %s в две полосы: %s.", quoted(a.Title), value, andList(ends), belongs, strings.Join(pairs, "; ")),
				fix:      "Напишите, к какой полосе относится граница: например, «до … включительно» или «от … до … (не включая …)».",
				id:       []string{"end", a.Key},
			})
		}
	}
}
