package intake

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
	"perechen/internal/register"
)

var processDepartments = []register.Department{
	{Key: "kadry", Title: "отдел кадровой работы", Genitive: "отдела кадровой работы"},
	{Key: "uchet", Title: "отдел бухгалтерского учета и отчетности", Genitive: "отдела бухгалтерского учета и отчетности"},
}

// processLines is a реестр for a test: «title | scope | direction | department | included | excluded», then findings, then what was left out.
func processLines(d *ProcessRegister) []string {
	act := func(a *register.Act) string {
		if a == nil {
			return ""
		}
		return strings.ReplaceAll(a.Text(), "\u00a0", " ")
	}
	var out []string
	for _, p := range d.Processes {
		out = append(out, strings.TrimRight(strings.Join([]string{p.Title, p.Scope, p.Direction, p.Department, act(p.Included), act(p.Excluded)}, " | "), " |"))
	}
	for _, f := range d.Findings {
		out = append(out, "! "+f.Rule+" "+string(f.Severity))
	}
	for _, s := range d.Skipped {
		out = append(out, "- "+s.Text)
	}
	return out
}

func parseProcesses(t *testing.T, blocks ...any) (*ProcessRegister, error) {
	t.Helper()
	return ParseProcesses(document("docx", blocks...), "реестр.docx", load(t, komzan), processDepartments)
}

func TestProcessRegistersAsPeopleWriteThem(t *testing.T) {
	want := []string{
		"Прием на службу | межведомственный | Кадры | kadry | приказ № 5 от 01.02.2026",
		"Выплата денежного содержания | внутриведомственный | Учет | uchet | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026",
	}
	for name, c := range map[string]struct {
		blocks []any
		want   []string
	}{
		"all columns": {[]any{grid(
			"№ п/п | Наименование процесса | Вид процесса | Направление деятельности | Ответственный отдел | Акт о включении | Акт об исключении",
			"1. | Прием на службу | межведомственный | Кадры | отдел кадровой работы | приказ № 5 от 01.02.2026 | ",
			"2. | Выплата денежного содержания | внутриведомственный | Учет | отдел бухгалтерского учета и отчетности | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026")}, want},
		"another order, other words, two rows of headings, numbered columns": {[]any{grid(
			"Структурное подразделение | Включение в реестр | Исключение из реестра | Функция (сервис) | Сфера деятельности | Тип",
			"1 | 2 | 3 | 4 | 5 | 6",
			"отдела кадровой работы | Приказ от 01.02.2026 №5 | - | Прием на службу | Кадры | Межведомственный",
			"Отдел бухгалтерского учёта и отчётности | Приказ от 01.02.2026 №5 | приказ от «01» июня 2026 г. № 9 | Выплата денежного содержания | Учет | внутриведомственный процесс")}, want},
		"headings over headings": {[]any{grid(
			"№ | Процесс | Вид | Направление | Исполнитель | Включение | < | Исключение | <",
			"^ | ^ | ^ | ^ | ^ | акт | дата | акт | дата",
			"1 | Прием на службу | межведомственный | Кадры | отдел кадровой работы | приказ № 5 от 01.02.2026 | 01.02.2026 | | ",
			"2 | Выплата денежного содержания | внутриведомственный | Учет | отдел бухгалтерского учета и отчетности | приказ № 5 от 01.02.2026 | 01.02.2026 | приказ № 9 от 01.06.2026 | 01.06.2026")}, want},
		"a table for each scope, named above": {[]any{
			"РЕЕСТР межведомственных и внутриведомственных процессов", "1. Межведомственные процессы",
			grid("№ | Процесс | Направление | Отдел | Основание",
				"1 | Прием на службу | Кадры | отдел кадровой работы | приказ № 5 от 01.02.2026"),
			"2. Внутриведомственные процессы",
			grid("№ | Процесс | Направление | Отдел | Акт о включении | Акт об исключении",
				"1 | Выплата денежного содержания | Учет | отдел бухгалтерского учета и отчетности | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026")}, want},
		"the second table has no headings": {[]any{"Межведомственные процессы",
			grid("№ | Процесс | Направление | Отдел | Акт о включении | Акт об исключении",
				"1 | Прием на службу | Кадры | отдел кадровой работы | приказ № 5 от 01.02.2026 |"),
			"Внутриведомственные процессы",
			grid("1 | Выплата денежного содержания | Учет | отдел бухгалтерского учета и отчетности | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026")}, want},
		"scopes and directions are rows across the table, departments are merged": {[]any{grid(
			"№ | Процесс | Отдел | Акт о включении | Акт об исключении",
			"Межведомственные процессы | < | < | < | <", "Кадры | < | < | < | <",
			"1 | Прием на службу | отдел кадровой работы | приказ № 5 от 01.02.2026 |",
			"2 | Ведение личных дел | ^ | ^ |",
			"Внутриведомственные процессы | < | < | < | <", "Учет | < | < | < | <",
			"3 | Выплата денежного содержания | отдел бухгалтерского учета и отчетности | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026",
			"Итого: 3 | < | < | < | <")},
			[]string{want[0], "Ведение личных дел | межведомственный | Кадры | kadry | приказ № 5 от 01.02.2026", want[1], "- Итого: 3"}},
		"a page breaks a row and repeats the headings": {[]any{grid(
			"№ | Процесс | Вид | Направление | Отдел | Акт о включении | Акт об исключении",
			"1 | Прием на службу | межведомственный | Кадры | отдел кадровой работы | приказ № 5 от 01.02.2026 |",
			"2 | Выплата денежного | внутриведомственный | Учет | отдел бухгалтерского учета | приказ № 5 от 01.02.2026 | приказ № 9 от 01.06.2026"), "---",
			grid("№ | Процесс | Вид | Направление | Отдел | Акт о включении | Акт об исключении",
				" | содержания | | | и отчетности | | ")}, append(want[:2:2], "! R19 оформление")},
		"titles alone": {[]any{grid("Направление деятельности", "Прием на службу", "Увольнение")}, []string{"Прием на службу", "Увольнение"}},
		"doubts": {[]any{"Межведомственные", grid(
			"№ | Процесс | Вид | Отдел | Акт о включении",
			"1 | Прием на службу | внутриведомственный | отдел кадров | по решению руководства",
			"2 | Прием на  службу | | | ",
			"3 | | | отдел кадровой работы | ",
			"4 | Отпуск | срочный | отдел кадровой работы | ")},
			[]string{"Прием на службу | внутриведомственный |  |  | «по решению руководства»", "Отпуск | межведомственный |  | kadry",
				"! R13 неясность", "! R13 неясность", "! R14 неясность", "! R13 неясность", "! R13 неясность",
				"- 2 | Прием на службу", "- 3 | отдел кадровой работы"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := parseProcesses(t, c.blocks...)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, processLines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
				for _, f := range d.Findings {
					t.Log(f.Rule, f.Text)
				}
			}
		})
	}
}

