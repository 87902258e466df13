package office

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unsafe"
)

// job is one reading of one file: its limits, and what of them is used up.
type job struct {
	ctx      context.Context
	name     string
	lim      Limits
	inflated int64 // bytes unpacked so far
	held     int64 // bytes that the document takes, estimated
	notes    []Note
}

func newJob(ctx context.Context, name string, lim Limits) *job {
	d := DefaultLimits
	for _, f := range []struct{ v, or *int64 }{{&lim.File, &d.File}, {&lim.Inflated, &d.Inflated}, {&lim.Ratio, &d.Ratio}, {&lim.Held, &d.Held}} {
		if *f.v == 0 {
			*f.v = *f.or
		}
	}
	for _, f := range []struct{ v, or *int }{{&lim.Entries, &d.Entries}, {&lim.Rows, &d.Rows}, {&lim.Columns, &d.Columns}, {&lim.Cell, &d.Cell}, {&lim.Depth, &d.Depth}} {
		if *f.v == 0 {
			*f.v = *f.or
		}
	}
	return &job{ctx: ctx, name: name, lim: lim}
}

// fail makes an *Error whose sentence begins with the name of the file.
func (j *job) fail(r Reason, cause error, format string, a ...any) *Error {
	return &Error{Reason: r, Text: "Файл «" + j.name + "» " + fmt.Sprintf(format, a...), Err: cause}
}

// damaged turns an error of a library or of the XML reader, met while reading a part, into a sentence. An *Error passes through.
func (j *job) damaged(part string, err error) error {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	case j.ctx.Err() != nil:
		return j.fail(Interrupted, j.ctx.Err(), "не дочитан: чтение прервано.")
	case errors.Is(err, errDTD):
		return j.fail(Damaged, err, "содержит объявления сущностей или типа документа (часть %s): такие файлы не читаются. Пересохраните его в Word или LibreOffice.", part)
	case errors.Is(err, errDepth):
		return j.fail(TooBig, err, "вложен глубже %d уровней (часть %s): так не пишет ни одна программа. Пересохраните его в Word или LibreOffice.", j.lim.Depth, part)
	}
	return j.fail(Damaged, err, "повреждён: не читается его часть %s. Возьмите исходный файл или пересохраните его в Word или LibreOffice.", part)
}

// hold accounts for n bytes that stay in memory.
func (j *job) hold(n int) error {
	j.held += int64(n)
	return j.fits(0)
}

// fits refuses when n bytes more would be too many.
func (j *job) fits(n int) error {
	if j.held+int64(n) > j.lim.Held {
		return j.fail(TooBig, nil, "слишком велик: прочитанное занимает больше %s памяти. Разделите его на части.", megabytes(j.lim.Held))
	}
	return nil
}

// tooLong is the refusal of a cell or paragraph; place is «таблица 2, строка 14».
func (j *job) tooLong(what, place string) error {
	return j.fail(TooBig, nil, "не прочитан: %s (%s) длиннее %s. Сократите текст или уберите лишнее.", what, place, kilobytes(j.lim.Cell))
}

func (j *job) tooManyRows(place string) error {
	return j.fail(TooBig, nil, "не прочитан: в таблице (%s) больше %s строк, это наибольшее допустимое число. Разделите её на части.", place, grouped(j.lim.Rows))
}

func (j *job) tooManyColumns(place string) error {
	return j.fail(TooBig, nil, "не прочитан: в таблице (%s) больше %s столбцов, это наибольшее допустимое число.", place, grouped(j.lim.Columns))
}

// Sizes of what a document is made of, for job.hold.
const (
	cellSize = int(unsafe.Sizeof(Cell{}))
	rowSize  = int(unsafe.Sizeof(Row{}))
	paraSize = int(unsafe.Sizeof(Para{})) + int(unsafe.Sizeof(Run{})) + 16
)

func kilobytes(n int) string {
	if n < 1<<10 {
		return strconv.Itoa(n) + " Б"
	}
	return grouped(n>>10) + " КБ"
}

func megabytes(n int64) string {
	if n < 1<<20 {
		return kilobytes(int(n))
	}
	return grouped(int(n>>20)) + " МБ"
}

// grouped prints digits in threes from 10 000 on, as Russian print does.
func grouped(n int) string {
	s := strconv.Itoa(n)
	if n < 10_000 {
		return s
	}
	var parts []string
	for len(s) > 3 {
		parts = append([]string{s[len(s)-3:]}, parts...)
		s = s[:len(s)-3]
	}
	return s + "\u00a0" + strings.Join(parts, "\u00a0")
}
