package proof

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// ShortPrefix begins the short form of a checkpoint, the one in codes and under printed documents.
const ShortPrefix = "perechen:1:"

var short64 = base64.RawURLEncoding.Strict()

// Short gives a signed checkpoint in one line for a QR code, at most 260 bytes:
//
//	perechen:1:<body>:<size>:<root>:<unix seconds>:<key hash and signature>
//
// with base64url without padding. It holds the same evidence: the signed text is made again from the fields.
func Short(signed string) (string, error) {
	text, _, ok := strings.Cut(signed, "\n\n")
	if !ok {
		return "", &Error{Text: "Это не подписанный отпечаток."}
	}
	c, err := ParseCheckpoint(text + "\n")
	if err != nil {
		return "", err
	}
	raw, err := rawSignature(signed)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s%s:%d:%s:%d:%s", ShortPrefix, c.Origin, c.Size, short64.EncodeToString(c.Root[:]), c.Time.Unix(), short64.EncodeToString(raw)), nil
}

// OpenShort verifies and reads a checkpoint in the short form.
func OpenShort(s string, ks Keys) (Checkpoint, error) {
	c, raw, err := parseShort(s)
	if err != nil {
		return Checkpoint{}, err
	}
	if _, err := ks.verifyRaw(c.Text(), raw); err != nil {
		return Checkpoint{}, err
	}
	return c, nil
}

func parseShort(s string) (Checkpoint, []byte, error) {
	bad := &Error{Text: "Это не краткий отпечаток (perechen:1:…): строка испорчена."}
	f := strings.Split(s, ":")
	if len(f) != 7 || !strings.HasPrefix(s, ShortPrefix) || !validSlug(f[2]) {
		return Checkpoint{}, nil, bad
	}
	size, err1 := strconv.ParseInt(f[3], 10, 64)
	root, err2 := short64.DecodeString(f[4])
	unix, err3 := strconv.ParseInt(f[5], 10, 64)
	raw, err4 := short64.DecodeString(f[6])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil || len(root) != tlog.HashSize || len(raw) != 4+64 ||
		strconv.FormatInt(size, 10) != f[3] || strconv.FormatInt(unix, 10) != f[5] {
		return Checkpoint{}, nil, bad
	}
	c := Checkpoint{Origin: f[2], Size: size, Root: tlog.Hash(root), Time: time.Unix(unix, 0).UTC()}
	if _, err := ParseCheckpoint(c.Text()); err != nil {
		return Checkpoint{}, nil, bad
	}
	return c, raw, nil
}
