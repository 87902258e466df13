package office

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/procedures"
)

// order reads one of the orders' own files.
func order(t *testing.T, name string) *Doc {
	t.Helper()
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, name, b)
}

func readBytes(t *testing.T, name string, b []byte) *Doc {
	t.Helper()
	d, err := Read(context.Background(), name, bytes.NewReader(b), int64(len(b)), Limits{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	wellFormed(t, d, Limits{})
	return d
}

func tablesOf(d *Doc) (tables []*Table) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if t, ok := b.(*Table); ok {
				tables = append(tables, t)
			}
		}
	}
	return tables
}

func parasOf(d *Doc) (texts []string) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if p, ok := b.(*Para); ok {
				texts = append(texts, p.Text())
			}
		}
	}
	return texts
}

// plain writes a table as a person sees it: a line per row, cells between strokes, ^ for a covered cell and «text(2x1)» for
// one that spans two rows.
func plain(t *Table) (lines []string) {
	for _, r := range t.Rows {
		var cells []string
		for _, c := range r.Cells {
			s := strings.ReplaceAll(c.String(), "\n", "/")
			if c.Covered {
				s = "^"
			}
			if c.RowSpan > 1 || c.ColSpan > 1 {
				s += "(" + grouped(max(c.RowSpan, 1)) + "x" + grouped(max(c.ColSpan, 1)) + ")"
			}
			cells = append(cells, s)
		}
		lines = append(lines, strings.Join(cells, "|"))
	}
	return lines
}

// wellFormed checks what every reader promises of every document: rectangular tables, spans that lie inside the table and
// do not meet, covered cells under a span and nowhere else, sizes within the limits.
func wellFormed(t *testing.T, d *Doc, lim Limits) {
	t.Helper()
	lim = newJob(context.Background(), "", lim).lim
	for _, p := range parasOf(d) {
		if len(p) > lim.Cell+2*labelLength*10 {
			t.Errorf("a paragraph of %d bytes", len(p))
		}
	}
	for n, table := range tablesOf(d) {
		if len(table.Rows) == 0 || len(table.Rows) > lim.Rows || table.Head > len(table.Rows) {
			t.Fatalf("table %d: %d rows, head %d", n, len(table.Rows), table.Head)
		}
		wide := len(table.Rows[0].Cells)
		if wide > lim.Columns {
			t.Fatalf("table %d: %d columns", n, wide)
		}
		under := map[[2]int]bool{}
		for i, r := range table.Rows {
			if len(r.Cells) != wide {
				t.Fatalf("table %d: row %d has %d cells, the first has %d", n, i, len(r.Cells), wide)
			}
			for k, c := range r.Cells {
				if len(c.String()) > lim.Cell {
					t.Errorf("a cell of %d bytes", len(c.String()))
				}
				if c.Covered && c.String() != "" || c.Covered != under[[2]int{i, k}] {
					t.Fatalf("table %d: cell %d, %d: covered %v, under a span %v, text %q", n, i, k, c.Covered, under[[2]int{i, k}], c.String())
				}
				for y := range max(c.RowSpan, 1) {
					for x := range max(c.ColSpan, 1) {
						at := [2]int{i + y, k + x}
						if y+x > 0 && (under[at] || at[0] >= len(table.Rows) || at[1] >= wide) {
							t.Fatalf("table %d: the span of cell %d, %d is out of place", n, i, k)
						}
						if y+x > 0 {
							under[at] = true
						}
					}
				}
			}
		}
	}
}

var komzanHead = []string{"№ п/п|Направление деятельности Комитета РСО-Алания по занятости населения|Точка взаимодействия|Осуществляемое взаимодействие с клиентом|Особенности взаимодействия с клиентом"}

// komzanRows is the Committee's table as a person sees it; the numbers end with dot.
func komzanRows(dot string) []string {
	return append(komzanHead[:1:1],
		"1"+dot+"(5x1)|Поступление на государственную гражданскую службу (прием на работу)(5x1)|Официальный сайт Комитета: https://trud.alania.gov.ru/|Получение информации клиентом, получение форм документов, направление письменного обращения клиентом|Взаимодействие в цифровой точке",
		"^|^|Электронная почта: info@trud.alania.gov.ru|Подача письменного обращения клиентом, получение консультации клиентом|Взаимодействие в цифровой точке",
		"^|^|Телефон: 8 (8672) 64-90-22|Получение информации клиентом, получение консультации клиентом|Взаимодействие в офлайн-точке",
		"^|^|Места приема документов для участия в конкурсе на замещение должностей государственной гражданской службы|Представление клиентом документов, получение информации клиентом, получение консультации клиентом|Взаимодействие в офлайн-точке",
		"^|^|Место проведения конкурса на замещение должности государственной гражданской службы|Прохождение клиентом оценки на соответствие должности государственной гражданской службы, получение клиентом информации, получение клиентом консультации|Взаимодействие в офлайн-точке",
		"2"+dot+"(2x1)|Сопровождение процесса прохождения государственной гражданской службы(2x1)|Телефон: 8 (8672) 64-90-22|Получение информации клиентом, получение консультации клиентом|Взаимодействие в офлайн-точке",
		"^|^|Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции сотрудников Комитета|Получение информации клиентом, получение консультации клиентом, подача клиентом заявлений и документов, получение клиентом документов|Взаимодействие в офлайн-точке",
		"3"+dot+"(3x1)|Увольнение с государственной гражданской службы(3x1)|Электронная почта: info@trud.alania.gov.ru|Подача письменного обращения клиентом, получение консультации клиентом|Взаимодействие в цифровой точке",
		"^|^|Телефон: 8 (8672) 64-90-22|Получение информации клиентом, получение консультации клиентом|Взаимодействие в офлайн-точке",
		"^|^|Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции сотрудников Комитета|Получение информации клиентом, получение консультации клиентом, подача клиентом заявлений и документов, получение клиентом документов|Взаимодействие в офлайн-точке")
}

