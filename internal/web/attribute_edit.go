package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// attributeEditPage is the form of one attribute of the dictionary in a proposal.
type attributeEditPage struct {
	frame
	ownPage
	New                      bool
	Back                     string
	Type, Name, Values, Kind ask
	Marks                    ask
	Types                    []string
	Unit                     string
	Bands                    []bandView // what the words in the form mean
	Clean                    *cleaningView
}

var ownAttribute = ownForm[register.Attribute]{
	kind: register.KindAttribute, words: "segments.groundattribute", letter: "a",
	fresh: func(r *request, key string) register.Attribute {
		a := register.Attribute{Key: key}
		for _, x := range r.snap.reg.Attributes {
			a.Position = max(a.Position, x.Position)
		}
		a.Position++
		return a
	},
	read: (*request).readAttribute,
	page: attributePageOf,
}

// readAttribute takes the attribute from what was typed. Its printed cells go with the first change: what is proposed is what
// it says.
func (r *request) readAttribute(e *drafting[register.Attribute], v url.Values) ([]upkeep.FieldError, error) {
	a := e.was
	a.Type, a.Title, a.Values, a.Printed = squeeze(v.Get("type")), squeeze(v.Get("title")), nil, nil
	for _, l := range lines(v.Get("values")) {
		a.Values = append(a.Values, segment.SplitValues(squeeze(l))...)
	}
	a.Free, a.Optional, a.Several = v.Get("kind") == "free", v.Get("optional") != "", v.Get("several") != ""
	if e.from != nil && e.from.Printed != nil {
		same := a
		same.Printed, same.Source, same.Position = e.from.Printed, e.from.Source, e.from.Position
		if string(register.Encode(same)) == string(register.Encode(*e.from)) {
			a = same
		}
	}
	e.now = a
	return nil, nil
}

func attributePageOf(s *site, r *request, e *drafting[register.Attribute]) (page, error) {
	t, a := r.lang.T, e.now
	p := &attributeEditPage{frame: r.frame("attribute_edit", "clients", ""), New: e.from == nil}
	p.Title = t("segments.newattribute")
	was := register.Attribute{}
	if e.from != nil {
		was = *e.from
		p.Title = was.Title
		p.Out = &option{Name: "out", Value: "1", Text: t("segments.outattribute"), Selected: e.out}
		if c, ok := segment.CleanOne(was); ok {
			view := r.cleaningView(c)
			p.Clean = &view
		}
	}
	p.Back = p.To("clients", "dictionary")
	for _, x := range r.snap.reg.Attributes {
		if x.Type != "" && !slices.Contains(p.Types, x.Type) {
			p.Types = append(p.Types, x.Type)
		}
	}
	if f := segment.FormOf(a); f.Kind == segment.KindBands {
		p.Unit = f.Unit
		for _, b := range segment.BandsOf(a) {
			p.Bands = append(p.Bands, bandView{b.Text, r.bound(b, false), r.bound(b, true)})
		}
	}
	kinds := []option{{Value: "closed", Text: t("segments.closed")}, {Value: "free", Text: t("segments.freetext")}}
	texts := [][2]string{{"values", strings.Join(a.Values, "; ")}, {"title", a.Title}, {"type", a.Type}}
	return p, e.fill(s, r, &p.frame, &p.ownPage, texts, func(x *ownFields) {
		x.now = e.from != nil
		p.Type = x.field("type", a.Type, was.Type, ask{ID: "f-type", Name: "type", Label: t("field.type"), Max: 200, List: "types", Optional: true})
		p.Name = x.field("title", a.Title, was.Title, ask{ID: "f-title", Name: "title", Label: t("segments.attributetitle"), Max: 300})
		p.Values = x.field("values", strings.Join(a.Values, "\n"), strings.Join(was.Values, "\n"), ask{ID: "f-values", Name: "values", Label: t("field.values"), Hint: t("segments.valueshint"), Kind: "textarea", Rows: max(4, len(a.Values)+1), Max: 20000, Optional: true})
		p.Kind = x.field("free", kindOfValues(a), kindOfValues(was), ask{ID: "f-kind", Name: "kind", Label: t("segments.kind"), Kind: "select", Options: kinds})
		p.Marks = x.put(ask{ID: "f-marks", Name: "marks", Label: t("segments.marks"), Options: []option{
			{Name: "optional", Value: "1", Text: t("segments.optional"), Selected: a.Optional},
			{Name: "several", Value: "1", Text: t("segments.several"), Selected: a.Several}}}, "optional")
		for _, field := range []string{"several", "cells"} {
			p.Marks.Remarks = append(p.Marks.Remarks, x.put(ask{}, field).Remarks...)
		}
	})
}

func kindOfValues(a register.Attribute) string {
	if a.Free {
		return "free"
	}
	return "closed"
}

// attribute is the attribute with that key; nil when there is none.
func (s *snapshot) attribute(key string) *register.Attribute {
	if i := slices.IndexFunc(s.reg.Attributes, func(a register.Attribute) bool { return a.Key == key }); i >= 0 {
		return &s.reg.Attributes[i]
	}
	return nil
}

func noField(f upkeep.FieldError) string {
	if f.Field == "ground" {
		return f.Field
	}
	return ""
}
