package web

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// conflictPage puts two texts of the same thing side by side; nothing was overwritten.
type conflictPage struct {
	frame
	Heading, Lead    string
	Action, BackHref string
	Theirs           string // what the other text is called
	Wrong            []link
	Hidden           []option
	Subjects         []conflictSubject
}

type conflictSubject struct {
	ID, Title, By string
	Hidden        []option
	Fields        []conflictField
}

// A conflictField is one field in two texts. New asks for a third one.
type conflictField struct {
	ID, Name, Label, Base, Take, Error string
	Mine, Their                        []run
	New                                *ask
}

// A side of a choice, as forms send it; see upkeep.TakeMine and TakeTheirs for the other two.
const takeNew = "new"

// follows says which fields nobody chooses by themselves: they go with another one, or with the register («»).
var follows = map[string]string{"contact": "value", "declared": "value", "printed": "feature", "position": "", "source": "", "key": "", "client": ""}

// anew are the fields that may be written anew: plain words.
var anew = []string{"label", "value", "place", "hours", "text", "feature", "title"}

// conflictGet shows where the register has moved on under a proposal.
func (s *site) conflictGet(r *request) (page, error) {
	id := r.PathValue("id")
	d, err := s.desk.Proposal(r.Context(), r.actor(), r.slug, id)
	if err != nil {
		return nil, err
	}
	cs, err := s.desk.Conflicts(r.Context(), r.actor(), r.slug, id)
	if err != nil {
		return nil, err
	}
	edit := s.address(r, "proposals", id, "edit")
	if len(cs) == 0 {
		return nil, &moved{edit}
	}
	p := s.conflictView(r, cs)
	p.Action, p.BackHref = s.address(r, "proposals", id, "conflict"), edit
	p.Heading, p.Lead, p.Theirs = r.lang.T("conflict.title"), r.lang.T("conflict.lead"), r.lang.T("conflict.theirs")
	p.Title = p.Heading
	p.Hidden = []option{{Name: "version", Value: strconv.FormatInt(d.Version, 10)}}
	return p, nil
}

// clashPage is what a save is answered with that came second: the text of the other window, or of the colleague, and one's
// own, which the page carries.
func (s *site) clashPage(r *request) page {
	if r.clash.Code == upkeep.CodeConflict { // it is kept already, and the register has moved on under it
		p := s.conflictView(r, r.clash.Conflicts)
		id := r.clash.Current.ID
		p.Action, p.BackHref = s.address(r, "proposals", id, "conflict"), s.address(r, "proposals", id, "edit")
		p.Heading, p.Lead, p.Theirs = r.lang.T("conflict.title"), r.lang.T("conflict.lead"), r.lang.T("conflict.theirs")
		p.Title = p.Heading
		p.Hidden = []option{{Name: "version", Value: strconv.FormatInt(r.clash.Current.Version, 10)}}
		return p
	}
	p := s.conflictView(r, r.clash.Conflicts)
	p.Action, p.BackHref = r.URL.Path, s.address(r, "proposals", r.clash.Current.ID)
	who := s.who(r, r.clash.Current.Savers[len(r.clash.Current.Savers)-1])
	p.Heading, p.Lead, p.Theirs = r.lang.T("conflict.saved"), r.lang.T("conflict.savedlead", who, r.clock(r.clash.Current.Updated)), r.lang.T("conflict.kept")
	p.Title = p.Heading
	if r.clash.Current.State == upkeep.StateIncluded || r.clash.Current.State == upkeep.StateWithdrawn {
		p.Lead = r.clash.Text
	}
	for name, vs := range r.typed.values {
		if name != "do" && name != "current" && !strings.HasPrefix(name, "c.") {
			for _, v := range vs {
				p.Hidden = append(p.Hidden, option{Name: name, Value: v})
			}
		}
	}
	slices.SortStableFunc(p.Hidden, func(a, b option) int { return strings.Compare(a.Name, b.Name) })
	p.Hidden = append(p.Hidden, option{Name: "current", Value: strconv.FormatInt(r.clash.Current.Version, 10)})
	return p
}

