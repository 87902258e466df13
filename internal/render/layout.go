// Package render turns a register into documents: the report of clause 4.2, the whole register, the sheet of changes.
//
// It is pure: it makes an office.Doc, and package office gives it a format. What the procedure says about the report (title,
// headings, columns, approval) is read from the procedure; nothing here knows a body.
package render

import (
	"perechen/internal/office"
	"perechen/internal/register"
)

// A standard is an edition of ГОСТ Р 7.0.97 with the day from which documents follow it.
type standard struct {
	from   register.Date
	name   string
	layout office.Layout
}

// Both editions ask for margins of at least 20, 10, 20 and 20 mm and 30 mm on the left for documents kept longer than ten
// years, which a register is (clause 3.3 of the 2016 edition); text of 12–14 points; tables may be set smaller. The
// 2025 edition no longer names fonts, so the metric twin of Times New Roman serves both.
var standards = []standard{
	{"2018-07-01", "ГОСТ Р 7.0.97-2016", office.Layout{Font: "Liberation Serif", Size: 14, TableSize: 11, Left: 30, Right: 10, Top: 20, Bottom: 20, Indent: 12.5, Spacing: 1.15}},
	{"2025-08-18", "ГОСТ Р 7.0.97-2025", office.Layout{Font: "Liberation Serif", Size: 14, TableSize: 11, Left: 30, Right: 10, Top: 20, Bottom: 20, Indent: 12.5, Spacing: 1.15}},
}

// layoutOn returns the layout of the standard in force on the day, and its name. Days before the first standard get the first.
func layoutOn(day register.Date) (office.Layout, string) {
	s := standards[0]
	for _, x := range standards {
		if day == "" || x.from <= day {
			s = x
		}
	}
	return s.layout, s.name
}
