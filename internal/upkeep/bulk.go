package upkeep

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"perechen/internal/intake"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A Bulk is several changes that one wish makes. Nothing is written: they are put into a Draft and saved.
type Bulk struct {
	Changes []ProposedChange
	// Left are the points that nothing would use any more, and that are not excluded with the rest.
	Left []register.Touchpoint
}

// Draw gives changes the bases of the register as it was at entry n (0: as it is now): a whole imported plan, made against that
// entry, becomes one proposal. What has changed since shows as a conflict.
func (d *Desk) Draw(ctx context.Context, actor Actor, slug string, n int64, changes []register.Change) ([]ProposedChange, error) {
	out := make([]ProposedChange, len(changes))
	err := d.store.View(ctx, func(v View) error {
		if n == 0 {
			h, err := v.Head(ctx, slug)
			if err != nil {
				return err
			}
			n = h.N
		}
		return draw(ctx, v, slug, n, changes, out)
	})
	return out, wrap(err, "upkeep: draw changes of %s at %d", slug, n)
}

func draw(ctx context.Context, v ledger.View, slug string, n int64, changes []register.Change, out []ProposedChange) error {
	at := make(map[subject]int, len(changes))
	for i, c := range changes {
		out[i] = ProposedChange{Change: c}
		at[subject{c.Kind, c.Key}] = i
	}
	return v.State(ctx, slug, n, func(ver ledger.Version) error {
		if i, ok := at[subject{ver.Kind, ver.Key}]; ok && ver.Content != nil {
			out[i].Base = HashOf(ver.Content)
		}
		return nil
	})
}

// ReplaceContact proposes to put a new telephone, mailbox or address in the place of an old one everywhere it stands: in
// the points that have it, however it is written there, and in the words of points and usages. CodeInvalid with Fields
// («old», «new») when it stands nowhere, or when the new one is of another kind or none.
func (d *Desk) ReplaceContact(ctx context.Context, actor Actor, slug, old, replacement string) (*Bulk, error) {
	old, replacement = strings.TrimSpace(old), strings.TrimSpace(replacement)
	field := func(name, text string) error {
		return &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Field: name, Text: text}}}
	}
	if old == "" {
		return nil, field("old", "Укажите контакт, который изменился.")
	}
	was, known := contactTyped(old)
	is, ok := contactTyped(replacement)
	switch {
	case replacement == "":
		return nil, field("new", "Укажите новый контакт.")
	case !ok || is.Canon == "":
		return nil, field("new", "Это не похоже на телефон, почту или адрес в сети: проверьте, как написано.")
	case known && was.Kind != is.Kind:
		return nil, field("new", "Новый контакт другого рода. Чтобы сменить вид точки, измените саму точку.")
	}
	s := swap{old: old, was: was.Canon, text: replacement, is: is.Canon}
	if known && was.Canon != "" && s.was == s.is && old == replacement {
		return nil, field("new", "Новый контакт тот же, что и прежний.")
	}
	var out Bulk
	err := d.look(ctx, actor, slug, func(v View, sg sight) error {
		if !sg.drawsAny() {
			return refused("Предложения готовят сотрудники отделов и уполномоченное лицо. У вас нет такого назначения в этом органе.")
		}
		var changes []register.Change
		for _, t := range sg.register.Touchpoints {
			if s.point(&t) {
				changes = append(changes, register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)})
			}
		}
		for _, u := range sg.register.Usages {
			if s.usage(&u) {
				changes = append(changes, register.Change{Op: register.Amend, Kind: register.KindUsage, Key: u.Key, Content: register.Encode(u)})
			}
		}
		if len(changes) == 0 {
			return field("old", "Такого контакта в перечне нет.")
		}
		out.Changes = make([]ProposedChange, len(changes))
		return draw(ctx, v, slug, sg.register.N, changes, out.Changes)
	})
	if err != nil {
		return nil, wrap(err, "upkeep: replace a contact of %s", slug)
	}
	return &out, nil
}

// drawsAny tells whether the actor may draw up proposals for any department.
func (s sight) drawsAny() bool { return s.has(register.RoleDepartment, register.RoleOfficer) }

// contactTyped reads a contact that somebody typed by itself.
func contactTyped(text string) (intake.Contact, bool) {
	if c, ok := intake.ContactOf("", text); ok {
		return c, true
	}
	return intake.ContactOf("Телефон", text) // ten or eleven figures by themselves could be anything
}

// A swap replaces one contact by another.
type swap struct {
	old, was string // as typed, canonical
	text, is string
}

func (s swap) point(t *register.Touchpoint) bool {
	changed := false
	if v, ok := s.in(t.Label, t.Value); ok {
		t.Value, changed = v, true
	} else if s.was != "" && base(t.Contact) == base(s.was) && t.Value != "" {
		t.Value, changed = s.text, true // written in a way that is not read any more
	}
	if v, ok := s.in("", t.Label); ok {
		t.Label, changed = v, true
	}
	if v, ok := s.in("", t.Place); ok {
		t.Place, changed = v, true
	}
	if changed {
		t.Contact = canonical(*t)
	}
	return changed
}

func (s swap) usage(u *register.Usage) bool {
	changed := false
	replace := func(text *string) {
		if v, ok := s.in("", *text); ok {
			*text, changed = v, true
		}
	}
	replace(&u.Text)
	replace(&u.Feature)
	u.Needs, u.Forms = slices.Clone(u.Needs), slices.Clone(u.Forms)
	for i := range u.Needs {
		replace(&u.Needs[i].Text)
	}
	for i := range u.Forms {
		replace(&u.Forms[i])
	}
	return changed
}

