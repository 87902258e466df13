// Package register holds the nouns of a Перечень точек взаимодействия с клиентом and what may become of them.
//
// It is pure: no clock, no disk, no network, and it imports nothing of ours. A newcomer who reads the comments of this
// file knows what the product is about. A Register is a value: the state of one body's log at one entry. Nothing here
// changes a Register in place; changes are described (Change) and go through package ledger, the only door.
package register

import (
	"slices"
	"time"
)

// A Class says by what kind of channel a point is reached: clause 3.1 of the orders divides all points in two.
type Class string

// The two classes of clause 3.1; the empty Class means that nobody has said.
const (
	Digital Class = "digital" // цифровая точка
	Offline Class = "offline" // офлайн-точка
)

// Date is a calendar day in ISO form, "2026-02-16"; the empty Date means unknown or unlimited. Dates compare as strings.
type Date string

// DateOf returns the calendar day of t in t's own location.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// Time returns midnight UTC of the day; ok is false for an empty or impossible date ("2026-02-30").
func (d Date) Time() (t time.Time, ok bool) {
	t, err := time.Parse(time.DateOnly, string(d))
	return t, err == nil
}

// An Act is a legal act that is cited: an order, a decree, a protocol. Number is kept verbatim («9-р», «01-02/01»).
type Act struct {
	Kind         string        `json:"kind,omitempty" yaml:"kind,omitempty"` // приказ, протокол, постановление
	Number       string        `json:"number,omitempty" yaml:"number,omitempty"`
	Date         Date          `json:"date,omitempty" yaml:"date,omitempty"`
	Title        string        `json:"title,omitempty" yaml:"title,omitempty"`
	Issuer       string        `json:"issuer,omitempty" yaml:"issuer,omitempty"`
	Place        string        `json:"place,omitempty" yaml:"place,omitempty"`
	Registration *Registration `json:"registration,omitempty" yaml:"registration,omitempty"`
}

// Registration is the entry of an act in another body's book of acts.
type Registration struct {
	Number string `json:"number" yaml:"number"`
	Date   Date   `json:"date" yaml:"date"`
	By     string `json:"by" yaml:"by"`
}

// An Organisation is the body that holds a register.
type Organisation struct {
	Slug      string `json:"slug"`                // address of the body in commands and links: "komzan"
	Name      string `json:"name"`                // Комитет Республики Северная Осетия-Алания по занятости населения
	ShortName string `json:"short_name"`          // Комитет РСО-Алания по занятости населения
	Genitive  string `json:"genitive"`            // Комитета Республики Северная Осетия-Алания по занятости населения
	HeadTitle string `json:"head_title"`          // Председатель
	HeadName  string `json:"head_name,omitempty"` // А.В. Эммануилиди
	Parent    string `json:"parent,omitempty"`    // slug of the superior body
	Procedure string `json:"procedure"`           // id of the Порядок it keeps its register by

	First []string `json:"first,omitempty"` // keys of the processes that clients find first, as the body has ordered them
}

// A Department is a unit of the body that answers for points and processes.
type Department struct {
	Key      string `json:"key"`
	Title    string `json:"title"`              // отдел организационной, кадровой работы и противодействия коррупции
	Genitive string `json:"genitive,omitempty"` // отдела организационной, кадровой работы и противодействия коррупции
}

// A Process is an entry of the реестр межведомственных и внутриведомственных процессов: a function or a service.
type Process struct {
	Key        string `json:"key"`
	Title      string `json:"title"`                // the printed «направление деятельности», verbatim
	Scope      string `json:"scope,omitempty"`      // межведомственный, внутриведомственный
	Direction  string `json:"direction,omitempty"`  // «направление деятельности» of the реестр процессов, where it has one of its own
	Department string `json:"department,omitempty"` // key of a Department
	Position   int    `json:"position"`             // order in the report, from 1
	Included   *Act   `json:"included,omitempty"`   // act by which it stands in the реестр процессов
	Excluded   *Act   `json:"excluded,omitempty"`   // act by which it is taken out of it, from To on
	From       Date   `json:"from,omitempty"`
	To         Date   `json:"to,omitempty"`
}

