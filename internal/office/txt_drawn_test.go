package office

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDrawnTables holds the tables that people draw in plain text, each with the cells it must give.
func TestDrawnTables(t *testing.T) {
	want := [][]string{{"№", "Направление", "Точка", "Что"}, {"1.", "Приём на работу", "Сайт", "Получение информации"}, {"", "", "Телефон", "Получение консультации"}}
	for name, c := range map[string]struct {
		text string
		want [][]string
	}{
		"a rule under the headings did not part them from the rows": {`
| № | Направление | Точка | Что |
|---|:-----------:|-------|----:|
| 1. | Приём на работу | Сайт | Получение информации |
|  |  | Телефон | Получение консультации |`, want},
		"strokes between cells only": {`
№ | Направление | Точка | Что
1. | Приём на работу | Сайт | Получение информации
 | | Телефон | Получение консультации`, want},
		"a frame without rules between rows": {`
+----+-----------------+---------+------------------------+
| №  | Направление     | Точка   | Что                    |
+----+-----------------+---------+------------------------+
| 1. | Приём на работу | Сайт    | Получение информации   |
|    |                 | Телефон | Получение консультации |
+----+-----------------+---------+------------------------+`, want},
		"wrapped cells between rules were read as rows": {`
┌────┬──────────┬─────────┬──────────────┐
│ №  │ Направ-  │ Точка   │ Что          │
│    │ ление    │         │              │
├────┼──────────┼─────────┼──────────────┤
│ 1. │ Приём на │ Сайт    │ Получение    │
│    │ работу   │         │ информации   │
├────┼──────────┼─────────┼──────────────┤
│    │          │ Телефон │ Получение    │
│    │          │         │ консультации │
└────┴──────────┴─────────┴──────────────┘`, [][]string{{"№", "Направ-ление", "Точка", "Что"}, want[1], want[2]}},
		"a line ended by the author between rules": {`
+-------+-----------------------+------+
| Точка | Что                   | Где  |
+-------+-----------------------+------+
| Сайт  | Вопрос                | дома |
|       | Консультация и другое |      |
+-------+-----------------------+------+
| Почта | Письмо                | там  |
+-------+-----------------------+------+`, [][]string{{"Точка", "Что", "Где"}, {"Сайт", "Вопрос\nКонсультация и другое", "дома"}, {"Почта", "Письмо", "там"}}},
		"rules between processes only": {`
| Процесс | Точка   | Что    |
|---------+---------+--------|
| Приём   | Сайт    | Узнать |
|         | Телефон | Узнать |
|---------+---------+--------|
| Отпуск  | Сайт    | Узнать |`, [][]string{{"Процесс", "Точка", "Что"}, {"Приём", "Сайт", "Узнать"}, {"", "Телефон", "Узнать"}, {"Отпуск", "Сайт", "Узнать"}}},
	} {
		t.Run(name, func(t *testing.T) {
			r := strings.NewReader("Перечень\n" + strings.TrimPrefix(c.text, "\n") + "\nКонец | и всё\n")
			d, err := Read(context.Background(), "a.txt", r, r.Size(), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			tables := tablesOf(d)
			if len(tables) != 1 {
				t.Fatalf("%d tables, want one", len(tables))
			}
			var got [][]string
			for _, row := range tables[0].Rows {
				var cells []string
				for _, cell := range row.Cells {
					cells = append(cells, cell.Text)
				}
				got = append(got, cells)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestOldMacintoshLines: a file whose lines end with a carriage return alone was read as one line, and so as headings
// without rows.
func TestOldMacintoshLines(t *testing.T) {
	for name, text := range map[string]string{"a.csv": "Процесс;Точка\rПриём;Сайт\rОтпуск;Почта\r", "a.txt": "Процесс\tТочка\rПриём\tСайт\rОтпуск\tПочта\r"} {
		r := strings.NewReader(text)
		d, err := Read(context.Background(), name, r, r.Size(), DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if ts := tablesOf(d); len(ts) != 1 || len(ts[0].Rows) != 3 {
			t.Errorf("%s: %d tables, want one with 3 rows", name, len(ts))
		}
	}
}
