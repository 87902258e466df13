package office

import (
	"fmt"
	"io"
	"testing"
)

// manyRows is a report of n rows in groups of five.
func manyRows(n int) *Doc {
	sample := report().Sections[0].Blocks[2].(*Table)
	t := &Table{Widths: sample.Widths, Head: 1, Rows: sample.Rows[:1:1]}
	for i := range n {
		r := sample.Rows[1+i%5]
		r.Cells = append([]Cell(nil), r.Cells...)
		if i%5 == 0 {
			r.Cells[0].Text = fmt.Sprintf("%d.", i/5+1)
		}
		t.Rows = append(t.Rows, r)
	}
	d := report()
	d.Sections[0].Blocks[2] = t
	return d
}

// BenchmarkWrite writes a report of 10 000 rows in each format.
func BenchmarkWrite(b *testing.B) {
	d := manyRows(10_000)
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, format, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
