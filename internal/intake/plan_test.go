package intake

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// apply carries the changes out on a copy of cur as the ledger does: nothing is included twice, changed or excluded without
// being there, used before it is included, or excluded while it is used. The result must be the plan's target.
func apply(t testing.TB, cur *register.Register, pl *Plan) {
	t.Helper()
	processes, points, usages := map[string]register.Process{}, map[string]register.Touchpoint{}, map[string]register.Usage{}
	attributes, profiles := map[string]register.Attribute{}, map[string]register.Profile{}
	if cur != nil {
		fill(cur.Processes, processes, func(p register.Process) string { return p.Key })
		fill(cur.Touchpoints, points, func(p register.Touchpoint) string { return p.Key })
		fill(cur.Usages, usages, func(p register.Usage) string { return p.Key })
		fill(cur.Attributes, attributes, func(p register.Attribute) string { return p.Key })
		fill(cur.Profiles, profiles, func(p register.Profile) string { return p.Key })
	}
	for _, c := range pl.Changes {
		if !validKey(c.Key) {
			t.Fatalf("key %q", c.Key)
		}
		switch c.Kind {
		case register.KindProcess:
			change(t, c, processes)
			if c.Op == register.Exclude {
				for _, u := range usages {
					if u.Process == c.Key {
						t.Fatalf("process %s is excluded while %s is there", c.Key, u.Key)
					}
				}
			}
		case register.KindTouchpoint:
			change(t, c, points)
			if c.Op == register.Exclude {
				for _, u := range usages {
					if u.Touchpoint == c.Key {
						t.Fatalf("point %s is excluded while %s is there", c.Key, u.Key)
					}
				}
			}
		case register.KindUsage:
			change(t, c, usages)
			if u := usages[c.Key]; c.Op != register.Exclude && (processes[u.Process].Key == "" || points[u.Touchpoint].Key == "") {
				t.Fatalf("usage %s of process %q and point %q", c.Key, u.Process, u.Touchpoint)
			}
		case register.KindAttribute:
			change(t, c, attributes)
		case register.KindProfile:
			change(t, c, profiles)
		default:
			t.Fatalf("a change of kind %s", c.Kind)
		}
	}
	equal(t, pl.Target.Processes, processes, func(p register.Process) string { return p.Key })
	equal(t, pl.Target.Touchpoints, points, func(p register.Touchpoint) string { return p.Key })
	equal(t, pl.Target.Usages, usages, func(p register.Usage) string { return p.Key })
	equal(t, pl.Target.Attributes, attributes, func(p register.Attribute) string { return p.Key })
	equal(t, pl.Target.Profiles, profiles, func(p register.Profile) string { return p.Key })
	last := 0
	for _, u := range pl.Target.Usages {
		if u.Position <= last {
			t.Fatalf("usage %s at position %d after %d", u.Key, u.Position, last)
		}
		last = u.Position
	}
}

func fill[T any](from []T, into map[string]T, key func(T) string) {
	for _, x := range from {
		into[key(x)] = x
	}
}

func change[T any](t testing.TB, c register.Change, m map[string]T) {
	t.Helper()
	_, there := m[c.Key]
	if there != (c.Op != register.Include) {
		t.Fatalf("%s of %s %s, which is there: %v", c.Op, c.Kind, c.Key, there)
	}
	if c.Op == register.Exclude {
		delete(m, c.Key)
		return
	}
	var x T
	if err := json.Unmarshal(c.Encoded(), &x); err != nil {
		t.Fatal(err)
	}
	m[c.Key] = x
}

func equal[T any](t testing.TB, got []T, want map[string]T, key func(T) string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("the target has %d, the changes make %d", len(got), len(want))
	}
	for _, x := range got {
		if string(register.Encode(x)) != string(register.Encode(want[key(x)])) {
			t.Fatalf("the target has %s, the changes make %s", register.Encode(x), register.Encode(want[key(x)]))
		}
	}
}

