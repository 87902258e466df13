package upkeep

import (
	"bytes"
	"context"
	"errors"
	"io"

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
