package intake

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
)

// TestRowsThatWereReadWrong holds rows of tables as people fill them in, each by what went wrong with it.
func TestRowsThatWereReadWrong(t *testing.T) {
	const (
		dig   = "Взаимодействие в цифровой точке"
		off   = "Взаимодействие в офлайн-точке"
		info  = "Получение информации"
		talk  = "Получение консультации"
		phone = "Телефон: 8 (8672) 64-90-22"
		room  = "Место приема сотрудников"
		mail  = "Почта: info@trud.alania.gov.ru"
	)
	p := load(t, komzan)
	for name, c := range map[string]struct {
		rows []string
		want []string
	}{
		"a total beside counts became a process": {[]string{
			"1. | Приём | " + phone + " | " + info + " | " + off,
			" | Итого: 1 направление | 1 точка | 1 взаимодействие | ",
			"Всего | 1 | 1 | 1 | "},
			[]string{"Приём | phone " + phone + " | info | о", "- Итого: 1 направление | 1 точка | 1 взаимодействие", "- Всего | 1 | 1 | 1"}},
		"the mark of a note became a part of the telephone": {[]string{
			"1. | Приём¹ | " + phone + "¹ | " + info + "* | " + off,
			" | | Кабинет 20 м² | " + info + " | " + off},
			[]string{"Приём | phone " + phone + " | info | о", "Приём | office Кабинет 20 м² | info | о", "! R13 оформление ×1"}},
		"a place after a telephone and a comma was lost": {[]string{
			"1. | Приём | " + phone + ", " + room + " | " + info + " | " + off,
			"2. | Отпуск | " + phone + ", г. Владикавказ, пр. Мира, 25 | " + info + " | " + off},
			[]string{"Приём | phone " + phone + " | info | о", "Приём | office " + room + " | info | о", "Отпуск | phone " + phone + " | info | о", "! R13 оформление ×2"}},
		"cells that go line by line were taken for one": {[]string{
			"1. | Приём | " + phone + "¶" + mail + " | " + info + "¶" + talk + " | " + off + "¶" + dig},
			[]string{"Приём | phone " + phone + " | info | о", "Приём | email " + mail + " | consultation | ц"}},
		"classes line by line, one interaction": {[]string{
			"1. | Приём | " + phone + "¶" + mail + " | " + info + " | " + off + "¶" + dig},
			[]string{"Приём | phone " + phone + " | info | о", "Приём | email " + mail + " | info | ц"}},
		"classes line by line, a list of needs as long": {[]string{
			"1. | Приём | " + phone + "¶" + mail + " | " + info + ";¶" + strings.ToLower(talk) + " | " + off + "¶" + dig},
			[]string{"Приём | phone " + phone + " | info consultation | о", "Приём | email " + mail + " | info consultation | ц"}},
		"points and interactions numbered alike": {[]string{
			"1. | Приём | 1) " + phone + "¶2) " + mail + " | 1) " + info + "¶2) " + talk + " | "},
			[]string{"Приём | phone " + phone + " | info | ?", "Приём | email " + mail + " | consultation | ?"}},
		"as many lines as points and nothing to tell by": {[]string{
			"1. | Приём | " + phone + "¶" + room + " | " + info + "¶" + talk + " | " + off},
			[]string{"Приём | phone " + phone + " | info consultation | о", "Приём | office " + room + " | info consultation | о", "! R13 неясность ×1"}},
		"a class wrapped over as many lines as there are points": {[]string{
			"1. | Приём | " + phone + "¶" + room + " | " + info + " | Взаимодействие в¶офлайн-точке"},
			[]string{"Приём | phone " + phone + " | info | о", "Приём | office " + room + " | info | о"}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse(document("docx", grid(append([]string{head}, c.rows...)...)), "отчёт", p)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, lines(d)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
				for _, f := range d.Findings {
					t.Log(f.Rule, f.Text)
				}
			}
		})
	}
}

// TestHeadingsWithoutRows: a form with nothing filled in was read as a register of nothing, and its import would have
// struck out every row there was.
func TestHeadingsWithoutRows(t *testing.T) {
	p := load(t, komzan)
	for name, table := range map[string]*office.Table{
		"no rows":            grid(head),
		"blank rows":         grid(head, "| | | |", "1 | 2 | 3 | 4 | 5", "| | | |"),
		"rows of no process": grid(head, " | | Телефон: 8 (8672) 64-90-22 | Получение информации | офлайн"),
	} {
		d, err := Parse(document("docx", table), "бланк.docx", p)
		if err == nil {
			t.Errorf("%s: got %q, want a refusal", name, lines(d))
			continue
		}
		if text := err.Error(); !strings.Contains(text, "бланк.docx") || !strings.Contains(text, "строк") {
			t.Errorf("%s: the refusal is %q", name, text)
		}
	}
	// The form at the end of an order does not strike out what the register has.
	d, err := Parse(document("docx", "3.2. Цифровые точки:", "телефон отдела - 8 (8672) 64-90-22;", "3.3. Офлайн-точки:", "места приема документов.", grid(head)), "приказ", p)
	if err != nil {
		t.Fatal(err)
	}
	if d.HasTable || len(d.Declared) != 2 {
		t.Errorf("an order with an empty form: table %v, %d declared points", d.HasTable, len(d.Declared))
	}
}
