package testkit

import "perechen/internal/register"

// cleanJourneys are two ways through the clean register: leaving the service as it goes today, with what hurts, and as it
// should go. Every step agrees with the usages.
func cleanJourneys(r *register.Register) []register.Journey {
	at := func(usages ...string) []register.JourneyPoint {
		var ps []register.JourneyPoint
		for _, key := range usages {
			p, ok := r.PointOf(key)
			if !ok {
				panic("testkit: no usage " + key)
			}
			ps = append(ps, p)
		}
		return ps
	}
	return []register.Journey{
		{Key: "leaving", Title: "Увольнение", State: register.AsIs, Processes: []string{"p2"}, Position: 1, Stages: []register.JourneyStage{
			{Title: "Узнать порядок", Steps: []register.JourneyStep{
				{Action: "Узнать, что сдать и когда придёт расчёт", Need: "info", Points: at("p2.t-phone-kadry"), Duration: "10 минут", Minutes: 10},
			}},
			{Title: "Подать заявление", Steps: []register.JourneyStep{
				{Action: "Подать заявление об увольнении", Need: "submission", Points: at("p2.t-204"), Documents: []string{"заявление об увольнении"}, Duration: "1 рабочий день", Days: 1},
				{Action: "Обойти отделы с обходным листом", Points: []register.JourneyPoint{{Text: "Отделы Министерства"}}, Documents: []string{"обходной лист"}, Duration: "3 рабочих дня", Days: 3,
					Pain: "Отделы сидят на разных этажах, и каждого надо застать на месте", Weight: register.PainSevere},
			}},
			{Title: "Получить расчёт", Steps: []register.JourneyStep{
				{Action: "Получить приказ и документы", Need: "result", Points: at("p2.t-204")},
			}},
		}},
		{Key: "leaving-to-be", Title: "Увольнение без обходного листа", State: register.ToBe, Of: "leaving", Processes: []string{"p2"}, Position: 2, Stages: []register.JourneyStage{
			{Title: "Подать заявление", Steps: []register.JourneyStep{
				{Action: "Подать заявление об увольнении", Need: "submission", Points: at("p2.t-204"), Documents: []string{"заявление об увольнении"}, Duration: "10 минут", Minutes: 10},
			}},
			{Title: "Получить расчёт", Steps: []register.JourneyStep{
				{Action: "Получить приказ и документы", Need: "result", Points: at("p2.t-204"), Duration: "1 рабочий день", Days: 1},
			}},
		}},
	}
}
