package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
)

// testForClients: forms, closures, phrases and replacements stand in the state, change and go like any noun, and survive a
// rebuild.
func testForClients(t *testing.T, f *fixture) {
	f.sample()
	form := register.Blank{Key: "f1", Title: "Заявление", Processes: []string{"hiring"}, Versions: []register.BlankFile{{Name: "z.docx", Format: "docx", SHA256: "00", Size: 3}}, Position: 2}
	first := register.Blank{Key: "f0", Title: "Анкета", Position: 1}
	closure := register.Closure{Key: "c1", Touchpoint: "t1", From: "2026-05-05", To: "2026-05-06", Reason: "ремонт"}
	phrase := register.Phrase{Key: "w1", Text: "зп = денежное содержание"}
	by := register.Replacement{Key: register.ReplacementKey(register.KindTouchpoint, "t9"), Kind: register.KindTouchpoint, Old: "t9", By: "t1"}
	f.append(slug, include(form), include(first), include(closure), include(phrase), include(by))
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
	if v := f.verify(slug, ""); !v.OK {
		t.Error(v.Text)
	}
}
