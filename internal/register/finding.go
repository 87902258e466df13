package register

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// A Severity tells how much a finding weighs.
type Severity string

// The three severities, in falling weight.
const (
	Violation Severity = "нарушение"  // the register contradicts its order, or the order itself
	Unclear   Severity = "неясность"  // a person must say which of two readings is meant
	Form      Severity = "оформление" // spelling, references, layout
)

// A Finding is a rule broken. ID stays the same while the rule and its subject's identity do; Subject is a hash of what
// was looked at, so that a decision on the finding lapses when its subject changes.
type Finding struct {
	ID        string   `json:"id"`   // «R3-1a2b3c4d»
	Rule      string   `json:"rule"` // R1…R25
	Severity  Severity `json:"severity"`
	Clause    string   `json:"clause"` // the clause that is broken: «3.2»
	Places    []Place  `json:"places"`
	Text      string   `json:"text"`          // one plain Russian sentence
	Fix       string   `json:"fix,omitempty"` // what to do, where one can say
	DependsOn []string `json:"depends_on"`    // ids of findings with whose correction this one disappears
	Subject   string   `json:"subject"`
	Rejected  string   `json:"rejected,omitempty"` // the reason, when a decision holds; such findings are listed apart
}

// A Place is one spot that a finding concerns: a clause of the order, a row of the register, or a cell of a file.
type Place struct {
	Text   string  `json:"text"`             // «пункт 3.2, второй абзац»; «строка 3 перечня: Телефон: 8 (8672) 64-90-22»
	Clause string  `json:"clause,omitempty"` // clause number, when the place is in the order
	Kind   Kind    `json:"kind,omitempty"`   // subject, when the place is in the register
	Key    string  `json:"key,omitempty"`
	Quote  string  `json:"quote,omitempty"` // the words that are meant, verbatim
	Source *Source `json:"source,omitempty"`
}

// A Decision settles a finding: rejected with a reason. It holds while Subject equals the finding's.
type Decision struct {
	Finding string `json:"finding"` // Finding.ID; also the key of the entry
	Rule    string `json:"rule"`
	Subject string `json:"subject"`
	Reason  string `json:"reason"`
	Date    Date   `json:"date"`
}

// FindingID makes the stable id of a finding from its rule and the identity of its subject (keys and clauses, not texts).
func FindingID(rule string, subject ...string) string {
	return rule + "-" + digest(subject)[:8]
}

// SubjectHash hashes what a rule looked at; a decision lapses when it differs.
func SubjectHash(parts ...string) string { return digest(parts)[:16] }

func digest(parts []string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(h[:])
}
