package journey

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// way is the order in which a client's needs come: first to know, then to ask, to take the form, to hand in, to follow, to
// get the result, to say what it was like. A need that stands nowhere here comes before the result is given.
var way = []struct {
	stage string
	needs []string
}{
	{"Узнать порядок", []string{"info"}},
	{"Посоветоваться", []string{"consultation"}},
	{"Подготовить документы", []string{"forms"}},
	{"Обратиться", []string{"submission"}},
	{"Пройти процедуру", []string{"other"}},
	{"Следить за ходом", []string{"progress"}},
	{"Получить результат", []string{"result"}},
	{"Оценить и узнать ответ", []string{"feedback", "feedback-result"}},
}

// actions are what a client does about a need.
var actions = map[string]string{
	"info": "Узнать, что и в каком порядке делать", "consultation": "Получить консультацию", "forms": "Взять формы документов",
	"submission": "Подать заявление и документы", "progress": "Узнать, как рассматривается обращение", "result": "Получить результат",
	"feedback": "Оставить отзыв", "feedback-result": "Узнать, что сделано по отзыву",
}

// maxAlternatives is how many points a proposed step has: more than that is no choice but a list, which the register is.
const maxAlternatives = 8

// Propose makes a journey of the usages that processes have on a day: a step for each need in the order of a client's way, in it
// the points that satisfy it side by side, digital ones first. A need in other words (code «other») is a step for each wording.
// Of several processes each has steps of its own. The journey has no key.
func Propose(r *register.Register, p *procedure.Procedure, processes []string, profile string, on register.Date) register.Journey {
	j := register.Journey{State: register.AsIs, Profile: profile, Processes: slices.Clone(processes), Position: lastPosition(r) + 1}
	if j.Processes == nil {
		j.Processes = []string{}
	}
	points := make(map[string]register.Touchpoint, len(r.Touchpoints))
	for _, t := range r.Touchpoints {
		points[t.Key] = t
	}
	classOf := func(u register.Usage) register.Class {
		c, _ := p.ClassOf(points[u.Touchpoint])
		return cmp.Or(c, u.Printed)
	}
	of := map[string][]register.Usage{}
	for _, u := range r.Usages {
		if _, there := points[u.Touchpoint]; there && slices.Contains(processes, u.Process) && inForce(u.From, u.To, on) && inForce(points[u.Touchpoint].From, points[u.Touchpoint].To, on) {
			of[u.Process] = append(of[u.Process], u)
		}
	}
	rank := func(u register.Usage) int {
		return slices.Index([]register.Class{register.Digital, register.Offline, ""}, classOf(u))
	}
	for _, us := range of {
		slices.SortStableFunc(us, func(a, b register.Usage) int { return cmp.Compare(rank(a), rank(b)) })
	}
	var titles []string
	titleOf := map[string]string{}
	for _, key := range processes {
		if x, ok := r.Process(key); ok {
			titles = append(titles, x.Title)
			titleOf[key] = x.Title
		}
	}
	j.Title = strings.Join(titles, "; ")
	for _, w := range way {
		stage := register.JourneyStage{Title: w.stage}
		for _, key := range processes {
			for _, need := range needsOf(p, w.needs) {
				for _, x := range steps(of[key], points, need) {
					if title := titleOf[key]; len(processes) > 1 && title != "" {
						x.Action += ": «" + title + "»"
					}
					stage.Steps = append(stage.Steps, x)
				}
			}
		}
		if len(stage.Steps) > 0 {
			j.Stages = append(j.Stages, stage)
		}
	}
	if j.Stages == nil {
		j.Stages = []register.JourneyStage{}
	}
	return j
}

// needsOf are the codes of a stage; those that the procedure has of its own come with the open one.
func needsOf(p *procedure.Procedure, codes []string) []string {
	if !slices.Contains(codes, "other") {
		return codes
	}
	out := slices.Clone(codes)
	for _, n := range p.Needs {
		if !slices.ContainsFunc(way, func(w struct {
			stage string
			needs []string
		}) bool {
			return slices.Contains(w.needs, n.Code)
		}) {
			out = append(out, n.Code)
		}
	}
	return out
}

// steps are those about one need in one process.
func steps(us []register.Usage, points map[string]register.Touchpoint, need string) []register.JourneyStep {
	var out []register.JourneyStep
	for _, u := range us {
		for _, n := range u.Needs {
			if n.Code != need {
				continue
			}
			action := actions[need]
			if action == "" {
				action = sentence(n.Text)
			}
			i := slices.IndexFunc(out, func(s register.JourneyStep) bool { return lang.Fold(s.Action) == lang.Fold(action) })
			if i < 0 {
				i, out = len(out), append(out, register.JourneyStep{Action: action, Need: need})
			}
			s := &out[i]
			if len(s.Points) < maxAlternatives && !slices.ContainsFunc(s.Points, func(x register.JourneyPoint) bool { return x.Usage == u.Key }) {
				s.Points = append(s.Points, register.StepThrough(u, points[u.Touchpoint]))
			}
			if need == "forms" || need == "submission" {
				for _, f := range u.Forms {
					if !slices.Contains(s.Documents, f) {
						s.Documents = append(s.Documents, f)
					}
				}
			}
		}
	}
	return out
}

func inForce(from, to, on register.Date) bool {
	return on == "" || (from == "" || from <= on) && (to == "" || on <= to)
}

func lastPosition(r *register.Register) int {
	last := 0
	for _, j := range r.Journeys {
		last = max(last, j.Position)
	}
	return last
}
