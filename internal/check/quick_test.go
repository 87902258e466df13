package check

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"perechen/internal/procedure"
	"perechen/procedures"
)

// TestMayMixPassesNothingOver spoils texts by letters and signs of all sorts: where hiddenLetters would find something, the
// quick look must not say that there is nothing.
func TestMayMixPassesNothingOver(t *testing.T) {
	signs := []rune("аяАЯёЁіѕazAZ09 .,:;/-_«»№–—\u00a0\u00ad\u0301éдІХСМIVX\n\t")
	r := rand.New(rand.NewPCG(1, 1))
	mixed := 0
	for range 200_000 {
		text := make([]rune, 1+r.IntN(8))
		for i := range text {
			text[i] = signs[r.IntN(len(signs))]
		}
		s := string(text)
		if mayMix(s) {
			continue
		}
		mixed++
		for _, tok := range tokens(s) {
			if word := s[tok.start:tok.end]; isCyrillic(word) && regexp.MustCompile(`\p{Latin}`).MatchString(word) {
				t.Fatalf("%q is passed over", s)
			}
		}
	}
	if mixed == 0 {
		t.Error("everything is looked at closely")
	}
	for text, want := range map[string]string{"Cайт органа": "Cайт", "Официальный сайт: https://trud.alania.gov.ru/": "", "телефoн": "телефoн", "XХI век": ""} {
		got := hiddenLetters(text)
		if (got.code != "") != (want != "") || !strings.Contains(got.text, want) {
			t.Errorf("%q: %q", text, got.text)
		}
	}
}

// TestParticipleRoots holds the cutting of endings to the expression that says the same, on the words of the orders.
func TestParticipleRoots(t *testing.T) {
	participle := regexp.MustCompile(`^(.{3,}(?:ем|им|анн|янн|енн))(?:ый|ая|ое|ые|ого|ой|ую|ых|ому|ым|ыми|ом)$`)
	found := 0
	for _, id := range procedure.IDs() {
		p, err := procedure.Load(procedures.FS, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Clauses {
			for _, text := range c.Paragraphs {
				for _, tok := range tokens(text) {
					want := ""
					if m := participle.FindStringSubmatch(tok.word); m != nil {
						want = m[1]
						found++
					}
					if got, ok := participleRoot(tok.word); got != want || ok != (want != "") {
						t.Errorf("%s: %q, want %q", tok.word, got, want)
					}
				}
			}
		}
	}
	if found < 20 {
		t.Errorf("only %d participles", found)
	}
}

func TestEverySpellingHasItsMark(t *testing.T) {
	for _, v := range variants {
		for _, word := range append(strings.Fields(v.wrong), v.right) {
			if !slices.ContainsFunc(strings.Fields(v.marks), func(m string) bool { return strings.Contains(word, m) }) {
				t.Errorf("%s has none of %q", word, v.marks)
			}
		}
	}
}
