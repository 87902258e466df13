package check_test

import (
	"strings"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// declare sets a contact in the order's data and in the register alike, so that only its form can be at fault.
func declare(s *testkit.Sample, key, value string) {
	for i := range s.Procedure.Declared {
		if s.Procedure.Declared[i].Key == key {
			s.Procedure.Declared[i].Value = value
		}
	}
	touchpoint(s, "t-"+key).Value = value
	touchpoint(s, "t-"+key).Declared = key
}

// wordMutations spoil contacts, spellings, hours, dates and channels.
var wordMutations = []mutation{
	{rule: "R9", name: "the minister receives on a Saturday, the reception is closed", spoil: func(s *testkit.Sample) {
		s.Procedure.Reception[0].Point = "room-204"
		s.Procedure.Reception[0].Hours = "суббота с 10:00 до 12:00"
	}},
	{rule: "R9", name: "a room has other hours in the register than in the order", spoil: func(s *testkit.Sample) {
		touchpoint(s, "t-204").Hours = "понедельник - пятница с 9:00 до 17:00, перерыв с 13:00 до 14:00"
	}},
	{rule: "R9", name: "one person at two times of one day", spoil: func(s *testkit.Sample) {
		r := s.Procedure.Reception[0]
		r.Hours = "вторник с 9:00 до 11:00"
		s.Procedure.Reception = append(s.Procedure.Reception, r)
		touchpoint(s, "t-reception").Hours = ""
	}},
	{rule: "R12", name: "a figure is lost from a telephone", spoil: func(s *testkit.Sample) { declare(s, "phone-it", "8 (4999) 20-11-0") }},
	{rule: "R12", name: "a figure too many in a telephone", spoil: func(s *testkit.Sample) { declare(s, "phone-it", "+7 4999 20-11-022") }},
	{rule: "R12", name: "a telephone without a number", spoil: func(s *testkit.Sample) { declare(s, "phone-it", "") }},
	{rule: "R12", name: "an address without a host", spoil: func(s *testkit.Sample) { declare(s, "site", "https:///kadry") }},
	{rule: "R12", name: "an address with a broken beginning", spoil: func(s *testkit.Sample) { declare(s, "site", "http:/minprirody.primer.ru") }},
	{rule: "R12", name: "an address with a space in it", spoil: func(s *testkit.Sample) { declare(s, "site", "https://min prirody.primer.ru") }},
	{rule: "R12", name: "a mailbox without a domain", spoil: func(s *testkit.Sample) { declare(s, "email", "kadry@") }},
	{rule: "R12", name: "a mailbox of a domain one letter off the site's", spoil: func(s *testkit.Sample) { declare(s, "email", "kadry@minpriroda.primer.ru") }},
	{rule: "R12", name: "a top domain in Russian letters", spoil: func(s *testkit.Sample) { declare(s, "email", "kadry@minprirody.primer.ру") }},
	{rule: "R12", name: "a Russian letter in an address", findings: 1, spoil: func(s *testkit.Sample) { declare(s, "vk", "vk.com/minprirоdy_primer") }},
	{rule: "R12", name: "a Latin letter in a process", spoil: func(s *testkit.Sample) {
		s.Register.Processes[0].Title = strings.Replace(s.Register.Processes[0].Title, "о", "o", 1)
	}},
	{rule: "R12", name: "a Latin letter in an interaction", spoil: func(s *testkit.Sample) {
		usage(s, "p1.t-204").Text = strings.Replace(usage(s, "p1.t-204").Text, "е", "e", 1)
	}},
	{rule: "R12", name: "a network without a page", spoil: func(s *testkit.Sample) { declare(s, "vk", "vk.com") }},
	{rule: "R13", name: "a compound word with and without spaces", spoil: func(s *testkit.Sample) {
		reword(s, "2.6", "в офлайн-точке", "в офлайн - точке")
	}},
	{rule: "R13", name: "the word offline spelt two ways", spoil: func(s *testkit.Sample) {
		usage(s, "p1.t-204").Feature = "Взаимодействие в оффлайн-точке"
	}},
	{rule: "R13", name: "hours with a colon and with a hyphen", spoil: func(s *testkit.Sample) {
		s.Procedure.Reception[0].Hours = "вторник с 14-00 до 16-00"
	}},
	{rule: "R13", name: "two participles for one thing", spoil: func(s *testkit.Sample) {
		reword(s, "2.5", "определены удовлетворяемые потребности", "определены удостоверяемые потребности")
	}},
	{rule: "R13", name: "a point that stands twice", spoil: func(s *testkit.Sample) {
		t := *touchpoint(s, "t-phone-it")
		t.Key, t.Value, t.Label = "t-again", "+7 4999 201102", "Телефон технической поддержки"
		s.Register.Touchpoints = append(s.Register.Touchpoints, t)
	}},
	{rule: "R13", name: "a room that stands twice", spoil: func(s *testkit.Sample) {
		t := *touchpoint(s, "t-204")
		t.Key, t.Label, t.Hours = "t-again", "Кабинет 204, отдела государственной службы и кадров", ""
		s.Register.Touchpoints = append(s.Register.Touchpoints, t)
	}},
	{rule: "R13", name: "a process that stands twice", spoil: func(s *testkit.Sample) {
		process(s, "p2").Title = "Поступление на государственную гражданскую службу"
	}},
	{rule: "R18", name: "a foreign messenger in use", spoil: func(s *testkit.Sample) { declare(s, "vk", "t.me/minprirody_primer") }},
	{rule: "R18", name: "a foreign messenger without an address", spoil: func(s *testkit.Sample) {
		declare(s, "vk", "")
		s.Procedure.Declared[6].Kind, touchpoint(s, "t-vk").Kind = "messenger", "messenger"
		s.Procedure.Declared[6].Label, touchpoint(s, "t-vk").Label = "мессенджер WhatsApp", "Мессенджер WhatsApp"
		s.Procedure.Kinds = append(s.Procedure.Kinds, s.Procedure.Kinds[4])
		s.Procedure.Kinds[len(s.Procedure.Kinds)-1].Code = "messenger"
	}},
	{rule: "R19", name: "the rest of a row after a page break", spoil: func(s *testkit.Sample) { tear(s, "p2.t-204") }},
	{rule: "R19", name: "the rest of the first row after a page break", spoil: func(s *testkit.Sample) { tear(s, "p1.t-phone-kadry") }},
	{rule: "R20", name: "registered before it was signed", spoil: func(s *testkit.Sample) { s.Procedure.Act.Registration.Date = "2025-03-10" }},
	{rule: "R20", name: "an act that was not yet there", spoil: func(s *testkit.Sample) { s.Procedure.Processes.Act.Date = "2025-05-03" }},
	{rule: "R20", name: "a day that no calendar has", spoil: func(s *testkit.Sample) { reword(s, "2.1", "от 03.02.2025", "от 30.02.2025") }},
	{rule: "R20", name: "a clause that the numbering skips", spoil: func(s *testkit.Sample) {
		for i := range s.Procedure.Clauses {
			if s.Procedure.Clauses[i].Number == "1.2" {
				s.Procedure.Clauses[i].Number = "1.3"
			}
		}
	}},
	{rule: "R20", name: "an edition older than the one before", spoil: func(s *testkit.Sample) {
		s.Register.Editions[1].Date, s.Register.Editions[1].Act.Date = "2025-03-20", "2025-03-20"
	}},
	{rule: "R20", name: "an edition approved by an act of a later day", spoil: func(s *testkit.Sample) { s.Register.Editions[1].Act.Date = "2026-01-16" }},
	{rule: "R20", name: "a point that ends before it begins", spoil: func(s *testkit.Sample) {
		t := *touchpoint(s, "t-115")
		t.Key, t.Label, t.From, t.To, t.Hours = "t-old", "Кабинет 116", "2025-03-01", "2025-02-01", ""
		s.Register.Touchpoints = append(s.Register.Touchpoints, t)
	}},
	{rule: "R20", name: "an hour that no clock shows", spoil: func(s *testkit.Sample) { touchpoint(s, "t-115").Hours = "понедельник с 9:00 до 25:00" }},
	{rule: "R21", name: "a topic without a process", spoil: func(s *testkit.Sample) {
		process(s, "p3").Title = "Выдача оборудования"
	}},
	{rule: "R21", name: "a topic of the title that nobody speaks of", spoil: func(s *testkit.Sample) {
		t := s.Procedure.Topics[0]
		t.Code, t.Title, t.Words = "law", "правовое обеспечение", []string{"правовое обеспечение", "юридический"}
		s.Procedure.Topics = append(s.Procedure.Topics, t)
	}},
	{rule: "R24", name: "a change without a ground", spoil: func(s *testkit.Sample) { s.Entries[4].Ground.Clause = "" }},
	{rule: "R24", name: "a change on the ground of a clause that is not there", spoil: func(s *testkit.Sample) { s.Entries[4].Ground.Clause = "5.7" }},
}

// tear makes a row of the sample lose its end to a row of its own, as a page break does.
func tear(s *testkit.Sample, key string) {
	u := usage(s, key)
	rest := *u
	rest.Key, rest.Feature, rest.Printed = key+".rest", "", ""
	head, tail, _ := strings.Cut(u.Text, ", ")
	u.Text, rest.Text = head, tail
	rest.Needs = []register.NeedRef{{Code: "info", Text: "получение информации"}}
	t := *touchpoint(s, u.Touchpoint)
	label := t.Label
	t.Key, t.Label, t.Value, t.Contact, t.Hours = t.Key+".rest", strings.ToLower(label[strings.LastIndex(label, " ")+1:]), "", "", ""
	if t.Kind == "phone" {
		t.Kind = "edms"
	}
	s.Register.Touchpoints = append(s.Register.Touchpoints, t)
	rest.Touchpoint = t.Key
	for i := range s.Register.Usages {
		if s.Register.Usages[i].Key == key {
			s.Register.Usages = append(s.Register.Usages[:i+1], append([]register.Usage{rest}, s.Register.Usages[i+1:]...)...)
			break
		}
	}
}
