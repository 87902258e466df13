package drawing

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"perechen/internal/office"
	"perechen/internal/office/pdf"
)

//go:embed fonts/*.ttf.gz
var fontFiles embed.FS

// The letters of the font reach this part of the size above and below the baseline.
const (
	ascent  = 1.018
	descent = 0.276
)

var (
	regular = sync.OnceValue(func() *pdf.Font { return load("perechen-sans-regular", "PerechenSans-Regular") })
	bold    = sync.OnceValue(func() *pdf.Font { return load("perechen-sans-bold", "PerechenSans-Bold") })
	others  = sync.OnceValue(func() []*pdf.Font {
		fonts, err := office.Fonts()
		if err != nil {
			panic(err)
		}
		return fonts
	})
)

// load reads a font that the program carries; one that cannot be read is a program built wrong.
func load(file, name string) *pdf.Font {
	packed, err := fontFiles.ReadFile("fonts/" + file + ".ttf.gz")
	if err != nil {
		panic(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		panic(err)
	}
	f, err := pdf.ParseFont(name, data)
	if err != nil {
		panic(err)
	}
	return f
}

// font is the font that draws a character of the type: its own, or the first of the documents' fonts that has it.
func (t Type) font(r rune) *pdf.Font {
	own := regular()
	if t.Bold {
		own = bold()
	}
	if own.Has(r) {
		return own
	}
	for _, f := range others() {
		if f.Has(r) {
			return f
		}
	}
	return own
}

// Width is the width of a line of text.
func Width(s string, t Type) float64 {
	sum := 0
	for _, r := range s {
		sum += t.font(r).Advance(r)
	}
	return float64(sum) * t.size() / 1000
}

// left is where the line begins.
func (t text) left() float64 {
	switch t.t.Anchor {
	case Middle:
		return t.x - Width(t.s, t.t)/2
	case End:
		return t.x - Width(t.s, t.t)
	}
	return t.x
}

// Cut shortens a line to the width, with «…» for what is left out.
func Cut(s string, width float64, t Type) string {
	s = clean(s)
	if Width(s, t) <= width {
		return s
	}
	runes := []rune(s)
	room := width - Width("…", t)
	n := 0
	for n < len(runes) {
		room -= float64(t.font(runes[n]).Advance(runes[n])) * t.size() / 1000
		if room < 0 {
			break
		}
		n++
	}
	cut := strings.TrimRightFunc(string(runes[:n]), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–-(«", r) })
	if cut == "" && width < Width("…", t) {
		return ""
	}
	return cut + "…"
}

// Wrap sets text in lines of at most the width. More than so many lines (zero is no limit) are cut with «…»; a word
// that is wider than a line is broken.
func Wrap(s string, width float64, lines int, t Type) []string {
	var out []string
	words := strings.FieldsFunc(clean(s), func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' })
	line := ""
	for i := 0; i < len(words); i++ {
		w := words[i]
		next := w
		if line != "" {
			next = line + " " + w
		}
		if Width(next, t) <= width {
			line = next
			continue
		}
		if lines > 0 && len(out) == lines-1 {
			return append(out, Cut(next+" "+strings.Join(words[i+1:], " "), width, t))
		}
		if line == "" {
			line, w = breakWord(w, width, t)
			words[i] = w
		}
		out, line = append(out, line), ""
		if w != "" {
			i-- // the word once more, on the next line
		}
	}
	if line != "" {
		out = append(out, line)
	}
	return out
}

// breakWord takes what fits of a word, at least one character; after a hyphen or a stroke when there is one near.
func breakWord(w string, width float64, t Type) (head, tail string) {
	at, good, sum := 0, 0, 0.0
	for i, r := range w {
		sum += float64(t.font(r).Advance(r)) * t.size() / 1000
		if sum > width && i > 0 {
			break
		}
		at = i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			at = i + 1
		}
		if strings.ContainsRune("-/._@", r) {
			good = at
		}
	}
	if at < len(w) && good*2 > at {
		at = good
	}
	return w[:at], w[at:]
}

// clean makes text fit for XML and one line: no control characters, no line breaks.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ' || r == 0x7f || r == 0xFFFE || r == 0xFFFF || r == '\u00ad':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�")))
}
