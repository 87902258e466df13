package office

import (
	"bufio"
	"bytes"

	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// text reads plain text or CSV in whatever encoding it is.
func (j *job) text(r io.ReaderAt, size int64) (*Doc, error) {
	enc, err := j.encoding(r, size)
	if err != nil {
		return nil, err
	}
	decoded := func() io.Reader {
		b := bufio.NewReaderSize(enc.NewDecoder().Reader(io.NewSectionReader(r, 0, size)), 64<<10)
		if head, _ := b.Peek(3); bytes.Equal(head, []byte("\uFEFF")) {
			_, _ = b.Discard(3) // what was peeked is there
		}
		return b
	}
	sample, err := io.ReadAll(io.LimitReader(decoded(), 256<<10))
	if err != nil {
		return nil, err
	}
	if bytes.IndexByte(sample, '\n') < 0 && bytes.IndexByte(sample, '\r') >= 0 { // lines end as on an old Macintosh
		sample = bytes.ReplaceAll(sample, []byte("\r"), []byte("\n"))
		plain := decoded
		decoded = func() io.Reader { return returns{plain()} }
	}
	if comma := separator(sample, strings.EqualFold(filepath.Ext(j.name), ".csv")); comma != 0 {
		return j.readCSV(decoded(), comma)
	}
	return j.readTXT(decoded())
}

// returns gives a line feed for every carriage return.
type returns struct{ r io.Reader }

func (r returns) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i, b := range p[:n] {
		if b == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// encoding finds out the encoding of a text: by its mark, by being UTF-8, by the zeros of UTF-16, or else it is the 8-bit
// Cyrillic one in which the text has most small letters.
func (j *job) encoding(r io.ReaderAt, size int64) (encoding.Encoding, error) {
	var c counter
	if _, err := io.Copy(&c, io.NewSectionReader(r, 0, size)); err != nil {
		return nil, j.fail(Unreadable, err, "не читается с диска. Скопируйте его заново.")
	}
	if err := j.ctx.Err(); err != nil {
		return nil, err
	}
	c.finish()
	switch {
	case hasAny(c.head, "\xFE\xFF", "\xFF\xFE"):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), nil
	case hasAny(c.head, "\uFEFF"), c.broken == 0 && c.zeros[0]+c.zeros[1] == 0, c.letters > 10*c.broken && c.zeros[0]+c.zeros[1] == 0:
		return unicode.UTF8, nil
	case c.zeros[0] > 8*c.zeros[1] && c.zeros[0] > c.size/8, c.zeros[0] > c.zeros[1] && utf16Cyrillic(c.head, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), nil
	case c.zeros[1] > 8*c.zeros[0] && c.zeros[1] > c.size/8, c.zeros[1] > c.zeros[0] && utf16Cyrillic(c.head, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), nil
	case c.zeros[0]+c.zeros[1] > 0:
		return nil, j.refuse(kindUnknown)
	}
	best, score := encoding.Encoding(charmap.Windows1251), -1
	for _, e := range []*charmap.Charmap{charmap.Windows1251, charmap.CodePage866, charmap.KOI8R} {
		n := 0
		for b, times := range c.bytes {
			switch r := e.DecodeByte(byte(b)); {
			case b < utf8.RuneSelf:
			case r >= 'а' && r <= 'я' || r == 'ё':
				n += 2 * times
			case r >= 'А' && r <= 'Я':
				n += times
			}
		}
		if n > score {
			best, score = e, n
		}
	}
	return best, nil
}

// utf16Cyrillic reports whether the high bytes (at odd or even places) are those of Cyrillic and Latin letters.
func utf16Cyrillic(b []byte, high int) bool {
	good, all := 0, 0
	for i := high; i < len(b); i += 2 {
		if all++; b[i] == 0 || b[i] == 4 || b[i] == 0x20 {
			good++
		}
	}
	return all > 0 && good*10 > all*9
}

// counter looks at the bytes of a text as they pass.
type counter struct {
	head    []byte
	bytes   [256]int
	zeros   [2]int // at even and at odd places
	size    int
	letters int // well-formed letters of more than one byte, were it UTF-8
	broken  int // bytes that are no UTF-8
	torn    []byte
}

func (c *counter) Write(p []byte) (int, error) {
	if n := 4096 - len(c.head); n > 0 {
		c.head = append(c.head, p[:min(n, len(p))]...)
	}
	for i, b := range p {
		c.bytes[b]++
		if b == 0 {
			c.zeros[(c.size+i)%2]++
		}
	}
	c.size += len(p)
	b := p
	if len(c.torn) > 0 {
		b = append(c.torn, p...)
		c.torn = nil
	}
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		if !utf8.FullRune(b) {
			c.torn = bytes.Clone(b)
			break
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			c.broken++
		} else {
			c.letters++
		}
		b = b[n:]
	}
	return len(p), nil
}

func (c *counter) finish() { c.broken += len(c.torn) }

// printable reports whether bytes may be text in some encoding: hardly any control characters, zeros only as in UTF-16.
func printable(b []byte) bool {
	if hasAny(b, "\xFE\xFF", "\xFF\xFE", "\uFEFF") {
		return true
	}
	control, zeros := 0, [2]int{}
	for i, c := range b {
		switch {
		case c == 0:
			zeros[i%2]++
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 4, c == 0x7F:
			control++
		}
	}
	if zeros[0] > 0 || zeros[1] > 0 {
		return control*50 <= len(b) && (utf16Cyrillic(b, 0) || utf16Cyrillic(b, 1))
	}
	return control*200 <= len(b)
}
