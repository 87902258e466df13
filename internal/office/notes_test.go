package office

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNotes: what a person who looks at a file may not see was read in silence.
func TestNotes(t *testing.T) {
	cell := func(s string) string { return `<w:tc><w:p>` + s + `</w:p></w:tc>` }
	words := func(s string) string { return `<w:r><w:t>` + s + `</w:t></w:r>` }
	docx := docxOf(t, `<w:tbl><w:tr>`+cell(words("а")+`<w:ins>`+words("б")+`</w:ins><w:del><w:r><w:delText>в</w:delText></w:r></w:del>`)+`</w:tr><w:tr>`+
		cell(`<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r>`+words("г"))+`</w:tr><w:tr><w:trPr><w:del/></w:trPr>`+cell("")+`</w:tr></w:tbl>`)
	sheet := func(rows string) string {
		return `<worksheet ` + sNS + `><sheetData>` + rows + `</sheetData></worksheet>`
	}
	row := func(text string) string { return `<row><c t="inlineStr"><is><t>` + text + `</t></is></c></row>` }
	xlsx := zipOf(t, "_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook `+sNS+`><sheets><sheet name="А" r:id="rId1"/><sheet name="Б" state="hidden" r:id="rId2"/><sheet name="В" state="veryHidden" r:id="rId3"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relsOf("worksheet", "a.xml", "worksheet", "b.xml", "worksheet", "c.xml"),
		"xl/a.xml", sheet(row("видно")+`<row hidden="1"><c><v>1</v></c></row><row hidden="true"/><row><c r="B4"><f>A1</f><v></v></c><c t="str"><f>A9</f><v></v></c><c><f>1+1</f><v>2</v></c></row>`),
		"xl/b.xml", sheet(strings.Repeat(row("тайно"), 3*peekRows)), "xl/c.xml", "<worksheet")
	ods := func(s string) string { return `<table:table-cell><text:p>` + s + `</text:p></table:table-cell>` }
	for name, c := range map[string]struct {
		file []byte
		want []Note
	}{
		"а.docx": {docx, []Note{{Tracked, 3, "таблица 1, строка 1, столбец 1", ""}, {HiddenText, 1, "таблица 1, строка 2, столбец 1", "тайно"}}},
		"а.xlsx": {xlsx, []Note{{HiddenRows, 1, "лист «А», строка 2", ""}, {NoValue, 1, "лист «А», строка 4, столбец 2", ""}}},
		"б.odt": {odfOf(t, "text", `<text:p>а<text:span text:style-name="Т">тай<text:s/>но</text:span>б</text:p><text:p text:style-name="П">скрыт<text:span text:style-name="В">видно</text:span></text:p><text:section text:display="none"><text:p>раздел<text:span text:style-name="В">скрыт</text:span></text:p></text:section><text:section><text:p>в</text:p></text:section>`,
			`<style:style style:name="Т" style:family="text"><style:text-properties text:display="none"/></style:style><style:style style:name="В" style:family="text"><style:text-properties text:display="true"/></style:style><style:style style:name="П" style:family="paragraph"><style:text-properties text:display="none"/></style:style>`),
			[]Note{{HiddenText, 5, "абзац 1", "тай"}}},
		"б.ods": {odfOf(t, "spreadsheet", `<table:table table:name="А"><table:table-row>`+ods("видно")+`</table:table-row><table:table-row table:visibility="collapse">`+ods("ряд")+`</table:table-row><table:table-row table:visibility="filter">`+ods("ряд")+`</table:table-row></table:table>`+
			`<table:table table:name="Б" table:style-name="С">`+strings.Repeat(`<table:table-row>`+ods("тайно")+`</table:table-row>`, 3*peekRows)+`</table:table><table:table table:name="В"><table:table-row>`+ods("и это")+`</table:table-row></table:table>`,
			`<style:style style:name="С" style:family="table"><style:table-properties table:display="false"/></style:style>`), []Note{{HiddenRows, 2, "лист «А», строка 2", ""}}},
		"а.odt": {odfOf(t, "text", `<text:tracked-changes><text:changed-region/><text:changed-region/></text:tracked-changes><text:p>а</text:p>`, ""), []Note{{Tracked, 2, "", ""}}},
	} {
		d := readBytes(t, name, c.file)
		if diff := cmp.Diff(c.want, d.Notes); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
		if name == "б.odt" {
			var text []string
			for _, b := range d.Sections[0].Blocks {
				for _, r := range b.(*Para).Runs {
					text = append(text, r.Text)
				}
			}
			if got := strings.Join(text, "|"); got != "аб|видно|в" {
				t.Errorf("the text is %q", got)
			}
		}
		if name == "б.ods" && (len(d.Hidden) != 1 || d.Hidden[0].Name != "Б" || len(d.Hidden[0].Blocks[0].(*Table).Rows) != peekRows || len(d.Sections) != 2 || d.Sections[1].Name != "В") {
			t.Errorf("ods: %d sheets, hidden %d", len(d.Sections), len(d.Hidden))
		}
		if name == "а.xlsx" && (len(d.Hidden) != 1 || d.Hidden[0].Name != "Б" || len(d.Hidden[0].Blocks[0].(*Table).Rows) != peekRows || len(d.Sections) != 1) {
			t.Errorf("%d sheets, hidden %d", len(d.Sections), len(d.Hidden))
		}
	}
}

func TestLinksOfCells(t *testing.T) {
	rels := strings.Replace(relsOf("hyperlink", "https://trud.alania.gov.ru/"), `Target=`, `TargetMode="External" Target=`, 1)
	docx := zipOf(t, "[Content_Types].xml", typesHead+`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", relsOf("officeDocument", "word/document.xml"), "word/_rels/document.xml.rels", rels,
		"word/document.xml", `<w:document `+wNS+`><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>а</w:t></w:r></w:p></w:tc><w:tc><w:p><w:hyperlink r:id="rId1"><w:r><w:t>Официальный</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve"> сайт</w:t></w:r></w:hyperlink></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`)
	xlsx := zipOf(t, "_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook `+sNS+`><sheets><sheet name="А" r:id="rId1"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", relsOf("worksheet", "a.xml"),
		"xl/_rels/a.xml.rels", rels, "xl/a.xml", `<worksheet `+sNS+`><sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>Официальный сайт</t></is></c></row></sheetData><hyperlinks><hyperlink ref="B3:C3" r:id="rId1"/><hyperlink ref="Z9" r:id="rId1"/><hyperlink ref="B3" r:id="rId7"/></hyperlinks></worksheet>`)
	odt := odfOf(t, "text", `<table:table><table:table-row><table:table-cell/><table:table-cell><text:p><text:a xlink:href="https://trud.alania.gov.ru/">Официальный сайт</text:a></text:p></table:table-cell></table:table-row></table:table>`, "")
	want := []Link{{0, 1, "Официальный сайт", "https://trud.alania.gov.ru/"}}
	for name, file := range map[string][]byte{"а.docx": docx, "а.xlsx": xlsx, "а.odt": odt} {
		if diff := cmp.Diff(want, tablesOf(readBytes(t, name, file))[0].Links); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
}
