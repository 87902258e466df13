package upkeep

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/rights"
	"perechen/internal/workday"
)

// mailHour is when mail of reminders and of digests goes out, by the installation's clock.
const mailHour = 8

// Notify is the hook by which events become notices, in the transaction of the event.
func (d *Desk) Notify(ctx context.Context, tx Tx, e Event) error {
	r := e.After
	if r == nil {
		var err error
		if r, _, err = d.ledger.StateIn(ctx, tx, e.Body); err != nil {
			return err
		}
	}
	return d.notify(ctx, tx, r, e.Actor, d.noticesOf(r, e))
}

// A told is a notice and to whom it goes.
type told struct {
	Notice
	to       []string
	reminder bool // its mail waits for the morning
}

// noticesOf says what is told to whom when something happens.
func (d *Desk) noticesOf(r *register.Register, e Event) []told {
	day := register.DateOf(d.now())
	home := "/" + url.PathEscape(e.Body) + "/"
	one := func(event, href, text string, to ...string) []told {
		return []told{{Notice: Notice{Event: e.Body + "/" + event, Body: e.Body, Kind: e.Kind, Text: text, Href: home + href}, to: to}}
	}
	switch e.Kind {
	case EventSubmitted, EventWithdrawn, EventReturned, EventIncluded:
		p := e.Proposal
		event, href := fmt.Sprintf("%s/%s/%d", e.Kind, p.ID, p.Version), "proposals/"+url.PathEscape(p.ID)
		name := proposalName(r, p)
		switch e.Kind {
		case EventSubmitted:
			return one(event, href, name+" ждёт проверки.", rights.Holders(r, register.RoleOfficer, p.Department, day)...)
		case EventWithdrawn:
			if p.Submitted.IsZero() {
				return nil // nobody but its people knew of it
			}
			return one(event, href, name+" отозвано.", rights.Holders(r, register.RoleOfficer, p.Department, day)...)
		case EventReturned:
			return one(event, href, name+" возвращено с замечаниями.", append(slices.Clone(e.To), p.Author)...)
		}
		return one(event, href, name+" включено в перечень.", append(slices.Clone(e.To), p.Author)...)
	case EventEditionPrepared:
		return one(fmt.Sprintf("%s/%d", e.Kind, r.N), "editions/prepare", "Редакция подготовлена и ждёт утверждения.", e.To...)
	case EventEditionApproved:
		if n := len(r.Editions); n > 0 {
			number := r.Editions[n-1].Number
			return one(fmt.Sprintf("%s/%d", e.Kind, number), fmt.Sprintf("editions/%d", number), fmt.Sprintf("Редакция № %d утверждена.", number), e.To...)
		}
	case EventEditionPublic:
		to := append(rights.Holders(r, register.RoleOfficer, "", day), rights.Holders(r, register.RoleHead, "", day)...)
		return one(fmt.Sprintf("%s/%d", e.Kind, r.N), "editions", "Редакция опубликована.", to...)
	case EventRecorded:
		return append(newTasks(e, r, day, home), appointments(e, r, home)...)
	}
	return nil
}

// proposalName names a proposal in a sentence by what it changes.
func proposalName(r *register.Register, p *Proposal) string {
	name := "Предложение"
	for _, d := range r.Departments {
		if d.Key == p.Department && d.Genitive != "" {
			return name + " " + d.Genitive
		}
	}
	return name
}

// newTasks are the tasks that were opened; the names of the events are those of the reminders, so that nobody is told of a
// new task twice.
func newTasks(e Event, r *register.Register, day register.Date, home string) []told {
	before := map[string]register.Date{} // day on which it was opened, while open
	if e.Before != nil {
		for _, t := range e.Before.Tasks {
			if t.Done == "" {
				before[t.Key] = t.Opened
			}
		}
	}
	var ts []told
	for _, t := range r.Tasks {
		if t.Done != "" || before[t.Key] == t.Opened {
			continue
		}
		to := rights.Holders(r, register.RoleOfficer, "", day)
		if t.Department != "" {
			to = rights.Holders(r, register.RoleDepartment, t.Department, day)
		}
		text := "Новая задача. " + t.Reason
		if t.Due != "" {
			text = fmt.Sprintf("Новая задача, срок %s. %s", lang.Date(string(t.Due)), t.Reason)
		}
		ts = append(ts, told{Notice: Notice{Event: fmt.Sprintf("%s/task/%s/%s/%s", e.Body, t.Key, t.Opened, StageOpened), Body: e.Body, Kind: "reminder-" + StageOpened, Text: text, Href: home + "tasks/" + url.PathEscape(t.Key)}, to: to})
	}
	return ts
}