func TestWhatIsNoProcessRegister(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []any
		want   string
	}{
		"nothing":                {[]any{"Уважаемые коллеги!"}, "таблиц в файле нет"},
		"a letter about them":    {[]any{"Процесс увольнения описан ниже.", "Прошу рассмотреть."}, "таблиц в файле нет"},
		"a foreign table":        {[]any{grid("Фамилия | Оклад", "Иванов | 10")}, "«Фамилия», «Оклад»"},
		"headings alone":         {[]any{grid("№ | Процесс | Отдел")}, "нет ни одной строки"},
		"a table of the points":  {[]any{grid("Процесс | Точка взаимодействия | Осуществляемое взаимодействие", "Прием | Кабинет 5 | Получение информации")}, "перечень точек взаимодействия"},
		"rows without processes": {[]any{grid("№ | Процесс | Отдел", "1 | | отдел кадровой работы")}, "строка без названия процесса"},
	} {
		doc := document("txt", c.blocks...)
		_, err := ParseProcesses(doc, "реестр.docx", load(t, komzan), processDepartments)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "«реестр.docx»") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestProcessesAgainstTheRegister(t *testing.T) {
	cur := &register.Register{Departments: processDepartments, Processes: []register.Process{
		{Key: "priem", Title: "Прием на службу", Scope: "межведомственный", Department: "kadry", Position: 2, Included: &register.Act{Kind: "приказ", Number: "5", Date: "2026-02-01", Issuer: "Комитета"}},
		{Key: "uvolnenie", Title: "Увольнение", Position: 1},
		{Key: "otpusk", Title: "Отпуск", Position: 3, Excluded: &register.Act{Kind: "приказ", Number: "9", Date: "2026-06-01"}, To: "2026-06-01"},
	}}
	head := "№ | Процесс | Вид | Отдел | Акт о включении | Акт об исключении"
	all := []string{head, "1 | ПРИЕМ на службу | | | приказ Комитета № 5 от 01.02.2026 |", "2 | Увольнение. | | | |", "3 | Отпуск | | | | приказ № 9 от 01.06.2026"}
	opt := ProcessOptions{On: "2026-07-01", Act: register.Act{Kind: "приказ", Number: "12", Date: "2026-06-30"}}
	for name, c := range map[string]struct {
		rows []string
		opt  ProcessOptions
		want []string
	}{
		"the same titles": {all, opt, nil},
		"the titles alone, one that was excluded among those left out": {[]string{"Процесс", "Увольнение", "Прием на службу"}, opt, nil},
		"one less":            {append(all[:2:2], all[3]), opt, []string{"- процесс «Увольнение»: акт об исключении пусто → «приказ № 12 от 30.06.2026»; действует по пусто → «30.06.2026»"}},
		"one less, of a part": {append(all[:2:2], all[3]), ProcessOptions{Partial: true}, nil},
		"one more":            {append(all[:4:4], "4 | Командировки | внутриведомственный | отдел кадровой работы | |"), opt, []string{"+ процесс «Командировки»"}},
		"another department": {append(all[:2:2], "2 | Увольнение | межведомственный | отдел кадровой работы | |", all[3]), opt,
			[]string{"~ процесс «Увольнение»: вид процесса пусто → «межведомственный»; отдел пусто → «отдел кадровой работы»"}},
		"named again": {append(all[:3:3], "3 | Отпуск | | | |"), opt,
			[]string{"+ процесс «Отпуск»: акт об исключении «приказ № 9 от 01.06.2026» → пусто; действует по «01.06.2026» → пусто"}},
		"excluded in its row": {append(all[:2:2], "2 | Увольнение | | | | приказ № 9 от 01.06.2026", all[3]), opt,
			[]string{"- процесс «Увольнение»: акт об исключении пусто → «приказ № 9 от 01.06.2026»; действует по пусто → «01.06.2026»"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := parseProcesses(t, grid(c.rows...))
			if err != nil {
				t.Fatal(err)
			}
			pl := d.Against(cur, c.opt)
			var got []string
			for i, list := range [][]Item{pl.Included, pl.Changed, pl.Excluded} {
				for _, it := range list {
					got = append(got, strings.ReplaceAll("+~-"[i:i+1]+" "+it.String(), "\u00a0", " "))
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if again := d.Against(pl.Target, c.opt); len(again.Changes) > 0 {
				t.Errorf("again: %+v", again.Changes)
			}
			if !slices.EqualFunc(cur.Processes, pl.Target.Processes[:3], func(a, b register.Process) bool { return a.Key == b.Key && a.Position == b.Position }) {
				t.Error("what was there changed its place")
			}
		})
	}
	t.Run("an exclusion without an act is a doubt", func(t *testing.T) {
		d, _ := parseProcesses(t, grid("Процесс", "Прием на службу"))
		pl := d.Against(cur, ProcessOptions{On: "2026-07-01"})
		if len(pl.Excluded) != 1 || pl.Target.Processes[1].To != "2026-07-01" || len(pl.Findings) != 1 || pl.Findings[0].Rule != "R14" {
			t.Errorf("%+v %+v", pl.Excluded, pl.Findings)
		}
	})
}

// randomProcesses makes a document of pieces of real process registers, in an order that no sane person prints.
func randomProcesses(seed uint64, extra string) *office.Doc {
	r := rand.New(rand.NewPCG(seed, 2))
	heads := []string{"№ п/п", "Процесс", "Процесс", "Функция", "Вид", "Направление деятельности", "Ответственный отдел", "Акт о включении", "Акт об исключении", "Дата включения", "Дата исключения", "", "Примечание"}
	cells := []string{"", "", "1.", "2", "Прием на службу", "прием на службу", "Увольнение", "службы и отпуска", "межведомственный", "внутриведомственный", "МВ", "отдел кадровой работы", "отдела бухгалтерского",
		"приказ № 5 от 01.02.2026", "приказ от", "№", "01.02.2026", "32.13.2026", "«»", "—", "Итого: 5", "Межведомственные процессы", "Начальник отдела", extra}
	d := &office.Doc{Format: []string{"docx", "xlsx", "csv"}[r.IntN(3)], Sections: []office.Section{{Name: "Межведомственные"}}}
	for range 1 + r.IntN(3) {
		wide := 1 + r.IntN(6)
		t := &office.Table{}
		for i := range 2 + r.IntN(12) {
			row := office.Row{Line: i*(1+r.IntN(2)) + 1, Page: r.IntN(3)}
			for range wide {
				from := cells
				if i == 0 {
					from = heads
				}
				row.Cells = append(row.Cells, office.Cell{Text: from[r.IntN(len(from))]})
			}
			t.Rows = append(t.Rows, row)
		}
		for range r.IntN(4) {
			y, x := r.IntN(len(t.Rows)), r.IntN(wide)
			t.Rows[y].Cells[x].RowSpan, t.Rows[y].Cells[x].ColSpan = r.IntN(4), r.IntN(4)
			if y+1 < len(t.Rows) {
				t.Rows[y+1].Cells[x].Covered = true
			}
		}
		if r.IntN(2) == 0 {
			d.Sections[0].Blocks = append(d.Sections[0].Blocks, office.P(office.Body, cells[r.IntN(len(cells))]))
		}
		d.Sections[0].Blocks = append(d.Sections[0].Blocks, t)
	}
	return d
}

func FuzzParseProcesses(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed, "Отпуск")
	}
	p := load(f, komzan)
	f.Fuzz(func(t *testing.T, seed uint64, extra string) {
		if len(extra) > 500 {
			return
		}
		d, err := ParseProcesses(randomProcesses(seed, extra), "x", p, processDepartments)
		if err != nil {
			if e, ok := err.(*Error); !ok || strings.Contains(e.Text, "\n") {
				t.Errorf("%v", err)
			}
			return
		}
		opt := ProcessOptions{On: "2026-01-01"}
		pl := d.Against(nil, opt)
		keys := map[string]bool{}
		for _, x := range pl.Target.Processes {
			if x.Title == "" || keys[x.Key] {
				t.Errorf("%+v", x)
			}
			keys[x.Key] = true
		}
		if again := d.Against(pl.Target, opt); len(again.Changes) > 0 {
			t.Errorf("read twice changes %+v %+v %+v", again.Included, again.Changed, again.Excluded)
		}
	})
}
