package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

func everyday() *Index { return New(FromRegister(testkit.Everyday()), Shipped()) }

func first(ix *Index, query string) string {
	hits := ix.Search(query, 1)
	if len(hits) == 0 {
		return ""
	}
	k, _, _ := strings.Cut(ix.Document(hits[0].Document).Key, "\n")
	return k
}

func TestAWordIsMetHoweverItIsWritten(t *testing.T) {
	ix := everyday()
	for name, c := range map[string]struct {
		want    string
		queries []string
	}{
		"forms of a word":              {"uvolnenie", []string{"увольнение", "увольнения", "уволиться", "увольняюсь", "УВОЛЬНЕНИЕ"}},
		"ё is е":                       {"schet", []string{"расчётный счёт", "расчетный счет", "смена расчётного счета"}},
		"beginnings":                   {"dispanserizaciya", []string{"дис", "диспан", "диспансериз"}},
		"slips of the pen":             {"dispanserizaciya", []string{"диспансерзация", "диспансиризация", "диспнасеризация"}},
		"the other layout":             {"propusk", []string{"ghjgecr", "Ghjgecr"}},
		"abbreviations":                {"ndfl", []string{"2-НДФЛ", "2ндфл", "ндфл", "справка 2 ндфл"}},
		"numbers":                      {"kadry-tel", []string{"54-30-54", "543054", "8 (8672) 54-30-54", "+78672543054", "54 30 54", "88672543054", "8672 54 30 5"}},
		"Latin letters":                {"komandirovka", []string{"komandirovka", "v komandirovku", "Komandirovku"}},
		"one word in the other layout": {"remont", []string{"принтер yt hf,jnftn", "ghbynth не работает"}},
		"letters that look alike":      {"dispanserizaciya", []string{"диспaнсеризaция", "диcпансеризация"}},
		"slips in everyday words":      {"uvolnenie", []string{"бегуннок", "обхадной", "заевление по собственному"}},
		"everyday words not finished":  {"uvolnenie", []string{"бегун", "бегуно", "обход"}},
		"what counts time":             {"komandirovka", []string{"командировка с 15 по 20 марта", "командировка на 3 дня к 10:00"}},
	} {
		for _, q := range c.queries {
			if got := first(ix, q); got != c.want {
				t.Errorf("%s: %q finds %q first, want %q", name, q, got, c.want)
			}
		}
	}
}

// TestSeveralNeedsAreEachAnswered: what answers one of the needs stands above what has a little of everything.
func TestSeveralNeedsAreEachAnswered(t *testing.T) {
	ix := everyday()
	for query, want := range map[string][]string{
		"диспансеризация и пропуск":                {"dispanserizaciya", "propusk"},
		"увольнение, матпомощь, аттестация":        {"uvolnenie", "matpomosch", "attestaciya"},
		"кабинет отдела делопроизводства и архива": {"delo-room"}, // one name with «и» in it
	} {
		var got []string
		for _, h := range ix.Search(query, len(want)) {
			got = append(got, ix.Document(h.Document).Key)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

// TestWhoAsksForAFormFindsIt: the form stands above what it is for, and its being asked for is no word to look for.
func TestWhoAsksForAFormFindsIt(t *testing.T) {
	ix := everyday()
	for _, q := range []string{"бланк обходного листа", "образец обходной лист", "обходной лист шаблон"} {
		hits := ix.Search(q, 1)
		if len(hits) == 0 || ix.Document(hits[0].Document).Kind != KindForm {
			t.Errorf("%q finds %+v, want a form", q, hits)
		}
	}
}

// TestWordsThatJoinHoldAWordingTogether: «уйти в отпуск» is about leave, «в отпуске хочу уйти» about leaving.
func TestWordsThatJoinHoldAWordingTogether(t *testing.T) {
	p, err := ParsePhrases("уйти в отпуск = первое\nсменить банк = второе")
	if err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int{"хочу уйти в отпуск": 1, "в отпуске хочу уйти": 0, "банк сменить": 1} {
		var said [][]guess
		for _, w := range words(query) {
			said = append(said, []guess{{rootOf(w), 1}})
		}
		if got := p.alternatives(said); len(got) != want {
			t.Errorf("%q is also %v, want %d", query, got, want)
		}
	}
}

func TestNothingIsFoundForNothing(t *testing.T) {
	ix := everyday()
	for _, q := range []string{"", " ", "…", "«»", "\xff\xfe", "йцукенгшщз", "qqqqqqqq"} {
		if hits := ix.Search(q, 10); len(hits) > 0 {
			t.Errorf("%q finds %v", q, hits)
		}
	}
}

func TestWordsOfOneBodyWidenItsAnswers(t *testing.T) {
	own, err := ParsePhrases("клюшка, хоккей = служебный транспорт # so they call the garage\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := first(everyday(), "клюшка"); got != "" {
		t.Fatalf("without the body's own words «клюшка» finds %q", got)
	}
	ix := New(FromRegister(testkit.Everyday()), Shipped().With(own))
	if got := first(ix, "клюшка"); got != "transport" {
		t.Errorf("«клюшка» finds %q, want transport", got)
	}
	if got := first(ix, "увольняюсь"); got != "uvolnenie" {
		t.Errorf("the shipped words are lost: «увольняюсь» finds %q", got)
	}
}

func TestWrongWordingsAreRefusedWithTheirLine(t *testing.T) {
	for text, want := range map[string]string{"а = б\nв,,г\n": "строка 2", "один\n": "строка 1", "а = \n": "строка 1", "\n= б": "строка 2"} {
		if _, err := ParsePhrases(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestAnswersDoNotDependOnOrder: the same documents in another order give the same answers in the same order of worth.
func TestAnswersDoNotDependOnOrder(t *testing.T) {
	docs := FromRegister(testkit.Everyday())
	shuffled := slices.Clone(docs)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	a, b := New(docs, Shipped()), New(shuffled, Shipped())
	for _, q := range testkit.Queries() {
		x, y := a.Search(q.Text, 5), b.Search(q.Text, 5)
		for i := range x {
			if i >= len(y) || x[i].Score-y[i].Score > 1e-9 || y[i].Score-x[i].Score > 1e-9 {
				t.Fatalf("%q: scores differ: %v and %v", q.Text, x, y)
			}
		}
	}
}

func TestTheWordsThatMetAreNamed(t *testing.T) {
	ix := everyday()
	hits := ix.Search("увольняюсь", 1)
	if len(hits) == 0 || !slices.Contains(hits[0].Words, "увольнение") {
		t.Errorf("the words of the answer are %v", hits)
	}
}

func FuzzSearch(f *testing.F) {
	ix := everyday()
	for _, q := range testkit.Queries() {
		f.Add(q.Text)
	}
	f.Add("\xff`[]{};'")
	f.Fuzz(func(t *testing.T, q string) {
		hits := ix.Search(q, 10)
		for i, h := range hits {
			if !(h.Score > 0) || len(h.Words) == 0 || i > 0 && h.Score > hits[i-1].Score {
				t.Errorf("%q: %+v", q, hits)
			}
		}
	})
}

func BenchmarkSearch(b *testing.B) {
	ix := everyday()
	qs := testkit.Queries()
	for i := 0; b.Loop(); i++ {
		ix.Search(qs[i%len(qs)].Text, 10)
	}
}

func BenchmarkNew(b *testing.B) {
	docs := FromRegister(testkit.Everyday())
	for b.Loop() {
		New(docs, Shipped())
	}
}
