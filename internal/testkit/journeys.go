package testkit

import (
	"fmt"

	"perechen/internal/register"
)

// Journeys is a clean register with so many journeys of so many steps, through usages of its own; every fourth step has a pain,
// every third a document. The same figures give the same register.
func Journeys(journeys, steps int) Sample {
	s := Large(2000)
	r := s.Register
	for i := range journeys {
		j := register.Journey{Key: fmt.Sprintf("way-%d", i), Title: fmt.Sprintf("Путь служащего, направление %d", i+1), State: register.AsIs, Processes: []string{}, Position: len(r.Journeys) + 1}
		if i%2 == 1 {
			j.State, j.Of = register.ToBe, fmt.Sprintf("way-%d", i-1)
		}
		for k := range steps {
			if k%5 == 0 {
				j.Stages = append(j.Stages, register.JourneyStage{Title: fmt.Sprintf("Этап %d", k/5+1)})
			}
			u := r.Usages[(i*steps+k)%(len(r.Usages)-20)]
			other := r.Usages[(i*steps+k+7)%(len(r.Usages)-20)]
			step := register.JourneyStep{Action: fmt.Sprintf("Сделать то, что положено на шаге %d", k+1), Duration: "20 минут", Minutes: 20}
			for _, x := range []register.Usage{u, other} {
				t, _ := r.Touchpoint(x.Touchpoint)
				if t.To == "" && x.To == "" {
					step.Points = append(step.Points, register.StepThrough(x, t))
				}
			}
			if k%3 == 0 {
				step.Documents = []string{"заявление", fmt.Sprintf("приложение № %d", k+1)}
			}
			if k%4 == 0 {
				step.Pain, step.Weight = "Приходится ждать ответа и приносить одно и то же дважды", register.PainMiddle
			}
			last := &j.Stages[len(j.Stages)-1]
			last.Steps = append(last.Steps, step)
		}
		r.Journeys = append(r.Journeys, j)
	}
	return s
}
