package upkeep

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Bounds of what a change of hours may say, in runes.
const (
	maxClosureReason = 200
	maxClosureAside  = 300
)

// Close records that a point does not keep its hours for a while: it is closed, or people are received elsewhere. The
// department that answers for the point may, and the authorised officer and the head; nobody includes it after them, because it
// is no content of the register and comes too late when it waits (docs/decisions/closures.md). c.Key is chosen here.
// CodeInvalid with Fields «from», «fromtime», «to», «totime», «reason», «place», «value».
func (d *Desk) Close(ctx context.Context, actor Actor, slug string, c register.Closure) (register.Closure, error) {
	c.Reason, c.Place, c.Value = line(c.Reason), line(c.Place), line(c.Value)
	c.FromTime, c.ToTime = strings.TrimSpace(c.FromTime), strings.TrimSpace(c.ToTime)
	err := d.do(ctx, actor, slug, func(a *act) error {
		t, err := a.keepsHours(c.Touchpoint)
		if err != nil {
			return err
		}
		if wrong := wrongClosure(c, a.now); len(wrong) > 0 {
			return wrongFields(wrong)
		}
		c.Key = ""
		for _, x := range a.register.Closures {
			if x.Key = ""; x == c { // sent twice
				return refused("Это изменение часов уже записано.")
			}
		}
		c.Key = fmt.Sprintf("c%d", a.register.N+1)
		_, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindClosure, Key: c.Key, Content: register.Encode(c)}},
			Ground: register.Ground{Text: "изменение часов: " + clip(t.Text(), 200)}, Head: ledger.AnyHead}, nil)
		return err
	})
	return c, wrap(err, "upkeep: close %s of %s", c.Touchpoint, slug)
}

// Reopen ends a closure now; one that has not begun is taken out. CodeNotFound when there is none or it is over.
func (d *Desk) Reopen(ctx context.Context, actor Actor, slug, key string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		for _, c := range a.register.Closures {
			if c.Key != key {
				continue
			}
			t, err := a.keepsHours(c.Touchpoint)
			if err != nil {
				return err
			}
			from, to, _ := c.Span(a.now.Location())
			change := register.Change{Op: register.Exclude, Kind: register.KindClosure, Key: key}
			switch now := a.now.Truncate(time.Minute); {
			case !to.IsZero() && !now.Before(to):
				return notFound("Это изменение часов уже закончилось.")
			case now.After(from):
				c.To, c.ToTime = register.DateOf(now), now.Format("15:04")
				change.Op, change.Content = register.Amend, register.Encode(c)
				if c.ToTime == "00:00" { // the day before, to its end
					c.To, c.ToTime = register.DateOf(now.AddDate(0, 0, -1)), ""
					change.Content = register.Encode(c)
				}
			}
			_, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{change}, Ground: register.Ground{Text: "часы снова прежние: " + clip(t.Text(), 200)}, Head: ledger.AnyHead}, nil)
			return err
		}
		return notFound("Такого изменения часов нет.")
	})
	return wrap(err, "upkeep: reopen %s of %s", key, slug)
}

// keepsHours gives the point about whose hours the actor has a say.
func (s sight) keepsHours(point string) (register.Touchpoint, error) {
	t, ok := s.register.Touchpoint(point)
	if !ok {
		return t, notFound("Такой точки в перечне нет.")
	}
	department := responsibleFor(s.register)[point]
	if department != "" && s.in(register.RoleDepartment, department) || s.in(register.RoleOfficer, department) || s.in(register.RoleHead, department) {
		return t, nil
	}
	return t, refused("За точку «%s» отвечает другой отдел: изменить её часы может он, уполномоченное лицо или руководитель.", t.Text())
}

func wrongClosure(c register.Closure, now time.Time) []FieldError {
	var wrong []FieldError
	add := func(field, text string) { wrong = append(wrong, FieldError{Field: field, Text: text}) }
	clock := func(field, text string) {
		if _, err := time.Parse("15:04", text); text != "" && err != nil {
			add(field, "Нужно время вида 14:00.")
		}
	}
	clock("fromtime", c.FromTime)
	clock("totime", c.ToTime)
	from, okFrom := c.From.Time()
	to, okTo := c.To.Time()
	switch {
	case !okFrom:
		add("from", "Нужен первый день: число, месяц и год.")
	case from.Year() > now.Year()+2:
		add("from", "До этого дня больше двух лет: проверьте год.")
	}
	switch {
	case c.To != "" && !okTo:
		add("to", "Нужен последний день: число, месяц и год; или оставьте пустым, если он ещё не известен.")
	case c.To == "" && c.ToTime != "":
		add("to", "Для времени окончания нужен и день.")
	case okTo && c.To < c.From:
		add("to", "Последний день раньше первого.")
	case okTo && to.Year() > now.Year()+5:
		add("to", "До этого дня больше пяти лет: проверьте год.")
	}
	if len(wrong) == 0 {
		switch _, end, ok := c.Span(now.Location()); {
		case !ok:
			add("totime", "Конец должен быть позже начала.")
		case !end.IsZero() && !end.After(now):
			add("to", "Это время уже прошло.")
		}
	}
	for _, f := range []struct {
		field, text string
		most        int
	}{{"reason", c.Reason, maxClosureReason}, {"place", c.Place, maxClosureAside}, {"value", c.Value, maxClosureAside}} {
		if utf8.RuneCountInString(f.text) > f.most {
			add(f.field, fmt.Sprintf("Не больше %d знаков.", f.most))
		}
	}
	if c.Reason == "" {
		add("reason", "Напишите причину: её увидят клиенты.")
	}
	return wrong
}
