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
	Topics      []Topic         `yaml:"topics,omitempty" json:"topics,omitempty"`                    // matters named in the title (R21)
	Processes   Citation        `yaml:"process_register,omitempty" json:"process_register,omitzero"` // act that approved the реестр процессов (R14)
	Departments []Department    `yaml:"departments,omitempty" json:"departments,omitempty"`
	Kinds       []Kind          `yaml:"channel_kinds" json:"channel_kinds"`
	Needs       []Need          `yaml:"needs" json:"needs"`
	Principles  []Principle     `yaml:"principles,omitempty" json:"principles,omitempty"`
	KeyPoints   []KeyPoint      `yaml:"key_points,omitempty" json:"key_points,omitempty"`
	Declared    []DeclaredPoint `yaml:"declared_points,omitempty" json:"declared_points,omitempty"`
	Reception   []Reception     `yaml:"reception,omitempty" json:"reception,omitempty"`
	Roles       []Role          `yaml:"roles,omitempty" json:"roles,omitempty"`
	Actualise   Actualisation   `yaml:"actualisation" json:"actualisation"`
	Feedback    Feedback        `yaml:"feedback,omitempty" json:"feedback,omitzero"`
	Report      *Report         `yaml:"report,omitempty" json:"report,omitempty"` // nil: no form of its own
	Appendices  []Appendix      `yaml:"appendices,omitempty" json:"appendices,omitempty"`
	// FieldClauses say which clause asks for a field where ClauseFor cannot tell from the rest.
	FieldClauses []FieldClause `yaml:"fields,omitempty" json:"fields,omitempty"`
	Clauses      []Clause      `yaml:"text,omitempty" json:"text,omitempty"` // the order's own words, clause by clause
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
	Code         string   `yaml:"code" json:"code"`                                     // internal
	Word         string   `yaml:"word" json:"word"`                                     // внутренний
	Instrumental string   `yaml:"instrumental,omitempty" json:"instrumental,omitempty"` // for headings: внутренним клиентом
	Others       []string `yaml:"others,omitempty" json:"others,omitempty"`             // words that contradict it: внешний (R8)
	Clause       string   `yaml:"clause" json:"clause"`
}

// A Topic is one matter of the title: «кадровая политика». A text belongs to it when one of Words does: each is a rule in
// the notation of Matcher.
type Topic struct {
	Code   string   `yaml:"code" json:"code"`
	Title  string   `yaml:"title" json:"title"`
	Words  []string `yaml:"words" json:"words"` // by which a process or a profile is recognised
	Clause string   `yaml:"clause,omitempty" json:"clause,omitempty"`
}

// A Department of the holder that the order names.
type Department struct {
	Key      string `yaml:"key" json:"key"`
	Title    string `yaml:"title" json:"title"`
	Genitive string `yaml:"genitive" json:"genitive"`
	Clause   string `yaml:"clause" json:"clause"`
}

// A Kind is a kind of channel with the class that the order gives it; Class is empty where the order speaks of the kind
// but not of its class.
type Kind struct {
	Code   string         `yaml:"code" json:"code"` // site, email, phone, edms, social, portal, office, reception, post
	Title  string         `yaml:"title" json:"title"`
	Class  register.Class `yaml:"class,omitempty" json:"class,omitempty"`
	Clause string         `yaml:"clause" json:"clause"`
	Words  []string       `yaml:"words,omitempty" json:"words,omitempty"` // by which a cell is recognised, beside the common ones; see Matcher
}

// A Need is an item of clause 2.5. Canonical maps it to the code shared by all bodies (see Canonical); it is empty for a
// need that no other body has.
type Need struct {
	Code      string   `yaml:"code" json:"code"`
	Canonical string   `yaml:"canonical,omitempty" json:"canonical,omitempty"`
	Text      string   `yaml:"text" json:"text"`
	Clause    string   `yaml:"clause" json:"clause"`
	Item      int      `yaml:"item,omitempty" json:"item,omitempty"`         // paragraph of the clause, from 1; 0: not said
	Wordings  []string `yaml:"wordings,omitempty" json:"wordings,omitempty"` // other ways in which documents say it, beside the common ones
	Other     bool     `yaml:"other,omitempty" json:"other,omitempty"`       // the open item «другие»
}

// A Principle is an item of clause 2.6. Check names the rule that can test it: both_classes, or nothing.
type Principle struct {
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
	Item   int    `yaml:"item,omitempty" json:"item,omitempty"`
	Check  string `yaml:"check,omitempty" json:"check,omitempty"`
}

// A KeyPoint is an item of clause 3.4: at least one point of Kinds must be declared and used; with Every, one of each
// («лично в устной форме и посредством телефонной связи»).
type KeyPoint struct {
	Text   string   `yaml:"text" json:"text"`
	Clause string   `yaml:"clause" json:"clause"`
	Item   int      `yaml:"item,omitempty" json:"item,omitempty"`
	Kinds  []string `yaml:"kinds" json:"kinds"`
	Every  bool     `yaml:"every,omitempty" json:"every,omitempty"`
}

