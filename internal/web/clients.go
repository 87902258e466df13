package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// segmentRoutes are the pages about whom the register is for: read by everybody, changed by proposals.
func (s *site) segmentRoutes(mux router) {
	read := func(pattern string, h http.HandlerFunc) { mux.HandleFunc(pattern, s.onlyRead(h)) }
	read("/{body}/clients", s.page(s.clients, "q", "page"))
	read("/{body}/clients/compare", s.page(s.compareProfiles, "p*"))
	read("/{body}/clients/profiles/{key}", s.page(s.profile))
	read("/{body}/clients/dictionary", s.page(s.dictionary))
	read("/{body}/clients/dictionary/{key}", s.page(s.attribute))
	draws := who{register.RoleDepartment, register.RoleOfficer}
	mux.HandleFunc("/{body}/clients/profiles/new", s.form(ownProfile.get(s), ownProfile.post(s), draws))
	mux.HandleFunc("/{body}/clients/profiles/{key}/edit", s.form(ownProfile.get(s), ownProfile.post(s), draws))
	mux.HandleFunc("/{body}/clients/dictionary/new", s.form(ownAttribute.get(s), ownAttribute.post(s), draws))
	mux.HandleFunc("/{body}/clients/dictionary/clean", s.form(s.cleanDictionary, s.proposeClean, draws))
	mux.HandleFunc("/{body}/clients/dictionary/adopt", s.form(s.adoptDictionary, s.proposeAdopted, draws))
	mux.HandleFunc("/{body}/clients/dictionary/{key}/edit", s.form(ownAttribute.get(s), ownAttribute.post(s), draws))
}

// clientsPage lists the typical clients and leads to the dictionary they are described with.
type clientsPage struct {
	frame
	Line       string
	Text       string // looked for
	Many       bool   // there are enough profiles to look among
	Found      string
	Items      []profileItem
	Pager      pager
	Attributes int
	Notes      []note // findings about the dictionary
	More       *link
	New        string // address of the form of a new profile, for those who may use it
	Adopt      string
	Files      []documentLink
}

type profileItem struct {
	Key, Href, Title, Group, Purpose, Process, Findings string
}

func (s *site) clients(r *request) (page, error) {
	reg := r.snap.reg
	p := &clientsPage{frame: r.frame("clients", "clients", r.lang.T("clients.title")), Text: r.query.Get("q"), Many: len(reg.Profiles) > 6, Attributes: len(reg.Attributes)}
	p.Line = r.lang.T("clients.line", r.lang.Count(len(reg.Profiles), "clients.profiles"), r.lang.Count(len(reg.Attributes), "clients.attributes"))
	if r.proposes() {
		p.New, p.Adopt = p.To("clients", "profiles", "new"), p.To("clients", "dictionary", "adopt")
	}
	words := strings.Fields(lang.Fold(p.Text))
	var chosen []*register.Profile
	for i := range reg.Profiles {
		x := &reg.Profiles[i]
		if len(words) > 0 {
			text := lang.Fold(profileText(x))
			if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) }) {
				continue
			}
		}
		chosen = append(chosen, x)
	}
	if len(words) > 0 {
		p.Found = r.lang.T("segments.found", r.lang.Count(len(chosen), "clients.profiles"))
	}
	p.Pager = r.pager(len(chosen))
	for _, x := range chosen[p.Pager.from:p.Pager.to] {
		item := profileItem{Key: x.Key, Href: p.To("clients", "profiles", x.Key), Title: x.Title, Group: x.Group, Purpose: cut(x.Purpose, 160), Process: r.title("process", x.Process)}
		if n := len(r.snap.about[subject{register.KindProfile, x.Key}]); n > 0 {
			item.Findings = r.lang.Count(n, "fact.findings")
		}
		p.Items = append(p.Items, item)
	}
	p.Notes, p.More = r.capped(&p.frame, r.dictionaryNotes(&p.frame))
	p.Files = s.segmentFiles(r, &p.frame)
	return p, nil
}

// profileText are the words of a profile by which it is looked for.
func profileText(x *register.Profile) string {
	text := x.Title + " " + x.Group + " " + x.Purpose + " " + x.Features
	for _, v := range x.Values {
		text += " " + v.Attribute + " " + v.Value
	}
	return text
}

// segmentFiles are the documents of dictionary and profiles in the state that is in view.
func (s *site) segmentFiles(r *request, f *frame) []documentLink {
	if s.documents == nil || r.view.N == 0 || !r.snap.hasClients() {
		return nil
	}
	var ls []documentLink
	for _, format := range reportFormats {
		ls = append(ls, documentLink{link{f.To("segments." + format), strings.ToUpper(format)}, r.lang.T("documents.segments")})
	}
	return ls
}

// dictionaryNotes are the findings about attributes that are not about a profile too, each once.
func (r *request) dictionaryNotes(f *frame) []note {
	var ns []note
	seen := map[string]bool{}
	for _, a := range r.snap.reg.Attributes {
		for _, x := range r.snap.about[subject{register.KindAttribute, a.Key}] {
			if seen[x.ID] || slices.ContainsFunc(x.Places, func(p register.Place) bool { return p.Kind == register.KindProfile }) {
				continue
			}
			seen[x.ID] = true
			ns = append(ns, r.note(f, x))
		}
	}
	return ns
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

// clientHref is where a profile or an attribute stands.
func clientHref(f *frame, kind register.Kind, key string) string {
	if kind == register.KindProfile {
		return f.To("clients", "profiles", key)
	}
	return f.To("clients", "dictionary") + "#attribute-" + url.PathEscape(key)
}
