package office

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func pdfTableDoc(tables ...*Table) *Doc {
	d := &Doc{Title: "Таблица", Layout: pdfGOST}
	s := Section{}
	for _, t := range tables {
		s.Blocks = append(s.Blocks, t)
	}
	d.Sections = []Section{s}
	return d
}

func cells(texts ...string) Row {
	var r Row
	for _, t := range texts {
		r.Cells = append(r.Cells, Cell{Text: t})
	}
	return r
}

// Tables of odd shapes: no text is lost, none doubled, and the file is sound.
func TestPDFTableShapes(t *testing.T) {
	words := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "слово%d ", i)
		}
		return b.String()
	}
	group := func(rows int, label string) *Table {
		g := &Table{Head: 1, Rows: []Row{cells("Группа", "Строка")}}
		for i := range rows {
			r := Row{Cells: []Cell{{Covered: true}, {Text: fmt.Sprint("строка ", i)}}}
			if i == 0 {
				r.Cells[0] = Cell{Text: label, RowSpan: rows}
			}
			g.Rows = append(g.Rows, r)
		}
		return g
	}
	for name, tab := range map[string]*Table{
		"no rows":                    {},
		"caption only":               {Caption: "Таблица без строк"},
		"rows without cells":         {Rows: make([]Row, 3)},
		"head only":                  {Head: 1, Rows: []Row{cells("а", "б")}},
		"head beyond the rows":       {Head: 9, Rows: []Row{cells("а", "б"), cells("в", "г")}},
		"one column":                 {Rows: []Row{cells("один"), cells("два")}},
		"ragged":                     {Rows: []Row{cells("а", "б", "в"), cells("г"), cells("д", "е", "ж", "з")}},
		"widths that are none":       {Widths: []float64{0, math.NaN(), -5, math.Inf(1)}, Rows: []Row{cells("а", "б", "в", "г", "д")}},
		"cell of 20 000 characters":  {Head: 1, Rows: []Row{cells("Имя", "Текст"), cells("до", "мало"), cells("большая", words(2500)), cells("после", "мало")}},
		"word of 20 000 characters":  {Rows: []Row{cells("а", strings.Repeat("длинно", 3500), "б")}},
		"two giants in one row":      {Rows: []Row{cells(words(1500), words(300))}},
		"group of 200 rows":          group(200, "Название группы в несколько строк, которое повторяется"),
		"group with a giant label":   group(3, words(3000)),
		"long group, giant label":    group(120, words(1000)),
		"label longer than its rows": group(2, words(40)),
		"head taller than a page":    {Head: 1, Rows: []Row{cells(words(2000), "б"), cells("в", "г")}},
		"head of most of a page":     {Head: 1, Rows: []Row{cells(words(500), "б"), cells("в", "г"), cells(words(600), "г")}},
		"span past the end":          {Rows: []Row{{Cells: []Cell{{Text: "а", RowSpan: 99, ColSpan: 99}, {Covered: true}}}, {Cells: []Cell{{Covered: true}, {Covered: true}}}}},
		"covered by nothing":         {Rows: []Row{{Cells: []Cell{{Covered: true}, {Text: "б"}}}, {Cells: []Cell{{Text: "в"}, {Covered: true}}}}},
		"head span into the body":    {Head: 1, Rows: []Row{{Cells: []Cell{{Text: "а", RowSpan: 3}, {Text: "б"}}}, {Cells: []Cell{{Covered: true}, {Text: "в"}}}}},
		"all spans":                  {Rows: []Row{{Cells: []Cell{{Text: "а", RowSpan: 2}, {Text: "б", RowSpan: 2}}}, {Cells: []Cell{{Covered: true}, {Covered: true}}}, cells("в", "г")}},
		"blocks of spans":            {Rows: []Row{{Cells: []Cell{{Text: "а", RowSpan: 2, ColSpan: 2}, {Covered: true}, {Text: "б"}}}, {Cells: []Cell{{Covered: true}, {Covered: true}, {Text: "в", RowSpan: 2}}}, {Cells: []Cell{{Text: "г"}, {Text: "д"}, {Covered: true}}}}},
		"sixty columns":              {Head: 1, Rows: []Row{cells(strings.Split(words(60), " ")...), cells(strings.Split(words(60), " ")...)}},
		"borderless":                 {Borderless: true, Widths: []float64{80, 80}, Rows: []Row{cells("Председатель", "Фамилия")}},
	} {
		t.Run(name, func(t *testing.T) {
			d := pdfTableDoc(tab)
			d.Sections[0].Blocks = append([]Block{P(Body, "Перед таблицей.")}, append(d.Sections[0].Blocks, P(Body, "После таблицы."))...)
			want, got := pdfDocWords(d), pdfStructWords(t, pdfFile(t, d))
			if len(want) > 3 && len(want[3]) > 20_000 { // a word over several pages is read as several
				want, got = []string{strings.Join(want, "")}, []string{strings.Join(got, "")}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%.2000s", diff)
			}
		})
	}
}

