package upkeep

import (
	"context"
	"slices"

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
		known := func(key string) bool {
			if kind == register.KindProcess {
				_, ok := a.register.Process(key)
				return ok
			}
			_, ok := a.register.Touchpoint(key)
			return ok
		}
		switch {
		case known(old):
			return invalid("Это ещё стоит в перечне: назвать замену можно, когда оно исключено.")
		case by != "" && !known(by):
			return wrongFields([]FieldError{{Field: "by", Text: "Выберите из списка."}})
		}
		history, err := a.tx.History(ctx, slug, kind, old)
		if err != nil {
			return err
		}
		if len(history) == 0 {
			return notFound("Такого в перечне не было.")
		}
		x := register.Replacement{Key: register.ReplacementKey(kind, old), Kind: kind, Old: old, By: by}
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
