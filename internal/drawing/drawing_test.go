package drawing

import (
	"bytes"
	"encoding/xml"
	"image/png"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sample is a drawing with everything in it.
func sample() *Drawing {
	d := New(480, 320, "Каналы «отдела» <кадров> & бухгалтерии", "Пять цифровых точек, две офлайн.")
	d.Rect(0, 0, 480, 320, Style{Fill: Ground})
	for i, h := range []Hatch{Plain, Up, Down, Cross, Dots, Level} {
		x := 16 + float64(i)*76
		d.RoundRect(x, 16, 64, 48, 8, Style{Fill: OfflineBg, Hatch: h, HatchInk: Offline, Stroke: Offline})
	}
	d.Circle(60, 120, 32, Style{Fill: Digital, Stroke: Ink, Width: 2})
	d.Text(60, 125, "42", Type{Color: Field, Bold: true, Anchor: Middle})
	d.Line(110, 90, 460, 90, Style{Stroke: Rule, Width: 2, Dash: []float64{8, 4}})
	d.Polygon(Style{Fill: BadBg, Stroke: Bad, Hatch: Up, HatchInk: Bad}, 120, 150, 150, 104, 180, 150)
	d.Polyline(Style{Stroke: Link, Width: 3}, 200, 150, 240, 110, 280, 150, 320, 110)
	d.Path(new(Path).Move(340, 150).Curve(360, 90, 400, 190, 440, 120), Style{Stroke: Unclear, Width: 2})
	g := d.Add(Group{X: 16, Y: 180, Href: "/komzan/points?a=1&b=2", Title: "Все точки отдела"})
	g.RoundRect(0, 0, 220, 100, 4, Style{Fill: Field, Stroke: Edge})
	g.Box(8, 6, 204, 88, "Получение сведений о стаже государственной гражданской службы, «кадры» и бухгалтерия; ссылка https://komzan.alania.gov.ru/pages/obrashcheniya-grazhdan/2025", Type{})
	d.Box(252, 180, 212, 40, "Очень длинная надпись, которая в отведённое ей место целиком не поместится никогда", Type{Bold: true, Anchor: Middle})
	d.Text(252, 250, "☎ 8 (8672) 00-00-00 · ∞ ✓ Ӕ Ω", Type{Size: 12, Color: Soft})
	return d
}

func TestTextNeverLeavesItsBox(t *testing.T) {
	words := []string{"", "а", "Комитет занятости населения", "нерасчленимоедлинноесловобезединогопробелаидефиса", "https://example.test/очень/длинный/путь?x=1",
		"8 (8672) 53-55-12, 8 (8672) 53-55-13", strings.Repeat("щ ", 200), "А\u00a0Б\u00a0В\u00a0Г\u00a0Д", "\x01\n\tстрока\x00", "漢字 и Ω", "\xff\xfe"}
	for _, s := range words {
		for _, width := range []float64{1, 12, 40, 200, 1000} {
			for _, lines := range []int{0, 1, 2, 5} {
				for _, typ := range []Type{{}, {Size: 9, Bold: true}, {Size: 31.5}} {
					set := Wrap(s, width, lines, typ)
					if lines > 0 && len(set) > lines {
						t.Errorf("%q in %v: %d lines, not more than %d wanted", s, width, len(set), lines)
					}
					for _, l := range set {
						if w := Width(l, typ); w > width+1e-6 && len([]rune(l)) > 1 {
							t.Errorf("%q is %.2f wide in %v", l, w, width)
						}
					}
					if lines == 0 && strings.Join(strings.Fields(strings.Join(set, "")), "") != strings.Join(strings.Fields(clean(s)), "") {
						t.Errorf("%q in %v: letters are lost: %q", s, width, set)
					}
					if c := Cut(s, width, typ); Width(c, typ) > width+1e-6 {
						t.Errorf("Cut(%q, %v) = %q is too wide", s, width, c)
					}
				}
			}
		}
	}
	d := New(100, 100, "", "")
	if h := d.Box(0, 0, 60, 40, strings.Repeat("слово ", 30), Type{}); h > 40 {
		t.Errorf("a box of 40 took %v", h)
	}
	_, y1, _, y2, _ := d.bounds()
	if y1 < 0 || y2 > 40 {
		t.Errorf("text of a box from 0 to 40 stands from %v to %v", y1, y2)
	}
}

// What fits into a line whole is not cut, and what is cut says so.
func TestCutTextSaysSo(t *testing.T) {
	if got := Wrap("одно два три", 1000, 1, Type{}); len(got) != 1 || got[0] != "одно два три" {
		t.Errorf("got %q", got)
	}
	got := Wrap("одно, два, три, четыре, пять", 70, 2, Type{})
	if len(got) != 2 || !strings.HasSuffix(got[1], "…") || strings.HasSuffix(got[1], ",…") {
		t.Errorf("got %q", got)
	}
}

func TestSVGIsSoundAndEscaped(t *testing.T) {
	var file bytes.Buffer
	if err := sample().WriteSVG(&file); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]string{"file": file.String(), "inline": sample().Inline()} {
		d := xml.NewDecoder(strings.NewReader(s))
		var words []string
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if c, ok := tok.(xml.CharData); ok {
				words = append(words, string(c))
			}
		}
		all := strings.Join(words, "\n")
		for _, want := range []string{"Каналы «отдела» <кадров> & бухгалтерии", "Пять цифровых точек, две офлайн.", "Все точки отдела", "42"} {
			if !strings.Contains(all, want) {
				t.Errorf("%s: no %q in %q", name, want, all)
			}
		}
		if !strings.Contains(s, `href="/komzan/points?a=1&amp;b=2"`) || !strings.Contains(s, `role="group"`) {
			t.Errorf("%s: no link, or a role that hides it", name)
		}
	}
	if s := sample().Inline(); strings.Contains(s, "style=") || !strings.Contains(s, "var(--offline-bg,#f8ecdc)") {
		t.Error("a picture in a page takes the page's colours and no styles of its own")
	}
	d := New(10, 10, "т", "")
	d.Add(Group{Href: "javascript:alert(1)"}).Text(0, 10, "x", Type{})
	if s := d.Inline(); strings.Contains(s, "javascript") || !strings.Contains(s, `role="img"`) {
		t.Errorf("an address that a page may not lead to: %s", s)
	}
}

