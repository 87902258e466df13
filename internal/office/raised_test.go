package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRaisedFiguresAreNoFigures: the mark of a note typed as a raised «1» became the last figure of a telephone.
func TestRaisedFiguresAreNoFigures(t *testing.T) {
	docx := docxOf(t, `<w:p><w:r><w:t>8 (8672) 64-90-22</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>
<w:p><w:r><w:t>20 м</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t xml:space="preserve"> всего</w:t></w:r></w:p>
<w:p><w:r><w:t>H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`)
	odt := odfOf(t, "text", `<text:p>8 (8672) 64-90-22<text:span text:style-name="T1">1</text:span></text:p><text:p>20 м<text:span text:style-name="T1">2</text:span><text:span text:style-name="T1"> всего</text:span></text:p><text:p>H<text:span text:style-name="T2">2</text:span></text:p>`,
		`<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>`)
	want := []string{"8 (8672) 64-90-22¹", "20 м² всего", "H2"}
	for name, b := range map[string][]byte{"а.docx": docx, "а.odt": odt} {
		if diff := cmp.Diff(want, parasOf(readBytes(t, name, b))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestTableInsideATable: a register inside a frame, itself a table, became the text of one cell.
func TestTableInsideATable(t *testing.T) {
	cell := func(s string) string { return `<w:tc><w:p><w:r><w:t>` + s + `</w:t></w:r></w:p></w:tc>` }
	row := func(s ...string) string {
		out := `<w:tr>`
		for _, c := range s {
			out += cell(c)
		}
		return out + `</w:tr>`
	}
	register := `<w:tbl>` + row("Процесс", "Точка", "Что") + row("Приём", "Сайт", "Узнать") + `</w:tbl>`
	contacts := `<w:tbl>` + row("Телефон", "64-90-22") + row("Почта", "a@b.ru") + `</w:tbl>`
	d := readBytes(t, "а.docx", docxOf(t, `<w:tbl><w:tr><w:tc>`+register+`<w:p/></w:tc></w:tr></w:tbl><w:p><w:r><w:t>между</w:t></w:r></w:p>
<w:tbl><w:tr>`+cell("Слева")+`<w:tc><w:p><w:r><w:t>Справа</w:t></w:r></w:p>`+contacts+`</w:tc></w:tr></w:tbl>`))
	var got [][]string
	for _, table := range tablesOf(d) {
		for _, r := range table.Rows {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, c.Text)
			}
			got = append(got, cells)
		}
	}
	want := [][]string{{"Процесс", "Точка", "Что"}, {"Приём", "Сайт", "Узнать"}, {"Слева", "Справа\nТелефон 64-90-22\nПочта a@b.ru"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
