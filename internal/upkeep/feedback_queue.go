package upkeep

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/feedback"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// causeFeedback is the code of tasks that somebody opens because of what clients say.
const causeFeedback = "feedback"

// An AppealState is an appeal as those see it who answer for its subject.
type AppealState struct {
	feedback.Appeal
	Department string   // who answers; empty: the authorised officer
	Due        string   // day; empty where the order gives no term
	Overdue    bool     // it waits, and its day is over
	Like       []string // ids of others to the same subject that say alike; Words are what they have in common
	Words      []string
	May        bool // the actor may answer
}

// Waits tells whether somebody should read the appeal: it has words and no result.
func (a AppealState) Waits() bool { return a.State == feedback.Accepted && a.Text != "" }

// seesAppeals: the department that answers, the officer, the head.
func (s sight) seesAppeals(department string) bool {
	return s.answersAppeals(department) || s.in(register.RoleHead, department)
}

func (s sight) answersAppeals(department string) bool {
	return s.in(register.RoleOfficer, department) || s.in(register.RoleDepartment, department)
}

// appeals are those that the actor may see, those that wait first, the nearest day first.
func (s sight) appeals(ctx context.Context, v feedback.View) ([]AppealState, error) {
	all, err := v.Appeals(ctx, s.slug)
	if err != nil {
		return nil, err
	}
	now, today := feedback.MonthOf(s.now), string(register.DateOf(s.now))
	terms, cal := FeedbackTerms(s.procedure), CalendarOf(s.register)
	departments := map[feedback.Subject]string{}
	var seen []AppealState
	var plain []feedback.Appeal
	for _, a := range all {
		if !a.Shown(now) {
			continue
		}
		d, ok := departments[a.Subject]
		if !ok {
			d = DepartmentOf(s.register, a.Subject)
			departments[a.Subject] = d
		}
		if !s.seesAppeals(d) {
			continue
		}
		x := AppealState{Appeal: a, Department: d, Due: terms.Due(a.Month, cal), May: s.answersAppeals(d)}
		x.Overdue = x.Waits() && x.Due != "" && x.Due < today
		seen = append(seen, x)
		plain = append(plain, a)
	}
	at := map[string]int{}
	for i, a := range feedback.Joint(plain, terms.Threshold) {
		at[a.ID], seen[i].Need = i, a.Need
	}
	for _, c := range feedback.Clusters(plain) {
		for _, id := range c.Appeals {
			x := &seen[at[id]]
			x.Like = slices.DeleteFunc(slices.Clone(c.Appeals), func(y string) bool { return y == id })
			x.Words = c.Words
		}
	}
	waits := func(a AppealState) int {
		if a.Waits() {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(seen, func(a, b AppealState) int {
		return cmp.Or(cmp.Compare(waits(a), waits(b)), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
	})
	return seen, nil
}

// Appeals lists what clients wrote, as far as it is the actor's business.
func (d *Desk) Appeals(ctx context.Context, actor Actor, slug string) ([]AppealState, error) {
	var as []AppealState
	err := d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		as, err = s.appeals(ctx, v)
		return err
	})
	return as, wrap(err, "upkeep: appeals of %s", slug)
}

const noAppeal = "Такого отзыва нет."

// Appeal gives one of them; CodeNotFound when there is none that the actor may see.
func (d *Desk) Appeal(ctx context.Context, actor Actor, slug, id string) (AppealState, error) {
	as, err := d.Appeals(ctx, actor, slug)
	if err != nil {
		return AppealState{}, err
	}
	for _, a := range as {
		if a.ID == id {
			return a, nil
		}
	}
	return AppealState{}, notFound(noAppeal)
}

// answer runs fn over an appeal that the actor may answer, and keeps what it makes of it. CodeStale when somebody has
// touched it since version was seen.
func (d *Desk) answer(ctx context.Context, actor Actor, slug, id string, version int, fn func(a *act, p *feedback.Appeal) error) error {
	err := d.do(ctx, actor, slug, func(a *act) error { return a.answer(ctx, id, version, fn) })
	return wrap(err, "upkeep: appeal %s of %s", id, slug)
}

func (a *act) answer(ctx context.Context, id string, version int, fn func(a *act, p *feedback.Appeal) error) error {
	p, ok, err := a.tx.Appeal(ctx, a.slug, id)
	if err != nil {
		return err
	}
	department := DepartmentOf(a.register, p.Subject)
	if !ok || !p.Shown(feedback.MonthOf(a.now)) || !a.seesAppeals(department) {
		return notFound(noAppeal)
	}
	if !a.answersAppeals(department) {
		return refused("Отзыв рассматривает отдел, который отвечает за точку, или уполномоченное лицо.")
	}
	const stale = "Пока страница была открыта, отзыв рассмотрел кто-то другой. Ничего не записано: посмотрите, что изменилось."
	if p.Version != version {
		return &Error{Code: CodeStale, Text: stale}
	}
	if err := fn(a, &p); err != nil {
		return err
	}
	p.Version++
	if ok, err = a.tx.PutAppeal(ctx, a.slug, p, version); err == nil && !ok {
		err = &Error{Code: CodeStale, Text: stale}
	}
	return err
}

// field is an error about one field of a form about feedback.
func fieldError(name, text string) error {
	return &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Field: name, Text: text}}}
}

