package upkeep

import (
	"encoding/json"

	"perechen/internal/register"
)

// A Conflict is a subject that became another since it was drawn up. Base is what both began with, Theirs what is in the
// register now (or in the other's save), Mine what the proposal says; nil where the subject is absent. Base is nil too when
// it cannot be read any more.
type Conflict struct {
	Kind   register.Kind   `json:"kind"`
	Key    string          `json:"key"`
	Base   json.RawMessage `json:"base,omitempty"`
	Theirs json.RawMessage `json:"theirs,omitempty"`
	Mine   json.RawMessage `json:"mine,omitempty"`
	Seen   string          `json:"seen,omitempty"`   // hash of Theirs, which a Choice names
	Fields []FieldConflict `json:"fields,omitempty"` // where both are present: those in which they differ
	By     *register.Entry `json:"by,omitempty"`     // the entry that made it Theirs, without content; nil for a save
}

// A FieldConflict is one field of a subject in three texts.
type FieldConflict struct {
	Field  string `json:"field"` // JSON name
	Base   string `json:"base"`
	Theirs string `json:"theirs"`
	Mine   string `json:"mine"`
	// Touched tells who changed it: TouchedTheirs and TouchedMine merge by themselves if the person says so, TouchedBoth
	// never.
	Touched string `json:"touched"`
}

// Who touched a field.
const (
	TouchedTheirs = "theirs"
	TouchedMine   = "mine"
	TouchedBoth   = "both"
)

// A Choice settles one conflict.
type Choice struct {
	Kind register.Kind
	Key  string
	Seen string // Conflict.Seen: what the person saw; another is CodeStale
	Take string // TakeTheirs, TakeMine, TakeMerge
	// Fields says, for TakeMerge, which side each field comes from that both touched (by JSON name: TakeTheirs or TakeMine);
	// for one that only one side touched it may say so too.
	Fields map[string]string
}

// What a choice takes.
const (
	TakeTheirs = "theirs" // the proposal leaves the subject alone
	TakeMine   = "mine"   // the proposal's text, whole
	TakeMerge  = "merge"  // each field from the one who touched it
)
