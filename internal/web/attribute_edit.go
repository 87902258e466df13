package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// attributeEditPage proposes a new attribute of the dictionary, another form of one, or to take one out.
type attributeEditPage struct {
	frame
	segmentForm
	Key                      string
	Back                     string
	Base                     string
	Type, Name, Values, Kind ask
	Marks                    ask
	Types                    []string
	Now                      *attributeView // what the words mean now
	Clean                    *cleaningView
	Out                      option
}

func (s *site) editAttribute(r *request) (page, error) {
	t := r.lang.T
	key := r.PathValue("key")
	a := register.Attribute{}
	p := &attributeEditPage{Key: key}
	if key == "" {
		p.frame = r.frame("attribute_edit", "clients", t("segments.newattribute"))
	} else {
		old := r.snap.attribute(key)
		if old == nil {
			return nil, notFound("")
		}
		a = *old
		p.frame = r.frame("attribute_edit", "clients", a.Title)
		v := r.attributeView(a)
		p.Now = &v
		if c, ok := segment.CleanOne(a); ok {
			view := r.cleaningView(c)
			p.Clean = &view
		}
		p.Base = upkeep.HashOf(register.Encode(a))
		p.Out = option{Name: "out", Value: "1", Text: t("segments.outattribute"), Selected: r.typedOr("out", "") != ""}
	}
	p.Back = p.To("clients", "dictionary")
	p.segmentForm = s.segmentForm(r, &p.frame, t("segments.groundattribute"))
	for _, x := range r.snap.reg.Attributes {
		if x.Type != "" && !slices.Contains(p.Types, x.Type) {
			p.Types = append(p.Types, x.Type)
		}
	}
	p.Type = r.asked(ask{Name: "type", Label: t("field.type"), Value: a.Type, Max: 200, List: "types", Optional: true})
	p.Name = r.asked(ask{Name: "title", Label: t("segments.attributetitle"), Value: a.Title, Max: 300})
	p.Values = r.asked(ask{Name: "values", Label: t("field.values"), Hint: t("segments.valueshint"), Kind: "textarea", Rows: max(4, len(a.Values)+1), Value: strings.Join(a.Values, "\n"), Max: 20000, Optional: true})
	kind := "closed"
	if a.Free {
		kind = "free"
	}
	p.Kind = r.asked(ask{Name: "kind", Label: t("segments.kind"), Kind: "select", Value: kind, Options: []option{{Value: "closed", Text: t("segments.closed")}, {Value: "free", Text: t("segments.freetext")}}})
	marked := func(name string, now bool) bool {
		if r.typed != nil {
			return r.typed.values.Get(name) != ""
		}
		return now
	}
	p.Marks = ask{ID: "f-marks", Name: "marks", Label: t("segments.marks"), Options: []option{
		{Name: "optional", Value: "1", Text: t("segments.optional"), Selected: marked("optional", a.Optional)},
		{Name: "several", Value: "1", Text: t("segments.several"), Selected: marked("several", a.Several)}}}
	p.Wrong = r.wrong(p.Type, p.Name, p.Values, p.Ground)
	return p, nil
}

// attribute is the attribute with that key; nil when there is none.
func (s *snapshot) attribute(key string) *register.Attribute {
	if i := slices.IndexFunc(s.reg.Attributes, func(a register.Attribute) bool { return a.Key == key }); i >= 0 {
		return &s.reg.Attributes[i]
	}
	return nil
}

func (s *site) proposeAttribute(r *request, v url.Values) (string, error) {
	key := r.PathValue("key")
	var old *register.Attribute
	a := register.Attribute{}
	if key != "" {
		if old = r.snap.attribute(key); old == nil {
			return "", notFound("")
		}
		a = *old
		if v.Get("base") != upkeep.HashOf(register.Encode(a)) {
			return "", &formError{Status: 409, Text: r.lang.T("segments.moved")}
		}
		if v.Get("out") != "" {
			return s.propose(r, v, []upkeep.ProposedChange{excluded(register.KindAttribute, key, a)}, noField)
		}
	}
	a.Type, a.Title, a.Values = squeeze(v.Get("type")), squeeze(v.Get("title")), nil
	for _, l := range lines(v.Get("values")) {
		a.Values = append(a.Values, segment.SplitValues(squeeze(l))...)
	}
	a.Free, a.Optional, a.Several = v.Get("kind") == "free", v.Get("optional") != "", v.Get("several") != ""
	a.Printed = nil // what is proposed is what it says
	if old == nil {
		a.Key = segment.FreeKey(freshKey("a"), r.snap.reg.Attributes)
		for _, x := range r.snap.reg.Attributes {
			a.Position = max(a.Position, x.Position)
		}
		a.Position++
	} else if string(register.Encode(a)) == string(register.Encode(*old)) {
		return "", &formError{Text: r.lang.T("segments.nothing")}
	}
	if a.Title == "" {
		text := r.lang.T("segments.notitle")
		return "", &formError{Text: text, Fields: map[string]string{"title": text}}
	}
	return s.propose(r, v, []upkeep.ProposedChange{amended(register.KindAttribute, a.Key, old, a)}, func(f upkeep.FieldError) string {
		if slices.Contains([]string{"title", "type", "values", "ground"}, f.Field) {
			return f.Field
		}
		return ""
	})
}

func noField(f upkeep.FieldError) string {
	if f.Field == "ground" {
		return f.Field
	}
	return ""
}
