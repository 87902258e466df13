package upkeep

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// The kinds of events about editions.
const (
	EventEditionPrepared = "edition-prepared" // the head has something to approve
	EventEditionApproved = "edition-approved"
	EventEditionPublic   = "edition-published"
)

// A PreparedEdition is the register at entry N, laid before the head under a number. It is approved as it was prepared or
// not at all: with the next entry of the log it is void.
type PreparedEdition struct {
	Number int           `json:"number"`
	Date   register.Date `json:"date,omitempty"` // empty: the date of the approving act
	Note   string        `json:"note,omitempty"`
	N      int64         `json:"n"`
	Root   string        `json:"root"` // of the log at entry N, base64
	By     string        `json:"by"`   // account of the one who prepared it
	At     time.Time     `json:"at"`
}

// A Preparation is what an officer says of the edition. Head is the entry at which the officer looked.
type Preparation struct {
	Number int
	Date   register.Date
	Note   string
	Head   int64
}

// An Approval is what the head says. N and Root are those of the prepared edition that was looked at.
type Approval struct {
	Number int
	N      int64
	Root   string
	Act    register.Act
}

// A File is a document with its bytes.
type File struct {
	register.Document
	Content []byte
}

// A Printer makes the documents with which an edition is issued, from the register at entry e.N.
type Printer interface {
	Print(ctx context.Context, slug string, e register.Edition) ([]File, error)
}

// Prints sets who makes the documents of editions. Without one, editions are issued without files. It is for the start of
// the program, not for a desk in use.
func (d *Desk) Prints(p Printer) { d.printer = p }

// Bounds of texts, in characters.
const (
	maxNote   = 2000
	maxNumber = 100
	maxWhere  = 500
	maxLink   = 2000
)

// Prepared returns the edition that was prepared and not approved yet; ok is false when there is none. Whoever has no right
// in the body is not told.
func (d *Desk) Prepared(ctx context.Context, actor Actor, slug string) (p PreparedEdition, ok bool, err error) {
	err = d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		if s.grants.Empty() && !s.administers() {
			return nil
		}
		p, ok, err = v.Prepared(ctx, slug)
		return err
	})
	return p, ok, wrap(err, "upkeep: prepared edition of %s", slug)
}

// PrepareEdition lays the register as it is at entry in.Head before the head, in place of what was prepared before. Number 0
// takes the next free one. CodeStale when something was written since; CodeInvalid with Fields «number», «date», «note».
func (d *Desk) PrepareEdition(ctx context.Context, actor Actor, slug string, in Preparation) (PreparedEdition, error) {
	var p PreparedEdition
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") {
			return refused("Редакцию готовит уполномоченное лицо органа.")
		}
		h, err := a.tx.Head(ctx, slug)
		if err != nil {
			return err
		}
		if in.Head != h.N {
			return &Error{Code: CodeStale, Text: "Пока вы готовили редакцию, в перечень внесены изменения. Ничего не записано: посмотрите новое состояние и повторите."}
		}
		if len(a.register.Usages) == 0 && len(a.register.Touchpoints) == 0 {
			return refused("Перечень пуст: утверждать нечего. Сначала включите точки взаимодействия.")
		}
		p = PreparedEdition{Number: in.Number, Date: in.Date, Note: strings.TrimSpace(in.Note), N: h.N, Root: h.Root.String(), By: actor.Account, At: a.now.UTC()}
		last := lastEdition(a.register)
		if p.Number == 0 {
			p.Number = last.Number + 1
		}
		var wrong []FieldError
		if p.Number <= last.Number {
			wrong = append(wrong, FieldError{Field: "number", Text: fmt.Sprintf("Номер редакции должен расти: последняя — № %d.", last.Number)})
		}
		if text := wrongDate(p.Date, last); text != "" && p.Date != "" {
			wrong = append(wrong, FieldError{Field: "date", Text: text})
		}
		if utf8.RuneCountInString(p.Note) > maxNote {
			wrong = append(wrong, FieldError{Field: "note", Text: fmt.Sprintf("Примечание длиннее %d знаков.", maxNote)})
		}
		if len(wrong) > 0 {
			return wrongFields(wrong)
		}
		if err := a.tx.PutPrepared(ctx, slug, p); err != nil {
			return err
		}
		return d.tell(ctx, a.tx, Event{Kind: EventEditionPrepared, Body: slug, Actor: actor.Account, To: holders(a.sight, register.RoleHead)})
	})
	return p, wrap(err, "upkeep: prepare edition of %s", slug)
}

