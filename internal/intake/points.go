package intake

import (
	"strings"

	"perechen/internal/lang"
)

var listMark = lang.Expression(`^(\d{1,2}[.)]\s+|[а-яa-z]\)\s+|[-–—•·*▪●]\s+)`)

// parts cuts a cell into texts of one or more points each: at lines, semicolons and list marks. It cuts only where every
// part is a point by itself; hours and addresses stay with the point before. A doubt is told.
func (r *pointReader) parts(text string, c *cellOf) []string {
	lines := r.joined(strings.Split(text, "\n"))
	var parts []string
	marked := 0
	for _, l := range lines {
		for _, l := range items(l) {
			for _, p := range strings.Split(l, ";") {
				p = strings.TrimSpace(p)
				if m := listMark().FindString(p); m != "" {
					marked++
					p = strings.TrimSpace(p[len(m):])
				}
				for p != "" {
					var next string
					p, next = r.another(p)
					parts = append(parts, p)
					p = next
				}
			}
		}
	}
	if len(parts) < 2 {
		if marked == 1 && len(parts) == 1 {
			return parts
		}
		return []string{strings.Join(lines, " ")}
	}
	var out []string
	label := "" // of a line «Телефоны:» with nothing after it
	points, loose := 0, false
	for _, p := range parts {
		cs := contactsOf(p)
		if len(cs) == 0 && strings.HasSuffix(p, ":") {
			label = p + " "
			continue
		}
		if len(out) > 0 && len(cs) == 0 && r.belongs(p) {
			out[len(out)-1] += ", " + p
			continue
		}
		if len(cs) > 0 && strings.TrimSpace(p[:cs[0].from]) == "" && label == "" && len(out) > 0 {
			// A bare contact under one of the same kind has its name.
			if above := contactsOf(out[len(out)-1]); len(above) > 0 && above[0].kind == cs[0].kind {
				p = out[len(out)-1][:above[0].from] + p
			}
		}
		if len(cs) == 0 && !r.startsWithKind(p) {
			loose = true
		} else {
			points++
		}
		out = append(out, label+p)
	}
	switch {
	case len(out) == 0, loose && points < 2 && !strings.Contains(text, ";") && marked == 0: // a name on several lines
		return []string{oneLine(text)}
	case loose:
		c.doubts = append(c.doubts, doubt{"R13", "В ячейке похоже на несколько точек взаимодействия, но границ между ними не видно: «" +
			clip(oneLine(text), 200) + "»; взята одна точка.", "Напечатайте каждую точку отдельной строкой таблицы."})
		return []string{oneLine(text)}
	}
	return out
}

// another cuts off the point that begins after a contact and a comma, with a capital letter and the name of a channel:
// «Телефон: 64-90-22, Кабинет приёма документов».
func (r *pointReader) another(p string) (first, next string) {
	cs := contactsOf(p)
	for i := len(cs) - 1; i >= 0; i-- {
		rest := p[cs[i].to:]
		comma := strings.IndexAny(rest, ",/")
		if comma < 0 || strings.TrimSpace(rest[:comma]) != "" {
			continue
		}
		if tail := strings.TrimSpace(rest[comma+1:]); capital(tail) && len(contactsOf(tail)) == 0 && r.startsWithKind(tail) && !r.belongs(tail) {
			return p[:cs[i].to], tail
		}
	}
	return p, ""
}

// joined puts together the lines of a cell that a word processor or a person has only wrapped: the next one goes on with
// a small letter, or is the contact that the line before announces.
func (r *pointReader) joined(lines []string) []string {
	if len(lines) < 2 {
		return lines
	}
	out := lines[:1:1]
	for _, l := range lines[1:] {
		prev := out[len(out)-1]
		cs := contactsOf(l)
		before := len(contactsOf(prev)) > 0
		if tornAddress(prev, l) {
			out[len(out)-1] = prev + l
			continue
		}
		switch {
		case listMark().MatchString(l):
		case len(cs) == 0 && lowerStart(l) && !strings.HasSuffix(prev, ";") && !r.startsWithKind(l),
			len(cs) == 0 && unfinished(prev) && !strings.HasSuffix(prev, ":"),
			len(cs) > 0 && strings.TrimSpace(l[:cs[0].from]) == "" && !before && !strings.HasSuffix(prev, ";"),
			len(cs) == 0 && strings.HasSuffix(prev, ":") && !before && !r.startsWithKind(l):
			out[len(out)-1] = prev + " " + l
			continue
		}
		out = append(out, l)
	}
	return out
}

// tornAddress tells that a line break cut an address of the net: «https://trud.alania.» | «gov.ru/».
func tornAddress(prev, next string) bool {
	word := prev[strings.LastIndexAny(prev, " \n(<")+1:]
	if !strings.Contains(word, "://") && !strings.Contains(word, "@") && !strings.HasPrefix(strings.ToLower(word), "www.") || next == "" {
		return false
	}
	c, last := next[0], word[len(word)-1]
	return c >= 'a' && c <= 'z' && strings.IndexByte(".-_@", last) >= 0 || c == '.' || c == '/' || c == '@'
}

// belongs tells a part that says more about the point before: hours or an address.
func (r *pointReader) belongs(p string) bool {
	if at := hoursWords().FindStringIndex(p); at != nil && at[0] == 0 {
		return true
	}
	at := addressWords().FindStringIndex(p)
	return at != nil && at[0] == 0
}

