package office

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const stylesDOCX = `<w:styles ` + wNS + `>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Мой заголовок"/><w:basedOn w:val="T"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:pPr><w:pageBreakBefore/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ring"><w:name w:val="ring"/><w:basedOn w:val="ring"/></w:style>
</w:styles>`

const numberingDOCX = `<w:numbering ` + wNS + `>
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="1"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="2"/><w:lvlText w:val="%1.%2."/><w:suff w:val="space"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="russianLower"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="§ %1"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`

// featuresDOCX is a body with everything that a reader must tell apart.
const featuresDOCX = `<w:p><w:pPr><w:pStyle w:val="a"/><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>ПОРЯДОК</w:t><w:br/><w:t>ведения</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">уда</w:t></w:r><w:ins><w:r><w:t>вставлено</w:t></w:r></w:ins><w:del><w:r><w:delText>удалено</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>унесено</w:t></w:r></w:moveFrom><w:r><w:softHyphen/><w:noBreakHyphen/><w:t>конец</w:t><w:tab/><w:t>после</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>код</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="DATE"><w:r><w:t> мая</w:t></w:r></w:fldSimple><w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>
<w:sdt><w:sdtPr><w:placeholder/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>поле </w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>формы</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><x><w:txbxContent><w:p><w:r><w:t>штамп</w:t></w:r></w:p></w:txbxContent></x></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>штамп</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>у штампа</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>две </w:t></w:r></w:p><w:p><w:r><w:t>половины</w:t></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>код без конца</w:t></w:r></w:p><w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t xml:space="preserve"> да</w:t></w:r></w:p>
<w:p/>`

