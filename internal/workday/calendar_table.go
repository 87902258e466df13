package workday

import (
	"strconv"
	"strings"
	"time"
)

// ReadTable reads a year from the rows of a table, in either of the two forms in which people have it:
//
//   - one day in each row under headings of which one begins with «Дата» and one with «Вид» («День», «Тип»), another, if
//     there is one, with «Примечание» or «Основание»: 09.01.2026, выходной, перенос с субботы 3 января. This is also what
//     Year.Rows writes;
//   - one year in each row and one month in each column, as the open data of the production calendar have it: under «Январь»
//     all the days without work, 9+ being a day off moved there, and 30* a shortened working day. With several years in the
//     file, want says which; 0 is enough when there is one.
//
// The source is empty: such tables do not name it. Every error is a sentence.
func ReadTable(rows [][]string, want int) (Year, error) {
	for i, row := range rows {
		if m, ok := monthColumns(row); ok {
			return readMonths(rows[i+1:], m, want)
		}
		if c, ok := dayColumns(row); ok {
			return readDays(rows[i+1:], c, want)
		}
	}
	return Year{}, sentence("Таблица не похожа на календарь: нужны заголовки «Дата» и «Вид дня» или месяцы «Январь» … «Декабрь».")
}

// Rows writes the year as a table that ReadTable reads back.
func (y Year) Rows() [][]string {
	rows := [][]string{{"Дата", "Вид дня", "Примечание"}}
	for _, d := range y.Days {
		t, err := time.Parse(time.DateOnly, d.Date)
		if err != nil {
			continue // Tidy lets no such day pass
		}
		rows = append(rows, []string{t.Format(russian), kindWords[d.Kind], d.Note})
	}
	return rows
}

var kindWords = map[string]string{Holiday: "нерабочий праздничный", Off: "выходной", Working: "рабочий", Short: "сокращённый"}

// columns says where the values of a row stand; -1 is nowhere.
type columns struct{ date, kind, note int }

func dayColumns(row []string) (columns, bool) {
	c := columns{-1, -1, -1}
	for i, cell := range row {
		w := fold(cell)
		switch {
		case c.date < 0 && (strings.HasPrefix(w, "дат") || w == "date"):
			c.date = i
		case c.kind < 0 && (strings.HasPrefix(w, "вид") || strings.HasPrefix(w, "тип") || w == "день" || w == "kind" || w == "type"):
			c.kind = i
		case c.note < 0 && (strings.HasPrefix(w, "примеч") || strings.HasPrefix(w, "основани") || strings.HasPrefix(w, "назван") || w == "note"):
			c.note = i
		}
	}
	return c, c.date >= 0 && c.kind >= 0
}

func readDays(rows [][]string, c columns, want int) (Year, error) {
	y := Year{Number: want}
	for _, row := range rows {
		if blank(row) {
			continue
		}
		t, ok := readDate(cell(row, c.date))
		if !ok {
			return Year{}, sentence("В столбце «Дата» стоит «%.40s», а нужна дата вида 09.01.2026.", cell(row, c.date))
		}
		if y.Number == 0 {
			y.Number = t.Year()
		}
		if want != 0 && t.Year() != want {
			continue // a file of several years
		}
		if len(y.Days) == maxSpecials {
			return Year{}, sentence("В таблице больше дней, чем в году.")
		}
		s := Special{Date: t.Format(time.DateOnly), Note: cell(row, c.note)}
		if s.Kind, ok = readKind(cell(row, c.kind)); !ok {
			return Year{}, sentence("У дня %s стоит вид «%.40s», а бывает праздничный, выходной, рабочий и сокращённый.", t.Format(russian), cell(row, c.kind))
		}
		y.Days = append(y.Days, s)
	}
	if len(y.Days) == 0 {
		if want != 0 {
			return Year{}, sentence("В таблице нет ни одного дня %d года.", want)
		}
		return Year{}, sentence("В таблице нет ни одного дня.")
	}
	return y.Tidy()
}

