package main

import (
	"fmt"

	"perechen/internal/register"
)

// large is a register of n usages as the changes that include it: a process for each hundred usages, ten points a process.
func large(n int) []register.Change {
	var cs []register.Change
	add := func(kind register.Kind, key string, v any) {
		cs = append(cs, register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)})
	}
	processes := (n + 99) / 100
	for i := range processes {
		key := fmt.Sprintf("p%05d", i)
		add(register.KindProcess, key, register.Process{Key: key, Title: fmt.Sprintf("Сопровождение процесса прохождения государственной гражданской службы № %d", i+1), Position: i + 1})
		for j := range 10 {
			t := point(i*10 + j)
			add(register.KindTouchpoint, t.Key, t)
		}
	}
	for i := range n {
		u := register.Usage{
			Key: fmt.Sprintf("u%06d", i), Process: fmt.Sprintf("p%05d", i/100), Touchpoint: point(i/100*10 + i%10).Key, Client: "internal",
			Needs: []register.NeedRef{{Code: "info", Text: "Получение информации клиентом"}, {Code: "consultation", Text: "получение консультации клиентом"}},
			Text:  fmt.Sprintf("Получение информации клиентом, получение консультации клиентом по вопросу %d", i+1), Feature: "Взаимодействие в цифровой точке", Printed: register.Digital, Position: i + 1,
		}
		add(register.KindUsage, u.Key, u)
	}
	return cs
}

func point(i int) register.Touchpoint {
	value := fmt.Sprintf("8 (8672) %02d-%02d-%02d", 50+i/10000%50, i/100%100, i%100)
	return register.Touchpoint{Key: fmt.Sprintf("tel-%06d", i), Kind: "phone", Label: "Телефон", Value: value,
		Contact: fmt.Sprintf("+78672%02d%02d%02d", 50+i/10000%50, i/100%100, i%100), Position: i + 1}
}
