package office

import (
	"bytes"
	"testing"
	"time"
)

// Arbitrary text in every place of a document neither breaks the writer nor the file.
func FuzzWritePDF(f *testing.F) {
	for _, s := range []string{"", "текст", "а\nб\n\n", "\x00\xff\xfe", "( \\ ) <b> & %", "e\u0301\u0301\u0301", "\u202eобратно", "😀👨‍👩‍👧", "0123456789", "https://xn--e1afmkfd.xn--p1ai/путь?a=(1)"} {
		f.Add(s, 3, 12.0, true)
	}
	f.Add("широкое слово", 200, 0.5, false)
	f.Add("нечисло", -1, -1e300, false)
	f.Fuzz(func(t *testing.T, s string, n int, v float64, b bool) {
		if len(s) > 2000 {
			return
		}
		run := []Run{{Text: s, Bold: b, Struck: !b, Link: "https://" + s}, {Text: s, Italic: b, Underline: true}}
		span := n % 7
		d := &Doc{Title: s, Author: s, Created: time.Unix(0, 0), Properties: map[string]string{s: s, "имя": s},
			Layout: Layout{Size: v, TableSize: v, Left: v, Right: v, Top: v, Bottom: v, Indent: v, Spacing: v, FooterNote: s}}
		table := &Table{Caption: s, Head: span, Borderless: b, Widths: []float64{v, 1, float64(n)}}
		for i := range 6 {
			table.Rows = append(table.Rows, Row{Cells: []Cell{{Text: s, RowSpan: span, ColSpan: i, Bold: b}, {Covered: b}, {Runs: run, RowSpan: i, Covered: i%2 == 0}, {Text: s, Align: Align(s)}}[:i%4+1]})
		}
		d.Sections = []Section{{Landscape: b, Blocks: []Block{
			P(Title, s), P(Style(s), s), &Para{Runs: run, Align: Align(s), Keep: b}, table, P(Mono, s),
			&Code{Modules: [][]bool{{b, !b}, {true}, nil}, SizeMM: v, Alt: s, Beside: []Para{{Runs: run}}},
		}}}
		d.Seal = func([32]byte) (string, error) { return "печать", nil }
		var out bytes.Buffer
		if err := WritePDF(&out, d); err != nil {
			t.Fatal(err)
		}
		if seal, _, err := ReadPDFSeal(bytes.NewReader(out.Bytes()), int64(out.Len())); seal != "печать" || err != nil {
			t.Fatalf("seal %q, %v", seal, err)
		}
		checkPDF(t, out.Bytes())
	})
}

// FuzzReadPDFSeal: whatever the bytes, an answer and no panic.
func FuzzReadPDFSeal(f *testing.F) {
	b, _ := sealedPDF(f)
	f.Add(b[len(b)-6000:])
	f.Add([]byte("startxref\n0\n%%EOF /Info 1"))
	f.Add([]byte("xref\n0 1\n0000000000 65535 f \ntrailer\n<</Info 0 0 R>>\nstartxref\n0\n%%EOF\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, err := ReadPDFSeal(bytes.NewReader(b), int64(len(b))); err == nil && len(b) < SealSpace {
			t.Fatal("a seal in a file shorter than its space")
		}
	})
}
