package auth

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"golang.org/x/text/unicode/norm"
)

// MinPassword is the least length of a password in characters. There are no rules of composition: length is what helps.
const (
	MinPassword = 10
	maxPassword = 1024 // bytes
)

// params cost 19 MiB and about 50 ms, as OWASP advises for argon2id.
var params = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// dummy is compared with where there is no account, so that the answer takes the same work. Nobody knows its password.
const dummy = "$argon2id$v=19$m=19456,t=2,p=1$bb8RIpxGfJErlmiAZeAvgA$VavXRZND9mcdAZv55U2DSFzBggJjsLAOixPk8HSQ2ZE"

// checkPassword tells why a password will not do for a login.
func checkPassword(login, password string) error {
	switch {
	case utf8.RuneCountInString(normal(password)) < MinPassword:
		return atField("password", "Пароль короче %d знаков. Возьмите длиннее, например четыре слова подряд.", MinPassword)
	case len(password) > maxPassword:
		return atField("password", "Пароль слишком длинный.")
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return atField("password", "Пароль содержит недопустимые знаки.")
	case foldLogin(password) == login:
		return atField("password", "Пароль совпадает с именем для входа. Возьмите другой.")
	}
	return nil
}

// normal makes one text of a password however a keyboard has composed its letters («й» of one sign or of two).
func normal(password string) string { return norm.NFC.String(password) }

// hash gives the text by which a password is kept.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	if err := s.enter(ctx); err != nil {
		return "", err
	}
	defer func() { <-s.hashing }()
	return argon2id.CreateHash(normal(password), params)
}

// matches tells whether it is the account's password. The work is the same where there is no account (an empty hash).
func (s *Service) matches(ctx context.Context, password, hash string) (bool, error) {
	if err := s.enter(ctx); err != nil {
		return false, err
	}
	defer func() { <-s.hashing }()
	return compare(password, hash)
}

func compare(password, hash string) (bool, error) {
	if len(password) > maxPassword {
		password = password[:maxPassword]
	}
	known := hash != ""
	if !known {
		hash = dummy
	}
	ok, err := argon2id.ComparePasswordAndHash(normal(password), hash)
	return ok && known, err
}

// enter waits for a place among those who hash.
func (s *Service) enter(ctx context.Context) error {
	select {
	case s.hashing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// RandomPassword makes a password that can be read out and typed: 4 groups of 4 letters and digits, about 79 bits.
func RandomPassword() string {
	const letters = "abcdefghijkmnpqrstuvwxyz23456789" // without l, o, 0 and 1
	var b strings.Builder
	for i := range 16 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic("auth: no random numbers: " + err.Error())
		}
		b.WriteByte(letters[n.Int64()])
	}
	return b.String()
}
