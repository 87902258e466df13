package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// An ownForm is the form of one subject that stands by itself: an attribute of the dictionary, a profile, a journey. What such
// forms have in common is done here: the draft that keeps itself, its conflicts, what the checks and the officer say of it.
type ownForm[T any] struct {
	kind   register.Kind
	words  string                                                                      // message: for what it is usually changed
	fresh  func(r *request, key string) T                                              // a new one; nil where new ones begin elsewhere
	letter string                                                                      // begins the key of a new one
	read   func(r *request, e *drafting[T], v url.Values) ([]upkeep.FieldError, error) // takes what was typed into e.now
	bar    func(now T) (field, text string, is bool)                                   // what must not even be kept; may be nil
	press  func(e *drafting[T], do, what string) (at string)                           // the buttons of its own; may be nil
	page   func(s *site, r *request, e *drafting[T]) (page, error)
}

// A drafting is one look at such a form.
type drafting[T any] struct {
	editing
	kind    register.Kind
	key     string
	base    string         // hash of the text that the change is drawn from; empty for a new subject
	from    *T             // that text; nil: a new one
	was     T              // as the proposal keeps it, or else as the register has it
	now     T              // as it is in the form
	out     bool           // it is to be excluded
	content upkeep.Content // all of the proposal, as it is kept
	barred  bool           // what was typed is not kept
}

// ownPages are the pages of the kinds that have forms of their own.
var ownPages = map[register.Kind][]string{
	register.KindAttribute: {"clients", "dictionary"},
	register.KindProfile:   {"clients", "profiles"},
	register.KindJourney:   {"journeys"},
}

// ownSubject is the first subject of a proposal that changes nothing but what has forms of its own; ok is false for any other.
func ownSubject(p *upkeep.Proposal) (sub subject, ok bool) {
	if p == nil || p.Content == nil || len(p.Content.Changes) == 0 {
		return subject{}, false
	}
	for _, c := range p.Content.Changes {
		if ownPages[c.Kind] == nil {
			return subject{}, false
		}
	}
	first := p.Content.Changes[0]
	return subject{first.Kind, first.Key}, true
}

// ownHref is the address of the form of a subject in a proposal.
func (s *site) ownHref(r *request, sub subject, proposal string) string {
	at := s.address(r, append(slices.Clone(ownPages[sub.kind]), sub.key, "edit")...)
	return at + "?proposal=" + url.QueryEscape(proposal)
}

// start reads the proposal and the subject that the address names, with what was typed.
func (f ownForm[T]) start(s *site, r *request, v url.Values) (*drafting[T], error) {
	e := &drafting[T]{kind: f.kind, key: r.PathValue("key")}
	begun := e.key == ""
	if begun {
		if e.key = v.Get("key"); e.key == "" {
			e.key = freshKey(f.letter)
		}
		e.untouched = !v.Has("form")
	}
	e.id = r.URL.Query().Get("proposal")
	if id := v.Get("proposal"); id != "" {
		e.id = id
	}
	if e.id != "" {
		switch err := s.kept(r, &e.editing); {
		case err == nil:
		case upkeep.CodeOf(err) == upkeep.CodeNotFound && v.Has("form"):
			e.proposal = nil // the first time that it is kept
		default:
			return nil, err
		}
	}
	e.base = v.Get("base")
	e.content = upkeep.Content{Ground: r.actualised(r.lang.T(f.words)), Changes: []upkeep.ProposedChange{}}
	var mine *upkeep.ProposedChange
	if e.proposal != nil {
		e.content = *e.proposal.Content
		for i := range e.content.Changes {
			if c := &e.content.Changes[i]; c.Kind == f.kind && c.Key == e.key {
				mine, e.base = c, c.Base
			}
		}
	}
	if mine == nil && begun {
		e.base, e.was = "", f.fresh(r, e.key)
	}
	if mine == nil && !begun || e.base != "" {
		raw, base, err := s.source(r).content(f.kind, e.key, e.base)
		if err != nil {
			return nil, err
		}
		if e.base = base; raw != nil {
			e.from = new(T)
			if err := json.Unmarshal(raw, e.from); err != nil {
				return nil, err
			}
			e.was = *e.from
		}
	}
	if mine != nil {
		if e.out = mine.Op == register.Exclude; !e.out {
			e.was = *new(T)
			if err := json.Unmarshal(mine.Encoded(), &e.was); err != nil {
				return nil, err
			}
		}
	}
	if mine == nil && !begun && e.from == nil {
		return nil, notFound("")
	}
	e.now = e.was
	if v.Has("form") {
		return e, f.typed(r, e, v)
	}
	if e.proposal == nil {
		if ds := r.mayDraw(); len(ds) > 0 && !slices.Contains(ds, "") {
			e.dept = ds[0]
		}
	}
	return e, nil
}

// typed takes what was typed.
func (f ownForm[T]) typed(r *request, e *drafting[T], v url.Values) error {
	if n, err := strconv.ParseInt(v.Get("version"), 10, 64); err == nil {
		e.version = n
	}
	if v.Has("dept") {
		if e.dept = v.Get("dept"); e.dept != "" && r.snap.departments[e.dept] == "" {
			return notFound("")
		}
	}
	if v.Has("groundtext") {
		e.content.Ground = register.Ground{Act: squeeze(v.Get("groundact"))}
		if text := squeeze(v.Get("groundtext")); text != "" {
			act := e.content.Ground.Act
			e.content.Ground = r.actualised(text)
			e.content.Ground.Act = act
		}
	}
	if v.Has("note") {
		e.content.Note = clean(v.Get("note"))
	}
	e.out = v.Get("out") == "1" && e.from != nil
	fs, err := f.read(r, e, v)
	if f.bar != nil {
		if field, text, is := f.bar(e.now); is {
			e.barred = true
			fs = append(fs, upkeep.FieldError{Kind: f.kind, Key: e.key, Field: field, Text: text})
		}
	}
	e.fields = fs
	return err
}

