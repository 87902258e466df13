package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
)

// A body has so many usages: fifty processes with twenty points each, of ten departments.
const (
	processesOfBody = 50
	pointsOfProcess = 20
	departments     = 10
	usagesOfBody    = processesOfBody * pointsOfProcess
)

// A country is an installation that grows body by body.
type country struct {
	at     store.Place
	bodies int
	point  string // key of a point that every body has
	costs  costs
}

func slugOf(i int) string { return fmt.Sprintf("organ-%05d", i) }

// grow brings the installation to each size in turn and measures it there.
func (c *country) grow(ctx context.Context, database string, sizes []int) error {
	if err := c.at.Init(ctx); err != nil {
		return err
	}
	for _, n := range sizes {
		fmt.Fprintf(os.Stderr, "%s, %d usages\n", database, n)
		if err := c.load(ctx, n/usagesOfBody); err != nil {
			return err
		}
		if err := c.settle(ctx); err != nil {
			return err
		}
		if err := c.measure(ctx, database); err != nil {
			return err
		}
	}
	c.costs.print(database, sizes)
	return nil
}

// load adds bodies until there are so many. Each goes in by two transactions: its founding and its register.
func (c *country) load(ctx context.Context, bodies int) error {
	s, key, err := c.at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	begin, began := time.Now(), c.bodies
	entries := int64(0)
	for ; c.bodies < bodies; c.bodies++ {
		n, err := c.add(ctx, l, c.bodies)
		if err != nil {
			return err
		}
		entries += n
		if c.bodies%100 == 99 {
			fmt.Fprintf(os.Stderr, "  %d bodies, %.0f entries a second\n", c.bodies+1, float64(entries)/time.Since(begin).Seconds())
		}
	}
	took := time.Since(begin)
	c.costs.time("a body of 1000 usages taken in", took/time.Duration(bodies-began))
	c.costs.add("entries a second, taken in", fmt.Sprintf("%.0f", float64(entries)/took.Seconds()), 0)
	return nil
}

// add takes in a body: what all have, in words and with telephones of its own.
func (c *country) add(ctx context.Context, l *ledger.Ledger, i int) (entries int64, err error) {
	sample := testkit.Wide(processesOfBody, pointsOfProcess, departments)
	r, own := sample.Register, rand.New(rand.NewPCG(uint64(i), 1))
	r.Organisation.Slug = slugOf(i)
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
			t.Place = fmt.Sprintf("г. %sск, ул. %s, %d", regionOf(own), pick(own, streets), 1+own.IntN(200))
		}
	}
	c.point = r.Touchpoints[len(r.Touchpoints)-1].Key
	ground := register.Ground{Clause: "4.1", Text: "первичное наполнение"}
	if err := l.AddBody(ctx, r.Organisation, sample.Procedure, ground, "scale"); err != nil {
		return 0, err
	}
	receipt, err := l.Append(ctx, r.Organisation.Slug, ledger.Batch{Changes: testkit.Changes(r), Ground: ground, Actor: "scale", Head: ledger.AnyHead})
	return receipt.To, err
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// regionOf makes the name of a region out of syllables: a country has many words, and a search index as many.
func regionOf(r *rand.Rand) string {
	return pick(r, syllables) + pick(r, syllables) + pick(r, syllables)
}

var (
	concerns  = []string{"образования и науки", "здравоохранения", "природных ресурсов", "строительства", "сельского хозяйства", "культуры", "транспорта", "труда и занятости", "экономики", "финансов", "спорта", "туризма", "печати", "связи", "энергетики", "юстиции"}
	streets   = []string{"Мира", "Ленина", "Садовая", "Лесная", "Школьная", "Гагарина", "Кирова", "Пушкина", "Советская", "Заводская", "Речная", "Полевая"}
	syllables = []string{"Во", "ро", "не", "Бе", "ло", "го", "Са", "ма", "ра", "Пен", "за", "Кур", "Там", "бо", "Ли", "пе", "Ря", "за", "Тве", "ри", "Ор", "ло", "Вла", "ди", "Мур", "ман", "Пско", "ва", "Нов", "го"}
)
