package testkit

import (
	"fmt"
	"time"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/procedures"
)

// Committee is the register of the Committee's printed report, set by hand, under its own procedure: 3 processes, 6 points,
// 10 usages, as clause 4.2's appendix has them, before anybody corrected anything or approved an edition.
func Committee() Sample {
	p := mustLoad("komzan-alania-9r-2026")
	r := &register.Register{Organisation: organisation(p), N: 30, Time: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)}
	for i, title := range []string{
		"Поступление на государственную гражданскую службу (прием на работу)",
		"Сопровождение процесса прохождения государственной гражданской службы",
		"Увольнение с государственной гражданской службы",
	} {
		r.Processes = append(r.Processes, register.Process{Key: fmt.Sprintf("p%d", i+1), Title: title, Position: i + 1})
	}
	r.Touchpoints = []register.Touchpoint{
		{Key: "site", Kind: "site", Label: "Официальный сайт Комитета", Value: "https://trud.alania.gov.ru/", Contact: "https://trud.alania.gov.ru/", Declared: "oficialnyj-sajt"},
		{Key: "email", Kind: "email", Label: "Электронная почта", Value: "info@trud.alania.gov.ru", Contact: "info@trud.alania.gov.ru", Declared: "elektronnaya-pochta"},
		{Key: "phone", Kind: "phone", Label: "Телефон", Value: "8 (8672) 64-90-22", Contact: "+78672649022", Declared: "telefon-otdela"},
		{Key: "documents", Kind: "office", Label: "Места приема документов для участия в конкурсе на замещение должностей государственной гражданской службы"},
		{Key: "contest", Kind: "office", Label: "Место проведения конкурса на замещение должности государственной гражданской службы"},
		{Key: "room", Kind: "office", Label: "Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции сотрудников Комитета"},
	}
	for i := range r.Touchpoints {
		r.Touchpoints[i].Position = i + 1
	}
	info := register.NeedRef{Code: "info", Text: "Получение информации клиентом"}
	consultation := register.NeedRef{Code: "consultation", Text: "получение консультации клиентом"}
	letter := register.NeedRef{Code: "submission", Text: "Подача письменного обращения клиентом"}
	papers := register.NeedRef{Code: "submission", Text: "подача клиентом заявлений и документов"}
	received := register.NeedRef{Code: "other", Text: "получение клиентом документов"}
	row := func(process, touchpoint string, class register.Class, text string, needs ...register.NeedRef) {
		u := register.Usage{Key: process + "." + touchpoint, Process: process, Touchpoint: touchpoint, Client: "internal", Needs: needs, Text: text,
			Feature: inOffline, Printed: class, Position: len(r.Usages) + 1}
		if class == register.Digital {
			u.Feature = inDigital
		}
		r.Usages = append(r.Usages, u)
	}
	const (
		byPhone = "Получение информации клиентом, получение консультации клиентом"
		byMail  = "Подача письменного обращения клиентом, получение консультации клиентом"
		inRoom  = "Получение информации клиентом, получение консультации клиентом, подача клиентом заявлений и документов, получение клиентом документов"
	)
	row("p1", "site", register.Digital, "Получение информации клиентом, получение форм документов, направление письменного обращения клиентом",
		info, register.NeedRef{Code: "forms", Text: "получение форм документов"}, register.NeedRef{Code: "submission", Text: "направление письменного обращения клиентом"})
	row("p1", "email", register.Digital, byMail, letter, consultation)
	row("p1", "phone", register.Offline, byPhone, info, consultation)
	row("p1", "documents", register.Offline, "Представление клиентом документов, получение информации клиентом, получение консультации клиентом",
		register.NeedRef{Code: "submission", Text: "Представление клиентом документов"}, info, consultation)
	row("p1", "contest", register.Offline, "Прохождение клиентом оценки на соответствие должности государственной гражданской службы, получение клиентом информации, получение клиентом консультации",
		register.NeedRef{Code: "other", Text: "Прохождение клиентом оценки на соответствие должности государственной гражданской службы"}, info, consultation)
	row("p2", "phone", register.Offline, byPhone, info, consultation)
	row("p2", "room", register.Offline, inRoom, info, consultation, papers, received)
	row("p3", "email", register.Digital, byMail, letter, consultation)
	row("p3", "phone", register.Offline, byPhone, info, consultation)
	row("p3", "room", register.Offline, inRoom, info, consultation, papers, received)
	return Sample{Register: r, Procedure: p, On: "2026-11-21"}
}

// organisation is the holder of a procedure as a register knows it.
func organisation(p *procedure.Procedure) register.Organisation {
	h := p.Holder
	return register.Organisation{Slug: h.Slug, Name: h.Name, ShortName: h.ShortName, Genitive: h.Genitive, HeadTitle: h.HeadTitle,
		HeadName: h.HeadName, Procedure: p.ID}
}

// mustLoad loads a procedure of the binary itself.
func mustLoad(id string) *procedure.Procedure {
	p, err := procedure.Load(procedures.FS, id)
	if err != nil {
		panic(err)
	}
	return p
}
