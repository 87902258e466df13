package web

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
	"perechen/internal/workday"
)

// calendarPage is a year of the production calendar: which days are working ones, by which decree, and what the body has
// corrected.
type calendarPage struct {
	frame
	Wrong    []link
	Done     string
	Year     int
	Years    []section
	Known    bool
	Own      bool // the body has corrected or added the year
	Source   string
	Line     string
	Months   []calMonth
	Weekdays []link // short name and name, Monday first
	Quarter  []calTotal
	Days     []calSpecial
	Export   []link
	May      bool
	Hash     string
	Day      []ask
	File     []ask
	Restore  *ask
	Open     string // which of the forms stands open
}

type calMonth struct {
	Name  string
	Line  string
	Weeks [][7]calDay
}

// A calDay is a day of the year view; N is 0 before the first and after the last of a month.
type calDay struct {
	N     int
	Kind  string // as workday says it; empty for a plain working day
	Today bool
	Title string
}

type calTotal struct{ Name, Working, Free, Short, Hours string }

type calSpecial struct{ Date, Weekday, KindWord, Note string }

// calendarKinds are the kinds of days as a form offers them; «plain» is what the day of the week says.
var calendarKinds = []string{workday.Off, workday.Working, workday.Short, workday.Holiday, "plain"}

func (s *site) calendar(r *request) (page, error) {
	year := r.yearAsked()
	cal := upkeep.CalendarOf(r.snap.reg)
	y, own, known := upkeep.CalendarYearOf(r.snap.reg, year)
	p := &calendarPage{frame: r.frame("calendar", "desk", r.lang.T("calendar.title", year)), Year: year, Known: known, Own: own, Source: y.Source, Hash: upkeep.CalendarHash(r.snap.reg, year)}
	p.May = r.may(register.RoleOfficer, register.RoleHead, whoAdmin)
	years := cal.Years()
	for _, x := range []int{year, r.now.Year() + 1} {
		if !slices.Contains(years, x) {
			years = append(years, x)
		}
	}
	slices.Sort(years)
	for _, x := range years {
		item := section{link: link{r.URL.EscapedPath() + "?year=" + strconv.Itoa(x), strconv.Itoa(x)}}
		if x == year {
			item.Current = "page"
		}
		p.Years = append(p.Years, item)
	}
	if known {
		p.show(r, cal, y)
	}
	if p.May {
		p.forms(r, known, own)
	}
	switch done := r.query.Get("done"); done {
	case "day", "import", "restore":
		p.Done = r.lang.T("calendar.done." + done)
		if n := atoi(r.query.Get("moved")); n > 0 {
			p.Done += " " + r.lang.Count(n, "calendar.moved")
		}
	}
	return p, nil
}

// yearAsked is the year in the address, else the present one.
func (r *request) yearAsked() int {
	if n := atoi(r.query.Get("year")); n >= 1992 && n <= 2199 {
		return n
	}
	return r.now.Year()
}

