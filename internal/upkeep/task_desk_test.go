package upkeep_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/jobs"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/testkit/stores"
	"perechen/internal/upkeep"
	"perechen/internal/workday"
)

// A bureau is a body of two departments with people, and a clock that a test moves.
type bureau struct {
	*testing.T
	*upkeep.Desk
	store  upkeep.Store
	jobs   jobs.Store
	ledger *ledger.Ledger
	now    time.Time
}

var (
	officer = upkeep.Actor{Account: "u-officer"}
	kadry   = upkeep.Actor{Account: "u-kadry"}
	it      = upkeep.Actor{Account: "u-it"}
	chief   = upkeep.Actor{Account: "u-head"}
)

const slug = "komitet"

func newBureau(t *testing.T) *bureau {
	t.Helper()
	ctx := context.Background()
	s := stores.Open(t)
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	b := &bureau{T: t, now: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)} // a Friday
	b.store, b.jobs = s.Upkeep(), s.Jobs()
	b.ledger = ledger.New(s, key, func() time.Time { return b.now })
	b.Desk = upkeep.New(s.Upkeep(), b.ledger, nil, func() time.Time { return b.now })
	p := &procedure.Procedure{ID: "poryadok-1", Kinds: []procedure.Kind{{Code: "phone", Title: "Телефон", Class: register.Digital}, {Code: "office", Title: "Кабинет", Class: register.Offline}},
		Needs:       []procedure.Need{{Code: "info", Text: "получение информации", Clause: "2.5"}, {Code: "forms", Text: "получение форм", Clause: "2.5"}},
		Departments: []procedure.Department{{Key: "kadry", Title: "отдел кадров"}, {Key: "it", Title: "отдел ИТ"}},
		Actualise:   procedure.Actualisation{Clause: "4.1", DeadlineDays: 5, PeriodMonths: 3, Grounds: []procedure.Ground{{Code: "process", Clause: "4.1", Item: 2, Text: "x"}}}}
	if err := b.ledger.AddBody(ctx, register.Organisation{Slug: slug, Name: "Комитет"}, p, register.Ground{Text: "начало"}, "local"); err != nil {
		t.Fatal(err)
	}
	appoint := func(key, role, department string, a upkeep.Actor) register.Change {
		return include(register.KindAppointment, key, register.Appointment{Key: key, Role: role, Person: key, Account: a.Account, Department: department})
	}
	use := func(process, point string, needs ...string) register.Change {
		u := register.Usage{Key: process + "." + point, Process: process, Touchpoint: point, Client: "internal", Needs: []register.NeedRef{}}
		for _, n := range needs {
			u.Needs = append(u.Needs, register.NeedRef{Code: n, Text: n})
		}
		return include(register.KindUsage, u.Key, u)
	}
	b.append(
		appoint("a1", register.RoleOfficer, "", officer), appoint("a2", register.RoleDepartment, "kadry", kadry),
		appoint("a3", register.RoleDepartment, "it", it), appoint("a4", register.RoleHead, "", chief),
		include(register.KindProcess, "hire", register.Process{Key: "hire", Title: "Приём", Department: "kadry", Position: 1}),
		include(register.KindProcess, "post", register.Process{Key: "post", Title: "Почта", Department: "it", Position: 2}),
		include(register.KindTouchpoint, "room", register.Touchpoint{Key: "room", Kind: "office", Label: "Кабинет 5", Position: 1}),
		include(register.KindTouchpoint, "mail", register.Touchpoint{Key: "mail", Kind: "phone", Label: "Почта", Position: 2}),
		include(register.KindTouchpoint, "tel", register.Touchpoint{Key: "tel", Kind: "phone", Label: "Телефон", Position: 3}),
		use("hire", "room", "info"), use("hire", "tel", "info"), use("post", "tel", "info"), use("post", "mail", "forms"))
	return b
}

func include(kind register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)}
}

func (b *bureau) append(changes ...register.Change) ledger.Receipt {
	b.Helper()
	r, err := b.Append(context.Background(), upkeep.Local, slug, ledger.Batch{Changes: changes, Ground: register.Ground{Clause: "4.1", Text: "приказ № 7"}, Head: ledger.AnyHead})
	if err != nil {
		b.Fatal(err)
	}
	return r
}

func (b *bureau) watch() *upkeep.Watch {
	b.Helper()
	w, err := upkeep.LookAt(context.Background(), b.ledger, slug, 0, register.DateOf(b.now))
	if err != nil {
		b.Fatal(err)
	}
	return w
}

