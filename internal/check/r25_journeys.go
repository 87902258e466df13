package check

import (
	"fmt"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// journeysHold is R25: a journey leads through what the register holds, as it was when the journey was written. Outside places
// and steps without a point are nobody's fault. One thing that happened to a point is one finding for each journey that
// goes through it, however many of its steps do.
func journeysHold(s *scene) {
	if len(s.reg.Journeys) == 0 {
		return
	}
	watch := register.WatchJourneys(s.reg, s.on)
	for _, j := range s.reg.Journeys {
		var told []register.JourneyMark
		steps := map[register.JourneyMark][]string{}
		for _, m := range watch.Marks(j) {
			action := ""
			if m.Stage >= 0 {
				action = j.Stages[m.Stage].Steps[m.Step].Action
				if m.What == register.MarkGone || m.What == register.MarkEnded {
					m.Now = j.Stages[m.Stage].Steps[m.Step].Points[m.Point].Text
				}
			}
			m.Stage, m.Step, m.Point = 0, 0, 0
			if steps[m] == nil {
				told = append(told, m)
			}
			if !slices.Contains(steps[m], action) {
				steps[m] = append(steps[m], action)
			}
		}
		for _, m := range told {
			s.reportMark(j, m, steps[m])
		}
	}
}

func (s *scene) reportMark(j register.Journey, m register.JourneyMark, steps []string) {
	name := quoted(j.Title)
	n := note{severity: register.Unclear, clause: s.pr.Actualise.Clause, id: []string{j.Key, m.What, string(m.Kind), m.Key}, subject: []string{m.Was, m.Now, string(m.To)},
		places: []register.Place{s.journey(j, "")}, fix: "Откройте путь и проведите шаг через действующую точку."}
	if len(steps) > 0 && steps[0] != "" {
		n.places[0].Quote = steps[0]
	}
	switch m.What {
	case register.MarkProfile:
		n.text = fmt.Sprintf("Клиентский путь %s составлен для профиля, которого в перечне нет.", name)
		n.fix = "Выберите для пути другой профиль."
	case register.MarkProcess:
		n.text = fmt.Sprintf("Клиентский путь %s идёт по процессу, который исключён из реестра процессов.", name)
		n.fix = "Исключите путь или выберите для него действующий процесс."
		if p := s.processes[m.Key]; p != nil {
			n.places = append(n.places, s.processPlace(*p))
		}
	case register.MarkGone:
		n.text = fmt.Sprintf("Клиентский путь %s ведёт через %s, а в перечне этого больше нет.", name, quoted(m.Now))
	case register.MarkEnded:
		n.text = fmt.Sprintf("Клиентский путь %s ведёт через %s, срок действия истёк %s.", name, quoted(m.Now), lang.Date(string(m.To)))
	case register.MarkChanged:
		n.text = fmt.Sprintf("Клиентский путь %s называет точку %s, а в перечне теперь %s.", name, quoted(m.Was), quoted(m.Now))
		n.fix = "Откройте путь и подтвердите, что шаг остаётся верным."
	case register.MarkNeed:
		need, _ := s.pr.NeedByCode(m.Was)
		n.text = fmt.Sprintf("В клиентском пути %s шаг обращается за потребностью %s туда, где она не удовлетворяется.", name, quoted(need.Text))
	}
	switch m.Kind {
	case register.KindTouchpoint:
		if t := s.points[m.Key]; t != nil {
			n.places = append(n.places, s.point(*t, ""))
		}
	case register.KindUsage:
		for i := range s.rows {
			if s.rows[i].Key == m.Key {
				n.places = append(n.places, s.row(s.rows[i]))
			}
		}
	}
	s.report(n)
}

// journey is the place of a journey, with the action of a step that is meant.
func (s *scene) journey(j register.Journey, quote string) register.Place {
	p := register.Place{Text: "клиентский путь: " + j.Title, Kind: register.KindJourney, Key: j.Key, Quote: quote}
	s.spot[keyOf(p)] = j.Position
	return p
}
