package web

import (
	"bytes"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"perechen/internal/testkit"
)

// screens are pages of every kind, with and without content.
var screens = []string{"/", "/komzan/", "/komzan/?kind=phone&q=" + "увольнение", "/komzan/?on=2020-01-01", "/komzan/?edition=1", "/komzan/points", "/komzan/points/phone",
	"/komzan/find", "/komzan/find?q=" + "увольняюсь", "/komzan/find?q=zzzz", "/komzan/processes", "/komzan/processes/service", "/komzan/order", "/komzan/findings", "/komzan/editions", "/komzan/editions/2", "/komzan/diff", "/komzan/diff?a=1&b=2",
	"/komzan/log", "/komzan/documents", "/komzan/nothing", "/minec/", "/minec/clients", "/minec/editions", "/big/?page=2", "/komzan/?lang=en", "/evil/"}

// serve gives the address of a server with all kinds of bodies.
func serve(t *testing.T) string {
	t.Helper()
	w := committee(t, Options{Documents: papers{}})
	w.large(t, "big", 250)
	w.addEvil(t)
	rejectOne(t, w)
	srv := httptest.NewServer(w.handler)
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestEveryPageInARealBrowser(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	for _, address := range screens {
		b.Open(base + address)
		examine(t, b, address)
	}
}

func TestKeyboardReachesEverythingInOrder(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	for _, address := range []string{"/komzan/", "/komzan/findings", "/komzan/documents"} {
		b.Open(base + address)
		all := testkit.Eval[int](b, `[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']")].filter(e => e.checkVisibility()).length`)
		var order []int
		for len(order) < all {
			b.Do(chromedp.KeyEvent(kb.Tab))
			f := testkit.Eval[struct {
				At      int
				Visible bool
				Parts   bool // day, month and year of a date are stops of their own within one control
				Text    string
			}](b, `(() => { const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
				return {at: [...document.querySelectorAll("*")].indexOf(e), text: e.tagName + " " + e.textContent.slice(0, 30), parts: e.type === "date",
					visible: s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.bottom > 0 && r.top < innerHeight}; })()`)
			if !f.Visible {
				t.Errorf("%s: the focus on %q cannot be seen", address, f.Text)
			}
			if len(order) > 0 && f.At == order[len(order)-1] && f.Parts {
				continue
			}
			if len(order) > 0 && f.At <= order[len(order)-1] {
				t.Errorf("%s: the focus jumps back to %q", address, f.Text)
				break
			}
			order = append(order, f.At)
		}
		if len(order) != all {
			t.Errorf("%s: %d of %d controls were reached", address, len(order), all)
		}
	}
	b.Open(base + "/komzan/")
	b.Do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	if got := testkit.Eval[string](b, "document.activeElement.id + location.hash"); got != "main#main" {
		t.Errorf("the skip link leads to %q", got)
	}
}

func TestPagesWorkWithoutScripts(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	b.Scripts(false)
	b.Size(360, 800)
	b.Open(base + "/komzan/")
	b.Do(
		chromedp.SendKeys(chromedp.CSS(".filter input[type=search]"), "увольнением"+kb.Enter),
		chromedp.WaitVisible(chromedp.CSS(".shown a[href='/komzan/']")), // it is there only when something is chosen
	)
	if got := testkit.Eval[string](b, "decodeURI(location.search)"); !strings.Contains(got, "q=увольнением") {
		t.Errorf("the address says %q", got)
	}
	if n := testkit.Eval[int](b, `document.querySelectorAll("table.register tbody tr").length`); n != 3 {
		t.Errorf("%d rows are found", n)
	}
	b.Do(chromedp.Click(chromedp.CSS("details.menu summary")))
	if !testkit.Eval[bool](b, `document.querySelector("input[type=date]").checkVisibility()`) {
		t.Error("the choice of a date does not open")
	}
	b.Do(chromedp.Click(chromedp.CSS("details.more summary")))
	if !testkit.Eval[bool](b, `document.querySelector("select[name=kind]").checkVisibility()`) {
		t.Error("the filters do not open")
	}
}

func TestScriptHasNoErrorsAndClosesMenus(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	b.Open(base + "/komzan/")
	if !testkit.Eval[bool](b, `document.documentElement.classList.contains("js")`) {
		t.Fatal("the script did not run: does the policy forbid it?")
	}
	b.Do(chromedp.Click(chromedp.CSS("details.menu summary")), chromedp.KeyEvent(kb.Escape))
	if testkit.Eval[bool](b, `document.querySelector("details.menu").open`) {
		t.Error("Escape does not close the menu")
	}
	if got := testkit.Eval[string](b, "document.activeElement.tagName"); got != "SUMMARY" {
		t.Errorf("after Escape the focus is on %s", got)
	}
	if !testkit.Eval[bool](b, `document.querySelector("select[name=kind]").checkVisibility()`) {
		t.Error("at a desk the filters are folded")
	}
}

func TestRegisterPrintsAsADocument(t *testing.T) {
	base := serve(t)
	b := testkit.NewBrowser(t)
	for _, tt := range []struct{ address, says, hides, repeats string }{
		{"/komzan/", "Поступление на государственную", "Скачать отчёт", ""},
		{"/big/", "Направление деятельности номер 4", "Следующие", "Точка взаимодействия"},
		{"/komzan/findings", "Нарушения", "Замечание неверно?", ""},
		{"/komzan/order", "2.5. Для каждой точки взаимодействия", "Документы", ""},
	} {
		b.Open(base + tt.address)
		text := pdfText(t, b.PDF())
		flat := strings.Join(strings.Fields(text), " ")
		if !strings.Contains(flat, tt.says) || strings.Contains(flat, tt.hides) {
			t.Errorf("%s prints %.300q…", tt.address, flat)
		}
		if pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f"); tt.repeats != "" {
			if len(pages) < 2 {
				t.Errorf("%s prints on %d page", tt.address, len(pages))
			}
			for i, p := range pages[:len(pages)-1] {
				if !strings.Contains(p, tt.repeats) {
					t.Errorf("%s: page %d has no heading row", tt.address, i+1)
				}
			}
		}
	}
}

func pdfText(t *testing.T, pdf []byte) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "pdftotext", "-", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
	}
	return string(out)
}
