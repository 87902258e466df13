package storetest

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// issue keeps a file and approves an edition that was issued with it.
func (f *fixture) issue(number int, content string) register.Edition {
	f.Helper()
	sum := ledger.FileSum([]byte(content))
	err := f.store.Update(f.ctx, func(tx ledger.Tx) error { return tx.PutFile(f.ctx, slug, sum, []byte(content)) })
	if err != nil {
		f.Fatal(err)
	}
	e, err := f.Approve(f.ctx, slug, register.Edition{Number: number, Date: "2026-02-16", Act: register.Act{Kind: "приказ", Number: "9-р", Date: "2026-02-16"},
		Documents: []register.Document{{Name: "otchet.pdf", Format: "pdf", SHA256: sum, Size: int64(len(content))}}}, "head")
	if err != nil {
		f.Fatal(err)
	}
	return e
}

func (f *fixture) wantVerdict(want string) {
	f.Helper()
	v, err := f.Verify(f.ctx, slug, "", nil)
	if err != nil {
		f.Fatal(err)
	}
	if v.OK != (want == "") || !strings.Contains(v.Text, want) {
		f.Errorf("verify says %v, %q; want %q", v.OK, v.Text, want)
	}
}

// testFiles: what an edition was issued with is given back for ever, and what is missing or another is named.
func testFiles(t *testing.T, f *fixture) {
	f.body(slug)
	f.append(slug, include(hiring), include(phone), include(usages[0]))
	f.issue(1, "первый отчёт")
	f.append(slug, include(site))
	f.issue(2, "второй отчёт")
	f.body("other")
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	for number, want := range map[int]string{1: "первый отчёт", 2: "второй отчёт"} {
		d, content, err := f.Document(f.ctx, slug, number, "pdf")
		if err != nil || string(content) != want || d.Name != "otchet.pdf" {
			t.Errorf("file of edition %d = %+v %q, %v", number, d, content, err)
		}
	}
	_, _, err := f.Document(f.ctx, slug, 1, "docx")
	f.wantCode(err, ledger.CodeNotFound)
	_, _, err = f.Document(f.ctx, slug, 3, "pdf")
	f.wantCode(err, ledger.CodeNotFound)
	_, _, err = f.Document(f.ctx, "other", 1, "pdf")
	f.wantCode(err, ledger.CodeNotFound)
	f.wantVerdict("")

	sum := ledger.FileSum([]byte("первый отчёт"))
	file := func(slug string) bool {
		var ok bool
		err := f.store.View(f.ctx, func(v ledger.View) (err error) {
			_, ok, err = v.File(f.ctx, slug, sum)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !file(slug) || file("other") {
		t.Error("a file is not where it belongs, or another body has it")
	}
	drop := func(sum string) {
		if err := f.store.Update(f.ctx, func(tx ledger.Tx) error { return tx.DropFile(f.ctx, slug, sum) }); err != nil {
			t.Fatal(err)
		}
	}
	put := func(sum, content string) {
		if err := f.store.Update(f.ctx, func(tx ledger.Tx) error { return tx.PutFile(f.ctx, slug, sum, []byte(content)) }); err != nil {
			t.Fatal(err)
		}
	}
	drop(sum)
	f.wantVerdict("Файла «otchet.pdf» редакции № 1 нет")
	put(sum, "подменённый")
	f.wantVerdict("Файл «otchet.pdf» редакции № 1 изменён")
	_, _, err = f.Document(f.ctx, slug, 1, "pdf")
	f.wantCode(err, ledger.CodeDamaged)
	put(sum, "первый отчёт") // what is there stays
	f.wantVerdict("изменён")
}

// testFilesErased: the files in which erased content is printed go with it, the others stay.
func testFilesErased(t *testing.T, f *fixture) {
	f.body(slug)
	f.append(slug, include(hiring), include(phone), include(usages[0]))
	f.issue(1, "без сайта")
	with := f.append(slug, include(site)).To
	f.issue(2, "с сайтом и личным адресом")
	changed := site
	changed.Label = "Другой сайт"
	f.append(slug, amend(changed))
	f.issue(3, "с другим сайтом")
	if err := f.Erase(f.ctx, slug, with, law, "admin"); err != nil {
		t.Fatal(err)
	}
	for number, there := range map[int]bool{1: true, 2: false, 3: true} {
		_, _, err := f.Document(f.ctx, slug, number, "pdf")
		if there != (err == nil) {
			t.Errorf("the file of edition %d: %v, want it there: %v", number, err, there)
		}
		if !there {
			f.wantCode(err, ledger.CodeNotFound)
		}
	}
	f.wantVerdict("")
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	f.wantVerdict("")
}

// testPrepared: a body has one prepared edition at most, and no other body's.
func testPrepared(t *testing.T, f *fixture, s upkeep.Store) {
	get := func(slug string) (p upkeep.PreparedEdition, ok bool) {
		t.Helper()
		err := s.View(f.ctx, func(v upkeep.View) (err error) {
			p, ok, err = v.Prepared(f.ctx, slug)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return p, ok
	}
	update := func(fn func(tx upkeep.Tx) error) error { return s.Update(f.ctx, fn) }
	first := upkeep.PreparedEdition{Number: 1, Date: "2026-02-16", Note: "к\u00a0началу «года»", N: 3, Root: "AAAA", By: "u-1", At: time.Date(2026, 2, 16, 9, 0, 0, 123000, time.UTC)}
	second := upkeep.PreparedEdition{Number: 2, N: 4, By: "u-2", At: first.At}
	for _, p := range []upkeep.PreparedEdition{first, second} {
		if err := update(func(tx upkeep.Tx) error { return tx.PutPrepared(f.ctx, slug, p) }); err != nil {
			t.Fatal(err)
		}
		if got, ok := get(slug); !ok || cmp.Diff(p, got) != "" {
			t.Errorf("prepared: %v %s", ok, cmp.Diff(p, got))
		}
	}
	if _, ok := get("other"); ok {
		t.Error("another body has it too")
	}
	failed := errors.New("something else failed")
	if err := update(func(tx upkeep.Tx) error { return errors.Join(tx.DropPrepared(f.ctx, slug), failed) }); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if _, ok := get(slug); !ok {
		t.Error("what was given up was done all the same")
	}
	for range 2 {
		if err := update(func(tx upkeep.Tx) error { return tx.DropPrepared(f.ctx, slug) }); err != nil {
			t.Fatal(err)
		}
	}
	if _, ok := get(slug); ok {
		t.Error("it is still there")
	}
	err := s.View(f.ctx, func(v upkeep.View) error {
		_, _, err := v.Prepared(f.ctx, "nobody")
		return err
	})
	f.wantCode(err, ledger.CodeNotFound)
}
