package upkeep

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/workday"
)

func order() *procedure.Procedure {
	return &procedure.Procedure{
		Kinds: []procedure.Kind{{Code: "phone", Title: "Телефон", Class: register.Digital}, {Code: "office", Title: "Кабинет", Class: register.Offline}},
		Actualise: procedure.Actualisation{Clause: "4.1", DeadlineDays: 5, PeriodMonths: 3, Grounds: []procedure.Ground{
			{Code: "process", Clause: "4.1", Item: 2}, {Code: "kind", Clause: "4.1", Item: 3}, {Code: "needs", Clause: "4.1"}}},
	}
}

func usage(process, point string, needs ...string) register.Usage {
	u := register.Usage{Key: process + "." + point, Process: process, Touchpoint: point}
	for _, n := range needs {
		u.Needs = append(u.Needs, register.NeedRef{Code: n, Text: "потребность " + n})
	}
	return u
}

// body has two processes of two departments; the telephone is used in both, the room in one.
func body() *register.Register {
	return &register.Register{
		Departments: []register.Department{{Key: "kadry", Title: "отдел кадров"}, {Key: "it", Title: "отдел ИТ"}},
		Processes:   []register.Process{{Key: "hire", Title: "Приём", Department: "kadry"}, {Key: "post", Title: "Почта", Department: "it"}},
		Touchpoints: []register.Touchpoint{{Key: "tel", Kind: "phone", Label: "Телефон"}, {Key: "room", Kind: "office", Label: "Кабинет"}},
		Usages:      []register.Usage{usage("hire", "tel", "info"), usage("hire", "room", "forms"), usage("post", "tel", "info", "forms")},
	}
}

func put(kind register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Amend, Kind: kind, Key: key, Content: register.Encode(v)}
}

func drop(kind register.Kind, key string) register.Change {
	return register.Change{Op: register.Exclude, Kind: kind, Key: key}
}

// apply does the changes and what follows from them, on a Friday.
func apply(t *testing.T, r *register.Register, on register.Date, changes ...register.Change) *register.Register {
	t.Helper()
	after, err := ledger.Apply(r, changes)
	if err != nil {
		t.Fatal(err)
	}
	more := consequences(r, after, order(), CalendarOf(after), on)
	for _, c := range more {
		if c.Kind != register.KindTask {
			t.Fatalf("a consequence of kind %s", c.Kind)
		}
	}
	if after, err = ledger.Apply(after, more); err != nil {
		t.Fatal(err)
	}
	return after
}

// brief says the tasks as «subject department due [outcome]».
func brief(r *register.Register) []string {
	var s []string
	for _, t := range r.Tasks {
		code, _, _ := strings.Cut(t.Key, "-")
		s = append(s, strings.Join(strings.Fields(strings.Join([]string{code, t.Subject, t.Department, string(t.Due), t.Outcome}, " ")), " "))
	}
	slices.Sort(s)
	return s
}

const friday = "2026-11-20"

