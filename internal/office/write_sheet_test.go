package office

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSheet(t *testing.T) {
	files, _ := parts(t, written(t, "xlsx", report()))
	sheet := files["xl/worksheets/sheet1.xml"]
	for _, want := range []string{
		`<pane `, `state="frozen"`, `paperSize="9"`, `orientation="portrait"`, `fitToWidth="1"`, `fitToHeight="0"`, `<pageSetUpPr fitToPage="true"`,
		`<mergeCell ref="A5:A9"/>`, `<mergeCell ref="B5:B9"/>`, `&amp;P`, `<drawing `,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in the sheet", want)
		}
	}
	if strings.Contains(sheet, "<autoFilter") {
		t.Error("a table with groups has a filter, which would tear them")
	}
	if !strings.Contains(files["xl/workbook.xml"], `_xlnm.Print_Titles">'Отчет'!$4:$4<`) {
		t.Errorf("no titles to print:\n%s", files["xl/workbook.xml"])
	}
	flat := &Doc{Sections: []Section{{Blocks: []Block{&Table{Head: 1, Rows: []Row{{Cells: []Cell{{Text: "А"}, {Text: "Б"}}}, {Cells: []Cell{{Text: "1"}, {Text: "2"}}}}}}}}}
	files, _ = parts(t, written(t, "xlsx", flat))
	if !strings.Contains(files["xl/worksheets/sheet1.xml"], `<autoFilter ref="A1:B2"/>`) {
		t.Error("a table without groups has no filter")
	}
}

