package search

import (
	"strings"
	"testing"
)

func TestOwnPhrasesAreChecked(t *testing.T) {
	for text, want := range map[string]int{
		"зп = денежное содержание\nвкс = видеосвязь": 0,
		"сменить, поменять, замена":                  0,
		"зп = денежное содержание\nзп = оклад":       1,
		"а = б\nб = а":        2,
		"а = б\nб = в\nв = а": 3,
		"а = а":               1,
		"одно":                1,
		"а = ":                1,
		"а = б = в":           1,
		"# примечание":        0,
	} {
		if got := CheckPhrases(strings.Split(text, "\n")); len(got) != want {
			t.Errorf("%q: %v, want %d faults", text, got, want)
		}
	}
}

func TestOwnPhrasesAreUsed(t *testing.T) {
	docs := []Document{{Kind: KindProcess, Key: "a", Fields: []Field{{"Выплата денежного содержания", 1}}}, {Kind: KindProcess, Key: "b", Fields: []Field{{"Выдача пропуска", 1}}}}
	if hits := New(docs, nil).Search("жалованье", 5); len(hits) != 0 {
		t.Fatalf("found without being told: %v", hits)
	}
	hits := New(docs, Shipped().With(Own([]string{"жалованье = денежное содержание", "="}))).Search("жалованье", 5)
	if len(hits) == 0 || hits[0].Document != 0 {
		t.Errorf("hits %v", hits)
	}
	if got := Said("зп, зарплата = содержание # так"); len(got) != 2 || got[1] != "зарплата" {
		t.Errorf("said %q", got)
	}
}