// inner cuts one part that holds several contacts. A contact with nothing but a comma, a slash or «и» before it shares
// the name of the one before: «Телефоны: 8 (8672) 64-90-22, 64-90-23».
func (r *pointReader) inner(text string, c *cellOf) []point {
	cs := contactsOf(text)
	if len(cs) < 2 {
		return []point{r.one(text, cs, c)}
	}
	if open := strings.IndexByte(text, '('); open >= 0 && open < cs[0].from && strings.IndexByte(text[open:cs[0].from], ')') < 0 {
		return []point{r.one(text, cs, c)}
	}
	var points []point
	names := r.splitNames(text[:cs[0].from], cs)
	from, shared := 0, ""
	for i, k := range cs {
		end := len(text)
		if i+1 < len(cs) {
			end = k.to + tail(text[k.to:cs[i+1].from])
		}
		label := strings.Trim(text[from:k.from], " ,;/\n")
		if label == "и" || label == "или" {
			label = ""
		}
		label = strings.TrimPrefix(strings.TrimPrefix(label, "и "), "или ")
		var p point
		switch own := strings.Trim(label, " :-–—<("); {
		case names != nil:
			p = r.one(names[i]+": "+text[k.from:end], moved(k, len(names[i])+2), c)
		case own == "" && i == 0, own != "":
			p = r.one(label+" "+text[k.from:end], moved(k, len(label)+1), c)
			shared = p.label
		case shared == "" || points[i-1].kind == k.kind || r.kind(shared) == "" || r.contactKind(k, shared) == points[i-1].kind:
			p = r.one(shared+": "+text[k.from:end], moved(k, len(shared)+2), c)
			if shared == "" {
				p.label = ""
			}
		case net(r.kind(shared)): // «Телефон: 8 (8672) 64-90-22, info@trud.alania.gov.ru»
			p = r.one(text[k.from:end], moved(k, 0), c)
		default:
			c.doubts = append(c.doubts, doubt{"R13", "Под одним названием разные контакты: «" + clip(text, 200) + "»; взята одна точка.",
				"Напечатайте каждую точку отдельной строкой таблицы."})
			return []point{r.one(text, cs, &cellOf{})}
		}
		from = end
		points = append(points, p)
	}
	return unique(points)
}

// net tells the kinds of channels whose points have contacts.
func net(kind string) bool {
	switch kind {
	case kPhone, kEmail, kSite, kSocial, kPortal:
		return true
	}
	return false
}

// moved is contact k alone, in a text in which it stands at position from.
func moved(k contact, from int) []contact {
	k.to += from - k.from
	k.from = from
	return []contact{k}
}

// tail is how much of the text after a contact still belongs to it: a remark in brackets.
func tail(sep string) int {
	t := strings.TrimLeft(sep, " ")
	if strings.HasPrefix(t, ">") {
		return len(sep) - len(t) + 1
	}
	if strings.HasPrefix(t, "(") {
		if i := strings.IndexByte(t, ')'); i > 0 {
			return len(sep) - len(t) + i + 1
		}
	}
	return 0
}

// splitNames cuts a name that announces contacts of different kinds into their names: «Сайт и электронная почта:». nil when
// it does not: each name must be that of its contact's kind.
func (r *pointReader) splitNames(label string, cs []contact) []string {
	label = strings.TrimRight(label, " :-–—")
	names := strings.FieldsFunc(strings.ReplaceAll(label, " и ", "/"), func(r rune) bool { return r == '/' || r == ',' })
	if len(names) != len(cs) || len(names) < 2 {
		return nil
	}
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
		kind := r.kind(names[i])
		if kind == "" || kind != cs[i].kind && r.contactKind(cs[i], names[i]) != kind {
			return nil
		}
	}
	return names
}

// channels cuts words without contacts that name channels of different kinds: «Официальный сайт, электронная почта,
// телефон». A room beside a reception may be one place: then one point is taken. Either way the doubt is told.
func (r *pointReader) channels(text string, c *cellOf) {
	names := strings.Split(strings.ReplaceAll(strings.ReplaceAll(oneLine(text), " и ", ", "), "/", ", "), ", ")
	kinds := map[string]bool{}
	places := 0
	for _, n := range names {
		if !r.startsWithKind(n) {
			return
		}
		k := r.kind(n)
		if kinds[k] = true; k == kOffice || k == kReception || k == kPost {
			places++
		}
	}
	if len(kinds) < 2 {
		return
	}
	taken := "взята одна точка"
	if len(kinds) == len(names) && places < 2 {
		c.points = nil
		for _, n := range names {
			c.points = append(c.points, r.one(strings.Trim(n, " ."), nil, c))
		}
		taken = "взято " + lang.Count(len(names), "точка", "точки", "точек")
	}
	c.doubts = append(c.doubts, doubt{"R13", "В ячейке названо несколько каналов без контактов: «" + clip(oneLine(text), 160) +
		"»; " + taken + ".", "Напечатайте каждую точку отдельной строкой таблицы, с её контактом."})
}

func unique(ps []point) []point {
	seen := map[string]bool{}
	var out []point
	for _, p := range ps {
		if id := p.id(); !seen[id] {
			seen[id] = true
			out = append(out, p)
		}
	}
	return out
}
