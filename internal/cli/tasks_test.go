package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTasksAtTheTerminal: a process taken out of the реестр процессов opens tasks; one is closed with a reason.
func TestTasksAtTheTerminal(t *testing.T) {
	p := committee(t, true)
	if out := p.must("tasks"); !strings.Contains(out, "0\u00a0задач") {
		t.Errorf("the first import opened tasks:\n%s", out)
	}
	var processes []struct{ Title string }
	p.facts(&processes, "processes")
	lines := []string{"Наименование функции"}
	for _, x := range processes[1:] {
		lines = append(lines, `"`+x.Title+`"`)
	}
	p.must("processes", "import", csvFile(t, lines...), "--accept", "--ground", "4.1", "--act", "приказ № 12 от 01.06.2026")
	var tasks []struct {
		Key, Reason, Clause, Due, Subject string
		Left                              *int `json:"left_working_days"`
	}
	p.facts(&tasks, "tasks")
	if len(tasks) == 0 || !strings.Contains(tasks[0].Reason, processes[0].Title) || !strings.HasPrefix(tasks[0].Clause, "4.1") {
		t.Fatalf("got %+v", tasks)
	}
	if out := p.must("tasks"); !strings.Contains(out, "отвечает:") || !strings.Contains(out, tasks[0].Key) {
		t.Errorf("the list:\n%s", out)
	}
	if code, _, errs := p.run("tasks", "close", tasks[0].Key); code != exitUsage || !strings.Contains(errs, "--reason") {
		t.Errorf("without a reason: code %d, %s", code, errs)
	}
	p.must("tasks", "close", tasks[0].Key, "--reason", "точка нужна по приказу № 8")
	if code, _, errs := p.run("tasks", "close", tasks[0].Key, "--reason", "ещё раз"); code != exitRefused || !strings.Contains(errs, "уже закрыта") {
		t.Errorf("closed twice: code %d, %s", code, errs)
	}
	if out := p.must("tasks", "--state", "closed"); !strings.Contains(out, "точка нужна по приказу № 8") {
		t.Errorf("closed ones:\n%s", out)
	}
	if code, _, errs := p.run("tasks", "--state", "many"); code != exitUsage || !strings.Contains(errs, "overdue") {
		t.Errorf("an unknown state: code %d, %s", code, errs)
	}
	var reminders []struct{ Event, Text string }
	p.facts(&reminders, "tasks", "remind")
}

func TestCalendarAtTheTerminal(t *testing.T) {
	p := committee(t, true)
	var f struct {
		Year         int
		Source       string
		Own          bool
		WorkingDays  int `json:"working_days"`
		Days, Months []any
	}
	p.facts(&f, "calendar", "2024")
	if f.WorkingDays != 248 || !strings.Contains(f.Source, "№ 1314") || len(f.Months) != 12 || f.Own {
		t.Errorf("2024: %+v", f)
	}
	if out := p.must("calendar", "2026"); !strings.Contains(out, "247\u00a0рабочих дней") || !strings.Contains(out, "перенос с субботы 3 января") {
		t.Errorf("2026:\n%s", out)
	}
	if code, _, errs := p.run("calendar", "2027"); code != exitRefused || !strings.Contains(errs, "2027 год не внесён") {
		t.Errorf("2027: code %d, %s", code, errs)
	}
	if code, _, errs := p.run("calendar", "завтра"); code != exitUsage || !strings.Contains(errs, "не год") {
		t.Errorf("no year: code %d, %s", code, errs)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "2027.xml")
	if err := os.WriteFile(file, []byte(`<calendar year="2027"><days><day d="01.01" t="1"/></days></calendar>`), 0o644); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := p.run("calendar", "import", file); code != exitUsage || !strings.Contains(errs, "--source") {
		t.Errorf("without a source: code %d, %s", code, errs)
	}
	if out := p.must("calendar", "import", file, "--source", "постановление о 2027 годе", "--ground", "вышло постановление"); !strings.Contains(out, "Календарь 2027 года внесён") {
		t.Errorf("imported:\n%s", out)
	}
	p.facts(&f, "calendar", "2027")
	if !f.Own || f.WorkingDays != 260 {
		t.Errorf("2027: %+v", f)
	}
	for _, name := range []string{"c.csv", "c.xlsx"} {
		out := filepath.Join(dir, name)
		p.must("calendar", "2026", "-o", out)
		if code, _, errs := p.run("calendar", "import", out, "--source", "из файла "+name, "--ground", "проверка"); code != exitDone {
			t.Errorf("%s is not read back: %s", name, errs)
		}
	}
	if code, _, errs := p.run("calendar", "import", filepath.Join(dir, "c.xlsx"), "--source", "из файла c.xlsx", "--ground", "проверка"); code != exitRefused || !strings.Contains(errs, "менять нечего") {
		t.Errorf("the same again: code %d, %s", code, errs)
	}
}
