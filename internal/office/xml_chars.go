package office

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// plain gives characters with references resolved and line ends made one; the result may alias b or scratch.
func (x *tokens) plain(b []byte, scratch *[]byte) ([]byte, error) {
	if err := check(b); err != nil {
		return nil, err
	}
	amp := bytes.IndexByte(b, '&')
	if amp < 0 {
		return newlines(b, scratch), nil
	}
	out := (*scratch)[:0]
	for amp >= 0 {
		out = append(out, b[:amp]...)
		b = b[amp:]
		semi := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if semi < 0 {
			return nil, errors.New("& that begins no reference")
		}
		r, ok := reference(string(b[1:semi]))
		if !ok {
			return nil, fmt.Errorf("unknown entity &%.12s", b[1:semi+1])
		}
		out = utf8.AppendRune(out, r)
		b = b[semi+1:]
		amp = bytes.IndexByte(b, '&')
	}
	out = append(out, b...)
	*scratch = out
	return newlines(out, scratch), nil
}

func reference(s string) (rune, bool) {
	switch s {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(s) < 2 || s[0] != '#' {
		return 0, false
	}
	base := 10
	if s = s[1:]; s[0] == 'x' {
		s, base = s[1:], 16
	}
	n, err := strconv.ParseUint(s, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) || n < ' ' && n != '\t' && n != '\n' && n != '\r' {
		return 0, false
	}
	return rune(n), true
}

// newlines turns CR LF and CR into LF.
func newlines(b []byte, scratch *[]byte) []byte {
	if bytes.IndexByte(b, '\r') < 0 {
		return b
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	for i, c := range b {
		if c == '\r' {
			b[i] = '\n'
		}
	}
	*scratch = b
	return b
}

// check refuses what XML forbids: broken UTF-8 and control characters.
func check(b []byte) error {
	ascii := true
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
			return fmt.Errorf("control character %#x", c)
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if !ascii && !utf8.Valid(b) {
		return errors.New("text is not UTF-8")
	}
	return nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// xmlDecoder finds out the encoding of a document from its first bytes; nil is UTF-8.
func xmlDecoder(b []byte) *encoding.Decoder {
	switch {
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}), bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte{0, '<'}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	case bytes.HasPrefix(b, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	}
	if bytes.HasPrefix(b, []byte("<?xml")) {
		head, _, _ := bytes.Cut(b[:min(len(b), 200)], []byte("?>"))
		if bytes.Contains(bytes.ToLower(head), []byte("windows-1251")) {
			return charmap.Windows1251.NewDecoder()
		}
	}
	return nil
}
