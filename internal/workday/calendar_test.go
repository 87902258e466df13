package workday

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTotalsArePublished holds the shipped years to the totals that are published for a week of five days: working days of
// each month and hours of a week of 40 hours.
func TestTotalsArePublished(t *testing.T) {
	for year, want := range map[int]struct {
		days  [12]int
		hours [12]int
		year  Totals
	}{
		2024: {[12]int{17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21}, [12]int{136, 159, 159, 168, 159, 151, 184, 176, 168, 184, 167, 168}, Totals{366, 248, 5, 118, 1979}},
		2025: {[12]int{17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22}, [12]int{136, 160, 167, 175, 144, 151, 184, 168, 176, 184, 151, 176}, Totals{365, 247, 4, 118, 1972}},
		2026: {[12]int{15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22}, [12]int{120, 152, 168, 175, 151, 167, 184, 168, 176, 176, 159, 176}, Totals{365, 247, 4, 118, 1972}},
	} {
		for m := range 12 {
			got, err := Shipped().Totals(year, m+1)
			if err != nil || got.Working != want.days[m] || got.Hours != want.hours[m] {
				t.Errorf("%02d.%d: got %d working days and %d hours (%v), want %d and %d", m+1, year, got.Working, got.Hours, err, want.days[m], want.hours[m])
			}
		}
		if got, _ := Shipped().Totals(year, 0); got != want.year {
			t.Errorf("%d: got %+v, want %+v", year, got, want.year)
		}
	}
}

func TestEachShippedYearNamesItsDecree(t *testing.T) {
	want := map[int]string{2024: "от 10.08.2023 № 1314", 2025: "от 04.10.2024 № 1335", 2026: "от 24.09.2025 № 1466"}
	if got := Shipped().Years(); !slices.Equal(got, []int{2024, 2025, 2026}) {
		t.Fatalf("years: got %v", got)
	}
	for year, decree := range want {
		y, _ := Shipped().Year(year)
		if !strings.Contains(y.Source, decree) || !strings.Contains(y.Source, fmt.Sprintf("в %d году", year)) {
			t.Errorf("%d: source «%s» does not say «%s»", year, y.Source, decree)
		}
		for _, d := range y.Days {
			if d.Note == "" {
				t.Errorf("%s: no note says why the day is not plain", d.Date)
			}
		}
	}
}

// TestHolidaysAreThoseOfTheCode: the fourteen days of Article 112 are free in every year, whatever was moved.
func TestHolidaysAreThoseOfTheCode(t *testing.T) {
	for _, year := range Shipped().Years() {
		for _, day := range []string{"01-01", "01-02", "01-03", "01-04", "01-05", "01-06", "01-07", "01-08", "02-23", "03-08", "05-01", "05-09", "06-12", "11-04"} {
			if kind, err := Shipped().Kind(fmt.Sprintf("%d-%s", year, day)); kind != Holiday || err != nil {
				t.Errorf("%d-%s: got %q (%v), want a holiday", year, day, kind, err)
			}
		}
	}
}

// TestMovedDaysPointBack: a note «перенос с субботы 6 января» names a day that is of that day of the week, that is free by
// nature, and that works unless it is a holiday itself.
func TestMovedDaysPointBack(t *testing.T) {
	moved := 0
	for _, number := range Shipped().Years() {
		y, _ := Shipped().Year(number)
		for _, d := range y.Days {
			if d.Kind != Off {
				continue
			}
			found := false
			for from := time.Date(number, 1, 1, 0, 0, 0, 0, time.UTC); from.Year() == number; from = from.AddDate(0, 0, 1) {
				if !free(from) || !strings.HasPrefix(d.Note+" ", movedFrom(number, from.Format("01.02"))+" ") {
					continue
				}
				found = true
				moved++
				if kind, _ := Shipped().Kind(from.Format(time.DateOnly)); kind != Holiday && !works(kind) {
					t.Errorf("%s is moved from %s, which does not work", d.Date, from.Format(time.DateOnly))
				}
			}
			if !found {
				t.Errorf("%s: «%s» names no Saturday or Sunday of the year", d.Date, d.Note)
			}
		}
	}
	if moved != 5+5+4 {
		t.Errorf("%d moved days, want 14", moved)
	}
}