// readKind knows a kind by any form of its word; what is written of a plain day is Off or Working, and Tidy drops it.
func readKind(text string) (string, bool) {
	w := fold(text)
	switch {
	case strings.Contains(w, "сокращ") || strings.Contains(w, "предпразд") || w == Short:
		return Short, true
	case strings.Contains(w, "праздн") || w == Holiday:
		return Holiday, true
	case strings.Contains(w, "выходн") || strings.Contains(w, "нерабоч") || strings.Contains(w, "перенос") || w == Off || w == Weekend:
		return Off, true
	case strings.Contains(w, "рабоч") || w == Working:
		return Working, true
	}
	return "", false
}

var monthStems = [12]string{"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"}

// monthColumns finds a heading row with all twelve months; the year stands in the column before the first of them.
func monthColumns(row []string) (at [12]int, ok bool) {
	found := 0
	for m, stem := range monthStems {
		for i, cell := range row {
			if strings.HasPrefix(fold(cell), stem) && i > 0 {
				at[m] = i
				found++
				break
			}
		}
	}
	return at, found == 12
}

func readMonths(rows [][]string, at [12]int, want int) (Year, error) {
	var years []Year
	for _, row := range rows {
		number, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(cell(row, at[0]-1), " год")))
		if err != nil || want != 0 && number != want {
			continue
		}
		y, err := readMonthRow(number, row, at)
		if err != nil {
			return Year{}, err
		}
		years = append(years, y)
	}
	switch {
	case len(years) == 1:
		return years[0], nil
	case len(years) > 1 && want == 0:
		return Year{}, sentence("В таблице несколько лет: назовите, какой нужен.")
	case len(years) > 1:
		return Year{}, sentence("В таблице %d год стоит в нескольких строках.", want)
	case want != 0:
		return Year{}, sentence("В таблице нет %d года.", want)
	}
	return Year{}, sentence("В таблице нет ни одного года: перед январём нужен столбец с годом.")
}

// readMonthRow reads the days without work of twelve months; every other day is a working one.
func readMonthRow(number int, row []string, at [12]int) (Year, error) {
	y := Year{Number: number}
	listed := map[string]bool{}
	for m, i := range at {
		for _, part := range strings.FieldsFunc(cell(row, i), func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '\n' || r == '.' || r == '\u00a0' }) {
			figures := strings.TrimRight(part, "*+")
			n, err := strconv.Atoi(figures)
			day := time.Date(number, time.Month(m+1), n, 0, 0, 0, 0, time.UTC)
			if err != nil || n < 1 || int(day.Month()) != m+1 || len(part) > len(figures)+1 {
				return Year{}, sentence("За %d год в столбце «%s…» стоит «%.20s», а нужны числа месяца через запятую: 1, 9+, 30*.", number, monthStems[m], part)
			}
			date := day.Format(time.DateOnly)
			if listed[date] {
				return Year{}, sentence("День %s назван дважды.", day.Format(russian))
			}
			listed[date] = true
			switch {
			case strings.HasSuffix(part, "*"):
				y.Days = append(y.Days, Special{Date: date, Kind: Short})
			case !free(day):
				y.Days = append(y.Days, Special{Date: date, Kind: Off})
			}
		}
	}
	if len(listed) == 0 {
		return Year{}, sentence("За %d год в таблице нет ни одного дня.", number)
	}
	for d := time.Date(number, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() == number; d = d.AddDate(0, 0, 1) {
		if date := d.Format(time.DateOnly); free(d) && !listed[date] {
			y.Days = append(y.Days, Special{Date: date, Kind: Working})
		}
	}
	return y.Tidy()
}

func cell(row []string, i int) string {
	if i < 0 || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i])
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func fold(s string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(s)), "ё", "е")
}

// readDate takes the forms in which a table has a day: 09.01.2026, 9.1.2026, 2026-01-09, and these with a midnight behind.
func readDate(s string) (time.Time, bool) {
	s, _, _ = strings.Cut(s, " ")
	s, _, _ = strings.Cut(s, "T")
	for _, form := range []string{"2.1.2006", time.DateOnly, "2/1/2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
