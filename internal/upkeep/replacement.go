package upkeep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Replace says what stands in the place of a point or process that was excluded, so that old links lead on; an empty by takes
// that back. The authorised officer and the head may. It is no content of the register: nothing is printed of it.
func (d *Desk) Replace(ctx context.Context, actor Actor, slug string, kind register.Kind, old, by string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.has(register.RoleOfficer, register.RoleHead) {
			return refused("Чем заменена исключённая точка или процесс, говорит уполномоченное лицо или руководитель.")
		}
		x := register.Replacement{Key: register.ReplacementKey(kind, old), Kind: kind, Old: old, By: by}
		if a.register.Holds(kind, old) {
			return invalid("Это ещё стоит в перечне: назвать замену можно, когда оно исключено.")
		}
		if by != "" {
			after, err := ledger.Apply(a.register, []register.Change{{Op: register.Include, Kind: register.KindReplacement, Key: x.Key, Content: register.Encode(x)}})
			if err != nil {
				return err
			}
			if text := misled(a.register, after, x); text != "" {
				return wrongFields([]FieldError{{Field: "by", Text: text}})
			}
		}
		history, err := a.tx.History(ctx, slug, kind, old)
		if err != nil {
			return err
		}
		if len(history) == 0 {
			return notFound("Такого в перечне не было.")
		}
		had := slices.ContainsFunc(a.register.Replacements, func(y register.Replacement) bool { return y.Key == x.Key })
		c := register.Change{Op: register.Include, Kind: register.KindReplacement, Key: x.Key, Content: register.Encode(x)}
		switch {
		case by == "" && !had:
			return nil
		case by == "":
			c.Op, c.Content = register.Exclude, nil
		case slices.Contains(a.register.Replacements, x):
			return nil
		case had:
			c.Op = register.Amend
		}
		_, err = d.record(ctx, a, ledger.Batch{Changes: []register.Change{c}, Ground: register.Ground{Text: "замена исключённого"}, Head: ledger.AnyHead}, nil)
		return err
	})
	return wrap(err, "upkeep: replace %s %s of %s", kind, old, slug)
}

// Replacing is the change by which a proposal that excludes a point or process names what stands in its place; now is the
// replacement that the register holds under ReplacementKey, from a time before the subject came back. ok is false when the register
// says so already. An empty by names nothing.
func Replacing(now Subject, kind register.Kind, old, by string) (x ProposedChange, ok bool) {
	r := register.Replacement{Key: register.ReplacementKey(kind, old), Kind: kind, Old: old, By: by}
	x = ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindReplacement, Key: r.Key, Content: register.Encode(r)}, Base: now.Base}
	switch {
	case by == "" && now.Base == "", by != "" && HashOf(x.Content) == now.Base:
		return x, false
	case by == "":
		x.Op, x.Content = register.Exclude, nil
	case now.Base != "":
		x.Op = register.Amend
	}
	return x, true
}

// ReplacementIn reads the replacement that a change names; ok is false for a change of something else, and for one that takes it back.
func ReplacementIn(c register.Change) (x register.Replacement, ok bool) {
	if c.Kind != register.KindReplacement || c.Op == register.Exclude {
		return x, false
	}
	return x, json.Unmarshal(c.Encoded(), &x) == nil
}

// replacementFaults are the replacements of a content that lead nowhere: of what is not excluded, by what will not be in the
// register, or in a circle. Each is said of the excluded subject.
func (s sight) replacementFaults(changes []register.Change, after *register.Register) (fs []FieldError) {
	for _, c := range changes {
		x, ok := ReplacementIn(c)
		if !ok {
			continue
		}
		text := ""
		switch {
		case x.Key != register.ReplacementKey(x.Kind, x.Old) || x.Kind != register.KindTouchpoint && x.Kind != register.KindProcess:
			text = "заменить можно точку или процесс."
		case after.Holds(x.Kind, x.Old):
			text = "замена называется тому, что исключается; это остаётся в перечне."
		default:
			text = misled(s.register, after, x)
		}
		if text != "" {
			fs = append(fs, FieldError{Kind: x.Kind, Key: x.Old, Field: "by", Text: text})
		}
	}
	return fs
}

// misled says why a replacement leads nowhere in the register after it; empty when it leads somewhere. Before has the names of
// what is gone.
func misled(before, after *register.Register, x register.Replacement) string {
	chain, ok := after.Succession(x.Kind, x.Old)
	if ok {
		return ""
	}
	name := func(key string) string {
		for _, r := range []*register.Register{after, before} {
			if t, ok := r.Touchpoint(key); ok && x.Kind == register.KindTouchpoint {
				return "«" + clip(t.Text(), 80) + "»"
			}
			if p, ok := r.Process(key); ok && x.Kind == register.KindProcess {
				return "«" + clip(p.Title, 80) + "»"
			}
		}
		return "«" + key + "»"
	}
	last := chain[len(chain)-1]
	if i := slices.Index(chain, last); i < len(chain)-1 {
		var names []string
		for _, key := range chain[i:] {
			names = append(names, name(key))
		}
		return fmt.Sprintf("замены ведут по кругу: %s. Выберите то, что остаётся в перечне.", strings.Join(names, " → "))
	}
	return fmt.Sprintf("%s не останется в перечне: выберите то, что остаётся.", name(last))
}
