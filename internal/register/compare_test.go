package register

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompareSaysWhatBecameOfEachSubject(t *testing.T) {
	a := &Register{
		Touchpoints: []Touchpoint{
			{Key: "tel", Kind: "phone", Label: "Телефон", Value: "8 (8672) 64-90-22", Position: 1, Source: &Source{Row: 4}},
			{Key: "site", Kind: "site", Label: "Сайт", Value: "https://a.example/", Position: 2},
		},
		Usages: []Usage{{Key: "u", Process: "p", Touchpoint: "tel", Needs: []NeedRef{{Code: "info", Text: "получение информации"}}}},
	}
	b := &Register{
		Touchpoints: []Touchpoint{
			{Key: "tel", Kind: "phone", Label: "Телефон", Value: "8 (8672) 64-90-23", Position: 1, Source: &Source{Row: 9}},
			{Key: "mail", Kind: "email", Label: "Почта", Value: "a@a.example", Position: 2},
		},
		Usages: []Usage{{Key: "u", Process: "p", Touchpoint: "tel", Needs: []NeedRef{{Code: "info", Text: "получение информации"}, {Code: "forms", Text: "получение форм"}}}},
	}
	type row struct {
		Op     Op
		Key    string
		Fields []FieldDifference
	}
	var got []row
	for _, d := range Compare(a, b) {
		got = append(got, row{d.Op, d.Key, d.Fields})
	}
	want := []row{
		{Amend, "tel", []FieldDifference{{"value", "8 (8672) 64-90-22", "8 (8672) 64-90-23"}}},
		{Include, "mail", nil},
		{Exclude, "site", nil},
		{Amend, "u", []FieldDifference{{"needs", "получение информации", "получение информации; получение форм"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("differences (-want +got):\n", diff)
	}
	if ds := Compare(b, b); len(ds) != 0 {
		t.Errorf("a register differs from itself: %v", ds)
	}
}

func TestCompareIgnoresWhereAValueStood(t *testing.T) {
	a := &Register{Usages: []Usage{{Key: "u", Source: &Source{File: "otchet.docx", Row: 2}}}}
	b := &Register{Usages: []Usage{{Key: "u", Source: &Source{File: "otchet.xlsx", Row: 7}}}}
	if ds := Compare(a, b); len(ds) != 0 {
		t.Errorf("got %v, want no difference", ds)
	}
}
