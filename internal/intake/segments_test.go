package intake

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	rules "perechen/internal/check"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// one makes a document of one table.
func one(rows ...string) *office.Doc {
	return &office.Doc{Format: "docx", Sections: []office.Section{{Blocks: []office.Block{office.P("", "Признаки"), grid(rows...)}}}}
}

func readDoc(t *testing.T, d *office.Doc) *Draft {
	t.Helper()
	got, err := Parse(d, "f.docx", load(t, minec))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// found are the findings of the reading, and those that the register will have about the dictionary that was read.
func found(t *testing.T, d *Draft) []register.Finding {
	fs := slices.Clone(d.Findings)
	for _, f := range rules.Run(rules.Input{Register: &register.Register{Attributes: d.Attributes}, Procedure: load(t, minec), On: "2026-03-02"}) {
		if slices.ContainsFunc(f.Places, func(p register.Place) bool { return p.Kind == register.KindAttribute }) {
			fs = append(fs, f)
		}
	}
	return fs
}

// told are findings by rule and sentence.
func told(fs []register.Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Rule+" "+f.Text)
	}
	return strings.Join(out, "\n")
}

func TestDictionariesOfOtherShapes(t *testing.T) {
	for name, c := range map[string]struct {
		rows  []string
		want  string // of all attributes: type/title=values
		found []string
	}{
		"columns in another order": {[]string{"Значение признака | Признак | Тип признака", "Низкий; Высокий | Уровень | Технологический", "СЭД; Телефон | Каналы | "},
			"Технологический/Уровень=Низкий; Высокий\nТехнологический/Каналы=СЭД; Телефон", nil},
		"shifted to the left, in the middle": {[]string{"Тип признака | Признак | Значение признака", "Орг | Вид | А; Б", "Льготы | Отпуск; Надбавка | ", " | Формат | Офис; Дом"},
			"Орг/Вид=А; Б\nОрг/Льготы=Отпуск; Надбавка\nОрг/Формат=Офис; Дом", []string{"R19 Признак «Льготы»: ячейки сдвинуты на столбец влево"}},
		"shifted to the right": {[]string{"Признак | Значение признака | Тип признака", "Вид | А; Б | Орг", " | Льготы | Отпуск; Надбавка"},
			"Орг/Вид=А; Б\nОрг/Льготы=Отпуск; Надбавка", []string{"R19 Признак «Льготы»: ячейки сдвинуты на столбец вправо"}},
		"split inside a value": {[]string{"Тип признака | Признак | Значение признака", "Орг | Отделы | Отдел кадров; Финансовый", " | | Отдел; Юридический отдел"},
			"Орг/Отделы=Отдел кадров; Финансовый Отдел; Юридический отдел", []string{"R19 Признак «Отделы»: ячейку разорвал"}},
		"split between values, the next with a small letter": {[]string{"Тип признака | Признак | Значение признака", "Орг | Категория | Руководитель; помощник;", " | | специалист; обеспечивающий специалист"},
			"Орг/Категория=Руководитель; помощник; специалист; обеспечивающий специалист", []string{"R19 Признак «Категория»: ячейку разорвал"}},
		"split inside a band": {[]string{"Тип признака | Признак | Значение признака", "Орг | Доход | До 30 000; 30 001 -", " | | 60 000; более 60 000"},
			"Орг/Доход=До 30 000; 30 001 - 60 000; более 60 000", []string{"R19 Признак «Доход»: ячейку разорвал"}},
		"split with its title": {[]string{"Тип признака | Признак | Значение признака", "Орг | Функции человека | Отдел кадров; Отдел информационных", " | в организации | технологий; Отдел закупок", " | Формат | Офис"},
			"Орг/Функции человека в организации=Отдел кадров; Отдел информационных технологий; Отдел закупок\nОрг/Формат=Офис", []string{"R19 Признак «Функции человека в организации»: ячейку разорвал"}},
		"commas for semicolons": {[]string{"Признак | Значение признака", "Уровень | Низкий, Средний, Высокий", "Вид | Отдел охраны труда, экологии и связи; Отдел закупок"},
			"/Уровень=Низкий, Средний, Высокий\n/Вид=Отдел охраны труда, экологии и связи; Отдел закупок", []string{"R13 Признак «Уровень»: значения разделены запятыми"}},
		"a list of one that goes on nowhere": {[]string{"Признак | Значение признака", "Вид службы | Гражданская;", "Уровень | Низкий; Высокий;"},
			"/Вид службы=Гражданская\n/Уровень=Низкий; Высокий", []string{"R13 Признак «Вид службы»: после последнего"}},
		"headings repeated on the next page": {[]string{"Тип признака | Признак | Значение признака", "Орг | Вид | А; Б", "Тип признака | Признак | Значение признака", " | Формат | Офис; Дом"},
			"Орг/Вид=А; Б\nОрг/Формат=Офис; Дом", nil},
		"a column of numbers": {[]string{"№ п/п | Тип признака | Признак | Значение признака", "1 | Орг | Вид | А; Б", "2 | | Формат | Офис; Дом"},
			"Орг/Вид=А; Б\nОрг/Формат=Офис; Дом", nil},
		"marks": {[]string{"Тип признака | Признак | Значение признака | Отметки", "Орг | Льготы | А; Б | необязательный; несколько значений", " | Регион | | свободный текст"},
			"Орг/Льготы=А; Б (optional several)\nОрг/Регион= (free)", nil},
	} {
		d := readDoc(t, one(c.rows...))
		var got []string
		for _, a := range d.Attributes {
			line := a.Type + "/" + a.Title + "=" + strings.Join(a.Values, "; ")
			var marks []string
			for m, on := range map[string]bool{"optional": a.Optional, "several": a.Several, "free": a.Free} {
				if on {
					marks = append(marks, m)
				}
			}
			slices.Sort(marks)
			if len(marks) > 0 {
				line += " (" + strings.Join(marks, " ") + ")"
			}
			got = append(got, line)
		}
		if g := strings.Join(got, "\n"); g != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, g, c.want)
		}
		fs := found(t, d)
		if len(fs) != len(c.found) {
			t.Errorf("%s: found %q", name, told(fs))
		}
		for _, f := range c.found {
			if !strings.Contains(told(fs), f) {
				t.Errorf("%s: no %q in %q", name, f, told(fs))
			}
		}
	}
}

