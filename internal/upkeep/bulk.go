package upkeep

import (
	"context"
	"slices"
	"strings"

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