func TestTasksOfClause41(t *testing.T) {
	r := body()
	hire, post := r.Processes[0], r.Processes[1]
	ended := hire
	ended.Excluded = &register.Act{Kind: "приказ", Number: "7"}
	closing := hire
	closing.To = "2026-12-31"
	tel, room := r.Touchpoints[0], r.Touchpoints[1]
	asOffice := tel
	asOffice.Kind = "office"
	moved := tel
	moved.Value = "22-33-44"
	more := usage("post", "tel", "info", "forms", "result")
	for name, c := range map[string]struct {
		changes []register.Change
		want    []string
	}{
		"a process excluded with its interactions": {[]register.Change{drop(register.KindUsage, "hire.tel"), drop(register.KindUsage, "hire.room"), drop(register.KindProcess, "hire")},
			[]string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27"}},
		"a process ended by an act": {[]register.Change{put(register.KindProcess, "hire", ended)}, []string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27"}},
		"a process ended by a day":  {[]register.Change{put(register.KindProcess, "hire", closing)}, []string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27"}},
		"a process included":        {[]register.Change{put(register.KindProcess, "leave", register.Process{Key: "leave", Title: "Отпуск", Department: "it"})}, []string{"process leave it 2026-11-27"}},
		"a process included with its points": {[]register.Change{put(register.KindProcess, "leave", register.Process{Key: "leave", Title: "Отпуск"}),
			put(register.KindUsage, "leave.tel", usage("leave", "tel", "info"))}, nil},
		"a process renamed": {[]register.Change{put(register.KindProcess, "post", register.Process{Key: "post", Title: "Другое", Department: post.Department})}, nil},
		"a kind changed":    {[]register.Change{put(register.KindTouchpoint, "tel", asOffice)}, []string{"kind tel 2026-11-27"}},
		"a kind changed and all interactions with it": {[]register.Change{put(register.KindTouchpoint, "tel", asOffice),
			put(register.KindUsage, "hire.tel", usage("hire", "tel", "forms")), put(register.KindUsage, "post.tel", usage("post", "tel", "forms"))}, nil},
		"a telephone number changed": {[]register.Change{put(register.KindTouchpoint, "tel", moved)}, nil},
		"a need added":               {[]register.Change{put(register.KindUsage, "post.tel", more)}, []string{"needs tel it 2026-11-27"}},
		"a need dropped":             {[]register.Change{put(register.KindUsage, "post.tel", usage("post", "tel", "info"))}, []string{"needs tel it 2026-11-27"}},
		"a need in other words": {[]register.Change{put(register.KindUsage, "hire.tel", register.Usage{Key: "hire.tel", Process: "hire", Touchpoint: "tel",
			Needs: []register.NeedRef{{Code: "info", Text: "сведения"}}})}, nil},
		"a need dropped where the point itself was amended":         {[]register.Change{put(register.KindUsage, "post.tel", usage("post", "tel", "info")), put(register.KindTouchpoint, "tel", moved)}, nil},
		"an interaction excluded whose needs others satisfy":        {[]register.Change{drop(register.KindUsage, "hire.tel")}, nil},
		"an interaction excluded with a need nobody else satisfies": {[]register.Change{drop(register.KindUsage, "post.tel")}, []string{"needs tel it 2026-11-27"}},
		"a point excluded with its interactions":                    {[]register.Change{drop(register.KindUsage, "hire.room"), drop(register.KindTouchpoint, "room")}, nil},
		"an interaction included":                                   {[]register.Change{put(register.KindUsage, "post.room", usage("post", "room", "result"))}, nil},
		"a place in the report":                                     {[]register.Change{put(register.KindTouchpoint, "room", register.Touchpoint{Key: "room", Kind: room.Kind, Label: room.Label, Position: 9})}, nil},
	} {
		if diff := cmp.Diff(c.want, brief(apply(t, r, friday, c.changes...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestFormingARegisterOpensNothing: the first import of a report is no actualisation.
func TestFormingARegisterOpensNothing(t *testing.T) {
	var changes []register.Change
	r := body()
	for _, p := range r.Processes {
		changes = append(changes, put(register.KindProcess, p.Key, p))
	}
	for _, p := range r.Touchpoints {
		changes = append(changes, put(register.KindTouchpoint, p.Key, p))
	}
	for _, u := range r.Usages {
		changes = append(changes, put(register.KindUsage, u.Key, u))
	}
	if got := brief(apply(t, &register.Register{}, friday, changes...)); got != nil {
		t.Errorf("got %v, want no tasks", got)
	}
}

func TestTaskSaysWhyAndBySomeClause(t *testing.T) {
	r := body()
	ended := r.Processes[0]
	ended.Excluded = &register.Act{Number: "7"}
	asOffice := r.Touchpoints[0]
	asOffice.Kind = "office"
	got := apply(t, r, friday, put(register.KindProcess, "hire", ended)).Tasks[0]
	if got.Clause != "4.1, абзац 2" || got.Reason != "Процесс «Приём» исключён из реестра процессов." || got.Opened != friday || got.Days != 5 {
		t.Errorf("got %+v", got)
	}
	got = apply(t, r, friday, put(register.KindTouchpoint, "tel", asOffice)).Tasks[0]
	if got.Reason != "Вид точки изменён: был «Телефон», стал «Кабинет». Точка была цифровой, стала офлайн-точкой." || got.Clause != "4.1, абзац 3" {
		t.Errorf("got %+v", got)
	}
	got = apply(t, r, friday, put(register.KindUsage, "post.tel", usage("post", "tel", "info", "result"))).Tasks[0]
	if got.Reason != "В точке изменены удовлетворяемые потребности (процесс «Почта»): добавлено «потребность result»; больше нет: «потребность forms»." || got.Clause != "4.1" {
		t.Errorf("got %+v", got)
	}
}

// TestOneCauseIsOneTask: asked again while open it changes nothing; once closed it is opened anew under its key.
func TestOneCauseIsOneTask(t *testing.T) {
	first := apply(t, body(), friday, put(register.KindUsage, "post.tel", usage("post", "tel", "info")))
	again := apply(t, first, "2026-11-24", put(register.KindUsage, "post.tel", usage("post", "tel", "info", "forms")))
	if diff := cmp.Diff(first.Tasks, again.Tasks); diff != "" {
		t.Errorf("the open task has changed (-want +got):\n%s", diff)
	}
	closed := apply(t, again, "2026-11-25", put(register.KindConfirmation, "tel", register.Confirmation{Key: "tel", Date: "2026-11-25"}))
	if got := brief(closed); !cmp.Equal(got, []string{"needs tel it 2026-11-27 подтверждено"}) || closed.Tasks[0].Done != "2026-11-25" {
		t.Errorf("after a confirmation: got %v", got)
	}
	anew := apply(t, closed, "2026-11-30", put(register.KindUsage, "post.tel", usage("post", "tel", "info")))
	if got := brief(anew); !cmp.Equal(got, []string{"needs tel it 2026-12-07"}) || anew.Tasks[0].Key != first.Tasks[0].Key {
		t.Errorf("opened anew: got %v", got)
	}
}

func TestTasksAreClosedByWhatIsDone(t *testing.T) {
	r := body()
	ended := r.Processes[0]
	ended.Excluded = &register.Act{Number: "7"}
	open := apply(t, r, friday, put(register.KindProcess, "hire", ended))
	moved := r.Touchpoints[0]
	moved.Value = "22-33-44"
	for name, c := range map[string]struct {
		changes []register.Change
		want    []string
	}{
		"the point amended, but still in the excluded process": {[]register.Change{put(register.KindTouchpoint, "tel", moved)}, []string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27"}},
		"its interaction excluded":                             {[]register.Change{drop(register.KindUsage, "hire.tel")}, []string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27 изменено"}},
		"the point excluded":                                   {[]register.Change{drop(register.KindUsage, "hire.room"), drop(register.KindTouchpoint, "room")}, []string{"process room kadry 2026-11-27 исключено", "process tel kadry 2026-11-27"}},
		"both confirmed": {[]register.Change{put(register.KindConfirmation, "tel", register.Confirmation{Key: "tel", Date: friday}), put(register.KindConfirmation, "room", register.Confirmation{Key: "room", Date: friday})},
			[]string{"process room kadry 2026-11-27 подтверждено", "process tel kadry 2026-11-27 подтверждено"}},
		"something else": {[]register.Change{put(register.KindUsage, "post.tel", func() register.Usage { u := usage("post", "tel", "info", "forms"); u.Text = "иначе"; return u }())},
			[]string{"process room kadry 2026-11-27", "process tel kadry 2026-11-27"}},
	} {
		if diff := cmp.Diff(c.want, brief(apply(t, open, "2026-11-23", c.changes...))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	open = apply(t, r, friday, put(register.KindProcess, "leave", register.Process{Key: "leave", Title: "Отпуск"}))
	if got := brief(apply(t, open, "2026-11-23", put(register.KindUsage, "leave.tel", usage("leave", "tel", "info")))); !cmp.Equal(got, []string{"process leave 2026-11-27 точки указаны"}) {
		t.Errorf("points given: got %v", got)
	}
	if got := brief(apply(t, open, "2026-11-23", drop(register.KindProcess, "leave"))); !cmp.Equal(got, []string{"process leave 2026-11-27 исключено"}) {
		t.Errorf("process excluded again: got %v", got)
	}
}

// TestDeadlinesFollowTheCalendar: a corrected year moves open tasks and leaves closed ones; a year that is not known gives no
// deadline until it is.
func TestDeadlinesFollowTheCalendar(t *testing.T) {
	open := apply(t, body(), friday, drop(register.KindUsage, "hire.room"), drop(register.KindUsage, "hire.tel"), drop(register.KindProcess, "hire"))
	half := apply(t, open, friday, put(register.KindConfirmation, "room", register.Confirmation{Key: "room", Date: friday}))
	y, _ := workday.Shipped().Year(2026)
	y.Days = append(y.Days, workday.Special{Date: "2026-11-24", Kind: workday.Off})
	got := brief(apply(t, half, "2026-11-23", put(register.KindCalendar, "2026", RegisterYear(y))))
	if want := []string{"process room kadry 2026-11-27 подтверждено", "process tel kadry 2026-11-30"}; !cmp.Equal(got, want) {
		t.Errorf("a day off more: got %v, want %v", got, want)
	}
	late := apply(t, body(), "2026-12-28", put(register.KindUsage, "post.tel", usage("post", "tel", "info")))
	if got := brief(late); !cmp.Equal(got, []string{"needs tel it"}) {
		t.Errorf("a deadline in an unknown year: got %v", got)
	}
	next := register.CalendarYear{Key: "2027", Days: []register.CalendarDay{}}
	for _, d := range []register.Date{"2027-01-01", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08"} {
		next.Days = append(next.Days, register.CalendarDay{Date: d, Kind: workday.Holiday})
	}
	if got := brief(apply(t, late, "2026-12-29", put(register.KindCalendar, "2027", next))); !cmp.Equal(got, []string{"needs tel it 2027-01-13"}) {
		t.Errorf("once the year is known: got %v", got)
	}
}

func TestConsequencesAreCanonical(t *testing.T) {
	r := body()
	after, _ := ledger.Apply(r, []register.Change{drop(register.KindUsage, "hire.room"), drop(register.KindUsage, "hire.tel"), drop(register.KindProcess, "hire")})
	for _, c := range consequences(r, after, order(), CalendarOf(after), friday) {
		var task register.Task
		if err := json.Unmarshal(c.Content, &task); err != nil || string(register.Encode(task)) != string(c.Content) || task.Key != c.Key {
			t.Errorf("%s: content is not what the log takes: %v", c.Key, err)
		}
	}
}
