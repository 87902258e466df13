package storetest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// another gives a fixture on a store of its own, with another key.
func (f *fixture) another() *fixture {
	f.Helper()
	key, err := proof.GenerateKey("perechen.other")
	if err != nil {
		f.Fatal(err)
	}
	g := &fixture{T: f.T, ctx: f.ctx, open: f.open, store: f.open(f.T), key: key, clock: f.clock}
	g.Ledger = ledger.New(g.store, key, f.now)
	return g
}

func (f *fixture) export(n int64) []byte {
	f.Helper()
	var b bytes.Buffer
	if err := f.Export(f.ctx, slug, n, &b); err != nil {
		f.Fatal(err)
	}
	return b.Bytes()
}

func (f *fixture) take(extract []byte, trust proof.Keys) (ledger.Imported, error) {
	return f.Import(f.ctx, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(extract)), nil }, trust, nil)
}

// sameLog holds two logs against each other: everything but who signed the head.
func sameLog(t *testing.T, f, g *fixture) {
	t.Helper()
	a, b := dump(t, f.store, slug), dump(t, g.store, slug)
	h, k := a[0].(ledger.Head), b[0].(ledger.Head)
	h.Signed, k.Signed = "", ""
	a[0], b[0] = h, k
	if d := cmp.Diff(a, b); d != "" {
		t.Errorf("the imported log differs: %s", d)
	}
	if v := g.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}

// testImport: a body leaves with its whole log and is the same where it arrives, also when it comes in pieces.
func testImport(t *testing.T, f *fixture) {
	f.sample()
	f.issue(1, "первый отчёт")
	n := f.append(slug, include(register.Appointment{Key: "officer", Person: "Иванова"})).From
	g := f.another()
	first := f.export(0)
	im, err := g.take(first, f.key.Keys())
	if err != nil {
		t.Fatal(err)
	}
	if im.Body != slug || im.From != 1 || im.To != n || im.After != f.head(slug).Root || im.Before == im.After || !im.Trusted {
		t.Errorf("imported: %+v", im)
	}
	sameLog(t, f, g)
	if _, content, err := g.Document(g.ctx, slug, 1, "pdf"); err != nil || string(content) != "первый отчёт" {
		t.Errorf("file of the edition: %q, %v", content, err)
	}
	if im, err := g.take(first, nil); err != nil || im.To != 0 || im.Trusted {
		t.Errorf("again: %+v, %v; want nothing new", im, err)
	}
	// The source goes on; content that both have is destroyed.
	moved := phone
	moved.Value = "8 (8672) 11-22-33"
	f.append(slug, amend(moved))
	if err := f.Erase(f.ctx, slug, n, law, "admin"); err != nil {
		t.Fatal(err)
	}
	f.issue(2, "второй отчёт")
	if im, err = g.take(f.export(0), nil); err != nil || im.From != n+1 || im.To != f.head(slug).N {
		t.Fatalf("continued: %+v, %v", im, err)
	}
	sameLog(t, f, g)
	// It lives on there.
	g.append(slug, include(register.Process{Key: "new"}))
	if v := g.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
	if r := g.state(0); len(r.Appointments) != 0 || len(r.Editions) != 2 {
		t.Errorf("state = %+v", r)
	}
}

// testImportRefused: what does not hold, or does not fit, changes nothing.
func testImportRefused(t *testing.T, f *fixture) {
	f.sample()
	f.issue(1, "отчёт")
	whole := f.export(0)
	lines := strings.SplitAfter(string(whole), "\n")
	files := len(lines) - 3 // before the checkpoint and the empty rest
	without := strings.Join(append(lines[:files:files], lines[files+1:]...), "")
	g := f.another()
	for name, extract := range map[string]string{
		"empty":          "",
		"another file":   "{}\n",
		"cut in a line":  string(whole[:len(whole)/2]),
		"cut":            strings.Join(lines[:8], ""),
		"no checkpoint":  strings.Join(lines[:len(lines)-2], ""),
		"more":           string(whole) + "{}\n",
		"byte":           strings.Replace(string(whole), "64-90-22", "64-90-23", 1),
		"swapped":        strings.Join(append([]string{lines[0], lines[2], lines[1]}, lines[3:]...), ""),
		"file left out":  without,
		"file changed":   strings.Replace(string(whole), lines[files], strings.Replace(lines[files], `content":"`, `content":"AAAA`, 1), 1),
		"a foreign file": strings.Replace(string(whole), lines[files], lines[files]+`{"file":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","content":""}`+"\n", 1),
	} {
		if _, err := g.take([]byte(extract), nil); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: %v, want damaged", name, err)
		}
	}
	if _, err := g.take(whole, g.key.Keys()); !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("signed by nobody known: %v, want damaged", err)
	}
	ctx, cancel := context.WithCancel(f.ctx)
	cancel()
	if _, err := g.Import(ctx, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(whole)), nil }, nil, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if slugs, err := g.Slugs(f.ctx); err != nil || len(slugs) != 0 {
		t.Fatalf("bodies after refusals: %v, %v", slugs, err)
	}
	if _, err := g.take(f.export(8), nil); err != nil {
		t.Fatal(err)
	}
	g.append(slug, include(register.Department{Key: "own"}))
	before := dump(t, g.store, slug)
	_, err := g.take(whole, nil)
	g.wantCode(err, ledger.CodeRefused)
	_, err = g.take(f.export(8), nil)
	g.wantCode(err, ledger.CodeRefused)
	if d := cmp.Diff(before, dump(t, g.store, slug)); d != "" {
		t.Errorf("a refused import changed something: %s", d)
	}
}

// testReserved: no way of making a body takes an address that the program keeps for itself.
func testReserved(t *testing.T, f *fixture) {
	for _, slug := range []string{"static", "api", "metrics", "-", "-x", "", "favicon.ico", "Орган", "a/b", strings.Repeat("a", 61)} {
		err := f.AddBody(f.ctx, register.Organisation{Slug: slug, Name: "Комитет"}, sampleProcedure(), ground, "cli")
		f.wantCode(err, ledger.CodeInvalid)
	}
	// A log under such an address could come from elsewhere only.
	err := f.store.Update(f.ctx, func(tx ledger.Tx) error {
		_, err := tx.CreateBody(f.ctx, "static")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	f.append("static", include(phone))
	var b bytes.Buffer
	if err := f.Export(f.ctx, "static", 0, &b); err != nil {
		t.Fatal(err)
	}
	g := f.another()
	_, err = g.take(b.Bytes(), nil)
	f.wantCode(err, ledger.CodeInvalid)
	if all, err := g.Slugs(f.ctx); err != nil || len(all) != 0 {
		t.Errorf("a refused import leaves %q, %v", all, err)
	}
}
