package pdf

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
)

func testFont(t testing.TB, file string) *Font {
	t.Helper()
	f, err := ParseFont(file, fontBytes(t, file))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func fontBytes(t testing.TB, file string) []byte {
	t.Helper()
	r, err := os.Open("../fonts/" + file + ".ttf.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestParseFont(t *testing.T) {
	f := testFont(t, "LiberationSerif-Regular")
	for r, want := range map[rune]int{' ': 250, '\u00a0': 250, 'А': 722, 'ж': 691, '№': 954, '\u0301': 0, '-': 333, '\u2011': 333} {
		if !f.Has(r) || f.Advance(r) != want {
			t.Errorf("%q: has %v, advance %d, want %d", r, f.Has(r), f.Advance(r), want)
		}
	}
	for _, r := range []rune{'中', 0x1F600, -1, 0} {
		if f.Has(r) {
			t.Errorf("%q: has a glyph", r)
		}
		if f.Advance(r) != f.Advance('□') {
			t.Errorf("%q: not as wide as the box", r)
		}
	}
}

func TestParseFontRefusesDamage(t *testing.T) {
	whole := fontBytes(t, "DejaVuSans-Symbols")
	for _, n := range []int{0, 3, 11, 100, 300, 5000} {
		if _, err := ParseFont("cut", whole[:n:n]); err == nil {
			t.Errorf("a font of %d bytes was taken", n)
		}
	}
}

// A subset is a font: it holds the characters shown, with their parts, and little else.
func TestSubset(t *testing.T) {
	src := testFont(t, "LiberationSerif-Regular")
	a := &Face{font: src, runes: []rune{0}}
	for _, r := range "йё中😀й" {
		a.cid(r)
	}
	if got := string(a.runes[1:]); got != "йё中😀" {
		t.Fatalf("characters %q", got)
	}
	sub := a.subset()
	glyphs := int(be.Uint16(sub[tableAt(sub, "maxp")+4:]))
	if glyphs < 5 || glyphs > 10 { // й and ё are made of parts
		t.Errorf("%d glyphs", glyphs)
	}
	if len(sub) > 12_000 {
		t.Errorf("%d bytes", len(sub))
	}
	loca, glyf := tableAt(sub, "loca"), tableAt(sub, "glyf")
	for g := range glyphs {
		from, to := be.Uint32(sub[loca+4*g:]), be.Uint32(sub[loca+4*g+4:])
		eachPart(sub[glyf+int(from):glyf+int(to)], func(at int) {
			if n := be.Uint16(sub[glyf+int(from)+at:]); int(n) >= glyphs {
				t.Errorf("glyph %d has part %d of %d", g, n, glyphs)
			}
		})
	}
}

func TestSRGBProfile(t *testing.T) {
	p := sRGB()
	if int(be.Uint32(p)) != len(p) || string(p[12:24]) != "mntrRGB XYZ " || string(p[36:40]) != "acsp" {
		t.Fatalf("header % x", p[:40])
	}
	for i := range int(be.Uint32(p[128:])) {
		e := p[132+12*i:]
		if off, size := be.Uint32(e[4:]), be.Uint32(e[8:]); int(off+size) > len(p) || off%4 != 0 {
			t.Errorf("tag %q at %d+%d of %d", e[:4], off, size, len(p))
		}
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", -1.5: "-1.5", 12.345: "12.35", 0.05: "0.05", -0.001: "0", 1e9: "32000", -1e9: "-32000"} {
		if got := string(num(nil, v)); got != want {
			t.Errorf("%v: got %s, want %s", v, got, want)
		}
	}
	nan := 0.0
	if got := string(num(nil, nan/nan)); got != "-32000" {
		t.Errorf("not a number: %s", got)
	}
}

func TestNamesAndStrings(t *testing.T) {
	if got := string(name("a b/Я(#")); got != "/a#20b#2F#D0#AF#28#23" {
		t.Errorf("name %s", got)
	}
	if got := string(textString("Я\n😀\x01")); got != "<FEFF042F0020D83DDE00>" {
		t.Errorf("text %s", got)
	}
	if got := string(char(char(nil, '('), '\r')); got != `\(\r` {
		t.Errorf("string %s", got)
	}
}

// Pages beyond one node of the tree, content put into a slot, and a link.
func TestManyPages(t *testing.T) {
	var out bytes.Buffer
	w := New(&out, Meta{Title: "Страницы", Lang: "ru-RU"})
	face := w.Face(testFont(t, "LiberationMono-Regular"))
	for i := range 1100 {
		p := w.NewPage(200, 100)
		e := w.Root().Add("P")
		slot := p.Slot()
		p.Begin(e)
		p.Text(face, 10, 10, 50, []rune(fmt.Sprint("второе ", i)), 0)
		p.In(slot, func() {
			p.Begin(e)
			p.Text(face, 10, 10, 30, []rune("первое"), 0)
		})
		if i == 0 {
			a := e.Add("Link")
			p.Begin(a)
			p.Text(face, 10, 10, 70, []rune("сайт"), 0)
			p.Link(a, 10, 60, 40, 12, "https://пример.рф/(а)", "сайт")
			a.Close()
		}
		e.Close()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := out.String()
	for what, want := range map[string]int{"/Type/Page/Parent": 1100, "/Type/Pages/Parent": 3, "/Count 1100": 1, "/URI(https://%D0%BF": 1, "/Subtype/Link/F 4": 1, "/Limits[1000 1100]": 1, "/StructParents": 1100} {
		if got := strings.Count(file, what); got != want {
			t.Errorf("%s stands %d times, want %d", what, got, want)
		}
	}
}