// A row is never split by a page break: where it begins it ends.
func TestPDFRowsStayWhole(t *testing.T) {
	tab := &Table{Head: 1, Rows: []Row{cells("Группа", "Строка")}}
	for i := range 150 {
		r := Row{Cells: []Cell{{Covered: true}, {Text: fmt.Sprintf("начало%d %s конец%d", i, strings.Repeat("текст посередине ", i*7%50), i)}}}
		if i%6 == 0 {
			r.Cells[0] = Cell{Text: fmt.Sprintf("Группа %d, у которой длинное название, больше одной строки", i/6), RowSpan: 6}
		}
		tab.Rows = append(tab.Rows, r)
	}
	pages := strings.Split(poppler(t, "pdftotext", "-raw", pdfFile(t, pdfTableDoc(tab)), "-"), "\f")
	ends := regexp.MustCompile(`(начало|конец)(\d+)`)
	seen := 0
	for n, p := range pages {
		open := map[string]bool{}
		for _, m := range ends.FindAllStringSubmatch(p, -1) {
			if m[1] == "начало" {
				open[m[2]] = true
				seen++
			} else {
				delete(open, m[2])
			}
		}
		if len(open) > 0 {
			t.Errorf("page %d begins rows %v and does not end them", n+1, open)
		}
	}
	if seen != 150 {
		t.Errorf("%d rows, want 150", seen)
	}
}

// A heading goes to the next page with what it heads; a paragraph leaves no single line behind.
func TestPDFKeepsTogether(t *testing.T) {
	for lines := 30; lines < 50; lines++ {
		d := &Doc{Title: "Текст", Layout: pdfGOST}
		s := Section{}
		for i := range lines {
			s.Blocks = append(s.Blocks, P(Body, fmt.Sprint("строка ", i)))
		}
		s.Blocks = append(s.Blocks, P(Heading1, "ЗАГОЛОВОК"), &Para{Keep: true, Runs: []Run{{Text: "вводная"}}},
			P(Body, "АБЗАЦ "+strings.Repeat("из нескольких строк текста, чтобы было что ломать, ", 4)+"КОНЕЦ"))
		d.Sections = []Section{s}
		for _, p := range strings.Split(poppler(t, "pdftotext", "-raw", pdfFile(t, d), "-"), "\f") {
			if strings.Contains(p, "ЗАГОЛОВОК") != strings.Contains(p, "АБЗАЦ") {
				t.Errorf("%d lines before: heading and paragraph are parted:\n%s", lines, p)
			}
			if rows := strings.Split(strings.TrimSpace(p), "\n"); len(rows) == 2 && strings.Contains(p, "КОНЕЦ") {
				t.Errorf("%d lines before: a single line on a page:\n%s", lines, p)
			}
		}
	}
}

// Blank pages come from nothing: no sections, empty ones, page breaks at the edges.
func TestPDFPages(t *testing.T) {
	para := P(Body, "текст")
	for _, c := range []struct {
		what     string
		sections []Section
		pages    int
	}{
		{"nothing", nil, 1},
		{"empty sections", []Section{{}, {}}, 1},
		{"one paragraph", []Section{{Blocks: []Block{para}}}, 1},
		{"breaks at the edges", []Section{{Blocks: []Block{&PageBreak{}, para, &PageBreak{}, &PageBreak{}, para, &PageBreak{}}}}, 2},
		{"two sections", []Section{{Blocks: []Block{para}}, {Landscape: true, Blocks: []Block{para}}}, 2},
		{"words beside no code", []Section{{Blocks: []Block{&Code{Beside: []Para{*para}}}}}, 1},
	} {
		d := &Doc{Layout: pdfGOST, Sections: c.sections}
		if info := poppler(t, "pdfinfo", pdfFile(t, d)); !regexp.MustCompile(fmt.Sprintf(`Pages: +%d\n`, c.pages)).MatchString(info) {
			t.Errorf("%s: want %d pages, got\n%s", c.what, c.pages, info)
		}
	}
}