// freshness says each point as «key state responsible [by date] [changed] [climbed]».
func (b *bureau) freshness() []string {
	b.Helper()
	var s []string
	for _, f := range b.watch().Points {
		parts := []string{f.Point, f.State, f.Responsible}
		if f.Confirmed != "" {
			parts = append(parts, "by", f.By, string(f.Confirmed))
		}
		if f.Changed {
			parts = append(parts, "changed")
		}
		s = append(s, strings.Join(strings.Fields(strings.Join(append(parts, f.Climbed), " ")), " "))
	}
	return s
}

func (b *bureau) want(what string, got, want []string) {
	b.Helper()
	if !slices.Equal(got, want) {
		b.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}

func (b *bureau) wantCode(what string, err error, code string) {
	b.Helper()
	if upkeep.CodeOf(err) != code {
		b.Errorf("%s: got %v, want code %s", what, err, code)
	}
}

func (b *bureau) on(day string) {
	b.Helper()
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		b.Fatal(err)
	}
	b.now = t.Add(10 * time.Hour)
}

func TestConfirm(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	b.want("at first", b.freshness(), []string{"room new kadry", "mail new it", "tel new"})
	seen := b.watch().Register.N
	_, err := b.Confirm(ctx, kadry, slug, []string{"room", "mail"}, seen)
	b.wantCode("another department's point", err, upkeep.CodeRefused)
	_, err = b.Confirm(ctx, chief, slug, []string{"room"}, seen)
	b.wantCode("the head", err, upkeep.CodeRefused)
	_, err = b.Confirm(ctx, upkeep.Actor{}, slug, []string{"room"}, seen)
	b.wantCode("a passer-by", err, upkeep.CodeRefused)
	_, err = b.Confirm(ctx, kadry, slug, []string{"nothing"}, seen)
	b.wantCode("no such point", err, upkeep.CodeNotFound)
	_, err = b.Confirm(ctx, kadry, slug, nil, seen)
	b.wantCode("nothing ticked", err, upkeep.CodeInvalid)
	b.want("nothing was written", b.freshness(), []string{"room new kadry", "mail new it", "tel new"})
	if _, err := b.Confirm(ctx, kadry, slug, []string{"room"}, seen); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Confirm(ctx, officer, slug, []string{"tel"}, seen); err != nil {
		t.Fatal(err)
	}
	b.want("confirmed", b.freshness(), []string{"room confirmed kadry by kadry 2026-11-20", "mail new it", "tel confirmed by 2026-11-20"})
	es, err := b.ledger.History(ctx, slug, register.KindConfirmation, "room")
	if err != nil || len(es) != 1 || es[0].Actor != "u-kadry" || es[0].Ground.Clause != "4.1" {
		t.Errorf("the log says %+v (%v)", es, err)
	}
}

// TestConfirmedThenChanged: a point confirmed and changed afterwards says so, and nobody confirms what they have not seen.
func TestConfirmedThenChanged(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	seen := b.watch().Register.N
	if _, err := b.Confirm(ctx, kadry, slug, []string{"room"}, seen); err != nil {
		t.Fatal(err)
	}
	room := register.Touchpoint{Key: "room", Kind: "office", Label: "Кабинет 7", Position: 1}
	b.append(register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: "room", Content: register.Encode(room)})
	b.want("changed", b.freshness()[:1], []string{"room confirmed kadry by kadry 2026-11-20 changed"})
	_, err := b.Confirm(ctx, kadry, slug, []string{"room"}, seen)
	b.wantCode("what was on the screen is gone", err, upkeep.CodeStale)
	if err == nil || !strings.Contains(err.Error(), "«Кабинет 7»") {
		t.Errorf("the sentence names no point: %v", err)
	}
	if _, err := b.Confirm(ctx, kadry, slug, []string{"room"}, b.watch().Register.N); err != nil {
		t.Fatal(err)
	}
	b.want("confirmed again on the same day", b.freshness()[:1], []string{"room confirmed kadry by kadry 2026-11-20"})
}