// A DeclaredPoint is a point that section 3 names. Its class is the one of the list in which the order puts it, whatever
// its kind: a telephone among the offline points is an offline point.
type DeclaredPoint struct {
	Key        string         `yaml:"key" json:"key"`
	Kind       string         `yaml:"kind" json:"kind"`
	Class      register.Class `yaml:"class" json:"class"`
	Label      string         `yaml:"label" json:"label"`
	Value      string         `yaml:"value,omitempty" json:"value,omitempty"`
	Department string         `yaml:"department,omitempty" json:"department,omitempty"`
	Place      string         `yaml:"place,omitempty" json:"place,omitempty"`
	Clause     string         `yaml:"clause" json:"clause"`
	Item       int            `yaml:"item,omitempty" json:"item,omitempty"` // paragraph of the clause, its first line being 1; two points may share one
	Quote      string         `yaml:"quote" json:"quote"`                   // verbatim
	// Generic marks a point that names a sort of places, not one place («места нахождения Комитета»): R1 leaves it alone
	// and it does not declare each single room.
	Generic bool `yaml:"generic,omitempty" json:"generic,omitempty"`
}

// Reception is a statement of hours, verbatim; R9 compares statements about the same subject: the same Point.
type Reception struct {
	Point  string `yaml:"point,omitempty" json:"point,omitempty"` // key of the declared point whose hours they are
	Who    string `yaml:"who,omitempty" json:"who,omitempty"`     // who receives; empty for everybody
	Hours  string `yaml:"hours" json:"hours"`                     // «ежедневно с 09:00 до 18:00»
	Place  string `yaml:"place,omitempty" json:"place,omitempty"`
	Clause string `yaml:"clause" json:"clause"`
	Item   int    `yaml:"item,omitempty" json:"item,omitempty"`
}

// A Role with its duties: clauses 2.2–2.4.
type Role struct {
	Code      string `yaml:"code" json:"code"` // officer, department, head
	Title     string `yaml:"title" json:"title"`
	Clause    string `yaml:"clause" json:"clause"`
	Appointed bool   `yaml:"appointed,omitempty" json:"appointed,omitempty"` // held by an act of the head (R22)
	// Departments are the keys of those whose officers hold the role.
	Departments []string `yaml:"departments,omitempty" json:"departments,omitempty"`
	Duties      []Duty   `yaml:"duties,omitempty" json:"duties,omitempty"`
}

// A Duty of a role, in the order's own words.
type Duty struct {
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
	Item   int    `yaml:"item,omitempty" json:"item,omitempty"`
}

// Actualisation says when the register must be looked at again: clause 4.1.
type Actualisation struct {
	Clause       string   `yaml:"clause" json:"clause"`
	Grounds      []Ground `yaml:"grounds" json:"grounds"`
	DeadlineDays int      `yaml:"deadline_working_days,omitempty" json:"deadline_working_days,omitempty"`
	PeriodMonths int      `yaml:"period_months,omitempty" json:"period_months,omitempty"`
	// ConfirmDays before the end of the period a department is asked to confirm its points; OfficerDays after a missed
	// deadline the authorised officer is told, HeadDays after it the head. All are working days; 0 is the documented default.
	ConfirmDays int `yaml:"confirm_working_days,omitempty" json:"confirm_working_days,omitempty"`
	OfficerDays int `yaml:"officer_after_working_days,omitempty" json:"officer_after_working_days,omitempty"`
	HeadDays    int `yaml:"head_after_working_days,omitempty" json:"head_after_working_days,omitempty"`
}

// A Ground of actualisation.
type Ground struct {
	Code   string `yaml:"code" json:"code"` // process, kind, needs
	Text   string `yaml:"text" json:"text"`
	Clause string `yaml:"clause" json:"clause"`
	Item   int    `yaml:"item,omitempty" json:"item,omitempty"`
}

// Feedback says how what clients say is considered. Zeros are what the order does not say.
type Feedback struct {
	Clause     string `yaml:"clause,omitempty" json:"clause,omitempty"`
	AnswerDays int    `yaml:"answer_working_days,omitempty" json:"answer_working_days,omitempty"` // after the end of the month
	Threshold  int    `yaml:"threshold,omitempty" json:"threshold,omitempty"`                     // answers without which nothing is shown; at least 5
}

// Report is the form of clause 4.2.
type Report struct {
	Clause   string   `yaml:"clause,omitempty" json:"clause,omitempty"`     // empty: the common form, no clause gives it
	Appendix []string `yaml:"appendix,omitempty" json:"appendix,omitempty"` // lines of the corner mark: «Приложение», «к порядку ведения …»
	Title    []string `yaml:"title" json:"title"`                           // lines of the title, verbatim
	Columns  []Column `yaml:"columns" json:"columns"`
	Approval bool     `yaml:"approval,omitempty" json:"approval,omitempty"` // the report is approved (утверждается)
}

// A Column of the report. Field is number, process, touchpoint, usage, feature, class, needs, department, place, hours,
// contact.
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
	Clause      string `yaml:"clause,omitempty" json:"clause,omitempty"` // the part of Clauses that holds its heading
	Kind        string `yaml:"kind" json:"kind"`                         // report, attributes, profiles
	MentionedIn string `yaml:"mentioned_in,omitempty" json:"mentioned_in,omitempty"`
}

// A Clause of the order with its own words. Paragraphs are verbatim, in order; paragraph 1 is the clause's first line, with
// its number. All paragraphs of all clauses are the whole order outside its tables.
type Clause struct {
	// Number is «2.5», for a section «2», for an item of the order itself «приказ, пункт 1»; parts without a number have a
	// name: бланк, название, преамбула, подпись, регистрация, название порядка, приложение.
	Number     string   `yaml:"number" json:"number"`
	Heading    string   `yaml:"heading,omitempty" json:"heading,omitempty"`
	Paragraphs []string `yaml:"paragraphs" json:"paragraphs"`
}