func TestDays(t *testing.T) {
	for _, c := range []struct {
		day             string
		working, short_ bool
	}{
		{"2024-04-27", true, false}, {"2024-11-02", true, true}, {"2024-12-28", true, false}, {"2024-05-10", false, false},
		{"2024-12-30", false, false}, {"2025-11-01", true, true}, {"2025-11-03", false, false}, {"2025-12-31", false, false},
		{"2026-01-09", false, false}, {"2026-01-12", true, false}, {"2026-03-09", false, false}, {"2026-05-08", true, true},
		{"2026-11-03", true, true}, {"2026-11-21", false, false}, {"2026-12-30", true, false}, {"2026-12-31", false, false},
	} {
		working, ok := Shipped().IsWorking(c.day)
		if short, _ := Shipped().Short(c.day); working != c.working || short != c.short_ || !ok {
			t.Errorf("%s: got working %v, short %v, known %v; want %v, %v", c.day, working, short, ok, c.working, c.short_)
		}
	}
}

func TestAddCountsWorkingDays(t *testing.T) {
	for _, c := range []struct {
		day  string
		n    int
		want string
	}{
		{"2026-11-20", 5, "2026-11-27"},
		{"2026-11-21", 1, "2026-11-23"}, // from a Saturday
		{"2026-11-03", 1, "2026-11-05"}, // over the holiday
		{"2025-12-30", 1, "2026-01-12"}, // over twelve days into the next year
		{"2024-04-26", 2, "2024-05-02"}, // the working Saturday is the first
		{"2026-11-20", 0, "2026-11-20"},
		{"2026-11-21", 0, "2026-11-23"},
		{"2026-11-23", -1, "2026-11-20"},
		{"2026-01-12", -1, "2025-12-30"},
	} {
		got, err := Shipped().Add(c.day, c.n)
		if got != c.want || err != nil {
			t.Errorf("%d from %s: got %s (%v), want %s", c.n, c.day, got, err, c.want)
		}
	}
}

func TestBetweenIsWhatWasAdded(t *testing.T) {
	for day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2026; day = day.AddDate(0, 0, 1) {
		from := day.Format(time.DateOnly)
		for _, n := range []int{1, 2, 7, 30} {
			to, err := Shipped().Add(from, n)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Shipped().Between(from, to)
			if back, _ := Shipped().Between(to, from); got != n || back != -n || err != nil {
				t.Fatalf("between %s and %s: got %d and %d back (%v), want %d", from, to, got, back, err, n)
			}
		}
	}
}

// TestUnknownYearIsNotGuessed: neither the day nor a count that touches it.
func TestUnknownYearIsNotGuessed(t *testing.T) {
	if working, ok := Shipped().IsWorking("2027-03-01"); working || ok {
		t.Error("a Monday of a year nobody gave is said to be known")
	}
	for name, err := range map[string]error{
		"Add":     func() error { _, err := Shipped().Add("2026-12-28", 5); return err }(),
		"back":    func() error { _, err := Shipped().Add("2024-01-09", -1); return err }(),
		"Between": func() error { _, err := Shipped().Between("2026-12-28", "2027-01-15"); return err }(),
		"Totals":  func() error { _, err := Shipped().Totals(2027, 1); return err }(),
	} {
		var unknown *UnknownYear
		if !errors.As(err, &unknown) || !strings.Contains(err.Error(), "не внесён") {
			t.Errorf("%s: got %v, want a sentence about the unknown year", name, err)
		}
	}
	if got, err := Shipped().Add("2026-12-28", 2); got != "2026-12-30" || err != nil {
		t.Errorf("a count within the year: got %s (%v)", got, err)
	}
	if _, err := Shipped().Add("2026-02-30", 1); err == nil || !strings.Contains(err.Error(), "не день календаря") {
		t.Errorf("30 February: got %v", err)
	}
}

