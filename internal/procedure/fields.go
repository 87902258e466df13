package procedure

import (
	"slices"

	"perechen/internal/register"
)

// A FieldClause says which clause asks for a field, where that does not follow from the rest of the order: «график работы
// точки указывается по пункту 2.7».
type FieldClause struct {
	Field  string   `yaml:"field" json:"field"`                     // kind, label, value, place, hours, department, validity; process, client, needs, text, feature, forms
	Kinds  []string `yaml:"kinds,omitempty" json:"kinds,omitempty"` // codes of channel kinds; none: all
	Clause string   `yaml:"clause" json:"clause"`
}

// ClauseFor gives the clause that asks for a field of a point, or of a usage of that point; empty where the order asks for
// no such thing. What the order says of the field itself (FieldClauses) comes first; then the clause that names the point,
// its kind, its hours, the needs, the department's duty, the реестр процессов, the form of the report.
func (p *Procedure) ClauseFor(field string, t register.Touchpoint) string {
	for _, f := range p.FieldClauses {
		if f.Field == field && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, t.Kind)) {
			return f.Clause
		}
	}
	kind, _ := p.KindByCode(t.Kind)
	switch field {
	case "kind":
		if kind.Clause == "" && len(p.Kinds) > 0 {
			return p.Kinds[0].Clause
		}
		return kind.Clause
	case "label", "value":
		if d, ok := p.DeclaredByKey(t.Declared); ok && t.Declared != "" {
			return d.Clause
		}
		return kind.Clause
	case "place", "hours":
		for _, r := range p.Reception {
			if r.Point != "" && r.Point == t.Declared && (field == "hours" || r.Place != "") {
				return r.Clause
			}
		}
		if class, _ := p.ClassOf(t); class == register.Offline {
			return kind.Clause
		}
	case "department":
		for _, r := range p.Roles {
			if r.Code == register.RoleDepartment {
				return r.Clause
			}
		}
	case "process":
		if p.Processes.Clause != "" {
			return p.Processes.Clause
		}
		return p.columnClause("process")
	case "client":
		return p.Client.Clause
	case "needs":
		if len(p.Needs) > 0 {
			return p.Needs[0].Clause
		}
	case "forms":
		for _, n := range p.Needs {
			if n.Canonical == "forms" {
				return n.Clause
			}
		}
	case "text":
		return p.columnClause("usage")
	case "feature":
		return p.columnClause("feature")
	}
	return ""
}

// columnClause is the clause of the report when its form has a column for the field.
func (p *Procedure) columnClause(field string) string {
	if p.Report != nil && slices.ContainsFunc(p.Report.Columns, func(c Column) bool { return c.Field == field }) {
		return p.Report.Clause
	}
	return ""
}
