package intake

import (
	"slices"

	"perechen/internal/register"
)

// segmentation plans the dictionary of attributes and the profiles. They are matched by their titles; those that a whole
// document with a dictionary does not name are excluded.
func (pl *planner) segmentation() {
	attrs := segmentPlan[register.Attribute]{
		kind:  register.KindAttribute,
		id:    func(a register.Attribute) string { return ident(a.Type) + "\x00" + ident(a.Title) },
		key:   func(a *register.Attribute) *string { return &a.Key },
		pos:   func(a *register.Attribute) *int { return &a.Position },
		title: func(a register.Attribute) string { return a.Title },
		src:   func(a *register.Attribute) **register.Source { return &a.Source },
		// How a row was printed is a thing of the document, like its place: read alike, it is the same attribute.
		hide: func(a *register.Attribute) { a.Printed = nil },
		keep: func(a *register.Attribute, cur register.Attribute, alike bool) {
			if alike {
				a.Printed = cur.Printed
			}
		},
	}
	pl.plan.Target.Attributes = attrs.plan(pl, pl.d.Attributes, pl.cur.Attributes)
	profiles := segmentPlan[register.Profile]{
		kind:  register.KindProfile,
		id:    func(p register.Profile) string { return ident(p.Title) },
		key:   func(p *register.Profile) *string { return &p.Key },
		pos:   func(p *register.Profile) *int { return &p.Position },
		title: func(p register.Profile) string { return p.Title },
		src:   func(p *register.Profile) **register.Source { return &p.Source },
		hide:  func(p *register.Profile) { p.InformBy, p.ReceiveBy, p.Process = nil, nil, "" },
		keep: func(p *register.Profile, cur register.Profile, _ bool) {
			p.InformBy, p.ReceiveBy, p.Process = cur.InformBy, cur.ReceiveBy, cur.Process
		},
		read: pl.profileLinks,
	}
	pl.plan.Target.Profiles = profiles.plan(pl, pl.d.Profiles, pl.cur.Profiles)
}

// segmentPlan plans subjects that nothing else refers to.
type segmentPlan[T any] struct {
	kind  register.Kind
	id    func(T) string
	key   func(*T) *string
	pos   func(*T) *int
	title func(T) string
	src   func(*T) **register.Source
	hide  func(*T)                      // takes away what only one side may know
	keep  func(x *T, cur T, alike bool) // takes it from the register; alike: the rest is the same
	read  func(draft int, x *T)         // adds what the document says of other subjects; may be nil
}

func (s segmentPlan[T]) plan(pl *planner, draft, cur []T) []T {
	if len(draft) == 0 {
		return cur
	}
	keys := newKeyring()
	byID := make(map[string][]int, len(cur)) // two may have one title
	for i := range cur {
		id := s.id(cur[i])
		byID[id] = append(byID[id], i)
		keys.used[*s.key(&cur[i])] = true
	}
	taken := make([]bool, len(cur))
	out := make([]T, len(draft))
	from := make([]int, len(draft))
	var named []int
	// Of several with one title the one that says the same is taken first.
	bare := func(x T) string {
		*s.key(&x), *s.pos(&x), *s.src(&x) = "", 0, nil
		s.hide(&x)
		return string(register.Encode(x))
	}
	for i, x := range draft {
		from[i] = -1
		ks := byID[s.id(x)]
		if len(ks) == 0 {
			continue
		}
		said := bare(x)
		for _, k := range ks {
			if !taken[k] && bare(cur[k]) == said {
				taken[k], from[i] = true, k
				break
			}
		}
	}
	for i, x := range draft {
		if from[i] < 0 {
			for _, k := range byID[s.id(x)] {
				if !taken[k] {
					taken[k], from[i] = true, k
					break
				}
			}
		}
		if k := from[i]; k >= 0 {
			s.keep(&x, cur[k], bare(x) == bare(cur[k]))
			*s.key(&x), *s.pos(&x), *s.src(&x) = *s.key(&cur[k]), *s.pos(&cur[k]), *s.src(&cur[k])
		} else {
			*s.key(&x), *s.pos(&x) = keys.take(*s.key(&x)), 0
		}
		if s.read != nil {
			s.read(i, &x)
		}
		out[i] = x
		named = append(named, *s.pos(&x))
	}
	var stay []T
	var others []int
	for k := range cur {
		switch {
		case taken[k]:
		case pl.opt.Partial:
			stay = append(stay, cur[k])
			others = append(others, *s.pos(&cur[k]))
		default:
			pl.exclude(0, Item{Kind: s.kind, Key: *s.key(&cur[k]), Text: s.title(cur[k])})
		}
	}
	order := interleave(named, others)
	all := make([]T, len(order))
	was := make([]int, len(order))
	for n, i := range order {
		if i < 0 {
			all[n] = stay[-1-i]
		} else {
			all[n] = out[i]
		}
		was[n] = *s.pos(&all[n])
	}
	for n, pos := range settle(was) {
		*s.pos(&all[n]) = pos
		content := register.Encode(all[n])
		i, known, same := order[n], false, false
		var src *register.Source
		switch {
		case i < 0:
			known, same = true, was[n] == pos
		case from[i] >= 0:
			known, same = true, slices.Equal(content, register.Encode(cur[from[i]]))
			src = *s.src(&draft[i])
		default:
			src = *s.src(&draft[i])
		}
		if !same {
			pl.put(Item{Kind: s.kind, Key: *s.key(&all[n]), Text: s.title(all[n]), Source: src}, known, &all[n], nil)
		}
	}
	return all
}
