package segment_test

import (
	"strings"
	"testing"

	"perechen/internal/check"
	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/testkit"

	"github.com/google/go-cmp/cmp"
)

func TestNothingIsFoundInACleanDictionary(t *testing.T) {
	for _, a := range testkit.CleanDictionary() {
		if ds := segment.Defects(a); len(ds) > 0 {
			t.Errorf("%s: %+v", a.Title, ds)
		}
	}
	s := testkit.Clean()
	r := *s.Register
	r.Attributes, r.Profiles = testkit.CleanDictionary(), nil
	for _, f := range check.Run(check.Input{Register: &r, Procedure: s.Procedure, On: s.On, Entries: s.Entries}) {
		if f.Rule == "R11" || f.Rule == "R10" || f.Rule == "R13" {
			t.Errorf("%s %s", f.Rule, f.Text)
		}
	}
	for seed := range uint64(50) {
		if cs := segment.Clean(testkit.Segments(seed, 20, 0).Register.Attributes); len(cs) > 0 {
			t.Errorf("seed %d: %s: %v", seed, cs[0].Attribute.Title, cs[0].Why)
		}
	}
}

func TestACleanFormIsProposedForEveryDefectOfTheMinistrysDictionary(t *testing.T) {
	r := testkit.Ministry().Register
	got := map[string]string{}
	for _, c := range segment.Clean(r.Attributes) {
		if c.Proposed == nil {
			t.Fatalf("%s: nothing proposed: %v", c.Attribute.Title, c.Why)
		}
		got[c.Attribute.Title] = strings.Join(c.Proposed.Values, "; ")
		if c.Proposed.Key != c.Attribute.Key || len(segment.Defects(*c.Proposed)) > 0 {
			t.Errorf("proposed: %+v", c.Proposed)
		}
	}
	tenure := "Менее 1 года; От 1 года до 3 лет включительно; Свыше 3 до 5 лет включительно; Свыше 5 до 10 лет включительно; Более 10 лет"
	want := map[string]string{
		"Стаж общий":                  tenure,
		"Стаж в организации / органе": tenure,
		"Уровень дохода": "Менее 30 000 рублей; От 30 000 до 60 000 рублей включительно; Свыше 60 000 до 100 000 рублей включительно; " +
			"Свыше 100 000 до 300 000 рублей включительно; Более 300 000 рублей",
		"Каналы связи на работе": "СЭД; Корпоративная почта; Мессенджеры; Нарочным",
		// As they were read; what was printed is not said again.
		"Вид службы": "Государственная гражданская служба субъектов РФ",
		"Льготы":     strings.Join(testkit.Ministry().Register.Attributes[10].Values, "; "),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// The values of the order's profiles still mean what they meant.
	for _, v := range []string{"3-5 лет", "5-10 лет"} {
		b, _ := segment.ParseBand(v)
		found := false
		for _, o := range segment.BandsOf(register.Attribute{Values: strings.Split(tenure, "; ")}) {
			found = found || b.Same(o)
		}
		if !found {
			t.Errorf("%q is in no band of the clean form", v)
		}
	}
}

func TestBandsOfWhichOneLiesInAnotherAreLeftToPeople(t *testing.T) {
	c, ok := segment.CleanOne(register.Attribute{Title: "Стаж", Values: []string{"1-10 лет", "2-3 лет"}})
	if !ok || c.Proposed != nil || len(c.Why) != 2 {
		t.Errorf("%+v", c)
	}
	c, _ = segment.CleanOne(register.Attribute{Title: "Стаж", Values: []string{"до 3 лет", "2-5 лет", "от 5 лет"}})
	if c.Proposed == nil || strings.Join(c.Proposed.Values, "; ") != "До 2 лет включительно; Свыше 2 до 5 лет включительно; Более 5 лет" {
		t.Errorf("%+v", c.Proposed)
	}
}

func TestACanonicalBandIsReadBack(t *testing.T) {
	for _, text := range []string{"до 30 000 руб.", "30-60 тыс. руб.", "от 1 года до 3 лет", "свыше 5 лет", "не менее 10 лет", "от 3 и менее 5 лет", "1-3 месяца", "20-40 %", "21-31 год",
		"от 5 до 7 лет, не включая 7 лет", "10 лет и более", "не более 5"} {
		b, ok := segment.ParseBand(text)
		if !ok {
			t.Errorf("%q is no band", text)
			continue
		}
		c, ok := segment.ParseBand(b.Canonical())
		if c.Text = b.Text; !ok || c != b {
			if c.TwoEnds != b.TwoEnds || c.Low != b.Low || c.High != b.High || c.LowIn != b.LowIn || c.HighIn != b.HighIn || c.Unit != b.Unit {
				t.Errorf("%q is %+v, its canonical form %q is %+v", text, b, b.Canonical(), c)
			}
		}
	}
}

func TestAPersonIsToldFromAKindOfClient(t *testing.T) {
	for text, what := range map[string]string{
		"Иванов И.И.": "фамилия и инициалы", "звонить А. Б. Петровой": "фамилия и инициалы", "Сидоров Пётр Ильич": "фамилия, имя и отчество", "Анна Сергеевна": "фамилия, имя и отчество",
		"8 (8672) 54-30-54": "номер телефона", "+7 918 123-45-67": "номер телефона", "89181234567": "номер телефона", "a.petrov@mail.ru": "адрес электронной почты",
		"СНИЛС 112-233-445 95": "СНИЛС",
		"до 40 000":            "", "100 000 - 300 000": "", "8 000 000 - 10 000 000": "", "800 000 - 100 000": "", "Специалист отдела кадров": "", "Лично в организации": "",
		"Республика Северная Осетия-Алания": "", "Физическое лицо, увольняющееся из органа исполнительной власти": "", "25-34": "", "Государственная гражданская служба субъектов РФ": "",
	} {
		if got := segment.PersonIn(text); got != what {
			t.Errorf("PersonIn(%q) = %q, want %q", text, got, what)
		}
	}
	for _, r := range []*register.Register{testkit.Ministry().Register, testkit.Clean().Register, testkit.Segments(1, 30, 100).Register} {
		for _, p := range r.Profiles {
			if _, text, is := segment.Person(p); is {
				t.Errorf("%s: %s", p.Title, text)
			}
		}
	}
}
