package testkit

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"perechen/internal/register"
)

// CleanDictionary is a dictionary of segmentation in which nothing is to be found: with bands of every way of writing that
// leaves no number in two of them, commas inside phrases, marks, free text, and words that resemble those of the orders.
func CleanDictionary() []register.Attribute {
	as := []register.Attribute{
		{Key: "kind", Type: "Организационный", Title: "Вид службы", Values: []string{"Государственная гражданская служба субъекта РФ", "Муниципальная служба", "Работа по трудовому договору"}},
		{Key: "category", Type: "Организационный", Title: "Категория должностей", Values: []string{"Руководитель", "Помощник (советник)", "Специалист", "Обеспечивающий специалист"}},
		{Key: "group", Type: "Организационный", Title: "Группа должностей", Values: []string{"Высшая", "Главная", "Ведущая", "Старшая", "Младшая"}},
		{Key: "tenure", Type: "Организационный", Title: "Стаж общий", Values: []string{"Менее 1 года", "От 1 года до 3 лет включительно", "Свыше 3 до 5 лет включительно", "Свыше 5 до 10 лет включительно", "Более 10 лет"}},
		{Key: "tenure2", Type: "Организационный", Title: "Стаж в органе", Values: []string{"До 1 года", "От 1 года и менее 3 лет", "От 3 и менее 10 лет", "10 лет и более"}},
		{Key: "income", Type: "Организационный", Title: "Уровень дохода", Values: []string{"До 30 000 рублей включительно", "Свыше 30 000 до 60 000 рублей включительно", "Более 60 000 рублей"}},
		{Key: "age", Type: "Организационный", Title: "Возраст", Values: []string{"18-24", "25-34", "35-44", "45-54", "55 и старше"}, Optional: true},
		{Key: "benefits", Type: "Организационный", Title: "Льготы (при наличии)", Optional: true, Several: true, Values: []string{"Надбавка за выслугу лет", "Отпуск, оплачиваемый дополнительно",
			"Надбавки: за работу со сведениями, составляющими тайну, за особые условия", "Лица, имеющие детей", "Жильё, транспорт и связь"}},
		{Key: "schedule", Type: "Организационный", Title: "График работы", Values: []string{"Полный рабочий день", "Сменный, гибкий график", "Вахтовый метод"}},
		{Key: "region", Type: "Организационный", Title: "Региональная принадлежность", Free: true, Values: []string{"Регион (в зависимости от региона клиент может получать свои уникальные услуги)"}},
		{Key: "channels", Type: "Технологический", Title: "Каналы связи на работе", Several: true, Values: []string{"СЭД", "Корпоративная почта", "Мессенджеры", "Нарочным", "Телефон"}},
		{Key: "skill", Type: "Технологический", Title: "Уровень цифровой грамотности", Values: []string{"Низкий", "Средний", "Высокий"}},
		{Key: "unit", Type: "Функциональный", Title: "Подразделение", Values: []string{"Отдел закупок и снабжения", "Отдел охраны труда, экологии и гражданской обороны"}},
		{Key: "work", Type: "Функциональный", Title: "Функционал", Free: true},
	}
	for i := range as {
		as[i].Position = i + 1
	}
	return as
}

// Segments is a register of nothing but a generated dictionary of so many attributes and so many profiles, some of which point
// to kinds of channels, points and processes of a clean register. The same seed gives the same one.
func Segments(seed uint64, attributes, profiles int) Sample {
	s := Clean()
	r := *s.Register
	rnd := rand.New(rand.NewPCG(seed, 46))
	words := strings.Fields("доступ служба работа обучение график отпуск надбавка допуск связь жильё транспорт участок уровень состав порядок учёт навык язык")
	phrase := func(n int) string {
		var ws []string
		for range n {
			ws = append(ws, words[rnd.IntN(len(words))])
		}
		p := []rune(strings.Join(ws, " "))
		return strings.ToUpper(string(p[:1])) + string(p[1:])
	}
	r.Attributes, r.Profiles = nil, nil
	for i := range attributes {
		a := register.Attribute{Key: fmt.Sprintf("a%d", i+1), Type: fmt.Sprintf("Тип %c", 'А'+rune(i*4/max(attributes, 1))), Title: fmt.Sprintf("%s %d", phrase(2), i+1), Position: i + 1,
			Optional: rnd.IntN(4) == 0, Several: rnd.IntN(4) == 0}
		switch rnd.IntN(6) {
		case 0:
			a.Free = true
			if rnd.IntN(2) == 0 {
				a.Values = []string{phrase(4) + " (что именно, пишут своими словами)"}
			}
		case 1:
			low := 1 + rnd.IntN(4)
			a.Values = []string{fmt.Sprintf("Менее %d", low)}
			for range 1 + rnd.IntN(5) {
				high := low + 1 + rnd.IntN(9)
				a.Values = append(a.Values, fmt.Sprintf("От %d и менее %d", low, high))
				low = high
			}
			a.Values = append(a.Values, fmt.Sprintf("От %d", low))
		default:
			for k := range 1 + rnd.IntN(7) {
				a.Values = append(a.Values, fmt.Sprintf("%s %c", phrase(1+rnd.IntN(3)), 'А'+rune(k)))
			}
		}
		r.Attributes = append(r.Attributes, a)
	}
	for i := range profiles {
		p := register.Profile{Key: fmt.Sprintf("pr%d", i+1), Title: fmt.Sprintf("%s, вид %d", phrase(3), i+1), Position: i + 1, Values: []register.ProfileValue{},
			Purpose: phrase(4) + "; " + phrase(3), Features: phrase(5), Inform: phrase(2), Receive: phrase(2)}
		if g := i * 5 / max(profiles, 1); g > 0 {
			p.Group = fmt.Sprintf("Направление %d", g)
		}
		for _, a := range r.Attributes {
			if rnd.IntN(3) > 0 {
				continue
			}
			v := phrase(1)
			if !a.Free {
				v = a.Values[rnd.IntN(len(a.Values))]
			}
			p.Values = append(p.Values, register.ProfileValue{Attribute: a.Title, Value: v})
		}
		if rnd.IntN(2) == 0 {
			p.InformBy = append(p.InformBy, register.ChannelRef{Kind: "email"}, register.ChannelRef{Touchpoint: r.Touchpoints[rnd.IntN(len(r.Touchpoints))].Key})
		}
		if rnd.IntN(2) == 0 {
			p.ReceiveBy = append(p.ReceiveBy, register.ChannelRef{Kind: "office"})
		}
		if rnd.IntN(2) == 0 {
			p.Process = r.Processes[rnd.IntN(len(r.Processes))].Key
		}
		r.Profiles = append(r.Profiles, p)
	}
	s.Register = &r
	return s
}
