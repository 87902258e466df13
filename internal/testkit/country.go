package testkit

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// UsagesOfBody is how many usages each body of a Country has: fifty processes with twenty points each.
const UsagesOfBody = 50 * 20

// Country is the i-th body of a country: what all bodies have, with names, telephones and addresses of its own. The same i
// gives the same body.
func Country(i int) Sample {
	sample := Wide(50, 20, 10)
	r, own := sample.Register, rand.New(rand.NewPCG(uint64(i), 1))
	r.Organisation.Slug = fmt.Sprintf("organ-%05d", i)
	r.Organisation.Name = fmt.Sprintf("Министерство %s %s области", pick(own, concerns), regionOf(own))
	r.Organisation.ShortName, r.Organisation.Genitive = r.Organisation.Name, r.Organisation.Name
	for j := range r.Processes {
		r.Processes[j].Title += " " + pick(own, concerns)
	}
	for j := range r.Touchpoints {
		t := &r.Touchpoints[j]
		if t.Kind == "phone" {
			n := own.IntN(10_000_000)
			t.Value, t.Contact = fmt.Sprintf("8 (499) %03d-%02d-%02d", n/10_000, n/100%100, n%100), fmt.Sprintf("+7499%07d", n)
		}
		if t.Kind == "office" {
			t.Place = fmt.Sprintf("г. %s, ул. %s, %d", strings.TrimSuffix(regionOf(own), "ой"), pick(own, streets), 1+own.IntN(200))
		}
	}
	return sample
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// regionOf makes the name of a region out of syllables: a country has many words, and a search index as many.
func regionOf(r *rand.Rand) string {
	rest := []rune(strings.ToLower(pick(r, syllables) + pick(r, syllables) + pick(r, syllables)))
	return string(append([]rune{unicode.ToUpper(rest[0])}, rest[1:]...)) + "ской"
}

var (
	concerns  = []string{"образования и науки", "здравоохранения", "природных ресурсов", "строительства", "сельского хозяйства", "культуры", "транспорта", "труда и занятости", "экономики", "финансов", "спорта", "туризма", "печати", "связи", "энергетики", "юстиции"}
	streets   = []string{"Мира", "Ленина", "Садовая", "Лесная", "Школьная", "Гагарина", "Кирова", "Пушкина", "Советская", "Заводская", "Речная", "Полевая"}
	syllables = []string{"Во", "ро", "не", "Бе", "ло", "го", "Са", "ма", "ра", "Пен", "за", "Кур", "Там", "бо", "Ли", "пе", "Ря", "за", "Тве", "ри", "Ор", "ло", "Вла", "ди", "Мур", "ман", "Пско", "ва", "Нов", "го"}
)
