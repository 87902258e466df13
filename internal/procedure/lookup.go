package procedure

import (
	"slices"

	"perechen/internal/register"
)

// KindByCode returns the channel kind with that code.
func (p *Procedure) KindByCode(code string) (Kind, bool) {
	for _, k := range p.Kinds {
		if k.Code == code {
			return k, true
		}
	}
	return Kind{}, false
}

// NeedByCode returns the need with that code.
func (p *Procedure) NeedByCode(code string) (Need, bool) {
	for _, n := range p.Needs {
		if n.Code == code {
			return n, true
		}
	}
	return Need{}, false
}

// Clause returns the clause with that number.
func (p *Procedure) ClauseByNumber(number string) (Clause, bool) {
	for _, c := range p.Clauses {
		if c.Number == number {
			return c, true
		}
	}
	return Clause{}, false
}

// KnowsClause tells whether a change may stand on the clause with that number: the order has it, or names a ground in it.
func (p *Procedure) KnowsClause(number string) bool {
	if _, ok := p.ClauseByNumber(number); ok || number != "" && number == p.Actualise.Clause {
		return true
	}
	return number != "" && slices.ContainsFunc(p.Actualise.Grounds, func(g Ground) bool { return g.Clause == number })
}

// DeclaredByKey returns the declared point with that key.
func (p *Procedure) DeclaredByKey(key string) (DeclaredPoint, bool) {
	for _, d := range p.Declared {
		if d.Key == key {
			return d, true
		}
	}
	return DeclaredPoint{}, false
}

// ClassOf returns the class that the procedure gives a point and the clause that says so: that of the declared point it
// is, else that of its kind; an empty class when the order says nothing of such a kind.
func (p *Procedure) ClassOf(t register.Touchpoint) (class register.Class, clause string) {
	if d, ok := p.DeclaredByKey(t.Declared); ok && t.Declared != "" {
		return d.Class, d.Clause
	}
	k, _ := p.KindByCode(t.Kind)
	return k.Class, k.Clause
}
