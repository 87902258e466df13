package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// testAdvance makes a long random history in small steps and looks at each state as it comes and again afterwards: states
// carried forward must be those that are read anew, and none may be changed by a later one.
func testAdvance(t *testing.T, f *fixture) {
	f.sample()
	random := rand.New(rand.NewPCG(7, 7))
	seen := map[int64]string{}
	look := func() {
		r := f.state(0)
		p, err := f.Rows(f.ctx, slug, 0, ledger.Query{})
		if err != nil {
			t.Fatal(err)
		}
		seen[r.N] = fmt.Sprintf("%+v %+v", r, p)
	}
	look()
	points := []string{"phone", "site", "room"}
	for i := range 60 {
		switch u := usages[random.IntN(4)]; random.IntN(7) {
		case 0:
			u.Key = fmt.Sprintf("n%d", i)
			u.Position = random.IntN(9)
			f.append(slug, include(u))
		case 1:
			u.Position = 10 + i
			if _, ok := f.usage(u.Key); ok {
				f.append(slug, amend(u))
			}
		case 2:
			if _, ok := f.usage(u.Key); ok {
				f.append(slug, exclude(register.KindUsage, u.Key))
			}
		case 3:
			p, _ := f.state(0).Touchpoint(points[random.IntN(3)])
			p.Label = fmt.Sprintf("точка %d", i)
			p.Position = random.IntN(5)
			f.append(slug, amend(p))
		case 4:
			f.append(slug, include(register.Appointment{Key: fmt.Sprintf("a%d", i)}), amend(register.Department{Key: "kadry", Title: fmt.Sprint("отдел ", i)}))
		case 5:
			if err := f.Reject(f.ctx, slug, register.Finding{ID: "R1-aa", Subject: fmt.Sprint(i)}, "так и надо", "a"); err != nil {
				t.Fatal(err)
			}
		case 6:
			if _, err := f.Approve(f.ctx, slug, register.Edition{Date: "2026-02-16"}, "head"); err != nil {
				t.Fatal(err)
			}
		}
		if i%20 == 7 {
			f.append(slug, amend(register.Organisation{Slug: slug, Name: fmt.Sprint("Комитет ", i), Procedure: "sample-1"}))
		}
		if i == 30 { // an erasure alone may change what earlier states hold
			n := f.append(slug, include(register.Appointment{Key: "gone", Person: "Иванова"})).To
			look()
			if err := f.Erase(f.ctx, slug, n, law, "admin"); err != nil {
				t.Fatal(err)
			}
			clear(seen)
		}
		look()
	}
	f.sameAnew(slug)
	for n, want := range seen {
		r := f.state(n)
		p, err := f.Rows(f.ctx, slug, n, ledger.Query{})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%+v %+v", r, p); got != want {
			t.Errorf("state at %d changed: %s", n, cmp.Diff(want, got))
		}
	}
}

func (f *fixture) usage(key string) (register.Usage, bool) {
	for _, u := range f.state(0).Usages {
		if u.Key == key {
			return u, true
		}
	}
	return register.Usage{}, false
}
