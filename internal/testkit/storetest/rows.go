package storetest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

func rowKeys(p ledger.Page) []string {
	var ks []string
	for _, r := range p.Rows {
		ks = append(ks, r.Usage.Key)
	}
	return ks
}

func testRows(t *testing.T, f *fixture) {
	f.sample()
	for name, c := range map[string]struct {
		q     ledger.Query
		want  []string
		total int
	}{
		"all, grouped by process": {ledger.Query{}, []string{"u1", "u2", "u4", "u3"}, 4},
		"process":                 {ledger.Query{Process: "leave"}, []string{"u3"}, 1},
		"point":                   {ledger.Query{Touchpoint: "room"}, []string{"u4", "u3"}, 2},
		"kind":                    {ledger.Query{Kind: "office"}, []string{"u4", "u3"}, 2},
		"need":                    {ledger.Query{Need: "info"}, []string{"u2"}, 1},
		"class by the procedure":  {ledger.Query{Class: "digital"}, []string{"u1", "u2"}, 2},
		"department of process":   {ledger.Query{Department: "kadry"}, []string{"u1", "u2", "u4"}, 3},
		"two filters":             {ledger.Query{Process: "hiring", Kind: "office"}, []string{"u4"}, 1},
		"page":                    {ledger.Query{Offset: 1, Limit: 2}, []string{"u2", "u4"}, 4},
		"beyond":                  {ledger.Query{Offset: 9, Limit: 2}, nil, 4},
		"nothing":                 {ledger.Query{Process: "no"}, nil, 0},
	} {
		p, err := f.Rows(f.ctx, slug, 0, c.q)
		if err != nil {
			t.Fatal(err)
		}
		if got := rowKeys(p); !cmp.Equal(got, c.want) || p.Total != c.total || p.N != 12 {
			t.Errorf("%s: %v of %d at %d, want %v of %d", name, got, p.Total, p.N, c.want, c.total)
		}
	}
	p, err := f.Rows(f.ctx, slug, 0, ledger.Query{Process: "leave"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]ledger.Row{{Process: leave, Touchpoint: room, Usage: usages[2], Class: register.Offline}}, p.Rows); d != "" {
		t.Error(d)
	}
	f.append(slug, exclude(register.KindUsage, "u2"))
	if p, err := f.Rows(f.ctx, slug, 10, ledger.Query{}); err != nil || !cmp.Equal(rowKeys(p), []string{"u1", "u2"}) || p.N != 10 {
		t.Errorf("rows at 10: %v, %v", rowKeys(p), err)
	}
	if p, err := f.Rows(f.ctx, slug, 0, ledger.Query{}); err != nil || !cmp.Equal(rowKeys(p), []string{"u1", "u4", "u3"}) {
		t.Errorf("rows after an exclusion: %v, %v", rowKeys(p), err)
	}
}

func testRowsText(t *testing.T, f *fixture) {
	f.sample()
	find := func(n int64, text string) []string {
		p, err := f.Rows(f.ctx, slug, n, ledger.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return rowKeys(p)
	}
	for text, want := range map[string][]string{
		"заявление":             {"u2", "u3"},       // by stem
		"ЗАЯВЛЕНИЯ":             {"u2", "u3"},       // whatever the case
		"прием":                 {"u1", "u2", "u4"}, // ё as е, in the process
		"телеф":                 {"u1"},             // beginning of a word, in the point
		"кабинет подача":        {"u4", "u3"},       // words of point and usage together
		"подача об отпуске":     {"u3"},             // words that only join are passed over
		"об":                    {"u1", "u2", "u4", "u3"},
		"64-90-22":              {"u1"},
		"кабинет телефон":       nil,
		"нет такого слова":      nil,
		`"*" OR (NEAR`:          nil,
		"консультация по":       {"u1"},
		"trud.alania.gov.ru":    {"u2"},
		"78672649022":           {"u1"},
		"предоставление отпуск": {"u3"},
	} {
		if got := find(0, text); !cmp.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	moved := room
	moved.Label = "Приёмная руководителя"
	f.append(slug, amend(moved))
	if got := find(0, "кабинет"); got != nil {
		t.Errorf("old words found at the head: %v", got)
	}
	if got, want := find(12, "кабинет"), []string{"u4", "u3"}; !cmp.Equal(got, want) {
		t.Errorf("old words as of then: %v, want %v", got, want)
	}
	if got := find(12, "приемная"); got != nil {
		t.Errorf("new words found before they were written: %v", got)
	}
	if got, want := find(0, "приемная"), []string{"u4", "u3"}; !cmp.Equal(got, want) {
		t.Errorf("new words: %v, want %v", got, want)
	}
}
