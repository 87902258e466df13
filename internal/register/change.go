package register

import (
	"bytes"
	"encoding/json"
	"sync"
	"time"
)

// A Kind names what an entry of the log is about.
type Kind string

// The kinds of entries, in the order in which a new body's log meets them.
const (
	KindOrganisation Kind = "organisation"
	KindProcedure    Kind = "procedure" // content: the whole Порядок in force, as JSON
	KindDepartment   Kind = "department"
	KindAppointment  Kind = "appointment"
	KindProcess      Kind = "process"
	KindTouchpoint   Kind = "touchpoint"
	KindUsage        Kind = "usage"
	KindAttribute    Kind = "attribute"
	KindProfile      Kind = "profile"
	KindDecision     Kind = "decision" // on a finding
	KindEdition      Kind = "edition"
	KindErasure      Kind = "erasure" // of an earlier entry's content and salt
	KindTask         Kind = "task"
	KindConfirmation Kind = "confirmation"
	KindCalendar     Kind = "calendar"
	KindPublication  Kind = "publication"
	KindJourney      Kind = "journey"
	KindForm         Kind = "form"
	KindClosure      Kind = "closure"
	KindPhrase       Kind = "phrase"
	KindReplacement  Kind = "replacement"
)

// An Op is what happened to the subject of an entry, in the words of clause 2.3.
type Op string

// The three operations of clause 2.3.
const (
	Include Op = "include" // включение
	Amend   Op = "change"  // изменение
	Exclude Op = "exclude" // исключение
)

// A Ground says why an entry was made: a clause of the procedure (4.1 and its cases), and the act if there is one.
type Ground struct {
	Clause string `json:"clause,omitempty"` // «4.1»
	Text   string `json:"text,omitempty"`   // free words: «редакция отчёта 2026 года»
	Act    string `json:"act,omitempty"`    // «приказ № 9-р от 16.02.2026»
}

// A Change is one thing that is to happen to a register. Content is the subject after the change, as canonical JSON
// (Encode); it is nil for Exclude. In place of Content stands Subject where a large batch must not be held twice: a pointer
// to the noun itself, which is encoded when it is written and must not change until then.
type Change struct {
	Op      Op              `json:"op"`
	Kind    Kind            `json:"kind"`
	Key     string          `json:"key"`
	Content json.RawMessage `json:"content,omitempty"`
	Subject any             `json:"-"` // *Process, *Touchpoint, *Usage, …
}

// Encoded gives the content of the change: Content, or Subject encoded.
func (c Change) Encoded() json.RawMessage {
	if c.Content == nil && c.Subject != nil {
		return Encode(c.Subject)
	}
	return c.Content
}

// An Entry is one line of the log as read back. Content is nil for an exclusion and after an erasure (Erased).
type Entry struct {
	N       int64           `json:"n"` // dense, from 1
	Time    time.Time       `json:"time"`
	Kind    Kind            `json:"kind"`
	Key     string          `json:"key"`
	Op      Op              `json:"op"`
	Ground  Ground          `json:"ground"`
	Actor   string          `json:"actor"` // internal id, never a name
	Content json.RawMessage `json:"content,omitempty"`
	Erased  bool            `json:"erased,omitempty"`
}

// Encode gives the canonical JSON of a subject: fields in declaration order, UTF-8, no HTML escapes, no trailing newline.
// The log stores and hashes these bytes as they are; they are never re-made from a decoded value.
func Encode(v any) json.RawMessage {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("register: a noun that cannot be encoded: " + err.Error()) // nouns hold only strings, numbers and slices
	}
	return bytes.Clone(bytes.TrimSuffix(b.Bytes(), []byte("\n"))) // a large import keeps many: no spare capacity
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}
