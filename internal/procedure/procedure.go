// Package procedure describes a Порядок ведения перечня as data: clauses, client scope, channel kinds, needs, grounds,
// declared points, roles and the form of the report. The two orders of the first customers are two YAML files in
// /procedures; a new body is a new file. No code anywhere branches on a body.
//
// Each item carries the clause that says it, so that a screen can show «пункт 2.5» beside a field and a finding can cite it.
package procedure

import "perechen/internal/register"

// A Procedure is one Порядок, whole.
type Procedure struct {
	ID          string          `yaml:"id" json:"id"` // komzan-alania-9r-2026; also the file's name
	Title       string          `yaml:"title" json:"title"`
	Act         register.Act    `yaml:"act" json:"act"`
	Basis       []Citation      `yaml:"basis,omitempty" json:"basis,omitempty"` // acts the order cites in its preamble
	Holder      Holder          `yaml:"holder" json:"holder"`
	Client      Client          `yaml:"client" json:"client"`
	Topics      []Topic         `yaml:"topics,omitempty" json:"topics,omitempty"` // matters named in the title (R21)
	Processes   Citation        `yaml:"process_register" json:"process_register"` // act that approved the реестр процессов (R14)
	Departments []Department    `yaml:"departments,omitempty" json:"departments,omitempty"`
	Kinds       []Kind          `yaml:"channel_kinds" json:"channel_kinds"`
	Needs       []Need          `yaml:"needs" json:"needs"`
	Principles  []Principle     `yaml:"principles,omitempty" json:"principles,omitempty"`
	KeyPoints   []KeyPoint      `yaml:"key_points,omitempty" json:"key_points,omitempty"`
	Declared    []DeclaredPoint `yaml:"declared_points,omitempty" json:"declared_points,omitempty"`
	Reception   []Reception     `yaml:"reception,omitempty" json:"reception,omitempty"`
	Roles       []Role          `yaml:"roles,omitempty" json:"roles,omitempty"`
	Actualise   Actualisation   `yaml:"actualisation" json:"actualisation"`
	Report      *Report         `yaml:"report,omitempty" json:"report,omitempty"` // nil: no form of its own
	Appendices  []Appendix      `yaml:"appendices,omitempty" json:"appendices,omitempty"`
	Clauses     []Clause        `yaml:"text" json:"text"` // the order's own words, clause by clause
}

// A Citation is a reference to an act as the order makes it; Act's fields are empty where the order leaves them out.
type Citation struct {
	Clause string       `yaml:"clause" json:"clause"`
	Quote  string       `yaml:"quote" json:"quote"`
	Act    register.Act `yaml:"act" json:"act"`
}

// Holder is the body that keeps the register.
type Holder struct {
	Name      string `yaml:"name" json:"name"`
	ShortName string `yaml:"short_name" json:"short_name"`
	Genitive  string `yaml:"genitive" json:"genitive"`
	// ShortGenitive stands in headings: «Комитета РСО-Алания по занятости населения».
	ShortGenitive string `yaml:"short_genitive,omitempty" json:"short_genitive,omitempty"`
	Word          string `yaml:"word" json:"word"` // how the order calls it: Комитет, Министерство
	HeadTitle     string `yaml:"head_title" json:"head_title"`
	HeadName      string `yaml:"head_name,omitempty" json:"head_name,omitempty"`
	City          string `yaml:"city,omitempty" json:"city,omitempty"`
	Slug          string `yaml:"slug" json:"slug"` // default address of the body: komzan
}

// Client is whom the register is for: clause 1.1.
type Client struct {
	Code   string   `yaml:"code" json:"code"`     // internal
	Word   string   `yaml:"word" json:"word"`     // внутренний
	Others []string `yaml:"others" json:"others"` // words that contradict it: внешний (R8)
	Clause string   `yaml:"clause" json:"clause"`
}

// A Topic is one matter of the title: «кадровая политика».
type Topic struct {
	Code   string   `yaml:"code" json:"code"`
	Title  string   `yaml:"title" json:"title"`
	Words  []string `yaml:"words" json:"words"` // stems by which a process or profile is recognised as belonging to it
	Clause string   `yaml:"clause,omitempty" json:"clause,omitempty"`
}

// A Department of the holder that the order names.
type Department struct {
	Key      string `yaml:"key" json:"key"`
	Title    string `yaml:"title" json:"title"`
	Genitive string `yaml:"genitive" json:"genitive"`
	Clause   string `yaml:"clause" json:"clause"`
}

// A Kind is a kind of channel with the class that the order gives it.
type Kind struct {
	Code   string         `yaml:"code" json:"code"` // site, email, phone, edms, social, portal, office, reception, post
	Title  string         `yaml:"title" json:"title"`
	Class  register.Class `yaml:"class" json:"class"`
	Clause string         `yaml:"clause" json:"clause"`
	Words  []string       `yaml:"words,omitempty" json:"words,omitempty"` // by which a cell is recognised as of this kind, beside the built-in ones
}

