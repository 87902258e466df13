package cli

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

// TestBackupGoesAnywhere: a backup of either database is restored into either, by a machine that has nothing else, and the
// body lives on there.
func TestBackupGoesAnywhere(t *testing.T) {
	p := committee(t, true)
	want := p.must("list") + p.must("log")
	address := pgtest.Database(t)
	if code, _, errs := p.bare("copy", "--from", "sqlite:"+p.data, "--to", address); code != exitDone {
		t.Fatal(errs)
	}
	for name, q := range map[string]*place{"SQLite": p, "PostgreSQL": p.on(address)} {
		file := filepath.Join(t.TempDir(), "kopiya.tar.gz")
		if out := q.must("backup", file); !strings.Contains(out, "храните её") {
			t.Errorf("%s: %s", name, out)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", name, info.Mode(), err)
		}
		for to, r := range map[string]*place{"SQLite": newPlace(t), "PostgreSQL": newPlace(t).on(pgtest.Database(t))} {
			if out := r.must("restore", file); !strings.Contains(out, "Восстановлено") || !strings.Contains(out, "--later") {
				t.Errorf("%s to %s: %s", name, to, out)
			}
			if got := r.must("list") + r.must("log"); got != want {
				t.Errorf("%s to %s: another register:\n%s", name, to, got)
			}
			r.must("verify")
			if out := r.must("drill", file); !strings.Contains(out, "Восстановиться можно") || !strings.Contains(out, "внесено: 0") {
				t.Errorf("%s to %s: drill: %s", name, to, out)
			}
			r.must("appoint", "--person", "Иванова Анна", "--role", "officer", "--act", "приказ № 1 от 16.02.2026")
			if out := r.must("drill", file); !strings.Contains(out, "после копии внесено") {
				t.Errorf("%s to %s: drill later: %s", name, to, out)
			}
			before := r.must("log")
			if code, out, errs := r.run("restore", file); code != exitRefused || out != "" || r.must("log") != before {
				t.Errorf("%s to %s: a second restore: %d %s%s", name, to, code, out, errs)
			}
		}
	}
}

// TestTornBackup: wherever a backup is cut or a byte of it changes, it is not restored, nothing is left behind, and drill says
// so; or the byte meant nothing.
func TestTornBackup(t *testing.T) {
	p := committee(t, false)
	dir := t.TempDir()
	file := filepath.Join(dir, "kopiya.tar.gz")
	p.must("backup", file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := p.must("log")
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 30 {
		raw := bytes.Clone(whole)
		if i%2 == 0 {
			raw = raw[:random.IntN(len(raw))]
		} else {
			raw[random.IntN(len(raw))] ^= 1 << random.IntN(8)
		}
		if err := os.WriteFile(file, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		q := newPlace(t)
		code, out, errs := q.run("restore", file)
		if code == exitDone {
			if got := q.must("log"); got != want {
				t.Errorf("%d: another register was restored", i)
			}
			continue
		}
		if code != exitDamaged && code != exitRefused || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%d: %d %s%s", i, code, out, errs)
		}
		if left, _ := os.ReadDir(filepath.Dir(q.data)); len(left) != 0 {
			t.Errorf("%d: left behind: %v", i, left)
		}
		if code, _, _ := p.run("drill", dir); code == exitDone {
			t.Errorf("%d: drill found it good", i)
		}
	}
}

// TestBackupWhileOthersWrite: each backup is of one moment, and drill finds it to be the beginning of the log.
func TestBackupWhileOthersWrite(t *testing.T) {
	for name, p := range map[string]*place{"SQLite": newPlace(t), "PostgreSQL": newPlace(t).on(pgtest.Database(t))} {
		p.must("init")
		p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
		ctx, stop := context.WithCancel(context.Background())
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				p.must("appoint", "--person", "Иванова Анна", "--role", "officer", "--act", "приказ № 1 от 16.02.2026", "--from", time.Date(2026, 2, 16+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02"))
			}
		})
		dir := t.TempDir()
		for i := range 4 {
			p.must("backup", filepath.Join(dir, string(rune('a'+i))+".tar.gz"))
		}
		stop()
		wg.Wait()
		for i := range 4 {
			if out := p.must("drill", filepath.Join(dir, string(rune('a'+i))+".tar.gz")); !strings.Contains(out, "Это начало действующего журнала") {
				t.Errorf("%s: %s", name, out)
			}
		}
	}
}