// WithdrawEdition takes the prepared edition back: the officer, or the head who does not want it. None is CodeNotFound.
func (d *Desk) WithdrawEdition(ctx context.Context, actor Actor, slug string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.in(register.RoleOfficer, "") && !a.in(register.RoleHead, "") {
			return refused("Подготовленную редакцию отзывает уполномоченное лицо или руководитель.")
		}
		if _, ok, err := a.tx.Prepared(ctx, slug); err != nil || !ok {
			return noneUnless(err)
		}
		return a.tx.DropPrepared(ctx, slug)
	})
	return wrap(err, "upkeep: withdraw edition of %s", slug)
}

func noneUnless(err error) error {
	if err != nil {
		return err
	}
	return notFound("Подготовленной редакции нет.")
}

// ApproveEdition makes the prepared edition an edition: its documents are printed and kept, their hashes and the act stand
// in its entry of the log, all in one transaction. CodeRefused for whoever is not the head, and for the one who prepared it,
// in whatever role; CodeStale when it is not what was looked at or the log has grown; CodeInvalid with Fields «act_number»,
// «act_date».
func (d *Desk) ApproveEdition(ctx context.Context, actor Actor, slug string, in Approval) (register.Edition, error) {
	e, err := d.approve(ctx, actor, slug, in)
	return e, wrap(err, "upkeep: approve edition %d of %s", in.Number, slug)
}

func (d *Desk) approve(ctx context.Context, actor Actor, slug string, in Approval) (register.Edition, error) {
	in.Act.Kind, in.Act.Number = strings.TrimSpace(in.Act.Kind), strings.TrimSpace(in.Act.Number)
	var e register.Edition
	// What can be refused is refused before anything is printed.
	err := d.look(ctx, actor, slug, func(v View, s sight) (err error) {
		e, err = s.approvable(ctx, v, in)
		return err
	})
	if err != nil {
		return e, err
	}
	files, err := d.print(ctx, slug, &e)
	if err != nil {
		return e, err
	}
	err = d.do(ctx, actor, slug, func(a *act) error {
		again, err := a.approvable(ctx, a.tx, in)
		if err != nil {
			return err
		}
		again.Documents = e.Documents
		e = again
		return d.issue(ctx, a, &e, files)
	})
	return e, err
}

// approvable gives the edition that the prepared one would become, or why it cannot.
func (s sight) approvable(ctx context.Context, v EditionView, in Approval) (register.Edition, error) {
	var e register.Edition
	if !s.in(register.RoleHead, "") {
		return e, refused("Редакцию утверждает руководитель органа или лицо, его замещающее.")
	}
	p, ok, err := v.Prepared(ctx, s.slug)
	switch {
	case err != nil:
		return e, err
	case !ok || p.Number != in.Number:
		return e, notFound("Редакция № %d не подготовлена.", in.Number)
	case p.By == s.actor.Account && !s.actor.local:
		return e, refused("Редакцию подготовили вы: утвердить её должен другой человек, в какой бы роли вы ни действовали.")
	case p.N != in.N || p.Root != in.Root:
		return e, &Error{Code: CodeStale, Text: "Редакция подготовлена заново, пока вы её смотрели. Ничего не утверждено: посмотрите новую."}
	case s.register.N != p.N:
		return e, &Error{Code: CodeStale, Text: fmt.Sprintf("После подготовки редакции в журнал внесено %s. Утверждается только то, что было подготовлено: редакцию нужно подготовить заново.",
			lang.Count(int(s.register.N-p.N), "запись", "записи", "записей"))}
	}
	var wrong []FieldError
	if in.Act.Number == "" {
		wrong = append(wrong, FieldError{Field: "act_number", Text: "Укажите номер утверждающего акта, как он стоит в акте."})
	} else if utf8.RuneCountInString(in.Act.Number) > maxNumber {
		wrong = append(wrong, FieldError{Field: "act_number", Text: fmt.Sprintf("Номер акта длиннее %d знаков.", maxNumber)})
	}
	e = register.Edition{Number: p.Number, Date: p.Date, Act: in.Act, N: p.N, Note: p.Note}
	if e.Date == "" {
		e.Date = in.Act.Date
	}
	text := wrongDate(in.Act.Date, register.Edition{})
	switch {
	case text != "":
	case !s.actor.local && in.Act.Date > register.DateOf(s.now):
		text = "Акт ещё не подписан: его дата позже сегодняшней."
	case in.Act.Date > e.Date:
		text = fmt.Sprintf("Редакция датирована %s, акт не может быть позже. Пусть редакцию подготовят заново, с другой датой или без неё.", lang.Date(string(e.Date)))
	default:
		text = wrongDate(e.Date, lastEdition(s.register))
	}
	if text != "" {
		wrong = append(wrong, FieldError{Field: "act_date", Text: text})
	}
	if in.Act.Kind == "" || utf8.RuneCountInString(in.Act.Kind) > maxNumber {
		wrong = append(wrong, FieldError{Field: "act_kind", Text: "Укажите вид акта: приказ, распоряжение."})
	}
	if len(wrong) > 0 {
		return e, wrongFields(wrong)
	}
	return e, nil
}

