package procedure

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// verify adds to the tree's errors what the schema cannot say about p. Empty values are the schema's business.
func (t *tree) verify(p *Procedure) {
	t.verifyDates(p)
	t.verifyCodes(p)
	t.verifyReferences(p)
	t.verifyNeeds(p)
	t.verifyWords(p)
	if len(p.Clauses) > 0 {
		t.verifyText(p)
	}
}

// at fails at a path, with the line of the nearest thing that has one.
func (t *tree) at(path, expected string) {
	line, ok := t.lines[path]
	for parent := path; !ok && parent != ""; {
		cut := strings.LastIndexAny(parent, ".[")
		parent = parent[:max(cut, 0)]
		line, ok = t.lines[parent]
	}
	t.fail(line, path, expected)
}

func (t *tree) verifyDates(p *Procedure) {
	check := func(path string, d register.Date) {
		if _, ok := d.Time(); d != "" && !ok {
			t.at(path, "ожидалась дата из календаря, вида 2026-02-16")
		}
	}
	act := func(path string, a register.Act) {
		check(path+".date", a.Date)
		if a.Registration != nil {
			check(path+".registration.date", a.Registration.Date)
		}
	}
	act("act", p.Act)
	act("process_register.act", p.Processes.Act)
	for i, b := range p.Basis {
		act(fmt.Sprintf("basis[%d].act", i), b.Act)
	}
}

// verifyCodes: what is told apart by a code has one of its own.
func (t *tree) verifyCodes(p *Procedure) {
	unique(t, "departments", "key", p.Departments, func(d Department) string { return d.Key })
	unique(t, "topics", "code", p.Topics, func(v Topic) string { return v.Code })
	unique(t, "channel_kinds", "code", p.Kinds, func(k Kind) string { return k.Code })
	unique(t, "needs", "code", p.Needs, func(n Need) string { return n.Code })
	unique(t, "declared_points", "key", p.Declared, func(d DeclaredPoint) string { return d.Key })
	unique(t, "roles", "code", p.Roles, func(r Role) string { return r.Code })
	unique(t, "actualisation.grounds", "code", p.Actualise.Grounds, func(g Ground) string { return g.Code })
	unique(t, "text", "number", p.Clauses, func(c Clause) string { return c.Number })
	if p.Report != nil {
		unique(t, "report.columns", "field", p.Report.Columns, func(c Column) string { return c.Field })
		unique(t, "report.columns", "heading", p.Report.Columns, func(c Column) string { return lang.Fold(c.Heading) })
		if !slices.ContainsFunc(p.Report.Columns, func(c Column) bool { return c.Field == "touchpoint" }) {
			t.at("report.columns", "ожидалась графа с точкой взаимодействия (field: touchpoint)")
		}
	}
}

func unique[T any](t *tree, list, field string, items []T, code func(T) string) {
	first := map[string]int{}
	for i, item := range items {
		c := code(item)
		if j, ok := first[c]; ok && c != "" {
			t.at(fmt.Sprintf("%s[%d].%s", list, i, field), fmt.Sprintf("ожидалось другое значение: «%s» уже есть в строке %d", c,
				t.lines[fmt.Sprintf("%s[%d].%s", list, j, field)]))
			continue
		}
		first[c] = i
	}
}

// verifyReferences: kinds, departments and points that are referred to are there.
func (t *tree) verifyReferences(p *Procedure) {
	refer := func(path, code, list string, known []string) {
		if code != "" && !slices.Contains(known, code) {
			t.at(path, fmt.Sprintf("ожидалось одно из значений %s: %s", list, orNone(known)))
		}
	}
	var kinds, departments, points []string
	for _, k := range p.Kinds {
		kinds = append(kinds, k.Code)
	}
	for _, d := range p.Departments {
		departments = append(departments, d.Key)
	}
	for _, d := range p.Declared {
		points = append(points, d.Key)
	}
	for i, d := range p.Declared {
		refer(fmt.Sprintf("declared_points[%d].kind", i), d.Kind, "channel_kinds", kinds)
		refer(fmt.Sprintf("declared_points[%d].department", i), d.Department, "departments", departments)
	}
	for i, k := range p.KeyPoints {
		for j, code := range k.Kinds {
			refer(fmt.Sprintf("key_points[%d].kinds[%d]", i, j), code, "channel_kinds", kinds)
		}
	}
	for i, f := range p.FieldClauses {
		for j, code := range f.Kinds {
			refer(fmt.Sprintf("fields[%d].kinds[%d]", i, j), code, "channel_kinds", kinds)
		}
	}
	for i, r := range p.Reception {
		refer(fmt.Sprintf("reception[%d].point", i), r.Point, "declared_points", points)
	}
	for i, r := range p.Roles {
		for j, key := range r.Departments {
			refer(fmt.Sprintf("roles[%d].departments[%d]", i, j), key, "departments", departments)
		}
	}
}

func orNone(codes []string) string {
	if len(codes) == 0 {
		return "(список пуст)"
	}
	return strings.Join(codes, ", ")
}

// verifyNeeds: one open need at most, and it is the one that is mapped to «other».
func (t *tree) verifyNeeds(p *Procedure) {
	open := -1
	for i, n := range p.Needs {
		path := fmt.Sprintf("needs[%d]", i)
		switch {
		case n.Other && open >= 0:
			t.at(path+".other", fmt.Sprintf("ожидалась одна открытая потребность, а она уже есть в строке %d", t.lines[fmt.Sprintf("needs[%d]", open)]))
		case n.Other:
			open = i
			if n.Canonical != "other" && n.Canonical != "" {
				t.at(path+".canonical", "ожидалось «other»: это открытая потребность")
			}
		case n.Canonical == "other":
			t.at(path+".canonical", "ожидалась ещё строка «other: true» или другой общий код")
		}
	}
}

// verifyWords: each rule of recognition has a word to go by, and a kind of channel that nobody knows brings its own.
func (t *tree) verifyWords(p *Procedure) {
	rules := func(path string, words []string) {
		for j, w := range words {
			if len(compile(0, w).words) == 0 {
				t.at(fmt.Sprintf("%s[%d]", path, j), "ожидались слова, по которым узнаётся текст, а здесь одни служебные")
			}
		}
	}
	for i, n := range p.Needs {
		rules(fmt.Sprintf("needs[%d].wordings", i), n.Wordings)
	}
	for i, v := range p.Topics {
		rules(fmt.Sprintf("topics[%d].words", i), v.Words)
	}
	for i, k := range p.Kinds {
		rules(fmt.Sprintf("channel_kinds[%d].words", i), k.Words)
		known := slices.ContainsFunc(KnownKinds(), func(o Kind) bool { return o.Code == k.Code })
		if len(k.Words) == 0 && k.Code != "" && !known {
			t.at(fmt.Sprintf("channel_kinds[%d].words", i), fmt.Sprintf("поле обязательно: общего вида «%s» нет, ожидались слова, по которым узнаётся свой", k.Code))
		}
	}
}