// show fills in the days of a known year.
func (p *calendarPage) show(r *request, cal workday.Calendar, y workday.Year) {
	notes := map[string]string{}
	for _, d := range y.Days {
		notes[d.Date] = d.Note
	}
	p.specials(r, y)
	for m := 1; m <= 12; m++ {
		total, err := cal.Totals(y.Number, m)
		if err != nil {
			return // the year is known
		}
		month := calMonth{Name: r.lang.T("month." + strconv.Itoa(m)), Line: r.lang.Count(total.Working, "task.workdays")}
		var week [7]calDay
		for d := time.Date(y.Number, time.Month(m), 1, 0, 0, 0, 0, time.UTC); int(d.Month()) == m; d = d.AddDate(0, 0, 1) {
			iso := d.Format(time.DateOnly)
			kind, _ := cal.Kind(iso)
			day := calDay{N: d.Day(), Kind: kind, Today: register.Date(iso) == r.today}
			if kind != "" && kind != workday.Weekend {
				day.Title = r.lang.T("calendar.kind." + kind)
				if n := notes[iso]; n != "" {
					day.Title += ": " + n
				}
			}
			week[weekday(d)] = day
			if weekday(d) == 6 {
				month.Weeks = append(month.Weeks, week)
				week = [7]calDay{}
			}
		}
		if week != [7]calDay{} {
			month.Weeks = append(month.Weeks, week)
		}
		p.Months = append(p.Months, month)
	}
	for i := range 7 {
		p.Weekdays = append(p.Weekdays, link{r.lang.T("weekshort." + strconv.Itoa(i)), r.lang.T("weekday." + strconv.Itoa(i))})
	}
	var quarter workday.Totals
	add := func(name string, t workday.Totals) {
		p.Quarter = append(p.Quarter, calTotal{name, lang.Number(int64(t.Working)), lang.Number(int64(t.Free)), lang.Number(int64(t.Short)), lang.Number(int64(t.Hours))})
	}
	for m := 1; m <= 12; m++ {
		t, _ := cal.Totals(y.Number, m)
		quarter.Working, quarter.Free, quarter.Short, quarter.Hours = quarter.Working+t.Working, quarter.Free+t.Free, quarter.Short+t.Short, quarter.Hours+t.Hours
		if m%3 == 0 {
			add(r.lang.T("calendar.quarter", []string{"I", "II", "III", "IV"}[m/3-1]), quarter)
			quarter = workday.Totals{}
		}
	}
	all, _ := cal.Totals(y.Number, 0)
	add(r.lang.T("calendar.whole"), all)
	p.Line = r.lang.T("calendar.line", r.lang.Count(all.Working, "task.workdays"), r.lang.Count(all.Free, "calendar.freedays"), r.lang.Count(all.Short, "calendar.shortdays"))
	for _, format := range []string{"xlsx", "csv"} {
		p.Export = append(p.Export, link{p.home + "calendar." + format + "?year=" + strconv.Itoa(p.Year), map[string]string{"xlsx": "XLSX", "csv": "CSV"}[format]})
	}
}

// specials lists the days that are not plain, runs of one kind and note as one: «01.01.2026 – 06.01.2026».
func (p *calendarPage) specials(r *request, y workday.Year) {
	for i := 0; i < len(y.Days); {
		first, _ := register.Date(y.Days[i].Date).Time()
		last, d := first, y.Days[i]
		for i++; i < len(y.Days); i++ {
			next, _ := register.Date(y.Days[i].Date).Time()
			if !next.Equal(last.AddDate(0, 0, 1)) || y.Days[i].Kind != d.Kind || y.Days[i].Note != d.Note {
				break
			}
			last = next
		}
		item := calSpecial{Date: first.Format("02.01.2006"), Weekday: r.lang.T("weekday." + strconv.Itoa(weekday(first))), KindWord: r.lang.T("calendar.kind." + d.Kind), Note: d.Note}
		if last.After(first) {
			item.Date, item.Weekday = item.Date+" – "+last.Format("02.01.2006"), ""
		}
		p.Days = append(p.Days, item)
	}
}

// weekday counts from Monday.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// forms are those by which the year is corrected, added or given back.
func (p *calendarPage) forms(r *request, known, own bool) {
	act := ""
	if r.typed != nil {
		act = r.typed.values.Get("act")
		p.Open = act
	}
	field := func(of string, a ask) ask {
		if act != of { // another form of the page was sent
			a.ID = "f-" + of + "-" + a.Name
			for i := range a.Options {
				a.Options[i].Selected = a.Options[i].Value == a.Value
			}
			return a
		}
		a.ID = "f-" + of + "-" + a.Name
		return r.asked(a)
	}
	why := ask{Name: "ground", Label: r.lang.T("calendar.ground"), Hint: r.lang.T("calendar.groundhint"), Max: 1000}
	if known {
		var kinds []option
		for _, k := range calendarKinds {
			kinds = append(kinds, option{Value: k, Text: r.lang.T("calendar.as." + k)})
		}
		p.Day = []ask{
			field("day", ask{Name: "date", Kind: "date", Label: r.lang.T("calendar.day"), Size: "short"}),
			field("day", ask{Name: "kind", Kind: "select", Label: r.lang.T("calendar.kind"), Options: kinds, Value: workday.Off}),
			field("day", ask{Name: "note", Label: r.lang.T("calendar.note"), Hint: r.lang.T("calendar.notehint"), Optional: true, Max: 300}),
			field("day", why),
		}
	} else {
		p.Open = cmp.Or(p.Open, "import")
	}
	p.File = []ask{
		field("import", ask{Name: "file", Kind: "file", Label: r.lang.T("calendar.file"), Hint: r.lang.T("calendar.filehint"), Accept: ".xml,.xlsx,.ods,.csv"}),
		field("import", ask{Name: "source", Label: r.lang.T("calendar.source"), Hint: r.lang.T("calendar.sourcehint"), Max: 1000}),
		field("import", why),
	}
	if own {
		a := field("restore", why)
		p.Restore = &a
	}
	switch act {
	case "day":
		p.Wrong = r.wrong(p.Day...)
	case "import":
		p.Wrong = r.wrong(p.File...)
	case "restore":
		if p.Restore != nil {
			p.Wrong = r.wrong(*p.Restore)
		}
	}
}

