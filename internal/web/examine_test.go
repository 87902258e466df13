package web

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

// thumbs gives the controls that a thumb misses: lower than 44 px on a telephone.
const thumbs = `[...document.querySelectorAll("header a, header button, .btn, button, input:not([type=hidden],[type=checkbox],[type=radio],[readonly]), textarea, select, summary, .check, .pick, .pager a, .exports a, .formats a, .reset, .contents a, .views a, .clauseref, .change a, .linkish")]
	.filter(e => e.checkVisibility() && !e.matches(".vh") && e.getBoundingClientRect().height < 43.5)
	.map(e => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 20) + " " + e.getBoundingClientRect().height)`

// examine looks at the page that is open as each of its readers meets it: at a desk and on a telephone, enlarged to 200 % and
// 400 % (WCAG 1.4.10: 640 and 320 px), with distances of their own (1.4.12), by eye in both schemes, by ear, by key and by thumb.
func examine(t *testing.T, b *testkit.Browser, what string) {
	t.Helper()
	tell := func(faults []string, how string, a ...any) {
		t.Helper()
		for _, f := range faults {
			t.Errorf("%s, %s: %s", what, fmt.Sprintf(how, a...), f)
		}
	}
	b.Media("screen", "light")
	for _, s := range [][2]int64{{1280, 900}, {760, 900}, {640, 450}, {360, 800}, {320, 256}} {
		b.Size(s[0], s[1])
		tell(b.Whole(), "%d px", s[0])
		if s[0] == 1280 || s[0] == 360 {
			shot(t, b, what, s[0])
			for _, scheme := range []string{"dark", "light"} {
				tell(b.AxeIn(scheme), "%d px, %s", s[0], scheme)
			}
		}
		switch s[0] {
		case 1280:
			tell(b.Names(), "by ear")
			tell(b.Languages(), "by ear")
			for _, scheme := range []string{"dark", "light"} {
				b.Media("screen", scheme)
				tell(b.Focus(), "by key, %s", scheme)
				tell(b.Edges(), "by eye, %s", scheme)
			}
		case 360:
			tell(testkit.Eval[[]string](b, thumbs), "by thumb")
		}
	}
	for _, s := range [][2]int64{{320, 256}, {1280, 900}} {
		b.Size(s[0], s[1])
		b.Spacing(true)
		tell(b.Whole(), "%d px, wide distances", s[0])
		b.Spacing(false)
	}
}

// shot keeps a picture of the page in the folder that PERECHEN_SHOTS names, to look at it.
func shot(t *testing.T, b *testkit.Browser, what string, width int64) {
	t.Helper()
	dir := os.Getenv("PERECHEN_SHOTS")
	if dir == "" {
		return
	}
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\?:*"<>| `, r) {
			return '-'
		}
		return r
	}, what)
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)), b.PNG(), 0o644); err != nil {
		t.Fatal(err)
	}
}
