// Package check does the proofreading that people do by hand: it holds a register against its procedure, and the order
// against itself, and says in plain Russian what does not agree, where, and what to do.
//
// It is pure: no disk, no network, no clock. Nothing is ever corrected here. A check that raises false alarms is worse
// than none, so every rule stays silent where there is nothing to look at: a rule about use says nothing of a register
// without usages, a rule about a principle says nothing where the order has no such principle.
package check

import (
	"cmp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Input is all that the rules look at. Register and Procedure are read, never changed; nil stands for an empty one.
type Input struct {
	Register  *register.Register
	Procedure *procedure.Procedure
	// On is the day for which the register is checked: usages, appointments and restrictions count only if they are in
	// force on it. The empty date stands for the day of the register's last entry.
	On register.Date
	// Entries are the lines of the log whose grounds R24 looks at; without them R24 is silent.
	Entries []register.Entry
}

// A Rule is one of R1…R25 as a page presents it.
type Rule struct {
	ID    string // «R3»
	Title string // «Класс точки везде один»
	Looks string // what it looks at, one or two Russian sentences
}

// rule is a Rule with the function that looks. A function reports in any order; Run sorts.
type rule struct {
	Rule
	look func(*scene)
}

// Rules lists all rules in their order, R1 first.
func Rules() []Rule {
	var rs []Rule
	for _, r := range rules {
		rs = append(rs, r.Rule)
	}
	return rs
}

// Run gives every finding, ordered by rule and then by place: the order's clauses first, the register's rows after them.
// The same input gives the same findings, byte for byte. Findings that a decision of the register settles carry its
// reason in Rejected; they are not left out. The result is never nil.
func Run(in Input) []register.Finding {
	s := newScene(in)
	of := make([][]register.Finding, len(rules))
	next := deal(len(rules))
	var wg sync.WaitGroup
	for side := range min(runtime.GOMAXPROCS(0), 2) {
		wg.Go(func() {
			eye := s.another()
			for i, ok := next(side == 1); ok; i, ok = next(side == 1) {
				of[i] = eye.look(rules[i])
			}
		})
	}
	wg.Wait()
	decided := make(map[string]string)
	for _, d := range s.reg.Decisions {
		decided[d.Finding+" "+d.Subject] = d.Reason
	}
	findings := slices.Concat(of...)
	if findings == nil {
		findings = []register.Finding{}
	}
	for i, f := range findings {
		findings[i].Rejected = decided[f.ID+" "+f.Subject]
	}
	return findings
}

// readers are the rules that read every word of the register; they share what is made for the first of them. The others join
// rows. So two who look at once begin at the two ends of the list and seldom wait for one another.
var readers = []string{"R13", "R12", "R21", "R14", "R8"}

// deal hands out the rules one by one, those of readers first, or from the other end.
func deal(n int) func(last bool) (int, bool) {
	order := make([]int, 0, n)
	for i := range n {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		rank := func(i int) int {
			if at := slices.Index(readers, rules[i].ID); at >= 0 {
				return at
			}
			return len(readers)
		}
		return cmp.Compare(rank(a), rank(b))
	})
	var mu sync.Mutex
	return func(last bool) (i int, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case len(order) == 0:
			return 0, false
		case last:
			i, order = order[len(order)-1], order[:len(order)-1]
		default:
			i, order = order[0], order[1:]
		}
		return i, true
	}
}

// look gives what one rule finds, in order.
func (s *scene) look(r rule) []register.Finding {
	s.rule, s.found = r.ID, nil
	r.look(s)
	slices.SortStableFunc(s.found, s.compare)
	return s.found
}

// A note is a finding as a rule writes it down.
type note struct {
	severity register.Severity
	clause   string
	places   []register.Place
	text     string
	fix      string
	depends  []string
	id       []string // identity of the subject: keys and clauses
	subject  []string // what was looked at, beside the clause; a decision on the finding lapses when it changes
	byPlaces bool     // the places and their words were looked at too: one more of them reopens the finding
}

// report files a finding of the rule that is looking. Places are put in order here.
func (s *scene) report(n note) {
	if !slices.IsSortedFunc(n.places, s.comparePlaces) { // rows are looked through in order
		slices.SortStableFunc(n.places, s.comparePlaces)
	}
	looked := append([]string{n.clause}, n.subject...)
	if n.byPlaces {
		for _, p := range n.places {
			looked = append(looked, p.Clause, string(p.Kind), p.Key, p.Quote)
		}
	}
	depends := slices.Compact(slices.Sorted(slices.Values(n.depends)))
	if depends == nil {
		depends = []string{}
	}
	s.found = append(s.found, register.Finding{
		ID:        register.FindingID(s.rule, n.id...),
		Rule:      s.rule,
		Severity:  n.severity,
		Clause:    n.clause,
		Places:    n.places,
		Text:      singleSpaced(n.text),
		Fix:       singleSpaced(n.fix),
		DependsOn: depends,
		Subject:   register.SubjectHash(looked...),
	})
}

// singleSpaced makes one line of a sentence that quotes what people typed, which may hold tabs and runs of spaces.
func singleSpaced(s string) string {
	if !strings.Contains(s, "  ") && !strings.ContainsAny(s, "\t\n\r\v\f") {
		return s
	}
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || '\t' <= r && r <= '\r' }), " ")
}

// compare orders findings of one rule by their places and identity.
func (s *scene) compare(a, b register.Finding) int {
	for i := range min(len(a.Places), len(b.Places)) {
		if c := s.comparePlaces(a.Places[i], b.Places[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(len(a.Places), len(b.Places)), cmp.Compare(a.ID, b.ID))
}

// comparePlaces puts the order before the register, clauses in their order, paragraphs and rows in theirs.
func (s *scene) comparePlaces(a, b register.Place) int {
	return cmp.Or(
		cmp.Compare(s.placeRank(a), s.placeRank(b)),
		s.compareClauses(a.Clause, b.Clause),
		cmp.Compare(s.spot[keyOf(a)], s.spot[keyOf(b)]),
		cmp.Compare(a.Key, b.Key),
	)
}

func (s *scene) placeRank(p register.Place) int {
	if p.Clause != "" {
		return 0
	}
	return 1 + slices.Index(placeKinds, p.Kind)
}

// placeKinds is the order in which a finding lists places of the register.
var placeKinds = []register.Kind{register.KindOrganisation, register.KindDepartment, register.KindAppointment,
	register.KindProcess, register.KindTouchpoint, register.KindUsage, register.KindAttribute, register.KindProfile,
	register.KindJourney, register.KindEdition}

// compareClauses orders clause numbers by the order's own text, and those that it does not have by their figures.
func (s *scene) compareClauses(a, b string) int {
	if a == b {
		return 0
	}
	i, inA := s.clauseAt[a]
	j, inB := s.clauseAt[b]
	if inA && inB {
		return cmp.Compare(i, j)
	}
	return slices.Compare(clauseFigures(a), clauseFigures(b))
}

// clauseFigures reads «2.10» as 2, 10. Parts that are no numbers count as 0, so «преамбула» stands before «1.1».
func clauseFigures(clause string) []int {
	var figures []int
	for part := range strings.SplitSeq(clause, ".") {
		n, _ := strconv.Atoi(part)
		figures = append(figures, n)
	}
	return figures
}
