package web

import (
	"slices"

	"perechen/internal/register"
)

// clientsPage shows whom the register is for: the typical clients, and the dictionary they are described with.
type clientsPage struct {
	frame
	Line     string
	Profiles []profileView
	Types    []attributeType
	Notes    []note // findings about the dictionary
}

type profileView struct {
	ID, Title, Group string
	Rows             []profileRow
	Notes            []note
}

// A profileRow is one line of a profile; Own marks the body's attributes, the rest are fields that every profile has.
type profileRow struct {
	Name, Value string
	Own         bool
}

// An attributeType gathers attributes of one type, as the dictionary prints them.
type attributeType struct {
	Title string
	Items []attributeView
}

type attributeView struct {
	ID, Title string
	Values    []string
	Free      bool
}

func (s *site) clients(r *request) (page, error) {
	reg := r.snap.reg
	p := &clientsPage{frame: r.frame("clients", "clients", r.lang.T("clients.title"))}
	p.Line = r.lang.T("clients.line", r.lang.Count(len(reg.Profiles), "clients.profiles"), r.lang.Count(len(reg.Attributes), "clients.attributes"))
	titles := map[string]string{}
	for _, a := range reg.Attributes {
		titles[a.Key] = a.Title
		if n := len(p.Types); n == 0 || p.Types[n-1].Title != a.Type {
			p.Types = append(p.Types, attributeType{Title: a.Type})
		}
		t := &p.Types[len(p.Types)-1]
		t.Items = append(t.Items, attributeView{ID: "attribute-" + a.Key, Title: a.Title, Values: a.Values, Free: a.Free})
	}
	shown := map[string]bool{}
	for _, x := range reg.Profiles {
		v := profileView{ID: "profile-" + x.Key, Title: x.Title, Group: x.Group, Notes: r.notesAbout(&p.frame, register.KindProfile, x.Key)}
		for _, val := range x.Values {
			name := val.Attribute
			if t := titles[name]; t != "" {
				name = t
			}
			v.Rows = append(v.Rows, profileRow{name, val.Value, true})
		}
		for _, f := range []profileRow{{Name: "purpose", Value: x.Purpose}, {Name: "features", Value: x.Features}, {Name: "inform", Value: x.Inform}, {Name: "receive", Value: x.Receive}} {
			if f.Value != "" {
				v.Rows = append(v.Rows, profileRow{Name: r.fieldName(f.Name), Value: f.Value})
			}
		}
		for i, n := range v.Notes {
			v.Notes[i].Text = short(n.Text, x.Title)
			shown[n.ID] = true
		}
		p.Profiles = append(p.Profiles, v)
	}
	for _, a := range reg.Attributes {
		for _, n := range r.notesAbout(&p.frame, register.KindAttribute, a.Key) {
			if !shown[n.ID] {
				shown[n.ID] = true
				p.Notes = append(p.Notes, n)
			}
		}
	}
	return p, nil
}

// hasClients tells whether the body describes its clients at all.
func (s *snapshot) hasClients() bool { return len(s.reg.Profiles)+len(s.reg.Attributes) > 0 }

// describes tells whether there is such a profile or attribute.
func (s *snapshot) describes(kind register.Kind, key string) bool {
	if kind == register.KindProfile {
		return slices.ContainsFunc(s.reg.Profiles, func(x register.Profile) bool { return x.Key == key })
	}
	return slices.ContainsFunc(s.reg.Attributes, func(x register.Attribute) bool { return x.Key == key })
}
