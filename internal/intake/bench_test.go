package intake

import (
	"fmt"
	"runtime"
	"testing"

	"perechen/internal/office"
	"perechen/internal/register"
)

// longTable is a report of n rows: a process for every hundred, so many different points, twenty-five wordings.
func longTable(n, points int) *office.Doc {
	t := grid(head)
	needs := []string{"Получение информации клиентом", "получение консультации клиентом", "получение форм документов", "подача заявления", "получение клиентом документов"}
	for i := range n {
		row := office.Row{Line: i + 2, Cells: make([]office.Cell, 5)}
		if i%100 == 0 {
			row.Cells[0] = office.Cell{Text: fmt.Sprint(i/100 + 1), RowSpan: min(100, n-i)}
			row.Cells[1] = office.Cell{Text: fmt.Sprintf("Направление деятельности номер %d по вопросам службы", i/100+1), RowSpan: min(100, n-i)}
		} else {
			row.Cells[0].Covered, row.Cells[1].Covered = true, true
		}
		switch k := i % points; k % 3 {
		case 0:
			row.Cells[2].Text = fmt.Sprintf("Телефон: 8 (8672) %02d-%02d-%02d", 20+k/10000, k/100%100, k%100)
		case 1:
			row.Cells[2].Text = fmt.Sprintf("Место приема документов, кабинет %d", k)
		case 2:
			row.Cells[2].Text = fmt.Sprintf("Электронная почта: otdel%d@trud.alania.gov.ru", k)
		}
		row.Cells[3].Text = needs[i%5] + ", " + needs[i/5%5]
		row.Cells[4].Text = []string{"Взаимодействие в офлайн-точке", "Взаимодействие в цифровой точке"}[i%2]
		t.Rows = append(t.Rows, row)
	}
	return document("xlsx", t)
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkPlan100k reads a table of 100 000 rows and plans it for an empty register.
func BenchmarkPlan100k(b *testing.B) {
	const rows = 100_000
	p := load(b, komzan)
	for _, points := range []int{300, rows} {
		b.Run(fmt.Sprintf("points=%d", points), func(b *testing.B) {
			doc := longTable(rows, points)
			b.ReportAllocs()
			var kept uint64
			for b.Loop() {
				before := heap()
				d, err := Parse(doc, "big.xlsx", p)
				if err != nil {
					b.Fatal(err)
				}
				pl := d.Against(&register.Register{}, p, Options{})
				if len(pl.Target.Usages) != rows {
					b.Fatal(len(pl.Target.Usages))
				}
				kept = heap() - before
				runtime.KeepAlive(d)
				runtime.KeepAlive(pl)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
			b.ReportMetric(float64(kept)/rows, "B/row")
		})
	}
}

// BenchmarkAgain100k plans the same table for the register that it made: nothing changes.
func BenchmarkAgain100k(b *testing.B) {
	const rows = 100_000
	p := load(b, komzan)
	d, err := Parse(longTable(rows, 300), "big.xlsx", p)
	if err != nil {
		b.Fatal(err)
	}
	cur := d.Against(nil, p, Options{}).Target
	for b.Loop() {
		if pl := d.Against(cur, p, Options{}); len(pl.Changes) != 0 {
			b.Fatal(len(pl.Changes))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
}
