package auth

import (
	"context"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"
	"github.com/google/go-cmp/cmp"
)

func TestAnUnknownLoginCostsTheSameWork(t *testing.T) {
	_, got, err := argon2id.CheckHash("whatever", dummy)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(params, got); d != "" {
		t.Errorf("the hash that stands for nobody is made otherwise: %s", d)
	}
	s := New(nil, nil)
	if ok, err := s.matches(context.Background(), "whatever", ""); ok || err != nil {
		t.Errorf("nobody's password matches: %v, %v", ok, err)
	}
}

func TestPasswords(t *testing.T) {
	for password, want := range map[string]string{
		"девять зн":               "короче 10",
		"десять знк":              "",
		"1234567890":              "", // length is what helps, and what is forbidden is written down on paper
		"Ivanova.Irina":           "совпадает",
		strings.Repeat("п", 2000): "слишком длинный",
		"с нулём внутри\x00":      "недопустимые",
	} {
		err := checkPassword("ivanova.irina", password)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.20q: %v, want %q", password, err, want)
		}
	}
	s := New(nil, nil)
	hash, err := s.hash(context.Background(), "\u0439од и \u0439огурт") // й of one sign
	if err != nil || strings.Contains(hash, "йод") {
		t.Fatalf("%q, %v", hash, err)
	}
	if ok, err := s.matches(context.Background(), "и\u0306од и и\u0306огурт", hash); !ok || err != nil { // of two
		t.Errorf("the same password composed otherwise does not match: %v", err)
	}
	seen := map[string]bool{}
	for range 100 {
		p := RandomPassword()
		if seen[p] || checkPassword("x", p) != nil {
			t.Errorf("a made password: %q", p)
		}
		seen[p] = true
	}
}
