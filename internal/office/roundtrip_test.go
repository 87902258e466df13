package office

import (
	"bytes"
	"io"
	"testing"
)

// A document that is written and read back has the same words, so that its seal holds.
func TestTextDigestSurvivesWriting(t *testing.T) {
	long := &Table{Head: 1, Caption: "Перечень", Rows: []Row{{Cells: []Cell{{Text: "№"}, {Text: "Направление"}, {Text: "Точка"}}}}}
	for i := range 200 {
		r := Row{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: "Телефон: 8 (8672) 64-90-22\nи ещё  одна   строка\tс табуляцией"}}}
		if i == 0 {
			r.Cells[0], r.Cells[1] = Cell{Text: "1.", RowSpan: 200}, Cell{Text: "Поступление на службу", RowSpan: 200}
		}
		long.Rows = append(long.Rows, r)
	}
	d := &Doc{Title: "Отчёт & <проба>", Sections: []Section{
		{Name: "Первый", Blocks: []Block{
			P(Title, "ОТЧЕТ\nо формировании"), P(Body, "  пробелы\u00a0неразрывные,  мягкий пере\u00adнос, не\u2011разрывный дефис, \x01 знак, 😀 _x000D_ и _x0041_"), P(Body, ""),
			&Para{Runs: []Run{{Text: "жир", Bold: true}, {Text: "ный и "}, {Text: "ссылка", Link: "https://trud.alania.gov.ru/?a=1&b=2"}}},
			long, P(Body, "1.5"), P(Body, "=1+1"), P(Body, "007"),
		}},
		{Name: "Второй", Landscape: true, Blocks: []Block{P(Heading1, "Приложение"), &PageBreak{}, &Table{Rows: []Row{
			{Cells: []Cell{{Text: "заголовок на всю ширину", ColSpan: 3}, {Covered: true}, {Covered: true}}},
			{Cells: []Cell{{Text: "16.02.2026"}, {Text: "0,5"}, {Runs: []Run{{Text: "было", Struck: true}, {Text: " стало", Bold: true}}}}},
			{Cells: []Cell{{Text: ""}, {Text: ""}, {Text: ""}}},
			{Cells: []Cell{{Text: "блок", RowSpan: 2, ColSpan: 2}, {Covered: true}, {Text: "x"}}},
			{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: "y"}}},
		}}}},
	}, Properties: map[string]string{"perechen-edition": "3", "Имя": "значение & <текст>"}}
	want := TextDigest(d)
	for format, write := range map[string]func(io.Writer, *Doc) error{"docx": WriteDOCX, "odt": WriteODT, "xlsx": WriteXLSX} {
		var b bytes.Buffer
		if err := write(&b, d); err != nil {
			t.Fatal(err)
		}
		got := readBytes(t, "проба."+format, b.Bytes())
		if TextDigest(got) != want {
			t.Errorf("%s: the words differ: %q\n%q", format, parasOf(got), plain(tablesOf(got)[0]))
		}
		if got.Format != format || got.Title != d.Title {
			t.Errorf("%s: format %q, title %q", format, got.Format, got.Title)
		}
		for k, v := range d.Properties {
			if got.Properties[k] != v {
				t.Errorf("%s: property %s is %q, want %q", format, k, got.Properties[k], v)
			}
		}
	}
}
