package proof

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// publicOf derives the verifier key from the private text form, which package note does not do: the last field is
// base64 of the algorithm byte 1 and the seed of 32 bytes.
func publicOf(private string) (string, error) {
	f := strings.Split(private, "+") // PRIVATE, KEY, name, hash, base64; base64 may itself hold «+»
	if len(f) < 5 {
		return "", errors.New("proof: malformed private key")
	}
	raw, err := base64.StdEncoding.DecodeString(strings.Join(f[4:], "+"))
	if err != nil || len(raw) != 1+ed25519.SeedSize || raw[0] != 1 {
		return "", errors.New("proof: not an Ed25519 key")
	}
	pub, ok := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return "", errors.New("proof: not an Ed25519 key")
	}
	return note.NewEd25519VerifierKey(f[2], pub)
}