// appointments tells people that they were appointed, or that an appointment was revoked.
func appointments(e Event, r *register.Register, home string) []told {
	if e.Before == nil {
		return nil
	}
	key := func(a register.Appointment) string { return a.Key + "\x00" + a.Account }
	was := map[string]register.Appointment{}
	for _, a := range e.Before.Appointments {
		was[key(a)] = a
	}
	var ts []told
	tell := func(a register.Appointment, event, text string) {
		if a.Account != "" {
			ts = append(ts, told{Notice: Notice{Event: fmt.Sprintf("%s/%s/%s/%d", e.Body, event, a.Key, e.Receipt.To), Body: e.Body, Kind: event, Text: text, Href: home + "people"}, to: []string{a.Account}})
		}
	}
	for _, a := range r.Appointments {
		if _, ok := was[key(a)]; !ok {
			tell(a, "appointed", "Вам поручена роль: "+RoleTitle(nil, a.Role)+" ("+a.Act.Text()+").")
		}
		delete(was, key(a))
	}
	for _, a := range was {
		tell(a, "revoked", "Назначение отозвано: "+RoleTitle(nil, a.Role)+".")
	}
	return ts
}

// notify writes notices to everybody concerned but the one who did it. Accounts that are blocked or gone are left out.
func (d *Desk) notify(ctx context.Context, tx Tx, r *register.Register, actor string, ts []told) error {
	now := d.now()
	type wish struct {
		tell, mail bool
		mode       string
	}
	wishes := map[string]wish{} // a bulk change may tell one person of hundreds of tasks
	wishOf := func(account string) (w wish, err error) {
		if w, ok := wishes[account]; ok {
			return w, nil
		}
		p, ok, err := d.people.Person(ctx, account)
		if err != nil {
			return w, err
		}
		w.tell = ok && !p.Blocked
		if w.tell && p.Email != "" {
			if w.mode, err = tx.MailMode(ctx, account); err != nil {
				return w, err
			}
			w.mail = w.mode != ModeNone
		}
		wishes[account] = w
		return w, nil
	}
	for _, t := range ts {
		slices.Sort(t.to)
		for _, account := range slices.Compact(t.to) {
			if account == "" || account == actor || d.people == nil {
				continue
			}
			w, err := wishOf(account)
			if err != nil {
				return err
			}
			if !w.tell {
				continue
			}
			n := t.Notice
			n.Account, n.Created, n.Due = account, now, now
			if w.mail {
				n.Mail = MailWaits
				switch {
				case w.mode == ModeDaily:
					n.Due = morning(CalendarOf(r), now, true)
				case t.reminder:
					n.Due = morning(CalendarOf(r), now, false)
				}
			}
			if _, err := tx.PutNotice(ctx, n); err != nil {
				return err
			}
		}
	}
	return nil
}

// morning is the beginning of the next working day; of this one too, unless next, when it is later than that already. In a
// year whose calendar is not known every day from Monday to Friday counts.
func morning(cal workday.Calendar, now time.Time, next bool) time.Time {
	at := time.Date(now.Year(), now.Month(), now.Day(), mailHour, 0, 0, 0, now.Location())
	for i := 0; i < 40; i++ {
		working, known := cal.IsWorking(at.Format(time.DateOnly))
		if !known {
			working = at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
		}
		if working && (i == 0 && !next || !at.Before(now)) {
			return at
		}
		at = time.Date(at.Year(), at.Month(), at.Day()+1, mailHour, 0, 0, 0, at.Location())
	}
	return now
}

// Remind tells people of a body what is near or late today, each stage once. On days that are not working ones it does
// nothing.
func (d *Desk) Remind(ctx context.Context, x *Watcher, slug string) error {
	now := d.now()
	w, err := x.At(ctx, slug, 0, register.DateOf(now))
	if CodeOf(err) == CodeNotFound { // no order yet: no deadlines
		return nil
	}
	if err != nil {
		return wrap(err, "upkeep: remind %s", slug)
	}
	home := "/" + url.PathEscape(slug) + "/"
	var ts []told
	for _, m := range w.Reminders() {
		if m.Task != "" && m.Stage == StageOpened {
			continue // told when it was opened
		}
		href := home + "confirm"
		switch {
		case m.Task != "":
			href = home + "tasks/" + url.PathEscape(m.Task)
		case m.Stage == StageCalendar:
			href = home + "calendar"
		}
		ts = append(ts, told{Notice: Notice{Event: slug + "/" + m.Event, Body: slug, Kind: "reminder-" + m.Stage, Text: m.Text, Href: href}, to: rights.Holders(w.Register, m.Role, m.Department, w.Day), reminder: true})
	}
	if len(ts) == 0 {
		return nil
	}
	err = d.store.Update(ctx, func(tx Tx) error { return d.notify(ctx, tx, w.Register, "", ts) })
	return wrap(err, "upkeep: remind %s", slug)
}
