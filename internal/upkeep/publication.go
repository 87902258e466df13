package upkeep

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/rights"
)

// Publish records where and when an edition was made public; an edition may be published in several places. p.Key is chosen
// here. CodeInvalid with Fields «date», «where», «link».
func (d *Desk) Publish(ctx context.Context, actor Actor, slug string, p register.Publication) (register.Publication, error) {
	p.Where, p.Link = strings.TrimSpace(p.Where), strings.TrimSpace(p.Link)
	err := d.do(ctx, actor, slug, func(a *act) error {
		e, err := a.published(p.Edition)
		if err != nil {
			return err
		}
		if wrong := wrongPublication(p, e, register.DateOf(a.now)); len(wrong) > 0 {
			return wrongFields(wrong)
		}
		next := 1
		for _, x := range a.register.Publications {
			if n, ok := strings.CutPrefix(x.Key, strconv.Itoa(p.Edition)+"-"); ok {
				if i, err := strconv.Atoi(n); err == nil && i >= next {
					next = i + 1
				}
			}
			if x.Edition == p.Edition && x.Date == p.Date && x.Where == p.Where && x.Link == p.Link {
				return refused("Такое опубликование редакции № %d уже записано.", p.Edition)
			}
		}
		p.Key = fmt.Sprintf("%d-%d", p.Edition, next)
		c := register.Change{Op: register.Include, Kind: register.KindPublication, Key: p.Key, Content: register.Encode(p)}
		if _, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: register.Ground{Text: "опубликование редакции № " + strconv.Itoa(p.Edition)}, Head: ledger.AnyHead}, nil); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventEditionPublic, Body: slug, Actor: actor.Account})
	})
	return p, wrap(err, "upkeep: publish edition %d of %s", p.Edition, slug)
}

// Unpublish takes a publication back that was recorded by mistake; its entry stays in the log.
func (d *Desk) Unpublish(ctx context.Context, actor Actor, slug string, edition int, key string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if _, err := a.published(edition); err != nil {
			return err
		}
		for _, x := range a.register.Publications {
			if x.Key == key && x.Edition == edition {
				c := register.Change{Op: register.Exclude, Kind: register.KindPublication, Key: key}
				_, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: register.Ground{Text: "ошибочная запись об опубликовании"}, Head: ledger.AnyHead}, nil)
				return err
			}
		}
		return notFound("Такой записи об опубликовании нет.")
	})
	return wrap(err, "upkeep: unpublish %s of %s", key, slug)
}

// published gives the edition about whose publication the actor has a say.
func (a *act) published(number int) (register.Edition, error) {
	if !a.in(register.RoleOfficer, "") && !a.in(register.RoleHead, "") {
		return register.Edition{}, refused("Опубликование записывает уполномоченное лицо или руководитель органа.")
	}
	e, ok := a.register.Edition(number)
	if !ok {
		return e, notFound("Редакции № %d нет.", number)
	}
	return e, nil
}

func wrongPublication(p register.Publication, e register.Edition, today register.Date) []FieldError {
	var wrong []FieldError
	add := func(field, format string, args ...any) {
		wrong = append(wrong, FieldError{Field: field, Text: fmt.Sprintf(format, args...)})
	}
	switch _, ok := p.Date.Time(); {
	case !ok:
		add("date", "Нужна дата опубликования: день, месяц и год.")
	case p.Date < e.Date:
		add("date", "Опубликовать редакцию раньше её даты (%s) нельзя.", lang.Date(string(e.Date)))
	case p.Date > today:
		add("date", "Эта дата ещё не наступила: запишите опубликование, когда оно состоится.")
	}
	switch {
	case p.Where == "":
		add("where", "Укажите, где опубликовано: например, «официальный сайт».")
	case utf8.RuneCountInString(p.Where) > maxWhere:
		add("where", "Место опубликования длиннее %d знаков.", maxWhere)
	}
	if p.Link != "" {
		u, err := url.Parse(p.Link)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || len(p.Link) > maxLink || strings.ContainsAny(p.Link, " \t\n<>\"") {
			add("link", "Ссылка не похожа на адрес страницы: нужна вида https://…")
		}
	}
	return wrong
}

// holders are the accounts that hold a role for the whole body now.
func holders(s sight, role string) []string {
	return rights.Holders(s.register, role, "", register.DateOf(s.now))
}