func (s *site) changeCalendar(r *request, v url.Values) (string, error) {
	year := atoi(v.Get("year"))
	if year < 1992 || year > 2199 {
		return "", badRequest("error.badform")
	}
	r.query.Set("year", strconv.Itoa(year))
	was, ground := v.Get("was"), register.Ground{Text: v.Get("ground")}
	before := dues(r.snap.reg)
	var err error
	switch v.Get("act") {
	case "day":
		err = s.correctDay(r, v, year, ground, was)
	case "import":
		err = s.importYear(r, v, year, ground, was)
	case "restore":
		_, err = s.desk.RestoreCalendar(r.Context(), r.actor(), r.slug, year, ground, was)
	default:
		return "", badRequest("error.badform")
	}
	if err != nil {
		return "", atFields(err)
	}
	moved := 0
	if reg, err := s.ledger.State(r.Context(), r.slug, 0); err == nil {
		for key, due := range dues(reg) {
			if before[key] != due {
				moved++
			}
		}
	}
	return fmt.Sprintf("%s?year=%d&done=%s&moved=%d", r.URL.EscapedPath(), year, url.QueryEscape(v.Get("act")), moved), nil
}

// dues are the deadlines of the open tasks.
func dues(reg *register.Register) map[string]register.Date {
	ds := map[string]register.Date{}
	for _, t := range reg.Tasks {
		if t.Done == "" {
			ds[t.Key] = t.Due
		}
	}
	return ds
}

func (s *site) correctDay(r *request, v url.Values, year int, ground register.Ground, was string) error {
	day, kind := register.Date(v.Get("date")), v.Get("kind")
	t, ok := day.Time()
	switch {
	case !ok:
		return invalidField("date", r.lang.T("calendar.baddate"))
	case t.Year() != year:
		return invalidField("date", r.lang.T("calendar.otheryear", year))
	case !slices.Contains(calendarKinds, kind):
		return badRequest("error.badform")
	}
	if kind == "plain" {
		kind = ""
	}
	y, _, ok := upkeep.CalendarYearOf(r.snap.reg, year)
	if !ok {
		return badRequest("error.badform")
	}
	_, err := s.desk.CorrectCalendar(r.Context(), r.actor(), r.slug, upkeep.WithDay(y, day, kind, v.Get("note")), ground, was)
	return err
}

func (s *site) importYear(r *request, v url.Values, year int, ground register.Ground, was string) error {
	h := r.file("file")
	if h == nil {
		return invalidField("file", r.lang.T("calendar.nofile"))
	}
	f, err := h.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	y, err := upkeep.ReadCalendarFile(r.Context(), h.Filename, f, h.Size, year)
	if err != nil {
		if upkeep.CodeOf(err) == upkeep.CodeInvalid {
			return invalidField("file", err.Error())
		}
		return err
	}
	y.Source = v.Get("source")
	_, err = s.desk.CorrectCalendar(r.Context(), r.actor(), r.slug, y, ground, was)
	return err
}

// calendarFile sends a year as a file that can be read back.
func (s *site) calendarFile(format string, access who) http.HandlerFunc {
	return s.onlyRead(func(w http.ResponseWriter, hr *http.Request) {
		r := s.openedFor(w, hr, access)
		if r == nil {
			return
		}
		s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
			y, _, ok := upkeep.CalendarYearOf(r.snap.reg, r.yearAsked())
			if !ok {
				return "", notFound("")
			}
			return r.lang.T("calendar.filename", r.yearAsked()), upkeep.WriteCalendarFile(b, y, format)
		})
	})
}
