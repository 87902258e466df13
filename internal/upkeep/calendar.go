package upkeep

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// CalendarYearOf is the year as it is in force at a body, and whether the body has corrected or added it; ok is false when
// nobody has given it.
func CalendarYearOf(r *register.Register, number int) (y workday.Year, own, ok bool) {
	y, ok = CalendarOf(r).Year(number)
	key := strconv.Itoa(number)
	own = slices.ContainsFunc(r.Calendar, func(c register.CalendarYear) bool { return c.Key == key })
	return y, own, ok
}

// CalendarHash tells one state of a year from another; it is empty for a year that nobody has given.
func CalendarHash(r *register.Register, number int) string {
	y, _, ok := CalendarYearOf(r, number)
	if !ok {
		return ""
	}
	return HashOf(register.Encode(RegisterYear(y)))
}

// CorrectCalendar puts a whole year in the place of what the body has of it, on a ground. Open deadlines follow, and their
// entries name this ground. was is the CalendarHash that the person has seen; CodeStale when the year is another by now.
// CodeInvalid when a day cannot be, when the source is missing, or when nothing differs.
func (d *Desk) CorrectCalendar(ctx context.Context, actor Actor, slug string, y workday.Year, ground register.Ground, was string) (ledger.Receipt, error) {
	var r ledger.Receipt
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		if err := a.mayAppend(register.Change{Op: register.Amend, Kind: register.KindCalendar}); err != nil {
			return err
		}
		change, err := a.calendarChange(y, ground, was)
		if err != nil {
			return err
		}
		r, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{change}, Ground: ground, Head: ledger.AnyHead}, nil)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: calendar of %s", slug)
	}
	return r, nil
}

func (a *act) calendarChange(y workday.Year, ground register.Ground, was string) (register.Change, error) {
	field := func(name, text string) error {
		return &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Kind: register.KindCalendar, Key: strconv.Itoa(y.Number), Field: name, Text: text}}}
	}
	y.Source = strings.Join(strings.Fields(y.Source), " ")
	y, err := y.Tidy()
	switch {
	case err != nil:
		return register.Change{}, field("days", err.Error())
	case y.Source == "":
		return register.Change{}, field("source", "Назовите акт, которым перенесены выходные дни: вид, дату и номер.")
	case len(y.Source) > maxSettle:
		return register.Change{}, field("source", "Назовите акт короче: вид, дату и номер.")
	case strings.TrimSpace(ground.Text) == "":
		return register.Change{}, field("ground", "Напишите, почему меняется календарь.")
	}
	if was != CalendarHash(a.register, y.Number) {
		return register.Change{}, &Error{Code: CodeStale, Text: "Пока вы готовили изменение, календарь этого года исправил кто-то другой. Ничего не записано: посмотрите, что стало, и повторите."}
	}
	now, own, known := CalendarYearOf(a.register, y.Number)
	c := RegisterYear(y)
	if known && slices.Equal(now.Days, y.Days) && now.Source == y.Source {
		return register.Change{}, invalid("В календаре %d года так и стоит: менять нечего.", y.Number)
	}
	op := register.Include
	if own {
		op = register.Amend
	}
	return register.Change{Op: op, Kind: register.KindCalendar, Key: c.Key, Content: register.Encode(c)}, nil
}

// WithDay is the year with one day made what kind says: workday.Holiday, Off, Working or Short; an empty kind is what its
// day of the week says.
func WithDay(y workday.Year, day register.Date, kind, note string) workday.Year {
	y.Days = slices.DeleteFunc(slices.Clone(y.Days), func(s workday.Special) bool { return s.Date == string(day) })
	if kind != "" {
		y.Days = append(y.Days, workday.Special{Date: string(day), Kind: kind, Note: strings.Join(strings.Fields(note), " ")})
	}
	return y
}

// RestoreCalendar takes the body's own version of a year away: the one in the program holds again, or none.
func (d *Desk) RestoreCalendar(ctx context.Context, actor Actor, slug string, number int, ground register.Ground, was string) (ledger.Receipt, error) {
	var r ledger.Receipt
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		c := register.Change{Op: register.Exclude, Kind: register.KindCalendar, Key: strconv.Itoa(number)}
		if err := a.mayAppend(c); err != nil {
			return err
		}
		if _, own, _ := CalendarYearOf(a.register, number); !own {
			return notFound("Орган не исправлял календарь %d года.", number)
		}
		if was != CalendarHash(a.register, number) {
			return &Error{Code: CodeStale, Text: "Пока вы смотрели календарь, его исправил кто-то другой. Ничего не записано."}
		}
		if strings.TrimSpace(ground.Text) == "" {
			return invalid("Напишите, почему меняется календарь.")
		}
		r, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: ground, Head: ledger.AnyHead}, nil)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: calendar of %s", slug)
	}
	return r, nil
}