// ConsiderAppeal gives an appeal its result and the answer that its author reads by the code; like are ids of others that
// say alike and wait: they get the same. It may be called again to correct the answer.
func (d *Desk) ConsiderAppeal(ctx context.Context, actor Actor, slug, id string, version int, outcome, answer string, like []string) error {
	answer = feedback.Tidy(answer, feedback.MaxAnswer+1)
	switch {
	case !slices.Contains(feedback.Outcomes, outcome):
		return fieldError("outcome", "Выберите результат.")
	case answer == "":
		return fieldError("answer", "Напишите ответ: автор увидит его по коду.")
	case utf8.RuneCountInString(answer) > feedback.MaxAnswer:
		return fieldError("answer", "Сократите ответ до трёх тысяч знаков.")
	}
	err := d.do(ctx, actor, slug, func(a *act) error {
		set := func(a *act, p *feedback.Appeal) error {
			if p.Answered == "" {
				p.Answered = string(register.DateOf(a.now))
			}
			p.State, p.Outcome, p.Answer = feedback.Considered, outcome, answer
			return nil
		}
		if err := a.answer(ctx, id, version, set); err != nil {
			return err
		}
		if len(like) == 0 {
			return nil
		}
		all, err := a.appeals(ctx, a.tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(x AppealState) bool { return x.ID == id })
		for _, x := range all {
			if i >= 0 && slices.Contains(all[i].Like, x.ID) && slices.Contains(like, x.ID) && x.State == feedback.Accepted {
				if err := a.answer(ctx, x.ID, x.Version, set); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return wrap(err, "upkeep: consider appeal %s of %s", id, slug)
}

// Redaction stands where words were taken out.
const Redaction = "[сведения удалены]"

// RedactAppeal takes personal data out of an appeal, wherever in it the words stand; nothing of them stays. The reason is
// kept and shown to the author.
func (d *Desk) RedactAppeal(ctx context.Context, actor Actor, slug, id string, version int, words, reason string) error {
	words, reason = feedback.Tidy(words, feedback.MaxText), feedback.Tidy(reason, 500)
	switch {
	case words == "":
		return fieldError("words", "Укажите слова, которые нужно убрать, как они стоят в тексте.")
	case reason == "":
		return fieldError("reason", "Напишите, почему: автор это увидит.")
	}
	return d.answer(ctx, actor, slug, id, version, func(_ *act, p *feedback.Appeal) error {
		if !strings.Contains(p.Text, words) {
			return fieldError("words", "Таких слов в тексте нет: скопируйте их из отзыва.")
		}
		p.Text, p.Redacted = strings.ReplaceAll(p.Text, words, Redaction), reason
		return nil
	})
}

// TaskOfAppeal opens a task at the subject of an appeal, with what must be done in the actor's words: an entry of the log.
// While such a task is open at the subject, others are tied to it. The words of the client never go into the log.
func (d *Desk) TaskOfAppeal(ctx context.Context, actor Actor, slug, id string, version int, what string) (key string, err error) {
	what = feedback.Tidy(what, 500)
	err = d.answer(ctx, actor, slug, id, version, func(a *act, p *feedback.Appeal) error {
		key = taskKey(causeFeedback, p.Key, p.Kind)
		was, known := taskOf(a.register, key)
		p.Task = key
		if known && was.Done == "" {
			return nil
		}
		if what == "" {
			return fieldError("what", "Напишите, что нужно сделать.")
		}
		kind := register.KindTouchpoint
		if p.Kind == feedback.OfProcess {
			kind = register.KindProcess
		}
		clause := a.clause()
		if a.procedure != nil && a.procedure.Feedback.Clause != "" {
			clause = a.procedure.Feedback.Clause
		}
		t := register.Task{Key: key, Clause: clause, Reason: "По обратной связи: " + what, Kind: kind, Subject: p.Key, Department: DepartmentOf(a.register, p.Subject),
			Opened: register.DateOf(a.now), Days: TermsOf(a.procedure).Days}
		t.Due = dueOf(CalendarOf(a.register), t.Opened, t.Days)
		op := register.Include
		if known {
			op = register.Amend
		}
		_, err := d.record(ctx, a, ledger.Batch{Head: ledger.AnyHead, Ground: register.Ground{Clause: clause, Text: "Обратная связь клиентов"},
			Changes: []register.Change{{Op: op, Kind: register.KindTask, Key: key, Content: register.Encode(t)}}}, nil)
		return err
	})
	return key, err
}

// LinkAppeal ties an appeal to a proposal that the actor may see; an empty id unties it.
func (d *Desk) LinkAppeal(ctx context.Context, actor Actor, slug, id string, version int, proposal string) error {
	return d.answer(ctx, actor, slug, id, version, func(a *act, p *feedback.Appeal) error {
		if proposal != "" {
			x, ok, err := a.tx.Proposal(ctx, slug, proposal)
			if err != nil {
				return err
			}
			if !ok || !a.seesProposal(&x) {
				return fieldError("proposal", "Такого предложения нет.")
			}
		}
		p.Proposal = proposal
		return nil
	})
}
