package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// The rows by which a printed profile names points and processes of the register, each on a line of its own.
var linkRows = [3]string{"точки информирования", "точки получения услуг", "процесс"}

// links reads a row that names points or the process of the profile.
func (s *segments) links(texts []string) bool {
	if len(texts) < 2 {
		return false
	}
	name := strings.TrimRight(lang.Fold(texts[0]), " :.")
	for i, row := range linkRows {
		if name != row || row == "процесс" && s.part == partValues {
			continue
		}
		n := len(s.d.Profiles) - 1
		if s.d.links == nil {
			s.d.links = map[int][3]string{}
		}
		x := s.d.links[n]
		for _, t := range texts[1:] {
			if t != "" {
				x[i] = t
				break
			}
		}
		s.d.links[n] = x
		return true
	}
	return false
}

// inDictionary tells that the dictionary has an attribute of exactly that title.
func (s *segments) inDictionary(title string) bool {
	for _, a := range s.d.Attributes {
		if ident(a.Title) == ident(title) {
			return true
		}
	}
	return false
}

// profileLinks gives a profile the points and the process that its rows name; without such rows it keeps those it has. A name
// that the register does not have is reported and left out.
func (pl *planner) profileLinks(i int, p *register.Profile) {
	x, ok := pl.d.links[i]
	if !ok {
		return
	}
	lost := func(name string) {
		pl.f.add("R10", register.Unclear, "", fmt.Sprintf("Профиль «%s» называет «%s», а такого в перечне нет: связь не взята.", clip(p.Title, 120), clip(name, 120)),
			[]string{"profile link", ident(p.Title), ident(name)}, placeOf(p.Source, name)).Fix = "Выберите точку или процесс на странице профиля."
	}
	channels := func(cell string) (refs []register.ChannelRef) {
		for _, name := range strings.Split(cell, "\n") {
			if name = strings.TrimSpace(name); name == "" {
				continue
			}
			if ref, ok := pl.channel(name); ok {
				refs = append(refs, ref)
			} else {
				lost(name)
			}
		}
		return refs
	}
	p.InformBy, p.ReceiveBy = channels(x[0]), channels(x[1])
	p.Process = ""
	if name := oneLine(x[2]); name != "" {
		for _, q := range pl.plan.Target.Processes {
			if ident(q.Title) == ident(name) {
				p.Process = q.Key
				return
			}
		}
		lost(name)
	}
}

// channel finds what a line of points names: a kind of the procedure or a point of the register.
func (pl *planner) channel(name string) (register.ChannelRef, bool) {
	if title, ok := strings.CutPrefix(name, segment.KindLine); ok {
		for _, k := range pl.p.Kinds {
			if ident(k.Title) == ident(title) {
				return register.ChannelRef{Kind: k.Code}, true
			}
		}
	}
	for _, t := range pl.plan.Target.Touchpoints {
		if t.Text() == name || ident(t.Text()) == ident(name) {
			return register.ChannelRef{Touchpoint: t.Key}, true
		}
	}
	return register.ChannelRef{}, false
}

// withoutPersons leaves out profiles that speak of one person: they describe kinds of clients.
func withoutPersons(d *Draft, f *findings) {
	kept := d.Profiles[:0]
	links := map[int][3]string{}
	for i, p := range d.Profiles {
		field, text, is := segment.Person(p)
		if !is {
			if x, ok := d.links[i]; ok {
				links[len(kept)] = x
			}
			p.Position = len(kept) + 1
			kept = append(kept, p)
			continue
		}
		title := clip(p.Title, 120)
		if field == "title" {
			title = "без названия"
		}
		f.add("R10", register.Violation, "", text+" Профиль не взят.", []string{"person", ident(p.Title), field}, register.Place{Text: Where(p.Source), Source: p.Source}).
			Fix = "Уберите из документа сведения о человеке и прочитайте его ещё раз."
		d.Skipped = append(d.Skipped, Skipped{Text: "профиль «" + title + "»", Reason: "в профиле сведения о человеке", Source: p.Source})
	}
	if len(kept) == 0 {
		kept = nil
	}
	d.Profiles, d.links = kept, links
}
