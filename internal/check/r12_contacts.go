package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A contact is a printed contact with every place that prints it.
type contact struct {
	kind, label, value string
	clause             string
	declared           *procedure.DeclaredPoint
	points             []register.Touchpoint
}

// A fault is what is wrong with a contact.
type fault struct {
	code     string
	severity register.Severity
	text     string // after the quoted contact: «в номере 10 цифр вместо 11»
	fix      string
}

// contactsWellFormed is R12: telephones, mailboxes and addresses can be used as they are printed, and no letter of
// another alphabet hides in them. One finding for each fault of each contact, with all its places.
func contactsWellFormed(s *scene) {
	lettersOfOneAlphabet(s)
	sites := s.siteHosts()
	for _, c := range s.contacts() {
		faults := []fault{hiddenLetters(c.label + " " + c.value)}
		switch c.kind {
		case "phone":
			faults = append(faults, phoneFault(c))
		case "email":
			faults = append(faults, emailFault(c, sites))
		case "site", "portal", "social", "messenger":
			faults = append(faults, addressFault(c))
		}
		for _, f := range faults {
			if f.code == "" {
				continue
			}
			name := c.value
			if name == "" || f.code == "letters" {
				name = register.Touchpoint{Label: c.label, Value: c.value}.Text()
			}
			what := "Контакт"
			if c.value == "" && f.code == "letters" {
				what = "Точка"
			}
			s.report(note{
				severity: f.severity,
				clause:   c.clause,
				places:   s.contactPlaces(c),
				text:     fmt.Sprintf("%s %s: %s.", what, quoted(name), f.text),
				fix:      f.fix,
				id:       []string{f.code, c.kind, lang.Fold(c.label), lang.Fold(c.value)},
				subject:  []string{c.label, c.value},
			})
		}
	}
}

// contacts gathers the contacts of the order and of the register. The same contact in both is one, if the point of the
// register is the declared one.
func (s *scene) contacts() []*contact {
	var cs []*contact
	byDeclared := make(map[string]*contact)
	for i, d := range s.pr.Declared {
		if d.Generic {
			continue
		}
		c := &contact{kind: d.Kind, label: d.Label, value: d.Value, clause: d.Clause, declared: &s.pr.Declared[i]}
		byDeclared[d.Key] = c
		cs = append(cs, c)
	}
	for _, t := range s.reg.Touchpoints {
		t = *s.points[t.Key]
		if !s.inForce(t.From, t.To) {
			continue
		}
		d := byDeclared[t.Declared]
		if d != nil && (t.Value == "" || t.Value == d.value) && hiddenLetters(t.Label).code == hiddenLetters(d.label).code {
			d.points = append(d.points, t)
			continue
		}
		_, clause := s.classOf(t)
		if clause == "" {
			clause = s.classClause()
		}
		cs = append(cs, &contact{kind: t.Kind, label: t.Label, value: t.Value, clause: clause, points: []register.Touchpoint{t}})
	}
	return cs
}

// contactPlaces are all places that print a contact: the order's clause, and the rows of its points or the points as such.
func (s *scene) contactPlaces(c *contact) []register.Place {
	var places []register.Place
	if c.declared != nil {
		places = append(places, s.declaredPlace(*c.declared))
	}
	for _, t := range c.points {
		if rows := s.rowsOf[t.Key]; len(rows) > 0 {
			places = append(places, s.rowPlaces(rows)...)
		} else {
			places = append(places, s.point(t, t.Value))
		}
	}
	return places
}

// siteHosts are the hosts of the body's sites, by which a mistyped domain of a mailbox shows.
func (s *scene) siteHosts() []string {
	var hosts []string
	for _, d := range s.pr.Declared {
		if h := hostOf(d.Value); d.Kind == "site" && h != "" {
			hosts = append(hosts, h)
		}
	}
	for _, t := range s.reg.Touchpoints {
		if h := hostOf(t.Value); t.Kind == "site" && h != "" {
			hosts = append(hosts, h)
		}
	}
	return hosts
}

// phoneFault counts the figures of a telephone. A Russian number has ten after 8 or +7; short numbers inside a body (up to
// seven figures) and services of three figures are as good as any.
func phoneFault(c *contact) fault {
	missing := fault{"number", register.Unclear, "номер не указан", "Укажите номер телефона."}
	if c.value == "" {
		if figures(c.label) == "" {
			return missing
		}
		return fault{}
	}
	for _, one := range strings.FieldsFunc(withoutExtension(c.value), func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
		digits := figures(one)
		switch n := len(digits); {
		case n == 0:
			if figures(c.value) == "" {
				return missing
			}
		case n <= 7 && !trunk(one):
		case n == 10 && !trunk(one):
		case n == 11 && (digits[0] == '8' || digits[0] == '7'):
		case strings.HasPrefix(strings.TrimSpace(one), "+") && digits[0] != '7':
		case n >= 15:
			return fault{"several", register.Form, "похоже, здесь несколько номеров подряд", "Разделите номера запятой."}
		default:
			want := 10
			if trunk(one) || n > 10 {
				want = 11
			}
			return fault{"length", register.Violation, fmt.Sprintf("в номере %s вместо %d", lang.Count(n, "цифра", "цифры", "цифр"), want),
				"Проверьте номер и исправьте его."}
		}
	}
	return fault{}
}

