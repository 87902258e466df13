package web

import (
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

// TestALookIsKept: what is chosen holds on every page, only choices are kept, and one is sent on to nowhere but these pages.
func TestALookIsKept(t *testing.T) {
	w := committee(t, Options{})
	_, body := w.get(t, "/komzan/")
	if h := testkit.ParseHTML(t, body).One(t, "html"); len(h.Attrs()) != 1 {
		t.Errorf("the usual look: %q", h.Attrs())
	}
	ask := func(query string) *http.Response {
		res, _ := w.get(t, "/-/look?set=1&"+query)
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %s", query, res.Status)
		}
		return res
	}
	res := ask("size=huge&colours=black&space=wide&back=/komzan/points")
	if to := res.Header.Get("Location"); to != "/komzan/points" {
		t.Errorf("sent on to %s", to)
	}
	kept := res.Cookies()[0]
	w.cookies = map[string]string{kept.Name: kept.Value}
	for _, address := range []string{"/komzan/", "/komzan/points", "/", "/komzan/nothing", "/-/look"} {
		_, body := w.get(t, address)
		page := testkit.ParseHTML(t, body)
		h := page.One(t, "html")
		for name, want := range map[string]string{"data-size": "huge", "data-colours": "black", "data-space": "wide"} {
			if got, _ := h.Attr(name); got != want {
				t.Errorf("%s: %s is %q, want %q", address, name, got, want)
			}
		}
		href, _ := page.One(t, "link[rel=stylesheet]").Attr("href")
		if _, css := w.get(t, href); !strings.Contains(css, "html[data-size=huge]{font-size:2.125rem}") || !strings.Contains(css, "(max-width:1520px)") {
			t.Errorf("%s: the style sheet %s is not for very large letters", address, href)
		}
	}
	w.cookies = map[string]string{"look": `<script>.black.`}
	_, body = w.get(t, "/komzan/")
	if h := testkit.ParseHTML(t, body).One(t, "html"); strings.Join(h.Attrs(), " ") != "lang data-colours" {
		t.Errorf("a spoiled cookie gives %q", h.Attrs())
	}
	for _, back := range []string{"https://example.org/", "//example.org", "/\\example.org", "x"} {
		if to := ask("size=large&back=" + back).Header.Get("Location"); to != "/" {
			t.Errorf("back=%s leads to %s", back, to)
		}
	}
	if c := ask("size=large&usual=1").Cookies()[0]; c.MaxAge >= 0 {
		t.Error("the usual look does not take the choice away")
	}
}

// TestLooksInARealBrowser: larger letters and every scheme of colours keep pages whole, readable and usable by key, at 200 % and 400 %
// too; so do colours that the device forces on every page.
func TestLooksInARealBrowser(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	b.Media("screen", "light")
	pages := []string{"/komzan/", "/komzan/points", "/komzan/findings", "/komzan/find?q=" + "увольняюсь", "/komzan/log", "/big/?page=2", "/-/look", "/-/accessibility"}
	for _, look := range []string{"size=large&colours=dark", "size=huge&colours=black&space=wide", "size=huge&colours=white", "size=&colours=blue&space=wide"} {
		b.Open(base + "/-/look?set=1&back=/-/look&" + look)
		for _, address := range pages {
			b.Open(base + address)
			for _, size := range [][2]int64{{1280, 900}, {640, 450}, {320, 256}} {
				if size[0] == 320 && strings.Contains(look, "huge") {
					continue // letters of twice the size at 400 % are eight times as large
				}
				b.Size(size[0], size[1])
				for _, f := range b.Whole() {
					t.Errorf("%s with %s at %d px: %s", address, look, size[0], f)
				}
			}
			b.Size(1280, 900)
			for _, f := range slices.Concat(b.Axe(), b.Focus(), b.Edges()) {
				t.Errorf("%s with %s: %s", address, look, f)
			}
		}
	}
	b.Open(base + "/-/look?set=1&usual=1&back=/-/look")
	b.Forced(true)
	for _, address := range append(pages, "/-/sign-in") {
		b.Open(base + address)
		for _, f := range slices.Concat(b.Axe(), b.Focus(), b.Edges()) {
			t.Errorf("%s in the colours of the device: %s", address, f)
		}
	}
}

// TestContrastSchemesStandOutSevenToOne: each colour of words on each ground that the style sheet gives them.
func TestContrastSchemesStandOutSevenToOne(t *testing.T) {
	css, err := os.ReadFile(filepath.Join("static", "site.css"))
	if err != nil {
		t.Fatal(err)
	}
	light := func(hex string) float64 {
		if len(hex) == 4 {
			hex = "#" + strings.Repeat(hex[1:2], 2) + strings.Repeat(hex[2:3], 2) + strings.Repeat(hex[3:4], 2)
		}
		sum := 0.0
		for i, part := range []float64{.2126, .7152, .0722} {
			n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
			if err != nil {
				t.Fatalf("%s: %v", hex, err)
			}
			v := float64(n) / 255
			if v <= .04045 {
				sum += part * v / 12.92
			} else {
				sum += part * math.Pow((v+.055)/1.055, 2.4)
			}
		}
		return sum
	}
	for _, scheme := range []string{"black", "white", "blue"} {
		part := regexp.MustCompile(`(?s):root\[data-colours=` + scheme + `\]\{(.*?)\}`).FindSubmatch(css)
		if part == nil {
			t.Fatalf("no scheme %s", scheme)
		}
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z-]+):(#[0-9a-f]+)`).FindAllSubmatch(part[1], -1) {
			colours[string(m[1])] = string(m[2])
		}
		words := []string{"ink", "soft", "link", "visited", "action", "digital", "offline", "bad", "unclear", "form", "del", "ins"}
		grounds := []string{"paper", "sheet", "digital-bg", "offline-bg", "target", "del-bg", "ins-bg"}
		for _, w := range words {
			for _, g := range grounds {
				a, b := light(colours[w]), light(colours[g])
				if r := (max(a, b) + .05) / (min(a, b) + .05); r < 7 {
					t.Errorf("%s: %s on %s stands out %.2f to 1", scheme, w, g, r)
				}
			}
		}
	}
}
