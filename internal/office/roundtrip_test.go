package office

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// Random tables with merged cells are read back from DOCX and ODT as they were, cell by cell.
func TestRandomTablesSurviveWriting(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	texts := []string{"", "", "1.", "Официальный сайт", "две\nстроки", "  края ", "а\u00a0б", "Группа", "Группа (продолжение)", "<&>\"'", "длинный" + strings.Repeat(" текст", 30)}
	for n := range 150 {
		table := &Table{Head: r.IntN(2), Rows: make([]Row, 1+r.IntN(8))}
		wide := 1 + r.IntN(6)
		for i := range table.Rows {
			table.Rows[i].Cells = make([]Cell, wide)
			for k := range wide {
				table.Rows[i].Cells[k].Text = texts[r.IntN(len(texts))]
			}
		}
		for range r.IntN(4) {
			from := min(r.IntN(len(table.Rows)), r.IntN(len(table.Rows)))
			rows := 1 + r.IntN(4)
			if from < table.Head {
				rows = 1
			}
			lay(table.Rows, span(from, r.IntN(wide), rows, 1+r.IntN(3)), true)
		}
		d := &Doc{Sections: []Section{{Blocks: []Block{P(Body, "до"), table, P(Body, "после")}}}}
		joined := table.copyRows() // «Группа (продолжение)» under «Группа» is one group, whoever wrote it
		joinGroups(joined)
		want, digest := plain(joined), TextDigest(d)
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "  края ", "края")
		}
		for _, format := range []string{"docx", "odt", "xlsx"} {
			var b bytes.Buffer
			if err := Write(&b, format, d); err != nil {
				t.Fatal(err)
			}
			got := readBytes(t, "а."+format, b.Bytes())
			if TextDigest(got) != digest {
				t.Errorf("%d, %s: other words: %q, were %q", n, format, shown(got), want)
			}
			if format == "xlsx" {
				continue // a sheet has no tables of its own
			}
			if diff := cmp.Diff(want, plain(tablesOf(got)[0])); diff != "" {
				t.Errorf("%d, %s (-want +got):\n%s", n, format, diff)
			}
		}
	}
}
