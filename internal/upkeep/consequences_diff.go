package upkeep

import (
	"slices"

	"perechen/internal/register"
)

// diffs tells of each subject that is only before (is nil), only after (was nil) or not the same: those of after in their
// order, then those that are gone.
func diffs[T any](before, after []T, key func(*T) string, same func(a, b *T) bool, tell func(was, is *T)) {
	if sameSlice(before, after) {
		return
	}
	left := make(map[string]*T, len(before))
	for i := range before {
		left[key(&before[i])] = &before[i]
	}
	for i := range after {
		is := &after[i]
		was := left[key(is)]
		delete(left, key(is))
		if was == nil || !same(was, is) {
			tell(was, is)
		}
	}
	for i := range before {
		if was := left[key(&before[i])]; was != nil {
			tell(was, nil)
		}
	}
}

// sameSlice tells that nothing was touched: states of one register share what no entry between them is about.
func sameSlice[T any](a, b []T) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// samePoint tells whether the points say the same; where it stood in a document, its place in the report and who answers
// for it do not count: another department has not looked at it yet.
func samePoint(a, b *register.Touchpoint) bool {
	x, y := *a, *b
	x.Source, y.Source, x.Position, y.Position, x.Department, y.Department = nil, nil, 0, 0, "", ""
	return x == y
}

func sameUsage(a, b *register.Usage) bool {
	return a.Process == b.Process && a.Touchpoint == b.Touchpoint && a.Client == b.Client && a.Text == b.Text && a.Feature == b.Feature &&
		a.Printed == b.Printed && a.From == b.From && a.To == b.To && slices.Equal(a.Needs, b.Needs) && slices.Equal(a.Forms, b.Forms)
}

func sameProcess(a, b *register.Process) bool { return inForce(a) == inForce(b) }

// untouched tells that an act was about nothing from which a task could follow.
func untouched(a, b *register.Register) bool {
	return sameSlice(a.Processes, b.Processes) && sameSlice(a.Touchpoints, b.Touchpoints) && sameSlice(a.Usages, b.Usages) &&
		sameSlice(a.Confirmations, b.Confirmations) && sameSlice(a.Calendar, b.Calendar)
}
