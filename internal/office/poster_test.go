package office

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// posterBytes is a file of posters of every sort.
func posterBytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := NewPosterWriter(&b, PosterMeta{Title: "Листы", Author: "Орган", Paper: PaperA5})
	if err != nil {
		t.Fatal(err)
	}
	code := PosterCode{Modules: [][]bool{{true, false}, {false, true}}, Title: "Страница", Address: "https://example.ru/а?b=(1)", Alt: "QR-код"}
	w.Add(Poster{})
	w.Add(Poster{Kicker: "Кабинет", Title: "Отдел кадров ☎", Lead: "8 (8672) 64-90-22", Foot: [2]string{"Орган", "Редакция № 1"}, Codes: []PosterCode{code, code},
		Parts: []PosterPart{{Label: "Часы", Big: true, Items: []PosterItem{{Text: "9:00–18:00"}}}, {Items: []PosterItem{{"Справка", "о доходах"}, {"Приём", ""}}}}})
	w.Add(Poster{Title: strings.Repeat("Щ", 2000), Codes: []PosterCode{code}})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestPostersFitWhateverTheySay sets posters of random texts: all of them end above the codes, and what had to be cut says
// so.
func TestPostersFitWhateverTheySay(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 1))
	text := func(most int) string {
		var b strings.Builder
		for range r.IntN(most) {
			b.WriteString(strings.Repeat(string([]rune("жЩ1и—")[r.IntN(5)]), r.IntN(14)) + " "[:r.IntN(2)])
		}
		return b.String()
	}
	for _, paper := range Papers {
		w, err := NewPosterWriter(&bytes.Buffer{}, PosterMeta{Paper: paper})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 60 {
			size := []int{3, 20, 200}[n%3]
			p := Poster{Kicker: text(size), Title: text(size), Lead: text(size), Foot: [2]string{text(size), text(size)}}
			for range r.IntN(7) {
				part := PosterPart{Label: text(size), Big: r.IntN(3) == 0, Rest: func(n int) string { return fmt.Sprint(n) }}
				for range r.IntN([]int{3, 10, 90}[r.IntN(3)]) {
					part.Items = append(part.Items, PosterItem{text(size), text(size)})
				}
				p.Parts = append(p.Parts, part)
			}
			p.Codes = make([]PosterCode, r.IntN(3))
			if x := w.fit(p); x.height > w.room(p)+0.01 {
				t.Errorf("%s, poster %d: %.0f points are needed and %.0f are there", paper, n, x.height, w.room(p))
			}
			w.Add(p)
		}
	}
}

func TestAListThatIsCutSaysHowMuchIsMissing(t *testing.T) {
	w, err := NewPosterWriter(&bytes.Buffer{}, PosterMeta{Paper: PaperA5})
	if err != nil {
		t.Fatal(err)
	}
	part := PosterPart{Rest: func(n int) string { return fmt.Sprint(n) }}
	for i := range 137 {
		part.Items = append(part.Items, PosterItem{Text: fmt.Sprint("пункт ", i)})
	}
	x := w.fit(Poster{Title: "Список", Parts: []PosterPart{part}})
	items := x.parts[0].items
	var said strings.Builder
	for _, g := range items[len(items)-1].text.glyphs {
		said.WriteRune(g.r)
	}
	if want := fmt.Sprintf("… %d", 137-(len(items)-1)); said.String() != want {
		t.Errorf("%d items are shown and the last line says %q, want %q", len(items)-1, said.String(), want)
	}
}

func TestPostersAreForKnownPapers(t *testing.T) {
	if _, err := NewPosterWriter(&bytes.Buffer{}, PosterMeta{Paper: "B5"}); err == nil {
		t.Error("a poster is printed on B5")
	}
}
