package feedback

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"math/big"
	"strings"
	"time"
)

// A Key signs forms. All nodes of an installation share it; it opens nothing that is kept.
type Key []byte

// NewKey makes one.
func NewKey() Key {
	k := make(Key, 32)
	_, _ = rand.Read(k) // never fails
	return k
}

// FormLife is how long a form may stay open.
const FormLife = 2 * time.Hour

// A Form is one visit to the page: it gives at most one opinion, however often it is sent. What it carries is random and
// says nothing of who has it open.
type Form struct {
	Token string
	nonce []byte
	key   Key
}

const (
	nonceSize = 16
	macSize   = 16
)

// NewForm opens a form about a subject of a body.
func (k Key) NewForm(body string, of Subject, now time.Time) Form {
	raw := make([]byte, nonceSize, nonceSize+8+macSize)
	_, _ = rand.Read(raw)
	raw = binary.BigEndian.AppendUint64(raw, uint64(now.Add(FormLife).Truncate(time.Minute).Unix()))
	raw = append(raw, k.mac("form", body, of.Kind, of.Key, string(raw))[:macSize]...)
	return Form{Token: base64.RawURLEncoding.EncodeToString(raw), nonce: raw[:nonceSize], key: k}
}

// OpenForm takes a form that was sent; ok is false when it is not ours, of another subject, or has been open too long.
func (k Key) OpenForm(token, body string, of Subject, now time.Time) (f Form, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != nonceSize+8+macSize {
		return Form{}, false
	}
	said, mac := raw[:nonceSize+8], raw[nonceSize+8:]
	if subtle.ConstantTimeCompare(mac, k.mac("form", body, of.Kind, of.Key, string(said))[:macSize]) != 1 {
		return Form{}, false
	}
	if uint64(now.Unix()) > binary.BigEndian.Uint64(said[nonceSize:]) {
		return Form{}, false
	}
	return Form{Token: token, nonce: raw[:nonceSize], key: k}, true
}

// mac is a keyed hash of words that cannot run into one another.
func (k Key) mac(words ...string) []byte {
	h := hmac.New(sha256.New, k)
	for _, w := range words {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(w)))
		h.Write(n[:])
		h.Write([]byte(w))
	}
	return h.Sum(nil)
}

// OpinionID, AppealID and Code are what the form comes to, the same however often it is sent. Without the form, which is
// kept nowhere, none of the three leads to another.
func (f Form) OpinionID() string {
	return hex.EncodeToString(f.key.mac("opinion", string(f.nonce))[:16])
}

// AppealID is the id of the form's appeal.
func (f Form) AppealID() string { return hex.EncodeToString(f.key.mac("appeal", string(f.nonce))[:16]) }

// ID is an id of something else that the form comes to: an answer of a survey.
func (f Form) ID(of string) string {
	return hex.EncodeToString(f.key.mac("other", of, string(f.nonce))[:16])
}

// A code is nineteen random digits (63 bits) and one that guards against slips: digits can be typed on any keyboard and
// told by telephone.
const (
	codeDigits = 19
	codeGroup  = 4
)

var codeSpace = new(big.Int).Exp(big.NewInt(10), big.NewInt(codeDigits), nil)

// Code is what the author keeps, in groups of four: «1234-5678-9012-3456-7890».
func (f Form) Code() string {
	n := new(big.Int).SetBytes(f.key.mac("code", string(f.nonce)))
	digits := n.Mod(n, codeSpace).String()
	digits = strings.Repeat("0", codeDigits-len(digits)) + digits
	digits += string('0' + damm(digits))
	var groups []string
	for i := 0; i < len(digits); i += codeGroup {
		groups = append(groups, digits[i:min(i+codeGroup, len(digits))])
	}
	return strings.Join(groups, "-")
}

// ParseCode reads a code as people type it, with any spaces and dashes or none; ok is false when it cannot be one.
func ParseCode(s string) (digits string, ok bool) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-' || r == '\u00a0' || r == '–' || r == '—' || r == '.' || r == '\t':
		default:
			return "", false
		}
		if b.Len() > codeDigits+1 {
			return "", false
		}
	}
	digits = b.String()
	return digits, len(digits) == codeDigits+1 && damm(digits) == 0
}

// CodePrint is what is kept of a code.
func CodePrint(digits string) string {
	sum := sha256.Sum256([]byte("perechen feedback code\x00" + strings.ReplaceAll(digits, "-", "")))
	return hex.EncodeToString(sum[:])
}

// damm is the check digit of Damm: it finds every wrong digit and every two that changed places; 0 over digits with theirs.
func damm(digits string) rune {
	table := [10]string{"0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790"}
	at := byte('0')
	for i := range len(digits) {
		at = table[at-'0'][digits[i]-'0']
	}
	return rune(at - '0')
}
