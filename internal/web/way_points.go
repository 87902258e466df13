package web

import (
	"html/template"
	"slices"
	"strings"

	"perechen/internal/register"
)

// A wayPoint is a point on the short way: what one can do at it from the page itself, and for what.
type wayPoint struct {
	openPoint
	Class  register.Class
	Do     *wayAct // call, write, open
	Map    template.URL
	Needs  []string
	Text   string // where the needs say nothing
	manner int
}

// A wayAct is a button that does what the point is for.
type wayAct struct {
	Href     template.URL
	Text     string
	External bool
}

// The manners of reaching a point, from the easiest.
const (
	mannerDigital = iota
	mannerPhone
	mannerVisit
)

// manner tells how a point is reached: by what its contact is, else by its class, else by whether it has a place to go to.
func (s *snapshot) manner(t *register.Touchpoint) int {
	class := s.classes[t.Key]
	switch href := string(newContact(t).Href); {
	case strings.HasPrefix(href, "tel:"):
		return mannerPhone
	case href != "", class == register.Digital, class == "" && t.Place == "":
		return mannerDigital
	}
	return mannerVisit
}

// closedRank puts what is shut behind everything that is not.
const closedRank = mannerVisit + 1

// wayPoints are the points of some usages in the order of ease: digital ones, then telephones, then what one goes to; those
// that are closed now after those that are not.
func (r *request) wayPoints(f *frame, us []*register.Usage) []wayPoint {
	var ps []wayPoint
	at := map[string]int{}
	for _, u := range us {
		t := r.snap.points[u.Touchpoint]
		if t == nil || !r.holds(u.From, u.To) || !r.holds(t.From, t.To) {
			continue
		}
		i, ok := at[t.Key]
		if !ok {
			i = len(ps)
			at[t.Key] = i
			ps = append(ps, r.wayPoint(f, t))
		}
		for _, n := range u.Needs {
			if text := strings.TrimSpace(n.Text); text != "" && !slices.ContainsFunc(ps[i].Needs, func(s string) bool { return strings.EqualFold(s, text) }) {
				ps[i].Needs = append(ps[i].Needs, text)
			}
		}
		if len(u.Needs) == 0 && ps[i].Text == "" {
			ps[i].Text = u.Text
		}
	}
	slices.SortStableFunc(ps, func(a, b wayPoint) int { return a.rank() - b.rank() })
	return ps
}

func (p wayPoint) rank() int {
	if p.Now != "" && !p.Open {
		return p.manner + closedRank
	}
	return p.manner
}

// holds tells whether a validity covers the day of the page.
func (r *request) holds(from, to register.Date) bool {
	return (from == "" || from <= r.day) && (to == "" || r.day <= to)
}

func (r *request) wayPoint(f *frame, t *register.Touchpoint) wayPoint {
	p := wayPoint{openPoint: r.openPoint(f, t), Class: r.snap.classes[t.Key], Map: mapLink(t.Place), manner: r.snap.manner(t)}
	href := p.Contact.Href
	switch {
	case strings.HasPrefix(string(href), "tel:"):
		p.Do = &wayAct{Href: href, Text: r.lang.T("way.call")}
	case strings.HasPrefix(string(href), "mailto:"):
		p.Do = &wayAct{Href: href, Text: r.lang.T("way.write")}
	case href != "":
		p.Do = &wayAct{Href: href, Text: r.lang.T("way.open"), External: true}
	}
	return p
}
