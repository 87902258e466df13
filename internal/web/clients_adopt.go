package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// adoptPage compares the dictionary with another body's, or with a model one, and proposes to take over what is ticked.
type adoptPage struct {
	frame
	segmentForm
	From    string
	Sources []option
	Source  string // where a model is taken from
	Name    string
	Line    string
	Items   []adoptItem
	Any     bool
}

type adoptItem struct {
	Value        string // «take:KEY» of theirs, «drop:KEY» of mine
	Title        string
	State        string // same, changed, new, mine
	Mine, Theirs string
	Chosen       bool
}

// otherDictionary reads the dictionary that an address names: «model:ID», or the slug of another body, whose register
// everybody may read.
func (s *site) otherDictionary(r *request, from string) (as []register.Attribute, name, source string, err error) {
	if id, ok := strings.CutPrefix(from, "model:"); ok {
		for _, m := range segment.Models() {
			if m.ID == id {
				return m.Attributes, m.Title, m.Source, nil
			}
		}
		return nil, "", "", notFound("")
	}
	if from == r.slug {
		return nil, "", "", notFound("")
	}
	reg, err := s.ledger.State(r.Context(), from, 0)
	if err != nil {
		return nil, "", "", err
	}
	return reg.Attributes, reg.Organisation.Name, r.lang.T("segments.stateof", lang.Date(string(register.DateOf(reg.Time.In(r.loc)))), reg.N), nil
}

func (s *site) adoptDictionary(r *request) (page, error) {
	t := r.lang.T
	p := &adoptPage{frame: r.frame("clients_adopt", "clients", t("segments.adopt")), From: r.query.Get("from")}
	if r.typed != nil && r.typed.values.Get("from") != "" {
		p.From = r.typed.values.Get("from")
	}
	for _, m := range segment.Models() {
		p.Sources = append(p.Sources, option{Value: "model:" + m.ID, Text: m.Title, Selected: p.From == "model:"+m.ID})
	}
	bodies, err := s.ledger.Bodies(r.Context())
	if err != nil {
		return nil, err
	}
	for _, b := range bodies {
		if b.Slug != r.slug {
			p.Sources = append(p.Sources, option{Value: b.Slug, Text: b.Name, Selected: p.From == b.Slug})
		}
	}
	if p.From == "" {
		return p, nil
	}
	theirs, name, source, err := s.otherDictionary(r, p.From)
	if err != nil {
		return nil, err
	}
	p.Name, p.Source = name, source
	p.segmentForm = s.segmentForm(r, &p.frame, t("segments.groundadopt", name))
	count := map[string]int{}
	for _, d := range segment.Compare(r.snap.reg.Attributes, theirs) {
		it := adoptItem{}
		switch {
		case d.Mine == nil:
			it = adoptItem{Value: "take:" + d.Theirs.Key, Title: d.Theirs.Title, State: "new", Theirs: r.adoptText(d.Theirs), Chosen: true}
		case d.Theirs == nil:
			it = adoptItem{Value: "drop:" + d.Mine.Key, Title: d.Mine.Title, State: "mine", Mine: r.adoptText(d.Mine)}
		case d.Same:
			it = adoptItem{Title: d.Theirs.Title, State: "same", Mine: r.adoptText(d.Mine), Theirs: r.adoptText(d.Theirs)}
		default:
			it = adoptItem{Value: "take:" + d.Theirs.Key, Title: d.Theirs.Title, State: "changed", Mine: r.adoptText(d.Mine), Theirs: r.adoptText(d.Theirs), Chosen: true}
		}
		if r.typed != nil {
			it.Chosen = slices.Contains(r.typed.values["a"], it.Value)
		}
		p.Any = p.Any || it.Value != ""
		count[it.State]++
		p.Items = append(p.Items, it)
	}
	p.Line = t("segments.adoptline", count["same"], count["changed"], count["new"], count["mine"])
	p.Wrong = r.wrong(p.Ground)
	return p, nil
}

// adoptText is an attribute in a cell: its type, its values, what a profile may do with it.
func (r *request) adoptText(a *register.Attribute) string {
	text := strings.Join(a.Values, "; ")
	if a.Free {
		text = strings.TrimSpace(text + " (" + r.lang.T("clients.free") + ")")
	}
	v := r.attributeView(*a)
	if len(v.Marks) > 0 {
		text += " – " + strings.Join(v.Marks, ", ")
	}
	if a.Type != "" {
		text = a.Type + ": " + text
	}
	return text
}

func (s *site) proposeAdopted(r *request, v url.Values) (string, error) {
	theirs, _, _, err := s.otherDictionary(r, v.Get("from"))
	if err != nil {
		return "", err
	}
	mine := slices.Clone(r.snap.reg.Attributes)
	var changes []upkeep.ProposedChange
	for _, d := range segment.Compare(r.snap.reg.Attributes, theirs) {
		switch {
		case d.Theirs != nil && !d.Same && slices.Contains(v["a"], "take:"+d.Theirs.Key):
			a := segment.Adopted(d, mine)
			if d.Mine == nil {
				mine = append(mine, a)
			}
			changes = append(changes, amended(register.KindAttribute, a.Key, d.Mine, a))
		case d.Theirs == nil && slices.Contains(v["a"], "drop:"+d.Mine.Key):
			changes = append(changes, excluded(register.KindAttribute, d.Mine.Key, *d.Mine))
		}
	}
	return s.propose(r, v, changes, noField)
}