// A Touchpoint is one place where a client gets something done. It belongs to the body, not to a process: change its
// telephone once and every row of the report follows. Its class is not stored: the procedure gives it (procedure.ClassOf).
type Touchpoint struct {
	Key        string  `json:"key"`
	Kind       string  `json:"kind"`              // code of a channel kind: site, email, phone, …, office; see procedure
	Label      string  `json:"label"`             // the printed name without the contact: «Официальный сайт Комитета»
	Value      string  `json:"value,omitempty"`   // the printed contact: «8 (8672) 64-90-22»; empty for a place
	Contact    string  `json:"contact,omitempty"` // the same, canonical: +78672649022, https://trud.alania.gov.ru/, lower-case mailbox
	Place      string  `json:"place,omitempty"`   // postal address, verbatim
	Hours      string  `json:"hours,omitempty"`   // opening hours, verbatim; workday.ParseHours reads them
	Department string  `json:"department,omitempty"`
	Declared   string  `json:"declared,omitempty"` // key of the procedure's declared point that this is
	Position   int     `json:"position"`           // order of first mention, from 1
	From       Date    `json:"from,omitempty"`
	To         Date    `json:"to,omitempty"`
	Source     *Source `json:"source,omitempty"`
}

// Text is the point as the report prints it: «Телефон: 8 (8672) 64-90-22», or the label alone where there is no contact.
func (t Touchpoint) Text() string {
	switch {
	case t.Value == "":
		return t.Label
	case t.Label == "":
		return t.Value
	}
	return t.Label + ": " + t.Value
}

// A NeedRef is one need satisfied by a usage. Text is the wording as printed; Code names the procedure's need, and the
// code of the procedure's open need («другие») keeps its meaning in Text only.
type NeedRef struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// A Usage is an «осуществляемое взаимодействие»: a touchpoint in a process for a kind of client. One row of the report.
type Usage struct {
	Key        string    `json:"key"`
	Process    string    `json:"process"`    // key of a Process; empty breaks R15
	Touchpoint string    `json:"touchpoint"` // key of a Touchpoint
	Client     string    `json:"client"`     // client kind of the procedure's scope: internal
	Needs      []NeedRef `json:"needs"`
	Text       string    `json:"text"`              // the interaction, verbatim
	Feature    string    `json:"feature,omitempty"` // «Взаимодействие в офлайн-точке», verbatim
	Printed    Class     `json:"printed,omitempty"` // the class that Feature says, whatever the procedure says (R3)
	Forms      []string  `json:"forms,omitempty"`   // forms of documents handed out here
	Position   int       `json:"position"`          // order in the report, from 1
	From       Date      `json:"from,omitempty"`
	To         Date      `json:"to,omitempty"`
	Source     *Source   `json:"source,omitempty"`
}

// An Attribute is a признак сегментации with the values that the dictionary allows. What can be computed from the words (bands,
// their bounds and unit) is not stored: package segment reads it.
type Attribute struct {
	Key      string   `json:"key"`
	Type     string   `json:"type"`  // «Организационные»
	Title    string   `json:"title"` // «Уровень дохода»
	Values   []string `json:"values,omitempty"`
	Free     bool     `json:"free,omitempty"`     // any text is a value (Регион, Функционал)
	Optional bool     `json:"optional,omitempty"` // a profile may leave it out
	Several  bool     `json:"several,omitempty"`  // a profile may name several values at once
	// Printed are the cells of the row as the document has them (type, title, values), kept where what was read is not what is
	// printed: cells shifted, a cell cut by a page break, a list that ends in a separator. It is gone once the reading is agreed to.
	Printed  []string `json:"cells,omitempty"`
	Position int      `json:"position"`
	Source   *Source  `json:"source,omitempty"`
}

// A Profile is a typical client, described by values of attributes. It never holds a person.
type Profile struct {
	Key       string         `json:"key"`
	Group     string         `json:"group,omitempty"` // the direction it belongs to: «Ведение бухгалтерского учета»
	Title     string         `json:"title"`
	Values    []ProfileValue `json:"values"`
	Purpose   string         `json:"purpose,omitempty"`    // several are separated by «;»
	Features  string         `json:"features,omitempty"`   // особенности клиентского пути
	Inform    string         `json:"inform,omitempty"`     // preferred channels of being informed, verbatim
	Receive   string         `json:"receive,omitempty"`    // preferred channels of receiving services, verbatim
	InformBy  []ChannelRef   `json:"inform_by,omitempty"`  // what Inform means in this register
	ReceiveBy []ChannelRef   `json:"receive_by,omitempty"` // what Receive means
	Process   string         `json:"process,omitempty"`    // key of the Process that the client comes for
	Position  int            `json:"position"`
	Source    *Source        `json:"source,omitempty"`
}

// A ChannelRef is a channel as a client prefers it: a kind of channel, or one point of the register.
type ChannelRef struct {
	Kind       string `json:"kind,omitempty"`       // code of a channel kind; empty when a point is meant
	Touchpoint string `json:"touchpoint,omitempty"` // key of a Touchpoint
}

