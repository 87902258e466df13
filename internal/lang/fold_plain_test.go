package lang

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// plainAlphabet holds every kind of character of plain text, and a few that are not.
var plainAlphabet = []rune("aZ09 \t\u00a0.,-–—'`\"«»№АПРЯЁЙабпрстяёй_()/\u0301\u0308єї’…")

func samePlain(t *testing.T, s string) {
	t.Helper()
	folded, ok := foldPlain(s)
	if want := foldAny(s); ok && folded != want {
		t.Fatalf("foldPlain(%q) = %q, want %q", s, folded, want)
	}
	if !ok {
		return
	}
	if got, want := plainWords(folded), wordsOf(folded); !slices.Equal(got, want) {
		t.Fatalf("plainWords(%q) = %q, want %q", folded, got, want)
	}
}

func TestPlainTextIsFoldedAsAnyOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 200_000 {
		rs := make([]rune, r.IntN(12))
		for i := range rs {
			rs[i] = plainAlphabet[r.IntN(len(plainAlphabet)-5*r.IntN(2))]
		}
		s := string(rs)
		if r.IntN(8) == 0 && s != "" {
			s = s[:r.IntN(len(s))] // in the middle of a character
		}
		samePlain(t, s)
		if _, ok := foldPlain(s); ok {
			plain++
		}
	}
	if plain < 50_000 {
		t.Errorf("only %d of the texts were plain", plain)
	}
}

func TestFoldedTextIsNotCopied(t *testing.T) {
	s := "получение консультации клиентом, 8 (8672) 64-90-22"
	if n := testing.AllocsPerRun(10, func() { Fold(s) }); n != 0 {
		t.Errorf("Fold of folded text allocates %v times", n)
	}
}

func BenchmarkWords(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Words("Сопровождение процесса прохождения государственной гражданской службы № 12 — «Телефон»: 8 (8672) 64-90-22")
	}
}
