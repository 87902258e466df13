package office

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"strings"
	"testing"
)

// repeated deflates chunk n times over without compressing it n times: blocks that end in a flush can stand in a row.
func repeated(t testing.TB, head, chunk string, n int, tail string) []byte {
	t.Helper()
	block := func(s string, last bool) []byte {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.BestSpeed)
		if err == nil {
			_, err = w.Write([]byte(s))
		}
		if err == nil && !last {
			err = w.Flush()
		} else if err == nil {
			err = w.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	out := block(head, false)
	out = append(out, bytes.Repeat(block(chunk, false), n)...)
	return append(out, block(tail, true)...)
}

// bomb makes a document whose main part inflates to head, n chunks and tail. says is the unpacked size that the archive
// declares; 0 for the true one. The checksum is false, which shows only at the end.
func bomb(t testing.TB, kind, head, chunk string, n int, tail string, says uint64) []byte {
	t.Helper()
	parts, main := map[string][]string{
		"docx": {"[Content_Types].xml", typesHead + `<Override PartName="/m.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
			"_rels/.rels", relsOf("officeDocument", "m.xml")},
		"xlsx": {"[Content_Types].xml", typesHead + `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			"_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook ` + sNS + `><sheets><sheet name="Лист" sheetId="1" r:id="rId1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", relsOf("worksheet", "/m.xml")},
		"strings": {"[Content_Types].xml", typesHead + `<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
			"_rels/.rels", relsOf("officeDocument", "xl/workbook.xml"),
			"xl/workbook.xml", `<workbook ` + sNS + `><sheets/></workbook>`,
			"xl/_rels/workbook.xml.rels", relsOf("sharedStrings", "/m.xml")},
		"odf": {"mimetype", "application/vnd.oasis.opendocument.text"},
	}[kind], "m.xml"
	if kind == "odf" {
		main = "content.xml"
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	packed := repeated(t, head, chunk, n, tail)
	if says == 0 {
		says = uint64(len(head)+len(tail)) + uint64(len(chunk))*uint64(n)
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: main, Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: says})
	if err == nil {
		_, err = w.Write(packed)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noise is text that hardly compresses, so that only its amount is refused.
func noise(n int) string {
	b := make([]byte, n)
	seed := uint32(1)
	for i := range b {
		seed = seed*1664525 + 1013904223
		b[i] = "abcdefghijklmnop"[seed>>28]
	}
	return string(b)
}

type hostile struct {
	file   []byte
	reason Reason
	says   []string
}

// hostileFiles are files that must be refused, each with one sentence, in little memory.
func hostileFiles(t testing.TB) map[string]hostile {
	wHead, wTail := `<w:document `+wNS+`><w:body>`, `</w:body></w:document>`
	sHead, sTail := `<worksheet `+sNS+`><sheetData>`, `</sheetData></worksheet>`
	oHead := `<office:document-content ` + oNS + `><office:body><office:text>`
	oTail := `</office:text></office:body></office:document-content>`
	mb := strings.Repeat(" ", 1<<20)
	many := func(s string, size int) (string, int) { // chunks of about a megabyte
		k := (1 << 20) / len(s)
		return strings.Repeat(s, k), size >> 20
	}
	of := func(kind, head, unit string, size int, tail string) []byte {
		chunk, n := many(unit, size)
		return bomb(t, kind, head, chunk, n, tail, 0)
	}
	text := `<w:r><w:t>`
	return map[string]hostile{
		"bomb.docx":       {bomb(t, "docx", wHead, mb, 4096, wTail, 0), TooBig, []string{"zip-бомб"}},
		"lying-bomb.docx": {bomb(t, "docx", wHead, mb, 4096, wTail, 1000), Damaged, []string{"m.xml"}},
		"bomb.xlsx":       {bomb(t, "xlsx", sHead, mb, 100, sTail, 0), TooBig, []string{"zip-бомб"}},
		"bomb.odt":        {bomb(t, "odf", oHead, mb, 100, oTail, 0), TooBig, []string{"zip-бомб"}},
		"comment.docx":    {bomb(t, "docx", wHead+"<!--", mb, 400, "-->"+wTail, 0), TooBig, []string{"zip-бомб"}},
		"attribute.docx":  {bomb(t, "docx", wHead+`<w:p a="`, noise(1<<20), 40, `"/>`+wTail, 0), Damaged, []string{"m.xml"}},
		"text.docx":       {bomb(t, "docx", wHead+`<w:p>`+text, noise(1<<20), 40, wTail, 0), TooBig, []string{"абзац 1", "256 КБ"}},
		"paragraphs.docx": {of("docx", wHead, para(noise(100)), 500<<20, wTail), TooBig, []string{"памяти"}},
		"rows.docx":       {of("docx", wHead+`<w:tbl>`, `<w:tr><w:tc>`+para("я"+noise(50))+`</w:tc></w:tr>`, 400<<20, `</w:tbl>`+wTail), TooBig, []string{"таблица 1", "200\u00a0000"}},
		"cells.docx":      {of("docx", wHead+`<w:tbl><w:tr>`, `<w:tc/>`, 9<<20, `</w:tr></w:tbl>`+wTail), TooBig, []string{"столбцов", "256"}},
		"wide-rows.docx":  {of("docx", wHead+`<w:tbl>`, `<w:tr>`+strings.Repeat(`<w:tc/>`, 256)+`</w:tr>`+noise(90), 400<<20, `</w:tbl>`+wTail), TooBig, []string{"памяти"}},
		"span.docx":       {docxOf(t, `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/></w:tcPr></w:tc></w:tr></w:tbl>`), TooBig, []string{"таблица 1", "столбцов"}},
		"before.docx":     {docxOf(t, `<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2147483647"/></w:trPr></w:tr></w:tbl>`), TooBig, []string{"столбцов"}},
		"cell.docx":       {docxOf(t, `<w:tbl><w:tr><w:tc>`+para("a")+`</w:tc></w:tr><w:tr><w:tc>`+para("б")+`</w:tc><w:tc>`+para(noise(1<<20))+`</w:tc></w:tr></w:tbl>`), TooBig, []string{"таблица 1, строка 2, столбец 2", "256 КБ"}},
		"cell-ps.docx":    {docxOf(t, `<w:tbl><w:tr><w:tc>`+strings.Repeat(para(noise(1000)), 1000)+`</w:tc></w:tr></w:tbl>`), TooBig, []string{"таблица 1, строка 1, столбец 1"}},
		"depth.docx":      {docxOf(t, strings.Repeat(`<w:sdt>`, 100_000)), TooBig, []string{"256 уровней"}},
		"depth.odt":       {odfOf(t, "text", strings.Repeat(`<text:section>`, 100_000), ""), TooBig, []string{"256 уровней"}},
		"entities.docx": {zipOf(t, "[Content_Types].xml", typesHead+"</Types>", "_rels/.rels", relsOf("officeDocument", "word/document.xml"),
			"word/document.xml", `<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document `+wNS+`><w:body>`+para("&b;")+`</w:body></w:document>`), Damaged, []string{"объявления сущностей"}},
		"unknown-entity.docx": {docxOf(t, para("&b;")), Damaged, []string{"повреждён"}},
		"namespaces.docx":     {docxOf(t, strings.Repeat(`<w:sdt `+manySpaces(100)+`>`, 200)), Damaged, []string{"повреждён"}},
		"no-main.docx":        {zipOf(t, "_rels/.rels", relsOf("officeDocument", "word/document.xml")), WrongFormat, []string{"архив"}},
		"twice.docx": {zipOf(t, "_rels/.rels", relsOf("officeDocument", "d.xml"), "d.xml", `<w:document `+wNS+`/>`, "D.xml", `<w:document `+wNS+`/>`),
			Damaged, []string{"дважды"}},
		"entries.zip":  {manyEntries(t, 300_000), TooBig, []string{"частей"}},
		"rows.xlsx":    {of("xlsx", sHead, `<row><c t="inlineStr"><is><t>`+noise(60)+`</t></is></c><c><v>1</v></c></row>`, 400<<20, sTail), TooBig, []string{"лист «Лист»", "200\u00a0000 строк"}},
		"columns.xlsx": {xlsxOf(t, `<sheetData><row r="7"><c r="XFD7"><v>1</v></c></row></sheetData>`, "", ""), TooBig, []string{"столбцов"}},
		"cells.xlsx":   {of("xlsx", sHead, `<row>`+strings.Repeat(`<c><v>1</v></c>`, 256)+noise(120)+`</row>`, 400<<20, sTail), TooBig, []string{"памяти"}},
		"merges.xlsx":  {of("xlsx", sHead+`<row><c><v>1</v></c></row></sheetData><mergeCells>`, `<mergeCell ref="A1:XFD1048576"/>`+noise(20), 400<<20, `</mergeCells></worksheet>`), TooBig, []string{"памяти"}},
		"cell.xlsx":    {xlsxOf(t, `<sheetData><row r="3"><c r="B3" t="s"><v>0</v></c></row></sheetData>`, `<si><t>`+noise(1<<20)+`</t></si>`, ""), TooBig, []string{"лист «Лист», строка 3, столбец 2"}},
		"inline.xlsx":  {xlsxOf(t, `<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>`+noise(1<<20)+`</t></is></c></row></sheetData>`, "", ""), TooBig, []string{"строка 3, столбец 2"}},
		"value.xlsx":   {xlsxOf(t, `<sheetData><row r="3"><c r="B3" t="str"><v>`+noise(1<<20)+`</v></c></row></sheetData>`, "", ""), TooBig, []string{"строка 3, столбец 2"}},
		"shared.xlsx":  {xlsxOf(t, `<sheetData><row r="3"><c r="B3" t="s"><v>7</v></c></row></sheetData>`, `<si><t>a</t></si>`, ""), Damaged, []string{"строка 3, столбец 2"}},
		"strings.xlsx": {of("strings", `<sst `+sNS+`>`, `<si><t>`+noise(30)+`</t></si>`, 400<<20, `</sst>`), TooBig, []string{"памяти"}},
		"empties.xlsx": {of("strings", `<sst `+sNS+`>`, `<si/>`+noise(1), 400<<20, `</sst>`), TooBig, []string{"памяти"}},
		"spaces.odt":   {odfOf(t, "text", `<text:p>a<text:s text:c="2147483647"/>b</text:p>`, ""), TooBig, []string{"абзац 1"}},
		"columns.odt":  {odfOf(t, "text", `<table:table><table:table-row><table:table-cell table:number-columns-repeated="2147483647"/></table:table-row></table:table>`, ""), TooBig, []string{"столбцов"}},
		"rows.odt":     {odfOf(t, "text", `<table:table><table:table-row table:number-rows-repeated="2147483647"><table:table-cell/></table:table-row></table:table>`, ""), TooBig, []string{"200\u00a0000 строк"}},
		"rows.ods":     {odfOf(t, "spreadsheet", `<table:table table:name="Л"><table:table-row table:number-rows-repeated="2147483647"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>`, ""), TooBig, []string{"лист «Л»", "200\u00a0000 строк"}},
		"columns.ods":  {odfOf(t, "spreadsheet", `<table:table><table:table-row><table:table-cell table:number-columns-repeated="2147483647"><text:p>a</text:p></table:table-cell></table:table-row></table:table>`, ""), TooBig, []string{"столбцов"}},
		"cell.ods":     {odfOf(t, "spreadsheet", `<table:table table:name="Л"><table:table-row table:number-rows-repeated="4"/><table:table-row><table:table-cell><text:p>`+noise(1<<20)+`</text:p></table:table-cell></table:table-row></table:table>`, ""), TooBig, []string{"лист «Л», строка 5, столбец 1"}},
		"names.docx":   {bomb(t, "docx", wHead+`<a`, noise(1000), 1, `/>`+wTail, 0), Damaged, []string{"m.xml"}},
		"links.odt":    {of("odf", oHead, `<text:p><text:a xlink:href="`+noise(2000)+`">a</text:a></text:p>`, 400<<20, oTail), TooBig, []string{"памяти"}},
		"list.odt":     {odfOf(t, "text", `<text:list text:style-name="L">`+strings.Repeat(`<text:list-item><text:list>`, 100)+`<text:list-item><text:p>a</text:p></text:list-item>`, ""), Damaged, []string{"content.xml"}},
		"line.txt":     {[]byte(noise(40 << 20)), TooBig, []string{"строка 1"}},
		"lines.txt":    {[]byte(strings.Repeat("аб\n", 12<<20)), TooBig, []string{"памяти"}},
		"rows.txt":     {[]byte(strings.Repeat("а\tб\n", 8<<20)), TooBig, []string{"таблица 1", "200\u00a0000 строк"}},
		"columns.txt":  {[]byte(strings.Repeat("\t", 1000) + "a"), TooBig, []string{"столбцов"}},
		"cell.txt":     {[]byte("a\tb\nc\t" + noise(1<<20)), TooBig, []string{"таблица 1, строка 2, столбец 2"}},
		"quoted.csv":   {[]byte("а;б\n1;\"" + noise(40<<20)), TooBig, []string{"строка"}},
		"cell.csv":     {[]byte("а;б\n1;2\n3;" + noise(1<<20) + "\n"), TooBig, []string{"строка 3, столбец 2"}},
		"rows.csv":     {[]byte(strings.Repeat("1;2;3\n", 9<<20)), TooBig, []string{"200\u00a0000 строк"}},
		"unclosed.csv": {[]byte("а;б;в\n1;\"открыта;2\n3;4;5\n6;7;8\n"), Damaged, []string{"кавычка", "строке 2"}},
		"commas.csv":   {[]byte("а,б\n" + strings.Repeat(",", 3<<20) + "a\n"), TooBig, []string{"столбцов"}},
	}
}

func manySpaces(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ` xmlns:n%d="urn:%d"`, i, i)
	}
	return b.String()
}

func manyEntries(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range n {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
