package office

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"testing"
)

func TestDOCXTable(t *testing.T) {
	files, _ := parts(t, written(t, "docx", mixed()))
	doc := files["word/document.xml"]
	table := doc[strings.Index(doc, "Таблица 2"):]
	table = table[strings.Index(table, "<w:tbl>") : strings.Index(table, "</w:tbl>")+8]
	rows := strings.Split(table, "<w:tr>")[1:]
	if len(rows) != 6 {
		t.Fatalf("%d rows", len(rows))
	}
	for i, row := range rows {
		if got, want := strings.Contains(row, "<w:tblHeader/>"), i < 2; got != want {
			t.Errorf("row %d: heading %v, want %v", i, got, want)
		}
		// A row of more than half a page may be split, no other.
		if got, want := strings.Contains(row, "<w:cantSplit/>"), i != 4; got != want {
			t.Errorf("row %d: whole %v, want %v", i, got, want)
		}
		// The cells of each row are as wide as the table.
		total := 0
		for _, m := range regexp.MustCompile(`<w:tcW w:w="(\d+)"`).FindAllStringSubmatch(row, -1) {
			total += atoi(m[1], 0)
		}
		if want := twips(297) - twips(30) - twips(10); total != want {
			t.Errorf("row %d is %d wide, want %d", i, total, want)
		}
	}
	for i, want := range map[int]string{0: `<w:gridSpan w:val="3"/>`, 1: `<w:vMerge/>`, 2: `<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, 3: `<w:gridSpan w:val="2"/><w:vMerge/>`, 5: `<w:gridSpan w:val="4"/>`} {
		if !strings.Contains(rows[i], want) {
			t.Errorf("row %d has no %s:\n%s", i, want, rows[i])
		}
	}
	for _, want := range []string{`<w:strike/>`, `<w:u w:val="single"/>`} {
		if !strings.Contains(rows[2], want) {
			t.Errorf("no %s in the redline", want)
		}
	}
}

func TestDOCXSections(t *testing.T) {
	files, _ := parts(t, written(t, "docx", mixed()))
	doc := files["word/document.xml"]
	sections := regexp.MustCompile(`<w:sectPr>.*?</w:sectPr>`).FindAllString(doc, -1)
	if len(sections) != 3 {
		t.Fatalf("%d sections", len(sections))
	}
	for i, s := range sections {
		if got, want := strings.Contains(s, `w:orient="landscape"`), i == 1; got != want {
			t.Errorf("section %d lies %v, want %v", i, got, want)
		}
		// Only the first page of the document goes without a number.
		if got, want := strings.Contains(s, `<w:titlePg/>`), i == 0; got != want {
			t.Errorf("section %d: own first page %v, want %v", i, got, want)
		}
	}
	if !strings.Contains(files["word/styles.xml"], `w:styleId="Heading2"><w:name w:val="heading 2"/>`) || !strings.Contains(files["word/styles.xml"], `<w:outlineLvl w:val="1"/>`) {
		t.Error("Heading2 is no heading of the second level")
	}
	if !strings.Contains(files["word/styles.xml"], `w:ascii="Times New Roman"`) || !strings.Contains(files["word/fontTable.xml"], `<w:altName w:val="Liberation Serif"/>`) {
		t.Error("fonts")
	}
}

// TestLinksAreSafe: a document opens the web, mail and telephones, nothing else.
func TestLinksAreSafe(t *testing.T) {
	for link, want := range map[string]string{
		"https://trud.alania.gov.ru/путь?a=1&b=2": "https://trud.alania.gov.ru/%D0%BF%D1%83%D1%82%D1%8C?a=1&b=2",
		"mailto:info@trud.alania.gov.ru":          "mailto:info@trud.alania.gov.ru",
		"tel:+78672649022":                        "tel:+78672649022",
		"http://президент.рф/":                    "http://президент.рф/",
		"javascript:alert(1)":                     "", "file:///etc/passwd": "", "//host/share": "", "https://": "", "http://[::1": "", "": "", "просто слова": "",
	} {
		got := safeLink(link)
		if want == "http://президент.рф/" { // a host in letters may be written either way
			if !strings.HasPrefix(got, "http://") || strings.ContainsAny(got, " <>\"") {
				t.Errorf("safeLink(%q) = %q", link, got)
			}
			continue
		}
		if got != want {
			t.Errorf("safeLink(%q) = %q, want %q", link, got, want)
		}
	}
	files, _ := parts(t, written(t, "docx", mixed()))
	rels := files["word/_rels/document.xml.rels"]
	if strings.Contains(rels, "javascript") || strings.Count(rels, "/hyperlink") != 1 || !strings.Contains(rels, "a=1&amp;b=2") {
		t.Errorf("relationships:\n%s", rels)
	}
	odt, _ := parts(t, written(t, "odt", mixed()))
	if strings.Contains(odt["content.xml"], "javascript") || strings.Count(odt["content.xml"], "<text:a ") != 1 {
		t.Error("links of the ODT")
	}
}

// TestODTBeginsWithItsType: programs look for the type at byte 38, stored and without extra fields.
func TestODTBeginsWithItsType(t *testing.T) {
	data := written(t, "odt", report())
	if !bytes.HasPrefix(data[30:], []byte("mimetype"+typeODT)) || binary.LittleEndian.Uint16(data[8:]) != 0 || binary.LittleEndian.Uint16(data[6:])&8 != 0 {
		t.Errorf("% x", data[:100])
	}
}

func TestODTTable(t *testing.T) {
	files, _ := parts(t, written(t, "odt", mixed()))
	doc := files["content.xml"]
	table := doc[strings.Index(doc, "<table:title>Таблица 2"):]
	table = table[:strings.Index(table, "</table:table>")]
	head := table[strings.Index(table, "<table:table-header-rows>"):strings.Index(table, "</table:table-header-rows>")]
	if strings.Count(head, "<table:table-row ") != 2 || strings.Count(table, "<table:table-row ") != 6 {
		t.Error("rows of the heading")
	}
	for i, row := range strings.Split(table, "<table:table-row ")[1:] {
		cells := strings.Count(row, "<table:table-cell ") + strings.Count(row, "<table:covered-table-cell/>")
		if cells != 5 {
			t.Errorf("row %d has %d cells", i, cells)
		}
	}
	if !strings.Contains(table, `table:number-columns-spanned="2" table:number-rows-spanned="2"`) {
		t.Error("no cell of 2 × 2")
	}
}

// TestXMLText: what XML forbids is dropped and never parts or joins words; the rest comes through any parser.
func TestXMLText(t *testing.T) {
	for in, want := range map[string]string{
		"a\x00b\x1fc":        "abc",
		"a\vb\fc":            "a b c",
		"a\r\nb\rc":          "a\nb\nc",
		"\xff\xfeя\xd0":      "я",
		"\uFFFE\uFFFF\uFFFD": "\uFFFD",
		"😀]]>&<\"'":          "😀]]>&<\"'",
	} {
		if got := cleanText(in); got != want {
			t.Errorf("cleanText(%q) = %q, want %q", in, got, want)
		}
		var b bytes.Buffer
		x := newXMLWriter(&b)
		x.raw("<a")
		x.attr("b", in)
		x.raw(">")
		x.text(in)
		x.raw("</a>")
		if err := x.flush(); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "]]>") {
			t.Errorf("%q: ]]> stands in the XML", in)
		}
		dec := newTokens(bytes.NewReader(b.Bytes()), 10)
		for dec.next() != tokEOF && dec.err == nil {
		}
		if dec.err != nil && dec.err.Error() != "EOF" {
			t.Errorf("%q: %v in %s", in, dec.err, b.String())
		}
	}
}

// TestEmptySections: a section without blocks takes no page, a document without any has one.
func TestEmptySections(t *testing.T) {
	for _, d := range []*Doc{{}, {Sections: []Section{{}, {}}}, {Sections: []Section{{}, {Blocks: []Block{P(Body, "текст")}}, {Landscape: true}}}} {
		docx, _ := parts(t, written(t, "docx", d))
		if n := strings.Count(docx["word/document.xml"], "<w:sectPr>"); n != 1 {
			t.Errorf("docx: %d sections", n)
		}
		odt, _ := parts(t, written(t, "odt", d))
		if n := strings.Count(odt["content.xml"], "style:master-page-name"); n != 1 {
			t.Errorf("odt: %d sections:\n%s", n, odt["content.xml"])
		}
	}
}

// TestASectionThatFollows: it begins on the page on which the one before it ends, unless that lies otherwise.
func TestASectionThatFollows(t *testing.T) {
	d := &Doc{Sections: []Section{{Blocks: []Block{P(Body, "первый")}}, {Follows: true, Blocks: []Block{P(Body, "второй")}}, {Follows: true, Landscape: true, Blocks: []Block{P(Body, "третий")}}}}
	docx, _ := parts(t, written(t, "docx", d))
	if doc := docx["word/document.xml"]; strings.Count(doc, `<w:type w:val="continuous"/>`) != 1 || strings.Count(doc, `<w:type w:val="nextPage"/>`) != 2 {
		t.Errorf("sections of the DOCX: %s", regexp.MustCompile(`<w:type [^>]*>`).FindAllString(doc, -1))
	}
	odt, _ := parts(t, written(t, "odt", d))
	if doc := odt["content.xml"]; strings.Count(doc, `style:master-page-name="Standard"`) != 0 || strings.Count(doc, `style:master-page-name="Landscape"`) != 1 {
		t.Errorf("pages of the ODT: %s", regexp.MustCompile(`style:master-page-name="[^"]*"`).FindAllString(doc, -1))
	}
	if n := bytes.Count(written(t, "pdf", d), []byte("/Type/Page/")); n != 2 {
		t.Errorf("the PDF has %d pages, want 2", n)
	}
}
