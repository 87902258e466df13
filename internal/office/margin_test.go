package office

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// TestWordsBesideTheText: words put into the header, the footer or a note of a sealed document were not seen by anybody.
func TestWordsBesideTheText(t *testing.T) {
	docx := func(kind, xml string) []byte {
		return docxOf(t, para("текст"), kind, `<w:hdr `+wNS+`>`+xml+`</w:hdr>`)
	}
	sheet := func(footer string) []byte {
		return zipOf(t, "[Content_Types].xml", typesHead+`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			"_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"), "xl/_rels/workbook.xml.rels", relsOf("worksheet", "s.xml"),
			"xl/workbook.xml", `<workbook `+sNS+`><sheets><sheet name="Л" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/s.xml", `<worksheet `+sNS+`><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>а</t></is></c></row></sheetData><headerFooter><oddFooter>`+footer+`</oddFooter></headerFooter></worksheet>`)
	}
	odt := func(body, style string) []byte {
		return zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text",
			"styles.xml", `<office:document-styles `+oNS+`><office:master-styles><style:master-page style:name="M">`+style+`</style:master-page></office:master-styles></office:document-styles>`,
			"content.xml", `<office:document-content `+oNS+`><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`)
	}
	page := `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"page number.docx", "2", docx("header", page)},
		{"header.docx", "УТВЕРЖДЕНО", docx("header", para("УТВЕРЖДЕНО"))},
		{"footer.docx", "приписка", docx("footer", para("приписка"))},
		{"footnote.docx", "сноска", docx("footnotes", para("сноска"))},
		{"no margins.docx", "", docxOf(t, para("текст"))},
		{"page number.xlsx", "", sheet(`&amp;C&amp;"Times New Roman,Regular"&amp;12&amp;P`)},
		{"footer.xlsx", "приписка", sheet(`&amp;Lприписка&amp;P`)},
		{"page number.odt", "3", odt(`<text:p>текст</text:p>`, `<style:header><text:p><text:page-number>3</text:page-number></text:p></style:header>`)},
		{"footer.odt", "приписка", odt(`<text:p>текст</text:p>`, `<style:footer-first><text:p>приписка</text:p></style:footer-first>`)},
		{"note.odt", "сноска", odt(`<text:p>текст<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>сноска</text:p></text:note-body></text:note></text:p>`, "")},
		{"a.txt", "", []byte("текст")},
	} {
		got, err := Margin(context.Background(), c.name, bytes.NewReader(c.file), int64(len(c.file)), DefaultLimits)
		if err != nil || strings.TrimSpace(got) != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}