// IssueEdition approves the register as it is, without preparation: for the command line, where preparing and approving is
// one act (Local). Number 0 takes the next free one.
func (d *Desk) IssueEdition(ctx context.Context, actor Actor, slug string, e register.Edition) (register.Edition, error) {
	if !actor.local {
		return e, refused("Редакцию готовит уполномоченное лицо, а утверждает руководитель.")
	}
	r, err := d.ledger.State(ctx, slug, 0)
	if err != nil {
		return e, err
	}
	if e.Number == 0 {
		e.Number = lastEdition(r).Number + 1
	}
	if text := wrongDate(e.Date, register.Edition{}); text != "" {
		return e, invalid("Дата редакции: %s", text)
	}
	e.N = r.N
	if e.N == 0 {
		return e, refused("Перечень пуст: утверждать нечего. Сначала включите точки взаимодействия.")
	}
	files, err := d.print(ctx, slug, &e)
	if err != nil {
		return e, err
	}
	err = d.do(ctx, actor, slug, func(a *act) error {
		if a.register.N != e.N {
			return &Error{Code: CodeStale, Text: "Пока печатались документы редакции, в перечень внесены изменения. Ничего не утверждено, повторите."}
		}
		return d.issue(ctx, a, &e, files)
	})
	return e, wrap(err, "upkeep: issue edition of %s", slug)
}

// print makes the documents and writes their hashes into the edition.
func (d *Desk) print(ctx context.Context, slug string, e *register.Edition) ([]File, error) {
	if d.printer == nil {
		return nil, nil
	}
	files, err := d.printer.Print(ctx, slug, *e)
	if err != nil {
		return nil, err
	}
	e.Documents = nil
	for i := range files {
		f := &files[i]
		f.SHA256, f.Size = ledger.FileSum(f.Content), int64(len(f.Content))
		e.Documents = append(e.Documents, f.Document)
	}
	return files, nil
}

// issue writes files and entry.
func (d *Desk) issue(ctx context.Context, a *act, e *register.Edition, files []File) error {
	for _, f := range files {
		if err := a.tx.PutFile(ctx, a.slug, f.SHA256, f.Content); err != nil {
			return err
		}
	}
	approved, err := d.ledger.ApproveIn(ctx, a.tx, a.slug, *e, a.actor.Account)
	if err != nil {
		return err
	}
	*e = approved
	p, ok, err := a.tx.Prepared(ctx, a.slug)
	if err != nil {
		return err
	}
	if ok && p.Number <= e.Number {
		if err := a.tx.DropPrepared(ctx, a.slug); err != nil {
			return err
		}
	}
	h, err := a.tx.Head(ctx, a.slug)
	if err != nil {
		return err
	}
	before, after := a.register, *a.register
	after.N, after.Time = h.N, h.Time
	after.Editions = append(slices.Clone(before.Editions), approved)
	a.register = &after
	var to []string
	if ok && p.By != "" {
		to = []string{p.By}
	}
	return d.tell(ctx, a.tx, Event{Kind: EventEditionApproved, Body: a.slug, Actor: a.actor.Account, To: to,
		Receipt: ledger.Receipt{From: h.N, To: h.N, Head: h}, Before: before, After: &after})
}

func lastEdition(r *register.Register) register.Edition {
	if len(r.Editions) == 0 {
		return register.Edition{}
	}
	return r.Editions[len(r.Editions)-1]
}

// wrongDate says why an edition cannot have that date after the last one; empty when it can.
func wrongDate(d register.Date, last register.Edition) string {
	if _, ok := d.Time(); !ok {
		return "Нужна дата: день, месяц и год."
	}
	if d < last.Date {
		return fmt.Sprintf("Дата раньше даты редакции № %d (%s).", last.Number, lang.Date(string(last.Date)))
	}
	return ""
}

// wrongFields is the error that says what is wrong at each field, and the first of it in its own sentence.
func wrongFields(fs []FieldError) *Error {
	return &Error{Code: CodeInvalid, Text: fs[0].Text, Fields: fs}
}
