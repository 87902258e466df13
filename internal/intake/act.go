package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

var (
	actKinds = set("приказ постановление распоряжение указ решение протокол")
	number   = lang.Expression(`№\s*([^\s,;]+(?:\s?[-–/]\s?[^\s,;]+)*)`)
	dated    = lang.Expression(`(?:[«"“]?\s*\d{1,2}\s*[»"”]?\s*(?:[а-яё]+|\d{2})\s+\d{4}|\d{1,2}\.\d{1,2}\.\d{4})\s*(?:г\.|года?)?`)
	preamble = lang.Expression(`^(в соответствии|с целью|в целях|на основании|во исполнение|руководствуясь|в связи|согласно|\d+[.)]\s)`)
	about    = lang.Expression(`^(об|о|обо)\s`)
)

// headLines is how many paragraphs of a document are looked at for the act's particulars.
const headLines = 60

// actOf reads the particulars of the act from the head of a document: body, kind, number, date, place, title, and the
// entry in another body's book. nil when the document does not begin as an act. An act of another procedure is told.
func actOf(ps []para, p *procedure.Procedure, f *findings) *register.Act {
	head := ps[:min(len(ps), headLines)]
	at := -1
	for i, q := range head {
		if actKinds[strings.ReplaceAll(lang.Fold(q.text), " ", "")] {
			at = i
			break
		}
		if section(q.text) != "" {
			break
		}
	}
	if at < 0 {
		return nil
	}
	a := &register.Act{Kind: strings.ReplaceAll(lang.Fold(head[at].text), " ", "")}
	var issuer []string
	for i, q := range head {
		folded := lang.Fold(q.text)
		if strings.HasPrefix(folded, "зарегистрировано") {
			a.Registration = registration(head, i)
			break
		}
		if section(q.text) != "" && i > at+3 {
			break
		}
		date, okDate := dateIn(q.text)
		num := number().FindStringSubmatch(q.text)
		particulars := a.Title == "" && (okDate || num != nil || strings.HasPrefix(folded, "г. "))
		switch {
		case i == at:
		case particulars && len(q.text) < 120:
			if okDate && a.Date == "" {
				a.Date = register.Date(date)
			}
			if num != nil && a.Number == "" {
				a.Number = strings.TrimRight(num[1], ".")
			}
			if j := strings.Index(q.text, "г. "); strings.HasPrefix(folded, "г. ") || okDate && j > 0 && capital(q.text[j+len("г. "):]) {
				a.Place = "г. " + strings.TrimSpace(upTo(q.text[j+len("г. "):], "№,"))
			}
		case i < at && a.Date == "" && a.Number == "":
			issuer = append(issuer, q.text)
		case i > at && a.Title == "" && about().MatchString(folded):
			a.Title = q.text
			for _, more := range head[i+1:] {
				if preamble().MatchString(lang.Fold(more.text)) || len(a.Title) > 2000 {
					break
				}
				a.Title += " " + more.text
			}
			a.Title = unquote(a.Title)
		}
	}
	a.Issuer = strings.Join(issuer, " ")
	if a.Number == "" && a.Date == "" && a.Title == "" {
		return nil
	}
	b := p.Act
	if a.Number != "" && b.Number != "" && (lang.Fold(a.Number) != lang.Fold(b.Number) || a.Date != "" && b.Date != "" && a.Date != b.Date) {
		place := placeOf(head[at].at, citation(*a))
		place.Text = "начало документа"
		f.add("R14", register.Unclear, "", fmt.Sprintf("Файл — другой акт, чем порядок, по которому ведётся перечень: %s, а не %s.", citation(*a), citation(b)),
			[]string{"act", a.Number, string(a.Date)}, place).Fix = "Проверьте, тот ли файл и тот ли орган выбраны."
	}
	return a
}

// citation names an act: «приказ № 9-р от 16.02.2026 «Об утверждении …» (Комитет …)».
func citation(a register.Act) string {
	s := a.Kind
	if a.Number != "" {
		s += " № " + a.Number
	}
	if a.Date != "" {
		s += " от " + lang.Date(string(a.Date))
	}
	if a.Title != "" {
		s += " «" + clip(a.Title, 120) + "»"
	}
	if a.Issuer != "" {
		s += " (" + clip(a.Issuer, 120) + ")"
	}
	return strings.TrimSpace(s)
}

// registration reads the stamp «ЗАРЕГИСТРИРОВАНО» at line i: date and number after it, the body before it.
func registration(head []para, i int) *register.Registration {
	r := &register.Registration{}
	for _, q := range head[i:min(i+4, len(head))] {
		if d, ok := dateIn(q.text); ok && r.Date == "" {
			r.Date = register.Date(d)
		}
		if num := number().FindStringSubmatch(q.text); num != nil && r.Number == "" {
			r.Number = num[1]
		}
	}
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		t := head[k].text
		if strings.HasPrefix(t, "А.") || signature().MatchString(t) || len(t) > 160 || strings.HasSuffix(t, ".") {
			break
		}
		r.By = strings.TrimSpace(t + " " + r.By)
	}
	if r.Number == "" && r.Date == "" {
		return nil
	}
	return r
}

var signature = lang.Expression(`[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.\s?)?[А-ЯЁ][а-яё]+`)

// dateIn finds a date in a line.
func dateIn(s string) (iso string, ok bool) {
	if len(s) > 300 {
		return "", false
	}
	for _, m := range dated().FindAllString(s, 3) {
		if iso, ok := lang.ParseDate(m); ok {
			return iso, true
		}
	}
	return "", false
}
