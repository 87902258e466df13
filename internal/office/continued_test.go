package office

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// longGroup is a table with a heading, a group of n rows under a number and a name, and a row of its own.
func longGroup(n int) *Table {
	t := &Table{Widths: []float64{10, 40, 60, 60}, Head: 1, Rows: []Row{
		{Cells: []Cell{{Text: "№"}, {Text: "Процесс"}, {Text: "Точка"}, {Text: "Взаимодействие"}}},
	}}
	for i := range n {
		r := Row{Cells: []Cell{{Covered: true}, {Covered: true}, {Text: fmt.Sprintf("Телефон отдела %d", i+1)}, {Text: "Получение информации клиентом, получение консультации клиентом"}}}
		if i == 0 {
			r.Cells[0] = Cell{Text: "1.", RowSpan: n, Align: Center}
			r.Cells[1] = Cell{Text: "Поступление на службу", RowSpan: n}
		}
		t.Rows = append(t.Rows, r)
	}
	t.Rows = append(t.Rows, Row{Cells: []Cell{{Text: "2.", Align: Center}, {Text: "Увольнение"}, {Text: "Приемная"}, {Text: "Личный прием"}}})
	return t
}

func TestSplitGroups(t *testing.T) {
	table := longGroup(60)
	heights := make([]float64, len(table.Rows))
	for i := range heights {
		heights[i] = 30
	}
	got := splitGroups(table, heights, 700)
	if got == table {
		t.Fatal("a group of 1800 points is not split on pages of 700")
	}
	var labels []string
	for i, r := range got.Rows {
		if c := r.Cells[1]; i > 0 && !c.Covered {
			labels = append(labels, fmt.Sprintf("%d %s %s %d", i, r.Cells[0].Text, c.Text, c.RowSpan))
		}
	}
	want := []string{"1 1. Поступление на службу 11"}
	for i := 12; i < 61; i += 11 {
		want = append(want, fmt.Sprintf("%d 1. Поступление на службу (продолжение) %d", i, min(11, 61-i)))
	}
	want = append(want, "61 2. Увольнение 0")
	if diff := cmp.Diff(want, labels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(longGroup(60), table); diff != "" {
		t.Errorf("the table itself is changed (-want +got):\n%s", diff)
	}
	joinGroups(got)
	for i := range got.Rows {
		for c := range got.Rows[i].Cells {
			if cell := &got.Rows[i].Cells[c]; cell.ColSpan == 1 {
				cell.ColSpan = 0
			}
		}
	}
	if diff := cmp.Diff(table, got); diff != "" {
		t.Errorf("joined again (-want +got):\n%s", diff)
	}
}

func TestSplitGroupsLeavesWhatFits(t *testing.T) {
	table := longGroup(5)
	heights := make([]float64, len(table.Rows))
	for i := range heights {
		heights[i] = 100
	}
	if got := splitGroups(table, heights, 700); got != table {
		t.Error("a group that fits a page is split")
	}
}

// TestJoinGroupsKeepsEqualLabels: two groups of one name, or a number that comes again, are not a group that goes on.
func TestJoinGroupsKeepsEqualLabels(t *testing.T) {
	row := func(a, b string) Row { return Row{Cells: []Cell{{Text: a}, {Text: b}}} }
	table := &Table{Rows: []Row{row("1.", "Прием"), row("1.", "Прием"), row("2.", "Прием (продолжение следует)"), row("3.", "Увольнение (продолжение)")}}
	want := &Table{Rows: []Row{row("1.", "Прием"), row("1.", "Прием"), row("2.", "Прием (продолжение следует)"), row("3.", "Увольнение (продолжение)")}}
	joinGroups(table)
	if diff := cmp.Diff(want, table); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