// TestSheetHasNoFormulas: whatever a cell begins with, it is a text, and nothing is put before it.
func TestSheetHasNoFormulas(t *testing.T) {
	row := Row{}
	for _, s := range []string{"=1+1", "+7 8672", "-5", "@имя", "=cmd|' /C calc'!A0", "1.", "007", "16.02.2026"} {
		row.Cells = append(row.Cells, Cell{Text: s})
	}
	files, _ := parts(t, written(t, "xlsx", &Doc{Sections: []Section{{Blocks: []Block{&Table{Rows: []Row{row}}}}}}))
	sheet := files["xl/worksheets/sheet1.xml"]
	if strings.Contains(sheet, "<f>") || strings.Contains(sheet, "<v>") {
		t.Errorf("a formula or a number:\n%s", sheet)
	}
	for _, want := range []string{"<t>=1+1</t>", "<t>+7 8672</t>", "<t>-5</t>", "<t>@имя</t>", "<t>007</t>"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestSheetTextTooLong(t *testing.T) {
	d := &Doc{Sections: []Section{{Blocks: []Block{&Table{Rows: []Row{{Cells: []Cell{{Text: strings.Repeat("я", 32767)}}}}}}}}}
	if err := Write(io.Discard, "xlsx", d); err != nil {
		t.Errorf("32 767 letters: %v", err)
	}
	d.Sections[0].Blocks[0].(*Table).Rows[0].Cells[0].Text += "я"
	var e *Error
	if err := Write(io.Discard, "xlsx", d); !errors.As(err, &e) || e.Reason != TooBig {
		t.Errorf("32 768 letters: %v", err)
	}
	// A paragraph of that length goes on in the next rows.
	words := strings.TrimSpace(strings.Repeat("слово ", 8000))
	d = &Doc{Sections: []Section{{Blocks: []Block{P(Body, words)}}}}
	files, _ := parts(t, written(t, "xlsx", d))
	if n := strings.Count(files["xl/worksheets/sheet1.xml"], "слово"); n != 8000 {
		t.Errorf("%d words of 8000", n)
	}
}

func TestSheetNames(t *testing.T) {
	long := strings.Repeat("Очень длинное имя ", 4)
	got := sheetNames([]Section{{}, {Name: "а/б:[в]?*\\"}, {Name: "'Имя'"}, {Name: "ИМЯ"}, {Name: "имя"}, {Name: long}, {Name: long}, {Name: "\x01\n"}, {Name: "History"}})
	want := []string{"Лист 1", "а б в", "Имя", "ИМЯ (2)", "имя (3)", "Очень длинное имя Очень длинное", "Очень длинное имя Очень дли (2)", "Лист 8", "Лист 9"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, name := range got {
		if utf16Len(name) > 31 {
			t.Errorf("%q is too long", name)
		}
	}
}

func TestSheetHeights(t *testing.T) {
	row := func(cells ...Cell) Row { return Row{Cells: cells} }
	long := strings.Repeat("слово ", 60)
	files, _ := parts(t, written(t, "xlsx", &Doc{Sections: []Section{{Blocks: []Block{P(Body, "абзац"), &Table{Rows: []Row{
		row(Cell{Text: "а"}, Cell{Text: "б"}), row(Cell{Text: long, ColSpan: 2}, Cell{Covered: true}),
	}}}}}}))
	sheet := files["xl/worksheets/sheet1.xml"]
	for _, want := range []string{
		`<row r="1" ht="17" customHeight="1">`, // merged cells: no program fits them
		`<row r="2" ht="16">`,
		`" customHeight="1"><c r="A3" `,
	} {
		if !strings.Contains(sheet, want) {
			t.Errorf("no %s in\n%s", want, sheet)
		}
	}
}

// TestSheetWordsThatLookLikeEscapes: a workbook reads «_x0041_» as «A».
func TestSheetWordsThatLookLikeEscapes(t *testing.T) {
	for _, text := range []string{"_x0041_", "форма_x0041_x0042_", "_x005F_x0041_", "__x000d__", "_x00G1_", "_x0041", " край ", "а\nб"} {
		data := written(t, "xlsx", &Doc{Sections: []Section{{Blocks: []Block{&Table{Rows: []Row{{Cells: []Cell{{Text: "."}, {Text: text}}}}}}}}})
		d, err := Read(context.Background(), "a.xlsx", bytes.NewReader(data), int64(len(data)), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Sections[0].Blocks[0].(*Table).Rows[0].Cells[1].Text; got != strings.TrimSpace(text) {
			t.Errorf("%q is read back as %q", text, got)
		}
	}
}

func TestColumnNames(t *testing.T) {
	for col, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := columnName(col); got != want {
			t.Errorf("column %d is %s, want %s", col, got, want)
		}
	}
}

func TestCSV(t *testing.T) {
	d := &Doc{Title: "нет в файле", Sections: []Section{{Blocks: []Block{
		P(Title, "нет в файле"),
		&Table{Head: 1, Caption: "нет в файле", Rows: []Row{
			{Cells: []Cell{{Text: "Процесс"}, {Text: "Точка; место"}, {Text: "Кавычки «\"»"}}},
			{Cells: []Cell{{Text: "Прием", RowSpan: 2}, {Text: "+7 (8672) 64-90-22"}, {Text: "две\nстроки"}}},
			{Cells: []Cell{{Covered: true}, {Text: "=HYPERLINK(\"x\")"}, {Text: " @SUM(1)"}}},
		}},
		&Table{Rows: []Row{{Cells: []Cell{{Text: "-1"}, {Runs: []Run{{Text: "было "}, {Text: "стало"}}}}}}},
	}}}}
	want := "\uFEFFПроцесс;\"Точка; место\";\"Кавычки «\"\"»\"\r\n" +
		"Прием;'+7 (8672) 64-90-22;\"две\r\nстроки\"\r\n" +
		";\"'=HYPERLINK(\"\"x\"\")\";' @SUM(1)\r\n" +
		"\r\n'-1;было стало\r\n"
	if diff := cmp.Diff(want, string(written(t, "csv", d))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGridWalkCutsWhatCannotBe: spans that leave the table, cross the heading or lie over one another.
func TestGridWalkCutsWhatCannotBe(t *testing.T) {
	table := &Table{Head: 1, Rows: []Row{
		{Cells: []Cell{{Text: "a", RowSpan: 9}, {Text: "b", ColSpan: 9}}},
		{Cells: []Cell{{Text: "c"}, {Text: "d", RowSpan: 2}, {Covered: true}, {Text: "e"}}},
		{Cells: []Cell{{Text: "f", ColSpan: 3}}},
	}}
	var got [][]string
	walk := newGridWalk(table)
	for i := range table.Rows {
		var row []string
		for _, s := range walk.row(i) {
			switch {
			case s.above:
				row = append(row, "^")
			default:
				row = append(row, s.cell.Text+strings.Repeat("-", s.cols-1)+strings.Repeat("|", s.rows-1))
			}
		}
		got = append(got, row)
	}
	want := [][]string{{"a", "b--"}, {"c", "d|", "", "e"}, {"f", "^", "", ""}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, format := range Formats() {
		written(t, format, &Doc{Sections: []Section{{Blocks: []Block{table, &Table{}, &Table{Caption: "пустая"}, &Table{Rows: []Row{{}, {}}}, &Code{}, &Para{}}}}})
	}
}

func TestFitColumns(t *testing.T) {
	r, err := newRuler()
	if err != nil {
		t.Fatal(err)
	}
	row := func(cells ...string) (out Row) {
		for _, c := range cells {
			out.Cells = append(out.Cells, Cell{Text: c})
		}
		return out
	}
	fits := &Table{Widths: []float64{1, 3}, Rows: []Row{row("да", "нет")}}
	if diff := cmp.Diff([]float64{42.5, 127.5}, r.fitColumns(fits, 12, 170)); diff != "" {
		t.Errorf("words that fit change the widths:\n%s", diff)
	}
	narrow := &Table{Widths: []float64{1, 9}, Head: 1, Rows: []Row{row("Взаимодействие", "Точка"), row("в офлайн-точке", "место")}}
	got := r.fitColumns(narrow, 12, 170)
	if got[0] < 30 || got[0] > 40 || got[0]+got[1] < 169.99 || got[0]+got[1] > 170.01 {
		t.Errorf("the column of a long word: %v", got)
	}
	for _, tab := range []*Table{{Widths: []float64{0, -1}, Rows: fits.Rows}, {Rows: fits.Rows}, {Widths: []float64{5}, Rows: fits.Rows}} {
		got := r.fitColumns(tab, 12, 170)
		if s := sum(got); len(got) != 2 || s < 169.99 || s > 170.01 || got[0] <= 0 || got[1] <= 0 {
			t.Errorf("widths %v give %v", tab.Widths, got)
		}
	}
	units := wholeUnits([]float64{1, 1, 1}, 100)
	if diff := cmp.Diff([]int{33, 34, 33}, units); diff != "" {
		t.Errorf("%s", diff)
	}
}
