package web

import (
	"cmp"
	"crypto/rand"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A sheet is the content of a proposal laid out as its form: points, under each its usages. It begins as what the register
// says with the proposal's changes laid over it, takes what was typed, and gives the changes back.
type sheet struct {
	points []*pointPart
	others []upkeep.ProposedChange // what the form only lists: a process that is excluded, a row of a file
	ground register.Ground
	note   string
}

// A pointPart is a point in a sheet.
type pointPart struct {
	register.Touchpoint
	from   *register.Touchpoint // what it was drawn up from; nil: a new point
	base   string               // hash of that
	out    bool                 // to be excluded,
	by     string               // and what then stands in its place; empty: nothing
	shown  bool                 // asked for by name: its facts are unfolded
	usages []*usagePart
}

// A usagePart is a usage in a sheet.
type usagePart struct {
	register.Usage
	from *register.Usage
	base string
	out  bool
	open bool // shown unfolded
}

// A source gives what a sheet is made from: the register as it is now, and any older content by its hash.
type source struct {
	reg     *snapshot
	subject func(kind register.Kind, key string) (upkeep.Subject, error)
	history func(kind register.Kind, key string) ([]register.Entry, error)

	included map[subject]json.RawMessage // by the proposal that is edited
}

func (s *site) source(r *request) source {
	return source{
		reg: r.snap,
		subject: func(kind register.Kind, key string) (upkeep.Subject, error) {
			return s.desk.Subject(r.Context(), r.actor(), r.slug, kind, key)
		},
		history: func(kind register.Kind, key string) ([]register.Entry, error) {
			return s.ledger.History(r.Context(), r.slug, kind, key)
		},
	}
}

// maxUsages is how many usages of one point a form shows at once; the others are opened one by one.
const maxUsages = 12

// maxForms is up to how many changes a proposal is laid out as forms; of a longer one, a file's, they are listed, and
// forms are opened one by one.
const maxForms = 60

// maxPoints is how many points one form holds.
const maxPoints = 50

// sheet lays out a content; show names points and usages to be there whether or not they change.
func (src source) sheet(c *upkeep.Content, show []string, open []string) (*sheet, error) {
	sh := &sheet{}
	if c == nil {
		c = &upkeep.Content{}
	}
	sh.ground, sh.note = c.Ground, c.Note
	var usages, heirs []upkeep.ProposedChange
	few := len(c.Changes) <= maxForms
	for _, ch := range c.Changes {
		switch {
		case ch.Kind == register.KindTouchpoint && (few || slices.Contains(show, ch.Key)):
			p, err := src.point(ch.Key, ch.Base)
			if err != nil {
				return nil, err
			}
			if ch.Op == register.Exclude {
				p.out = true
			} else if err := json.Unmarshal(ch.Encoded(), &p.Touchpoint); err != nil {
				return nil, err
			}
			sh.points = append(sh.points, p)
		case ch.Kind == register.KindUsage && (few || slices.Contains(open, ch.Key)):
			usages = append(usages, ch)
		case ch.Kind == register.KindReplacement:
			heirs = append(heirs, ch)
		default:
			sh.others = append(sh.others, ch)
		}
	}
	for _, key := range show {
		if sh.point(key) == nil {
			p, err := src.point(key, "")
			if err != nil {
				return nil, err
			}
			sh.points = append(sh.points, p)
		}
		sh.point(key).shown = true
	}
	for _, ch := range heirs {
		if p := sh.replaced(ch.Key); p != nil {
			x, _ := upkeep.ReplacementIn(ch.Change)
			p.by = x.By
			continue
		}
		sh.others = append(sh.others, ch)
	}
	for _, ch := range usages {
		u, err := src.usage(ch.Key, ch.Base)
		if err != nil {
			return nil, err
		}
		if ch.Op == register.Exclude {
			u.out = true
		} else if err := json.Unmarshal(ch.Encoded(), &u.Usage); err != nil {
			return nil, err
		}
		p := sh.point(u.Touchpoint)
		if p == nil {
			if p, err = src.point(u.Touchpoint, ""); err != nil || len(sh.points) >= maxPoints {
				sh.others = append(sh.others, ch)
				continue
			}
			sh.points = append(sh.points, p)
		}
		u.open = !u.out
		p.usages = append(p.usages, u)
	}
	for _, p := range sh.points {
		src.fill(p, open)
	}
	return sh, nil
}

// fill adds to a point the usages that it has in the register: all when they are few, else those to be opened.
func (src source) fill(p *pointPart, open []string) {
	all := src.reg.usagesAt(p.Key)
	for _, u := range all {
		wanted := slices.Contains(open, u.Key)
		if i := slices.IndexFunc(p.usages, func(x *usagePart) bool { return x.Key == u.Key }); i >= 0 {
			p.usages[i].open = p.usages[i].open || wanted
			continue
		}
		if wanted || len(all) <= maxUsages {
			part, err := src.usage(u.Key, "")
			if err != nil {
				continue // it is in the register: there it was just found
			}
			part.open = wanted
			p.usages = append(p.usages, part)
		}
	}
	slices.SortStableFunc(p.usages, func(a, b *usagePart) int {
		return cmp.Compare(src.rank(a), src.rank(b))
	})
}

// rank puts the usages of a point in report order, new ones last.
func (src source) rank(u *usagePart) int {
	if u.from == nil {
		return 1 << 30
	}
	return src.reg.processNo[u.Process]
}

func (sh *sheet) point(key string) *pointPart {
	for _, p := range sh.points {
		if p.Key == key {
			return p
		}
	}
	return nil
}

// replaced is the point of the sheet that a replacement is of.
func (sh *sheet) replaced(key string) *pointPart {
	for _, p := range sh.points {
		if register.ReplacementKey(register.KindTouchpoint, p.Key) == key {
			return p
		}
	}
	return nil
}

// point gives a point as it stands in the register; with another base, as it stood when that was drawn up. A key of the
// form freshKey that nobody has is a new point, and so is one that the proposal includes, as it includes it. Any other is
// not found.
func (src source) point(key, base string) (*pointPart, error) {
	raw, hash, err := src.content(register.KindTouchpoint, key, base)
	if err != nil {
		return nil, err
	}
	p := &pointPart{base: hash}
	if raw == nil {
		p.Touchpoint = register.Touchpoint{Key: key, Position: src.reg.lastPoint() + 1}
		return p, src.put(subject{register.KindTouchpoint, key}, &p.Touchpoint)
	}
	p.from = new(register.Touchpoint)
	if err := json.Unmarshal(raw, p.from); err != nil {
		return nil, err
	}
	p.Touchpoint = *p.from
	p.by = src.reg.reg.Heir(register.KindTouchpoint, key)
	return p, nil
}

// put fills a new subject with what the proposal includes under its key, if it does.
func (src source) put(sub subject, to any) error {
	if content, ok := src.included[sub]; ok {
		return json.Unmarshal(content, to)
	}
	if !isFresh(sub.key) {
		return notFound("")
	}
	return nil
}

// includes remembers what a proposal includes, for instance from a file, whose points have keys of their own.
func (src *source) includes(c *upkeep.Content) {
	src.included = map[subject]json.RawMessage{}
	for _, ch := range c.Changes {
		if ch.Op == register.Include {
			src.included[subject{ch.Kind, ch.Key}] = ch.Encoded()
		}
	}
}

// usage is point for a usage.
func (src source) usage(key, base string) (*usagePart, error) {
	raw, hash, err := src.content(register.KindUsage, key, base)
	if err != nil {
		return nil, err
	}
	u := &usagePart{base: hash}
	if raw == nil {
		u.Usage = register.Usage{Key: key, Client: src.reg.proc.Client.Code, Needs: []register.NeedRef{}, Position: src.reg.lastUsage() + 1}
		u.open = true
		return u, src.put(subject{register.KindUsage, key}, &u.Usage)
	}
	u.from = new(register.Usage)
	if err := json.Unmarshal(raw, u.from); err != nil {
		return nil, err
	}
	u.Usage = *u.from
	return u, nil
}

// content is what a subject is drawn up from: the content with that hash, or what stands in the register now when no hash
// is given or nobody knows it. Nil is a subject that is not in the register.
func (src source) content(kind register.Kind, key, base string) (json.RawMessage, string, error) {
	now, err := src.subject(kind, key)
	if err != nil || base == "" || now.Base == base {
		return now.Content, now.Base, err
	}
	entries, err := src.history(kind, key)
	if err != nil {
		return nil, "", err
	}
	for _, e := range slices.Backward(entries) {
		if e.Content != nil && upkeep.HashOf(e.Content) == base {
			return e.Content, base, nil
		}
	}
	return now.Content, base, nil
}

// freshKey makes the key of a new subject; t begins that of a point, u that of a usage.
func freshKey(letter string) string { return letter + strings.ToLower(rand.Text()[:12]) }

func isFresh(key string) bool {
	if len(key) != 13 || key[0] != 't' && key[0] != 'u' {
		return false
	}
	return strings.Trim(key[1:], "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// content gives what the sheet says as changes: points first, then usages, then the rest. A usage of a point that is to be
// excluded goes with it.
func (sh *sheet) content(src source) (*upkeep.Content, error) {
	c := &upkeep.Content{Changes: []upkeep.ProposedChange{}, Ground: sh.ground, Note: sh.note}
	add := func(kind register.Kind, key, base string, from, now any, fresh, out bool) {
		ch := upkeep.ProposedChange{Change: register.Change{Op: register.Amend, Kind: kind, Key: key}, Base: base}
		switch {
		case out:
			ch.Op = register.Exclude
		case fresh:
			ch.Op, ch.Base, ch.Content = register.Include, "", register.Encode(now)
		default:
			ch.Content = register.Encode(now)
			if string(ch.Content) == string(register.Encode(from)) {
				return
			}
		}
		c.Changes = append(c.Changes, ch)
	}
	for _, p := range sh.points {
		if p.from == nil && p.out {
			continue
		}
		add(register.KindTouchpoint, p.Key, p.base, p.from, p.Touchpoint, p.from == nil, p.out)
	}
	for _, p := range sh.points {
		gone := map[string]bool{}
		if p.out {
			for _, u := range src.reg.usagesAt(p.Key) {
				now, err := src.subject(register.KindUsage, u.Key)
				if err != nil {
					return nil, err
				}
				gone[u.Key] = true
				add(register.KindUsage, u.Key, now.Base, nil, nil, false, true)
			}
		}
		for _, u := range p.usages {
			if gone[u.Key] || u.from == nil && (u.out || p.out) {
				continue
			}
			add(register.KindUsage, u.Key, u.base, u.from, u.Usage, u.from == nil, u.out || p.out)
		}
	}
	for _, p := range sh.points {
		if !p.out || p.from == nil {
			continue
		}
		now, err := src.subject(register.KindReplacement, register.ReplacementKey(register.KindTouchpoint, p.Key))
		if err != nil {
			return nil, err
		}
		if x, ok := upkeep.Replacing(now, register.KindTouchpoint, p.Key, p.by); ok {
			c.Changes = append(c.Changes, x)
		}
	}
	c.Changes = append(c.Changes, sh.others...)
	return c, nil
}

// read takes what was typed. Fields that the form does not have stay as they are, so nothing but them can be set.
func (sh *sheet) read(v url.Values, reg *snapshot) error {
	for _, p := range sh.points {
		if err := p.read(enteredOf(v, "p", p.Key), reg); err != nil {
			return err
		}
		for _, u := range p.usages {
			if err := u.read(enteredOf(v, "u", u.Key), reg); err != nil {
				return err
			}
		}
	}
	sh.note = trimmed(v.Get("note"), sh.note, v.Has("note"))
	return nil
}

// entered gives the fields of one subject of a form by their names.
type entered struct {
	v      url.Values
	prefix string
}

func enteredOf(v url.Values, letter, key string) entered { return entered{v, letter + "." + key + "."} }

func (t entered) has(name string) bool { return t.v.Has(t.prefix + name) }

// set puts what was typed where it belongs, if the form had the field.
func (t entered) set(to *string, name string) {
	if t.has(name) {
		*to = clean(t.v.Get(t.prefix + name))
	}
}

func trimmed(s, was string, has bool) string {
	if has {
		return clean(s)
	}
	return was
}

// clean makes one way of writing of what browsers send: lines end with \n, no spaces at the ends.
func clean(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

func (p *pointPart) read(t entered, reg *snapshot) error {
	before := p.Touchpoint
	t.set(&p.Label, "label")
	t.set(&p.Value, "value")
	t.set(&p.Place, "place")
	t.set(&p.Hours, "hours")
	if t.has("kind") {
		kind := t.v.Get(t.prefix + "kind")
		if _, ok := reg.proc.KindByCode(kind); !ok && kind != "" && kind != before.Kind {
			return badChoice("field.kind", kind)
		}
		p.Kind = kind
	}
	if t.has("department") {
		dept := t.v.Get(t.prefix + "department")
		if dept != "" && reg.departments[dept] == "" && dept != before.Department {
			return notFound("")
		}
		p.Department = dept
	}
	t.date(&p.From, "from")
	t.date(&p.To, "to")
	p.out = t.v.Get(t.prefix+"out") == "1"
	t.set(&p.by, "by")
	return nil
}

func (t entered) date(to *register.Date, name string) {
	if t.has(name) {
		*to = readDate(clean(t.v.Get(t.prefix + name)))
	}
}

// readDate takes «16.02.2026» for 2026-02-16, for browsers without a calendar; anything else stays as it is typed.
func readDate(s string) register.Date {
	if len(s) == 10 && s[2] == '.' && s[5] == '.' {
		if d := register.Date(s[6:] + "-" + s[3:5] + "-" + s[:2]); isDate(d) {
			return d
		}
	}
	return register.Date(s)
}

func isDate(d register.Date) bool { _, ok := d.Time(); return ok }

func (u *usagePart) read(t entered, reg *snapshot) error {
	before := u.Usage
	if t.has("process") && u.from == nil {
		process := t.v.Get(t.prefix + "process")
		if process != "" && reg.processes[process] == nil {
			return notFound("")
		}
		u.Process = process
	}
	if t.has("needs") { // a hidden field: a box that is not ticked sends nothing
		if err := u.readNeeds(t, reg); err != nil {
			return err
		}
	}
	t.set(&u.Text, "text")
	t.set(&u.Feature, "feature")
	if t.has("forms") {
		u.Forms = lines(t.v.Get(t.prefix + "forms"))
	}
	t.date(&u.From, "from")
	t.date(&u.To, "to")
	// Words that nobody has written follow the needs, also those that followed them when the form was filled.
	if followed := clean(t.v.Get(t.prefix + "followed")); u.Text == before.Text || followed != "" && u.Text == followed {
		u.Text = before.Text
		if !slices.Equal(before.Needs, u.Needs) {
			u.Text = wording(before, u.Needs)
		}
	}
	u.out = t.v.Get(t.prefix+"out") == "1"
	return nil
}

// lines are the lines of a text that are not empty; nil when there are none.
func lines(s string) (ls []string) {
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			ls = append(ls, l)
		}
	}
	return ls
}

// readNeeds takes the ticked needs: a need that the usage had keeps its printed wording, a new one gets that of the
// procedure, and the open one is what was typed beside it.
func (u *usagePart) readNeeds(t entered, reg *snapshot) error {
	ticked := t.v[t.prefix+"need"]
	other := clean(t.v.Get(t.prefix + "other"))
	was := u.Needs
	var had, fresh []register.NeedRef
	open := ""
	for _, n := range reg.proc.Needs {
		if n.Other {
			open = n.Code
		}
	}
	for _, code := range ticked {
		if _, ok := reg.proc.NeedByCode(code); !ok && !slices.ContainsFunc(was, func(n register.NeedRef) bool { return n.Code == code }) {
			return badChoice("field.needs", code)
		}
	}
	var others []string
	for _, s := range strings.FieldsFunc(other, func(r rune) bool { return r == ';' || r == '\n' }) {
		if s = strings.TrimSpace(s); s != "" {
			others = append(others, s)
		}
	}
	for _, n := range was {
		if slices.Contains(ticked, n.Code) && (n.Code != open || slices.Contains(others, n.Text)) {
			had = append(had, n)
		}
	}
	for _, n := range reg.proc.Needs {
		switch {
		case !slices.Contains(ticked, n.Code):
		case n.Code == open:
			for _, s := range others {
				if !slices.ContainsFunc(had, func(x register.NeedRef) bool { return x.Code == open && x.Text == s }) {
					fresh = append(fresh, register.NeedRef{Code: open, Text: s})
				}
			}
			if len(others) == 0 {
				fresh = append(fresh, register.NeedRef{Code: open})
			}
		case !slices.ContainsFunc(was, func(x register.NeedRef) bool { return x.Code == n.Code }):
			fresh = append(fresh, register.NeedRef{Code: n.Code, Text: n.Text})
		}
	}
	u.Needs = append(append([]register.NeedRef{}, had...), fresh...)
	return nil
}

// wording is how a row is printed once its needs have changed: the needs' own words, parted as the row parted them.
func wording(was register.Usage, needs []register.NeedRef) string {
	sep := ", "
	for _, s := range []string{"\n", "; "} {
		if strings.Contains(was.Text, s) {
			sep = s
			break
		}
	}
	var words []string
	for _, n := range needs {
		if n.Text != "" {
			words = append(words, n.Text)
		}
	}
	return strings.Join(words, sep)
}

// take puts the points and usages into an empty sheet that a form holds, each as it was when the form was filled. A key that
// the body never had is not found.
func (sh *sheet) take(src source, v url.Values) error {
	for _, key := range v["point"] {
		if sh.point(key) != nil {
			continue
		}
		if len(sh.points) == maxPoints {
			return badChoice("field.touchpoint", key)
		}
		p, err := src.point(key, v.Get("p."+key+".base"))
		if err != nil {
			return err
		}
		sh.points = append(sh.points, p)
	}
	for _, key := range v["usage"] {
		u, err := src.usage(key, v.Get("u."+key+".base"))
		if err != nil {
			return err
		}
		if u.from == nil {
			u.Touchpoint = v.Get("u." + key + ".of")
		}
		p := sh.point(u.Touchpoint)
		if p == nil {
			return notFound("")
		}
		if !slices.ContainsFunc(p.usages, func(x *usagePart) bool { return x.Key == key }) {
			u.open = true
			p.usages = append(p.usages, u)
		}
	}
	return nil
}

// drop takes a subject out of the sheet, with what was to become of it.
func (sh *sheet) drop(kind register.Kind, key string) {
	heir := register.ReplacementKey(kind, key)
	sh.others = slices.DeleteFunc(sh.others, func(c upkeep.ProposedChange) bool {
		return c.Kind == kind && c.Key == key || c.Kind == register.KindReplacement && c.Key == heir
	})
	if kind == register.KindTouchpoint {
		sh.points = slices.DeleteFunc(sh.points, func(p *pointPart) bool { return p.Key == key })
	}
	for _, p := range sh.points {
		if kind == register.KindUsage {
			p.usages = slices.DeleteFunc(p.usages, func(u *usagePart) bool { return u.Key == key })
		}
	}
}

// holds tells whether the form has that field.
func (sh *sheet) holds(at spot) bool {
	for _, p := range sh.points {
		if at.kind == register.KindTouchpoint && at.key == p.Key {
			return slices.Contains([]string{"", "kind", "label", "value", "place", "hours", "department", "from", "to", "by"}, at.field)
		}
		for _, u := range p.usages {
			if at.kind == register.KindUsage && at.key == u.Key && !p.out {
				return slices.Contains([]string{"", "needs", "text", "feature", "forms", "from", "to"}, at.field)
			}
		}
	}
	return false
}

// dates are the errors of days that no calendar has.
func (sh *sheet) dates(r *request) (fs []upkeep.FieldError) {
	look := func(kind register.Kind, key string, from, to register.Date) {
		for _, d := range []struct {
			field string
			date  register.Date
		}{{"from", from}, {"to", to}} {
			if d.date != "" && !isDate(d.date) {
				fs = append(fs, upkeep.FieldError{Kind: kind, Key: key, Field: d.field, Text: r.lang.T("form.baddate")})
			}
		}
		if from != "" && to != "" && isDate(from) && isDate(to) && to < from {
			fs = append(fs, upkeep.FieldError{Kind: kind, Key: key, Field: "to", Text: r.lang.T("form.dateorder")})
		}
	}
	for _, p := range sh.points {
		look(register.KindTouchpoint, p.Key, p.From, p.To)
		for _, u := range p.usages {
			look(register.KindUsage, u.Key, u.From, u.To)
		}
	}
	return fs
}
