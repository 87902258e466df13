package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/register"
	"perechen/internal/segment"
	"perechen/internal/upkeep"
)

// profileEditPage is the form of one profile in a proposal.
type profileEditPage struct {
	frame
	ownPage
	New                 bool
	Back                string
	Name, Group         ask
	Groups              []string
	Whole               ask // what is said of the values together
	Values              []valueAsk
	OtherValues         []otherValue // attributes that the dictionary does not have
	Purpose, Features   ask
	Inform, Receive     ask
	InformBy, ReceiveBy ask
	Process             ask
	Notes               []note
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

var ownProfile = ownForm[register.Profile]{
	kind: register.KindProfile, words: "segments.groundprofile", letter: "pr",
	fresh: func(r *request, key string) register.Profile {
		x := register.Profile{Key: key, Values: []register.ProfileValue{}}
		for _, y := range r.snap.reg.Profiles {
			x.Position = max(x.Position, y.Position)
		}
		x.Position++
		return x
	},
	read: (*request).readProfile,
	bar:  segment.Person,
	page: profilePageOf,
}

func profilePageOf(s *site, r *request, e *drafting[register.Profile]) (page, error) {
	t, now := r.lang.T, e.now
	p := &profileEditPage{frame: r.frame("profile_edit", "clients", ""), New: e.from == nil}
	p.Title, p.Back = t("segments.newprofile"), p.To("clients")
	was := register.Profile{}
	if e.from != nil {
		was = *e.from
		p.Title, p.Back = was.Title, p.To("clients", "profiles", e.key)
		p.Out = &option{Name: "out", Value: "1", Text: t("segments.outprofile"), Selected: e.out}
		p.Notes = r.notesAbout(&p.frame, register.KindProfile, e.key)
	}
	for _, y := range r.snap.reg.Profiles {
		if y.Group != "" && !slices.Contains(p.Groups, y.Group) {
			p.Groups = append(p.Groups, y.Group)
		}
	}
	texts := [][2]string{{"values", ""}, {"title", now.Title}, {"group", now.Group}, {"features", now.Features}, {"purpose", now.Purpose}, {"inform", now.Inform}, {"receive", now.Receive}}
	d := segment.NewDictionary(r.snap.reg.Attributes)
	for _, y := range now.Values {
		if a, ok := d.Attribute(y.Attribute); ok {
			texts = append(texts, [2]string{"values." + a.Key, y.Attribute + ": " + y.Value})
		}
	}
	return p, e.fill(s, r, &p.frame, &p.ownPage, texts, func(x *ownFields) {
		x.now = e.from != nil
		p.Name = x.field("title", now.Title, was.Title, ask{ID: "f-title", Name: "title", Label: t("segments.profiletitle"), Hint: t("segments.noperson"), Kind: "textarea", Rows: 2, Max: 500})
		p.Group = x.field("group", now.Group, was.Group, ask{ID: "f-group", Name: "group", Label: t("segments.group"), Max: 300, List: "groups", Optional: true})
		p.Purpose = x.field("purpose", strings.Join(segment.Purposes(now), "\n"), strings.Join(segment.Purposes(was), "\n"), ask{ID: "f-purpose", Name: "purpose", Label: t("field.purpose"), Hint: t("segments.purposehint"), Kind: "textarea", Rows: 3, Max: 4000})
		p.Whole = x.put(ask{ID: "values", Label: t("segments.mainvalues")}, "values")
		x.values(p, now, was)
		p.Features = x.field("features", now.Features, was.Features, ask{ID: "f-features", Name: "features", Label: t("field.features"), Kind: "textarea", Rows: 2, Max: 4000, Optional: true})
		process := ask{ID: "f-process", Name: "process", Label: t("segments.process"), Kind: "select", Optional: true, Options: []option{{Text: t("segments.noprocess")}}}
		for _, q := range r.snap.reg.Processes {
			process.Options = append(process.Options, option{Value: q.Key, Text: q.Title})
		}
		p.Process = x.field("process", now.Process, was.Process, process)
		p.Inform = x.field("inform", now.Inform, was.Inform, ask{ID: "f-inform", Name: "inform", Label: t("field.inform"), Hint: t("segments.ownwords"), Max: 500, Optional: true})
		p.InformBy = x.put(r.askChannels("informby", t("field.inform_by"), now.InformBy), "inform_by")
		p.Receive = x.field("receive", now.Receive, was.Receive, ask{ID: "f-receive", Name: "receive", Label: t("field.receive"), Hint: t("segments.ownwords"), Max: 500, Optional: true})
		p.ReceiveBy = x.put(r.askChannels("receiveby", t("field.receive_by"), now.ReceiveBy), "receive_by")
	})
}

// values lays out what the profile says of each attribute of the dictionary, and of others.
func (x *ownFields) values(p *profileEditPage, now, was register.Profile) {
	r := x.r
	d := segment.NewDictionary(r.snap.reg.Attributes)
	sayOf := func(y register.Profile) (said map[string]string, others []register.ProfileValue) {
		said = map[string]string{} // by key of the attribute
		for _, v := range y.Values {
			if a, ok := d.Attribute(v.Attribute); ok && said[a.Key] == "" {
				said[a.Key] = v.Value
			} else {
				others = append(others, v)
			}
		}
		return said, others
	}
	said, others := sayOf(now)
	before, _ := sayOf(was)
	for _, a := range r.snap.reg.Attributes {
		list, own := chosenOf(a, said[a.Key])
		q := valueAsk{Title: a.Title, Boxes: a.Several && len(a.Values) > 0,
			List: ask{ID: "v-" + a.Key, Name: "v-" + a.Key, Label: a.Title, Kind: "select", Optional: a.Optional},
			Own:  ask{ID: "o-" + a.Key, Name: "o-" + a.Key, Label: r.lang.T("segments.own"), Value: own, Max: 500}}
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
		if x.now && said[a.Key] != before[a.Key] {
			q.Own.Was = cmp.Or(before[a.Key], r.lang.T("form.nothing"))
		}
		q.Own = x.put(q.Own, "values."+a.Key)
		p.Values = append(p.Values, q)
	}
	for i := range len(others) + otherValues {
		v := register.ProfileValue{}
		if i < len(others) {
			v = others[i]
		}
		n := strconv.Itoa(i)
		p.OtherValues = append(p.OtherValues, otherValue{
			x.put(ask{ID: "xn-" + n, Name: "xn-" + n, Label: r.lang.T("segments.othername"), Value: r.typedOr("xn-"+n, v.Attribute), Max: 300}, "others."+n),
			x.put(ask{ID: "xv-" + n, Name: "xv-" + n, Label: r.lang.T("segments.othervalue"), Value: r.typedOr("xv-"+n, v.Value), Max: 500}, "")})
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
	for _, ref := range refs { // what is not there any more stays until it is unticked
		if !slices.ContainsFunc(a.Options, func(o option) bool { return o.Value == refValue(ref) }) {
			add(ref, cmp.Or(ref.Kind, ref.Touchpoint)+": "+r.lang.T("segments.nopoint"))
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

// readProfile takes the profile from what was typed. What nobody touched stays as it was printed.
func (r *request) readProfile(e *drafting[register.Profile], v url.Values) ([]upkeep.FieldError, error) {
	x, printed := e.was, register.Profile{}
	if e.from != nil {
		printed = *e.from
	}
	x.Title, x.Group, x.Features = squeeze(v.Get("title")), squeeze(v.Get("group")), squeeze(v.Get("features"))
	x.Inform, x.Receive = squeeze(v.Get("inform")), squeeze(v.Get("receive"))
	x.Purpose = printed.Purpose
	if strings.Join(lines(v.Get("purpose")), "\n") != strings.Join(segment.Purposes(printed), "\n") {
		var ps []string
		for _, l := range lines(v.Get("purpose")) {
			ps = append(ps, squeeze(strings.TrimRight(l, "; ")))
		}
		x.Purpose = strings.Join(ps, "; ")
	}
	x.Values = r.readValues(printed, v)
	var err error
	if x.InformBy, err = r.readChannels(e.was.InformBy, v["informby"]); err != nil {
		return nil, err
	}
	if x.ReceiveBy, err = r.readChannels(e.was.ReceiveBy, v["receiveby"]); err != nil {
		return nil, err
	}
	if x.Process = v.Get("process"); x.Process != "" && x.Process != e.was.Process && r.snap.processes[x.Process] == nil {
		return nil, notFound("")
	}
	e.now = x
	var fs []upkeep.FieldError
	for i := 0; v.Has("xn-" + strconv.Itoa(i)); i++ {
		n := strconv.Itoa(i)
		if name, value := squeeze(v.Get("xn-"+n)), squeeze(v.Get("xv-"+n)); (name == "") != (value == "") {
			fs = append(fs, upkeep.FieldError{Kind: e.kind, Key: e.key, Field: "others." + n, Text: r.lang.T("segments.halfvalue")})
		}
	}
	return fs, nil
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

// readChannels takes ticked kinds and points; one that is not there is nobody's choice, unless the profile had it.
func (r *request) readChannels(had []register.ChannelRef, chosen []string) ([]register.ChannelRef, error) {
	var refs []register.ChannelRef
	for _, c := range chosen {
		kind, isKind := strings.CutPrefix(c, "k:")
		point, isPoint := strings.CutPrefix(c, "t:")
		i := slices.IndexFunc(had, func(ref register.ChannelRef) bool { return refValue(ref) == c })
		switch {
		case i >= 0:
			refs = append(refs, had[i])
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
