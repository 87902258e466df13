package upkeep

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"time"

	"perechen/internal/register"
)

// A State is where a proposal stands.
type State string

// The states of a proposal. A returned one is answered by saving it again and submitting it; a submitted one that is saved
// again becomes a draft, and what was submitted is void.
const (
	StateDraft     State = "draft"
	StateSubmitted State = "submitted"
	StateReturned  State = "returned"
	StateIncluded  State = "included"
	StateWithdrawn State = "withdrawn"
)

// A Proposal is what a department wants changed in the register of its body. Content is nil in lists.
type Proposal struct {
	ID         string   `json:"id"`
	Body       string   `json:"body"`                 // slug
	Department string   `json:"department,omitempty"` // key of the author's department; empty: of the body as a whole
	Author     string   `json:"author"`               // account
	Savers     []string `json:"savers"`               // everyone who ever saved it, the author first
	State      State    `json:"state"`
	Version    int64    `json:"version"` // grows with everything that happens to it; a save names the one it was made from
	Saved      int64    `json:"saved"`   // the version whose content it has
	Outline    Outline  `json:"outline"`
	Remarks    []Remark `json:"remarks,omitempty"` // all that were ever made, in their order
	Hash       string   `json:"hash,omitempty"`    // of the content, once submitted; empty as long as it may change

	Created   time.Time `json:"created"`
	Updated   time.Time `json:"updated"` // when Version last grew
	Submitted time.Time `json:"submitted,omitzero"`
	Closed    time.Time `json:"closed,omitzero"` // included or withdrawn
	ClosedBy  string    `json:"closed_by,omitempty"`
	Entries   [2]int64  `json:"entries,omitzero"` // first and last entry of the log by which it was included

	Content *Content `json:"-"`
}

// Content is what a proposal says. It is stored as its JSON, and the hash that Submit gives is of those bytes.
type Content struct {
	Changes []ProposedChange `json:"changes"`
	Ground  register.Ground  `json:"ground"`         // why; goes into the log with every entry
	Note    string           `json:"note,omitempty"` // to the officer; stays out of the log
}

// A ProposedChange is a change with the hash of the content (hex SHA-256) that its subject had when it was drawn up; empty:
// the subject was not in the register.
type ProposedChange struct {
	register.Change
	Base string `json:"base,omitempty"`
	// Erased marks a change whose content was destroyed by law (Desk.Erase); Content is nil then.
	Erased bool `json:"erased,omitempty"`
}

// An Outline tells in a list what a proposal is about.
type Outline struct {
	Include int           `json:"include,omitempty"` // subjects to include
	Amend   int           `json:"change,omitempty"`
	Exclude int           `json:"exclude,omitempty"`
	Kind    register.Kind `json:"kind,omitempty"` // of the first subject, points before usages before processes
	Key     string        `json:"key,omitempty"`
	Text    string        `json:"text,omitempty"` // the first subject as people know it: «Телефон: 8 (8672) 64-90-22»
}

// A Remark is what the officer says when returning a proposal: about a field, a subject (Field empty) or the whole (Kind
// empty too).
type Remark struct {
	Kind    register.Kind `json:"kind,omitempty"`
	Key     string        `json:"key,omitempty"`
	Field   string        `json:"field,omitempty"` // JSON name
	Text    string        `json:"text"`
	By      string        `json:"by"` // account
	At      time.Time     `json:"at"`
	Version int64         `json:"version"` // the version that was returned (ProposalVersion.Version)
}

// A ProposalVersion is a content that a proposal has had: each that was submitted, and the last by each hand in between.
type ProposalVersion struct {
	Version   int64     `json:"version"`
	By        string    `json:"by"` // account that saved it
	At        time.Time `json:"at"`
	Submitted bool      `json:"submitted,omitempty"`
	Hash      string    `json:"hash"` // of its content
}

// A ProposalQuery picks proposals; the zero value picks all.
type ProposalQuery struct {
	States      []State
	Departments []string // keys; "" is the body as a whole
	Author      string   // account
	IDs         []string
	Bare        bool // of each only ID, Body, Department, Author, State and Updated, many times as fast
}

// NewID makes an id for a new proposal, so that a save that is repeated because its answer was lost makes no second one.
func NewID() string { return "p" + strings.ToLower(rand.Text()) }

// validID tells an id that NewID could have made.
func validID(id string) bool {
	if len(id) != len(NewID()) || id[0] != 'p' {
		return false
	}
	for _, c := range id[1:] {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// HashOf gives the hash by which contents are told apart: hex SHA-256 of the bytes as stored; empty for no content.
func HashOf(content []byte) string {
	if content == nil {
		return ""
	}
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

func decodeContent(raw []byte) (*Content, error) {
	var c Content
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, err
	}
	return &c, nil
}