func TestCommitteeOrder(t *testing.T) {
	for name, dot := range map[string]string{"komzan-alania-9r-2026.docx": ".", "komzan-alania-9r-2026.odt": ".", "komzan-otchet.xlsx": ""} {
		tables := tablesOf(order(t, name))
		if len(tables) != 1 {
			t.Fatalf("%s: %d tables", name, len(tables))
		}
		if diff := cmp.Diff(komzanRows(dot), plain(tables[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// The text of the order tears one row by a page break; the reader keeps both halves, with their lines.
func TestCommitteeOrderAsText(t *testing.T) {
	tables := tablesOf(order(t, "komzan-alania-9r-2026.txt"))
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	rows := plain(tables[0])
	want := []string{
		"||Места приема сотрудниками отдела организационной, кадровой работы и противодействия коррупции|Получение информации клиентом, получение консультации|Взаимодействие в офлайн-точке",
		"||сотрудников Комитета|клиентом, подача клиентом заявлений и документов, получение клиентом документов|",
	}
	if diff := cmp.Diff(want, rows[7:9]); len(rows) != 12 || diff != "" {
		t.Errorf("%d rows; the torn one (-want +got):\n%s", len(rows), diff)
	}
	if a, b := tables[0].Rows[7].Line, tables[0].Rows[8].Line; a != 142 || b != 144 {
		t.Errorf("lines %d and %d, want 142 and 144", a, b)
	}
}

// All forms of one order hold the same words: the text of each paragraph, and each table.
func TestFormsOfOneOrderAgree(t *testing.T) {
	for _, id := range []string{"komzan-alania-9r-2026", "minec-alania-46-2024"} {
		docx, odt, txt := order(t, id+".docx"), order(t, id+".odt"), order(t, id+".txt")
		if diff := cmp.Diff(parasOf(docx), parasOf(odt)); diff != "" {
			t.Errorf("%s: docx and odt:\n%s", id, diff)
		}
		if diff := cmp.Diff(parasOf(docx), parasOf(txt)); diff != "" {
			t.Errorf("%s: docx and txt:\n%s", id, diff)
		}
		if len(tablesOf(docx)) != len(tablesOf(odt)) || len(tablesOf(docx)) != len(tablesOf(txt)) {
			t.Errorf("%s: %d, %d and %d tables", id, len(tablesOf(docx)), len(tablesOf(odt)), len(tablesOf(txt)))
		}
		if TextDigest(docx) != TextDigest(odt) {
			t.Errorf("%s: digests of docx and odt differ", id)
		}
	}
}

func TestMinistryOrder(t *testing.T) {
	for _, ext := range []string{"docx", "odt", "txt"} {
		tables := tablesOf(order(t, "minec-alania-46-2024."+ext))
		if len(tables) != 3 {
			t.Fatalf("%s: %d tables", ext, len(tables))
		}
		rows := plain(tables[0])
		if rows[0] != "Тип признака|Признак|Значение признака" || rows[1] != "Организационные|Вид службы|Государственная гражданская служба субъектов РФ;" ||
			rows[4] != "|Стаж общий|Менее 1 года; 1-3 лет; 3-5 лет; 5-10 лет; более 10 лет" || !strings.HasPrefix(rows[11], "Льготы|Увеличение отпускного периода") {
			t.Errorf("%s: %q", ext, rows)
		}
		want := []string{
			"Физическое лицо, увольняющееся из органа исполнительной власти|",
			"Основные признаки|",
			"Категория должностей|Обеспечивающий специалист",
			"Группа должностей|Ведущая группа",
			"Стаж в организации|5-10 лет",
			"Уровень дохода|45 000- 60 000",
			"Возраст|35-44",
			"Образование|Высшее",
			"Наличие льготы|Выслуга лет",
			"Цель|При увольнении работнику необходимо заполнить в бухгалтерии обходной лист, совершить проверку",
			"Особенности клиентского пути|",
			"Возможен перерасчет отпускных|",
			"Предпочтительные каналы|",
			"Информирование:|Организация, коллеги, начальство",
			"Получение услуг:|Лично в организации",
		}
		if diff := cmp.Diff(want, plain(tables[2])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", ext, diff)
		}
	}
}

// LibreOffice wrote where its pages turned; the table of the Committee stands on the fifth.
func TestPagesOfODT(t *testing.T) {
	d := order(t, "komzan-alania-9r-2026.odt")
	if got := tablesOf(d)[0].Page; got != 5 {
		t.Errorf("the table is on page %d, want 5", got)
	}
	if p := d.Sections[0].Blocks[0].(*Para); p.Page != 1 {
		t.Errorf("the first paragraph is on page %d", p.Page)
	}
}
