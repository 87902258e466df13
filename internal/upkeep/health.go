package upkeep

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"perechen/internal/ledger"
	"perechen/internal/pointhealth"
	"perechen/internal/register"
)

// A HealthView reads whether points are looked at and what was seen.
type HealthView interface {
	// HealthRecords lists what is known of the points of a body, by their keys.
	HealthRecords(ctx context.Context, slug string) ([]pointhealth.Record, error)
	// HealthSetting is what the body has chosen; off when it has chosen nothing.
	HealthSetting(ctx context.Context, slug string) (pointhealth.Setting, error)
}

// A HealthTx writes it.
type HealthTx interface {
	PutHealth(ctx context.Context, slug string, r pointhealth.Record) error
	DropHealth(ctx context.Context, slug, point string) error
	PutHealthSetting(ctx context.Context, slug string, s pointhealth.Setting) error
}

// codeHealth begins the keys of tasks that a broken point opens.
const codeHealth = "health"

// healthActor does what follows from looks; no account has this id.
const healthActor = "health"

// Health is what is known of the points of a body, for those who work in it.
func (d *Desk) Health(ctx context.Context, slug string) (s pointhealth.Setting, rs []pointhealth.Record, err error) {
	err = d.store.View(ctx, func(v View) error {
		if s, err = v.HealthSetting(ctx, slug); err != nil {
			return err
		}
		rs, err = v.HealthRecords(ctx, slug)
		return err
	})
	return s, rs, wrap(err, "upkeep: health of %s", slug)
}

// SetHealth says whether the points of a body are looked at. The authorised officer of the whole body may.
func (d *Desk) SetHealth(ctx context.Context, actor Actor, slug string, on bool) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") {
			return refused("Включает и выключает проверку точек уполномоченное лицо органа.")
		}
		return a.tx.PutHealthSetting(ctx, slug, pointhealth.Setting{On: on, By: actor.Account, At: a.now.UTC()})
	})
	return wrap(err, "upkeep: health setting of %s", slug)
}

// MayAskHealth judges who may have the points looked at now.
func (d *Desk) MayAskHealth(ctx context.Context, actor Actor, slug string) error {
	return d.look(ctx, actor, slug, func(v View, s sight) error {
		if !s.has(register.RoleOfficer, register.RoleDepartment) {
			return refused("Проверить точки может уполномоченное лицо или сотрудник отдела.")
		}
		set, err := v.HealthSetting(ctx, slug)
		if err == nil && !set.On {
			err = &Error{Code: CodeStale, Text: "Проверка точек этого органа выключена."}
		}
		return err
	})
}

// LookAtPoints looks at all points of a body that can be asked and writes what was seen: a breakage opens a task for the
// department, once; the task is closed when the point answers again. Nothing happens in a body that has it switched off.
func (d *Desk) LookAtPoints(ctx context.Context, slug string, ask pointhealth.Asker, told func(done, total int)) error {
	set, _, err := d.Health(ctx, slug)
	if err != nil || !set.On {
		return err
	}
	r, err := d.ledger.State(ctx, slug, 0)
	if err != nil {
		return err
	}
	var points []register.Touchpoint
	day := register.DateOf(d.now())
	for _, t := range r.Touchpoints {
		if pointhealth.Of(t) != "" && (t.From == "" || t.From <= day) && (t.To == "" || day <= t.To) {
			points = append(points, t)
		}
	}
	looks := d.lookAll(ctx, points, ask, told)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if pointhealth.OwnFault(looks) {
		for i := range looks {
			looks[i].Unlearn()
		}
	}
	err = d.do(ctx, Actor{Account: healthActor, local: true}, slug, func(a *act) error { return d.noteLooks(ctx, a, points, looks) })
	return wrap(err, "upkeep: look at points of %s", slug)
}

// together is how many points of a body are looked at at once; the client bounds the whole.
const together = 4

func (d *Desk) lookAll(ctx context.Context, points []register.Touchpoint, ask pointhealth.Asker, told func(done, total int)) []pointhealth.Look {
	looks := make([]pointhealth.Look, len(points))
	var mu sync.Mutex
	var wg sync.WaitGroup
	done := 0
	slots := make(chan struct{}, together)
	for i := range points {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer func() { <-slots; wg.Done() }()
			looks[i] = pointhealth.See(ctx, ask, points[i], d.now)
			mu.Lock()
			defer mu.Unlock()
			if done++; told != nil {
				told(done, len(points))
			}
		}()
	}
	wg.Wait()
	return looks
}

// noteLooks writes looks and what follows from them.
func (d *Desk) noteLooks(ctx context.Context, a *act, points []register.Touchpoint, looks []pointhealth.Look) error {
	known, err := a.tx.HealthRecords(ctx, a.slug)
	if err != nil {
		return err
	}
	records := map[string]pointhealth.Record{}
	for _, k := range known {
		records[k.Point] = k
	}
	var changes []register.Change
	for i, seen := range points {
		t, ok := a.register.Touchpoint(seen.Key)
		if !ok || t.Contact != seen.Contact {
			continue // changed meanwhile: the next look is at the new one
		}
		rec := records[t.Key]
		delete(records, t.Key)
		rec.Point, rec.Check = t.Key, pointhealth.Of(t)
		outcome := "Точка снова отвечает."
		if rec.Value != pointhealth.Print(t.Contact) {
			outcome = "У точки другой контакт: он проверяется заново."
		}
		broke, mended := rec.Note(pointhealth.Print(t.Contact), looks[i])
		if err := a.tx.PutHealth(ctx, a.slug, rec); err != nil {
			return err
		}
		f, broken := rec.Finding(t, a.clause())
		decided := broken && pointhealth.Decided(a.register, f) != ""
		switch {
		case broke && !decided:
			changes = append(changes, a.openHealthTask(t, rec)...)
		case mended:
			changes = append(changes, a.closeHealthTask(t.Key, outcome)...)
		case decided:
			changes = append(changes, a.closeHealthTask(t.Key, "Замечание отклонено.")...)
		}
	}
	for _, gone := range records { // of points that are no more or cannot be asked now
		if slices.ContainsFunc(points, func(t register.Touchpoint) bool { return t.Key == gone.Point }) {
			continue
		}
		changes = append(changes, a.closeHealthTask(gone.Point, "Точка больше не проверяется.")...)
		if err := a.tx.DropHealth(ctx, a.slug, gone.Point); err != nil {
			return err
		}
	}
	if len(changes) == 0 {
		return nil
	}
	_, err = d.record(ctx, a, ledger.Batch{Head: ledger.AnyHead, Changes: changes, Ground: register.Ground{Clause: a.clause(), Text: "проверка точек"}}, nil)
	return err
}