// TestPeriodAgesAndClimbs: three months from 20.11.2026 end on Saturday 20.02.2027, so with a calendar of 2027 on Monday.
func TestPeriodAgesAndClimbs(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	year := workday.Year{Number: 2027, Source: "постановление о 2027 годе", Days: []workday.Special{{Date: "2027-02-23", Kind: workday.Holiday}}}
	if _, err := b.CorrectCalendar(ctx, officer, slug, year, register.Ground{Text: "вышло постановление"}, ""); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ day, state, climbed string }{
		{"2027-02-05", upkeep.FreshNew, ""}, {"2027-02-08", upkeep.FreshAgeing, ""}, {"2027-02-22", upkeep.FreshAgeing, ""},
		{"2027-02-24", upkeep.FreshOverdue, ""}, {"2027-02-26", upkeep.FreshOverdue, register.RoleOfficer},
		{"2027-03-08", upkeep.FreshOverdue, register.RoleOfficer}, {"2027-03-09", upkeep.FreshOverdue, register.RoleHead},
	} {
		b.on(c.day)
		f, _ := b.watch().Point("room")
		if f.State != c.state || f.Climbed != c.climbed || f.Due != "2027-02-22" {
			t.Errorf("%s: got %s, climbed to %q, due %s; want %s, %q", c.day, f.State, f.Climbed, f.Due, c.state, c.climbed)
		}
	}
	var got []string
	for _, r := range b.watch().Reminders() {
		got = append(got, fmt.Sprintf("%s %s %d %s", r.Role, r.Department, r.Points, r.Event))
	}
	b.want("reminders", got, []string{"head  1 confirm/-/2027-02-22/head", "head  1 confirm/it/2027-02-22/head", "head  1 confirm/kadry/2027-02-22/head"})
}

func TestRemindersComeOnWorkingDays(t *testing.T) {
	b := newBureau(t)
	b.append(include(register.KindProcess, "leave", register.Process{Key: "leave", Title: "Отпуск", Department: "kadry", Position: 3}))
	for day, want := range map[string]string{
		"2026-11-20": "opened", "2026-11-21": "", "2026-11-22": "", "2026-11-23": "opened", "2026-11-24": "soon", "2026-11-27": "due",
		"2026-11-30": "overdue", "2026-12-02": "officer", "2026-12-11": "head", "2026-12-31": "", "2027-01-15": "",
	} {
		b.on(day)
		got := ""
		for _, r := range b.watch().Reminders() {
			if r.Task != "" {
				got += r.Stage
				if role := map[string]string{"officer": register.RoleOfficer, "head": register.RoleHead}[r.Stage]; role != "" && r.Role != role {
					t.Errorf("%s: told to %s", day, r.Role)
				} else if role == "" && (r.Role != register.RoleDepartment || r.Department != "kadry") {
					t.Errorf("%s: told to %s of %q", day, r.Role, r.Department)
				}
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", day, got, want)
		}
	}
}

func TestTasksOpenInTheLog(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	if ts := b.watch().Tasks; len(ts) != 0 {
		t.Fatalf("forming the register opened %v", ts)
	}
	r := b.append(register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "hire.room"}, register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "hire.tel"},
		register.Change{Op: register.Exclude, Kind: register.KindProcess, Key: "hire"})
	ts := b.watch().Tasks
	if len(ts) != 2 || r.To-r.From+1 != 5 {
		t.Fatalf("got %d tasks in entries %d–%d, want 2 in five", len(ts), r.From, r.To)
	}
	for _, task := range ts {
		if task.Asks != "kadry" || task.Due != "2026-11-27" || task.Left != 5 || task.Overdue {
			t.Errorf("got %+v", task)
		}
		es, err := b.ledger.History(ctx, slug, register.KindTask, task.Key)
		if want := fmt.Sprintf("следует из записей %d–%d: приказ № 7", r.From, r.From+2); err != nil || len(es) != 1 || es[0].Ground.Text != want || es[0].Ground.Clause != "4.1" {
			t.Errorf("the log says %+v (%v), want the ground «%s»", es, err, want)
		}
	}
	key := ts[0].Key
	_, err := b.SettleTask(ctx, it, slug, key, "не нужно")
	b.wantCode("another department", err, upkeep.CodeRefused)
	_, err = b.SettleTask(ctx, kadry, slug, key, "  ")
	b.wantCode("no reason", err, upkeep.CodeInvalid)
	_, err = b.SettleTask(ctx, kadry, slug, "process-000000000000", "не нужно")
	b.wantCode("no such task", err, upkeep.CodeNotFound)
	if _, err := b.SettleTask(ctx, kadry, slug, key, "точка нужна по приказу № 8"); err != nil {
		t.Fatal(err)
	}
	_, err = b.SettleTask(ctx, officer, slug, key, "ещё раз")
	b.wantCode("settled already", err, upkeep.CodeStale)
	if task, _ := b.watch().Task(key); task.Open() || task.Outcome != "точка нужна по приказу № 8" || task.Done != "2026-11-20" {
		t.Errorf("got %+v", task)
	}
	if v, err := b.ledger.Verify(ctx, slug, "", nil); err != nil || !v.OK {
		t.Errorf("verify: %+v (%v)", v, err)
	}
}