// Margins are those of the layout: nothing is drawn outside of them but the page number and the note at the foot.
func TestPDFMargins(t *testing.T) {
	box := regexp.MustCompile(`<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>`)
	for _, m := range box.FindAllStringSubmatch(poppler(t, "pdftotext", "-bbox", pdfFile(t, pdfReport(40)), "-"), -1) {
		var v [4]float64
		for i := range v {
			fmt.Sscan(m[i+1], &v[i])
		}
		if v[0] < 30*pdfMM-0.5 || v[2] > 200*pdfMM+0.5 || v[3] > 277*pdfMM+3 || v[1] < 20*pdfMM-3 && len(m[5]) > 2 {
			t.Errorf("%q at %v", m[5], v)
		}
	}
}

func TestPDFLineBreaks(t *testing.T) {
	fonts, err := pdfFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := &pdfLayout{fonts: fonts}
	for _, c := range []struct {
		width float64
		text  string
		want  []string
	}{
		{60, "Телефон: 8 (8672) 64-90-22", []string{"Телефон:", "8 (8672)", "64-90-22"}},
		{100, "Телефон: 8 (8672) 64-90-22", []string{"Телефон:", "8 (8672) 64-90-22"}},
		{64, "Слово это — тире", []string{"Слово", "это — тире"}},
		{30, "Слово — тире", []string{"Слов", "о —", "тире"}},
		{50, "приказ № 46", []string{"приказ", "№ 46"}},
		{50, "неразрывный\u00a0пробел", []string{"неразрыв", "ный\u00a0проб", "ел"}},
		{105, "почта info@trud.alania.gov.ru", []string{"почта", "info@trud.alania.", "gov.ru"}},
		{68, "РСО-Алания и Осетия-Алания", []string{"РСО-Алания", "и Осетия-", "Алания"}},
		{30, "№ п/п", []string{"№", "п/п"}},
		{500, "две\nстроки\n", []string{"две", "строки", ""}},
		{1, "ёж", []string{"ё", "ж"}},
		{1, "е\u0301ж", []string{"е\u0301", "ж"}},
		{500, "", []string{""}},
		{60, "много      пробелов", []string{"много", "пробелов"}},
	} {
		s := l.setText([]Run{{Text: c.text}}, pdfType{size: 12, lead: 14}, c.width, 0)
		var got []string
		for _, ln := range s.lines {
			b := ""
			for _, g := range s.glyphs[ln.from:ln.to] {
				b += string(g.r)
			}
			got = append(got, b)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%q in %v points (-want +got):\n%s", c.text, c.width, diff)
		}
	}
}

// TestPDFHeadingRowsStayWithTheNext: a row that heads others inside of a table does not end a page.
func TestPDFHeadingRowsStayWithTheNext(t *testing.T) {
	tab := &Table{}
	for i := range 300 {
		tab.Rows = append(tab.Rows, Row{Keep: i%5 < 2, Cells: []Cell{{Text: fmt.Sprintf("строка%d %s", i, strings.Repeat("текст ", i*7%40)), ColSpan: 2}, {Covered: true}}})
	}
	lines := regexp.MustCompile(`строка(\d+)`)
	seen := 0
	for n, p := range strings.Split(poppler(t, "pdftotext", "-raw", pdfFile(t, pdfTableDoc(tab)), "-"), "\f") {
		if all := lines.FindAllStringSubmatch(p, -1); len(all) > 0 {
			seen += len(all)
			if last, _ := strconv.Atoi(all[len(all)-1][1]); tab.Rows[last].Keep {
				t.Errorf("page %d ends with row %d, which stays with the next", n+1, last)
			}
		}
	}
	if seen != 300 {
		t.Errorf("%d rows are printed", seen)
	}
}