// preview is a plan for a test: «+ …», «~ …», «- …» lines.
func preview(pl *Plan) []string {
	var out []string
	for _, it := range pl.Included {
		out = append(out, "+ "+it.String())
	}
	for _, it := range pl.Changed {
		out = append(out, "~ "+it.String())
	}
	for _, it := range pl.Excluded {
		out = append(out, "- "+it.String())
	}
	for _, it := range pl.Moved {
		out = append(out, "~ "+it.String())
	}
	return out
}

func parseGrid(t testing.TB, p *procedure.Procedure, rows ...string) *Draft {
	t.Helper()
	d, err := Parse(document("docx", grid(append([]string{head}, rows...)...)), "отчёт.docx", p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEdits(t *testing.T) {
	const off, dig = "Взаимодействие в офлайн-точке", "Взаимодействие в цифровой точке"
	p := load(t, komzan)
	base := []string{
		"1. | Приём на государственную службу | Телефон: 8 (8672) 64-90-22 | Получение информации | " + off,
		"| | Почта: info@trud.alania.gov.ru | Получение консультации | " + dig,
		"| | Места приема документов для участия в конкурсе | Представление документов | " + off,
		"2. | Предоставление отпуска | Телефон: 8 (8672) 64-90-22 | Получение информации | " + off,
		"| | Почта: info@trud.alania.gov.ru | Получение консультации | " + dig,
		"3. | Увольнение со службы | Телефон: 8 (8672) 64-90-22 | Получение информации | " + off,
	}
	with := func(edit func(rows []string) []string) []string {
		return edit(append([]string{}, base...))
	}
	for name, c := range map[string]struct {
		rows []string
		opt  Options
		want []string
	}{
		"nothing": {base, Options{}, nil},
		"layout, quotes of numbers, letter case of nothing else": {with(func(r []string) []string {
			for i := range r {
				r[i] = strings.ReplaceAll(strings.ReplaceAll(r[i], "Получение информации", "Получение\u00a0  информации"), "1. ", "1 ")
			}
			return r
		}), Options{}, nil},
		"a telephone in all its rows": {with(func(r []string) []string {
			for i := range r {
				r[i] = strings.ReplaceAll(r[i], "64-90-22", "64-90-55")
			}
			return r
		}), Options{}, []string{"~ точка «Телефон: 8 (8672) 64-90-55»: контакт «8 (8672) 64-90-22» → «8 (8672) 64-90-55»"}},
		"a telephone in one row is a new point": {with(func(r []string) []string {
			r[5] = strings.ReplaceAll(r[5], "64-90-22", "64-90-55")
			return r
		}), Options{}, []string{"+ точка «Телефон: 8 (8672) 64-90-55»", "+ строка «Увольнение со службы» — «Телефон: 8 (8672) 64-90-55»: Получение информации",
			"- строка «Увольнение со службы» — «Телефон: 8 (8672) 64-90-22»: Получение информации"}},
		"a title": {with(func(r []string) []string {
			r[0] = strings.ReplaceAll(r[0], "Приём на государственную службу", "Приём на государственную гражданскую службу")
			return r
		}), Options{}, []string{"~ процесс «Приём на государственную гражданскую службу»: название «Приём на государственную службу» → «Приём на государственную гражданскую службу»"}},
		"a title altogether, with its rows": {with(func(r []string) []string {
			r[0] = strings.ReplaceAll(r[0], "Приём на государственную службу", "Конкурс")
			return r
		}), Options{}, []string{"~ процесс «Конкурс»: название «Приём на государственную службу» → «Конкурс»"}},
		"the words of a place": {with(func(r []string) []string {
			r[2] = strings.ReplaceAll(r[2], "Места приема", "Место приёма")
			return r
		}), Options{}, []string{"~ точка «Место приёма документов для участия в конкурсе»: название «Места приема документов для участия в конкурсе» → «Место приёма документов для участия в конкурсе»"}},
		"an interaction": {with(func(r []string) []string {
			r[3] = strings.ReplaceAll(r[3], "Получение информации", "Получение форм документов")
			return r
		}), Options{}, []string{"~ строка «Предоставление отпуска» — «Телефон: 8 (8672) 64-90-22»: Получение форм документов: взаимодействие «Получение информации» → «Получение форм документов»; потребности «Получение информации [info]» → «Получение форм документов [forms]»"}},
		"a class": {with(func(r []string) []string {
			r[3] = strings.ReplaceAll(r[3], off, dig)
			return r
		}), Options{}, []string{"~ строка «Предоставление отпуска» — «Телефон: 8 (8672) 64-90-22»: Получение информации: особенности «Взаимодействие в офлайн-точке» → «Взаимодействие в цифровой точке»; класс в строке «офлайн-точка» → «цифровая точка»"}},
		"a row less": {with(func(r []string) []string { return append(r[:2], r[3:]...) }), Options{}, []string{
			"- точка «Места приема документов для участия в конкурсе»",
			"- строка «Приём на государственную службу» — «Места приема документов для участия в конкурсе»: Представление документов"}},
		"a process less": {base[:5], Options{}, []string{"- процесс «Увольнение со службы»", "- строка «Увольнение со службы» — «Телефон: 8 (8672) 64-90-22»: Получение информации"}},
		"a process less, in part of the register": {base[:5], Options{Partial: true}, nil},
		"a row more in the middle": {with(func(r []string) []string {
			return append(r[:2:2], append([]string{"| | Кабинет 5 | Получение информации | " + off}, r[2:]...)...)
		}), Options{}, []string{"+ точка «Кабинет 5»", "+ строка «Приём на государственную службу» — «Кабинет 5»: Получение информации", "~ только место в отчёте: у 4\u00a0строк"}},
		"a row more at the end": {with(func(r []string) []string {
			return append(r, "| | Кабинет 5 | Получение информации | "+off)
		}), Options{}, []string{"+ точка «Кабинет 5»", "+ строка «Увольнение со службы» — «Кабинет 5»: Получение информации"}},
		"part of the register with a new row": {[]string{base[0], "| | Кабинет 5 | Получение информации | " + off}, Options{Partial: true}, []string{
			"+ точка «Кабинет 5»", "+ строка «Приём на государственную службу» — «Кабинет 5»: Получение информации", "~ только место в отчёте: у 3\u00a0строк"}},
		"processes change places": {append(append([]string{}, base[3:5]...), append(base[:3:3], base[5])...), Options{}, []string{
			"~ только место в отчёте: у 2\u00a0процессов", "~ только место в отчёте: у 4\u00a0строк"}},
	} {
		t.Run(name, func(t *testing.T) {
			first := parseGrid(t, p, base...).Against(nil, p, Options{})
			apply(t, nil, first)
			cur := first.Target
			pl := parseGrid(t, p, c.rows...).Against(cur, p, c.opt)
			apply(t, cur, pl)
			if diff := cmp.Diff(c.want, preview(pl)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if again := parseGrid(t, p, c.rows...).Against(pl.Target, p, c.opt); len(again.Changes) > 0 {
				t.Errorf("again: %v", preview(again))
			}
		})
	}
}

// What no document carries is kept: acts, dates, forms, hours, departments.
func TestWhatTheFileDoesNotCarryIsKept(t *testing.T) {
	p := load(t, komzan)
	rows := []string{"1. | Приём | Кабинет 5 | Получение информации | Взаимодействие в офлайн-точке"}
	cur := parseGrid(t, p, rows...).Against(nil, p, Options{}).Target
	cur.Processes[0].Included = &register.Act{Number: "31"}
	cur.Processes[0].Department = "organizacionno-kadrovyj"
	cur.Touchpoints[0].Hours, cur.Touchpoints[0].Place, cur.Touchpoints[0].Department = "с 9 до 18", "пр. Мира, 25", "organizacionno-kadrovyj"
	cur.Usages[0].Forms = []string{"заявление"}
	cur.Usages[0].From = "2026-01-01"
	cur.Usages[0].Source = nil
	if pl := parseGrid(t, p, rows...).Against(cur, p, Options{}); len(pl.Changes) > 0 {
		t.Errorf("%v", preview(pl))
	}
	rows[0] = strings.ReplaceAll(rows[0], "информации", "консультации")
	pl := parseGrid(t, p, rows...).Against(cur, p, Options{})
	u := pl.Target.Usages[0]
	if len(pl.Changes) != 1 || u.Text != "Получение консультации" || len(u.Forms) != 1 || u.From != "2026-01-01" || u.Key != cur.Usages[0].Key {
		t.Errorf("%v: %+v", preview(pl), u)
	}
}

func TestColumnsOfPlacesHoursAndDepartments(t *testing.T) {
	p := load(t, komzan)
	d, err := Parse(document("xlsx", grid(
		"Процесс | Точка взаимодействия | Потребность | Тип точки | Адрес | Режим работы | Ответственный отдел",
		"Приём | Кабинет 5 | получение информации | офлайн | пр. Мира, 25 | с 9-00 до 18-00 | отдел организационной, кадровой работы и противодействия коррупции",
		"Отпуск | Кабинет 5 | получение информации | офлайн | пр. Мира, 27 | с 9-00 до 18-00 | отдел кадров")), "a.xlsx", p)
	if err != nil {
		t.Fatal(err)
	}
	x := d.Touchpoints[0]
	if x.Place != "пр. Мира, 25" || x.Hours != "с 9-00 до 18-00" || x.Department != "organizacionno-kadrovyj" || d.Usages[0].Feature != "офлайн" {
		t.Errorf("%+v", x)
	}
	if len(d.Findings) != 2 {
		t.Errorf("%+v", d.Findings)
	}
}

func TestDeclaredPointsAreIncludedOnlyWhenAsked(t *testing.T) {
	d, p := parseFile(t, komzan+".docx")
	plain := d.Against(nil, p, Options{})
	apply(t, nil, plain)
	if len(plain.Target.Touchpoints) != 6 {
		t.Errorf("%d points", len(plain.Target.Touchpoints))
	}
	all := d.Against(nil, p, Options{Declared: true})
	apply(t, nil, all)
	if len(all.Target.Touchpoints) != 13 || len(all.Target.Usages) != 10 {
		t.Errorf("%d points, %d usages", len(all.Target.Touchpoints), len(all.Target.Usages))
	}
	// The bare table afterwards excludes none of them: they were included as declared.
	x, _ := parseFile(t, "komzan-otchet.xlsx")
	if pl := x.Against(all.Target, p, Options{}); len(pl.Changes) > 0 {
		t.Errorf("%v", preview(pl))
	}
	// An order without a table includes what it declares and excludes nothing.
	m, mp := parseFile(t, minec+".docx")
	pl := m.Against(nil, mp, Options{})
	apply(t, nil, pl)
	if len(pl.Target.Touchpoints) != 7 || len(pl.Target.Attributes) != 17 || len(pl.Target.Profiles) != 2 || len(pl.Excluded) != 0 {
		t.Errorf("%d points, %d attributes, %d profiles", len(pl.Target.Touchpoints), len(pl.Target.Attributes), len(pl.Target.Profiles))
	}
}

func TestSettle(t *testing.T) {
	for _, c := range []struct{ was, want []int }{
		{[]int{0, 0, 0}, []int{1, 2, 3}},
		{[]int{1, 2, 3}, []int{1, 2, 3}},
		{[]int{1, 3, 7}, []int{1, 3, 7}},
		{[]int{1, 0, 2, 3}, []int{1, 2, 3, 4}},
		{[]int{1, 0, 3, 4}, []int{1, 2, 3, 4}},
		{[]int{3, 1, 2}, []int{3, 4, 5}},
		{[]int{2, 3, 4, 1}, []int{2, 3, 4, 5}},
		{[]int{0, 0, 1}, []int{1, 2, 3}},
		{nil, []int{}},
	} {
		if got := settle(c.was); !cmp.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.was, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	p := load(t, komzan)
	for name, c := range map[string]struct {
		doc  *office.Doc
		want string
	}{
		"nothing":         {document("docx"), "таблиц в файле нет"},
		"a foreign table": {document("xlsx", grid("Фамилия | Оклад", "Иванов | 10")), "«Фамилия», «Оклад»"},
		"an empty table":  {document("xlsx", grid("| ", "| ")), "таблицы файла пусты"},
		"a letter":        {document("docx", "Уважаемые коллеги!", "3.2. Об отпусках"), "таблиц в файле нет"},
	} {
		_, err := Parse(c.doc, "письмо.docx", p)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "«письмо.docx»") || strings.Count(err.Error(), "\n") > 0 {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