func TestReadDOCXText(t *testing.T) {
	d := readBytes(t, "а.docx", docxOf(t, featuresDOCX, "styles", stylesDOCX))
	want := []string{"ПОРЯДОК\nведения", "удавставлено-конец\tпосле", "12 мая", "поле формы", "штамп", "у штампа", "две половины", "☑ да"}
	if diff := cmp.Diff(want, parasOf(d)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p := d.Sections[0].Blocks[0].(*Para)
	if p.Style != Title || p.Align != Center || !p.Runs[0].Bold {
		t.Errorf("the title is read as %+v", p)
	}
}

func numbered(num, level, text string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + num + `"/></w:numPr></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func styled(style, text string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

// The numbers of clauses are automatic in many orders: they must stand in the text as Word draws them.
func TestAutomaticNumbersOfClauses(t *testing.T) {
	body := styled("1", "Общие положения") + styled("2", "Настоящий Порядок") + styled("2", "Задачи") + numbered("1", "2", "получение информации;") + numbered("1", "2", "иное.") +
		numbered("1", "3", "пункт") + styled("1", "Порядок формирования") + styled("2", "Перечень") + numbered("1", "2", "снова") + numbered("2", "0", "глава") + numbered("2", "0", "глава") +
		numbered("3", "0", "заново") + numbered("3", "0", "дальше") + numbered("0", "0", "без номера") + numbered("99", "0", "нет списка") +
		`<w:tbl><w:tr><w:tc>` + numbered("3", "0", "") + `</w:tc><w:tc>` + para("ячейка") + `</w:tc></w:tr></w:tbl>`
	body = `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>удалённый пункт</w:delText></w:r></w:del></w:p>` + body
	d := readBytes(t, "а.docx", docxOf(t, body, "styles", stylesDOCX, "numbering", numberingDOCX))
	want := []string{"1. Общие положения", "1.1. Настоящий Порядок", "1.2. Задачи", "а) получение информации;", "б) иное.", "• пункт", "2. Порядок формирования", "2.1. Перечень", "а) снова",
		"§ Vглава", "§ VIглава", "1. заново", "2. дальше", "без номера", "нет списка"}
	if diff := cmp.Diff(want, parasOf(d)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := plain(tablesOf(d)[0])[0]; got != "3.|ячейка" {
		t.Errorf("a cell with nothing but its number: %q", got)
	}
}

func tc(props, text string) string {
	return `<w:tc><w:tcPr>` + props + `</w:tcPr>` + para(text) + `</w:tc>`
}

func TestReadDOCXTables(t *testing.T) {
	const restart, goOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	const wide = `<w:gridSpan w:val="2"/>`
	for _, c := range []struct {
		name, rows string
		want       []string
		head       int
	}{
		{"a title over the headings, merges both ways", `<w:tr><w:trPr><w:tblHeader/></w:trPr>` + tc(`<w:gridSpan w:val="3"/>`, "Отчёт") + `</w:tr>` +
			`<w:tr><w:trPr><w:tblHeader w:val="on"/></w:trPr>` + tc("", "а") + tc("", "б") + tc("", "в") + `</w:tr>` +
			`<w:tr>` + tc(restart+wide, "блок") + tc("", "1") + `</w:tr><w:tr>` + tc(goOn+wide, "") + tc("", "2") + `</w:tr>` +
			`<w:tr><w:trPr><w:tblHeader/></w:trPr>` + tc(goOn, "не под блоком той же ширины") + tc("", "x") + tc("", "3") + `</w:tr>`,
			[]string{"Отчёт(1x3)|^|^", "а|б|в", "блок(2x2)|^|1", "^|^|2", "|x|3"}, 2},
		{"rows that begin and end off the grid", `<w:tr><w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>` + tc("", "а") + `</w:tr><w:tr>` + tc("", "1") + tc("", "2") + tc("", "3") + tc("", "4") + `</w:tr>`,
			[]string{"|а||", "1|2|3|4"}, 0},
		{"a merge that continues nothing", `<w:tr>` + tc(goOn, "сам по себе") + tc("", "а") + `</w:tr>`, []string{"сам по себе|а"}, 0},
		{"a merge that begins anew", `<w:tr>` + tc(restart, "1") + `</w:tr><w:tr>` + tc(goOn, "") + `</w:tr><w:tr>` + tc(restart, "2") + `</w:tr><w:tr>` + tc(goOn, "") + `</w:tr><w:tr>` + tc("", "3") + `</w:tr><w:tr>` + tc(goOn, "4") + `</w:tr>`,
			[]string{"1(2x1)", "^", "2(2x1)", "^", "3", "4"}, 0},
		{"the old horizontal merge", `<w:tr>` + tc(`<w:hMerge w:val="restart"/>`, "а") + tc(`<w:hMerge/>`, "") + tc("", "б") + `</w:tr>`, []string{"а(1x2)|^|б"}, 0},
		{"wrapped rows and cells, deleted rows", `<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>` + tc("", "а") + `</w:sdtContent></w:sdt>` + tc("", "б") + `</w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:del w:id="1"/></w:trPr>` + tc("", "нет") + `</w:tr>`,
			[]string{"а|б"}, 0},
		{"a table in a cell", `<w:tr><w:tc>` + para("до") + `<w:tbl><w:tr>` + tc("", "1") + tc("", "2") + `</w:tr><w:tr>` + tc("", "3") + tc("", "") + `</w:tr></w:tbl>` + para("после") + `</w:tc></w:tr>`,
			[]string{"до/1 2/3/после"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := tablesOf(readBytes(t, "а.docx", docxOf(t, `<w:tbl>`+c.rows+`</w:tbl>`)))[0]
			if diff := cmp.Diff(c.want, plain(table)); diff != "" || table.Head != c.head {
				t.Errorf("head %d, want %d; (-want +got):\n%s", table.Head, c.head, diff)
			}
		})
	}
}

// Word leaves a mark wherever its layout turned the page, also after a break that the author put; a row that runs over a
// page has a mark in each of its cells.
func TestPagesOfDOCX(t *testing.T) {
	turn := `<w:r><w:lastRenderedPageBreak/><w:t>дальше</w:t></w:r>`
	word := para("первая") + `<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p>` + turn + `</w:p><w:tbl><w:tr>` + tc("", "1") +
		`<w:tc><w:p><w:r><w:t>начало</w:t></w:r>` + turn + `</w:p></w:tc><w:tc><w:p><w:r><w:t>начало</w:t></w:r>` + turn + `</w:p></w:tc></w:tr><w:tr><w:tc><w:p>` + turn + `</w:p></w:tc>` + tc("", "2") + `</w:tr></w:tbl>` + para("конец")
	hard := para("первая") + `<w:p><w:r><w:br w:type="page"/><w:t>вторая</w:t></w:r></w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>третья</w:t></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>конец раздела</w:t></w:r></w:p>` + para("четвёртая")
	for name, c := range map[string]struct {
		body string
		want []int
	}{
		"of Word":      {word, []int{1, 2, 2, 2, 4, 4}},
		"hard breaks":  {hard, []int{1, 2, 3, 3, 4}},
		"nothing said": {para("а") + para("б"), []int{0, 0}},
	} {
		var got []int
		for _, b := range readBytes(t, "а.docx", docxOf(t, c.body)).Sections[0].Blocks {
			switch b := b.(type) {
			case *Para:
				got = append(got, b.Page)
			case *Table:
				got = append(got, b.Page)
				for _, r := range b.Rows {
					got = append(got, r.Page)
				}
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Word can save «Strict Open XML»: other addresses of the same names. Some programs write other prefixes, other names of
// parts, or back slashes.
func TestReadDOCXOfOtherPrograms(t *testing.T) {
	body := `<n:document xmlns:n="http://purl.oclc.org/ooxml/wordprocessingml/main"><n:body><n:p><n:r><n:t>слово</n:t></n:r></n:p></n:body></n:document>`
	rels := strings.ReplaceAll(relsOf("officeDocument", "/Word/Main%20Part.XML"), "http://schemas.openxmlformats.org/officeDocument/2006/relationships/", "http://purl.oclc.org/ooxml/officeDocument/relationships/")
	for name, parts := range map[string][]string{
		"strict":             {"_rels/.rels", strings.ReplaceAll(rels, "%20", "-"), "word/main-part.xml", body},
		"back slashes":       {`_rels\.rels`, relsOf("officeDocument", `word\document.xml`), `word\document.xml`, body},
		"no relationships":   {"word/document.xml", body},
		"template and macro": {"[Content_Types].xml", typesHead + `<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`, "_rels/.rels", relsOf("officeDocument", "word/document.xml"), "word/document.xml", body},
		"dots in names":      {"../../etc/passwd", "x", "_rels/.rels", relsOf("officeDocument", "../word/document.xml"), "word/document.xml", body},
	} {
		if got := parasOf(readBytes(t, "а.docx", zipOf(t, parts...))); len(got) != 1 || got[0] != "слово" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