func TestPNGShowsTheGeometry(t *testing.T) {
	d := New(100, 60, "", "")
	d.Rect(10, 10, 40, 20, Style{Fill: "#ff0000"})
	d.Circle(75, 30, 10, Style{Fill: "#0000ff"})
	d.Line(0, 50, 100, 50, Style{Stroke: "#00ff00", Width: 4})
	d.Rect(10, 40, 20, 4, Style{Stroke: "#000000", Width: 2})
	d.Add(Group{X: 60, Y: 2}).Rect(0, 0, 8, 8, Style{Hatch: Level, HatchInk: "#000000"})
	var b bytes.Buffer
	if err := d.WritePNG(&b, 3); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got.X != 300 || got.Y != 180 {
		t.Fatalf("size %v", got)
	}
	for _, c := range []struct {
		x, y float64
		want string
	}{{5, 5, "#ffffff"}, {11, 11, "#ff0000"}, {49, 29, "#ff0000"}, {51, 29, "#ffffff"}, {75, 30, "#0000ff"}, {83.5, 30, "#0000ff"}, {86, 30, "#ffffff"}, {82.5, 37.5, "#ffffff"},
		{50, 48.7, "#00ff00"}, {50, 51.3, "#00ff00"}, {50, 53, "#ffffff"}, {20, 40, "#000000"}, {20, 42, "#ffffff"}, {10, 42, "#000000"}, {64, 4, "#000000"}, {64, 6, "#ffffff"}, {64, 8, "#000000"}} {
		r, g, bl, _ := img.At(int(c.x*3), int(c.y*3)).RGBA()
		if got := hex(r, g, bl); got != c.want {
			t.Errorf("at %v, %v: %s, want %s", c.x, c.y, got, c.want)
		}
	}
}

func hex(v ...uint32) string {
	const digits = "0123456789abcdef"
	s := "#"
	for _, x := range v {
		s += string([]byte{digits[x>>12&15], digits[x>>8&15]})
	}
	return s
}

// Text in pixels is as wide as it was measured and stands on its baseline.
func TestPNGTextStandsWhereItIsMeasured(t *testing.T) {
	typ := Type{Size: 20, Bold: true}
	const s = "НИЖНЕ"
	d := New(200, 40, "", "")
	d.Text(190, 30, s, Type{Size: 20, Bold: true, Anchor: End})
	img := d.raster(2)
	x1, x2, y2 := math.MaxInt, -1, -1
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if img.RGBAAt(x, y).R < 128 {
				x1, x2, y2 = min(x1, x), max(x2, x), max(y2, y)
			}
		}
	}
	if want := (190 - Width(s, typ)) * 2; math.Abs(float64(x1)-want) > 6 || x2 > 380 || x2 < 370 || math.Abs(float64(y2)-60) > 2 {
		t.Errorf("ink from %d to %d down to %d; want from about %.0f to 380 down to 60", x1, x2, y2, want)
	}
}

