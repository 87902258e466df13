package testkit

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed queries.txt
var queries string

//go:embed queries_hard.txt
var hardQueries string

// A Query is what a person typed with the keys of Everyday that answer it, best first.
type Query struct {
	Text string
	Want []string
}

// Queries are the judged queries.
func Queries() []Query { return judged(queries) }

// HardQueries are judged queries with slips of the pen, in the other layout or not finished, mostly all at once. They were judged
// before they were asked, and nothing was tuned to them.
func HardQueries() []Query { return judged(hardQueries) }

func judged(list string) []Query {
	var qs []Query
	for line := range strings.Lines(list) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		text, want, _ := strings.Cut(line, " | ")
		qs = append(qs, Query{text, strings.Fields(want)})
	}
	return qs
}

// A Quality is how good answers are: MRR is the mean of 1/rank of the first right answer, Recall the share of queries that
// have it among the first five. NotFirst are the queries whose first answer is another, with what stood before.
type Quality struct {
	MRR, Recall float64
	NotFirst    []string
}

// Measure asks the judged queries; find gives the keys of the answers, best first.
func Measure(find func(query string) []string) Quality { return MeasureOn(Queries(), find) }

// MeasureOn asks these queries.
func MeasureOn(all []Query, find func(query string) []string) Quality {
	var q Quality
	for _, j := range all {
		found := find(j.Text)
		rank := slices.IndexFunc(found, func(k string) bool { return slices.Contains(j.Want, k) })
		if rank >= 0 {
			q.MRR += 1 / float64(rank+1)
		}
		if 0 <= rank && rank < 5 {
			q.Recall++
		}
		if rank != 0 {
			q.NotFirst = append(q.NotFirst, j.Text+" → "+strings.Join(found[:min(5, len(found))], ", "))
		}
	}
	q.MRR /= float64(len(all))
	q.Recall /= float64(len(all))
	return q
}
