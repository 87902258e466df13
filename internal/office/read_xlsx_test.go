package office

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	featuresXLSX = `<dimension ref="A1:XFD1048576"/><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c><c r="XFD2" s="1"/></row><row r="4"><c r="A4" s="1"><v>1.0</v></c><c r="B4" t="b"><v>1</v></c><c r="C4" t="e"><v>#REF!</v></c><c r="D4" t="str"><f>A1&amp;"x"</f><v>итог _x0041_</v></c></row>` +
		`<row><c t="inlineStr"><is><r><t>бо</t></r><r><rPr><b/></rPr><t>гатый</t></r><rPh><t>нет</t></rPh></is></c><c r="B5" s="2"><v>46069</v></c><c s="3"><v>46069.5</v></c><c t="s"><v>1</v></c></row><row r="6"><c r="B6"><v>под объединением</v></c></row><row r="1048576"><c r="A1048576" s="1"/></row></sheetData>` +
		`<mergeCells><mergeCell ref="A2:XFD2"/><mergeCell ref="A4:A6"/><mergeCell ref="B5:B6"/><mergeCell ref="B4:D4"/><mergeCell ref="Z99:Z100"/><mergeCell ref="плохо"/></mergeCells>`
	sharedXLSX = `<si><t>Отчёт</t></si><si><r><t xml:space="preserve">стро</t></r><r><t>ка</t></r><phoneticPr/><rPh sb="0" eb="1"><t>нет</t></rPh></si>`
	stylesXLSX = `<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy\ hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>`
)

func TestReadXLSX(t *testing.T) {
	d := readBytes(t, "а.xlsx", xlsxOf(t, featuresXLSX, sharedXLSX, stylesXLSX))
	table := tablesOf(d)[0]
	want := []string{"Отчёт(1x4)|^|^|^", "1(3x1)|ИСТИНА(1x3)|^|^", "^|16.02.2026(2x1)|16.02.2026 12:00|строка", "^|^||"}
	// A merge hides what stands under it, as in Excel.
	if diff := cmp.Diff(want, plain(table)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	var lines []int
	for _, r := range table.Rows {
		lines = append(lines, r.Line)
	}
	if diff := cmp.Diff([]int{2, 4, 5, 6}, lines); diff != "" || table.Sheet != "Лист" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
}

func TestSheetsOfWorkbook(t *testing.T) {
	sheet := func(s string) string {
		return `<worksheet ` + sNS + `><sheetData><row><c t="inlineStr"><is><t>` + s + `</t></is></c></row></sheetData></worksheet>`
	}
	file := zipOf(t, "_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook `+sNS+`><workbookPr date1904="1"/><sheets><sheet name="Второй" r:id="rId2"/><sheet name="Скрыт" state="hidden" r:id="rId1"/><sheet name="Пуст" r:id="rId3"/><sheet name="График" r:id="rId4"/><sheet name="Дата" r:id="rId5"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relsOf("worksheet", "a.xml", "worksheet", "/xl/b.xml", "worksheet", "c.xml", "chartsheet", "d.xml", "worksheet", "e.xml", "styles", "s.xml"),
		"xl/a.xml", sheet("нет"), "xl/b.xml", sheet("да"), "xl/c.xml", `<worksheet `+sNS+`><sheetData/></worksheet>`, "xl/d.xml", "<chartsheet/>",
		"xl/e.xml", `<worksheet `+sNS+`><sheetData><row><c s="0"><v>44607</v></c></row></sheetData></worksheet>`, "xl/s.xml", `<styleSheet `+sNS+`><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`)
	d := readBytes(t, "а.xlsx", file)
	var got []string
	for _, s := range d.Sections {
		got = append(got, s.Name+": "+strings.Join(plain(s.Blocks[0].(*Table)), "/"))
	}
	if diff := cmp.Diff([]string{"Второй: да", "Дата: 16.02.2026"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Numbers are read as a Russian Excel shows them.
func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		format string
		value  float64
		want   string
	}{
		{"", 1, "1"}, {"General", 1.5, "1,5"}, {"General", -0.25, "-0,25"}, {"General", 88672649022, "88672649022"}, {"General", 0.1 + 0.2, "0,3"}, {"@", 7, "7"},
		{"0", 1.6, "2"}, {"0.00", 1.5, "1,50"}, {"0.##", 1.5, "1,5"}, {"0.##", 2, "2"}, {"#,##0", 1234567, "1\u00a0234\u00a0567"}, {"#,##0.00", -1234.5, "-1\u00a0234,50"}, {"0%", 0.25, "25%"}, {"0.0%", 0.256, "25,6%"},
		{"000", 7, "007"}, {"0\".\"", 3, "3."}, {"#,##0.00\\ \"₽\"", 10, "10,00 ₽"}, {"#,##0\\ [$₽-419]", 1000, "1\u00a0000 ₽"}, {"0.00;[Red]\\-0.00", -2, "-2,00"}, {"0;-0;\"нет\"", 0, "нет"}, {"0;(0)", -5, "(5)"},
		{"8\\ (0000)\\ 00\\-00\\-00", 8672649022, "8 (8672) 64-90-22"}, {"\\+0\\ 000\\ 000\\-00\\-00", 78672649022, "+7 867 264-90-22"}, {"[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", 649022, "649022"},
		{"dd.mm.yyyy", 46069, "16.02.2026"}, {"d\\ mmmm\\ yyyy\\ \"г.\"", 46069, "16.02.2026"}, {"[$-419]d mmm yyyy;@", 46069, "16.02.2026"}, {"h:mm", 0.375, "09:00"}, {"h:mm:ss", 0.75, "18:00:00"}, {"m/d/yy h:mm", 46069.375, "16.02.2026 09:00"},
		{"[h]:mm", 1.5, "36:00"}, {"mm:ss", 0.5, "12:00:00"}, {"mmm", 46069, "16.02.2026"}, {"# ?/?", 0.5, "0,5"}, {"0.00E+00", 12345, "12345"}, {"General\" шт.\"", 3, "3"}, {"dd.mm.yyyy", -1, "-1"}, {"dd.mm.yyyy", 1, "01.01.1900"},
	} {
		if got := parseFormat(c.format).show(c.value, false); got != c.want {
			t.Errorf("%v as %q is %q, want %q", c.value, c.format, got, c.want)
		}
	}
}
