package intake

import (
	"hash/maphash"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// matching says which process and which point of the register those of the draft are.
type matching struct {
	procs, pts         map[string]string // key in the draft → key in the register
	procTaken, ptTaken map[string]bool   // by key in the register
}

func newMatching(d *Draft, cur *register.Register) *matching {
	m := &matching{procs: make(map[string]string, len(d.Processes)), pts: make(map[string]string, len(d.Touchpoints)),
		procTaken: map[string]bool{}, ptTaken: map[string]bool{}}
	if len(cur.Processes) == 0 && len(cur.Touchpoints) == 0 {
		return m
	}
	m.processes(d, cur)
	m.points(d, cur)
	return m
}

func (m *matching) proc(draft, cur string) { m.procs[draft], m.procTaken[cur] = cur, true }
func (m *matching) pt(draft, cur string)   { m.pts[draft], m.ptTaken[cur] = cur, true }

// processes pairs processes: the same title; then the nearest title; then the same rows under another title.
func (m *matching) processes(d *Draft, cur *register.Register) {
	byID := make(map[string]string, len(cur.Processes))
	for _, p := range slices.Backward(cur.Processes) {
		byID[ident(p.Title)] = p.Key
	}
	for _, p := range d.Processes {
		if key, ok := byID[ident(p.Title)]; ok && !m.procTaken[key] {
			m.proc(p.Key, key)
		}
	}
	a, b := m.leftProcesses(d, cur)
	if len(a) == 0 || len(b) == 0 {
		return
	}
	for _, pair := range nearest(a, b, func(x, y candidate) float64 { return jaccard(x.stems, y.stems) }, 0.6) {
		m.proc(a[pair[0]].key, b[pair[1]].key)
	}
	// A process with a new title and all its old rows is the same process, if there is but one such.
	rowsOf := func(us []register.Usage, point func(string) string) map[string]uint64 {
		sums := map[string]uint64{}
		for _, u := range us {
			sums[u.Process] += maphash.String(seed, point(u.Touchpoint)+"\x00"+ident(u.Text)) // order does not matter
		}
		return sums
	}
	ids := make(map[string]string, len(d.Touchpoints)+len(cur.Touchpoints))
	for i, t := range d.Touchpoints {
		ids["d"+t.Key] = d.id(i)
	}
	for _, t := range cur.Touchpoints {
		ids["c"+t.Key] = declaredID(t)
	}
	a, b = m.leftProcesses(d, cur)
	if len(a) == 0 || len(b) == 0 {
		return
	}
	x := rowsOf(d.Usages, func(k string) string { return ids["d"+k] })
	y := rowsOf(cur.Usages, func(k string) string { return ids["c"+k] })
	count := map[uint64]int{}
	for _, c := range a {
		count[x[c.key]]++
	}
	other := map[uint64][]string{}
	for _, c := range b {
		other[y[c.key]] = append(other[y[c.key]], c.key)
	}
	for _, c := range a {
		if s := x[c.key]; s != 0 && count[s] == 1 && len(other[s]) == 1 {
			m.proc(c.key, other[s][0])
		}
	}
}

func (m *matching) leftProcesses(d *Draft, cur *register.Register) (a, b []candidate) {
	for _, p := range d.Processes {
		if m.procs[p.Key] == "" {
			a = append(a, named2(p.Key, p.Title))
		}
	}
	for _, p := range cur.Processes {
		if !m.procTaken[p.Key] {
			b = append(b, named2(p.Key, p.Title))
		}
	}
	return a, b
}

// points pairs points: the same contact or words; then, for what is left, the nearest point of the same kind in the same
// processes («Телефон» with another number in the same rows), or of nearly the same words.
func (m *matching) points(d *Draft, cur *register.Register) {
	byID := make(map[string]string, len(cur.Touchpoints))
	for _, t := range slices.Backward(cur.Touchpoints) {
		byID[declaredID(t)] = t.Key
	}
	var left []int
	for i, t := range d.Touchpoints {
		if key, ok := byID[d.id(i)]; ok && !m.ptTaken[key] {
			m.pt(t.Key, key)
		} else {
			left = append(left, i)
		}
	}
	if len(left) == 0 || len(m.ptTaken) == len(cur.Touchpoints) {
		return
	}
	// A number without its code took the code of a telephone beside it; printed alone it is known by its words.
	byText := map[string]string{}
	for _, t := range slices.Backward(cur.Touchpoints) {
		if !m.ptTaken[t.Key] {
			byText[ident(t.Text())] = t.Key
		}
	}
	for _, i := range left {
		t := d.Touchpoints[i]
		if key := byText[ident(t.Text())]; key != "" && !m.ptTaken[key] {
			m.pt(t.Key, key)
		}
	}
	used := func(us []register.Usage, want func(string) bool, proc func(string) string) map[string][]string {
		out := map[string][]string{}
		for _, u := range us {
			if p := proc(u.Process); p != "" && want(u.Touchpoint) && !slices.Contains(out[u.Touchpoint], p) && len(out[u.Touchpoint]) < 64 {
				out[u.Touchpoint] = append(out[u.Touchpoint], p)
			}
		}
		return out
	}
	da := used(d.Usages, func(t string) bool { return m.pts[t] == "" }, func(p string) string { return m.procs[p] })
	db := used(cur.Usages, func(t string) bool { return !m.ptTaken[t] }, func(p string) string { return p })
	var a, b []candidate
	for _, t := range d.Touchpoints {
		if m.pts[t.Key] == "" {
			a = append(a, pointCandidate(t, da[t.Key]))
		}
	}
	for _, t := range cur.Touchpoints {
		if !m.ptTaken[t.Key] {
			b = append(b, pointCandidate(t, db[t.Key]))
		}
	}
	for _, pair := range nearest(a, b, pointScore, 0.5) {
		m.pt(a[pair[0]].key, b[pair[1]].key)
	}
}

// candidate is a thing to be paired: its key, the stems of its name, and for points the kind and the processes.
type candidate struct {
	key     string
	stems   []string
	kind    string
	contact bool
	procs   []string
	tokens  []string // by which candidates for it are looked up
}

func named2(key, title string) candidate {
	s := stemSet(title)
	return candidate{key: key, stems: s, tokens: s}
}

func pointCandidate(t register.Touchpoint, procs []string) candidate {
	c := candidate{key: t.Key, stems: stemSet(t.Label), kind: t.Kind, contact: t.Contact != "", procs: procs}
	for _, s := range c.stems {
		c.tokens = append(c.tokens, t.Kind+"\x00"+s)
	}
	for _, p := range procs {
		c.tokens = append(c.tokens, t.Kind+"\x01"+p)
	}
	return c
}

// pointScore tells how near two points are, 0 to 1; below a half they are not the same.
func pointScore(a, b candidate) float64 {
	if a.kind != b.kind || a.contact != b.contact {
		return 0
	}
	label, procs := jaccard(a.stems, b.stems), jaccard(a.procs, b.procs)
	if len(a.stems) == 0 && len(b.stems) == 0 {
		label = 1
	}
	if a.contact {
		// The name of a contact says little («Телефон»): the rows must speak for it.
		if label < 0.5 || procs < 0.5 {
			return 0
		}
	} else if label < 0.6 || procs == 0 && label < 0.85 {
		return 0
	}
	return 0.6*label + 0.4*procs
}

// crowd is the number of bearers above which a token tells nothing.
const crowd = 64

// nearest pairs elements of a and b that are each other's best by score, at least least, and clearly better than any
// other candidate of either.
func nearest(a, b []candidate, score func(x, y candidate) float64, least float64) [][2]int {
	bearers := map[string][]int{}
	for j, c := range b {
		for _, t := range c.tokens {
			if len(bearers[t]) <= crowd {
				bearers[t] = append(bearers[t], j)
			}
		}
	}
	type best struct {
		at            int
		score, second float64
	}
	note := func(x *best, at int, s float64) {
		switch {
		case s > x.score:
			x.at, x.second, x.score = at, x.score, s
		case s > x.second:
			x.second = s
		}
	}
	as, bs := make([]best, len(a)), make([]best, len(b))
	for i, c := range a {
		seen := map[int]bool{}
		for _, t := range c.tokens {
			if len(bearers[t]) > crowd {
				continue
			}
			for _, j := range bearers[t] {
				if !seen[j] {
					seen[j] = true
					if s := score(c, b[j]); s > 0 {
						note(&as[i], j, s)
						note(&bs[j], i, s)
					}
				}
			}
		}
	}
	const clearly = 0.1
	var out [][2]int
	for i, x := range as {
		if x.score >= least && x.score-x.second >= clearly {
			if y := bs[x.at]; y.at == i && y.score-y.second >= clearly {
				out = append(out, [2]int{i, x.at})
			}
		}
	}
	return out
}

// stemSet are the stems of a text, each once, sorted.
func stemSet(s string) []string {
	stems := lang.Stems(s)
	slices.Sort(stems)
	return slices.Compact(stems)
}

// jaccard is the share of common elements of two lists without repeats; 0 when both are empty.
func jaccard(a, b []string) float64 {
	common := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			common++
		}
	}
	all := len(a) + len(b) - common
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}
