package web

import (
	"slices"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// profilePage is one profile: who it describes, what is wrong with it, where its client turns, how it came to be so.
type profilePage struct {
	frame
	Group    string
	Gone     string
	Rows     []profileRow
	Purposes []string
	Features string
	Inform   channelsView
	Receive  channelsView
	Process  *link
	Journeys []link
	Notes    []note // that belong to no row
	History  []event
	Edit     string
	Compare  string
	Source   string
	Key      string
}

// A profileRow is one attribute of a profile with the findings about it.
type profileRow struct {
	Name, Value string
	Attribute   string // as the dictionary calls it, where that is another name
	Notes       []note
}

// channelsView is how a client prefers to be reached: in the order's words, and where that is in this register.
type channelsView struct {
	Name    string
	Words   string
	Guessed bool // what the words seem to mean: nobody has said so
	Items   []channelView
}

type channelView struct {
	Text   string // of a kind
	Point  *link
	Points []link // of that kind
	More   string
}

func (s *site) profile(r *request) (page, error) {
	key := r.PathValue("key")
	history, err := s.ledger.History(r.Context(), r.slug, register.KindProfile, key)
	if err != nil {
		return nil, err
	}
	x, gone := r.snap.profile(key), ""
	if x == nil {
		x, gone = lastContent[register.Profile](history, r.view.N), r.lang.T("segments.gone")
	}
	if x == nil && knownBy(history, r.view.N) {
		x, gone = &register.Profile{Key: key, Title: key}, r.lang.T("log.erased")
	}
	if x == nil {
		return nil, notFound("")
	}
	p := &profilePage{frame: r.frame("clients_profile", "clients", x.Title), Key: key, Group: x.Group, Gone: gone, Purposes: segment.Purposes(*x), Features: x.Features, Source: sourceText(x.Source)}
	if gone == "" {
		p.Compare = p.To("clients", "compare")
		if r.proposes() {
			p.Edit = p.To("clients", "profiles", key, "edit")
		}
	}
	p.Notes = r.notesAbout(&p.frame, register.KindProfile, key)
	for i := range p.Notes {
		p.Notes[i].Text = short(p.Notes[i].Text, x.Title)
	}
	d := segment.NewDictionary(r.snap.reg.Attributes)
	for _, v := range x.Values {
		row := profileRow{Name: v.Attribute, Value: v.Value}
		if a, ok := d.Attribute(v.Attribute); ok && a.Title != v.Attribute {
			row.Attribute = a.Title
		}
		quote := v.Attribute + ": " + v.Value
		p.Notes = slices.DeleteFunc(p.Notes, func(n note) bool {
			f := r.snap.finding[n.ID]
			at := f != nil && slices.ContainsFunc(f.Places, func(pl register.Place) bool {
				return pl.Kind == register.KindProfile && pl.Key == key && pl.Quote == quote
			})
			if at {
				row.Notes = append(row.Notes, n)
			}
			return at
		})
		p.Rows = append(p.Rows, row)
	}
	p.Inform = r.channels(&p.frame, "inform", x.Inform, x.InformBy)
	p.Receive = r.channels(&p.frame, "receive", x.Receive, x.ReceiveBy)
	if q := r.snap.processes[x.Process]; q != nil {
		p.Process = &link{p.To("processes", q.Key), q.Title}
	}
	for _, j := range r.snap.reg.Journeys {
		if j.Profile == key {
			p.Journeys = append(p.Journeys, link{p.To("journeys", j.Key), j.Title + " (" + r.lang.T("journey.state."+j.State) + ")"})
		}
	}
	p.History = r.events(&p.frame, history)
	return p, nil
}

// profile is the profile with that key; nil when there is none.
func (s *snapshot) profile(key string) *register.Profile {
	if i := slices.IndexFunc(s.reg.Profiles, func(x register.Profile) bool { return x.Key == key }); i >= 0 {
		return &s.reg.Profiles[i]
	}
	return nil
}

// maxChannelPoints is how many points of a kind a profile's page names.
const maxChannelPoints = 8

// channels shows preferred channels with the points of the register. Where nobody has linked any, the words are looked at:
// «Лично в организации» leads to the rooms.
func (r *request) channels(f *frame, name, words string, refs []register.ChannelRef) channelsView {
	v := channelsView{Name: r.fieldName(name), Words: words}
	if len(refs) == 0 && words != "" {
		v.Guessed = true
		for _, code := range r.guessed(words) {
			refs = append(refs, register.ChannelRef{Kind: code})
		}
	}
	for _, ref := range refs {
		if ref.Kind == "" {
			if t := r.snap.points[ref.Touchpoint]; t != nil {
				v.Items = append(v.Items, channelView{Point: &link{f.To("points", t.Key), t.Text()}})
			} else {
				v.Items = append(v.Items, channelView{Text: r.lang.T("segments.nopoint")})
			}
			continue
		}
		item := channelView{Text: r.kindTitle(ref.Kind)}
		n := 0
		for i := range r.snap.reg.Touchpoints {
			if t := &r.snap.reg.Touchpoints[i]; t.Kind == ref.Kind {
				if n++; n <= maxChannelPoints {
					item.Points = append(item.Points, link{f.To("points", t.Key), t.Text()})
				}
			}
		}
		if n > maxChannelPoints {
			item.More = r.lang.T("segments.morepoints", n-maxChannelPoints)
		}
		if !v.Guessed || n > 0 {
			v.Items = append(v.Items, item)
		}
	}
	return v
}

// guessed are the kinds of channels that words seem to name. «Лично» is where people are received.
func (r *request) guessed(words string) []string {
	m := procedure.NewMatcher(r.snap.proc)
	var codes []string
	for _, part := range strings.FieldsFunc(words, func(c rune) bool { return c == ',' || c == ';' }) {
		code, ok := m.Kind(part)
		if !ok && strings.Contains(strings.ToLower(part), "лично") {
			code, ok = "office", true
		}
		if ok && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// channelNames reads a field of channels in a difference, where codes and keys stand.
func (r *request) channelNames(value string) string {
	parts := strings.Split(value, "; ")
	for i, v := range parts {
		if t := r.snap.points[v]; t != nil {
			parts[i] = t.Text()
		} else if k := r.kindTitle(v); k != "" {
			parts[i] = k
		}
	}
	return strings.Join(parts, "; ")
}
