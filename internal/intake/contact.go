package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Codes of the channel kinds that intake recognises by itself. A procedure may know others by its own words.
const (
	kSite      = "site"
	kEmail     = "email"
	kPhone     = "phone"
	kEDMS      = "edms" // система электронного документооборота
	kSocial    = "social"
	kPortal    = "portal"
	kOffice    = "office"
	kReception = "reception"
	kPost      = "post"
	kMessenger = "messenger"
)

// A contact is an address, a mailbox, a telephone or a page that stands in a text at [from:to].
type contact struct {
	kind     string // email, phone, site, social
	from, to int
	canon    string // "" when it is damaged or incomplete; doubt says why
	doubt    string // a Russian clause: «в адресе буква «о» русская»
}

// contactsOf finds the contacts of a text from left to right. They do not overlap. A text longer than a cell may be has none.
func contactsOf(text string) []contact {
	if len(text) > 2*longCell {
		return nil
	}
	digits, marks := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '@' || c == '.':
			marks = true
		}
	}
	if digits < 3 && !marks {
		return nil
	}
	var out []contact
	taken := func(from, to int) bool {
		for _, c := range out {
			if from < c.to && c.from < to {
				return true
			}
		}
		return false
	}
	if marks {
		out = tornMailboxes(text)
		for _, r := range netRuns(text) {
			c, ok := netContact(text, r[0], r[1])
			if ok && !taken(c.from, c.to) {
				out = append(out, c)
			}
		}
	}
	if digits >= 3 {
		out = phones(text, out)
	}
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].from < out[j-1].from; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// netRuns are the stretches of a text that could be an address of the net: no spaces, quotes, brackets or commas.
func netRuns(text string) [][2]int {
	var runs [][2]int
	from, dot := -1, false
	flush := func(to int) {
		if from >= 0 && dot {
			runs = append(runs, [2]int{from, to})
		}
		from, dot = -1, false
	}
	for i, r := range text {
		switch {
		case r == ':' && !strings.HasPrefix(text[i:], "://"):
			if p := text[i+1:]; from >= 0 && len(p) > 0 && p[0] >= '0' && p[0] <= '9' && strings.Contains(text[from:i], ".") {
				continue // a port
			}
			flush(i)
		case unicode.IsSpace(r) || strings.ContainsRune(",;()<>[]{}|\"«»„“”'’`…—–", r):
			flush(i)
		default:
			if from < 0 {
				from = i
			}
			if r == '.' || r == '@' {
				dot = true
			}
		}
	}
	flush(len(text))
	return runs
}

// netContact reads one run as a mailbox, a page or an account of a social network.
func netContact(text string, from, to int) (contact, bool) {
	for to > from && strings.IndexByte(".:!?-", text[to-1]) >= 0 {
		to--
	}
	for from < to && strings.IndexByte(".-/", text[from]) >= 0 {
		from++
	}
	run := text[from:to]
	if at := strings.IndexByte(run, '@'); at == 0 {
		return handle(text, from, to)
	} else if at > 0 && !strings.Contains(run, "://") {
		return mailbox(text, from, to, from+at)
	}
	return page(text, from, to)
}

// mailbox reads text[from:to] with its «@» at position at. A Russian word glued on by a hyphen is cut off.
func mailbox(text string, from, to, at int) (contact, bool) {
	if i := strings.LastIndexByte(text[from:at], '-'); i > 0 && cyrillic(text[from:from+i]) && latin(text[from+i+1:at]) {
		from += i + 1
	}
	if i := strings.LastIndexByte(text[from:at], '/'); i >= 0 {
		from += i + 1
	}
	local, host := text[from:at], text[at+1:to]
	c := contact{kind: kEmail, from: from, to: to}
	if local == "" || !strings.Contains(host, ".") || strings.ContainsAny(host, "@/?#_") {
		return c, false
	}
	name, bad := canonicalHost(host)
	switch {
	case bad != "":
		c.doubt = bad
	case mixed(local) || cyrillic(local) && !cyrillic(host):
		c.doubt = "в имени почтового ящика русские буквы стоят среди латинских: " + strangers(local)
	case name == "":
		c.doubt = "после «@» стоит не адрес в сети"
	default:
		c.canon = strings.ToLower(local) + "@" + name
	}
	return c, true
}

// handle reads «@name». Which network it belongs to is said by a word before it.
func handle(text string, from, to int) (contact, bool) {
	name := text[from+1 : to]
	c := contact{kind: kSocial, from: from, to: to}
	for _, r := range name {
		if r >= utf8.RuneSelf || !(r == '_' || r == '.' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return c, false
		}
	}
	if len(name) < 3 {
		return c, false
	}
	before := strings.ToLower(text[:from])
	switch {
	case strings.Contains(before, "телегра") || strings.Contains(before, "telegram"):
		c.canon = "https://t.me/" + name
	case strings.Contains(before, "контакт") || strings.Contains(before, "vk"):
		c.canon = "https://vk.com/" + name
	default:
		c.doubt = "не сказано, в какой сети страница"
	}
	return c, true
}

// lookalikes are Russian letters that look like Latin ones.
var lookalikes = map[rune]rune{'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'у': 'y', 'х': 'x', 'к': 'k', 'м': 'm', 'т': 't',
	'в': 'b', 'н': 'h', 'і': 'i', 'ѕ': 's', 'ј': 'j', 'А': 'A', 'Е': 'E', 'О': 'O', 'Р': 'P', 'С': 'C', 'У': 'Y', 'Х': 'X', 'К': 'K',
	'М': 'M', 'Т': 'T', 'В': 'B', 'Н': 'H'}

// toLatin replaces lookalikes by the Latin letters they look like.
func toLatin(s string) string {
	return strings.Map(func(r rune) rune {
		if l, ok := lookalikes[r]; ok {
			return l
		}
		return r
	}, s)
}

func cyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func latin(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}

// mixed tells a word with letters of both alphabets.
func mixed(s string) bool { return cyrillic(s) && latin(s) }

// strangers lists the Russian letters of a Latin word: «о», «с».
func strangers(s string) string {
	var out []string
	for _, r := range s {
		if q := "«" + string(r) + "»"; unicode.Is(unicode.Cyrillic, r) && !strings.Contains(strings.Join(out, ""), q) {
			out = append(out, q)
		}
	}
	return strings.Join(out, ", ")
}
