package proof

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// CheckpointVersion is the first line of every checkpoint.
const CheckpointVersion = "perechen checkpoint v1"

// A Checkpoint says: the log of Origin had Size entries with this Root, the last of them recorded at Time. Signed, it
// binds every entry up to Size. Time has whole seconds.
type Checkpoint struct {
	Origin string // slug of the body
	Size   int64
	Root   tlog.Hash
	Time   time.Time
}

// Text gives the five lines that are signed.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%s\n%d\n%s\n%s\n", CheckpointVersion, c.Origin, c.Size, c.Root, c.Time.UTC().Format(time.RFC3339))
}

// ParseCheckpoint reads what Text gives, and nothing else. It proves nothing: see OpenCheckpoint.
func ParseCheckpoint(text string) (Checkpoint, error) {
	bad := &Error{Text: "Это не отпечаток журнала (perechen checkpoint v1)."}
	f := strings.Split(text, "\n")
	if len(f) != 6 || f[0] != CheckpointVersion || !validSlug(f[1]) {
		return Checkpoint{}, bad
	}
	c := Checkpoint{Origin: f[1]}
	var err error
	if c.Size, err = strconv.ParseInt(f[2], 10, 64); err != nil || c.Size < 0 {
		return Checkpoint{}, bad
	}
	if c.Root, err = tlog.ParseHash(f[3]); err != nil {
		return Checkpoint{}, bad
	}
	if c.Time, err = time.Parse("2006-01-02T15:04:05Z", f[4]); err != nil {
		return Checkpoint{}, bad
	}
	if c.Text() != text {
		return Checkpoint{}, bad
	}
	return c, nil
}

// Sign gives the checkpoint as a signed note.
func (c Checkpoint) Sign(s note.Signer) (string, error) {
	c.Time = c.Time.UTC().Truncate(time.Second)
	if _, err := ParseCheckpoint(c.Text()); err != nil {
		return "", err
	}
	return sign(c.Text(), s)
}

// OpenCheckpoint verifies and reads a signed checkpoint, in the form of a note, in the short form of a QR code, or as the
// seal of a document holds it.
func OpenCheckpoint(signed string, ks Keys) (Checkpoint, error) {
	signed = strings.TrimSpace(strings.ReplaceAll(signed, "\r\n", "\n")) // as copied from a page or sent by post
	if strings.HasPrefix(signed, ShortPrefix) {
		return OpenShort(signed, ks)
	}
	if strings.HasPrefix(signed, SealVersion+"\n") {
		s, err := ParseSeal(signed, ks)
		return s.Checkpoint, err
	}
	c, _, err := openCheckpoint(signed+"\n", ks)
	return c, err
}

// openCheckpoint takes a note's exact bytes only, and gives the name of the key that signed it.
func openCheckpoint(signed string, ks Keys) (Checkpoint, string, error) {
	text, name, err := open(signed, ks)
	if err != nil {
		return Checkpoint{}, "", err
	}
	c, err := ParseCheckpoint(text)
	return c, name, err
}