// in replaces the contact in a text wherever it stands, in whatever writing; label is what stands before the text. An
// extension (доб. 105) stays with its number.
func (s swap) in(label, text string) (string, bool) {
	if text == "" {
		return text, false
	}
	before := ""
	if label != "" {
		before = strings.TrimRight(label, " :") + ": "
	}
	var b strings.Builder
	from, found := 0, false
	for _, c := range intake.Contacts(before + text) {
		f, t := c.From-len(before), c.To-len(before)
		if f < from || !s.meant(c, text[f:t]) {
			continue
		}
		b.WriteString(text[from:f])
		b.WriteString(s.text)
		if number, ext, has := strings.Cut(c.Canon, ";ext="); has && s.was == number && !strings.Contains(s.is, ";") {
			if at := strings.LastIndex(text[f:t], ext); at > 0 {
				b.WriteString(text[f:t][endOfNumber(text[f:t], at):])
			}
		}
		from, found = t, true
	}
	if !found {
		if s.was == "" && words(text, s.old) { // what is no contact by our reading is found as it was typed
			return strings.ReplaceAll(text, s.old, s.text), true
		}
		return text, false
	}
	b.WriteString(text[from:])
	return b.String(), true
}

// meant tells whether a contact in a text is the one to be replaced.
func (s swap) meant(c intake.Contact, written string) bool {
	if s.was == "" || c.Canon == "" {
		return written == s.old
	}
	return c.Canon == s.was || base(c.Canon) == s.was
}

// base is a canonical telephone without its extension.
func base(canon string) string {
	number, _, _ := strings.Cut(canon, ";")
	return number
}

// endOfNumber is where the telephone ends before the word that announces the extension, whose figures stand at ext.
func endOfNumber(written string, ext int) int {
	end := 0
	for i := 0; i < ext; i++ {
		if c := written[i]; c >= '0' && c <= '9' {
			end = i + 1
		}
	}
	return end
}

// words tells whether a text holds a piece that does not go on at either end with a letter or a figure.
func words(text, piece string) bool {
	rest := text
	for {
		i := strings.Index(rest, piece)
		if i < 0 {
			return false
		}
		at := len(text) - len(rest) + i
		if !glued(text[:at], true) && !glued(text[at+len(piece):], false) {
			return true
		}
		rest = rest[i+len(piece):]
	}
}

func glued(s string, end bool) bool {
	if s == "" {
		return false
	}
	c := s[0]
	if end {
		c = s[len(s)-1]
	}
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// canonical is the canonical contact of a point as its words say it now; empty when they say none.
func canonical(t register.Touchpoint) string {
	if t.Value == "" {
		return ""
	}
	if c, ok := intake.ContactOf(t.Label, t.Value); ok {
		return c.Canon
	}
	return ""
}

// withContacts reads the contact of each point whose words somebody changed, so that a form needs no second field for it. A
// number without its code, which a file gave in the company of a whole one, keeps the contact that was read there.
func withContacts(r *register.Register, c Content) Content {
	c.Changes = slices.Clone(c.Changes)
	for i, x := range c.Changes {
		if x.Kind != register.KindTouchpoint || x.Op == register.Exclude {
			continue
		}
		var t register.Touchpoint
		if json.Unmarshal(x.Encoded(), &t) != nil {
			continue // tidy says so
		}
		old, was := r.Touchpoint(t.Key)
		if was && old.Value == t.Value && old.Label == t.Label && old.Kind == t.Kind {
			continue
		}
		contact := canonical(t)
		if d := digits(t.Value); contact == "" && len(d) >= 5 && strings.HasSuffix(digits(base(t.Contact)), d) {
			continue
		}
		if contact != t.Contact {
			t.Contact = contact
			c.Changes[i].Content, c.Changes[i].Subject = register.Encode(t), nil
		}
	}
	return c
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// ExcludeProcess proposes to exclude a process with its usages. Points that nothing would use then are offered (Left);
// those that are named go too.
func (d *Desk) ExcludeProcess(ctx context.Context, actor Actor, slug, key string, points ...string) (*Bulk, error) {
	var out Bulk
	err := d.look(ctx, actor, slug, func(v View, s sight) error {
		if !s.drawsAny() {
			return refused("Предложения готовят сотрудники отделов и уполномоченное лицо. У вас нет такого назначения в этом органе.")
		}
		r := s.register
		if _, ok := r.Process(key); !ok {
			return notFound("Такого процесса в перечне нет.")
		}
		exclude := func(kind register.Kind, key string) register.Change {
			return register.Change{Op: register.Exclude, Kind: kind, Key: key}
		}
		var changes []register.Change
		loses, keeps := map[string]bool{}, map[string]bool{}
		for i := range r.Usages {
			if u := &r.Usages[i]; u.Process == key {
				changes, loses[u.Touchpoint] = append(changes, exclude(register.KindUsage, u.Key)), true
			} else {
				keeps[u.Touchpoint] = true
			}
		}
		changes = append(changes, exclude(register.KindProcess, key))
		gone := 0
		for _, t := range r.Touchpoints {
			switch {
			case !loses[t.Key] || keeps[t.Key]:
			case slices.Contains(points, t.Key):
				changes = append(changes, exclude(register.KindTouchpoint, t.Key))
				gone++
			default:
				out.Left = append(out.Left, t)
			}
		}
		if gone != len(points) {
			return invalid("Среди выбранных точек есть такая, которая нужна и другим процессам.")
		}
		out.Changes = make([]ProposedChange, len(changes))
		return draw(ctx, v, slug, r.N, changes, out.Changes)
	})
	if err != nil {
		return nil, wrap(err, "upkeep: exclude process %s of %s", key, slug)
	}
	return &out, nil
}
