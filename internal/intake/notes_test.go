package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
)

// TestAddressesBehindWords: an address that a file keeps only behind words was lost, and one that contradicts the words
// was never told.
func TestAddressesBehindWords(t *testing.T) {
	const site = "https://trud.alania.gov.ru/"
	p := load(t, komzan)
	for name, c := range map[string]struct {
		cell string
		link office.Link
		want []string
	}{
		"words alone":           {"Официальный сайт", office.Link{Text: "Официальный сайт", Target: site}, []string{"А | site Официальный сайт: " + site + " | info | ц", "! R12 оформление ×1"}},
		"a mailbox":             {"Электронная почта", office.Link{Text: "Электронная почта", Target: "mailto:info@mail.ru?subject=1"}, []string{"А | email Электронная почта: info@mail.ru | info | ц", "! R12 оформление ×1"}},
		"the same address":      {"Сайт: trud.alania.gov.ru", office.Link{Text: "trud.alania.gov.ru", Target: "http://www.trud.alania.gov.ru/index"}, []string{"А | site Сайт: trud.alania.gov.ru | info | ц"}},
		"another address":       {"Сайт: trud.alania.gov.ru", office.Link{Text: "trud.alania.gov.ru", Target: "https://example.com/"}, []string{"А | site Сайт: trud.alania.gov.ru | info | ц", "! R12 неясность ×1"}},
		"words of a sentence":   {"Кабинет 5 (схема проезда)", office.Link{Text: "схема проезда", Target: site}, []string{"А | office Кабинет 5 (схема проезда) | info | ц"}},
		"no address of the net": {"Официальный сайт", office.Link{Text: "Официальный сайт", Target: "file:///C:/1.html"}, []string{"А | site Официальный сайт | info | ц"}},
	} {
		table := grid(head, "1. | А | "+c.cell+" | Получение информации | Взаимодействие в цифровой точке")
		c.link.Row, c.link.Col = 1, 2
		table.Links = []office.Link{c.link}
		d, err := Parse(document("docx", table), "отчёт", p)
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(c.want, lines(d)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}

func TestWhatTheEyeMissesIsTold(t *testing.T) {
	row := "1. | А | Кабинет 5 | Получение информации | Взаимодействие в офлайн-точке"
	doc := document("xlsx", grid(head, row))
	doc.Notes = []office.Note{{Kind: office.Tracked, Count: 2, Place: "таблица 1"}, {Kind: office.HiddenText, Count: 1}, {Kind: office.HiddenRows, Count: 3}, {Kind: office.NoValue, Count: 1}}
	doc.Hidden = []office.Section{{Name: "Старый", Blocks: []office.Block{grid(head, row)}}, {Name: "Список", Blocks: []office.Block{grid("да", "нет")}}}
	d, err := Parse(doc, "отчёт", load(t, komzan))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"А | office Кабинет 5 | info | о", "! R13 неясность ×1", "! R13 неясность ×1", "! R13 неясность ×1", "! R13 неясность ×1", "! R13 неясность ×1"}
	if diff := cmp.Diff(want, lines(d)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
