package upkeep

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A ProcessEntry is an entry of the реестр процессов as a person types it.
type ProcessEntry struct {
	Title      string
	Scope      string // register.ScopeInter, register.ScopeIntra or empty
	Direction  string
	Department string // key
	Included   string // the act: «приказ № 9-р от 16.02.2026»
	From       string // a day; empty: that of the act
}

const (
	maxTitle = 1000 // runes of a title
	maxWords = 300  // runes of what is said in a line
)

// fieldErrors gathers what is wrong with a form.
type fieldErrors []FieldError

func (fs *fieldErrors) add(field, text string) {
	*fs = append(*fs, FieldError{Field: field, Text: text})
}

func (fs fieldErrors) err() error {
	if len(fs) == 0 {
		return nil
	}
	return &Error{Code: CodeInvalid, Text: "Не записано: исправьте отмеченные поля.", Fields: fs}
}

// line is what a person typed on one line: without outer and double spaces.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// actTyped reads an act that was typed; nil for nothing.
func (fs *fieldErrors) act(field, text string) *register.Act {
	text = line(text)
	if text == "" {
		return nil
	}
	a, ok := intake.ReadAct(text)
	if !ok || utf8.RuneCountInString(text) > maxWords {
		fs.add(field, "Назовите номер и дату акта, например: приказ № 9-р от 16.02.2026.")
	}
	return &a
}

// day reads a day that was typed; empty for nothing.
func (fs *fieldErrors) day(field, text string) register.Date {
	text = line(text)
	if text == "" {
		return ""
	}
	if d := register.Date(text); len(text) == len("2026-02-16") {
		if _, ok := d.Time(); ok {
			return d
		}
	}
	iso, ok := lang.ParseDate(text)
	if !ok {
		fs.add(field, "Напишите дату как 16.02.2026.")
	}
	return register.Date(iso)
}

// length holds a field to its bound.
func (fs *fieldErrors) length(field, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		fs.add(field, "Слишком длинно: не больше "+lang.Count(most, "знака", "знаков", "знаков")+".")
	}
}

// seen is what a person who changes a subject has looked at: the hash of its content.
func seen(base string, now any) error {
	if base != HashOf(register.Encode(now)) {
		return &Error{Code: CodeStale, Text: "Пока вы готовили изменение, эту запись изменил другой сотрудник. Ничего не записано: сравните с тем, что стоит сейчас, и сохраните снова."}
	}
	return nil
}

// SaveProcess writes an entry of the реестр процессов: a new one when key is empty, else the one with that key as the
// person has seen it (base is HashOf its content). The tasks of clause 4.1 follow. It returns the key.
func (d *Desk) SaveProcess(ctx context.Context, actor Actor, slug, key, base string, in ProcessEntry, g register.Ground) (string, error) {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindProcess}); err != nil {
			return err
		}
		var was register.Process
		op := register.Include
		if key != "" {
			var ok bool
			if was, ok = a.register.Process(key); !ok {
				return notFound("Такого процесса в реестре нет.")
			}
			if err := seen(base, was); err != nil {
				return err
			}
			op = register.Amend
		}
		p, err := a.processTyped(was, in)
		if err != nil {
			return err
		}
		if op == register.Include {
			p.Key = intake.ProcessKey(a.register, p.Title)
			for _, x := range a.register.Processes {
				p.Position = max(p.Position, x.Position+1)
			}
			p.Position = max(p.Position, 1)
			key = p.Key
		}
		c := register.Change{Op: op, Kind: register.KindProcess, Key: p.Key, Content: register.Encode(p)}
		_, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: a.processGround(g), Head: ledger.AnyHead}, nil)
		return err
	})
	return key, wrap(err, "upkeep: process of %s", slug)
}

// processGround is the ground of an act on the реестр процессов; what a person left out is the procedure's own case.
func (a *act) processGround(g register.Ground) register.Ground {
	if g.Clause == "" && g.Text == "" && a.procedure != nil {
		g.Clause, g.Text = a.procedure.Actualise.Clause, "изменение реестра процессов"
		for _, x := range a.procedure.Actualise.Grounds {
			if x.Code == causeProcess {
				g.Clause, g.Text = x.Clause, x.Text
			}
		}
	}
	return g
}

