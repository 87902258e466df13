package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// A Browser is one tab of a real Chromium.
type Browser struct {
	t   testing.TB
	ctx context.Context
}

// chromium is the one that all tests of a run share: it takes longer to start than most of them to run.
var chromium struct {
	sync.Mutex
	ctx context.Context // nil: not started
	end context.CancelFunc
}

// NewBrowser opens a tab of the run's Chromium with cookies and a cache of its own; it closes with the test. A machine without
// Chromium fails the test and says what to install. The package calls EndBrowser in its TestMain.
func NewBrowser(t testing.TB) *Browser {
	t.Helper()
	ctx, cancel := chromedp.NewContext(sharedChromium(t), chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(stop)
	b := &Browser{t, ctx}
	b.Do(call(emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})) // there are other windows
	return b
}

func sharedChromium(t testing.TB) context.Context {
	t.Helper()
	chromium.Lock()
	defer chromium.Unlock()
	if chromium.ctx == nil {
		opts := []chromedp.ExecAllocatorOption{chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun}
		for _, f := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync"} {
			opts = append(opts, chromedp.Flag(f, true))
		}
		ctx, end := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(opts...))
		if err := chromedp.Do(ctx); err != nil {
			end()
			t.Fatalf("Chromium does not start (apt-get install chromium): %v", err)
		}
		chromium.ctx, chromium.end = ctx, end
	}
	return chromium.ctx
}

// EndBrowser ends the run's Chromium, if a test has started it.
func EndBrowser() {
	chromium.Lock()
	defer chromium.Unlock()
	if chromium.ctx != nil {
		chromium.end()
		chromium.ctx = nil
	}
}

// Do takes steps one after another; a step that fails ends the test.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// Open goes to an address and waits until the page and its fonts are there.
func (b *Browser) Open(address string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(address))
	Eval[bool](b, "document.fonts.ready.then(() => true)")
}

// Size sets the size of the window in CSS pixels.
func (b *Browser) Size(width, height int64) {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(width, height))
}

// Media sets the medium (screen, print) and the colour scheme (light, dark).
func (b *Browser) Media(medium, scheme string) {
	b.t.Helper()
	b.Do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: medium, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}}))
}

// Forced makes the device lay its own few colours on every page, as contrast themes of Windows do.
func (b *Browser) Forced(on bool) {
	b.t.Helper()
	value := map[bool]string{true: "active", false: "none"}[on]
	b.Do(call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: value}}}))
}

// Scripts turns the scripts of pages that are opened from now on off or on.
func (b *Browser) Scripts(on bool) {
	b.t.Helper()
	b.Do(call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}))
}

// PDF prints the page as a person would, with the sizes that the page asks for.
func (b *Browser) PDF() []byte {
	b.t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		b.t.Fatal(err)
	}
	return pdf
}

func call[P, R any](cmd cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cmd, params)
		return err
	})
}

// Eval gives the value of a JavaScript expression, waiting for a promise.
func Eval[T any](b *Browser, expression string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return v
}

// Axe gives what axe-core finds wrong with the page for people with disabilities, by WCAG 2.1 A and AA and by good
// practice: one line for each rule and the places where it is broken.
func (b *Browser) Axe() []string {
	b.t.Helper()
	return b.axe(`{type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}`)
}

// AxeIn is Axe in a colour scheme, the light one first: in the dark one only the rules that look at colours are asked, since
// nothing else differs.
func (b *Browser) AxeIn(scheme string) []string {
	b.t.Helper()
	b.Media("screen", scheme)
	if scheme == "dark" {
		return b.axe(`{type: "rule", values: ["color-contrast", "link-in-text-block"]}`)
	}
	return b.Axe()
}

func (b *Browser) axe(rules string) []string {
	b.t.Helper()
	if !Eval[bool](b, "!!window.axe") {
		b.Do(chromedp.Evaluate[chromedp.Void](axeSource(b.t) + "\n;0"))
	}
	var found []struct {
		ID, Impact, Help string
		Nodes            []struct {
			Target []any
			HTML   string
		}
	}
	raw := Eval[string](b, `axe.run(document, {runOnly: `+rules+`, resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`)
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		b.t.Fatal(err)
	}
	var lines []string
	for _, v := range found {
		var places []string
		for _, n := range v.Nodes {
			places = append(places, fmt.Sprint(n.Target...))
		}
		lines = append(lines, fmt.Sprintf("%s (%s): %s: %s", v.ID, v.Impact, v.Help, strings.Join(places, " | ")))
	}
	return lines
}

// axeSource reads axe-core from where ./check has put it.
func axeSource(t testing.TB) string {
	t.Helper()
	path := os.Getenv("PERECHEN_AXE")
	if path == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(cache, "perechen", "axe-core-4.14.1", "node_modules", "axe-core", "axe.min.js")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		dir, _, _ := strings.Cut(path, string(filepath.Separator)+"node_modules"+string(filepath.Separator))
		t.Fatalf("axe-core is not here (%v). Run: npm install --prefix %s axe-core@4.14.1", err, dir)
	}
	return string(b)
}

// PNG is a picture of the whole page, as high as it is.
func (b *Browser) PNG() []byte {
	b.t.Helper()
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	return png
}
