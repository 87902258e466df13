package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

var clauseNumber = lang.Expression(`^(\d{1,2}(?:\.\d{1,2})+)\.?(?:\s|$)`)

// section is the number of the clause that a paragraph begins: «3.2»; "" if it begins none.
func section(text string) string {
	if m := clauseNumber().FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// declaredOf reads the lists of points that section 3 of an order declares: the paragraphs after «Цифровые точки:» and
// «Офлайн-точки:», up to the next clause. A paragraph may declare several points, and sentences that declare none.
func declaredOf(ps []para, p *procedure.Procedure, m *procedure.Matcher, d *Draft) []register.Touchpoint {
	r := newPointReader(m)
	var out []register.Touchpoint
	seen := map[string]bool{}
	keys := newKeyring()
	open, clause, item := false, "", 0
	for _, q := range ps {
		text := q.text
		number := section(text)
		if number != "" {
			text = strings.TrimSpace(text[len(clauseNumber().FindString(text)):])
			open = false
		}
		if rest, ok := classHeading(text); ok {
			open, clause, item = true, number, 1
			text = rest
		} else if open {
			if item++; chapter(q.text) {
				open = false
			}
		}
		if !open || text == "" {
			continue
		}
		src := *q.at
		src.Cell = "раздел 3"
		if clause != "" {
			src.Cell = procedure.CiteItem(clause, item)
		}
		for _, t := range r.declared(text, out) {
			if id := declaredID(t); seen[id] {
				continue
			} else {
				seen[id] = true
			}
			s := src
			t.Source = &s
			if dp, ok := matchDeclared(p, t); ok {
				t.Declared, t.Kind, t.Label = dp.Key, dp.Kind, dp.Label
				if dp.Value != "" {
					t.Value = dp.Value
				}
				t.Department = dp.Department
				if dp.Place != "" {
					t.Place = dp.Place
				}
			} else if t.Department == "" {
				t.Department = departmentIn(p, t.Label)
			}
			t.Key = keys.take(pointKey(t))
			t.Position = len(out) + 1
			out = append(out, t)
		}
	}
	return out
}

// classHeading tells a heading of a list of points and what follows it on the same line.
func classHeading(text string) (rest string, ok bool) {
	head, rest, colon := strings.Cut(text, ":")
	if !colon && len(text) > 120 || len(head) > 120 {
		return "", false
	}
	words := lang.Words(head)
	if len(words) < 2 || len(words) > 8 || !colon && !slices.Contains(words, "точки") && !slices.Contains(words, "каналы") {
		return "", false // «Взаимодействие в офлайн-точке» heads nothing
	}
	i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, "точк") || strings.HasPrefix(w, "канал") })
	if i < 1 || i > 3 || classOf(strings.Join(words[:i], " ")).class == "" {
		return "", false
	}
	for _, w := range words[i+1:] {
		if !strings.HasPrefix(w, "взаимодейств") && !strings.HasPrefix(w, "клиент") && !strings.HasPrefix(w, "внутренн") && w != "с" {
			return "", false
		}
	}
	return strings.TrimSpace(rest), true
}

// chapter tells the heading of a chapter: «4. Заключительные положения», «Приложение».
func chapter(text string) bool {
	m := numbered().FindString(text)
	return m != "" && capital(text[len(m):]) && len(text) < 200 && !strings.HasSuffix(text, ";") || strings.HasPrefix(lang.Fold(text), "приложение")
}

// declared reads one paragraph of such a list. A point without a contact can only be what the paragraph begins with. before are the points of the paragraphs above: hours given apart are
// those of the last reception.
func (r *pointReader) declared(text string, before []register.Touchpoint) []register.Touchpoint {
	text = strings.TrimSpace(listMark().ReplaceAllString(text, ""))
	text = strings.TrimSpace(numbered().ReplaceAllString(text, ""))
	var out []register.Touchpoint
	for n, s := range sentences(text) {
		s = strings.TrimRight(s, " .;,")
		if at := hoursWords().FindStringIndex(s); at != nil && at[0] == 0 {
			if h := hoursIn(s); h != "" && len(before) > 0 && before[len(before)-1].Hours == "" && before[len(before)-1].Kind == kReception {
				before[len(before)-1].Hours = h
			}
			continue
		}
		cs := contactsOf(s)
		if len(cs) == 0 {
			if t, ok := r.declaredPlace(s); ok && n == 0 {
				out = append(out, t)
			}
			continue
		}
		out = append(out, r.declaredContacts(s, cs)...)
	}
	return out
}

// declaredPlace reads a sentence that declares a point without a contact: it begins with the name of a kind of channel.
func (r *pointReader) declaredPlace(s string) (register.Touchpoint, bool) {
	if !r.startsWithKind(s) {
		return register.Touchpoint{}, false
	}
	t := register.Touchpoint{Label: oneLine(s), Place: placeIn(s), Hours: hoursIn(s)}
	words := lang.Words(s)
	t.Kind = r.kind(strings.Join(words[:min(len(words), 4)], " "))
	// «личный прием граждан ведется председателем …»: the name ends where the sentence begins to tell.
	for i, w := range strings.Fields(s) {
		f := strings.Trim(lang.Fold(w), ",.()")
		if i > 0 && (strings.HasSuffix(f, "ется") || strings.HasSuffix(f, "ится") || strings.HasSuffix(f, "ются") || strings.HasSuffix(f, "ятся") ||
			f == "ведет" || f == "ведут" || f == "проводит" || f == "осуществляет") {
			t.Label = strings.TrimSpace(s[:strings.Index(s, " "+w)])
			break
		}
	}
	t.Label = capitalised(strings.TrimSpace(withoutRemark(t.Label)))
	return t, t.Label != ""
}

