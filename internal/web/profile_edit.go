package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// profileEditPage proposes a new profile, another text of one, or to take one out.
type profileEditPage struct {
	frame
	segmentForm
	Key, Back, Base     string
	Name, Group         ask
	Groups              []string
	Values              []valueAsk
	Others              []otherValue // attributes that the dictionary does not have
	Purpose, Features   ask
	Inform, Receive     ask
	InformBy, ReceiveBy ask
	Process             ask
	Notes               []note
	Out                 option
	Error               string // of a value, which has no single field
}

// A valueAsk is one attribute of the dictionary: its values to choose from, and own words.
type valueAsk struct {
	Title string
	List  ask // select, or boxes where several may be named
	Boxes bool
	Own   ask
}

type otherValue struct{ Name, Value ask }

// otherValues is how many attributes that are not in the dictionary the form has room for beside those there are.
const otherValues = 2

func (s *site) editProfile(r *request) (page, error) {
	t := r.lang.T
	key := r.PathValue("key")
	x := register.Profile{}
	p := &profileEditPage{Key: key}
	if key == "" {
		p.frame = r.frame("profile_edit", "clients", t("segments.newprofile"))
		p.Back = p.To("clients")
	} else {
		old := r.snap.profile(key)
		if old == nil {
			return nil, notFound("")
		}
		x = *old
		p.frame = r.frame("profile_edit", "clients", x.Title)
		p.Back = p.To("clients", "profiles", key)
		p.Base = upkeep.HashOf(register.Encode(x))
		p.Out = option{Name: "out", Value: "1", Text: t("segments.outprofile"), Selected: r.typedOr("out", "") != ""}
		p.Notes = r.notesAbout(&p.frame, register.KindProfile, key)
	}
	p.segmentForm = s.segmentForm(r, &p.frame, t("segments.groundprofile"))
	for _, y := range r.snap.reg.Profiles {
		if y.Group != "" && !slices.Contains(p.Groups, y.Group) {
			p.Groups = append(p.Groups, y.Group)
		}
	}
	p.Name = r.asked(ask{Name: "title", Label: t("segments.profiletitle"), Hint: t("segments.noperson"), Kind: "textarea", Rows: 2, Value: x.Title, Max: 500})
	p.Group = r.asked(ask{Name: "group", Label: t("segments.group"), Value: x.Group, Max: 300, List: "groups", Optional: true})
	r.askValues(p, x)
	p.Error = r.fault("values")
	p.Purpose = r.asked(ask{Name: "purpose", Label: t("field.purpose"), Hint: t("segments.purposehint"), Kind: "textarea", Rows: 3, Value: strings.Join(segment.Purposes(x), "\n"), Max: 4000})
	p.Features = r.asked(ask{Name: "features", Label: t("field.features"), Kind: "textarea", Rows: 2, Value: x.Features, Max: 4000, Optional: true})
	p.Inform = r.asked(ask{Name: "inform", Label: t("field.inform"), Hint: t("segments.ownwords"), Value: x.Inform, Max: 500, Optional: true})
	p.Receive = r.asked(ask{Name: "receive", Label: t("field.receive"), Hint: t("segments.ownwords"), Value: x.Receive, Max: 500, Optional: true})
	p.InformBy = r.askChannels("informby", t("field.inform_by"), x.InformBy)
	p.ReceiveBy = r.askChannels("receiveby", t("field.receive_by"), x.ReceiveBy)
	p.Process = ask{Name: "process", Label: t("segments.process"), Kind: "select", Value: x.Process, Optional: true, Options: []option{{Text: t("segments.noprocess")}}}
	for _, q := range r.snap.reg.Processes {
		p.Process.Options = append(p.Process.Options, option{Value: q.Key, Text: q.Title})
	}
	p.Process = r.asked(p.Process)
	p.Wrong = r.wrong(p.Name, p.Group, ask{ID: "values", Label: t("segments.mainvalues"), Error: p.Error}, p.Purpose, p.Features, p.Inform, p.Receive, p.Ground)
	return p, nil
}

