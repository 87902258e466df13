package testkit

import (
	"fmt"
	"slices"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Large is a clean register with n usages (at least those of Clean): as many processes, rooms and telephones as a body of
// that size would have, all declared and all used. The same n gives the same register.
func Large(n int) Sample {
	s := Clean()
	r, p := s.Register, s.Procedure
	if len(r.Usages) >= n {
		return s
	}
	phones, rooms := addPoints(r, p, 1+n/100)
	position := len(r.Usages)
	for i := 0; len(r.Usages) < n; i++ {
		process := register.Process{Key: fmt.Sprintf("q%d", i), Title: largeTitle(i), Department: []string{"kadry", "it", "buh"}[i%3],
			Position: len(r.Processes) + 1, Included: r.Processes[0].Included}
		r.Processes = append(r.Processes, process)
		add := func(touchpoint string, class register.Class, needs ...string) {
			position++
			u := cleanUsage(position, process.Key, touchpoint, class, needs...)
			u.Source = &register.Source{File: "otchet.xlsx", Row: position + 2}
			r.Usages = append(r.Usages, u)
		}
		phone, room := phones[i%len(phones)], rooms[i%len(rooms)]
		add(phone, register.Digital, "info", "consultation", "progress")
		add(room, register.Offline, "submission", "forms", "other:"+largeOther(i))
		for _, more := range []struct {
			touchpoint string
			class      register.Class
			needs      []string
		}{
			{"t-site", register.Digital, []string{"info", "forms"}},
			{"t-email", register.Digital, []string{"submission", "feedback"}},
			{"t-edms", register.Digital, []string{"submission", "result"}},
			{"t-vk", register.Digital, []string{"info", "feedback-result"}},
			{rooms[(i+1)%len(rooms)], register.Offline, []string{"consultation", "result"}},
			{"t-reception", register.Offline, []string{"feedback"}},
		} {
			if len(r.Usages) < n {
				add(more.touchpoint, more.class, more.needs...)
			}
		}
	}
	r.N = int64(len(r.Usages) + len(r.Processes) + len(r.Touchpoints))
	return s
}

// addPoints declares n telephones and n rooms, in the order's own words too, and gives their keys.
func addPoints(r *register.Register, p *procedure.Procedure, n int) (phones, rooms []string) {
	digital := slices.IndexFunc(p.Clauses, func(c procedure.Clause) bool { return c.Number == "3.2" })
	offline := slices.IndexFunc(p.Clauses, func(c procedure.Clause) bool { return c.Number == "3.3" })
	add := func(key, kind string, class register.Class, clause int, label, value string) {
		quote := label
		if value != "" {
			quote += " - " + value
		}
		paragraphs := append(p.Clauses[clause].Paragraphs, quote+";")
		p.Clauses[clause].Paragraphs = paragraphs
		p.Declared = append(p.Declared, procedure.DeclaredPoint{Key: key, Kind: kind, Class: class, Label: label, Value: value,
			Clause: p.Clauses[clause].Number, Item: len(paragraphs), Quote: quote})
		r.Touchpoints = append(r.Touchpoints, register.Touchpoint{Key: "t-" + key, Kind: kind, Label: label, Value: value, Declared: key,
			Position: len(r.Touchpoints) + 1})
	}
	for i := range n {
		phone := fmt.Sprintf("phone-%d", i)
		add(phone, "phone", register.Digital, digital, fmt.Sprintf("телефон сектора %d", i+1), fmt.Sprintf("8 (4999) %02d-%02d-%02d", 30+i/10000, i/100%100, i%100))
		room := fmt.Sprintf("room-%d", i)
		add(room, "office", register.Offline, offline, fmt.Sprintf("кабинет %d, сектор %d", 1000+i, i+1), "")
		phones, rooms = append(phones, "t-"+phone), append(rooms, "t-"+room)
	}
	return phones, rooms
}

func largeTitle(i int) string {
	actions := []string{"Выдача", "Оформление", "Согласование", "Продление", "Учёт", "Замена"}
	objects := []string{"служебного удостоверения", "справки о доходах", "пропуска в здание", "учётной записи", "ежегодного отпуска", "служебной командировки", "рабочего места"}
	return fmt.Sprintf("%s %s, направление %d", actions[i%len(actions)], objects[i%len(objects)], i+1)
}

func largeOther(i int) string {
	return []string{"ознакомление с приказом под подпись", "установка средств электронной подписи", "прохождение клиентом вводного инструктажа"}[i%3]
}