// processTyped is a process with what was typed of it.
func (a *act) processTyped(was register.Process, in ProcessEntry) (register.Process, error) {
	var fs fieldErrors
	p := was
	if p.Title = line(in.Title); p.Title == "" {
		fs.add("title", "Напишите наименование процесса.")
	}
	fs.length("title", p.Title, maxTitle)
	for _, x := range a.register.Processes {
		if x.Key != was.Key && intake.SameName(x.Title, p.Title) && p.Title != "" {
			where := ""
			if x.Excluded != nil {
				where = " (исключён из него; его можно включить снова)"
			}
			fs.add("title", "Процесс с таким наименованием в реестре уже есть"+where+".")
			break
		}
	}
	if p.Scope = line(in.Scope); p.Scope != "" && p.Scope != register.ScopeInter && p.Scope != register.ScopeIntra {
		fs.add("scope", "Выберите вид из списка.")
	}
	p.Direction = line(in.Direction)
	fs.length("direction", p.Direction, maxWords)
	if p.Department = in.Department; p.Department != "" && !a.hasDepartment(p.Department) {
		fs.add("department", "Такого отдела нет: выберите из списка.")
	}
	// An act that still reads as it is printed is that act, with all that is not printed.
	if was.Included == nil || !intake.SameName(was.Included.Text(), in.Included) {
		p.Included = fs.act("included", in.Included)
	}
	if p.From = fs.day("from", in.From); p.From == "" && p.Included != nil && was.Included == nil {
		p.From = p.Included.Date
	}
	if p.From != "" && p.To != "" && p.To < p.From {
		fs.add("from", "Позже дня исключения ("+lang.Date(string(p.To))+").")
	}
	return p, fs.err()
}

func (s sight) hasDepartment(key string) bool {
	return slices.ContainsFunc(s.register.Departments, func(d register.Department) bool { return d.Key == key })
}

// TakeOutProcess marks a process as taken out of the реестр процессов by an act, from a day on (empty: that of the act).
// Its points become tasks; it leaves the register itself when its usages are excluded.
func (d *Desk) TakeOutProcess(ctx context.Context, actor Actor, slug, key, base, citation, from string, g register.Ground) error {
	return d.amendProcess(ctx, actor, slug, key, base, g, func(a *act, p *register.Process) error {
		if p.Excluded != nil {
			return refused("Процесс уже исключён из реестра.")
		}
		var fs fieldErrors
		if p.Excluded = fs.act("act", citation); p.Excluded == nil {
			fs.add("act", "Назовите акт, которым процесс исключён: исключение без акта не вносится.")
			return fs.err()
		}
		p.To = cmp.Or(fs.day("to", from), p.Excluded.Date, register.DateOf(a.now))
		if p.From != "" && p.To < p.From {
			fs.add("to", "Раньше дня включения ("+lang.Date(string(p.From))+").")
		}
		return fs.err()
	})
}

// PutBackProcess includes a process again that was taken out, by an act.
func (d *Desk) PutBackProcess(ctx context.Context, actor Actor, slug, key, base, citation string, g register.Ground) error {
	return d.amendProcess(ctx, actor, slug, key, base, g, func(a *act, p *register.Process) error {
		if p.Excluded == nil {
			return refused("Процесс не исключён: включать нечего.")
		}
		var fs fieldErrors
		in := fs.act("act", citation)
		if in == nil {
			fs.add("act", "Назовите акт, которым процесс включён снова.")
			return fs.err()
		}
		p.Included, p.From, p.Excluded, p.To = in, in.Date, nil, ""
		return fs.err()
	})
}

func (d *Desk) amendProcess(ctx context.Context, actor Actor, slug, key, base string, g register.Ground, change func(*act, *register.Process) error) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindProcess}); err != nil {
			return err
		}
		p, ok := a.register.Process(key)
		if !ok {
			return notFound("Такого процесса в реестре нет.")
		}
		if err := seen(base, p); err != nil {
			return err
		}
		if err := change(a, &p); err != nil {
			return err
		}
		c := register.Change{Op: register.Amend, Kind: register.KindProcess, Key: key, Content: register.Encode(p)}
		_, err := d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: a.processGround(g), Head: ledger.AnyHead}, nil)
		return err
	})
	return wrap(err, "upkeep: process %s of %s", key, slug)
}