func TestPicturesTooLargeAreMadeSmaller(t *testing.T) {
	img := New(60000, 3000, "", "").raster(4)
	if n := img.Bounds().Dx() * img.Bounds().Dy(); n > maxPixels+100000 || img.Bounds().Dx() > 32001 {
		t.Errorf("%v", img.Bounds())
	}
}

func TestPDFIsSearchedByPoppler(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.pdf")
	for _, paper := range []Paper{A4, A3} {
		var b bytes.Buffer
		long := New(200, 800, "Вторая картинка", "")
		long.Text(10, 400, "Вертикально стоящий лист", Type{})
		if err := WritePDF(&b, Print{Paper: paper, Notes: []string{"По состоянию на 01.02.2026."}, Footer: "Комитет", Base: "https://perechen.test"}, sample(), long); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		words := run(t, "pdftotext", file, "-")
		for _, want := range []string{"Получение сведений о стаже", "42", "Каналы «отдела» <кадров> & бухгалтерии", "По состоянию на 01.02.2026.", "Вертикально стоящий лист", "Комитет · 2 / 2", "☎"} {
			if !strings.Contains(words, want) {
				t.Errorf("%q is not found in %q", want, words)
			}
		}
		if info := run(t, "pdfinfo", "-f", "1", "-l", "2", file); !strings.Contains(info, "Tagged:          yes") || !regexp.MustCompile(`Page +1 size: +(841\.89 x 595\.28|1190\.55 x 841\.89)`).MatchString(info) ||
			!regexp.MustCompile(`Page +2 size: +(595\.28 x 841\.89|841\.89 x 1190\.55)`).MatchString(info) {
			t.Errorf("pages lie as their drawings do:\n%s", info)
		}
		if tags := run(t, "pdfinfo", "-struct", file); !strings.Contains(tags, "Figure") || !strings.Contains(tags, "Link") || !strings.Contains(tags, "H1") {
			t.Errorf("structure:\n%s", tags)
		}
		if urls := run(t, "pdfinfo", "-url", file); !strings.Contains(urls, "https://perechen.test/komzan/points?a=1&b=2") {
			t.Errorf("addresses:\n%s", urls)
		}
		if dir := os.Getenv("PERECHEN_LOOK"); dir != "" { // to be looked at
			os.WriteFile(filepath.Join(dir, "sample.pdf"), b.Bytes(), 0o600)
			var x bytes.Buffer
			sample().WritePNG(&x, 2)
			os.WriteFile(filepath.Join(dir, "sample.png"), x.Bytes(), 0o600)
		}
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s (Debian: apt-get install poppler-utils libreoffice-draw)", name, err, out)
	}
	return string(out)
}

// The colours of files are those of the pages by day, and words on them can be read.
func TestColoursAreThoseOfThePages(t *testing.T) {
	css, err := os.ReadFile("../web/static/site.css")
	if err != nil {
		t.Fatal(err)
	}
	root := string(css[bytes.Index(css, []byte(":root{")):])
	root = root[:strings.Index(root, "}")]
	for p := range light {
		m := regexp.MustCompile(`--` + string(p) + `:(#[0-9a-f]+)`).FindStringSubmatch(root)
		if m == nil {
			t.Errorf("the pages have no --%s", p)
			continue
		}
		if len(m[1]) == 4 {
			m[1] = "#" + strings.Repeat(m[1][1:2], 2) + strings.Repeat(m[1][2:3], 2) + strings.Repeat(m[1][3:], 2)
		}
		if m[1] != p.hex() {
			t.Errorf("%s is %s in the pages, %s here", p, m[1], p.hex())
		}
	}
	for _, c := range []struct {
		a, b Paint
		want float64
	}{{Ink, Field, 4.5}, {Soft, Ground, 4.5}, {Link, Ground, 4.5}, {Digital, DigitalBg, 4.5}, {Offline, OfflineBg, 4.5}, {Bad, BadBg, 4.5}, {Unclear, Ground, 4.5}, {Form, Ground, 4.5},
		{Digital, Field, 4.5}, {Offline, Field, 4.5}, {Bad, Field, 4.5}} {
		if got := contrast(c.a, c.b); got < c.want {
			t.Errorf("contrast of %s and %s is %.2f", c.a, c.b, got)
		}
	}
}

func contrast(a, b Paint) float64 {
	l := func(p Paint) float64 {
		c := p.rgb()
		lin := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= .04045 {
				return x / 12.92
			}
			return math.Pow((x+.055)/1.055, 2.4)
		}
		return .2126*lin(c.R) + .7152*lin(c.G) + .0722*lin(c.B)
	}
	x, y := l(a), l(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}
