package intake

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"perechen/internal/office"
)

// another is the dictionary of another region: its own attributes, the columns in another order and numbered, bands that do not
// meet, several values in one cell one below the other, a list that goes on after the end of a page.
func another() *office.Doc {
	return one("№ п/п | Признак | Значение признака | Тип признака",
		"1 | Удалённость от центра | До 30 км; Свыше 30 до 100 км включительно; Более 100 км | Территориальные",
		"2 | Язык общения | Русский\nТатарский\nМарийский | ",
		"3 | Возраст детей | 0-2 лет; 3-6 лет; 7-17 лет | Семейные",
		"4 | Статус семьи | Многодетная; Приёмная; Неполная | ",
		"5 | Способ обращения | Лично; Через представителя; Портал; | Технологические",
		" | | Почта России | ")
}

func TestTheDictionaryOfAnotherRegion(t *testing.T) {
	want := "Территориальные/Удалённость от центра=До 30 км; Свыше 30 до 100 км включительно; Более 100 км\nТерриториальные/Язык общения=Русский; Татарский; Марийский\n" +
		"Семейные/Возраст детей=0-2 лет; 3-6 лет; 7-17 лет\nСемейные/Статус семьи=Многодетная; Приёмная; Неполная\nТехнологические/Способ обращения=Лично; Через представителя; Портал; Почта России"
	for _, format := range []string{"docx", "odt", "xlsx", "csv"} {
		var b bytes.Buffer
		if err := office.Write(&b, format, another()); err != nil {
			t.Fatal(err)
		}
		doc, err := office.Read(context.Background(), "f."+format, bytes.NewReader(b.Bytes()), int64(b.Len()), office.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		d := readDoc(t, doc)
		var got []string
		for _, a := range d.Attributes {
			got = append(got, a.Type+"/"+a.Title+"="+strings.Join(a.Values, "; "))
		}
		if g := strings.Join(got, "\n"); g != want {
			t.Errorf("%s: got\n%s\nwant\n%s", format, g, want)
		}
		if fs := found(t, d); len(fs) != 1 || !strings.HasPrefix(fs[0].Text, "Признак «Способ обращения»: ячейку разорвал") {
			t.Errorf("%s: found %q", format, told(fs))
		}
	}
}