func TestATypeMayStandAcrossTheTable(t *testing.T) {
	doc := one("Признак | Значение признака", "Организационные |", "Вид | А; Б", "Технологические |", "Уровень | Низкий; Высокий")
	tb := doc.Sections[0].Blocks[1].(*office.Table)
	for _, r := range []int{1, 3} {
		tb.Rows[r].Cells[0].ColSpan, tb.Rows[r].Cells[1].Covered = 2, true
	}
	d := readDoc(t, doc)
	if len(d.Attributes) != 2 || d.Attributes[0].Type != "Организационные" || d.Attributes[1].Type != "Технологические" {
		t.Errorf("%+v", d.Attributes)
	}
}

func TestNothingIsFoundInACleanDictionaryThatIsRead(t *testing.T) {
	for _, as := range [][]register.Attribute{testkit.CleanDictionary(), testkit.Segments(7, 40, 0).Register.Attributes} {
		rows := []string{"Тип признака | Признак | Значение признака"}
		for _, a := range as {
			rows = append(rows, fmt.Sprintf("%s | %s | %s", a.Type, a.Title, strings.Join(a.Values, "; ")))
		}
		d := readDoc(t, one(rows...))
		if fs := found(t, d); len(d.Attributes) != len(as) || len(fs) > 0 {
			t.Errorf("%d attributes of %d; found %q", len(d.Attributes), len(as), told(fs))
		}
	}
}

func TestAProfileOfOnePersonIsNotTaken(t *testing.T) {
	d := readDoc(t, one("Служащий отдела |", "Основные признаки |", "Категория должностей | Специалист", "Цель | Сменить счёт", "Водитель Петров П.П. |", "Основные признаки |", "Категория должностей | Специалист"))
	if len(d.Profiles) != 1 || len(d.Skipped) != 1 || len(d.Findings) != 1 || !strings.Contains(d.Findings[0].Text, "фамилия и инициалы") {
		t.Errorf("%d profiles, skipped %+v, found %q", len(d.Profiles), d.Skipped, told(d.Findings))
	}
	if strings.Contains(told(d.Findings), "Петров") || strings.Contains(fmt.Sprint(d.Skipped), "Петров") {
		t.Errorf("the person is named: %q %+v", told(d.Findings), d.Skipped)
	}
}

// The defects of the Ministry's order, each once and nothing else.
func TestTheDefectsOfTheMinistrysDictionaryAreTold(t *testing.T) {
	for _, ext := range []string{".docx", ".odt", ".txt"} {
		d, _ := parseFile(t, minec+ext)
		var got []string
		for _, f := range found(t, d) {
			title := f.Text[strings.Index(f.Text, "«")+len("«") : strings.Index(f.Text, "»")]
			got = append(got, f.Rule+" "+title)
		}
		want := []string{"R11 Стаж общий", "R11 Стаж в организации / органе", "R11 Уровень дохода", "R13 Вид службы", "R13 Каналы связи на работе", "R13 Каналы связи на работе", "R19 Льготы"}
		if ext == ".txt" {
			want = append(want, "R19 Функции человека в организации")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", ext, got)
		}
	}
}