// A ProfileValue says «Уровень дохода: до 40 000», both as printed. Several values are separated by «;».
type ProfileValue struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
}

// An Appointment gives a person a role by an act (clause 2.2: лицо, назначенное председателем). Person is a name as
// printed in the act; it lives in erasable content only, never in a leaf.
type Appointment struct {
	Key        string `json:"key"`
	Role       string `json:"role"` // code of a procedure's role: officer
	Person     string `json:"person"`
	Account    string `json:"account,omitempty"` // internal id of the account by which the person signs in
	Department string `json:"department,omitempty"`
	Act        Act    `json:"act"`
	From       Date   `json:"from,omitempty"`
	To         Date   `json:"to,omitempty"`
	Deputy     bool   `json:"deputy,omitempty"`
}

// An Edition is the register at entry N, approved by an act; immutable.
type Edition struct {
	Number int    `json:"number"`
	Date   Date   `json:"date"`
	Act    Act    `json:"act"`
	N      int64  `json:"n"` // the register at this entry is the edition; its own entry is a later one
	Note   string `json:"note,omitempty"`

	Documents []Document `json:"documents,omitempty"`
}

// Source says where a value stood in a document: enough for a person to put a finger on it.
type Source struct {
	File  string `json:"file,omitempty"`
	Page  int    `json:"page,omitempty"`  // from 1; 0 where the format does not tell
	Table int    `json:"table,omitempty"` // from 1, in document order
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row,omitempty"`  // from 1, as the program that made the file numbers it
	Cell  string `json:"cell,omitempty"` // heading of the column, or the spreadsheet's address «C4»
	Line  int    `json:"line,omitempty"` // of a text file, from 1
}

// A Register is the state of one body's log at one entry. Slices are in report order (Position, then Key).
type Register struct {
	Organisation Organisation  `json:"organisation"`
	N            int64         `json:"n"`    // the entry this state is after; 0 is an empty log
	Time         time.Time     `json:"time"` // recorded time of that entry
	Departments  []Department  `json:"departments"`
	Processes    []Process     `json:"processes"`
	Touchpoints  []Touchpoint  `json:"touchpoints"`
	Usages       []Usage       `json:"usages"`
	Attributes   []Attribute   `json:"attributes,omitempty"`
	Profiles     []Profile     `json:"profiles,omitempty"`
	Journeys     []Journey     `json:"journeys,omitempty"`
	Appointments []Appointment `json:"appointments,omitempty"`
	Editions     []Edition     `json:"editions,omitempty"`
	Decisions    []Decision    `json:"decisions,omitempty"`

	Tasks         []Task         `json:"tasks,omitempty"`
	Confirmations []Confirmation `json:"confirmations,omitempty"`
	Calendar      []CalendarYear `json:"calendar,omitempty"`
	Publications  []Publication  `json:"publications,omitempty"`

	Forms        []Blank       `json:"forms,omitempty"`
	Closures     []Closure     `json:"closures,omitempty"`
	Phrases      []Phrase      `json:"phrases,omitempty"`
	Replacements []Replacement `json:"replacements,omitempty"`
}

// Process returns the process with that key.
func (r *Register) Process(key string) (Process, bool) {
	for _, p := range r.Processes {
		if p.Key == key {
			return p, true
		}
	}
	return Process{}, false
}

// Touchpoint returns the point with that key.
func (r *Register) Touchpoint(key string) (Touchpoint, bool) {
	for _, t := range r.Touchpoints {
		if t.Key == key {
			return t, true
		}
	}
	return Touchpoint{}, false
}

// UsagesOf returns the usages of one touchpoint, in report order.
func (r *Register) UsagesOf(touchpoint string) []Usage {
	var us []Usage
	for _, u := range r.Usages {
		if u.Touchpoint == touchpoint {
			us = append(us, u)
		}
	}
	return us
}

// Edition returns the edition with that number.
func (r *Register) Edition(number int) (Edition, bool) {
	for _, e := range r.Editions {
		if e.Number == number {
			return e, true
		}
	}
	return Edition{}, false
}

// NeedCodes returns the codes of the needs the usage satisfies, in their printed order, without repeats.
func (u Usage) NeedCodes() []string {
	codes := make([]string, 0, len(u.Needs)) // in JSON a list, also when empty
	for _, n := range u.Needs {
		if !slices.Contains(codes, n.Code) {
			codes = append(codes, n.Code)
		}
	}
	return codes
}