// askValues lays out what the profile says of each attribute of the dictionary, and of others.
func (r *request) askValues(p *profileEditPage, x register.Profile) {
	d := segment.NewDictionary(r.snap.reg.Attributes)
	said := map[string]string{} // by key of the attribute
	var others []register.ProfileValue
	for _, v := range x.Values {
		if a, ok := d.Attribute(v.Attribute); ok && said[a.Key] == "" {
			said[a.Key] = v.Value
		} else {
			others = append(others, v)
		}
	}
	for _, a := range r.snap.reg.Attributes {
		list, own := chosenOf(a, said[a.Key])
		typedOwn := r.typedOr("o-"+a.Key, own)
		if r.typed != nil {
			list = r.typed.values["v-"+a.Key]
		}
		q := valueAsk{Title: a.Title, Boxes: a.Several && len(a.Values) > 0,
			List: ask{ID: "v-" + a.Key, Name: "v-" + a.Key, Label: a.Title, Kind: "select", Optional: a.Optional},
			Own:  ask{ID: "o-" + a.Key, Name: "o-" + a.Key, Label: r.lang.T("segments.own"), Value: typedOwn, Max: 500}}
		if a.Free {
			q.Own.Label, q.Own.Optional, q.List.Name = a.Title, a.Optional, ""
		} else if !q.Boxes {
			q.List.Options = []option{{Text: r.lang.T("segments.unsaid")}}
		}
		if !a.Free {
			for _, v := range a.Values {
				q.List.Options = append(q.List.Options, option{Value: v, Text: v, Selected: slices.Contains(list, v)})
			}
		}
		p.Values = append(p.Values, q)
	}
	for i := range len(others) + otherValues {
		v := register.ProfileValue{}
		if i < len(others) {
			v = others[i]
		}
		n := strconv.Itoa(i)
		p.Others = append(p.Others, otherValue{
			r.asked(ask{Name: "xn-" + n, Label: r.lang.T("segments.othername"), Value: v.Attribute, Max: 300}),
			r.asked(ask{Name: "xv-" + n, Label: r.lang.T("segments.othervalue"), Value: v.Value, Max: 500})})
	}
}

// chosenOf parts what a profile says of an attribute: values of its list, and own words.
func chosenOf(a register.Attribute, value string) (list []string, own string) {
	if a.Free || value == "" {
		return nil, value
	}
	names := segment.Names(value)
	if len(names) > 1 && !a.Several {
		return nil, value
	}
	var rest []string
	for _, n := range names {
		i := slices.IndexFunc(a.Values, func(v string) bool { return segment.Same(v, n) })
		if i < 0 {
			rest = append(rest, n)
		} else {
			list = append(list, a.Values[i])
		}
	}
	if len(rest) == 1 && len(names) == 1 {
		return nil, value // as printed, with its semicolon
	}
	return list, strings.Join(rest, "; ")
}

// askChannels offers the kinds of channels and the points of the register.
func (r *request) askChannels(name, label string, refs []register.ChannelRef) ask {
	a := ask{ID: "f-" + name, Name: name, Label: label, Optional: true}
	var chosen []string
	for _, ref := range refs {
		chosen = append(chosen, refValue(ref))
	}
	if r.typed != nil {
		chosen = r.typed.values[name]
	}
	add := func(ref register.ChannelRef, text string) {
		v := refValue(ref)
		a.Options = append(a.Options, option{Value: v, Text: text, Selected: slices.Contains(chosen, v)})
	}
	used := map[string]bool{}
	for _, t := range r.snap.reg.Touchpoints {
		used[t.Kind] = true
	}
	for _, k := range r.snap.proc.Kinds {
		if used[k.Code] || slices.Contains(chosen, "k:"+k.Code) {
			add(register.ChannelRef{Kind: k.Code}, r.lang.T("segments.anyof", k.Title))
		}
	}
	for i, t := range r.snap.reg.Touchpoints {
		if i < 200 || slices.Contains(chosen, "t:"+t.Key) {
			add(register.ChannelRef{Touchpoint: t.Key}, t.Text())
		}
	}
	return a
}

func refValue(ref register.ChannelRef) string {
	if ref.Kind != "" {
		return "k:" + ref.Kind
	}
	return "t:" + ref.Touchpoint
}

