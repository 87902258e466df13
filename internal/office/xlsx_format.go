package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// numberFormat shows numbers as a Russian Excel does: a decimal comma, dates as day, month, year. The zero value is
// «Общий».
type numberFormat struct{ sections []formatSection }

// formatSection is one of the parts of a format that «;» separates: positive; negative; zero.
type formatSection struct {
	kind      formatKind
	items     []formatItem
	digits    int // places for digits before the comma
	zeros     int // of them, those that are shown always
	decimals  int
	fixed     int // decimals that are shown always
	thousands bool
	percent   int
	clock     bool // hours or seconds
	day       bool // days, months or years
	seconds   bool
	elapsed   bool
}

type formatKind uint8

const (
	showGeneral formatKind = iota
	showNumber
	showDate
	showText // literals only
)

// formatItem is a place for a digit before the comma (place), the whole fraction, or text.
type formatItem struct {
	place, fraction bool
	text            string
}

func (f numberFormat) general() bool {
	return len(f.sections) == 0 || f.sections[0].kind == showGeneral && len(f.sections) == 1
}

// builtin are the formats that a workbook refers to without writing them down.
var builtin = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
	14: "d.m.y", 15: "d.m.y", 16: "d.m", 17: "m.y", 18: "h:m", 19: "h:m:s", 20: "h:m", 21: "h:m:s", 22: "d.m.y h:m",
	37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "h:m:s", 46: "[h]:m:s", 47: "h:m:s",
}

// formatCount is how many own formats are read; Excel itself allows 250.
const formatCount = 1024

// readStyles reads the number formats of the cell styles.
func (w *xlsx) readStyles(x *tokens) error {
	own := map[int]string{}
	parsed := map[int]numberFormat{}
	if x.next() != tokStart {
		return x.err
	}
	for root := x.depth; x.more(root); {
		switch {
		case x.is(nsS, "numFmts"):
			for depth := x.depth; x.more(depth) && len(own) < formatCount; {
				if code, _ := x.attr(nsNone, "formatCode"); len(code) <= 255 {
					own[x.number(nsNone, "numFmtId", -1)] = code
				}
			}
		case x.is(nsS, "cellXfs"):
			for depth := x.depth; x.more(depth) && len(w.formats) < 1<<16; {
				id := x.number(nsNone, "numFmtId", 0)
				f, ok := parsed[id]
				if !ok {
					code, found := own[id]
					if !found {
						code = builtin[id]
						if id >= 27 && id <= 36 || id >= 50 && id <= 58 {
							code = "d.m.y"
						}
					}
					f = parseFormat(code)
					parsed[id] = f
				}
				w.formats = append(w.formats, f)
			}
		}
	}
	return x.err
}

// show writes v; days count from 1904 when from04 is set.
func (f numberFormat) show(v float64, from04 bool) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || f.general() {
		return general(v)
	}
	s, negative := f.sections[0], v < 0
	switch {
	case v < 0 && len(f.sections) > 1:
		s, negative = f.sections[1], false
	case v == 0 && len(f.sections) > 2:
		s = f.sections[2]
	}
	switch s.kind {
	case showDate:
		return s.date(v, from04)
	case showNumber, showText:
		if out := s.number(math.Abs(v)); negative && strings.ContainsAny(out, "123456789") {
			return "-" + out
		} else {
			return out
		}
	}
	return general(v)
}

// general is the format «Общий»: as many digits as make the number exact, at most 15.
func general(v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if len(strings.TrimLeft(s, "-0.")) > 16 {
		s = strconv.FormatFloat(v, 'g', 15, 64)
	}
	return strings.Replace(s, ".", ",", 1)
}

func (s formatSection) date(v float64, from04 bool) string {
	if v < 0 || v > 2_958_466 {
		return general(v)
	}
	if s.elapsed {
		m := int(math.Round(v * 24 * 60))
		return strconv.Itoa(m/60) + ":" + strconv.Itoa(m%60 + 100)[1:]
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if from04 {
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	} else if v < 60 { // the 29th of February 1900, which never was, is day 60
		base = base.AddDate(0, 0, 1)
	}
	day := math.Floor(v)
	t := base.AddDate(0, 0, int(day)).Add(time.Duration(math.Round((v-day)*24*3600)) * time.Second)
	layout := ""
	if s.day {
		layout = "02.01.2006"
	}
	if s.clock {
		if layout != "" {
			layout += " "
		}
		layout += "15:04"
		if s.seconds {
			layout += ":05"
		}
	}
	return t.Format(layout)
}

// number fills the digits into their places, from the right; what is left over goes to the first place.
func (s formatSection) number(v float64) string {
	v *= math.Pow(100, float64(s.percent))
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(v, 'f', s.decimals, 64), ".")
	for len(fraction) > s.fixed && strings.HasSuffix(fraction, "0") {
		fraction = fraction[:len(fraction)-1]
	}
	if whole == "0" {
		whole = ""
	}
	for len(whole) < s.zeros {
		whole = "0" + whole
	}
	if s.thousands {
		whole = thousands(whole)
	}
	var out []string
	places := s.digits
	for i := len(s.items) - 1; i >= 0; i-- {
		switch it := s.items[i]; {
		case it.place:
			places--
			r := []rune(whole)
			n := min(1, len(r))
			if places == 0 || s.thousands {
				n = len(r)
			}
			out = append(out, string(r[len(r)-n:]))
			whole = string(r[:len(r)-n])
		case it.fraction:
			if fraction != "" {
				out = append(out, ","+fraction)
			}
		default:
			out = append(out, it.text)
		}
	}
	var b strings.Builder
	for i := len(out) - 1; i >= 0; i-- {
		b.WriteString(out[i])
	}
	return b.String()
}

func thousands(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteRune('\u00a0')
		}
		b.WriteRune(c)
	}
	return b.String()
}
