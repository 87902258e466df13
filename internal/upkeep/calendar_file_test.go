package upkeep

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"perechen/internal/office"
	"perechen/internal/workday"
)

func TestReadCalendarFile(t *testing.T) {
	read := func(name string, data []byte, want int) (workday.Year, error) {
		return ReadCalendarFile(context.Background(), name, bytes.NewReader(data), int64(len(data)), want)
	}
	shipped, _ := workday.Shipped().Year(2026)
	shipped.Source = ""
	doc := &office.Doc{Sections: []office.Section{{Name: "2026", Blocks: []office.Block{&office.Table{Head: 1}}}}}
	table := doc.Sections[0].Blocks[0].(*office.Table)
	for _, row := range shipped.Rows() {
		var r office.Row
		for _, cell := range row {
			r.Cells = append(r.Cells, office.Cell{Text: cell})
		}
		table.Rows = append(table.Rows, r)
	}
	for _, format := range []string{"xlsx", "csv"} {
		var out bytes.Buffer
		if err := office.Write(&out, format, doc); err != nil {
			t.Fatal(err)
		}
		y, err := read("calendar."+format, out.Bytes(), 0)
		if err != nil || !slices.Equal(y.Days, shipped.Days) || y.Number != 2026 {
			t.Errorf("%s: got %d days of %d (%v)", format, len(y.Days), y.Number, err)
		}
	}
	xml := []byte("\n<?xml version=\"1.0\"?><calendar year=\"2026\"><days><day d=\"01.01\" t=\"1\"/></days></calendar>")
	if y, err := read("c.xml", bytes.TrimSpace(xml), 0); err != nil || len(y.Days) != 1 {
		t.Errorf("xml: got %+v (%v)", y, err)
	}
	for want, err := range map[string]error{
		"нужен 2025": func() error { _, err := read("c.xml", bytes.TrimSpace(xml), 2025); return err }(),
		"не похожа":  func() error { _, err := read("c.csv", []byte("a;b\n1;2\n"), 0); return err }(),
		"нет ни одного дня 2024": func() error {
			_, err := read("c.csv", []byte("Дата;Вид дня\n09.01.2026;выходной\n"), 2024)
			return err
		}(),
	} {
		if CodeOf(err) != CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want «%s»", err, want)
		}
	}
	if _, err := read("c.pdf", []byte("%PDF-1.4"), 0); CodeOf(err) != CodeInvalid {
		t.Errorf("a PDF: got %v", err)
	}
}