func (s *site) proposeProfile(r *request, v url.Values) (string, error) {
	key := r.PathValue("key")
	var old *register.Profile
	x := register.Profile{Values: []register.ProfileValue{}}
	if key != "" {
		if old = r.snap.profile(key); old == nil {
			return "", notFound("")
		}
		x = *old
		if v.Get("base") != upkeep.HashOf(register.Encode(x)) {
			return "", &formError{Status: 409, Text: r.lang.T("segments.moved")}
		}
		if v.Get("out") != "" {
			return s.propose(r, v, []upkeep.ProposedChange{excluded(register.KindProfile, key, x)}, noField)
		}
	}
	x.Title, x.Group, x.Features = squeeze(v.Get("title")), squeeze(v.Get("group")), squeeze(v.Get("features"))
	x.Inform, x.Receive = squeeze(v.Get("inform")), squeeze(v.Get("receive"))
	if old == nil || strings.Join(lines(v.Get("purpose")), "\n") != strings.Join(segment.Purposes(*old), "\n") {
		var ps []string
		for _, l := range lines(v.Get("purpose")) {
			ps = append(ps, squeeze(strings.TrimRight(l, "; ")))
		}
		x.Purpose = strings.Join(ps, "; ")
	}
	x.Values = r.readValues(x, v)
	var err error
	if x.InformBy, err = r.readChannels(v["informby"]); err != nil {
		return "", err
	}
	if x.ReceiveBy, err = r.readChannels(v["receiveby"]); err != nil {
		return "", err
	}
	if x.Process = v.Get("process"); x.Process != "" && r.snap.processes[x.Process] == nil {
		return "", notFound("")
	}
	if old == nil {
		x.Key = freshKey("pr")
		for _, y := range r.snap.reg.Profiles {
			x.Position = max(x.Position, y.Position)
		}
		x.Position++
	} else if string(register.Encode(x)) == string(register.Encode(*old)) {
		return "", &formError{Text: r.lang.T("segments.nothing")}
	}
	if x.Title == "" {
		text := r.lang.T("segments.notitle")
		return "", &formError{Text: text, Fields: map[string]string{"title": text}}
	}
	if field, text, is := segment.Person(x); is {
		return "", &formError{Text: text, Fields: map[string]string{field: text}}
	}
	return s.propose(r, v, []upkeep.ProposedChange{amended(register.KindProfile, x.Key, old, x)}, func(f upkeep.FieldError) string { return f.Field })
}

// readValues takes the values that were chosen or typed. What nobody touched stays as it was printed, under the name that the
// profile uses; new ones follow in the order of the dictionary.
func (r *request) readValues(x register.Profile, v url.Values) []register.ProfileValue {
	d := segment.NewDictionary(r.snap.reg.Attributes)
	at := map[string]int{} // where the profile speaks of an attribute
	for i, y := range x.Values {
		if a, ok := d.Attribute(y.Attribute); ok {
			if _, again := at[a.Key]; !again {
				at[a.Key] = i
			}
		}
	}
	now := map[int]string{}
	var fresh []register.ProfileValue
	for _, a := range r.snap.reg.Attributes {
		var said []string
		for _, c := range v["v-"+a.Key] {
			if c != "" && slices.Contains(a.Values, c) {
				said = append(said, c)
			}
		}
		own := squeeze(v.Get("o-" + a.Key))
		if own != "" {
			said = append(said, own)
		}
		value := strings.Join(said, "; ")
		i, known := at[a.Key]
		if known {
			if list, o := chosenOf(a, x.Values[i].Value); o == own && slices.Equal(list, said[:len(said)-count(own != "")]) {
				value = x.Values[i].Value // untouched
			}
			now[i] = value
		} else if value != "" {
			fresh = append(fresh, register.ProfileValue{Attribute: a.Title, Value: value})
		}
	}
	out := []register.ProfileValue{}
	other := 0
	for i, y := range x.Values {
		value, known := now[i]
		if !known {
			n := strconv.Itoa(other)
			other++
			y.Attribute, value = squeeze(v.Get("xn-"+n)), squeeze(v.Get("xv-"+n))
		}
		if y.Value = value; y.Value != "" && y.Attribute != "" {
			out = append(out, y)
		}
	}
	out = append(out, fresh...)
	for ; v.Has("xn-" + strconv.Itoa(other)); other++ {
		n := strconv.Itoa(other)
		if y := (register.ProfileValue{Attribute: squeeze(v.Get("xn-" + n)), Value: squeeze(v.Get("xv-" + n))}); y.Attribute != "" && y.Value != "" {
			out = append(out, y)
		}
	}
	return out
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// readChannels takes ticked kinds and points; one that is not there is nobody's choice.
func (r *request) readChannels(chosen []string) ([]register.ChannelRef, error) {
	var refs []register.ChannelRef
	for _, c := range chosen {
		kind, isKind := strings.CutPrefix(c, "k:")
		point, isPoint := strings.CutPrefix(c, "t:")
		switch {
		case isKind && r.kindTitle(kind) != "":
			refs = append(refs, register.ChannelRef{Kind: kind})
		case isPoint && r.snap.points[point] != nil:
			refs = append(refs, register.ChannelRef{Touchpoint: point})
		default:
			return nil, notFound("")
		}
	}
	return refs, nil
}
