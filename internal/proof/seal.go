package proof

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// SealVersion is the first line of every seal.
const SealVersion = "perechen seal v1"

// A DigestKind says what of a document was hashed.
type DigestKind string

// The two kinds of digest.
const (
	DigestWords DigestKind = "words" // the document's words in order (office.TextDigest): survives being saved again
	DigestBytes DigestKind = "bytes" // the file's bytes
)

// A Seal says: this document was made from the log of Body as the checkpoint binds it. One signature covers both.
type Seal struct {
	Body       string
	Edition    int    // number of the edition; 0 for a document of no edition
	Document   string // kind of document: report, list, diff, processes
	DigestKind DigestKind
	Digest     [32]byte
	Checkpoint Checkpoint
}

// Text gives the ten lines that are signed: five of the seal, five of the checkpoint.
func (s Seal) Text() string {
	return fmt.Sprintf("%s\n%s\n%d\n%s\n%s %x\n%s", SealVersion, s.Body, s.Edition, s.Document, s.DigestKind, s.Digest, s.Checkpoint.Text())
}

// NewSeal signs a seal.
func NewSeal(s Seal, k note.Signer) (string, error) {
	if _, err := parseSeal(s.Text()); err != nil {
		return "", err
	}
	return sign(s.Text(), k)
}

// ParseSeal verifies a signed seal and reads it. That the digest is the document's is for the caller to compare.
func ParseSeal(signed string, ks Keys) (Seal, error) {
	signed = strings.TrimSpace(strings.ReplaceAll(signed, "\r\n", "\n")) + "\n"
	text, _, err := open(signed, ks)
	if err != nil {
		return Seal{}, err
	}
	return parseSeal(text)
}

func parseSeal(text string) (Seal, error) {
	bad := &Error{Text: "Это не печать документа (perechen seal v1)."}
	f := strings.SplitN(text, "\n", 6)
	if len(f) != 6 || f[0] != SealVersion || !validSlug(f[1]) || !validKind(f[3]) {
		return Seal{}, bad
	}
	edition, err := strconv.Atoi(f[2])
	if err != nil || edition < 0 {
		return Seal{}, bad
	}
	kind, digest, _ := strings.Cut(f[4], " ")
	if k := DigestKind(kind); k != DigestWords && k != DigestBytes {
		return Seal{}, bad
	}
	s := Seal{Body: f[1], Edition: edition, Document: f[3], DigestKind: DigestKind(kind)}
	if raw, err := hex.DecodeString(digest); err != nil || len(raw) != len(s.Digest) {
		return Seal{}, bad
	} else {
		s.Digest = [32]byte(raw)
	}
	if s.Checkpoint, err = ParseCheckpoint(f[5]); err != nil {
		return Seal{}, err
	}
	if s.Checkpoint.Origin != s.Body || s.Text() != text {
		return Seal{}, bad
	}
	return s, nil
}