func TestWithPutsAYearInPlace(t *testing.T) {
	y, _ := Shipped().Year(2026)
	y.Days = append(y.Days, Special{"2026-11-30", Off, "перенос указом"})
	c, err := Shipped().With(y)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := c.Add("2026-11-27", 1); got != "2026-12-01" {
		t.Errorf("with 30 November off: got %s, want 2026-12-01", got)
	}
	if got, _ := Shipped().Add("2026-11-27", 1); got != "2026-11-30" {
		t.Errorf("the shipped calendar has changed: got %s", got)
	}
}

func TestTidyNamesTheDay(t *testing.T) {
	for want, y := range map[string]Year{
		"День 01.01.2025 не относится к 2026 году.":       {Number: 2026, Days: []Special{{Date: "2025-01-01", Kind: Off}}},
		"«2026-02-30» — не день календаря":                {Number: 2026, Days: []Special{{Date: "2026-02-30", Kind: Off}}},
		"Вид дня 01.06.2026 не назван":                    {Number: 2026, Days: []Special{{Date: "2026-06-01", Kind: "x"}}},
		"День 01.06.2026 назван дважды и по-разному.":     {Number: 2026, Days: []Special{{Date: "2026-06-01", Kind: Off}, {Date: "2026-06-01", Kind: Short}}},
		"Год «26» не годится: нужен год от 1900 до 2199.": {Number: 26},
	} {
		if _, err := y.Tidy(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want «%s»", err, want)
		}
	}
	y, err := Year{Number: 2026, Days: []Special{{Date: "2026-06-06", Kind: Off}, {Date: "2026-06-05", Kind: Working}, {Date: "2026-06-07", Kind: Short}, {Date: "2026-06-07", Kind: Short}}}.Tidy()
	if err != nil || len(y.Days) != 1 || y.Days[0].Date != "2026-06-07" {
		t.Errorf("plain days are kept: %v (%v)", y.Days, err)
	}
}

const xmlYear = `<?xml version="1.0" encoding="UTF-8"?>
<calendar year="2026" lang="ru" date="2025.09.30" country="ru">
  <holidays><holiday id="1" title="Новогодние каникулы"/></holidays>
  <days><day d="01.01" t="1" h="1"/><day d="01.09" t="1" f="01.03"/><day d="04.30" t="2"/><day d="06.06" t="3"/></days>
</calendar>`

