package proof

import (
	"crypto/rand"
	"crypto/sha256"
)

// A Salt is 32 random bytes that keep a commitment from being guessed: once content and salt are erased, nobody can
// find out by trying what the content was.
type Salt [32]byte

// A Commitment binds a leaf to content without showing it.
type Commitment [32]byte

// commitPrefix separates commitments from every other use of SHA-256.
const commitPrefix = "perechen commitment v1\n"

// NewSalt draws a salt from the system's source of randomness.
func NewSalt() Salt {
	var s Salt
	rand.Read(s[:]) // never fails: crypto/rand ends the program instead
	return s
}

// Commit is SHA-256 over the prefix "perechen commitment v1\n", the salt and the content. An exclusion commits to empty
// content.
func Commit(salt Salt, content []byte) Commitment {
	var scratch [1024]byte
	b := append(scratch[:0], commitPrefix...)
	b = append(b, salt[:]...)
	return sha256.Sum256(append(b, content...))
}
