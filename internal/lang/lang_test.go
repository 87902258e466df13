package lang

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"": "",
		"  Приём\u00a0граждан \n в\tЁлке ": "прием граждан в елке",
		"«Дело-WEB»":         `"дело-web"`,
		"“Вконтакте” — 'x'":  `"вконтакте" - "x"`,
		"№ 9‑р":              "№ 9-р",
		"при\u00adём":        "прием",
		"за́мок":             "замок",
		"Е\u0308лка и\u0306": "елка й",
		"о\ufb00лайн":        "оffлайн",
		"А\u0415":            "ае",
		"A":                  "a", // a Latin letter stays Latin
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Приём", "№ 9-р", "е\u00ad\u0308", "ΐ İ", "ﷺ", "\xff\xfe", "а\u200b\u0301б"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		samePlain(t, s)
		once := Fold(s)
		if twice := Fold(once); twice != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, twice)
		}
		if w, st := Words(s), Stems(s); len(w) != len(st) {
			t.Errorf("%q: %d words, %d stems", s, len(w), len(st))
		}
		ParseDate(s)
	})
}

func TestWords(t *testing.T) {
	got := Words("Телефон: 8 (8672) 64-90-22, офлайн-точка «Ёж»")
	want := []string{"телефон", "8", "8672", "64", "90", "22", "офлайн", "точка", "еж"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestStemsJoinFormsAndSpareFunctionWords(t *testing.T) {
	same := [][]string{
		{"получение", "получения", "получению"},
		{"консультация", "консультации", "консультацией"},
		{"приём", "приема", "приемы", "приемом"},
		{"клиент", "клиентом", "клиента"},
	}
	for _, forms := range same {
		want := Stem(Fold(forms[0]))
		for _, w := range forms[1:] {
			if got := Stem(Fold(w)); got != want {
				t.Errorf("Stem(%q) = %q, Stem(%q) = %q", w, got, forms[0], want)
			}
		}
	}
	for in, want := range map[string]string{"ЗАО": "зао", "прием": "прием", "web": "web", "2026": "2026", "года": "год"} {
		if got := Stems(in); len(got) != 1 || got[0] != want {
			t.Errorf("Stems(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDate(t *testing.T) {
	for in, want := range map[string]string{"2026-02-16": "16.02.2026", "": "", "вчера": "вчера"} {
		if got := Date(in); got != want {
			t.Errorf("Date(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := LongDate("2024-05-03"), "3\u00a0мая\u00a02024\u00a0г."; got != want {
		t.Errorf("LongDate = %q, want %q", got, want)
	}
	if got := LongDate(""); got != "" {
		t.Errorf("LongDate of nothing = %q", got)
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"« 16 » 02 2026 г.":         "2026-02-16",
		"« 17 » февраля 2026 г.":    "2026-02-17",
		"«13» мая 2024 года":        "2024-05-13",
		"« 13 » мая 2024 года":      "2024-05-13",
		"14 мая 2024 г.":            "2024-05-14",
		"16.02.2026":                "2026-02-16",
		"16.2.2026 г.":              "2026-02-16",
		"16 февраля 2026 года":      "2026-02-16",
		"16\u00a0Февраля\u00a02026": "2026-02-16",
		"от 12.10.2023":             "2023-10-12",
		"12.10.2023.":               "2023-10-12",
		"12/10/2023":                "2023-10-12",
		"2026-02-16":                "2026-02-16",
		`"1" сентября 2025`:         "2025-09-01",
		"«_1_» _марта_ 20 25 г.":    "2025-03-01",
		"01 янв. 2025":              "2025-01-01",
		"«16» 02.2026 г.":           "2026-02-16",
		"29 февраля 2024":           "2024-02-29",
	} {
		if got, ok := ParseDate(in); !ok || got != want {
			t.Errorf("ParseDate(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "30 февраля 2026", "32.01.2026", "16.13.2026", "16.02.26", "«__» ______ 2026 г.", "2026",
		"16 мартобря 2026", "16.02.2026 № 9-р", "8 (8672) 64-90-22", "16 02 2026 2026", "февраль 2026", "16.02.0026"} {
		if got, ok := ParseDate(in); ok {
			t.Errorf("ParseDate(%q) = %q, want none", in, got)
		}
	}
}

func TestPluralAndCount(t *testing.T) {
	for n, want := range map[int]string{0: "0\u00a0точек", 1: "1\u00a0точка", 2: "2\u00a0точки", 5: "5\u00a0точек",
		11: "11\u00a0точек", 12: "12\u00a0точек", 21: "21\u00a0точка", 111: "111\u00a0точек", 1022: "1022\u00a0точки",
		9999: "9999\u00a0точек", 10000: "10\u00a0000\u00a0точек", 1234561: "1\u00a0234\u00a0561\u00a0точка", -3: "−3\u00a0точки"} {
		if got := Count(n, "точка", "точки", "точек"); got != want {
			t.Errorf("Count(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCollateIsTheRussianOrder(t *testing.T) {
	sorted := []string{"", "1", "2", "10", "100500", "IT", "ая", "ӕртӕ", "бюро", "елка", "Ёлка", "ель", "кабинет 9", "кабинет 10", "Кабинет 10", "Кабинет 11", "я"}
	for i := 1; i < len(sorted); i++ {
		if Collate(sorted[i-1]) >= Collate(sorted[i]) {
			t.Errorf("%q does not come before %q", sorted[i-1], sorted[i])
		}
	}
}
