package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"perechen/internal/register"
)

// A shelf says where a Register keeps the subjects of one kind.
type shelf struct {
	add    func(r *register.Register, d *register.Decoder, content []byte) (key string, err error)
	remove func(r *register.Register, key string)
	apply  func(r *register.Register, kind register.Kind, changes []register.Change) error // takes those of the kind
	clone  func(r *register.Register)                                                      // so that what follows does not change another state
	sort   func(r *register.Register)                                                      // into report order
}

// kinds are the shelves. Processes, points, usages, attributes, profiles, journeys and editions stand by position and then by
// key, everything else in the order of its entries.
var kinds = map[register.Kind]shelf{
	register.KindDepartment: shelve(func(r *register.Register) *[]register.Department { return &r.Departments },
		func(d *register.Department) (int, string) { return 0, d.Key }, false),
	register.KindAppointment: shelve(func(r *register.Register) *[]register.Appointment { return &r.Appointments },
		func(a *register.Appointment) (int, string) { return 0, a.Key }, false),
	register.KindDecision: shelve(func(r *register.Register) *[]register.Decision { return &r.Decisions },
		func(d *register.Decision) (int, string) { return 0, d.Finding }, false),
	register.KindProcess: shelve(func(r *register.Register) *[]register.Process { return &r.Processes },
		func(p *register.Process) (int, string) { return p.Position, p.Key }, true),
	register.KindTouchpoint: shelve(func(r *register.Register) *[]register.Touchpoint { return &r.Touchpoints },
		func(t *register.Touchpoint) (int, string) { return t.Position, t.Key }, true),
	register.KindUsage: shelve(func(r *register.Register) *[]register.Usage { return &r.Usages },
		func(u *register.Usage) (int, string) { return u.Position, u.Key }, true),
	register.KindAttribute: shelve(func(r *register.Register) *[]register.Attribute { return &r.Attributes },
		func(a *register.Attribute) (int, string) { return a.Position, a.Key }, true),
	register.KindProfile: shelve(func(r *register.Register) *[]register.Profile { return &r.Profiles },
		func(p *register.Profile) (int, string) { return p.Position, p.Key }, true),
	register.KindJourney: shelve(func(r *register.Register) *[]register.Journey { return &r.Journeys },
		func(j *register.Journey) (int, string) { return j.Position, j.Key }, true),
	register.KindForm: shelve(func(r *register.Register) *[]register.Blank { return &r.Forms },
		func(f *register.Blank) (int, string) { return f.Position, f.Key }, true),
	register.KindClosure: shelve(func(r *register.Register) *[]register.Closure { return &r.Closures },
		func(c *register.Closure) (int, string) { return 0, c.Key }, false),
	register.KindPhrase: shelve(func(r *register.Register) *[]register.Phrase { return &r.Phrases },
		func(p *register.Phrase) (int, string) { return 0, p.Key }, false),
	register.KindReplacement: shelve(func(r *register.Register) *[]register.Replacement { return &r.Replacements },
		func(x *register.Replacement) (int, string) { return 0, x.Key }, false),
	register.KindEdition: shelve(func(r *register.Register) *[]register.Edition { return &r.Editions },
		func(e *register.Edition) (int, string) { return e.Number, fmt.Sprint(e.Number) }, true),
	register.KindTask: shelve(func(r *register.Register) *[]register.Task { return &r.Tasks },
		func(t *register.Task) (int, string) { return 0, t.Key }, false),
	register.KindConfirmation: shelve(func(r *register.Register) *[]register.Confirmation { return &r.Confirmations },
		func(c *register.Confirmation) (int, string) { return 0, c.Key }, false),
	register.KindCalendar: shelve(func(r *register.Register) *[]register.CalendarYear { return &r.Calendar },
		func(y *register.CalendarYear) (int, string) { return 0, y.Key }, false),
	register.KindPublication: shelve(func(r *register.Register) *[]register.Publication { return &r.Publications },
		func(p *register.Publication) (int, string) { return 0, p.Key }, false),
}

func shelve[T any](of func(*register.Register) *[]T, place func(*T) (int, string), sorted bool) shelf {
	return shelf{
		add: func(r *register.Register, d *register.Decoder, content []byte) (key string, err error) {
			var v T
			if err := d.Decode(content, &v); err != nil {
				return "", unreadable(err)
			}
			*of(r) = append(*of(r), v)
			_, key = place(&v)
			return key, nil
		},
		remove: func(r *register.Register, key string) {
			*of(r) = slices.DeleteFunc(*of(r), func(v T) bool {
				_, k := place(&v)
				return k == key
			})
		},
		apply: func(r *register.Register, kind register.Kind, changes []register.Change) error {
			last := map[string]int{} // of each key
			for i := range changes {
				if changes[i].Kind == kind {
					last[changes[i].Key] = i
				}
			}
			*of(r) = slices.Grow(slices.DeleteFunc(*of(r), func(v T) bool {
				_, k := place(&v)
				_, changed := last[k]
				return changed
			}), len(last))
			for i := range changes {
				if changes[i].Kind != kind || last[changes[i].Key] < 0 {
					continue
				}
				c := &changes[last[changes[i].Key]]
				last[c.Key] = -1 // done
				if c.Op == register.Exclude {
					continue
				}
				if v, ok := c.Subject.(*T); ok && c.Content == nil {
					*of(r) = append(*of(r), *v) // a large batch: spared the way through JSON
					continue
				}
				v, err := decode[T](c.Encoded())
				if err != nil {
					return err
				}
				*of(r) = append(*of(r), v)
			}
			return nil
		},
		clone: func(r *register.Register) { *of(r) = slices.Clone(*of(r)) },
		sort: func(r *register.Register) {
			if !sorted {
				return
			}
			slices.SortFunc(*of(r), func(a, b T) int {
				p, k := place(&a)
				q, l := place(&b)
				return cmp.Or(cmp.Compare(p, q), cmp.Compare(k, l))
			})
		},
	}
}

// traced tells the kinds of which a state remembers the entry that gave a subject its content.
func traced(k register.Kind) bool {
	return inRows(k) || k == register.KindConfirmation || k == register.KindJourney
}

// inRows tells the kinds that the official table shows.
func inRows(k register.Kind) bool {
	return k == register.KindProcess || k == register.KindTouchpoint || k == register.KindUsage
}

// put adds the content that entry n gave a subject; d reads it. The key inside the content is that of the entry, and is
// the one that is kept.
func (s *state) put(d *register.Decoder, n int64, kind register.Kind, content []byte) error {
	if kind == register.KindOrganisation {
		o, err := decode[register.Organisation](content)
		s.register.Organisation = o
		return err
	}
	sh, ok := kinds[kind]
	if !ok {
		return nil // erasures are in the log only
	}
	key, err := sh.add(s.register, d, content)
	if err != nil {
		return fmt.Errorf("entry %d: %w", n, err)
	}
	if traced(kind) {
		s.since[subject{kind, key}] = n
	}
	return nil
}
