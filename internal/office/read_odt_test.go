package office

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const stylesODT = `<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"><style:paragraph-properties fo:text-align="center" fo:break-before="page"/><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"/><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="normal" fo:font-style="italic"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/><text:list-level-style-number text:level="3" style:num-format="а, б, .., аа, аб, ... (ru)" style:num-suffix=")"/><text:list-level-style-bullet text:level="4" text:bullet-char=""/></text:list-style>`

const featuresODT = `<text:tracked-changes><text:changed-region><text:deletion><text:p>удалено</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="P1">Общие
   положения<text:span text:style-name="T1"> и</text:span> <text:span>прочее</text:span></text:p><text:p>а<text:s text:c="3"/>б<text:tab/>в<text:line-break/>г<text:note><text:note-body><text:p>сноска</text:p></text:note-body></text:note><office:annotation><text:p>примечание</text:p></office:annotation><text:a xlink:href="https://a.ru">ссылка</text:a></text:p>
<text:section><text:p>в разделе</text:p></text:section><draw:frame><draw:text-box><text:p>штамп</text:p></draw:text-box></draw:frame><text:p>стра<text:soft-page-break/>ница</text:p><text:p/>`

const featuresODS = `<table:table table:name="Скрыт" table:style-name="ta2"><table:table-row><table:table-cell><text:p>нет</text:p></table:table-cell></table:table-row></table:table><table:table table:name="Л"><table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Отчёт</text:p><text:p>за год</text:p></table:table-cell><table:covered-table-cell/><table:table-cell table:number-columns-repeated="1000"/></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p><office:annotation><text:p>нет</text:p></office:annotation></table:table-cell><table:table-cell><text:p>а</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>`

func TestReadODTText(t *testing.T) {
	d := readBytes(t, "а.odt", odfOf(t, "text", featuresODT, stylesODT))
	want := []string{"Общие положения и прочее", "а   б\tв\nгссылка", "в разделе", "штамп", "страница"}
	if diff := cmp.Diff(want, parasOf(d)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	p := d.Sections[0].Blocks[0].(*Para)
	if p.Style != Heading1 || p.Align != Center || !p.Runs[0].Bold || p.Runs[1].Bold || !p.Runs[1].Italic || p.Page != 2 {
		t.Errorf("the heading is read as %+v", p)
	}
	if p := d.Sections[0].Blocks[4].(*Para); p.Page != 2 {
		t.Errorf("the last paragraph begins on page %d", p.Page)
	}
}

func TestNumbersOfListsInODT(t *testing.T) {
	item := func(s string) string { return `<text:list-item>` + s + `</text:list-item>` }
	list := func(s string) string { return `<text:list>` + s + `</text:list>` }
	p := func(s string) string { return `<text:p>` + s + `</text:p>` }
	body := `<text:list text:style-name="L1">` + item(p("Общие")+list(item(p("Первый"))+item(p("Второй")+p("без номера")+list(item(p("часть"))+item(p("часть")+list(item(p("точка")))))))) + `</text:list>` +
		p("между") + `<text:list text:style-name="L1" text:continue-numbering="true">` + item(p("Порядок")+list(item(p("Пункт")))) + `<text:list-header>` + p("заголовок") + `</text:list-header></text:list>` +
		`<text:list text:style-name="L1">` + item(p("заново")) + `<text:list-item text:start-value="7">` + p("седьмой") + `</text:list-item></text:list>`
	want := []string{"1. Общие", "1.1. Первый", "1.2. Второй", "без номера", "а) часть", "б) часть", "• точка", "между", "2. Порядок", "2.1. Пункт", "заголовок", "1. заново", "7. седьмой"}
	if diff := cmp.Diff(want, parasOf(readBytes(t, "а.odt", odfOf(t, "text", body, stylesODT)))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestReadODTTables(t *testing.T) {
	cell := func(attrs, s string) string {
		return `<table:table-cell ` + attrs + `><text:p>` + s + `</text:p></table:table-cell>`
	}
	const covered = `<table:covered-table-cell/>`
	for _, c := range []struct {
		name, rows string
		want       []string
		head       int
	}{
		{"headings and spans", `<table:table-header-rows><table:table-row>` + cell(`table:number-columns-spanned="2"`, "Отчёт") + covered + cell("", "в") + `</table:table-row></table:table-header-rows><table:table-row>` +
			cell(`table:number-rows-spanned="2"`, "1") + cell("", "а") + cell("", "б") + `</table:table-row><table:table-row>` + covered + cell("", "в") + cell("", "г") + `</table:table-row>`,
			[]string{"Отчёт(1x2)|^|в", "1(2x1)|а|б", "^|в|г"}, 1},
		{"repeated cells and rows", `<table:table-rows><table:table-row table:number-rows-repeated="2">` + cell(`table:number-columns-repeated="2"`, "а") + cell("", "б") + `</table:table-row></table:table-rows>`, []string{"а|а|б", "а|а|б"}, 0},
		{"a span that goes beyond the table", `<table:table-row>` + cell(`table:number-rows-spanned="9" table:number-columns-spanned="9"`, "а") + covered + `</table:table-row><table:table-row>` + covered + covered + `</table:table-row>`, []string{"а(2x2)|^", "^|^"}, 0},
		{"a span over a cell that was not said to be covered", `<table:table-row>` + cell(`table:number-columns-spanned="2"`, "а") + cell("", "б") + `</table:table-row>`, []string{"а|б"}, 0},
		{"a covered cell under nothing", `<table:table-row>` + covered + cell("", "б") + `</table:table-row>`, []string{"|б"}, 0},
		{"a table in a cell", `<table:table-row><table:table-cell><text:p>до</text:p><table:table><table:table-row>` + cell("", "1") + cell("", "2") + `</table:table-row></table:table></table:table-cell></table:table-row>`, []string{"до/1 2"}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := tablesOf(readBytes(t, "а.odt", odfOf(t, "text", `<table:table>`+c.rows+`</table:table>`, "")))[0]
			if diff := cmp.Diff(c.want, plain(table)); diff != "" || table.Head != c.head {
				t.Errorf("head %d, want %d; (-want +got):\n%s", table.Head, c.head, diff)
			}
		})
	}
}

func TestReadODS(t *testing.T) {
	d := readBytes(t, "а.ods", odfOf(t, "spreadsheet", featuresODS, stylesODT))
	if len(d.Sections) != 1 || d.Sections[0].Name != "Л" {
		t.Fatalf("sections %+v", d.Sections)
	}
	table := tablesOf(d)[0]
	if diff := cmp.Diff([]string{"Отчёт/за год(1x2)|^", "1,5|а", "1,5|а"}, plain(table)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if table.Rows[0].Line != 4 || table.Rows[2].Line != 6 || table.Sheet != "Л" {
		t.Errorf("%+v", table)
	}
}