func TestCalendarMovesDeadlinesAndSaysWhy(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	b.append(include(register.KindProcess, "leave", register.Process{Key: "leave", Title: "Отпуск", Department: "kadry", Position: 3}))
	key := b.watch().Tasks[0].Key
	r := b.watch().Register
	y, own, ok := upkeep.CalendarYearOf(r, 2026)
	if own || !ok {
		t.Fatal("the shipped year is not there")
	}
	hash, why := upkeep.CalendarHash(r, 2026), register.Ground{Text: "указ главы о выходном дне", Act: "указ № 99"}
	y = upkeep.WithDay(y, "2026-11-24", workday.Off, "указ № 99")
	_, err := b.CorrectCalendar(ctx, kadry, slug, y, why, hash)
	b.wantCode("a department", err, upkeep.CodeRefused)
	_, err = b.CorrectCalendar(ctx, officer, slug, y, register.Ground{}, hash)
	b.wantCode("no ground", err, upkeep.CodeInvalid)
	_, err = b.CorrectCalendar(ctx, officer, slug, y, why, "another")
	b.wantCode("another state seen", err, upkeep.CodeStale)
	if _, err := b.CorrectCalendar(ctx, officer, slug, y, why, hash); err != nil {
		t.Fatal(err)
	}
	_, err = b.CorrectCalendar(ctx, officer, slug, y, why, upkeep.CalendarHash(b.watch().Register, 2026))
	b.wantCode("nothing differs", err, upkeep.CodeInvalid)
	task, _ := b.watch().Task(key)
	es, _ := b.ledger.History(ctx, slug, register.KindTask, key)
	if task.Due != "2026-11-30" || len(es) != 2 || !strings.Contains(es[1].Ground.Text, "указ главы о выходном дне") || es[1].Ground.Act != "указ № 99" {
		t.Errorf("due %s, log %+v", task.Due, es)
	}
	if _, err := b.RestoreCalendar(ctx, officer, slug, 2026, why, upkeep.CalendarHash(b.watch().Register, 2026)); err != nil {
		t.Fatal(err)
	}
	if task, _ := b.watch().Task(key); task.Due != "2026-11-27" {
		t.Errorf("restored: due %s", task.Due)
	}
}

// TestNewProcedureOpensTasks: points change class, a need leaves the list, a need is new.
func TestNewProcedureOpensTasks(t *testing.T) {
	b := newBureau(t)
	p, err := b.ledger.Procedure(context.Background(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	next := *p
	next.Kinds = []procedure.Kind{{Code: "phone", Title: "Телефон", Class: register.Offline}, {Code: "office", Title: "Кабинет", Class: register.Offline}}
	next.Needs = []procedure.Need{{Code: "info", Text: "получение информации", Clause: "2.5"}, {Code: "result", Text: "получение ответа", Clause: "2.5"}}
	b.append(register.Change{Op: register.Amend, Kind: register.KindProcedure, Key: p.ID, Content: register.Encode(next)})
	var got []string
	for _, task := range b.watch().Tasks {
		code, _, _ := strings.Cut(task.Key, "-")
		got = append(got, code+" "+task.Subject+" "+task.Department)
	}
	slices.Sort(got)
	b.want("tasks", got, []string{"kind mail it", "kind tel ", "needs mail it", "needs poryadok-1 "})
}

// TestIncludedProposalClosesTheTask: what a department proposed and the officer included is what the task asked for.
func TestIncludedProposalClosesTheTask(t *testing.T) {
	b, ctx := newBureau(t), context.Background()
	act := &register.Act{Kind: "приказ", Number: "7"}
	b.append(register.Change{Op: register.Amend, Kind: register.KindProcess, Key: "hire", Content: register.Encode(register.Process{Key: "hire", Title: "Приём", Department: "kadry", Position: 1, Excluded: act})})
	key := ""
	for _, x := range b.watch().Tasks {
		if x.Subject == "room" {
			key = x.Key
		}
	}
	live, err := b.Subject(ctx, kadry, slug, register.KindUsage, "hire.room")
	if err != nil {
		t.Fatal(err)
	}
	p, err := b.Save(ctx, kadry, slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Ground: register.Ground{Clause: "4.1", Text: "процесс исключён"},
		Changes: []upkeep.ProposedChange{{Change: register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "hire.room"}, Base: live.Base}}}})
	if err != nil {
		t.Fatal(err)
	}
	if p, err = b.Submit(ctx, kadry, slug, p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	if x, _ := b.watch().Task(key); !x.Open() {
		t.Error("a proposal that nobody has included yet has closed the task")
	}
	if _, _, err := b.Include(ctx, officer, slug, p.ID, p.Hash, register.Ground{}); err != nil {
		t.Fatal(err)
	}
	if x, _ := b.watch().Task(key); x.Open() || x.Outcome != "изменено" {
		t.Errorf("after the inclusion: %+v", x)
	}
}
