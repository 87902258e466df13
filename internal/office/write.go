package office

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
)

// writers are the formats that Write knows, by the ending of the file.
var writers = map[string]func(io.Writer, *Doc) error{
	"docx": WriteDOCX,
	"odt":  WriteODT,

	"xlsx": WriteXLSX,
	"csv":  WriteCSV,
	"pdf":  WritePDF,
}

// Formats lists what Write takes, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(writers)) }

// Write writes d to w in the format of Formats ("docx", "odt", …). An unknown format is an *Error; w is then untouched.
// The same Doc gives the same bytes, unless its Seal differs from call to call.
func Write(w io.Writer, format string, d *Doc) error {
	write, ok := writers[format]
	if !ok {
		return &Error{Reason: WrongFormat, Text: fmt.Sprintf("Документ нельзя сохранить в формате «%s»: есть %s.", format, strings.Join(Formats(), ", "))}
	}
	return write(w, d)
}

// A4, mm, upright.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
)

// page returns the sides of a page of the section, mm.
func (s *Section) page() (width, height float64) {
	if s.Landscape {
		return pageHeight, pageWidth
	}
	return pageWidth, pageHeight
}

// area returns the sides of what margins leave of a page of the section, mm.
func (l *Layout) area(s *Section) (width, height float64) {
	w, h := s.page()
	return w - l.Left - l.Right, h - l.Top - l.Bottom
}

// sound is the layout with the numbers of the standard in place of what is missing or cannot be, as WritePDF takes it.
func (l Layout) sound() Layout {
	within := func(v *float64, low, high, otherwise float64) {
		if math.IsNaN(*v) || *v <= 0 {
			*v = otherwise
		}
		*v = min(max(*v, low), high)
	}
	if l.Font == "" {
		l.Font = "Liberation Serif"
	}
	within(&l.Size, 5, 36, 14)
	within(&l.TableSize, 5, 36, min(l.Size, 12))
	within(&l.Spacing, 0.8, 3, 1)
	within(&l.Left, 5, 80, 30)
	within(&l.Right, 5, 80, 10)
	within(&l.Top, 5, 60, 20)
	within(&l.Bottom, 5, 60, 20)
	within(&l.Indent, 0, 40, 0)
	return l
}

// sections are those that have blocks, the others take no page; a document of none has one empty page.
func (d *Doc) sections() []Section {
	var out []Section
	for _, s := range d.Sections {
		if len(s.Blocks) > 0 {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return []Section{{}}
	}
	return out
}

// officeFont names a font as office programs know it. Layouts name the Liberation fonts, whose letters are as wide as
// those of the fonts of Windows. A DOCX or ODT carries no fonts, and an officer opens it where Times New Roman is
// installed and Liberation Serif is not; where it is the other way round, LibreOffice puts Liberation Serif instead
// without being asked. So the file names the one that every program can find or replace, and lines break alike.
func officeFont(name string) string {
	switch name {
	case "Liberation Serif":
		return "Times New Roman"
	case "Liberation Sans":
		return "Arial"
	case "Liberation Mono":
		return "Courier New"
	}
	return name
}

// monoFont is the font of Mono paragraphs.
const monoFont = "Courier New"

// properties returns the document's own properties by name, with the seal among them when the Doc asks for one.
func (d *Doc) properties() (names []string, values map[string]string, err error) {
	values = map[string]string{}
	for k, v := range d.Properties {
		values[cleanText(k)] = cleanText(v)
	}
	if d.Seal != nil {
		seal, err := d.Seal(TextDigest(d))
		if err != nil {
			return nil, nil, fmt.Errorf("office: seal: %w", err)
		}
		if len(seal) > SealSpace {
			return nil, nil, fmt.Errorf("office: a seal of %d bytes is longer than %d", len(seal), SealSpace)
		}
		values[SealProperty] = seal
	}
	return slices.Sorted(maps.Keys(values)), values, nil
}
