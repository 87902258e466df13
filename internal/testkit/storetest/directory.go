package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// testDirectory: bodies are listed page by page and found by what they are called now.
func testDirectory(t *testing.T, f *fixture) {
	names := map[string]string{
		"a-1": "Министерство здравоохранения Орловской области", "a-2": "Министерство зелёного хозяйства", "b-1": "Комитет занятости населения",
		"b-2": "Комитет по делам печати и 100 % «кавычек» ' \" OR AND *", "c-1": "",
	}
	for slug, name := range names {
		if err := f.AddBody(f.ctx, register.Organisation{Slug: slug, Name: name}, sampleProcedure(), ground, "cli"); err != nil {
			t.Fatal(err)
		}
	}
	list := func(text string, offset, limit int) (slugs []string, total int) {
		t.Helper()
		page, total, more, err := f.Directory(f.ctx, text, offset, limit)
		if err != nil || more {
			t.Fatalf("directory of %q: %v, more: %t", text, err, more)
		}
		for _, b := range page {
			slugs = append(slugs, b.Organisation.Slug)
			if b.N < 3 || !b.Time.Equal(f.clock) || b.Organisation.Name != names[b.Organisation.Slug] {
				t.Errorf("%+v", b)
			}
		}
		return slugs, total
	}
	check := func(text string, offset, limit, total int, want ...string) {
		t.Helper()
		if got, n := list(text, offset, limit); n != total || !slices.Equal(got, want) {
			t.Errorf("directory of %q from %d: %v of %d, want %v of %d", text, offset, got, n, want, total)
		}
	}
	check("", 0, 2, 5, "a-1", "a-2")
	check(" ", 4, 2, 5, "c-1")
	check("", 5, 2, 5)
	check("министерство", 0, 9, 2, "a-1", "a-2")
	check("министерства", 1, 9, 2, "a-2")
	check("мин зелен", 0, 9, 1, "a-2")
	check("и", 0, 9, 0)                 // joins words only
	check("a 1", 0, 9, 2, "a-1", "b-2") // «and 100»
	check("A-1 орловская", 0, 9, 1, "a-1")
	check("C-1", 0, 9, 1, "c-1")
	check(`кавычек' " OR AND *`, 0, 9, 1, "b-2")
	check("министерство печати", 0, 9, 0)
	check("область", 9, 9, 1)

	names["a-1"] = "Департамент ветеринарии"
	f.append("a-1", amend(register.Organisation{Slug: "a-1", Name: names["a-1"], Procedure: "sample-1"}))
	for range 2 {
		check("ветеринар", 0, 9, 1, "a-1")
		check("министерство", 0, 9, 1, "a-2")
		if err := f.Rebuild(f.ctx, "a-1"); err != nil {
			t.Fatal(err)
		}
	}
}

// testDirectoryOfMany: of very many bodies with one word the search gives as many as anybody looks through, and says so.
func testDirectoryOfMany(t *testing.T, f *fixture) {
	err := f.store.Update(f.ctx, func(tx ledger.Tx) error {
		for i := range 510 {
			if err := f.AddBodyIn(f.ctx, tx, register.Organisation{Slug: fmt.Sprintf("s-%03d", i), Name: "Совет"}, sampleProcedure(), ground, "cli"); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if page, total, more, err := f.Directory(f.ctx, "совет", 0, 100); err != nil || len(page) != 100 || total != 500 || !more {
		t.Errorf("%d of %d, more: %t, %v", len(page), total, more, err)
	}
	if page, total, more, err := f.Directory(f.ctx, "", 500, 100); err != nil || len(page) != 10 || total != 510 || more || page[0].Organisation.Slug != "s-500" {
		t.Errorf("%d of %d, more: %t, %v", len(page), total, more, err)
	}
}

// testMoved: whoever follows the logs is told of each that was written to, and costs nothing for the others.
func testMoved(t *testing.T, f *fixture) {
	f.sample()
	f.body("minec")
	var mark ledger.Mark
	moved := func(want ...string) {
		t.Helper()
		var got []string
		err := f.store.View(f.ctx, func(v ledger.View) (err error) {
			got = nil
			mark, err = v.Moved(f.ctx, mark, func(slug string, h ledger.Head) error {
				got = append(got, fmt.Sprintf("%s %d %d", slug, h.N, h.Erasures))
				return nil
			})
			return err
		})
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("moved: %v, %v; want %v", got, err, want)
		}
	}
	moved("komzan 12 0", "minec 3 0")
	moved()
	f.append(slug, exclude(register.KindUsage, "u1"))
	moved("komzan 13 0")
	moved()

	follow := f.NewMoves()
	waiting := func(want string) []ledger.Moved {
		t.Helper()
		all, err := follow.Waiting(f.ctx)
		var got []string
		for _, x := range all {
			got = append(got, fmt.Sprintf("%s %d", x.Slug, x.N))
		}
		if err != nil || strings.Join(got, ", ") != want {
			t.Errorf("waiting: %v, %v; want %s", got, err, want)
		}
		return all
	}
	all := waiting("komzan 13, minec 3")
	follow.Done(all[0])
	waiting("minec 3")
	follow.Done(all[1])
	waiting("")
	f.append(slug, exclude(register.KindUsage, "u2"))
	again := waiting("komzan 14")
	f.append(slug, exclude(register.KindUsage, "u3"))
	waiting("komzan 15")
	follow.Done(again[0]) // of a state that is gone
	waiting("komzan 15")
	follow.Done(waiting("komzan 15")[0])
	waiting("")
	follow.Anew()
	waiting("komzan 15, minec 3")
}
