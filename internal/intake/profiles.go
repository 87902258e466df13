package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// The parts of a profile's table, by their headings.
const (
	partValues   = "основные признаки"
	partFeatures = "особенности клиентского пути"
	partChannels = "предпочтительные каналы"
)

// part names the part of a profile that a row heads; "" if it heads none.
func part(text string) string {
	f := strings.TrimRight(lang.Fold(text), " :.")
	for _, p := range []string{partValues, partFeatures, partChannels} {
		if f == p {
			return p
		}
	}
	return ""
}

// profileHead tells a table of a profile: a title alone on the first row, «Основные признаки» or another part soon after.
func profileHead(t table) bool {
	for r := 0; r < len(t.Rows) && r < 3; r++ {
		texts := rowTexts(t, r)
		for _, x := range texts {
			if part(x) == partValues {
				return r > 0
			}
		}
	}
	return false
}

func (s *segments) startProfile(texts []string, src *register.Source, group string) {
	title := ""
	for _, x := range texts {
		if x != "" {
			title = oneLine(x)
			break
		}
	}
	p := register.Profile{Title: title, Group: group, Position: len(s.d.Profiles) + 1, Source: src,
		Values: []register.ProfileValue{}, Key: s.keys.take(wordKey("profile "+ident(title), 40))}
	s.d.Profiles = append(s.d.Profiles, p)
	s.profile, s.open, s.part = true, false, ""
}

// profileRow reads a row of the profile that is open.
func (s *segments) profileRow(t table, r int, texts []string) {
	p := &s.d.Profiles[len(s.d.Profiles)-1]
	if s.links(texts) {
		return
	}
	var cells []string
	for _, x := range texts {
		if x != "" {
			cells = append(cells, oneLine(x))
		}
	}
	name := strings.TrimRight(cells[0], " :")
	folded := lang.Fold(name)
	if h := part(cells[0]); h != "" && len(cells) == 1 {
		s.part = h
		return
	}
	src := t.source(r, "")
	if len(cells) == 1 {
		switch {
		case s.part == partFeatures:
			p.Features = strings.TrimSpace(p.Features + " " + cells[0])
		case texts[0] == "" && s.part == partValues && len(p.Values) > 0:
			v := &p.Values[len(p.Values)-1]
			v.Value += " " + cells[0]
			s.f.add("R19", register.Form, "", fmt.Sprintf("Строку профиля «%s» разорвал конец страницы; части соединены.", clip(p.Title, 120)),
				[]string{"split profile", ident(p.Title), ident(v.Attribute)}, placeOf(src, cells[0]))
		default:
			s.f.add("R19", register.Unclear, "", fmt.Sprintf("Строка профиля «%s» не понята: «%s».", clip(p.Title, 120), clip(cells[0], 120)),
				[]string{"profile row", ident(p.Title), ident(cells[0])}, placeOf(src, cells[0]))
			s.d.Skipped = append(s.d.Skipped, Skipped{Text: cells[0], Reason: "строка профиля без значения", Source: src})
		}
		return
	}
	value := strings.Join(cells[1:], " ")
	switch {
	case s.part == partValues && s.inDictionary(name):
		p.Values = append(p.Values, register.ProfileValue{Attribute: name, Value: value})
	case strings.HasPrefix(folded, "цель"):
		p.Purpose = value
	case strings.HasPrefix(folded, "информирование"):
		p.Inform = value
	case strings.HasPrefix(folded, "получение услуг"):
		p.Receive = value
	case strings.HasPrefix(folded, partFeatures):
		p.Features = value
	default:
		p.Values = append(p.Values, register.ProfileValue{Attribute: name, Value: value})
	}
}
