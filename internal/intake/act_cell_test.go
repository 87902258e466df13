package intake

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
)

func TestActsAsPeopleTypeThem(t *testing.T) {
	type act = register.Act
	for text, want := range map[string]act{
		"приказ № 9-р от 16.02.2026":     {Kind: "приказ", Number: "9-р", Date: "2026-02-16"},
		"Протокол от 12 мая 2025 г. № 3": {Kind: "протокол", Number: "3", Date: "2025-05-12"},
		"№ 31 от 20.03.2025":             {Number: "31", Date: "2025-03-20"},
		"N 31 от 20.03.2025":             {Number: "31", Date: "2025-03-20"},
		"01.04.2026":                     {Date: "2026-04-01"},
		"Приказ Комитета № 01-02/01 от «01» апреля 2026 года":                   {Kind: "приказ", Issuer: "Комитета", Number: "01-02/01", Date: "2026-04-01"},
		"распоряжением Правительства от 01.04.2026 № 5-р «О реестре процессов»": {Kind: "распоряжение", Issuer: "Правительства", Number: "5-р", Date: "2026-04-01", Title: "О реестре процессов"},
		"приказ №9": {Kind: "приказ", Number: "9"},
	} {
		got, ok := ReadAct(text)
		if d := cmp.Diff(want, got); d != "" || !ok {
			t.Errorf("%q (%v):\n%s", text, ok, d)
		}
		if again, _ := ReadAct(got.Text()); !cmp.Equal(again, got) {
			t.Errorf("%q is printed as %q and read as %+v", text, got.Text(), again)
		}
	}
	for _, text := range []string{"по решению руководства", "устно", "приказ", ""} {
		if got, ok := ReadAct(text); ok || got.Title != text {
			t.Errorf("%q: got %+v, %v; want the words kept as a title", text, got, ok)
		}
	}
}