func (s *site) conflictView(r *request, cs []upkeep.Conflict) *conflictPage {
	p := &conflictPage{frame: r.frame("conflict", "desk", "")}
	for i, c := range cs {
		x := conflictSubject{ID: "c" + strconv.Itoa(i), Title: r.conflictTitle(c)}
		name := "c." + string(c.Kind) + "." + c.Key
		x.Hidden = []option{{Name: name + ".seen", Value: c.Seen}}
		if c.By != nil {
			x.By = r.lang.T("conflict.by", lang.Number(c.By.N), r.clock(c.By.Time), s.who(r, c.By.Actor), r.lang.T("op."+string(c.By.Op)))
		}
		field := func(f conflictField) {
			f.ID = x.ID + "-" + strconv.Itoa(len(x.Fields))
			if r.typed != nil {
				if v := r.typed.values.Get(f.Name); v != "" {
					f.Take = v
				}
				f.Error = r.typed.fields[f.Name]
			}
			if f.New != nil {
				f.New.ID, f.New.Name, f.New.Label = f.ID+"-new", f.Name, r.lang.T("conflict.newof", f.Label)
				f.New.Complete = f.Name + ".new" // the name of the field with the words
				f.New.Required = f.Take == takeNew
				if r.typed != nil && r.typed.values.Has(f.New.Complete) {
					f.New.Value = r.typed.values.Get(f.New.Complete)
				}
			}
			if f.Error != "" {
				p.Wrong = append(p.Wrong, link{"#" + f.ID, f.Label + ": " + f.Error})
			}
			x.Fields = append(x.Fields, f)
		}
		if c.Fields == nil { // one side wants it gone, or does not know it
			field(conflictField{Name: name + ".whole", Label: r.lang.T("kind." + string(c.Kind)), Mine: r.whole(c, c.Mine), Their: r.whole(c, c.Theirs)})
			p.Subjects = append(p.Subjects, x)
			continue
		}
		for _, f := range c.Fields {
			if _, ok := follows[f.Field]; ok {
				continue
			}
			v := conflictField{Name: name + ".f." + f.Field, Label: r.fieldName(f.Field), Base: r.title(f.Field, f.Base), Mine: r.redline(f.Field, f.Base, f.Mine), Their: r.redline(f.Field, f.Base, f.Theirs)}
			if f.Touched != upkeep.TouchedBoth {
				v.Take = f.Touched // one of the two is only the old text
			}
			if slices.Contains(anew, f.Field) {
				v.New = &ask{Value: f.Mine}
			}
			field(v)
		}
		p.Subjects = append(p.Subjects, x)
	}
	if p.Wrong == nil && r.typed != nil && r.typed.text != "" && r.clash == nil {
		p.Wrong = []link{{Text: r.typed.text}}
	}
	return p
}

// whole says what a side wants of a subject that the other wants gone.
func (r *request) whole(c upkeep.Conflict, raw json.RawMessage) []run {
	if raw == nil {
		return []run{{Text: r.lang.T("conflict.gone")}}
	}
	var runs []run
	for _, f := range register.ContentFields(c.Base, raw) {
		if _, ok := follows[f.Field]; ok {
			continue
		}
		if runs != nil {
			runs = append(runs, run{Text: "; "})
		}
		runs = append(append(runs, run{Text: r.fieldName(f.Field) + ": "}), r.redline(f.Field, f.Before, f.After)...)
	}
	if runs == nil {
		runs = []run{{Text: r.lang.T("conflict.same")}}
	}
	return runs
}

func (r *request) conflictTitle(c upkeep.Conflict) string {
	raw := c.Mine
	if raw == nil {
		raw = c.Theirs
	}
	if raw == nil {
		raw = c.Base
	}
	switch c.Kind {
	case register.KindTouchpoint:
		var t register.Touchpoint
		if json.Unmarshal(raw, &t) == nil && t.Text() != "" {
			return t.Text()
		}
	case register.KindUsage:
		var u register.Usage
		if json.Unmarshal(raw, &u) == nil && u.Process != "" {
			return r.title("touchpoint", u.Touchpoint) + " — " + r.title("process", u.Process)
		}
	case register.KindReplacement:
		if x, ok := upkeep.ReplacementIn(register.Change{Kind: c.Kind, Content: raw}); ok {
			return r.subjectName(x.Kind, x.Old)
		}
	}
	return r.subjectName(c.Kind, c.Key)
}

// choices reads what was chosen; words are the texts written anew. Errors are at the fields of the form.
func choices(cs []upkeep.Conflict, v url.Values, unchosen string) (out []upkeep.Choice, words map[spot]string, err error) {
	words = map[spot]string{}
	wrong := map[string]string{}
	for _, c := range cs {
		name := "c." + string(c.Kind) + "." + c.Key
		ch := upkeep.Choice{Kind: c.Kind, Key: c.Key, Seen: v.Get(name + ".seen"), Take: upkeep.TakeMerge, Fields: map[string]string{}}
		if c.Fields == nil {
			switch ch.Take = v.Get(name + ".whole"); ch.Take {
			case upkeep.TakeMine, upkeep.TakeTheirs:
				out = append(out, ch)
			case "":
				wrong[name+".whole"] = unchosen
			default:
				return nil, nil, badChoice("kind."+string(c.Kind), ch.Take)
			}
			continue
		}
		for _, f := range c.Fields {
			if _, ok := follows[f.Field]; ok {
				continue
			}
			at := name + ".f." + f.Field
			switch take := v.Get(at); take {
			case upkeep.TakeMine, upkeep.TakeTheirs:
				ch.Fields[f.Field] = take
			case takeNew:
				if !slices.Contains(anew, f.Field) {
					return nil, nil, badChoice("field."+f.Field, take)
				}
				ch.Fields[f.Field] = upkeep.TakeMine
				words[spot{c.Kind, c.Key, f.Field}] = clean(v.Get(at + ".new"))
			case "":
				wrong[at] = unchosen
			default:
				return nil, nil, badChoice("field."+f.Field, take)
			}
		}
		for field, with := range follows {
			ch.Fields[field] = upkeep.TakeTheirs
			if take, ok := ch.Fields[with]; ok && with != "" {
				ch.Fields[field] = take
			}
		}
		out = append(out, ch)
	}
	if len(wrong) > 0 {
		return nil, nil, &formError{Text: unchosen, Fields: wrong}
	}
	return out, words, nil
}