// withoutExtension cuts «доб. 12» and whatever follows it.
func withoutExtension(value string) string {
	folded := strings.ToLower(value)
	for _, word := range []string{"доб", "вн.", "внутр", "ext"} {
		if i := strings.Index(folded, word); i >= 0 && i < len(value) {
			return value[:i]
		}
	}
	return value
}

// trunk tells whether a number starts with the 8 or 7 that stands before the code of a town: «8 (8672) …», «+7 …», «8-800-…».
func trunk(number string) bool {
	number = strings.TrimSpace(number)
	if strings.HasPrefix(number, "+7") {
		return true
	}
	if number == "" || number[0] != '8' && number[0] != '7' {
		return false
	}
	rest := number[1:]
	return rest != "" && (rest[0] < '0' || rest[0] > '9')
}

// emailFault looks at mailboxes; a cell may hold several.
func emailFault(c *contact, sites []string) fault {
	if c.value == "" {
		if strings.Contains(c.label, "@") {
			return fault{}
		}
		return fault{"mailbox", register.Unclear, "адрес почты не указан", "Укажите адрес почты."}
	}
	boxes := strings.FieldsFunc(c.value, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if strings.Count(c.value, "@") <= 1 {
		boxes = []string{strings.TrimSpace(c.value)}
	}
	for _, box := range boxes {
		local, domain, ok := strings.Cut(box, "@")
		if !ok || local == "" || strings.ContainsAny(box, " ()<>,;:") || strings.Contains(domain, "@") || strings.Contains(box, "..") {
			return fault{"mailbox", register.Violation, "это не адрес почты", "Исправьте адрес; он пишется как имя@домен."}
		}
		if why := hostFault(domain); why != "" {
			return fault{"domain", register.Violation, why, "Исправьте домен почты."}
		}
		domain = strings.ToLower(domain)
		for _, site := range sites {
			if domain != site && len(domain) >= 8 && distance(domain, site) == 1 {
				return fault{"domain", register.Unclear, fmt.Sprintf("домен почты отличается от домена сайта %s одной буквой", quoted(site)),
					"Проверьте, нет ли опечатки."}
			}
		}
	}
	return fault{}
}

// addressFault looks at addresses of sites and pages.
func addressFault(c *contact) fault {
	v := strings.TrimSpace(c.value)
	if v == "" {
		if c.kind == "portal" || c.kind == "messenger" || strings.Contains(c.label, ".") {
			return fault{}
		}
		return fault{"address", register.Unclear, "адрес не указан", "Укажите адрес."}
	}
	lower := strings.ToLower(v)
	rest := v
	if i := strings.Index(lower, "://"); i >= 0 {
		if scheme := lower[:i]; scheme != "http" && scheme != "https" {
			return fault{"scheme", register.Violation, fmt.Sprintf("адрес начинается с %s", quoted(v[:i+3])), "Напишите «https://»."}
		}
		rest = v[i+3:]
	} else if strings.HasPrefix(lower, "http:") || strings.HasPrefix(lower, "https:") || strings.HasPrefix(lower, "http/") || strings.HasPrefix(lower, "https/") {
		return fault{"scheme", register.Violation, "начало адреса записано неверно", "Напишите «https://»."}
	} else if !strings.Contains(v, ".") {
		return fault{} // a name or a handle, not an address
	}
	if strings.TrimRight(rest, ",;") != rest {
		return fault{"end", register.Form, "в конце адреса лишний знак", "Уберите знак в конце адреса."}
	}
	host, path, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(host, " \u00a0") {
		if !strings.Contains(v, "://") {
			return fault{} // words with a full stop in them
		}
		return fault{"space", register.Violation, "в адресе есть пробел", "Уберите пробел."}
	}
	host, _, _ = strings.Cut(host, ":")
	host, _, _ = strings.Cut(host, "?")
	if why := hostFault(host); why != "" {
		return fault{"host", register.Violation, why, "Исправьте адрес."}
	}
	if c.kind == "social" && path == "" && socialHosts[strings.TrimPrefix(strings.ToLower(host), "www.")] {
		return fault{"page", register.Unclear, "указана сама социальная сеть, а не страница органа", "Допишите имя страницы."}
	}
	return fault{}
}

// socialHosts are networks that hold pages of many owners.
var socialHosts = map[string]bool{"vk.com": true, "vk.ru": true, "ok.ru": true, "t.me": true, "telegram.me": true, "max.ru": true, "rutube.ru": true, "dzen.ru": true}
