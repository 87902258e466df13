package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// thirdOrder is an order of a body whose form has a column of needs and none of interactions, and whose clauses are its own.
const thirdOrder = `id: biblioteka-12-2026
title: Порядок ведения реестра точек контакта с читателем
act: {kind: приказ, number: 12-од, date: 2026-03-02}
holder: {name: Областная библиотека, short_name: Библиотека, genitive: Областной библиотеки, word: Библиотека, head_title: Директор, slug: biblioteka}
client: {code: external, word: внешний, clause: '1.2'}
channel_kinds:
  - {code: phone, title: Телефон, class: offline, clause: '6'}
  - {code: kafedra, title: Кафедра выдачи, class: offline, clause: '6', words: [кафедра выдачи]}
needs:
  - {code: lend, text: выдача книги на дом, clause: '4', wordings: [выдача книги|книг]}
  - {code: info, canonical: info, text: получение справки, clause: '4', wordings: [получение справки]}
actualisation: {clause: '8', grounds: [{code: process, text: появление новой услуги, clause: '8'}]}
report:
  clause: '9'
  title: [РЕЕСТР]
  columns: [{heading: Где, field: touchpoint}, {heading: Что можно, field: needs}, {heading: Услуга, field: process, group: true}]
`

// TestAFormWithoutInteractionsPrintsTheirWording: words that no need of the order knows were missing from its report, and
// the report read back changed the register.
func TestAFormWithoutInteractionsPrintsTheirWording(t *testing.T) {
	p := newPlace(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	p.must("init")
	p.must("body", "add", "--procedure", write("b.yaml", thirdOrder))
	table := write("t.csv", "Услуга;Где;Что можно\nАбонемент;Кафедра выдачи № 1;Выдача книг на дом, выдача билета\nСправки;Телефон: 8 (4922) 32-26-00;Получение справки\n")
	if out := p.must("import", table); !strings.Contains(out, "--ground 8") {
		t.Errorf("the clause of another order is proposed:\n%s", out)
	}
	p.must("import", table, "--accept", "--ground", "8")
	for _, format := range []string{"docx", "odt", "xlsx"} {
		path := filepath.Join(dir, "r."+format)
		p.must("report", "-o", path)
		var got imports
		p.facts(&got, "import", path)
		if got.Changes.Included+got.Changes.Changed+got.Changes.Excluded+got.Changes.Moved != 0 {
			t.Errorf("%s read back: %+v", format, got.Changes)
		}
	}
}