// withoutRemark cuts «(далее - …)» off.
func withoutRemark(s string) string {
	if i := strings.Index(lang.Fold(s), "(далее"); i >= 0 {
		if j := strings.IndexByte(s, '('); j >= 0 {
			for !strings.HasPrefix(lang.Fold(s[j:]), "(далее") {
				k := strings.IndexByte(s[j+1:], '(')
				if k < 0 {
					return s
				}
				j += k + 1
			}
			return s[:j]
		}
	}
	return s
}

// declaredContacts reads a sentence with contacts: each has the words before it for its name. A name without a kind of
// its own takes the first word of the first one: «телефон отдела … - …, отдела … - …».
func (r *pointReader) declaredContacts(s string, cs []contact) []register.Touchpoint {
	var out []register.Touchpoint
	from, group := 0, ""
	for i, c := range cs {
		label := strings.Trim(s[from:c.from], " ,;/<(-–—:\n")
		for _, joint := range []string{"и ", "или ", "а также "} {
			label = strings.TrimPrefix(label, joint)
		}
		if len(cs) > 1 {
			// «страницы в социальных сетях: "Вконтакте" - …»: a name after a colon, common words before it.
			if head, own, ok := strings.Cut(label, ": "); ok && r.kind(head) != "" {
				group, label = head, strings.Trim(own, " -–—:")
			}
		}
		if q := unquote(label); group != "" && q != label {
			label = q
		}
		kind := r.contactKind(c, label)
		if group != "" && kind == kSite {
			kind = r.contactKind(c, group)
		}
		if i > 0 && len(out) > 0 && c.kind == cs[0].kind && group == "" && r.kind(label) == "" && label != "" {
			if first, _, ok := strings.Cut(out[0].Label, " "); ok && r.kind(first) != "" {
				label = first + " " + label
			}
		}
		if label == "" && len(out) > 0 {
			label = out[len(out)-1].Label
		}
		end := c.to
		out = append(out, register.Touchpoint{Kind: kind, Label: capitalised(oneLine(label)), Value: oneLine(s[c.from:end]), Contact: c.canon})
		from = end + tail(s[end:])
		if t := strings.TrimLeft(s[from:], " "); strings.HasPrefix(t, ">") || strings.HasPrefix(t, ")") {
			from = len(s) - len(t) + 1
		}
	}
	if len(out) == 1 {
		rest := s[from:]
		out[0].Place, out[0].Hours = placeIn(rest), hoursIn(rest)
	}
	return out
}

// capitalised begins a name with a capital letter: items of a list are printed with small ones.
func capitalised(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if !unicode.IsLower(r) || unicode.Is(unicode.Latin, r) {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// sentences cuts a paragraph at full stops that end a sentence: «г.», «пр.», initials do not.
func sentences(s string) []string {
	var out []string
	from := 0
	for i := 0; i+2 < len(s); i++ {
		if s[i] != '.' || s[i+1] != ' ' || !capital(strings.TrimLeft(s[i+1:], " ")) {
			continue
		}
		before := s[from:i]
		word := before[strings.LastIndexAny(before, " (.-")+1:]
		if n := utf8.RuneCountInString(word); n > 0 && n <= 3 && !strings.HasSuffix(word, ")") {
			continue
		}
		out = append(out, strings.TrimSpace(before))
		from = i + 1
	}
	return append(out, strings.TrimSpace(s[from:]))
}

func declaredID(t register.Touchpoint) string {
	return point{kind: t.Kind, label: t.Label, value: t.Value, contact: t.Contact}.id()
}

// id is what makes point i of the draft the same as another one.
func (d *Draft) id(i int) string {
	if len(d.ids) == len(d.Touchpoints) {
		return d.ids[i]
	}
	return declaredID(d.Touchpoints[i]) // a draft that was not parsed
}

// matchDeclared finds the procedure's declared point that a point is: the same contact, or the same words where neither
// has a contact.
func matchDeclared(p *procedure.Procedure, t register.Touchpoint) (procedure.DeclaredPoint, bool) {
	id := ident(t.Label)
	for _, dp := range p.Declared {
		cs := contactsOf(dp.Value)
		switch {
		case len(cs) > 0 && t.Contact != "":
			if cs[0].canon != "" && contactID(cs[0].canon) == contactID(t.Contact) {
				return dp, true
			}
		case len(cs) == 0 && t.Contact == "" && id != "":
			if other := ident(dp.Label); id == other || id == ident(dp.Quote) {
				return dp, true
			}
		}
	}
	return procedure.DeclaredPoint{}, false
}

// linkDeclared tells the points of the table which of the procedure's declared points they are.
func (d *Draft) linkDeclared(p *procedure.Procedure) {
	byID := make(map[string]procedure.DeclaredPoint, 2*len(p.Declared))
	for _, dp := range p.Declared {
		if cs := contactsOf(dp.Value); len(cs) > 0 && cs[0].canon != "" {
			byID[contactID(cs[0].canon)] = dp
		} else {
			byID["\x00"+ident(dp.Label)] = dp
			byID["\x00"+ident(dp.Quote)] = dp
		}
	}
	for i := range d.Touchpoints {
		t := &d.Touchpoints[i]
		dp, ok := byID[d.id(i)]
		if !ok {
			continue
		}
		t.Declared = dp.Key
		if t.Department == "" {
			t.Department = dp.Department
		}
		if t.Place == "" {
			t.Place = dp.Place
		}
	}
}
