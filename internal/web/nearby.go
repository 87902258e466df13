package web

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// An aid is who can help now instead of a point that cannot: points of the body itself, or of a superior one, which it names.
type aid struct {
	Body   *link  // nil: the body itself
	Line   string // what is to be known before one turns there
	Points []wayPoint
}

const mostNearby = 4

// nearby are the points that can help now with what some usages are for, without those that are shut; except names those that
// stand on the page already. Which come, and why no others do, is docs/decisions/nearby.md:
//
//  1. points at which the same process satisfies the same need;
//  2. points of the departments of except at which another process satisfies it;
//  3. where the body itself has none: points of the nearest superior body whose order is for the same kind of client, at which a
//     process of the same title satisfies the same need;
//  4. where nobody has any: who tells to whom to turn.
func (s *site) nearby(r *request, f *frame, us []*register.Usage, except map[string]bool) []aid {
	keys := newNeedKeys(r.snap.proc)
	w := r.wishes(keys, us)
	if own := r.ownAid(f, keys, w, except); len(own) > 0 {
		return []aid{{Points: own}}
	}
	if above := s.superiorAid(r, w); above != nil {
		return []aid{*above}
	}
	ask := slices.DeleteFunc(r.nearest(f), func(p wayPoint) bool { return except[p.Key] || p.rank() >= closedRank })
	if len(ask) == 0 {
		return nil
	}
	return []aid{{Line: r.lang.T("find.nearest"), Points: ask}}
}

// A wish is what somebody came for: a need in a process.
type wish struct{ process, need string }

// needKeys give one key for the needs of two orders that are the same: the canonical code, else the words.
type needKeys struct {
	proc *procedure.Procedure
	had  map[register.NeedRef]string
}

func newNeedKeys(p *procedure.Procedure) needKeys { return needKeys{p, map[register.NeedRef]string{}} }

func (k needKeys) of(n register.NeedRef) string {
	key, ok := k.had[n]
	if ok {
		return key
	}
	need, known := k.proc.NeedByCode(n.Code)
	switch {
	case known && !need.Other && need.Canonical != "":
		key = need.Canonical
	case known && !need.Other:
		key = "own " + strings.Join(lang.Stems(need.Text), " ")
	default:
		key = "own " + strings.Join(lang.Stems(n.Text), " ")
	}
	k.had[n] = key
	return key
}

// wishes are what usages are for, by the keys of processes and by what their needs are in any body.
func (r *request) wishes(keys needKeys, us []*register.Usage) map[wish]bool {
	w := map[wish]bool{}
	for _, u := range us {
		if u.Process == "" || !r.holds(u.From, u.To) {
			continue
		}
		for _, n := range u.Needs {
			w[wish{u.Process, keys.of(n)}] = true
		}
	}
	return w
}

func (r *request) ownAid(f *frame, keys needKeys, w map[wish]bool, except map[string]bool) []wayPoint {
	had := maps.Clone(except)
	pick := func(us []*register.Usage, is func(u *register.Usage, need string) bool) (ts []*register.Touchpoint) {
		for _, u := range us {
			t := r.snap.points[u.Touchpoint]
			if t == nil || had[t.Key] || !r.holds(t.From, t.To) || !r.holds(u.From, u.To) {
				continue
			}
			if slices.ContainsFunc(u.Needs, func(n register.NeedRef) bool { return is(u, keys.of(n)) }) {
				had[t.Key] = true
				ts = append(ts, t)
			}
		}
		return ts
	}
	var first, second []*register.Touchpoint
	processes, needs := map[string]bool{}, map[string]bool{}
	for x := range w {
		processes[x.process], needs[x.need] = true, true
	}
	for _, process := range slices.Sorted(maps.Keys(processes)) {
		first = append(first, pick(r.snap.rowsIn[process], func(u *register.Usage, need string) bool { return w[wish{u.Process, need}] })...)
	}
	ps := r.ready(f, first)
	if len(ps) < mostNearby {
		departments := map[string]bool{}
		for key := range except {
			if t := r.snap.points[key]; t != nil {
				departments[r.answersFor(t)] = true
			}
		}
		delete(departments, "")
		for i := range r.snap.reg.Touchpoints {
			if t := &r.snap.reg.Touchpoints[i]; len(departments) > 0 && departments[r.answersFor(t)] {
				second = append(second, pick(r.snap.rowsAt[t.Key], func(_ *register.Usage, need string) bool { return needs[need] })...)
			}
		}
		ps = append(ps, r.ready(f, second)...)
	}
	return ps[:min(len(ps), mostNearby)]
}

