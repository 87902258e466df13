package testkit

import (
	_ "embed"
	"slices"
	"strings"

	"perechen/internal/register"
)

//go:embed queries.txt
var queries string

//go:embed queries_hard.txt
var hardQueries string

//go:embed queries_phone.txt
var phoneQueries string

//go:embed queries_heldout.txt
var heldOutQueries string

// A Query is what a person typed with the keys that answer it, best first: Want belong first, Also will do. A query that has
// neither is one that nothing answers. Of says which register it is asked of: Everyday unless it names another.
type Query struct {
	Text       string
	Want, Also []string
	Of         string
}

// Queries are the judged queries.
func Queries() []Query { return judged(queries) }

// HardQueries are judged queries with slips of the pen, in the other layout or not finished, mostly all at once. They were judged
// before they were asked, and nothing was tuned to them.
func HardQueries() []Query { return judged(hardQueries) }

// PhoneQueries are what people type on a telephone: whole sentences, slips, both layouts, other alphabets, numbers, rooms, and
// things that no body answers.
func PhoneQueries() []Query { return judged(phoneQueries) }

// HeldOutQueries are the other half of what PhoneQueries were taken from. They are there to measure with, not to tune to.
func HeldOutQueries() []Query { return judged(heldOutQueries) }

// QueriedRegister is the register that a query is asked of.
func QueriedRegister(of string) *register.Register {
	if of == "committee" {
		return Committee().Register
	}
	return Everyday()
}

func judged(list string) []Query {
	var qs []Query
	of := ""
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		if line[0] == '[' {
			of = strings.Trim(line, "[]")
			continue
		}
		text, answers, _ := strings.Cut(line, " | ")
		want, also, _ := strings.Cut(answers, "/")
		q := Query{Text: text, Want: strings.Fields(want), Also: strings.Fields(also), Of: of}
		if slices.Equal(q.Want, []string{"-"}) {
			q.Want = nil
		}
		qs = append(qs, q)
	}
	return qs
}

// A Quality is how good answers are: MRR is the mean of 1/rank of the first right answer, Recall the share of queries that
// have it among the first five, Best the share whose very first answer is one that belongs there. NotFirst are the queries whose
// first answer is another, with what stood before. Queries that nothing answers are counted apart: Silent of Unanswerable found
// nothing.
type Quality struct {
	MRR, Recall, Best    float64
	Silent, Unanswerable int
	NotFirst             []string
}

// Measure asks the judged queries; find gives the keys of the answers, best first.
func Measure(find func(query string) []string) Quality { return MeasureOn(Queries(), find) }

// MeasureOn asks these queries of one register.
func MeasureOn(all []Query, find func(query string) []string) Quality {
	return MeasureOf(all, func(q Query) []string { return find(q.Text) })
}

// MeasureOf asks these queries, each of its own register.
func MeasureOf(all []Query, find func(q Query) []string) Quality {
	var q Quality
	n := 0.0
	for _, j := range all {
		found := find(j)
		miss := j.Text + " → " + strings.Join(found[:min(5, len(found))], ", ")
		if len(j.Want) == 0 {
			q.Unanswerable++
			if len(found) == 0 {
				q.Silent++
			} else {
				q.NotFirst = append(q.NotFirst, miss)
			}
			continue
		}
		n++
		rank := slices.IndexFunc(found, func(k string) bool { return slices.Contains(j.Want, k) || slices.Contains(j.Also, k) })
		if rank >= 0 {
			q.MRR += 1 / float64(rank+1)
		}
		if 0 <= rank && rank < 5 {
			q.Recall++
		}
		if rank == 0 && slices.Contains(j.Want, found[0]) {
			q.Best++
		} else {
			q.NotFirst = append(q.NotFirst, miss)
		}
	}
	n = max(n, 1)
	q.MRR, q.Recall, q.Best = q.MRR/n, q.Recall/n, q.Best/n
	return q
}