// conflictPost settles what the register and the proposal disagree in.
func (s *site) conflictPost(r *request, v url.Values) (string, error) {
	id, ctx := r.PathValue("id"), r.Context()
	cs, err := s.desk.Conflicts(ctx, r.actor(), r.slug, id)
	if err != nil {
		return "", err
	}
	chosen, words, err := choices(cs, v, r.lang.T("conflict.choose"))
	if err != nil {
		return "", err
	}
	next := s.address(r, "proposals", id, "edit") + "?check=1"
	if len(chosen) == 0 {
		return next, nil
	}
	p, err := s.desk.Resolve(ctx, r.actor(), r.slug, id, atoi64(v.Get("version")), chosen)
	if err != nil || len(words) == 0 {
		return next, err
	}
	content := *p.Content
	content.Changes = slices.Clone(content.Changes)
	if err := write(&content, words); err != nil {
		return "", err
	}
	_, err = s.desk.Save(ctx, r.actor(), r.slug, upkeep.Draft{ID: id, Version: p.Version, Content: content})
	return next, err
}

// write puts words into fields of a content.
func write(c *upkeep.Content, words map[spot]string) error {
	for i, x := range c.Changes {
		if x.Op == register.Exclude {
			continue
		}
		fields := map[string]json.RawMessage{}
		if err := json.Unmarshal(x.Encoded(), &fields); err != nil {
			return err
		}
		changed := false
		for at, text := range words {
			if at.kind == x.Kind && at.key == x.Key {
				fields[at.field], changed = register.Encode(text), true
			}
		}
		if changed {
			raw, err := json.Marshal(fields)
			if err != nil {
				return err
			}
			c.Changes[i].Content, c.Changes[i].Subject = raw, nil
		}
	}
	return nil
}

// merge makes one content of one's own and of what another has kept meanwhile, as was chosen: theirs, with the chosen
// pieces of mine in it.
func (s *site) merge(r *request, e *editing, mine *upkeep.Content, v url.Values) (*upkeep.Content, error) {
	probe := upkeep.Draft{ID: e.id, Version: e.version, Department: e.dept, Content: *mine}
	_, err := s.desk.Save(r.Context(), r.actor(), r.slug, probe)
	var ue *upkeep.Error
	if err == nil || !errors.As(err, &ue) || ue.Code != upkeep.CodeStale || ue.Current == nil {
		return nil, err // kept: the other text is the same by now
	}
	r.clash = ue
	if strconv.FormatInt(ue.Current.Version, 10) != v.Get("current") {
		return nil, &formError{Status: 409, Text: ue.Text}
	}
	chosen, words, err := choices(ue.Conflicts, v, r.lang.T("conflict.choose"))
	if err != nil {
		return nil, err
	}
	out := upkeep.Content{Ground: mine.Ground, Note: mine.Note, Changes: slices.Clone(ue.Current.Content.Changes)}
	for i, c := range ue.Conflicts {
		ch := chosen[i]
		same := func(x upkeep.ProposedChange) bool { return x.Kind == c.Kind && x.Key == c.Key }
		at, my := slices.IndexFunc(out.Changes, same), slices.IndexFunc(mine.Changes, same)
		switch {
		case ch.Take == upkeep.TakeTheirs:
		case ch.Take == upkeep.TakeMine && my < 0:
			out.Changes = slices.Delete(out.Changes, at, at+1)
		case ch.Take == upkeep.TakeMine && at < 0:
			out.Changes = append(out.Changes, mine.Changes[my])
		case ch.Take == upkeep.TakeMine:
			out.Changes[at] = mine.Changes[my]
		default:
			raw, err := upkeep.Settle(c, ch)
			if err != nil {
				return nil, err
			}
			out.Changes[at].Content = raw
		}
	}
	r.clash = nil
	e.version = ue.Current.Version
	return &out, write(&out, words)
}
