package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// lookTwice reports a point or a process that stands in the register twice: the same contact, or the same words in the
// same order but for their endings.
func (s *scene) lookTwice() {
	first := make(map[string]register.Touchpoint)
	for _, t := range s.reg.Touchpoints {
		if !s.inForce(t.From, t.To) {
			continue
		}
		id := contactID(t.Kind, t.Value)
		if id == "" && t.Label == "" {
			continue
		}
		if id == "" {
			id = t.Kind + " " + strings.Join(lang.Stems(t.Label), " ") + " " + lang.Fold(t.Place)
		}
		f, seen := first[id]
		if !seen {
			first[id] = t
			continue
		}
		s.reportTwice("Точка", f.Text(), t.Text(), []register.Place{s.point(f, f.Text()), s.point(t, t.Text())}, f.Key, t.Key)
	}
	processes := make(map[string]register.Process)
	for _, p := range s.reg.Processes {
		if !s.inForce(p.From, p.To) {
			continue
		}
		id := strings.Join(lang.Stems(p.Title), " ") + " " + p.Department
		f, seen := processes[id]
		if !seen {
			processes[id] = p
			continue
		}
		s.reportTwice("Процесс", f.Title, p.Title, []register.Place{s.processPlace(f), s.processPlace(p)}, f.Key, p.Key)
	}
}

func (s *scene) reportTwice(what, a, b string, places []register.Place, keys ...string) {
	text := fmt.Sprintf("%s записан дважды: %s и %s.", what, quoted(a), quoted(b))
	if what == "Точка" {
		text = fmt.Sprintf("%s записана дважды: %s и %s.", what, quoted(a), quoted(b))
	}
	s.report(note{
		severity: register.Unclear,
		clause:   s.pr.Processes.Clause,
		places:   places,
		text:     text,
		fix:      "Если это одно и то же, оставьте одну запись и перенесите на неё строки.",
		id:       append([]string{what}, keys...),
		subject:  []string{a, b},
	})
}
