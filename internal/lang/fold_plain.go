package lang

// The classes of bytes in plain text: ASCII, Russian letters, guillemets, «№», dashes and the no-break space, which
// normalisation changes in no other way than foldPlain does. Nearly all text is plain.
const (
	other = iota
	wordByte
	spaceByte
)

var classes = func() (c [0x80]byte) {
	for b := range c {
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9':
			c[b] = wordByte
		case b == ' ', '\t' <= b && b <= '\r':
			c[b] = spaceByte
		}
	}
	return c
}()

// foldPlain is Fold of plain text, byte by byte; false for any other. Text that is folded already is not copied.
func foldPlain(s string) (string, bool) {
	i := foldedPrefix(s)
	if i == len(s) {
		return s, true
	}
	var room [256]byte
	b := append(room[:0], s[:i]...)
	space := false
	for i < len(s) {
		c := s[i]
		out, n := [3]byte{c}, 1 // what stands for the character, and its length in b
		size := 1
		switch {
		case c < 0x80:
			switch {
			case classes[c] == spaceByte:
				n = 0
			case 'A' <= c && c <= 'Z':
				out[0] = c + 'a' - 'A'
			case c == '\'' || c == '`':
				out[0] = '"'
			}
		case c == 0xd0 && i+1 < len(s):
			size, n = 2, 2
			switch d := s[i+1]; {
			case d >= 0x90 && d < 0xa0: // А…П
				out = [3]byte{0xd0, d + 0x20}
			case d >= 0xa0 && d < 0xb0: // Р…Я
				out = [3]byte{0xd1, d - 0x20}
			case d >= 0xb0 && d < 0xc0: // а…п
				out = [3]byte{0xd0, d}
			case d == 0x81: // Ё
				out = [3]byte{0xd0, 0xb5}
			default:
				return "", false
			}
		case c == 0xd1 && i+1 < len(s):
			size, n = 2, 2
			switch d := s[i+1]; {
			case d >= 0x80 && d < 0x90: // р…я
				out = [3]byte{0xd1, d}
			case d == 0x91: // ё
				out = [3]byte{0xd0, 0xb5}
			default:
				return "", false
			}
		case c == 0xc2 && i+1 < len(s):
			size = 2
			switch s[i+1] {
			case 0xab, 0xbb: // « »
				out[0] = '"'
			case 0xa0: // no-break space
				n = 0
			default:
				return "", false
			}
		case c == 0xe2 && i+2 < len(s):
			size = 3
			switch [2]byte{s[i+1], s[i+2]} {
			case [2]byte{0x84, 0x96}: // №
				out, n = [3]byte{0xe2, 0x84, 0x96}, 3
			case [2]byte{0x80, 0x93}, [2]byte{0x80, 0x94}: // – —
				out[0] = '-'
			default:
				return "", false
			}
		default:
			return "", false
		}
		i += size
		if n == 0 {
			space = len(b) > 0
			continue
		}
		if space {
			b = append(b, ' ')
			space = false
		}
		b = append(b, out[:n]...)
	}
	return string(b), true
}

// foldedPrefix gives the length of the beginning of s that folding leaves as it is, up to the last whole word.
func foldedPrefix(s string) int {
	i, word := 0, 0
	for i < len(s) {
		c := s[i]
		switch {
		case c == ' ':
			if i == 0 || i+1 == len(s) || classes[s[i+1]&0x7f] == spaceByte && s[i+1] < 0x80 || s[i+1] == 0xc2 {
				return word
			}
			i++
			word = i
		case c < 0x80:
			if classes[c] == spaceByte || 'A' <= c && c <= 'Z' || c == '\'' || c == '`' {
				return word
			}
			i++
		case c == 0xd0 && i+1 < len(s) && s[i+1] >= 0xb0 && s[i+1] < 0xc0, c == 0xd1 && i+1 < len(s) && s[i+1] >= 0x80 && s[i+1] < 0x90:
			i += 2
		default:
			return word
		}
	}
	return i
}

// plainWords gives the words of folded plain text.
func plainWords(s string) []string {
	n := 0
	for from, to := plainWord(s, 0); from < to; from, to = plainWord(s, to) {
		n++
	}
	words := make([]string, 0, n)
	for from, to := plainWord(s, 0); from < to; from, to = plainWord(s, to) {
		words = append(words, s[from:to])
	}
	return words
}

// plainWord finds the first word of folded plain text from i on; an empty one where there is none. Of its characters
// beyond ASCII only «№» (e2 84 96) is no letter.
func plainWord(s string, i int) (from, to int) {
	for i < len(s) && (s[i] < 0x80 && classes[s[i]] != wordByte || s[i] == 0xe2) {
		if s[i] == 0xe2 {
			i += 2
		}
		i++
	}
	from = i
	for i < len(s) && (s[i] >= 0x80 && s[i] != 0xe2 || s[i] < 0x80 && classes[s[i]] == wordByte) {
		i++
	}
	return from, i
}
