package upkeep

import (
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"perechen/internal/intake"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
)

// ProcessOptions say how a реестр процессов is taken in.
type ProcessOptions = intake.ProcessOptions

// A PlanItem is one line of what a file would change.
type PlanItem = intake.Item

// A ProcessFile is a реестр процессов read from a file, with what it would change. Nothing is changed by reading one.
type ProcessFile struct {
	*intake.ProcessRegister
	Plan  *intake.Plan
	Tasks []register.Task // that would be opened
	Head  int64           // the entry against which it was read
}

// ReadProcesses reads a file, bounded as every file is, and holds it against the реестр процессов.
func (d *Desk) ReadProcesses(ctx context.Context, actor Actor, slug, name string, file io.ReaderAt, size int64, opt ProcessOptions) (*ProcessFile, error) {
	doc, err := office.Read(ctx, name, file, size, office.DefaultLimits)
	if err != nil {
		return nil, unreadable(err)
	}
	return d.processFile(ctx, actor, slug, opt, func(s sight) (*intake.ProcessRegister, error) {
		return intake.ParseProcesses(doc, path.Base(strings.ReplaceAll(name, `\`, "/")), s.procedure, s.register.Departments)
	})
}

// UnpackProcesses is ReadProcesses of a file that was read before (ProcessRegister.Pack).
func (d *Desk) UnpackProcesses(ctx context.Context, actor Actor, slug, pack string, opt ProcessOptions) (*ProcessFile, error) {
	return d.processFile(ctx, actor, slug, opt, func(s sight) (*intake.ProcessRegister, error) { return unpack(pack, s.register) })
}

func unpack(pack string, r *register.Register) (*intake.ProcessRegister, error) {
	d, ok := intake.UnpackProcesses(pack, r.Departments)
	if !ok {
		return nil, invalid("Прочитанный файл потерялся по дороге: выберите его снова.")
	}
	return d, nil
}

func (d *Desk) processFile(ctx context.Context, actor Actor, slug string, opt ProcessOptions, read func(sight) (*intake.ProcessRegister, error)) (*ProcessFile, error) {
	var f *ProcessFile
	err := d.look(ctx, actor, slug, func(_ View, s sight) error {
		if err := s.mayAppend(register.Change{Kind: register.KindProcess}); err != nil {
			return err
		}
		got, err := read(s)
		if err != nil {
			return unreadable(err)
		}
		opt := s.processOptions(opt)
		f = &ProcessFile{ProcessRegister: got, Plan: got.Against(s.register, opt), Head: s.register.N}
		f.Tasks = s.foresee(f.Plan.Changes)
		return nil
	})
	return f, wrap(err, "upkeep: a file of processes for %s", slug)
}

func (s sight) processOptions(opt ProcessOptions) ProcessOptions {
	if opt.On == "" {
		opt.On = register.DateOf(s.now)
	}
	return opt
}

// foresee gives the tasks that changes would open.
func (s sight) foresee(changes []register.Change) []register.Task {
	after, err := ledger.Apply(s.register, changes)
	if err != nil {
		return nil // what cannot be read is refused when it is written
	}
	var ts []register.Task
	known := map[string]bool{}
	for _, t := range s.register.Tasks {
		known[t.Key] = t.Done == ""
	}
	more := consequences(s.register, after, s.procedure, CalendarOf(after), register.DateOf(s.now))
	if after, err = ledger.Apply(after, more); err != nil {
		return nil
	}
	for _, t := range after.Tasks {
		if t.Done == "" && !known[t.Key] {
			ts = append(ts, t)
		}
	}
	return ts
}

// TakeProcesses writes what a file that was read and packed changes in the реестр процессов, all or nothing. citation is
// the act by which what the file does not name any more is excluded; it is asked for where something is. head is the entry
// against which the person saw it.
func (d *Desk) TakeProcesses(ctx context.Context, actor Actor, slug, pack, citation string, opt ProcessOptions, g register.Ground, head int64) (ledger.Receipt, error) {
	var r ledger.Receipt
	var fs fieldErrors
	if act := fs.act("act", citation); act != nil {
		opt.Act = *act
	}
	if err := fs.err(); err != nil {
		return r, err
	}
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindProcess}); err != nil {
			return err
		}
		got, err := unpack(pack, a.register)
		if err != nil {
			return err
		}
		plan := got.Against(a.register, a.processOptions(opt))
		if len(plan.Changes) == 0 {
			return refused("Реестр процессов уже такой, как в файле: записывать нечего.")
		}
		for _, x := range plan.Target.Processes {
			if was, _ := a.register.Process(x.Key); x.Excluded != nil && *x.Excluded == (register.Act{}) && was.Excluded == nil {
				fs.add("act", "Назовите акт, которым процессы исключаются, или загрузите файл как часть реестра.")
				return fs.err()
			}
		}
		r, err = d.record(ctx, a, ledger.Batch{Changes: plan.Changes, Ground: a.processGround(g), Head: head}, nil)
		return err
	})
	return r, wrap(err, "upkeep: processes of %s", slug)
}

// unreadable makes of the refusal of a file an error that speaks to people.
func unreadable(err error) error {
	var o *office.Error
	var i *intake.Error
	switch {
	case errors.As(err, &o):
		return &Error{Code: CodeInvalid, Text: o.Text, Fields: []FieldError{{Field: "file", Text: o.Text}}, Err: err}
	case errors.As(err, &i):
		return &Error{Code: CodeInvalid, Text: i.Text, Fields: []FieldError{{Field: "file", Text: i.Text}}, Err: err}
	}
	return err
}
