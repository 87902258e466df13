// Package proof holds what makes a log provable: the frozen bytes of a leaf, the salted commitment to its content, the
// Merkle tree, signed checkpoints, seals of documents and the offline verification of an extract.
//
// It is pure: no clock and no disk. Every format here is version 1 and frozen; docs/format.md describes each byte, and
// the golden vectors in testdata hold the code to it.
package proof

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"perechen/internal/register"
)

// LeafVersion is the first line of every leaf.
const LeafVersion = "perechen leaf v1"

// LeafTime is the layout of a recorded time: UTC with exactly six digits of a second.
const LeafTime = "2006-01-02T15:04:05.000000Z"

// A Leaf is the evidence of one entry: everything but its content, to which Commit binds it. It never holds a person's
// name, because a leaf can not be erased.
type Leaf struct {
	Body   string // slug of the body whose log it is
	N      int64  // from 1
	Time   time.Time
	Kind   register.Kind
	Key    string
	Op     register.Op
	Ground register.Ground
	Actor  string
	Commit Commitment
}

var errLeaf = errors.New("proof: not a canonical leaf v1")

// Encode gives the bytes that are stored and hashed. It refuses a leaf that DecodeLeaf would not give back unchanged.
func (l Leaf) Encode() ([]byte, error) { return l.AppendTo(make([]byte, 0, 384)) }

// AppendTo appends the bytes of the leaf to dst.
func (l Leaf) AppendTo(dst []byte) ([]byte, error) {
	switch {
	case !validSlug(l.Body):
		return nil, fmt.Errorf("proof: leaf: bad body %q", l.Body)
	case l.N < 1:
		return nil, fmt.Errorf("proof: leaf: bad number %d", l.N)
	case l.Time.Year() < 1 || l.Time.Year() > 9999 || l.Time.Nanosecond()%1000 != 0:
		return nil, fmt.Errorf("proof: leaf: bad time %v", l.Time)
	case !validKind(string(l.Kind)):
		return nil, fmt.Errorf("proof: leaf: bad kind %q", l.Kind)
	case !validID(l.Key):
		return nil, fmt.Errorf("proof: leaf: bad key %q", l.Key)
	case !validOp(l.Op):
		return nil, fmt.Errorf("proof: leaf: bad operation %q", l.Op)
	case !validID(l.Actor):
		return nil, fmt.Errorf("proof: leaf: bad actor %q", l.Actor)
	case !utf8.ValidString(l.Ground.Clause) || !utf8.ValidString(l.Ground.Text) || !utf8.ValidString(l.Ground.Act):
		return nil, errors.New("proof: leaf: ground is not UTF-8")
	}
	return l.appendLines(dst), nil
}

func (l Leaf) appendLines(b []byte) []byte {
	b = append(b, LeafVersion+"\n"...)
	b = append(append(b, l.Body...), '\n')
	b = append(strconv.AppendInt(b, l.N, 10), '\n')
	b = append(l.Time.UTC().AppendFormat(b, LeafTime), '\n')
	b = append(append(b, l.Kind...), '\n')
	b = append(append(b, l.Key...), '\n')
	b = append(append(b, l.Op...), '\n')
	b = append(appendQuoted(b, l.Ground.Clause), '\n')
	b = append(appendQuoted(b, l.Ground.Text), '\n')
	b = append(appendQuoted(b, l.Ground.Act), '\n')
	b = append(append(b, l.Actor...), '\n')
	b = append(hex.AppendEncode(b, l.Commit[:]), '\n')
	return b
}

// validSlug: the address of a body, [a-z0-9][a-z0-9-]{0,59}.
func validSlug(s string) bool {
	if s == "" || len(s) > 60 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func validOp(op register.Op) bool {
	return op == register.Include || op == register.Amend || op == register.Exclude
}

// validKind: [a-z][a-z-]{0,31}. Kinds not yet invented are readable, so that an old verifier can check a new log.
func validKind(s string) bool {
	if s == "" || len(s) > 32 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && c != '-' {
			return false
		}
	}
	return true
}

// validID: a key or an actor, [A-Za-z0-9][A-Za-z0-9._@+-]{0,119}.
func validID(s string) bool {
	if s == "" || len(s) > 120 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case i > 0 && (c == '.' || c == '_' || c == '@' || c == '+' || c == '-'):
		default:
			return false
		}
	}
	return true
}

// ValidSlug tells whether s may be the address of a body: [a-z0-9][a-z0-9-]{0,59}.
func ValidSlug(s string) bool { return validSlug(s) }
