package office

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// WriteXLSX writes d as a workbook, a section to a sheet, in the order of its blocks: a paragraph is a row of merged
// cells, a table lies on the columns of the sheet, group cells are merged. Every cell is typed as text, so nothing in it is ever a
// formula. A sheet with one headed table has the heading frozen and printed on each page; it prints one page wide.
//
// A text longer than a cell of a workbook holds (32 767 UTF-16 units) is refused with an *Error. Links are words only.
// Nothing is written to w before the workbook is complete.
func WriteXLSX(w io.Writer, d *Doc) error {
	rule, err := newRuler()
	if err != nil {
		return err
	}
	names, values, err := d.properties()
	if err != nil {
		return err
	}
	layout := d.Layout.sound()
	var out bytes.Buffer
	created := zipTime(d.Created)
	book := &xlsxBook{packager: newPackager(&out, created), l: &layout, rule: rule, styles: map[xlsxLook]int{}, fonts: map[xlsxFont]int{}}
	// Widths of columns are counted in digits of the workbook's font: one that is at hand everywhere, else they change.
	book.font(xlsxFont{family: officeFont(layout.Font), size: 11})
	sections := d.Sections // an empty one is an empty sheet
	if len(sections) == 0 {
		sections = []Section{{}}
	}
	sheets := sheetNames(sections)
	if err := book.xml("[Content_Types].xml", func(x *xmlWriter) { xlsxContentTypes(x, sections) }); err != nil {
		return err
	}
	for i := range sections {
		if err := book.sheet(i, sheets[i], &sections[i]); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		name  string
		write func(x *xmlWriter)
	}{
		{"_rels/.rels", func(x *xmlWriter) { rootRels(x, "xl/workbook.xml") }},
		{"docProps/core.xml", func(x *xmlWriter) { wordCore(x, d, created) }},
		{"docProps/app.xml", wordApp},
		{"docProps/custom.xml", func(x *xmlWriter) { wordCustom(x, names, values) }},
		{"xl/workbook.xml", func(x *xmlWriter) { book.workbook(x, sheets) }},
		{"xl/_rels/workbook.xml.rels", func(x *xmlWriter) { xlsxRels(x, len(sheets)) }},
		{"xl/styles.xml", book.writeStyles},
	} {
		if err := book.xml(part.name, part.write); err != nil {
			return err
		}
	}
	if err := book.close(); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// An xlsxBook is a workbook being written.
type xlsxBook struct {
	*packager
	l      *Layout
	rule   *ruler
	looks  []xlsxLook // of style 1, 2, …
	styles map[xlsxLook]int
	fonts  map[xlsxFont]int
	names  []xlsxName
	codes  int // pictures so far
}

// An xlsxName is a name that Excel gives a meaning.
type xlsxName struct {
	sheet     int
	name, ref string
	hidden    bool
}

// sheetNames names the sheets of the sections as Excel allows: at most 31 UTF-16 units, none of []:*?/\, no apostrophe at an edge,
// no two alike but for case.
func sheetNames(sections []Section) []string {
	taken := map[string]bool{}
	out := make([]string, len(sections))
	for i := range sections {
		name := strings.Map(func(r rune) rune {
			if strings.ContainsRune(`[]:*?/\`, r) || r < ' ' {
				return ' '
			}
			return r
		}, cleanText(sections[i].Name))
		name = strings.Trim(strings.Join(strings.Fields(name), " "), "' ")
		if name == "" || strings.EqualFold(name, "History") { // Excel keeps this name for itself
			name = fmt.Sprintf("Лист %d", i+1)
		}
		name = strings.TrimRight(cutUTF16(name, 31), "' ")
		for n := 2; taken[strings.ToLower(name)]; n++ {
			end := fmt.Sprintf(" (%d)", n)
			name = cutUTF16(strings.TrimSuffix(name, fmt.Sprintf(" (%d)", n-1)), 31-len(end)) + end
		}
		taken[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

// utf16Len is the length of s as Excel counts it.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// cutUTF16 is s, cut so that Excel counts at most n units in it.
func cutUTF16(s string, n int) string {
	for i, r := range s {
		if n--; r >= 0x10000 {
			n--
		}
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// maxCellText is how many UTF-16 units a cell of a workbook holds.
const maxCellText = 32767

// cellText is s as a cell holds it, or an error in words for a text that no cell holds. Sheets know no tabs.
func cellText(s string) (string, error) {
	s = strings.ReplaceAll(cleanText(s), "\t", "    ")
	if len(s) > maxCellText && utf16Len(s) > maxCellText {
		start := s
		for i := range s {
			if utf8.RuneCountInString(s[:i]) == 40 {
				start = s[:i] + "…"
				break
			}
		}
		return "", &Error{Reason: TooBig, Text: fmt.Sprintf("Текст «%s» длиннее 32 767 знаков и не помещается в ячейку книги Excel; сохраните документ в формате DOCX или ODT.", start)}
	}
	return s, nil
}