// TestDrill: the newest backup of a folder is taken; one of another register is told from ours; without the key it is said.
func TestDrill(t *testing.T) {
	p := committee(t, false)
	dir := t.TempDir()
	if code, _, errs := p.run("drill", dir); code != exitRefused || !strings.Contains(errs, "резервных копий нет") {
		t.Errorf("an empty folder: %d %s", code, errs)
	}
	if code, _, errs := p.run("drill", filepath.Join(dir, "x")); code != exitRefused || !strings.Contains(errs, "файла нет") {
		t.Errorf("no folder: %d %s", code, errs)
	}
	p.must("backup", dir, "--without-key")
	if out := p.must("drill", dir); !strings.Contains(out, "Ключа подписи в копии нет") || !strings.Contains(out, "внесено: 0") {
		t.Errorf("drill: %s", out)
	}
	if out := newPlace(t).must("drill", dir); !strings.Contains(out, "установки рядом нет") {
		t.Errorf("drill on a machine with nothing: %s", out)
	}
	// Without the key in it, a backup is restored beside the key only.
	q := newPlace(t)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	file := filepath.Join(dir, files[0].Name())
	if code, _, errs := q.run("restore", file); code != exitRefused || !strings.Contains(errs, store.KeyFile) {
		t.Errorf("restore without the key: %d %s", code, errs)
	}
	key, err := os.ReadFile(filepath.Join(p.data, store.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(q.data, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(q.data, store.KeyFile), key, 0o600); err != nil {
		t.Fatal(err)
	}
	q.must("restore", file)
	q.must("verify")
	// A log that begins otherwise than the backup.
	other := committee(t, false)
	if code, out, _ := other.run("drill", dir); code != exitDamaged || !strings.Contains(out, "НЕ так") {
		t.Errorf("beside another log: %d %s", code, out)
	}
}

// TestBackupTornAtEverySection: a backup is packed anew with one of its parts cut, changed, left out, doubled or swapped, so
// that the packing itself is sound. It is not restored and nothing is left behind; or what was changed meant nothing, and the
// very same register comes out.
func TestBackupTornAtEverySection(t *testing.T) {
	p := committee(t, false)
	file := filepath.Join(t.TempDir(), "kopiya.tar.gz")
	p.must("backup", file)
	want := p.must("list") + p.must("log")
	parts := unpacked(t, file)
	if len(parts) < 3 {
		t.Fatalf("a backup of %d parts", len(parts))
	}
	random := rand.New(rand.NewPCG(5, 6))
	torn := map[string][]part{}
	for i, x := range parts {
		with := func(how string, content []byte) {
			all := slices.Clone(parts)
			all[i] = part{x.name, content}
			torn[how+" "+x.name] = all
		}
		flip := func(at int) []byte {
			b := bytes.Clone(x.content)
			b[at] ^= 1 << random.IntN(8)
			return b
		}
		n := len(x.content)
		with("empty", nil)
		with("half of", x.content[:n/2])
		with("all but a byte of", x.content[:n-1])
		with("a byte more than", append(bytes.Clone(x.content), 0))
		with("first byte of", flip(0))
		with("last byte of", flip(n-1))
		for j := range 6 {
			with(fmt.Sprintf("a byte (%d) of", j), flip(random.IntN(n)))
		}
		torn["without "+x.name] = slices.Delete(slices.Clone(parts), i, i+1)
		torn["twice "+x.name] = append(slices.Clone(parts), x)
		with("instead of the next", parts[(i+1)%len(parts)].content)
	}
	restored := 0
	for how, all := range torn {
		packed(t, file, all)
		q := newPlace(t)
		code, out, errs := q.run("restore", file)
		if code == exitDone {
			restored++
			if got := q.must("list") + q.must("log"); got != want {
				t.Errorf("%s: another register was restored", how)
			}
			q.must("verify")
			continue
		}
		if code != exitDamaged && code != exitRefused || out != "" || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %s%s", how, code, out, errs)
		}
		if left, _ := os.ReadDir(filepath.Dir(q.data)); len(left) != 0 {
			t.Errorf("%s: left behind: %v", how, left)
		}
	}
	t.Logf("%d ways to tear, of which %d meant nothing", len(torn), restored)
}

// A part is a file of a backup.
type part struct {
	name    string
	content []byte
}

func unpacked(t *testing.T, file string) (parts []part) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part{h.Name, content})
	}
}

func packed(t *testing.T, file string, parts []part) {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, x := range parts {
		if err := w.WriteHeader(&tar.Header{Name: x.name, Mode: 0o600, Size: int64(len(x.content)), Typeflag: tar.TypeReg}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(x.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close(), os.WriteFile(file, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}
