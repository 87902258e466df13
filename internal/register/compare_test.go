package register

import (
	"reflect"
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

// TestCompareTellsMovesFromShifts: a row put in the middle made every row below it a change.
func TestCompareTellsMovesFromShifts(t *testing.T) {
	list := func(keys string) *Register {
		r := &Register{}
		for i, k := range keys {
			r.Usages = append(r.Usages, Usage{Key: string(k), Text: "т", Position: i + 1})
		}
		return r
	}
	for _, c := range []struct{ a, b, want string }{
		{"abcde", "abxcde", "+x"},
		{"abcde", "acde", "-b"},
		{"abcde", "ebcda", "~e~a"},
		{"abcde", "bcdea", "~a"},
		{"abcde", "exabcd", "~e+x"},
		{"abc", "abc", ""},
		{"", "abc", "+a+b+c"},
	} {
		got := ""
		for _, d := range Compare(list(c.a), list(c.b)) {
			got += map[Op]string{Include: "+", Amend: "~", Exclude: "-"}[d.Op] + d.Key
			if d.Op == Amend && (len(d.Fields) != 1 || d.Fields[0].Field != "position") {
				t.Errorf("%s to %s: %s differs in %v", c.a, c.b, d.Key, d.Fields)
			}
		}
		if got != c.want {
			t.Errorf("%s to %s: %s, want %s", c.a, c.b, got, c.want)
		}
	}
	a, b := list("abc"), list("xabc")
	b.Usages[2].Text = "другой"
	if ds := Compare(a, b); len(ds) != 2 || len(ds[1].Fields) != 1 || ds[1].Fields[0].Field != "text" {
		t.Errorf("a row that shifted and changed: %+v", ds)
	}
}

// Every field of a usage but its source makes a difference.
func TestEveryFieldOfAUsageIsCompared(t *testing.T) {
	for i := range reflect.TypeFor[Usage]().NumField() {
		a, b := Usage{Key: "k"}, Usage{Key: "k"}
		f := reflect.ValueOf(&b).Elem().Field(i)
		switch f.Kind() {
		case reflect.String:
			f.SetString("другое")
		case reflect.Int:
			f.SetInt(7)
		case reflect.Slice:
			f.Set(reflect.MakeSlice(f.Type(), 1, 1))
		case reflect.Pointer:
			f.Set(reflect.New(f.Type().Elem()))
		}
		name := reflect.TypeFor[Usage]().Field(i).Name
		if got, want := a.same(&b), name == "Source"; got != want {
			t.Errorf("usages that differ in %s are the same: %v", name, got)
		}
	}
}
