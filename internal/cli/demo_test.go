package cli

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// startDemo runs «perechen demo» and gives the address it prints; stop ends it and returns its exit code.
func startDemo(t *testing.T, data string) (url string, stop func() int) {
	t.Helper()
	return startDemoTo(t, data, io.Discard)
}

// startDemoTo copies what the demonstration prints up to its address.
func startDemoTo(t *testing.T, data string, said io.Writer) (url string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- Run(ctx, []string{"demo", "--addr", "127.0.0.1:0", "--data", data}, func(string) string { return "" }, strings.NewReader(""), w, io.Discard)
		w.Close()
	}()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		io.WriteString(said, lines.Text()+"\n")
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			url = lines.Text()[i:]
			break
		}
	}
	if url == "" {
		cancel()
		t.Fatalf("the demonstration printed no address; exit code %d", <-code)
	}
	go io.Copy(io.Discard, r)
	return url, func() int { cancel(); return <-code }
}

func page(t *testing.T, url string) string {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v", url, res.Status, err)
	}
	return string(b)
}

func TestDemoShowsBothBodiesAndGoesOnWhereItStopped(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	url, stop := startDemo(t, data)
	if body := page(t, url+"komzan/"); !strings.Contains(body, "info@trud.alania.gov.ru") {
		t.Error("the Committee's page does not show its mailbox")
	}
	if body := page(t, url+"minec/points"); !strings.Contains(body, "economy.alania.gov.ru") {
		t.Error("the Ministry's points do not show its site")
	}
	for _, format := range formats {
		if body := page(t, url+"komzan/report."+format); len(body) < 4000 {
			t.Errorf("the report as %s has %d bytes", format, len(body))
		}
	}
	if code := stop(); code != exitDone {
		t.Errorf("the demonstration ended with exit code %d, want %d", code, exitDone)
	}

	p := &place{t: t, data: data}
	before := p.must("log", "--body", "komzan")
	_, stop = startDemo(t, data)
	stop()
	if after := p.must("log", "--body", "komzan"); after != before {
		t.Error("a second demonstration changed the register")
	}
}

func TestServeSaysThatItsAddressIsTaken(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	url, stop := startDemo(t, data)
	defer stop()
	p := &place{t: t, data: data}
	addr := strings.Trim(strings.TrimPrefix(url, "http://"), "/")
	code, _, errs := p.run("serve", "--addr", addr)
	if code != exitRefused || !strings.Contains(errs, addr) || !strings.Contains(errs, "--addr") {
		t.Errorf("exit code %d, said %q; want %d and a sentence naming %s", code, errs, exitRefused, addr)
	}
}