// answersFor is the department that answers for a point; empty where nobody knows.
func (r *request) answersFor(t *register.Touchpoint) string {
	w, _ := r.snap.watch.Point(t.Key)
	return cmp.Or(t.Department, w.Responsible)
}

// ready are those of some points that are not shut: where somebody is there now, or nobody need be, before those whose hours are
// not known; then in the order of ease.
func (r *request) ready(f *frame, ts []*register.Touchpoint) []wayPoint {
	var ps []wayPoint
	for _, t := range ts {
		if p := r.wayPoint(f, t); p.rank() < closedRank {
			ps = append(ps, p)
		}
	}
	doubt := func(p wayPoint) bool { return !p.Open && p.manner != mannerDigital }
	slices.SortStableFunc(ps, func(a, b wayPoint) int { return cmp.Or(falseFirst(doubt(a), doubt(b)), a.rank()-b.rank()) })
	return ps
}

// superiorAid looks up the tree of bodies, as far as the first that can help. A superior body that keeps no register here ends
// the search, and so does one that cannot be read: the page is not about it.
func (s *site) superiorAid(r *request, w map[wish]bool) *aid {
	wanted := map[string]map[string]bool{} // needs by the words of the process
	for x := range w {
		if p := r.snap.processes[x.process]; p != nil {
			words := titleWords(p.Title)
			if wanted[words] == nil {
				wanted[words] = map[string]bool{}
			}
			wanted[words][x.need] = true
		}
	}
	delete(wanted, "") // titles without a word are not the same
	seen := map[string]bool{r.slug: true}
	for slug := r.snap.reg.Organisation.Parent; slug != "" && !seen[slug]; {
		seen[slug] = true
		over, err := s.inBody(r.Context(), r, slug)
		if err != nil {
			if !isNotFound(err) {
				s.log.Warn("the superior body cannot be read", "body", slug, "error", err)
			}
			return nil
		}
		if a := over.aidFor(r, wanted); a != nil {
			return a
		}
		slug = over.snap.reg.Organisation.Parent
	}
	return nil
}

// inBody is the same question about the newest state of another body, as a passer-by asks it.
func (s *site) inBody(ctx context.Context, r *request, slug string) (*request, error) {
	head, err := s.ledger.Head(ctx, slug)
	if err != nil {
		return nil, err
	}
	over := &request{Request: r.Request, lang: r.lang, slug: slug, head: head, today: r.today, day: r.today, now: r.now, loc: r.loc, view: view{N: head.N}}
	over.snap, err = s.snapshots.get(ctx, s.ledger, snapshotKey{slug, head.N, head.Erasures, r.today})
	return over, err
}

// aidFor are the points of a superior body that can help a client of a body below; nil where its order is for others, or where
// none can.
func (r *request) aidFor(below *request, wanted map[string]map[string]bool) *aid {
	client := r.snap.proc.Client.Code
	if client == "" || client != below.snap.proc.Client.Code {
		return nil
	}
	f := frame{Lang: r.lang, home: "/" + r.slug + "/"}
	keys := newNeedKeys(r.snap.proc)
	var ts []*register.Touchpoint
	had := map[string]bool{}
	for _, words := range slices.Sorted(maps.Keys(wanted)) {
		for _, x := range r.snap.titled()[words] {
			if !r.inForce(x) {
				continue
			}
			for _, u := range r.snap.rowsIn[x.Key] {
				t := r.snap.points[u.Touchpoint]
				if t == nil || had[t.Key] || u.Client != client || !r.holds(u.From, u.To) || !r.holds(t.From, t.To) {
					continue
				}
				if slices.ContainsFunc(u.Needs, func(n register.NeedRef) bool { return wanted[words][keys.of(n)] }) {
					had[t.Key] = true
					ts = append(ts, t)
				}
			}
		}
	}
	ps := r.ready(&f, ts)
	if len(ps) == 0 {
		return nil
	}
	ps = ps[:min(len(ps), mostNearby)]
	for i := range ps {
		ps[i].Key = r.slug + "." + ps[i].Key // a place on the page; two bodies may have a point of one key
	}
	o := &r.snap.reg.Organisation
	return &aid{Body: &link{f.home + "find", cmp.Or(o.Name, o.Slug)}, Line: r.lang.T("nearby.superior"), Points: ps}
}

// titleWords is one for the titles of two processes that are made of the same words.
func titleWords(title string) string {
	words := lang.Stems(title)
	slices.Sort(words)
	return strings.Join(slices.Compact(words), " ")
}
