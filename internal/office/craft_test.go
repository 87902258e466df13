package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// zipOf makes an archive of parts: name, content, name, content, …
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	wNS       = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`
	sNS       = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	relTypes  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
	oNS       = `xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"`
	typesHead = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
)

func relsOf(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		fmt.Fprintf(&b, `<Relationship Id="rId%d" Type="%s%s" Target="%s"/>`, i/2+1, relTypes, pairs[i], pairs[i+1])
	}
	return b.String() + `</Relationships>`
}

// docxOf makes a DOCX of the XML inside w:body and of further parts (styles, numbering) by kind.
func docxOf(t testing.TB, body string, more ...string) []byte {
	t.Helper()
	parts := []string{
		"[Content_Types].xml", typesHead + `<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels", relsOf("officeDocument", "word/document.xml"),
	}
	var rels []string
	for i := 0; i < len(more); i += 2 {
		rels = append(rels, more[i], more[i]+".xml")
		parts = append(parts, "word/"+more[i]+".xml", more[i+1])
	}
	return zipOf(t, append(parts, "word/_rels/document.xml.rels", relsOf(rels...), "word/document.xml", `<w:document `+wNS+`><w:body>`+body+`</w:body></w:document>`)...)
}

// xlsxOf makes an XLSX of one sheet: what stands in its worksheet element, its shared strings (<si>…) and styles.
func xlsxOf(t testing.TB, sheet, shared, styles string) []byte {
	t.Helper()
	return zipOf(t,
		"[Content_Types].xml", typesHead+`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml", `<workbook `+sNS+`><sheets><sheet name="Лист" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relsOf("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml", "styles", "styles.xml"),
		"xl/sharedStrings.xml", `<sst `+sNS+`>`+shared+`</sst>`,
		"xl/styles.xml", `<styleSheet `+sNS+`>`+styles+`</styleSheet>`,
		"xl/worksheets/sheet1.xml", `<worksheet `+sNS+`>`+sheet+`</worksheet>`,
	)
}

// odfOf makes an OpenDocument file of the XML inside office:text (or office:spreadsheet) and of automatic styles.
func odfOf(t testing.TB, kind, body, styles string) []byte {
	t.Helper()
	return zipOf(t, "mimetype", "application/vnd.oasis.opendocument."+kind,
		"content.xml", `<office:document-content `+oNS+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body><office:`+kind+`>`+body+`</office:`+kind+`></office:body></office:document-content>`)
}

func para(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

// bigSheet is the worksheet of a register of n rows, and its shared strings: a third of the texts are all different.
func bigSheet(n int) (sheet, shared string) {
	var s, ss strings.Builder
	texts := []string{"Взаимодействие в цифровой точке", "Взаимодействие в офлайн-точке", "Получение информации клиентом, получение консультации клиентом", "Телефон: 8 (8672) 64-90-22"}
	for _, t := range texts {
		ss.WriteString("<si><t>" + t + "</t></si>")
	}
	s.WriteString("<sheetData>")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&ss, "<si><t>Электронная почта отдела: otdel-%d@trud.alania.gov.ru</t></si>", i)
		fmt.Fprintf(&s, `<row r="%d" spans="1:5" x14ac:dyDescent="0.25"><c r="A%d" s="2"><v>%d</v></c><c r="B%d" s="2" t="s"><v>3</v></c><c r="C%d" s="2" t="s"><v>%d</v></c><c r="D%d" s="2" t="s"><v>2</v></c><c r="E%d" s="2" t="s"><v>%d</v></c></row>`, i, i, i, i, i, i+3, i, i, i%2)
	}
	s.WriteString("</sheetData>")
	return s.String(), ss.String()
}
