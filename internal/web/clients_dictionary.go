package web

import (
	"slices"

	"perechen/internal/register"
	"perechen/internal/segment"
)

// dictionaryPage shows the dictionary of segmentation: what is printed, what it means, and what is wrong with it.
type dictionaryPage struct {
	frame
	Line              string
	Types             []attributeType
	Faulty            int
	New, Clean, Adopt string // addresses of forms, for those who may use them
	Files             []documentLink
}

// An attributeType gathers attributes of one type, as the dictionary prints them.
type attributeType struct {
	Title string
	Items []attributeView
}

type attributeView struct {
	ID, Title  string
	Values     []string
	Free       bool
	Marks      []string
	Unit       string
	Bands      []bandView // of an attribute whose values are bands
	Printed    []string   // the cells of the document, where they differ
	Notes      []note     // findings about it that are not about a profile too
	Used       string
	Href, Edit string
}

// A bandView is a value with its bounds.
type bandView struct{ Text, Low, High string }

func (s *site) dictionary(r *request) (page, error) {
	reg := r.snap.reg
	t := r.lang.T
	p := &dictionaryPage{frame: r.frame("clients_dictionary", "clients", t("clients.dictionary"))}
	p.Files = s.segmentFiles(r, &p.frame)
	p.Line = r.lang.Count(len(reg.Attributes), "clients.attributes")
	proposes := r.proposes()
	if proposes {
		p.New, p.Adopt = p.To("clients", "dictionary", "new"), p.To("clients", "dictionary", "adopt")
	}
	used := map[string]int{}
	if len(reg.Profiles) > 0 {
		d := segment.NewDictionary(reg.Attributes)
		keys := map[string]string{} // by the title that profiles use
		for _, x := range reg.Profiles {
			for _, v := range x.Values {
				key, ok := keys[v.Attribute]
				if !ok {
					if a, found := d.Attribute(v.Attribute); found {
						key = a.Key
					}
					keys[v.Attribute] = key
				}
				used[key]++
			}
		}
	}
	spoilt := false // its form can be put right
	for i, a := range reg.Attributes {
		if n := len(p.Types); i == 0 || p.Types[n-1].Title != a.Type {
			p.Types = append(p.Types, attributeType{Title: a.Type})
		}
		v := r.attributeView(a)
		if v.Notes = r.attributeNotes(&p.frame, a); len(v.Notes) > 0 {
			p.Faulty++
		}
		spoilt = spoilt || len(segment.Defects(a)) > 0
		if n := used[a.Key]; n > 0 {
			v.Used = t("segments.usedin", r.lang.Count(n, "segments.inprofiles"))
		}
		v.Href = p.To("clients", "dictionary", a.Key)
		if proposes {
			v.Edit = p.To("clients", "dictionary", a.Key, "edit")
		}
		last := &p.Types[len(p.Types)-1]
		last.Items = append(last.Items, v)
	}
	if proposes && spoilt {
		p.Clean = p.To("clients", "dictionary", "clean")
	}
	return p, nil
}

// attributeNotes are the findings about an attribute that are not about a profile too.
func (r *request) attributeNotes(f *frame, a register.Attribute) []note {
	var ns []note
	for _, x := range r.snap.about[subject{register.KindAttribute, a.Key}] {
		if slices.ContainsFunc(x.Places, func(p register.Place) bool { return p.Kind == register.KindProfile }) {
			continue
		}
		n := r.note(f, x)
		n.Text = tight(short(x.Text, a.Title))
		ns = append(ns, n)
	}
	return ns
}

// attributeView is an attribute as printed, beside what its words mean.
func (r *request) attributeView(a register.Attribute) attributeView {
	v := attributeView{ID: "attribute-" + a.Key, Title: a.Title, Values: a.Values, Free: a.Free, Printed: a.Printed}
	if a.Optional {
		v.Marks = append(v.Marks, r.lang.T("segments.optional"))
	}
	if a.Several {
		v.Marks = append(v.Marks, r.lang.T("segments.several"))
	}
	if f := segment.FormOf(a); f.Kind == segment.KindBands {
		v.Unit = f.Unit
		for _, b := range segment.BandsOf(a) {
			v.Bands = append(v.Bands, bandView{b.Text, r.bound(b, false), r.bound(b, true)})
		}
	}
	return v
}

// bound says an end of a band: «3, включая»; a dash where it is open.
func (r *request) bound(b segment.Band, upper bool) string {
	f, in := b.Low, b.LowIn
	if upper {
		f, in = b.High, b.HighIn
	}
	switch {
	case f > 1e300 || f < -1e300:
		return "–"
	case in:
		return r.lang.T("segments.boundin", segment.NumberText(f))
	}
	return r.lang.T("segments.boundout", segment.NumberText(f))
}

// attributePage is one attribute of the dictionary, and how it came to be so.
type attributePage struct {
	frame
	Type    string
	Gone    string
	Shown   attributeView
	Notes   []note
	History []event
	Source  string
}

func (s *site) attribute(r *request) (page, error) {
	key := r.PathValue("key")
	history, err := s.ledger.History(r.Context(), r.slug, register.KindAttribute, key)
	if err != nil {
		return nil, err
	}
	a, gone := r.snap.attribute(key), ""
	if a == nil {
		a, gone = lastContent[register.Attribute](history, r.view.N), r.lang.T("segments.goneattribute")
	}
	if a == nil && knownBy(history, r.view.N) {
		a, gone = &register.Attribute{Key: key, Title: key}, r.lang.T("log.erased")
	}
	if a == nil {
		return nil, notFound("")
	}
	p := &attributePage{frame: r.frame("clients_attribute", "clients", a.Title), Type: a.Type, Gone: gone, Shown: r.attributeView(*a), Source: sourceText(a.Source)}
	if gone == "" && r.proposes() {
		p.Shown.Edit = p.To("clients", "dictionary", key, "edit")
	}
	p.Notes = r.notesAbout(&p.frame, register.KindAttribute, key)
	p.History = r.events(&p.frame, history)
	return p, nil
}