// openHealthTask asks the department of a point to look at it.
func (a *act) openHealthTask(t register.Touchpoint, rec pointhealth.Record) []register.Change {
	key := taskKey(codeHealth, t.Key, "")
	on := register.DateOf(a.now)
	days := 5
	if a.procedure != nil {
		days = TermsOf(a.procedure).Days
	}
	task := register.Task{Key: key, Clause: a.clause(), Kind: register.KindTouchpoint, Subject: t.Key, Department: t.Department, Opened: on, Days: days,
		Due: dueOf(CalendarOf(a.register), on, days), Reason: fmt.Sprintf("Точка не отвечает с %s: %s %s", rec.Fails.In(a.now.Location()).Format("02.01.2006 15:04"), t.Text()+".", rec.Last().Text)}
	op := register.Include
	if was, ok := taskOf(a.register, key); ok {
		if was.Done == "" {
			return nil
		}
		op = register.Amend
	}
	return []register.Change{{Op: op, Kind: register.KindTask, Key: key, Content: register.Encode(task)}}
}

// healthTaskAgain opens the task of a point anew whose finding is no more set aside; nothing when the finding is another one, or
// the point answers.
func (a *act) healthTaskAgain(ctx context.Context, finding string) ([]register.Change, error) {
	all, err := a.tx.HealthRecords(ctx, a.slug)
	for _, rec := range all {
		t, ok := a.register.Touchpoint(rec.Point)
		if !ok || rec.Value != pointhealth.Print(t.Contact) {
			continue
		}
		if f, broken := rec.Finding(t, a.clause()); broken && f.ID == finding {
			return a.openHealthTask(t, rec), nil
		}
	}
	return nil, err
}

func (a *act) closeHealthTask(point, outcome string) []register.Change {
	t, ok := taskOf(a.register, taskKey(codeHealth, point, ""))
	if !ok || t.Done != "" {
		return nil
	}
	t.Done, t.Outcome = register.DateOf(a.now), outcome
	return []register.Change{{Op: register.Amend, Kind: register.KindTask, Key: t.Key, Content: register.Encode(t)}}
}

// DecideHealth rejects the finding of a broken point with a reason and closes its task. The decision stays until the
// contact of the point is another one.
func (d *Desk) DecideHealth(ctx context.Context, actor Actor, slug, point, reason string) error {
	reason = strings.TrimSpace(reason)
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") {
			return refused("Замечания отклоняет уполномоченное лицо органа.")
		}
		switch {
		case reason == "":
			return wrongFields([]FieldError{{Field: "reason", Text: "Укажите причину, по которой замечание отклоняется: она останется в журнале."}})
		case utf8.RuneCountInString(reason) > maxReason:
			return wrongFields([]FieldError{{Field: "reason", Text: "Причина слишком длинная: не больше 1500 знаков."}})
		}
		all, err := a.tx.HealthRecords(ctx, slug)
		if err != nil {
			return err
		}
		t, _ := a.register.Touchpoint(point)
		i := slices.IndexFunc(all, func(r pointhealth.Record) bool { return r.Point == point })
		if i < 0 {
			return notFound("Об этой точке ничего не известно.")
		}
		f, ok := all[i].Finding(t, a.clause())
		if !ok || pointhealth.Decided(a.register, f) != "" {
			return &Error{Code: CodeStale, Text: "Этого замечания уже нет: точка ответила или решение принято."}
		}
		before := a.register
		if err := d.ledger.RejectIn(ctx, a.tx, slug, f, reason, actor.Account); err != nil {
			return err
		}
		if err := d.written(ctx, a, before); err != nil {
			return err
		}
		changes := a.closeHealthTask(point, "Замечание отклонено: "+reason)
		if len(changes) == 0 {
			return nil
		}
		_, err = d.record(ctx, a, ledger.Batch{Head: ledger.AnyHead, Changes: changes, Ground: register.Ground{Clause: a.clause(), Text: "решение по замечанию " + f.ID}}, nil)
		return err
	})
	return wrap(err, "upkeep: decide on %s of %s", point, slug)
}

// LookAtAll looks at the points of all bodies that have it switched on. One body that cannot be looked at keeps no other from it.
func (d *Desk) LookAtAll(ctx context.Context, ask pointhealth.Asker, told func(what string, done, total int)) error {
	slugs, err := d.ledger.Slugs(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, slug := range slugs {
		if err := d.LookAtPoints(ctx, slug, ask, func(done, total int) { told(slug, done, total) }); err != nil {
			errs = append(errs, err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(errs...)
}
