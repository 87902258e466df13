package upkeep

import (
	"context"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// TakeProcedure makes p the Порядок by which a body keeps its register, in one act: the order, the departments that it
// names anew, and the tasks that follow for the points whose class or needs it changes. The earlier version stays in the
// log. head is the entry at which the caller looked (ledger.AnyHead: any). CodeStale when somebody has written since;
// CodeRefused without the right, or when p says nothing new.
func (d *Desk) TakeProcedure(ctx context.Context, actor Actor, slug string, p *procedure.Procedure, g register.Ground, head int64) (ledger.Receipt, error) {
	var r ledger.Receipt
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Kind: register.KindProcedure}); err != nil {
			return err
		}
		if a.procedure != nil && string(register.Encode(a.procedure)) == string(register.Encode(p)) {
			return &Error{Code: CodeRefused, Text: "Этот порядок уже в силе слово в слово: принимать нечего."}
		}
		var err error
		r, err = d.record(ctx, a, ledger.Batch{Changes: procedureChanges(a.register, a.procedure, p), Ground: g, Head: head}, nil)
		return err
	})
	if err != nil {
		return ledger.Receipt{}, wrap(err, "upkeep: take procedure into %s", slug)
	}
	return r, nil
}

// procedureChanges are the changes by which another Порядок comes into force. One of another id takes the place of the
// earlier one.
func procedureChanges(r *register.Register, was, p *procedure.Procedure) []register.Change {
	in := register.Change{Op: register.Include, Kind: register.KindProcedure, Key: p.ID, Content: register.Encode(p)}
	var cs []register.Change
	switch {
	case was == nil:
		cs = append(cs, in)
	case was.ID == p.ID:
		in.Op = register.Amend
		cs = append(cs, in)
	default:
		cs = append(cs, register.Change{Op: register.Exclude, Kind: register.KindProcedure, Key: was.ID}, in)
	}
	if org := r.Organisation; org.Procedure != p.ID {
		org.Procedure = p.ID
		cs = append(cs, register.Change{Op: register.Amend, Kind: register.KindOrganisation, Key: org.Slug, Content: register.Encode(org)})
	}
	known := map[string]bool{}
	for _, d := range r.Departments {
		known[d.Key] = true
	}
	if was != nil {
		for _, d := range was.Departments {
			known[d.Key] = true // one that is not there any more was closed
		}
	}
	for _, d := range p.Departments {
		if !known[d.Key] {
			x := register.Department{Key: d.Key, Title: d.Title, Genitive: d.Genitive}
			cs = append(cs, register.Change{Op: register.Include, Kind: register.KindDepartment, Key: d.Key, Content: register.Encode(x)})
		}
	}
	return cs
}
