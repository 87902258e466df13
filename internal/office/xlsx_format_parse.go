package office

import (
	"strings"
	"unicode/utf8"
)

// parseFormat reads a number format of a workbook («#,##0.00», «dd/mm/yyyy», «8 (0000) 00-00-00»). What it does not know
// (fractions, exponents, conditions) becomes «Общий».
func parseFormat(code string) numberFormat {
	var f numberFormat
	if code == "" || strings.EqualFold(code, "general") || code == "@" {
		return f
	}
	p := formatParser{rest: code}
	for !p.done {
		f.sections = append(f.sections, p.section())
		if p.unknown || len(f.sections) > 4 {
			return numberFormat{}
		}
	}
	return f
}

type formatParser struct {
	rest          string
	done, unknown bool
}

func (p *formatParser) section() (s formatSection) {
	fraction := false
	text := func(t string) {
		if t != "" {
			s.items = append(s.items, formatItem{text: t})
		}
	}
	for p.rest != "" {
		r, n := utf8.DecodeRuneInString(p.rest)
		c := p.rest[:n]
		p.rest = p.rest[n:]
		switch r {
		case ';':
			s.settle()
			return s
		case '"':
			lit, after, _ := strings.Cut(p.rest, `"`)
			text(lit)
			p.rest = after
		case '\\':
			text(p.take())
		case '_':
			p.take()
			text(" ")
		case '*':
			p.take()
		case '[':
			in, after, _ := strings.Cut(p.rest, "]")
			p.rest = after
			switch {
			case strings.HasPrefix(in, "$"):
				sign, _, _ := strings.Cut(in[1:], "-")
				text(sign)
			case in == "h" || in == "hh" || in == "H" || in == "HH" || in == "m" || in == "mm":
				s.elapsed, s.clock, s.kind = true, true, showDate
			case strings.ContainsAny(in, "<>="):
				p.unknown = true
			}
		case '0', '#', '?':
			if fraction {
				s.decimals++
				if r != '#' {
					s.fixed++
				}
				break
			}
			s.items = append(s.items, formatItem{place: true})
			if s.digits++; r == '0' {
				s.zeros++
			} else if s.zeros > 0 {
				s.zeros++
			}
		case '.':
			if s.kind == showDate {
				break
			}
			fraction = true
			s.items = append(s.items, formatItem{fraction: true})
		case ',':
			s.thousands = s.thousands || s.digits > 0 && !fraction
		case '%':
			s.percent++
			text("%")
		case '/':
			if s.digits > 0 {
				p.unknown = true
			}
		case 'E', 'e':
			p.unknown = p.unknown || s.digits > 0
		case 'y', 'Y', 'd', 'D', 'г', 'Г', 'д', 'Д':
			s.kind, s.day = showDate, true
		case 'h', 'H', 'ч':
			s.kind, s.clock = showDate, true
		case 's', 'S', 'с':
			s.kind, s.clock, s.seconds = showDate, true, true
		case 'm', 'M', 'м', 'М':
			if s.kind == showDate && s.clock {
				break
			}
			s.kind = showDate
			s.day = s.day || !strings.ContainsAny(p.rest, "sS")
		case 'G':
			p.unknown = p.unknown || strings.HasPrefix(p.rest, "eneral")
			text(c)
		case '@': // the part for texts
		default:
			text(c)
		}
	}
	p.done = true
	s.settle()
	return s
}

// take cuts off one letter.
func (p *formatParser) take() string {
	_, n := utf8.DecodeRuneInString(p.rest)
	c := p.rest[:n]
	p.rest = p.rest[n:]
	return c
}

func (s *formatSection) settle() {
	if s.kind == showDate {
		return
	}
	if s.kind = showText; s.digits > 0 || s.decimals > 0 {
		s.kind = showNumber
	}
}
