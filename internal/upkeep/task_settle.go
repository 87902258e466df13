package upkeep

import (
	"context"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// maxSettle bounds the words with which a task is settled, in bytes.
const maxSettle = 2000

// SettleTask closes a task by hand, with the reason as its outcome: nothing in the register had to change. The department
// that is asked may, and the authorised officer. CodeStale when the task is closed already.
func (d *Desk) SettleTask(ctx context.Context, actor Actor, slug, key, reason string) (ledger.Receipt, error) {
	var r ledger.Receipt
	reason = strings.TrimSpace(reason)
	err := d.do(ctx, actor, slug, func(a *act) (err error) {
		t, ok := taskOf(a.register, key)
		if !ok {
			return notFound("Такой задачи нет.")
		}
		if !a.maySettle(t) {
			return refused("Закрыть эту задачу может отдел, которому она дана, или уполномоченное лицо.")
		}
		switch {
		case t.Done != "":
			return &Error{Code: CodeStale, Text: "Задача уже закрыта " + lang.Date(string(t.Done)) + ": " + t.Outcome + "."}
		case reason == "":
			return &Error{Code: CodeInvalid, Text: "Не сказано, почему менять нечего.", Fields: []FieldError{{Kind: register.KindTask, Key: key, Field: "outcome", Text: "Напишите, почему менять нечего."}}}
		case len(reason) > maxSettle:
			return &Error{Code: CodeInvalid, Text: "Обоснование слишком длинное.", Fields: []FieldError{{Kind: register.KindTask, Key: key, Field: "outcome", Text: "Сократите обоснование до тысячи знаков."}}}
		}
		t.Done, t.Outcome = register.DateOf(a.now), reason
		r, err = d.record(ctx, a, ledger.Batch{Head: ledger.AnyHead, Ground: register.Ground{Clause: a.clause(), Text: "Задача закрыта: " + reason},
			Changes: []register.Change{{Op: register.Amend, Kind: register.KindTask, Key: key, Content: register.Encode(t)}}}, nil)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: settle task %s of %s", key, slug)
	}
	return r, nil
}

// clause is the clause of actualisation of the body's Порядок.
func (s sight) clause() string {
	if s.procedure == nil {
		return ""
	}
	return s.procedure.Actualise.Clause
}

func (s sight) maySettle(t register.Task) bool {
	if s.in(register.RoleOfficer, t.Department) {
		return true
	}
	return t.Department != "" && s.in(register.RoleDepartment, t.Department)
}

func taskOf(r *register.Register, key string) (register.Task, bool) {
	for _, t := range r.Tasks {
		if t.Key == key {
			return t, true
		}
	}
	return register.Task{}, false
}
