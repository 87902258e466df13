package pointhealth

import (
	"time"

	"perechen/internal/register"
)

// Rule is the number under which breakages stand beside the findings of the rules R1…
const Rule = "H1"

// RuleTitle is what the rule asks for.
const RuleTitle = "Точка отвечает"

// A Setting says whether the points of a body are looked at, and who said so.
type Setting struct {
	On bool      `json:"on"`
	By string    `json:"by,omitempty"` // account
	At time.Time `json:"at,omitzero"`
}

// Finding is the finding of a broken point; ok is false for one that is not broken. clause is that of actualisation. Its
// subject is the contact, so a decision holds until the contact is another one.
func (r *Record) Finding(t register.Touchpoint, clause string) (f register.Finding, ok bool) {
	if r.Broken.IsZero() {
		return f, false
	}
	f = register.Finding{ID: register.FindingID(Rule, r.Point, r.Check), Rule: Rule, Severity: register.Violation, Clause: clause,
		Places: []register.Place{{Text: t.Text(), Kind: register.KindTouchpoint, Key: t.Key, Quote: t.Value}},
		Text:   "Точка не отвечает: " + t.Text() + ". " + r.badText(),
		Fix:    "Проверьте адрес и предложите исправление.", Subject: register.SubjectHash(Rule, r.Value)}
	return f, true
}

// badText is what the newest bad look said.
func (r *Record) badText() string {
	for _, l := range r.Looks {
		if l.Verdict == Bad {
			return l.Text
		}
	}
	return ""
}

// Decided gives the reason of the decision that holds for a finding; empty when there is none.
func Decided(r *register.Register, f register.Finding) string {
	for _, d := range r.Decisions {
		if d.Finding == f.ID && d.Subject == f.Subject {
			return d.Reason
		}
	}
	return ""
}
