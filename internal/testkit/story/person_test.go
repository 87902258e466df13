// Package story lets people of two bodies keep their registers for a quarter, each in a real browser of his own, with the real
// program behind it. docs/architecture.md says where the parts are tested; here they meet.
package story

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"perechen/internal/testkit"
)

var program string

func TestMain(m *testing.M) {
	var remove func()
	var err error
	if program, remove, err = testkit.BuildProgram(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	testkit.EndBrowser()
	remove()
	os.Exit(code)
}

// run runs the program to its end.
func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("perechen %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// serve starts the program over a folder and gives its address; it ends with the test, by SIGINT.
func serve(t *testing.T, data string) (address string) {
	t.Helper()
	c := exec.Command(program, "serve", "--data", data, "--addr", "127.0.0.1:0")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.Process.Signal(os.Interrupt)
		if err := c.Wait(); err != nil {
			t.Error("the server ended with", err)
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			go io.Copy(io.Discard, out)
			return strings.TrimRight(lines.Text()[i:], "/")
		}
	}
	t.Fatal("the server printed no address")
	return ""
}

// A person sits before a browser of his own.
type person struct {
	t       *testing.T
	b       *testkit.Browser
	base    string
	name    string
	actions int // clicks and pages opened since count
}

func newPerson(t *testing.T, base, name string) *person {
	b := testkit.NewBrowser(t)
	b.Size(1280, 900)
	return &person{t: t, b: b, base: base, name: name}
}

// open goes to an address.
func (p *person) open(path string) {
	p.t.Helper()
	p.actions++
	p.b.Open(p.base + path)
}

// fill puts a value into the field of that name, as typing or choosing would.
func (p *person) fill(name, value string) {
	p.t.Helper()
	ok := testkit.Eval[string](p.b, `(() => {
		const want = `+strconv.Quote(name)+`, value = `+strconv.Quote(value)+`;
		const f = [...document.querySelectorAll('[name="'+want+'"]')].filter(f => f.type !== 'hidden');
		if (!f.length) return 'no field ' + want + '; there are ' + [...document.querySelectorAll('[name]')].map(f => f.name).join(', ');
		let e = f[0];
		if (e.type === 'radio' || e.type === 'checkbox') {
			e = f.find(f => f.value === value) || e; e.checked = true;
		} else if (e.tagName === 'SELECT') {
			const o = [...e.options].find(o => o.value === value || o.text.includes(value));
			if (!o) return 'no choice ' + value + ' of ' + want + '; there are ' + [...e.options].map(o => o.text).join(', ');
			e.value = o.value;
		} else e.value = value;
		for (const d of (function*(){for (let n = e.parentElement; n; n = n.parentElement) if (n.tagName === 'DETAILS') yield n})()) d.open = true;
		e.dispatchEvent(new Event('input', {bubbles: true})); e.dispatchEvent(new Event('change', {bubbles: true}));
		return '';
	})()`)
	if ok != "" {
		p.t.Fatalf("%s at %s: %s", p.name, p.here(), ok)
	}
}

// upload chooses a file in the field of that name.
func (p *person) upload(name, path string) {
	p.t.Helper()
	p.b.Do(chromedp.SetUploadFiles(chromedp.CSS(`main input[type=file][name="`+name+`"]`), []string{path}))
}

// press clicks the button or link that begins with these words and waits for the next page.
func (p *person) press(words string) {
	p.t.Helper()
	p.actions++
	got := testkit.Eval[string](p.b, `(() => {
		const want = `+strconv.Quote(words)+`;
		const text = e => e.textContent.replace(/[\s\u00a0]+/g, ' ').trim();
		const all = [...document.querySelectorAll('main button, main a, header button, header a, summary')].sort((a, b) => (a.tagName === 'SUMMARY') - (b.tagName === 'SUMMARY'));
		const e = all.find(e => text(e) === want) || all.find(e => text(e).startsWith(want));
		if (!e) return 'nothing says «' + want + '»; there is ' + [...document.querySelectorAll('main button, main a')].map(text).slice(0, 40).join(' | ');
		for (let n = e.parentElement; n; n = n.parentElement) if (n.tagName === 'DETAILS') n.open = true;
		window.leaving = e.tagName === 'SUMMARY' ? 'no' : 'yes';
		e.click();
		return '';
	})()`)
	if got != "" {
		p.t.Fatalf("%s at %s: %s", p.name, p.here(), got)
	}
	// The next page has no such mark.
	for range 200 {
		time.Sleep(25 * time.Millisecond)
		if testkit.Eval[bool](p.b, `window.leaving !== 'yes' && document.readyState === 'complete'`) {
			return
		}
	}
	p.t.Fatalf("%s: after «%s» the page stayed %s: %s", p.name, words, p.here(), p.text())
}

func (p *person) here() string {
	return testkit.Eval[string](p.b, `location.pathname + location.search`)
}
func (p *person) text() string {
	return strings.Join(strings.Fields(testkit.Eval[string](p.b, `(document.querySelector('main') || document.body).innerText`)), " ")
}

// status is what the server answers to this person at an address.
func (p *person) status(path string) int {
	return testkit.Eval[int](p.b, `fetch(`+strconv.Quote(path)+`).then(r => r.status)`)
}

// download is how many bytes a file has that this person takes.
func (p *person) download(path string) int {
	return testkit.Eval[int](p.b, `fetch(`+strconv.Quote(path)+`).then(r => r.ok ? r.arrayBuffer() : new ArrayBuffer(0)).then(b => b.byteLength)`)
}

// sees fails when the page does not say something.
func (p *person) sees(words ...string) {
	p.t.Helper()
	text := p.text()
	for _, w := range words {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(w)) {
			p.t.Fatalf("%s at %s does not see «%s»; the page says: %.1500s", p.name, p.here(), w, text)
		}
	}
}

// signIn signs in with the password that everybody has in this story.
func (p *person) signIn(login string) {
	p.t.Helper()
	p.open("/-/sign-in")
	p.fill("login", login)
	p.fill("password", password)
	p.press("Войти")
	p.actions = 0
}

const password = "длинный пароль на всех"
