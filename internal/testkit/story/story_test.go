package story

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"perechen/procedures"
)

func TestAQuarterOfTwoBodies(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	run(t, "init", "--data", data)
	base := serve(t, data)

	// The first one to come makes the administrator's account; there is no default password.
	admin := newPerson(t, base, "admin")
	admin.open("/-/sign-in")
	admin.sees("Первый запуск")
	admin.fill("name", "Админова А.А.")
	admin.fill("login", "admin")
	admin.fill("password", password)
	admin.press("Завести и войти")

	for _, body := range []string{"Комитет", "Министерство"} {
		admin.open("/-/bodies/new")
		admin.fill("shipped", body)
		admin.press("Прочитать порядок")
		admin.press("Добавить орган")
	}
	for login, name := range map[string]string{
		"k-officer": "Уполномоченная К.К.", "k-dept": "Отделова К.К.", "k-head": "Председатель К.К.",
		"m-officer": "Уполномоченный М.М.", "m-dept": "Отделов М.М.", "m-head": "Министр М.М.",
	} {
		admin.open("/-/accounts/new")
		admin.fill("name", name)
		admin.fill("login", login)
		admin.fill("password", password)
		admin.press("Завести")
	}
	for _, x := range [][4]string{
		{"komzan", "уполномоченное лицо", "k-officer", "весь орган"}, {"komzan", "сотрудник отдела", "k-dept", "отдел"}, {"komzan", "руководитель", "k-head", "весь орган"},
		{"minec", "уполномоченное лицо", "m-officer", "весь орган"}, {"minec", "сотрудник отдела", "m-dept", "отдел"}, {"minec", "руководитель", "m-head", "весь орган"},
	} {
		admin.open("/" + x[0] + "/people/new")
		admin.fill("role", x[1])
		admin.fill("person", "по приказу: "+x[2])
		admin.fill("account", "("+x[2]+")")
		admin.fill("department", x[3])
		admin.fill("act.number", "15-к")
		admin.fill("act.date", "2026-01-12")
		admin.press("Назначить")
		admin.sees(x[2])
	}

	officer, dept, head := newPerson(t, base, "officer"), newPerson(t, base, "dept"), newPerson(t, base, "head")
	officer.signIn("k-officer")
	dept.signIn("k-dept")
	head.signIn("k-head")

	// The register of processes comes from a file, and tasks of clause 4.1 follow.
	officer.open("/komzan/process-register/import")
	officer.upload("file", processes(t))
	officer.press("Прочитать и показать")
	officer.sees("прочитано 3 процесса", "Откроется 3 задачи")
	officer.press("Внести 3 изменения")
	dept.open("/komzan/desk")
	dept.sees("3")
	dept.open("/komzan/tasks")
	dept.sees("включён в реестр процессов, а точек взаимодействия у него нет", "4.1")

	// The department hands in its table whole, as one proposal.
	dept.open("/komzan/bulk")
	dept.upload("file", order(t, "komzan-otchet.xlsx"))
	dept.press("Прочитать")
	dept.press("Отправить на проверку")
	dept.sees("Отправлено на проверку")
	officer.open("/komzan/proposals")
	officer.press("Официальный сайт")
	officer.fill("r.touchpoint.tel-78672649022.", "Проверьте номер: не отвечает")
	officer.press("Вернуть с замечаниями")
	officer.sees("возвращ")
	dept.open("/komzan/desk")
	dept.press("Официальный сайт")
	dept.sees("Проверьте номер: не отвечает")
	dept.press("Отправить")
	officer.open("/komzan/proposals")
	officer.press("Официальный сайт")
	officer.press("Включить")
	officer.sees("включено в перечень")
	officer.open("/komzan/")
	officer.sees("8 (8672) 64-90-22", "3 процесса")

	// A changed telephone: at most five actions to propose, at most three to include.
	dept.actions = 0
	dept.open("/komzan/points/tel-78672649022")
	dept.press("Предложить изменение")
	dept.fill("p.tel-78672649022.value", "8 (8672) 64-90-33")
	dept.press("Отправить на проверку")
	if dept.actions > 5 {
		t.Errorf("%d actions to propose a telephone", dept.actions)
	}
	officer.actions = 0
	officer.open("/komzan/proposals")
	officer.press("Телефон")
	officer.press("Включить")
	officer.sees("включено в перечень")
	if officer.actions > 3 {
		t.Errorf("%d actions to include it", officer.actions)
	}
	officer.open("/komzan/")
	officer.sees("8 (8672) 64-90-33")

	// «Всё верно»: one click for all points of the department; who confirmed what when is on the register.
	dept.open("/komzan/confirm")
	dept.press("Показать все точки")
	dept.press("Всё верно")
	officer.open("/komzan/points/tel-78672649022")
	officer.sees("Подтверждение", time.Now().Format("02.01.2006"))

	// The officer prepares an edition, and only another may approve it.
	officer.open("/komzan/editions/prepare")
	officer.press("Подготовить редакцию")
	officer.sees("утвердить её должен другой человек")
	head.open("/komzan/desk")
	head.press("Редакция № 1")
	head.fill("act_number", "44-р")
	head.fill("act_date", "2026-03-31")
	head.press("Утвердить")
	head.open("/komzan/editions/1")
	head.sees("44-р", "31.03.2026")
	for format, least := range map[string]int{"docx": 5_000, "odt": 5_000, "xlsx": 5_000, "pdf": 20_000} {
		if n := head.download("/komzan/report." + format + "?edition=1"); n < least {
			t.Errorf("the report of the edition as %s has %d bytes", format, n)
		}
	}

	// Another body's people see nothing of this one's work, and change nothing.
	other := newPerson(t, base, "other")
	other.signIn("m-officer")
	other.open("/minec/desk")
	other.sees("уполномоченное лицо")
	for _, path := range []string{"/komzan/desk", "/komzan/proposals", "/komzan/tasks", "/komzan/people", "/komzan/editions/prepare", "/komzan/points/tel-78672649022/edit"} {
		if status := other.status(path); status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("another body's officer gets %d at %s", status, path)
		}
	}

	// An appointment is revoked while its person has a form open: what he sends then is refused and writes nothing.
	dept.open("/komzan/points/tel-78672649022/edit")
	dept.fill("p.tel-78672649022.value", "8 (8672) 64-90-44")
	admin.open("/komzan/people")
	admin.press("по приказу: k-dept")
	admin.press("Отозвать назначение")
	admin.sees("отозвано")
	dept.press("Отправить на проверку")
	dept.sees("403")
	officer.open("/komzan/proposals")
	if strings.Contains(officer.text(), "64-90-44") {
		t.Error("what a revoked person sent is in the queue")
	}
	if out := run(t, "verify", "--data", data); !strings.Contains(out, "Журнал цел") {
		t.Error(out)
	}
	if out := run(t, "doctor", "--data", data, "--zone", "Asia/Vladivostok"); !strings.Contains(out, "+10:00") {
		t.Errorf("by which zone its days go: %s", out)
	}
}

// order writes a file of the orders into a folder of its own.
func order(t *testing.T, name string) string {
	t.Helper()
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// processes is a register of processes as a body has it.
func processes(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "reestr.csv")
	text := "Наименование процесса;Вид;Ответственный отдел;Акт включения\n" +
		"Поступление на государственную гражданскую службу (прием на работу);внутриведомственный;отдел организационной, кадровой работы и противодействия коррупции;приказ № 3-р от 12.01.2026\n" +
		"Сопровождение процесса прохождения государственной гражданской службы;внутриведомственный;отдел организационной, кадровой работы и противодействия коррупции;приказ № 3-р от 12.01.2026\n" +
		"Увольнение с государственной гражданской службы;внутриведомственный;отдел организационной, кадровой работы и противодействия коррупции;приказ № 3-р от 12.01.2026\n"
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