// A Need is an item of clause 2.5. Canonical maps it to the code shared by all bodies (see Canonical).
type Need struct {
	Code      string   `yaml:"code" json:"code"`
	Canonical string   `yaml:"canonical" json:"canonical"`
	Text      string   `yaml:"text" json:"text"`
	Clause    string   `yaml:"clause" json:"clause"`
	Wordings  []string `yaml:"wordings,omitempty" json:"wordings,omitempty"` // other ways in which documents say it
	Other     bool     `yaml:"other,omitempty" json:"other,omitempty"`       // the open item «другие»
}

// A Principle is an item of clause 2.6. Check names the rule that can test it: both_classes, or nothing.
type Principle struct {
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
	Check  string `yaml:"check,omitempty" json:"check,omitempty"`
}

// A KeyPoint is an item of clause 3.4: at least one point of Kinds must be declared and used.
type KeyPoint struct {
	Text   string   `yaml:"text" json:"text"`
	Clause string   `yaml:"clause" json:"clause"`
	Kinds  []string `yaml:"kinds" json:"kinds"`
}

// A DeclaredPoint is a point that section 3 names.
type DeclaredPoint struct {
	Key        string         `yaml:"key" json:"key"`
	Kind       string         `yaml:"kind" json:"kind"`
	Class      register.Class `yaml:"class" json:"class"`
	Label      string         `yaml:"label" json:"label"`
	Value      string         `yaml:"value,omitempty" json:"value,omitempty"`
	Department string         `yaml:"department,omitempty" json:"department,omitempty"`
	Place      string         `yaml:"place,omitempty" json:"place,omitempty"`
	Clause     string         `yaml:"clause" json:"clause"`
	Item       int            `yaml:"item" json:"item"` // which paragraph of the clause, from 1; two points may share one
	Quote      string         `yaml:"quote" json:"quote"`
	// Generic marks a point that names a sort of places, not one place («места нахождения Комитета»): R1 leaves it alone
	// and it does not declare each single room.
	Generic bool `yaml:"generic,omitempty" json:"generic,omitempty"`
}

// Reception is a statement of hours, verbatim; R9 compares statements about the same subject.
type Reception struct {
	Who    string `yaml:"who" json:"who"`
	Hours  string `yaml:"hours" json:"hours"` // «ежедневно с 09:00 до 18:00»
	Place  string `yaml:"place,omitempty" json:"place,omitempty"`
	Clause string `yaml:"clause" json:"clause"`
	Item   int    `yaml:"item" json:"item"`
}

// A Role with its duties: clauses 2.2–2.4.
type Role struct {
	Code      string `yaml:"code" json:"code"` // officer, department, head
	Title     string `yaml:"title" json:"title"`
	Clause    string `yaml:"clause" json:"clause"`
	Appointed bool   `yaml:"appointed,omitempty" json:"appointed,omitempty"` // held by an act of the head (R22)
	Duties    []Duty `yaml:"duties,omitempty" json:"duties,omitempty"`
}

// A Duty of a role.
type Duty struct {
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
}

// Actualisation says when the register must be looked at again: clause 4.1.
type Actualisation struct {
	Clause       string   `yaml:"clause" json:"clause"`
	Grounds      []Ground `yaml:"grounds" json:"grounds"`
	DeadlineDays int      `yaml:"deadline_working_days,omitempty" json:"deadline_working_days,omitempty"`
	PeriodMonths int      `yaml:"period_months,omitempty" json:"period_months,omitempty"`
}

// A Ground of actualisation.
type Ground struct {
	Code   string `yaml:"code" json:"code"` // process, kind, needs
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
}

// Report is the form of clause 4.2.
type Report struct {
	Clause   string   `yaml:"clause" json:"clause"`
	Appendix []string `yaml:"appendix" json:"appendix"` // lines of the corner mark: «Приложение», «к порядку ведения …»
	Title    []string `yaml:"title" json:"title"`       // lines of the title, verbatim
	Columns  []Column `yaml:"columns" json:"columns"`
	Approval bool     `yaml:"approval" json:"approval"` // the report is approved (утверждается)
}

// A Column of the report. Field is number, process, touchpoint, usage, feature, class, needs, department, place, hours.
type Column struct {
	Heading string   `yaml:"heading" json:"heading"`
	Field   string   `yaml:"field" json:"field"`
	Width   float64  `yaml:"width,omitempty" json:"width,omitempty"`     // mm
	Group   bool     `yaml:"group,omitempty" json:"group,omitempty"`     // one merged cell for the rows of a process
	Aliases []string `yaml:"aliases,omitempty" json:"aliases,omitempty"` // other headings under which documents print it
}

// An Appendix of the order; MentionedIn is the clause that refers to it, empty if none does (R17).
type Appendix struct {
	Title       string `yaml:"title" json:"title"`
	Kind        string `yaml:"kind" json:"kind"` // report, attributes, profiles
	MentionedIn string `yaml:"mentioned_in,omitempty" json:"mentioned_in,omitempty"`
}

// A Clause of the order with its own words. Paragraphs are verbatim, in order; paragraph 1 is the clause's first line.
type Clause struct {
	Number     string   `yaml:"number" json:"number"` // «2.5»; «преамбула», «название» for parts without a number
	Heading    string   `yaml:"heading,omitempty" json:"heading,omitempty"`
	Paragraphs []string `yaml:"paragraphs" json:"paragraphs"`
}

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
