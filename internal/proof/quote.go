package proof

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// appendQuoted writes s as a JSON string in the one form that the formats know: only the quotation mark, the backslash
// and U+0000–U+001F are escaped, the last as \u00xx with lower-case digits. s must be valid UTF-8.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		if c == '"' || c == '\\' {
			b = append(b, '\\', c)
			continue
		}
		b = append(b, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
	}
	return append(append(b, s[from:]...), '"')
}

// unquote reads a JSON string in canonical form, as appendQuoted writes it.
func unquote(b []byte) (string, bool) {
	if n := len(b); n >= 2 && b[0] == '"' && b[n-1] == '"' && plain(b[1:n-1]) {
		return string(b[1 : n-1]), true
	}
	var s string
	if json.Unmarshal(b, &s) != nil {
		return "", false
	}
	return s, bytes.Equal(appendQuoted(nil, s), b)
}

// plain tells that b stands for itself between quotation marks.
func plain(b []byte) bool {
	for _, c := range b {
		if c < 0x20 || c == '"' || c == '\\' {
			return false
		}
	}
	return utf8.Valid(b)
}
