package office

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// xmlHeader opens every XML part that we write.
const xmlHeader = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// xmlWriter writes XML as a stream. Errors stick in the buffer: flush tells the first one.
type xmlWriter struct{ b *bufio.Writer }

func newXMLWriter(w io.Writer) *xmlWriter {
	x := &xmlWriter{b: bufio.NewWriterSize(w, 32<<10)}
	x.raw(xmlHeader)
	return x
}

// raw writes markup as it stands.
func (x *xmlWriter) raw(parts ...string) {
	for _, s := range parts {
		x.b.WriteString(s)
	}
}

// int writes a number.
func (x *xmlWriter) int(n int) { x.b.WriteString(strconv.Itoa(n)) }

// attr writes ` name="value"`, the value escaped.
func (x *xmlWriter) attr(name, value string) {
	x.raw(" ", name, `="`)
	x.text(value)
	x.raw(`"`)
}

// intAttr writes ` name="n"`.
func (x *xmlWriter) intAttr(name string, n int) {
	x.raw(" ", name, `="`)
	x.int(n)
	x.raw(`"`)
}

// text writes text escaped for an element or an attribute; see cleanText for what is dropped.
func (x *xmlWriter) text(s string) {
	from := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		var esc string
		switch {
		case r == '&':
			esc = "&amp;"
		case r == '<':
			esc = "&lt;"
		case r == '>': // always, so that "]]>" never stands in character data
			esc = "&gt;"
		case r == '"':
			esc = "&quot;"
		case r == '\t' || r == '\n': // an attribute would turn them into spaces
			esc = "&#" + strconv.Itoa(int(r)) + ";"
		case r == '\r' || r == '\v' || r == '\f':
			esc = " "
		case legalXML(r) && (r != utf8.RuneError || size > 1):
			i += size
			continue
		}
		x.raw(s[from:i], esc)
		i += size
		from = i
	}
	x.raw(s[from:])
}

func (x *xmlWriter) flush() error { return x.b.Flush() }

// legalXML reports whether XML 1.0 lets a document hold r, even as a reference.
func legalXML(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= unicode.MaxRune
}

// cleanText returns s as a document can hold it: "\r\n" and "\r" become "\n", the other white space that XML forbids
// becomes a space (so that no two words run together), and every other forbidden character and broken UTF-8 is dropped.
func cleanText(s string) string {
	clean := true
	for i, r := range s {
		if r < 0x20 && r != '\t' && r != '\n' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD") {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	s = strings.ToValidUTF8(s, "")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\v' || r == '\f':
			return ' '
		case !legalXML(r):
			return -1
		}
		return r
	}, s)
}
