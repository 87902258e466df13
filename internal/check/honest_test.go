package check_test

import (
	"testing"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// TestHonestRegistersHaveNoFindings changes the clean sample in ways that real bodies may, all of them lawful.
func TestHonestRegistersHaveNoFindings(t *testing.T) {
	for _, c := range []struct {
		name  string
		alter func(*testkit.Sample)
	}{
		{"short number inside the body", func(s *testkit.Sample) { declare(s, "phone-it", "2-15") }},
		{"local number", func(s *testkit.Sample) { declare(s, "phone-it", "20-11-02") }},
		{"number with an extension", func(s *testkit.Sample) { declare(s, "phone-it", "8 (4999) 20-11-02 (доб. 115)") }},
		{"two numbers", func(s *testkit.Sample) { declare(s, "phone-it", "8 (4999) 20-11-02, 20-11-04") }},
		{"number without the eight", func(s *testkit.Sample) { declare(s, "phone-it", "(4999) 20-11-02") }},
		{"free number", func(s *testkit.Sample) { declare(s, "phone-it", "8-800-200-60-60") }},
		{"number in one piece", func(s *testkit.Sample) { declare(s, "phone-it", "+74999201102") }},
		{"the same number printed otherwise", func(s *testkit.Sample) { touchpoint(s, "t-phone-it").Value = "+7 4999 20-11-02" }},
		{"Russian domain", func(s *testkit.Sample) { declare(s, "site", "https://минприроды.рф/kadry") }},
		{"site without a scheme", func(s *testkit.Sample) { declare(s, "site", "www.minprirody.primer.ru") }},
		{"site with a path", func(s *testkit.Sample) { declare(s, "site", "minprirody.primer.ru/activity?id=12#top") }},
		{"site at a port", func(s *testkit.Sample) { declare(s, "site", "http://minprirody.primer.ru:8080/") }},
		{"mailbox in another domain", func(s *testkit.Sample) { declare(s, "email", "minprirody@yandex.ru") }},
		{"mailbox in a domain under the site's", func(s *testkit.Sample) { declare(s, "email", "kadry@mail.minprirody.primer.ru") }},
		{"two mailboxes", func(s *testkit.Sample) { declare(s, "email", "kadry@minprirody.primer.ru, buh@minprirody.primer.ru") }},
		{"name of a page instead of its address", func(s *testkit.Sample) { declare(s, "vk", "@minprirody_primer") }},
		{"page of a group", func(s *testkit.Sample) { declare(s, "vk", "https://vk.com/club123456") }},
		{"page in another network", func(s *testkit.Sample) { declare(s, "vk", "https://ok.ru/minprirody") }},
		{"hours that only people understand", func(s *testkit.Sample) {
			touchpoint(s, "t-204").Hours = "по предварительной записи"
		}},
		{"hours written in another way", func(s *testkit.Sample) {
			touchpoint(s, "t-204").Hours = "пн–пт 9:00–18:00, обед 13:00–14:00"
		}},
		{"two days of one person", func(s *testkit.Sample) {
			s.Procedure.Reception = append(s.Procedure.Reception, procedure.Reception{Point: "reception", Who: "Министр", Hours: "четверг с 10:00 до 12:00", Clause: "3.3", Item: 5})
			touchpoint(s, "t-reception").Hours = ""
		}},
		{"two persons at different hours", func(s *testkit.Sample) {
			s.Procedure.Reception = append(s.Procedure.Reception, procedure.Reception{Point: "reception", Who: "Заместитель Министра", Hours: "вторник с 9:00 до 11:00", Clause: "3.3", Item: 5})
			touchpoint(s, "t-reception").Hours = ""
		}},
		{"changes after the last edition", func(s *testkit.Sample) { s.Register.N = 900 }},
		{"no principle about both classes", func(s *testkit.Sample) {
			s.Procedure.Principles[1].Check = ""
			dropUsage(s, "p3.t-115")
			d := s.Procedure.Declared
			s.Procedure.Declared = append(d[:8:8], d[9:]...)
		}},
		{"no form of report and no edition", func(s *testkit.Sample) { s.Procedure.Report, s.Register.Editions = nil, nil }},
		{"a report that nobody has to approve", func(s *testkit.Sample) { s.Procedure.Report.Approval, s.Register.Editions = false, nil }},
		{"no dictionary and no profiles", func(s *testkit.Sample) { s.Register.Attributes, s.Register.Profiles = nil, nil }},
		{"a role without appointment", func(s *testkit.Sample) {
			s.Procedure.Roles[0].Appointed, s.Register.Appointments = false, nil
		}},
		{"a Telegram page before the law", func(s *testkit.Sample) { s.On = "2025-05-31"; declare(s, "vk", "t.me/minprirody"); earlier(s) }},
		{"no day given", func(s *testkit.Sample) { s.On = "" }},
		{"no entries", func(s *testkit.Sample) { s.Entries = nil }},
		{"a row that prints no class", func(s *testkit.Sample) {
			usage(s, "p1.t-204").Printed, usage(s, "p1.t-204").Feature = "", ""
		}},
		{"a row for a time to come", func(s *testkit.Sample) {
			u := cleanCopy(usage(s, "p1.t-vk"))
			u.Key, u.Process, u.From = "later", "", "2027-01-01"
			s.Register.Usages = append(s.Register.Usages, u)
		}},
		{"an act of the kind «01-02/01»", func(s *testkit.Sample) { s.Register.Appointments[1].Act.Number = "01-02/01" }},
		{"an order that will approve something", func(s *testkit.Sample) {
			reword(s, "4.2", "утверждается Министром", "утверждается приказом Министра")
		}},
		{"bands with words", func(s *testkit.Sample) {
			attribute(s, "income").Values = []string{"до 30 тыс. руб.", "30–60 тыс. руб. (не включая 30)", "более 60 тыс. руб."}
			setValue(s, 0, "Уровень дохода", "до 30 000 руб.")
		}},
		{"a clipped value with one meaning", func(s *testkit.Sample) { setValue(s, 0, "Образование", "Среднее общее") }},
		{"rooms that differ in a figure", func(s *testkit.Sample) {
			d := s.Procedure.Declared[7]
			d.Key, d.Label, d.Quote = "room-205", "кабинет 205, отдел государственной службы и кадров", "кабинет 204, отдел государственной службы и кадров"
			s.Procedure.Declared = append(s.Procedure.Declared, d)
			point := *touchpoint(s, "t-204")
			point.Key, point.Label, point.Declared = "t-205", "Кабинет 205, отдел государственной службы и кадров", "room-205"
			s.Register.Touchpoints = append(s.Register.Touchpoints, point)
			u := cleanCopy(usage(s, "p2.t-204"))
			u.Key, u.Touchpoint, u.Position = "p2.t-205", "t-205", 16
			s.Register.Usages = append(s.Register.Usages, u)
		}},
		{"honest pairs of words", func(s *testkit.Sample) {
			reword(s, "2.4", "функции.", "функции. Экономическая политика Министерства и экологическая политика Министерства, представляемые сведения и предоставляемые услуги.")
		}},
		{"a dash between days", func(s *testkit.Sample) {
			reword(s, "3.3", "понедельник - пятница", "понедельник – пятница")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := testkit.Clean()
			c.alter(&s)
			for _, f := range run(s) {
				t.Errorf("%s %s: %s", f.Rule, f.Severity, f.Text)
				for _, p := range f.Places {
					t.Logf("    %s «%s»", p.Text, p.Quote)
				}
			}
		})
	}
}

func cleanCopy(u *register.Usage) register.Usage {
	c := *u
	c.Needs = append([]register.NeedRef(nil), u.Needs...)
	return c
}

// earlier makes the clean sample fit a day of spring 2025, before its last edition, appointment and process.
func earlier(s *testkit.Sample) {
	s.Register.Processes[3].From = ""
	process(s, "p5").To, usage(s, "p5.t-204").To = "2024-12-31", "2024-12-31"
}
