package upkeep

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"

	"perechen/internal/office"
	"perechen/internal/workday"
)

// ReadCalendarFile reads a year of the production calendar from a file as people have it: the exchanged XML
// (workday.ReadXML), or a table in XLSX, ODS, CSV or a document (workday.ReadTable). want says which year where the file has
// several; 0 is enough when it has one. Every error is a sentence.
func ReadCalendarFile(ctx context.Context, name string, r io.ReaderAt, size int64, want int) (workday.Year, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return workday.Year{}, &Error{Code: CodeInvalid, Text: "Файл не читается.", Err: err}
	}
	if bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n"), []byte("<")) {
		const most = 1 << 20
		if size > most {
			return workday.Year{}, invalid("Файл календаря слишком велик: больше мегабайта.")
		}
		data := make([]byte, size)
		if _, err := r.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
			return workday.Year{}, &Error{Code: CodeInvalid, Text: "Файл не читается.", Err: err}
		}
		y, err := workday.ReadXML(data)
		if err == nil && want != 0 && y.Number != want {
			return workday.Year{}, invalid("В файле календарь %d года, а нужен %d.", y.Number, want)
		}
		return y, sentence(err)
	}
	doc, err := office.Read(ctx, name, r, size, office.DefaultLimits)
	if err != nil {
		return workday.Year{}, sentence(err)
	}
	var first error
	for _, s := range doc.Sections {
		for _, b := range s.Blocks {
			t, ok := b.(*office.Table)
			if !ok {
				continue
			}
			var rows [][]string
			for _, row := range t.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, c.Text)
				}
				rows = append(rows, cells)
			}
			y, err := workday.ReadTable(rows, want)
			if err == nil {
				return y, nil
			}
			if first == nil {
				first = err
			}
		}
	}
	if first == nil {
		return workday.Year{}, invalid("В файле нет таблицы с календарём.")
	}
	return workday.Year{}, sentence(first)
}

// sentence gives an error that already speaks to people the code of one.
func sentence(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: CodeInvalid, Text: err.Error(), Err: err}
}

// WriteCalendarFile writes a year as a table that ReadCalendarFile reads back; format is xlsx or csv.
func WriteCalendarFile(w io.Writer, y workday.Year, format string) error {
	t := &office.Table{Head: 1, Widths: []float64{28, 48, 110}}
	for i, row := range y.Rows() {
		var r office.Row
		for _, text := range row {
			r.Cells = append(r.Cells, office.Cell{Text: text, Bold: i == 0})
		}
		t.Rows = append(t.Rows, r)
	}
	doc := &office.Doc{Title: "Производственный календарь на " + strconv.Itoa(y.Number) + " год",
		Sections: []office.Section{{Name: strconv.Itoa(y.Number), Blocks: []office.Block{t}}}}
	return office.Write(w, format, doc)
}
