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
