package upkeep

import (
	"strconv"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// The terms that hold where an order says none (docs/procedure.md).
const (
	defaultDays        = 10 // working days of a task
	defaultMonths      = 3  // months after which a point is confirmed again
	defaultConfirmDays = 10 // working days before the end of the period in which the department is asked
	defaultOfficerDays = 3  // working days after a missed deadline until the authorised officer has it before him
	defaultHeadDays    = 10 // and until the head has
)

// Terms are the terms of clause 4.1 by which a body works.
type Terms struct {
	Days        int // working days for a task
	Months      int // period of confirmation
	ConfirmDays int // working days before its end in which the department is asked
	OfficerDays int // working days after a deadline until the officer is told
	HeadDays    int // working days after a deadline until the head is told
}

// TermsOf gives the terms that the procedure says, and the documented defaults for those it leaves out.
func TermsOf(p *procedure.Procedure) Terms {
	t := Terms{Days: defaultDays, Months: defaultMonths, ConfirmDays: defaultConfirmDays, OfficerDays: defaultOfficerDays, HeadDays: defaultHeadDays}
	if p == nil {
		return t
	}
	for _, f := range []struct {
		said int
		term *int
	}{
		{p.Actualise.DeadlineDays, &t.Days}, {p.Actualise.PeriodMonths, &t.Months}, {p.Actualise.ConfirmDays, &t.ConfirmDays},
		{p.Actualise.OfficerDays, &t.OfficerDays}, {p.Actualise.HeadDays, &t.HeadDays},
	} {
		if f.said > 0 {
			*f.term = f.said
		}
	}
	return t
}

// CalendarOf is the production calendar of a body: the shipped years and the body's corrections of them.
func CalendarOf(r *register.Register) workday.Calendar {
	cal := workday.Shipped()
	for _, y := range r.Calendar {
		if with, err := cal.With(WorkdayYear(y)); err == nil { // what went in through CorrectCalendar can be read
			cal = with
		}
	}
	return cal
}

// WorkdayYear is a year of a body's calendar as package workday has it; RegisterYear the way back.
func WorkdayYear(y register.CalendarYear) workday.Year {
	w := workday.Year{Source: y.Source}
	for _, c := range y.Key {
		if c < '0' || c > '9' || w.Number > 9999 {
			return workday.Year{}
		}
		w.Number = w.Number*10 + int(c-'0')
	}
	for _, d := range y.Days {
		w.Days = append(w.Days, workday.Special{Date: string(d.Date), Kind: d.Kind, Note: d.Note})
	}
	return w
}

// RegisterYear is a year of package workday as the log keeps it.
func RegisterYear(y workday.Year) register.CalendarYear {
	c := register.CalendarYear{Key: strconv.Itoa(y.Number), Source: y.Source, Days: []register.CalendarDay{}}
	for _, d := range y.Days {
		c.Days = append(c.Days, register.CalendarDay{Date: register.Date(d.Date), Kind: d.Kind, Note: d.Note})
	}
	return c
}
