package workday

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// maxSpecials bounds the days of a file: no year has more.
const maxSpecials = 366

// ReadXML reads a year in the form in which production calendars are exchanged: <calendar year="2026"> with <day d="01.09"
// t="1" f="01.03"/>, t being 1 for a day off, 2 for a shortened working day, 3 for a working Saturday or Sunday, h the number
// of a holiday listed above, f the day from which the day off was moved. The source is empty: such files do not name it.
// Every error is a sentence.
func ReadXML(data []byte) (Year, error) {
	var file struct {
		XMLName  xml.Name `xml:"calendar"`
		Year     string   `xml:"year,attr"`
		Holidays []struct {
			ID    string `xml:"id,attr"`
			Title string `xml:"title,attr"`
		} `xml:"holidays>holiday"`
		Days []struct {
			D string `xml:"d,attr"`
			T string `xml:"t,attr"`
			H string `xml:"h,attr"`
			F string `xml:"f,attr"`
		} `xml:"days>day"`
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf-8") {
			return in, nil
		}
		return nil, errors.New(label)
	}
	if err := d.Decode(&file); err != nil {
		return Year{}, sentence("Файл не читается как календарь: нужен XML с корнем <calendar year=\"…\"> в кодировке UTF-8.")
	}
	number, err := strconv.Atoi(file.Year)
	if err != nil {
		return Year{}, sentence("В файле не назван год: у <calendar> нужен year, например year=\"2026\".")
	}
	if len(file.Days) == 0 {
		return Year{}, sentence("В файле нет ни одного дня <day>.")
	}
	if len(file.Days) > maxSpecials {
		return Year{}, sentence("В файле больше дней, чем в году.")
	}
	titles := map[string]string{}
	for _, h := range file.Holidays {
		titles[h.ID] = strings.TrimSpace(h.Title)
	}
	y := Year{Number: number}
	for _, x := range file.Days {
		day, err := time.Parse("2006.01.02", fmt.Sprintf("%04d.%s", number, x.D))
		if err != nil {
			return Year{}, sentence("В файле стоит день «%.20s», а нужен вид ММ.ДД, например 01.09.", x.D)
		}
		s := Special{Date: day.Format(time.DateOnly)}
		switch {
		case x.T == "1" && x.H != "":
			s.Kind, s.Note = Holiday, titles[x.H]
		case x.T == "1":
			s.Kind, s.Note = Off, movedFrom(number, x.F)
		case x.T == "2":
			s.Kind = Short
		case x.T == "3":
			s.Kind = Working
		default:
			return Year{}, sentence("У дня %s стоит t=\"%.10s\", а бывает 1 (выходной), 2 (сокращённый) или 3 (рабочий).", day.Format(russian), x.T)
		}
		y.Days = append(y.Days, s)
	}
	return y.Tidy()
}

// movedFrom says «перенос с субботы 3 января» of «01.03»; nothing of anything else.
func movedFrom(year int, monthDay string) string {
	t, err := time.Parse("2006.01.02", fmt.Sprintf("%04d.%s", year, monthDay))
	if err != nil {
		return ""
	}
	return fmt.Sprintf("перенос %s %d %s", fromDay[t.Weekday()], t.Day(), genitiveMonths[t.Month()-1])
}

var fromDay = [7]string{"с воскресенья", "с понедельника", "со вторника", "со среды", "с четверга", "с пятницы", "с субботы"}

var genitiveMonths = [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября",
	"ноября", "декабря"}
