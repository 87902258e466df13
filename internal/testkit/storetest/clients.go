package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// testForClients: forms, closures, phrases and replacements stand in the state, change and go like any noun, and survive a
// rebuild. The files of forms are held against the log, travel with it, and go when their form is destroyed.
func testForClients(t *testing.T, f *fixture) {
	f.sample()
	const file = "заявление"
	sum := ledger.FileSum([]byte(file))
	put := func() {
		t.Helper()
		if err := f.store.Update(f.ctx, func(tx ledger.Tx) error { return tx.PutFile(f.ctx, slug, sum, []byte(file)) }); err != nil {
			t.Fatal(err)
		}
	}
	put()
	form := register.Blank{Key: "f1", Title: "Заявление", Processes: []string{"hiring"}, Versions: []register.BlankFile{{Name: "z.docx", Format: "docx", SHA256: sum, Size: int64(len(file))}}, Position: 2}
	first := register.Blank{Key: "f0", Title: "Анкета", Position: 1}
	closure := register.Closure{Key: "c1", Touchpoint: "t1", From: "2026-05-05", To: "2026-05-06", Reason: "ремонт"}
	phrase := register.Phrase{Key: "w1", Text: "зп = денежное содержание"}
	by := register.Replacement{Key: register.ReplacementKey(register.KindTouchpoint, "t9"), Kind: register.KindTouchpoint, Old: "t9", By: "t1"}
	n := f.append(slug, include(form), include(first), include(closure), include(phrase), include(by)).From
	look := func(forms []register.Blank, closures int) {
		t.Helper()
		r := f.state(0)
		if d := cmp.Diff(forms, r.Forms); d != "" {
			t.Errorf("forms differ (want, got):\n%s", d)
		}
		if len(r.Closures) != closures || len(r.Phrases) != 1 || r.Phrases[0] != phrase || len(r.Replacements) != 1 || r.Replacements[0] != by {
			t.Errorf("closures %v, phrases %v, replacements %v", r.Closures, r.Phrases, r.Replacements)
		}
	}
	look([]register.Blank{first, form}, 1)
	f.append(slug, exclude(register.KindClosure, "c1"), exclude(register.KindForm, "f0"))
	look([]register.Blank{form}, 0)
	if err := f.Rebuild(f.ctx, slug); err != nil {
		t.Fatal(err)
	}
	look([]register.Blank{form}, 0)
	f.wantVerdict("")

	g := f.another()
	if _, err := g.take(f.export(0), nil); err != nil {
		t.Fatalf("the log with the file of a form is not taken: %v", err)
	}
	if content, err := g.BlankFile(g.ctx, slug, form.Versions[0]); err != nil || string(content) != file {
		t.Errorf("the file came as %q, %v", content, err)
	}
	drop := func(tx ledger.Tx) error { return tx.DropFile(f.ctx, slug, sum) }
	if err := f.store.Update(f.ctx, drop); err != nil {
		t.Fatal(err)
	}
	f.wantVerdict("Файла «z.docx» бланка «Заявление» нет")
	put()
	f.wantVerdict("")
	if err := f.Erase(f.ctx, slug, n, law, "admin"); err != nil {
		t.Fatal(err)
	}
	_, err := f.BlankFile(f.ctx, slug, form.Versions[0])
	f.wantCode(err, ledger.CodeNotFound)
	f.wantVerdict("")
}