// actualised is the ground of a change: the clause of actualisation, in the words given.
func (r *request) actualised(words string) register.Ground {
	return register.Ground{Clause: r.snap.proc.Actualise.Clause, Text: words}
}

// whole is the content of the proposal with the subject as it is in the form.
func (e *drafting[T]) whole() upkeep.Content {
	c := e.content
	x := upkeep.ProposedChange{Change: register.Change{Op: register.Amend, Kind: e.kind, Key: e.key, Content: register.Encode(e.now)}, Base: e.base}
	switch {
	case e.base == "":
		x.Op = register.Include
	case e.out:
		x.Op, x.Content = register.Exclude, nil
	}
	same := e.from != nil && x.Op == register.Amend && string(register.Encode(*e.from)) == string(x.Content)
	c.Changes = slices.Clone(c.Changes)
	i := slices.IndexFunc(c.Changes, func(y upkeep.ProposedChange) bool { return y.Kind == x.Kind && y.Key == x.Key })
	switch {
	case i >= 0 && same:
		c.Changes = slices.Delete(c.Changes, i, i+1)
	case i >= 0:
		c.Changes[i] = x
	case !same:
		c.Changes = append(c.Changes, x)
	}
	return c
}

// get shows the form: of the draft that the viewer has of the subject, if there is one.
func (f ownForm[T]) get(s *site) func(*request) (page, error) {
	return func(r *request) (page, error) {
		if s.desk == nil {
			return nil, notFound("")
		}
		if r.clash != nil {
			return s.clashPage(r), nil
		}
		if r.typed == nil && r.URL.Query().Get("proposal") == "" && r.PathValue("key") != "" {
			id, err := s.openDraft(r, subject{f.kind, r.PathValue("key")})
			if err != nil {
				return nil, err
			}
			if id != "" {
				return nil, &moved{s.ownHref(r, subject{f.kind, r.PathValue("key")}, id)}
			}
		}
		v := url.Values{}
		if r.typed != nil {
			v = r.typed.values
		}
		e, err := f.start(s, r, v)
		if err != nil {
			return nil, err
		}
		if r.edited != nil { // a post that was refused: its errors, and the version that it has kept all the same
			e.fields = r.edited.fields
			if r.edited.proposal != nil {
				e.proposal, e.version = r.edited.proposal, r.edited.version
			}
		}
		return f.page(s, r, e)
	}
}

// post keeps what was typed and does what the button says.
func (f ownForm[T]) post(s *site) func(*request, url.Values) (string, error) {
	return func(r *request, v url.Values) (string, error) {
		if s.desk == nil {
			return "", notFound("")
		}
		e, err := f.start(s, r, v)
		if err != nil {
			return "", err
		}
		do, what, _ := strings.Cut(v.Get("do"), ":")
		if do == "withdraw" && e.proposal != nil {
			_, err := s.desk.Withdraw(r.Context(), r.actor(), r.slug, e.id, atoi64(v.Get("version")))
			return s.address(r, "proposals"), s.refused(r, &e.editing, err)
		}
		at := ""
		if f.press != nil {
			at = f.press(e, do, what)
		}
		r.edited = &e.editing
		refuse := func(fs []upkeep.FieldError) error {
			return s.refused(r, &e.editing, &upkeep.Error{Code: upkeep.CodeInvalid, Text: r.lang.T("form.wrong"), Fields: fs})
		}
		if e.barred && do != "live" {
			return "", refuse(e.fields)
		}
		content := e.whole()
		here := func() string { return s.ownHref(r, subject{f.kind, e.key}, e.id) }
		if do == "settle" {
			merged, err := s.merge(r, &e.editing, &content, v)
			if err != nil || merged == nil {
				return here() + "&check=1", err
			}
			content = *merged
		}
		if nothing := e.proposal == nil && len(content.Changes) == 0; do == "live" && (nothing || e.barred) {
			return "", f.live(s, r, e)
		} else if nothing {
			return "", &formError{Text: r.lang.T("segments.nothing")}
		}
		p, err := s.desk.Save(r.Context(), r.actor(), r.slug, upkeep.Draft{ID: e.id, Version: e.version, Department: e.dept, Content: content})
		if err != nil {
			return "", s.refused(r, &e.editing, err)
		}
		e.proposal, e.version = p, p.Version
		switch do {
		case "live":
			return "", f.live(s, r, e)
		case "submit":
			if p.State == upkeep.StateSubmitted || p.State == upkeep.StateIncluded {
				return s.address(r, "proposals", e.id), nil // the answer to the first sending was lost
			}
			if len(e.fields) > 0 {
				return "", refuse(e.fields)
			}
			if _, err := s.desk.Submit(r.Context(), r.actor(), r.slug, e.id, p.Version); err != nil {
				return "", s.refused(r, &e.editing, err)
			}
			return s.address(r, "proposals", e.id), nil
		case "save", "settle":
			if len(e.fields) > 0 {
				return "", refuse(e.fields)
			}
			at = "&check=1"
		case "map":
			return s.address(r, append([]string{"proposals", e.id}, append(slices.Clone(ownPages[f.kind]), e.key)...)...), nil
		}
		return here() + at, nil
	}
}

// live answers the script with the parts that the server fills in.
func (f ownForm[T]) live(s *site, r *request, e *drafting[T]) error {
	p, err := f.page(s, r, e)
	if err != nil {
		return err
	}
	if part, ok := p.(interface{ onlyForm() }); ok {
		part.onlyForm()
	}
	r.answer = p
	return nil
}
