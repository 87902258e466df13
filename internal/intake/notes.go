package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// noted turns what the reader of the file saw and a person may not into findings.
func noted(doc *office.Doc, file string, h *headingReader, f *findings) {
	for _, n := range doc.Notes {
		text, fix := "", ""
		switch n.Kind {
		case office.Tracked:
			text = fmt.Sprintf("В файле есть непринятые исправления (%s): он прочитан так, как будто они приняты.", lang.Count(n.Count, "место", "места", "мест"))
			fix = "Примите или отклоните исправления в файле и загрузите его снова."
		case office.HiddenText:
			text = fmt.Sprintf("В файле есть скрытый текст (%s): он не прочитан.", lang.Count(n.Count, "место", "места", "мест"))
			fix = "Откройте скрытый текст или удалите его."
		case office.HiddenRows:
			text = fmt.Sprintf("В файле есть скрытые строки (%s): они прочитаны наравне с остальными.", lang.Count(n.Count, "строка", "строки", "строк"))
			fix = "Покажите скрытые строки и проверьте, нужны ли они."
		case office.NoValue:
			text = fmt.Sprintf("В файле есть формулы без значений (%s): такие ячейки прочитаны пустыми.", lang.Count(n.Count, "ячейка", "ячейки", "ячеек"))
			fix = "Откройте файл в Excel или LibreOffice, сохраните и загрузите снова."
		default:
			continue
		}
		f.add("R13", register.Unclear, "", text, []string{"note", string(n.Kind)}, register.Place{Text: n.Place, Quote: clip(oneLine(n.Text), 300)}).Fix = fix
	}
	for _, s := range doc.Hidden {
		for _, t := range tablesOf(&office.Doc{Format: doc.Format, Sections: []office.Section{s}}, file) {
			if _, ok := h.find(t); ok {
				f.add("R13", register.Unclear, "", "Скрытый лист «"+clip(s.Name, 80)+"» похож на перечень: он не прочитан.",
					[]string{"hidden sheet", s.Name}, register.Place{Text: "лист «" + s.Name + "»"}).Fix = "Покажите лист и загрузите файл снова или удалите его."
			}
		}
	}
}

// A linkDoubt is what is to be said of an address behind words.
type linkDoubt struct {
	text string
	sev  register.Severity
	at   int
	word string
}

// linksAt gives the links of a cell.
func (r *rowReader) linksAt(row, col int) []office.Link {
	if r.links == nil {
		r.links = map[[2]int][]office.Link{}
		for _, l := range r.Links {
			at := [2]int{l.Row, l.Col}
			r.links[at] = append(r.links[at], l)
		}
	}
	return r.links[[2]int{row, col}]
}

// linked is the text of a cell of points with the addresses that stand behind its words: «Официальный сайт» linked to one
// gets it. Where the words are an address themselves, they count, and a link that leads elsewhere is told.
func (r *rowReader) linked(row, col int, text string) string {
	for _, l := range r.linksAt(row, col) {
		target, ok := targetOf(l.Target)
		if !ok {
			continue
		}
		words := oneLine(l.Text)
		shown := contactsOf(words)
		switch {
		case words == "":
		case len(shown) > 0:
			if c := shown[0]; c.canon != "" && !leadsTo(c, target) {
				r.doubts = append(r.doubts, linkDoubt{"Под адресом «" + clip(words, 120) + "» ссылка ведёт на другой: «" + clip(l.Target, 160) + "»; взят напечатанный.", register.Unclear, row, words})
			}
		case hasContact(text, target) || !standsAlone(text, words):
		default:
			printed := text[:strings.Index(text, words)+len(words)]
			text = strings.TrimSuffix(printed, ":") + ": " + target.canon + text[len(printed):]
			r.doubts = append(r.doubts, linkDoubt{"Адрес точки «" + clip(words, 120) + "» не напечатан, он взят из ссылки под этими словами: «" + clip(target.canon, 160) + "».", register.Form, row, words})
		}
	}
	return text
}

// targetOf reads where a link leads: a page, a mailbox or a telephone.
func targetOf(target string) (contact, bool) {
	low := strings.ToLower(target)
	switch {
	case strings.HasPrefix(low, "mailto:"):
		target, _, _ = strings.Cut(target[len("mailto:"):], "?")
	case strings.HasPrefix(low, "tel:"):
		target = "тел. " + target[len("tel:"):]
	case !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://"):
		return contact{}, false
	}
	cs := contactsOf(target)
	if len(cs) != 1 || cs[0].canon == "" {
		return contact{}, false
	}
	return cs[0], true
}

// leadsTo tells whether a link under a printed contact leads there: to the same mailbox or number, to the same host.
func leadsTo(printed, target contact) bool {
	if printed.kind == kEmail || printed.kind == kPhone {
		number, _, _ := strings.Cut(printed.canon, ";")
		return printed.kind != target.kind || strings.EqualFold(number, target.canon)
	}
	host := func(canon string) string {
		h, _, _ := strings.Cut(contactID(canon), "/")
		return strings.TrimPrefix(h, "www.")
	}
	return target.kind == kEmail || host(printed.canon) == host(target.canon)
}

// hasContact tells whether a text has a contact that leads where a link does.
func hasContact(text string, target contact) bool {
	for _, c := range contactsOf(text) {
		if c.canon != "" && (contactID(c.canon) == contactID(target.canon) || c.kind == target.kind) {
			return true
		}
	}
	return false
}

// standsAlone tells whether words are all that a text, one of its lines or one of its parts between commas says.
func standsAlone(text, words string) bool {
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == ';' || r == ',' }) {
		p = strings.TrimSpace(listMark().ReplaceAllString(strings.TrimSpace(p), ""))
		if strings.TrimRight(p, " .:") == strings.TrimRight(words, " .:") && strings.Contains(text, words) {
			return true
		}
	}
	return false
}
