package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/register"
)

// processImports is the part of processes import --json that the tests look at.
type processImports struct {
	Processes []struct {
		Title, Scope, Department string
		Source                   register.Source
	}
	Changes  struct{ Included, Changed, Excluded int }
	Items    []struct{ Op, Text string }
	Tasks    []register.Task
	Findings []struct{ Rule, Text string }
}

// csvFile writes a table as people save it from a spreadsheet.
func csvFile(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "reestr.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\r\n")+"\r\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

const kadry = "отдел организационной, кадровой работы и противодействия коррупции"

func TestTheProcessRegisterIsReadAcceptedPrintedAndReadAgain(t *testing.T) {
	p := committee(t, true)
	var before []register.Process
	p.facts(&before, "processes")
	if len(before) != 3 {
		t.Fatalf("%d processes", len(before))
	}
	lines := []string{"№;Наименование функции;Вид;Направление;Структурное подразделение;Акт о включении"}
	for _, x := range before {
		lines = append(lines, `1;"`+x.Title+`";внутриведомственный;Кадры;"`+kadry+`";приказ № 5 от 01.02.2026`)
	}
	log := p.must("log")
	// The titles alone change nothing.
	var got processImports
	titles := []string{"Процесс"}
	for _, x := range before {
		titles = append(titles, `"`+x.Title+`"`)
	}
	p.facts(&got, "processes", "import", csvFile(t, titles...), "--accept", "--ground", "4.1")
	if got.Changes.Included+got.Changes.Changed+got.Changes.Excluded != 0 || p.must("log") != log {
		t.Errorf("the same titles: %+v", got.Changes)
	}
	file := csvFile(t, append(lines, "4;Командировки;межведомственный;Учет;отдел снов;по решению руководства")...)
	got = processImports{}
	p.facts(&got, "processes", "import", file)
	if got.Changes.Included != 1 || got.Changes.Changed != 3 || got.Changes.Excluded != 0 || p.must("log") != log {
		t.Errorf("a dry run: %+v, and the log must not change", got.Changes)
	}
	if len(got.Findings) != 2 || got.Processes[3].Source.Line+got.Processes[3].Source.Row == 0 {
		t.Errorf("want a doubt of the department and one of the act, and places: %+v %+v", got.Findings, got.Processes[3])
	}
	if out := p.must("processes", "import", file, "--accept", "--ground", "4.1"); !strings.Contains(out, "Записано: включено 1, изменено 3, исключено 0") {
		t.Errorf("accepted:\n%s", out)
	}
	accepted := p.must("log")
	got = processImports{}
	p.facts(&got, "processes", "import", file, "--accept", "--ground", "4.1")
	if len(got.Items) != 0 || p.must("log") != accepted {
		t.Errorf("the same file again: %+v", got.Items)
	}
	// What is not in the file any more is excluded by an act, and stays to be looked at.
	got = processImports{}
	less := csvFile(t, append(lines[:2:2], lines[3:]...)...)
	p.facts(&got, "processes", "import", less, "--partial")
	if got.Changes.Excluded != 0 {
		t.Errorf("a part of the register: %+v", got.Changes)
	}
	p.facts(&got, "processes", "import", less, "--accept", "--ground", "4.1", "--act", "приказ № 12 от 01.06.2026")
	if got.Changes.Excluded != 2 {
		t.Errorf("one less: %+v", got.Items)
	}
	list := p.must("processes")
	if strings.Count(list, "исключён: приказ №\u00a012 от\u00a001.06.2026") != 2 {
		t.Errorf("the list:\n%s", list)
	}
	// Printed and read back, in each form, it is the same.
	for _, format := range []string{"docx", "odt", "xlsx"} {
		out := filepath.Join(t.TempDir(), "reestr."+format)
		p.must("processes", "-o", out)
		got = processImports{}
		p.facts(&got, "processes", "import", out, "--accept", "--ground", "4.1")
		if len(got.Processes) != 4 || len(got.Items) != 0 || len(got.Findings) != 1 { // the act that nobody can read is still told
			t.Errorf("%s: %d processes, %+v, %+v", format, len(got.Processes), got.Items, got.Findings)
		}
	}
	p.must("processes", "-o", filepath.Join(t.TempDir(), "reestr.pdf"))
}

// The foot of a printed register stands in two columns too, and is no process.
func TestAProcessRegisterOfTitlesAloneReadsBack(t *testing.T) {
	p := committee(t, true)
	for _, format := range []string{"docx", "odt", "xlsx"} {
		out := filepath.Join(t.TempDir(), "reestr."+format)
		p.must("processes", "-o", out)
		var got processImports
		p.facts(&got, "processes", "import", out)
		if len(got.Processes) != 3 || len(got.Items) != 0 || len(got.Findings) != 0 {
			t.Errorf("%s: %+v %+v", format, got.Processes, got.Items)
		}
	}
}

func TestFilesThatAreNoProcessRegister(t *testing.T) {
	p := committee(t, true)
	log := p.must("log")
	for name, c := range map[string]struct {
		file string
		code int
		want string
	}{
		"the report":       {order(t, "komzan-otchet.xlsx"), exitRefused, "перечень точек взаимодействия"},
		"another table":    {csvFile(t, "Фамилия;Оклад", "Иванов;10"), exitRefused, "не найдена таблица реестра процессов"},
		"no such file":     {filepath.Join(t.TempDir(), "net.docx"), exitRefused, "net.docx"},
		"a broken archive": {broken(t), exitRefused, "broken.docx"},
	} {
		code, _, errs := p.run("processes", "import", c.file, "--accept", "--ground", "4.1")
		if code != c.code || !strings.Contains(errs, c.want) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("%s: exit code %d: %s", name, code, errs)
		}
	}
	if code, _, errs := p.run("processes", "import", csvFile(t, "Процесс", "Прием"), "--accept"); code != exitUsage || !strings.Contains(errs, "--ground") {
		t.Errorf("without a ground: %d %s", code, errs)
	}
	if code, _, errs := p.run("processes", "import", csvFile(t, "Процесс", "Прием"), "--act", "вчера"); code != exitUsage || !strings.Contains(errs, "--act") {
		t.Errorf("an act nobody can read: %d %s", code, errs)
	}
	if p.must("log") != log {
		t.Error("a refused file changed the log")
	}
}

func broken(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "broken.docx")
	if err := os.WriteFile(path, []byte("PK\x03\x04 not an archive"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}
