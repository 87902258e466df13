package cli

import (
	"context"
	"strconv"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/web"
)

// at finds the entry that was the last one on a day («2026-03-01»); an empty day is now, entry 0.
func (a *app) at(ctx context.Context, l *ledger.Ledger, slug, day string) (int64, error) {
	if day == "" {
		return 0, nil
	}
	d, err := parseDay("--on", day)
	if err != nil {
		return 0, err
	}
	n, err := l.At(ctx, slug, d)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, refusef("на %s в журнале ещё не было записей", day)
	}
	return n, nil
}

// parseDay reads a day given in a flag.
func parseDay(flag, day string) (register.Date, error) {
	d := register.Date(day)
	if _, ok := d.Time(); !ok {
		return "", usagef("%s: «%s» — не дата; нужно ГГГГ-ММ-ДД, например 2026-02-16", flag, day)
	}
	return d, nil
}

// moment reads one side of a comparison: an edition («1»), an entry of the log («@31»), a day («2026-03-01») or «now».
func (a *app) moment(ctx context.Context, l *ledger.Ledger, slug, s string) (web.State, error) {
	head, err := l.Head(ctx, slug)
	if err != nil {
		return web.State{}, err
	}
	if s == "now" || s == "сейчас" {
		return web.State{Body: slug, N: head.N}, nil
	}
	if entry, ok := strings.CutPrefix(s, "@"); ok {
		n, err := strconv.ParseInt(entry, 10, 64)
		if err != nil || n < 1 || n > head.N {
			return web.State{}, refusef("нет записи «%s»: в журнале записи с 1 по %d", entry, head.N)
		}
		return web.State{Body: slug, N: n}, nil
	}
	if number, err := strconv.Atoi(s); err == nil {
		return a.edition(ctx, l, slug, number)
	}
	if _, ok := register.Date(s).Time(); !ok {
		return web.State{}, usagef("«%s» непонятно: нужен номер редакции (1), записи (@31), дата (2026-03-01) или now", s)
	}
	n, err := a.at(ctx, l, slug, s)
	return web.State{Body: slug, N: n, On: register.Date(s)}, err
}

// edition finds the state that an edition is.
func (a *app) edition(ctx context.Context, l *ledger.Ledger, slug string, number int) (web.State, error) {
	r, err := l.State(ctx, slug, 0)
	if err != nil {
		return web.State{}, err
	}
	e, ok := r.Edition(number)
	if !ok {
		return web.State{}, refusef("нет редакции № %d; редакций в журнале: %d", number, len(r.Editions))
	}
	return web.State{Body: slug, N: e.N, Edition: &e}, nil
}
