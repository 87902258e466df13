package office

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

const benchRows = 100_000

// BenchmarkReadXLSX reads a register of 100 000 rows of five columns; ns/row is what one row costs.
func BenchmarkReadXLSX(b *testing.B) {
	sheet, shared := bigSheet(benchRows)
	file := xlsxOf(b, sheet, shared, "")
	b.ReportAllocs()
	for b.Loop() {
		d, err := Read(context.Background(), "big.xlsx", bytes.NewReader(file), int64(len(file)), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		if n := len(tablesOf(d)[0].Rows); n != benchRows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}

// BenchmarkTokens walks the sheet of BenchmarkReadXLSX with our reader of XML and with that of the standard library.
func BenchmarkTokens(b *testing.B) {
	sheet, _ := bigSheet(benchRows)
	text := `<worksheet ` + sNS + `>` + sheet + `</worksheet>`
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			x := newTokens(strings.NewReader(text), 256)
			for x.next() != tokEOF {
			}
			if x.err != nil {
				b.Fatal(x.err)
			}
		}
	})
	b.Run("RawToken", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.RawToken(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
	b.Run("Token", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			d := xml.NewDecoder(strings.NewReader(text))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
