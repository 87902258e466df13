package stores

import (
	"os"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/search"
	"perechen/internal/testkit"
	"perechen/internal/testkit/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// found are the answers to the judged queries on one database: where to turn, as the page has it, and which rows of the
// official table hold the words.
type found struct {
	Turn map[string][]string
	Rows map[string][]string
}

func answers(t *testing.T) (f found) {
	t.Helper()
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(Open(t), key, func() time.Time { return time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC) })
	r, p := testkit.Everyday(), testkit.Committee().Procedure
	ground := register.Ground{Text: "начало"}
	if err := l.AddBody(t.Context(), r.Organisation, p, ground, "local"); err != nil {
		t.Fatal(err)
	}
	var cs []register.Change
	include := func(kind register.Kind, key string, v any) {
		cs = append(cs, register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)})
	}
	for _, d := range r.Departments {
		include(register.KindDepartment, d.Key, d)
	}
	for _, x := range r.Processes {
		include(register.KindProcess, x.Key, x)
	}
	for _, x := range r.Touchpoints {
		include(register.KindTouchpoint, x.Key, x)
	}
	for _, x := range r.Usages {
		include(register.KindUsage, x.Key, x)
	}
	slug := r.Organisation.Slug
	if _, err := l.Append(t.Context(), slug, ledger.Batch{Changes: cs, Ground: ground, Actor: "local", Head: ledger.AnyHead}); err != nil {
		t.Fatal(err)
	}
	state, err := l.State(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	index := search.New(search.FromRegister(state), search.Shipped())
	f = found{map[string][]string{}, map[string][]string{}}
	for _, q := range slices.Concat(testkit.Queries(), testkit.HardQueries(), testkit.PhoneQueries(), testkit.HeldOutQueries()) {
		for _, hit := range index.Search(q.Text, 20) {
			f.Turn[q.Text] = append(f.Turn[q.Text], index.Document(hit.Document).Key)
		}
		page, err := l.Rows(t.Context(), slug, 0, ledger.Query{Text: q.Text})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range page.Rows {
			f.Rows[q.Text] = append(f.Rows[q.Text], row.Usage.Key)
		}
	}
	return f
}

// TestSearchFindsTheSameOnBoth: every judged query has the same answers in the same order, and is held by the same rows of the
// table, whichever database keeps the register.
func TestSearchFindsTheSameOnBoth(t *testing.T) {
	var all []found
	ask := func(t *testing.T) { all = append(all, answers(t)) }
	t.Run("SQLite", ask)
	OnPostgreSQL(t, ask)
	if len(all) != 2 {
		t.Fatal("one of the two has no answers")
	}
	if n := len(all[0].Turn); n < 350 {
		t.Errorf("only %d queries have answers", n)
	}
	if n := len(all[0].Rows); n < 30 {
		t.Errorf("only %d queries are found in the table", n)
	}
	if d := cmp.Diff(all[0], all[1]); d != "" {
		t.Errorf("SQLite (-) and PostgreSQL (+): %s", d)
	}
}