func TestReadXML(t *testing.T) {
	got, err := ReadXML([]byte("\ufeff" + xmlYear))
	want := Year{Number: 2026, Days: []Special{
		{"2026-01-01", Holiday, "Новогодние каникулы"}, {"2026-01-09", Off, "перенос с субботы 3 января"},
		{"2026-04-30", Short, ""}, {"2026-06-06", Working, ""}}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	for in, want := range map[string]string{
		"": "не читается", "<html></html>": "не читается", `<calendar><days/></calendar>`: "не назван год",
		`<calendar year="2026"></calendar>`:                                                          "нет ни одного дня",
		`<calendar year="2026"><days><day d="13.01" t="1"/></days></calendar>`:                       "ММ.ДД",
		`<calendar year="2026"><days><day d="01.01" t="7"/></days></calendar>`:                       "бывает 1",
		`<?xml version="1.0" encoding="koi8-r"?><calendar year="2026"><days/></calendar>`:            "UTF-8",
		`<calendar year="2026"><days><day d="01.01" t="1"/><day d="01.01" t="2"/></days></calendar>`: "дважды",
	} {
		if _, err := ReadXML([]byte(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want «%s»", in, err, want)
		}
	}
}

func TestRowsAreReadBack(t *testing.T) {
	for _, number := range Shipped().Years() {
		want, _ := Shipped().Year(number)
		want.Source = ""
		got, err := ReadTable(append([][]string{{"Производственный календарь"}, {}}, want.Rows()...), 0)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%d: %v (-want +got):\n%s", number, err, diff)
		}
	}
}

// TestReadTableOfMonths reads the row of the open data for 2026 and finds the same working days as the shipped year.
func TestReadTableOfMonths(t *testing.T) {
	head := []string{"Год/Месяц", "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь", "Всего рабочих дней"}
	rows := [][]string{head}
	for _, year := range []int{2025, 2026} {
		row := []string{fmt.Sprint(year)}
		for m := 1; m <= 12; m++ {
			var days []string
			for d := time.Date(year, time.Month(m), 1, 0, 0, 0, 0, time.UTC); int(d.Month()) == m; d = d.AddDate(0, 0, 1) {
				switch kind, _ := Shipped().Kind(d.Format(time.DateOnly)); kind {
				case Off:
					days = append(days, fmt.Sprint(d.Day(), "+"))
				case Short:
					days = append(days, fmt.Sprint(d.Day(), "*"))
				case Holiday, Weekend:
					days = append(days, fmt.Sprint(d.Day()))
				}
			}
			row = append(row, strings.ReplaceAll(strings.Join(days, ","), " ", ""))
		}
		rows = append(rows, append(row, "247"))
	}
	for _, year := range []int{2025, 2026} {
		y, err := ReadTable(rows, year)
		if err != nil {
			t.Fatal(err)
		}
		c, _ := Calendar{}.With(y)
		for d := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == year; d = d.AddDate(0, 0, 1) {
			day := d.Format(time.DateOnly)
			got, _ := c.IsWorking(day)
			want, _ := Shipped().IsWorking(day)
			gotShort, _ := c.Short(day)
			if wantShort, _ := Shipped().Short(day); got != want || gotShort != wantShort {
				t.Errorf("%s: got working %v, short %v", day, got, gotShort)
			}
		}
	}
	if _, err := ReadTable(rows, 0); err == nil || !strings.Contains(err.Error(), "несколько лет") {
		t.Errorf("two years in one file: got %v", err)
	}
	if _, err := ReadTable(rows, 2030); err == nil || !strings.Contains(err.Error(), "нет 2030 года") {
		t.Errorf("a year that is not there: got %v", err)
	}
}

func TestReadTableSaysWhatIsWrong(t *testing.T) {
	for want, rows := range map[string][][]string{
		"не похожа на календарь":   {{"Телефон", "Кабинет"}, {"1", "2"}},
		"нет ни одного дня":        {{"Дата", "Вид дня"}},
		"нужна дата":               {{"Дата", "Вид"}, {"завтра", "выходной"}},
		"бывает праздничный":       {{"Дата", "Тип дня"}, {"09.01.2026", "санитарный"}},
		"не относится к 2026 году": {{"Дата", "День"}, {"09.01.2026", "выходной"}, {"09.01.2027", "выходной"}},
	} {
		if _, err := ReadTable(rows, 0); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: got %v, want «%s»", rows, err, want)
		}
	}
}

func FuzzReadXML(f *testing.F) {
	f.Add([]byte(xmlYear))
	f.Fuzz(func(t *testing.T, data []byte) {
		y, err := ReadXML(data)
		if err != nil {
			return
		}
		if again, err := y.Tidy(); err != nil || !cmp.Equal(y, again) {
			t.Errorf("a year that was read is not tidy: %v", err)
		}
		if back, err := ReadTable(y.Rows(), y.Number); len(y.Days) > 0 && (err != nil || len(back.Days) != len(y.Days)) {
			t.Errorf("a year that was read is not read back: %v", err)
		}
	})
}
