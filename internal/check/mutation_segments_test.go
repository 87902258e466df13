package check_test

import (
	"slices"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func attribute(s *testkit.Sample, key string) *register.Attribute {
	i := slices.IndexFunc(s.Register.Attributes, func(a register.Attribute) bool { return a.Key == key })
	return &s.Register.Attributes[i]
}

// setValue changes what the i-th profile says of an attribute.
func setValue(s *testkit.Sample, i int, attribute, value string) {
	p := &s.Register.Profiles[i]
	for j := range p.Values {
		if p.Values[j].Attribute == attribute {
			p.Values[j].Value = value
			return
		}
	}
	p.Values = append(p.Values, register.ProfileValue{Attribute: attribute, Value: value})
}

// segmentMutations spoil the dictionary of segmentation and the profiles.
var segmentMutations = []mutation{
	{rule: "R10", name: "an income that no band holds", spoil: func(s *testkit.Sample) { setValue(s, 0, "Уровень дохода", "до 40 000") }},
	{rule: "R10", name: "a part of a band", spoil: func(s *testkit.Sample) { setValue(s, 0, "Уровень дохода", "45 000- 60 000") }},
	{rule: "R10", name: "an attribute that the dictionary lacks", spoil: func(s *testkit.Sample) { setValue(s, 0, "Возраст", "25-34") }},
	{rule: "R10", name: "a value that may be either of two", spoil: func(s *testkit.Sample) { setValue(s, 0, "Образование", "Высшее") }},
	{rule: "R10", name: "a value that the dictionary lacks", spoil: func(s *testkit.Sample) {
		setValue(s, 1, "Наличие льготы", "Социальные выплаты;")
	}},
	{rule: "R10", name: "a stray separator", spoil: func(s *testkit.Sample) {
		setValue(s, 1, "Наличие льготы", "Транспортное обслуживание;")
	}},
	{rule: "R11", name: "bands that share an end", spoil: func(s *testkit.Sample) {
		attribute(s, "income").Values[2] = "60 000 - 100 000"
	}},
	{rule: "R11", name: "bands that share a stretch", spoil: func(s *testkit.Sample) {
		attribute(s, "tenure").Values[1] = "1-4 года"
	}},
	{rule: "R13", name: "a comma between values where the others have semicolons", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "channels", Type: "Технологический", Title: "Связь", Values: []string{"СЭД", "Телефон", "Почта, мессенджеры"}, Position: 90})
	}},
	{rule: "R13", name: "a misspelt channel", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "channels", Type: "Технологический", Title: "Каналы связи", Values: []string{"СЭД", "наручном"}, Position: 90})
	}},
	{rule: "R13", name: "a value that stands twice", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "mode", Type: "Технологический", Title: "Формат работы", Values: []string{"В офисе", "Удалённо", "в офисе"}, Position: 90})
	}},
	{rule: "R13", name: "a list that ends in a separator", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "mode", Type: "Технологический", Title: "Формат работы", Values: []string{"В офисе"}, Printed: []string{"Технологический", "Формат работы", "В офисе;"}, Position: 90})
	}},
	{rule: "R19", name: "cells printed a column to the left", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "mode", Type: "Технологический", Title: "Формат работы", Values: []string{"В офисе", "Удалённо"}, Printed: []string{"Формат работы", "В офисе; Удалённо", ""}, Position: 90})
	}},
	{rule: "R19", name: "a cell that the end of a page cut", spoil: func(s *testkit.Sample) {
		s.Register.Attributes = append(s.Register.Attributes, register.Attribute{Key: "mode", Type: "Технологический", Title: "Формат работы", Values: []string{"В офисе", "Удалённо"}, Printed: []string{"Технологический", "Формат работы", "В офисе;\nУдалённо"}, Position: 90})
	}},
	{rule: "R20", name: "a band that begins with the greater number", spoil: func(s *testkit.Sample) {
		attribute(s, "tenure").Values[3] = "10-6 лет"
	}},
	{rule: "R23", name: "a junior manager", spoil: func(s *testkit.Sample) {
		setValue(s, 0, "Категория должностей", "Руководитель")
		setValue(s, 0, "Группа должностей", "Младшая группа")
	}},
	{rule: "R23", name: "a supporting specialist of the highest group", spoil: func(s *testkit.Sample) {
		setValue(s, 1, "Группа должностей", "Высшая группа должностей")
	}},
}
