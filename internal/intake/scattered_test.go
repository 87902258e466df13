package intake

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/office"
)

// TestTableScatteredOverLines: LibreOffice writes a table as text with one cell a line. Its rows were lost, and the lines
// «Взаимодействие в офлайн-точке» made places under them points of section 3.
func TestTableScatteredOverLines(t *testing.T) {
	text := func(lines string) *office.Doc {
		d := &office.Doc{Format: "txt", Sections: []office.Section{{}}}
		for i, l := range strings.Split(lines, "\n") {
			if l != "" {
				d.Sections[0].Blocks = append(d.Sections[0].Blocks, &office.Para{Runs: []office.Run{{Text: l}}, Line: i + 1})
			}
		}
		return d
	}
	const order = "3.2. Цифровые точки:\nтелефон отдела - 8 (8672) 64-90-22;\n4. Заключительные положения\nОТЧЕТ\nОБ ОСУЩЕСТВЛЕНИИ ВЗАИМОДЕЙСТВИЯ С КЛИЕНТОМ\n"
	const heads = "№ п/п\nНаправление деятельности\nТочка взаимодействия\nОсуществляемое взаимодействие\nОсобенности взаимодействия\n"
	p := load(t, komzan)
	d, err := Parse(text(order+heads+`1.
Приём
Телефон: 8 (8672) 64-90-22
Получение информации клиентом
Взаимодействие в офлайн-точке


Места приема документов
Получение консультации
Взаимодействие в офлайн-точке
2.
Отпуск
Телефон: 8 (8672) 64-90-22
Получение консультации
Взаимодействие в цифровой точке

Председатель
`), "а.txt", p)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Приём | phone Телефон: 8 (8672) 64-90-22 | info | о",
		"Приём | office Места приема документов | consultation | о",
		"Отпуск | phone Телефон: 8 (8672) 64-90-22 | consultation | ц",
	}
	if diff := cmp.Diff(want, lines(d)); diff != "" || len(d.Declared) != 1 {
		t.Errorf("%d declared points; -want +got:\n%s", len(d.Declared), diff)
	}
	if line := d.Usages[2].Source.Line; line != 21 {
		t.Errorf("the last row stands on line %d, want 21", line)
	}

	// A cell of two lines puts everything after it under wrong headings.
	d, err = Parse(text(order+heads+"1.\nПриём\nТелефон: 8 (8672) 64-90-22\nПолучение информации\nПолучение консультации\nВзаимодействие в офлайн-точке\n\n\nМеста приема документов\nПолучение консультации\nВзаимодействие в офлайн-точке\n"), "а.txt", p)
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(d); len(d.Declared) != 1 || cmp.Diff([]string{"! R19 неясность ×1"}, got) != "" {
		t.Errorf("%d declared points, got %q", len(d.Declared), got)
	}
}
