// Package feedback holds the rules of what clients say about points and processes: opinions, appeals, thresholds, results,
// surveys. It is pure but for the random numbers of a form; the clock, the database and the pages are others' business.
//
// Whoever gave feedback must not be found, also not by somebody who holds the database. So nothing that leads to a person
// is ever given to this package, a moment is known to the month only, and what one person said is parted at once: the
// marks go into an Opinion, the words into an Appeal, and nothing ties the two (docs/security.md).
package feedback

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"perechen/internal/workday"
)

// What feedback can be about.
const (
	OfPoint   = "point"
	OfProcess = "process"
)

// A Subject is a point or a process of a body.
type Subject struct {
	Kind string `json:"kind"` // OfPoint, OfProcess
	Key  string `json:"key"`
}

// An Opinion is the marks that a client has given, without words. It lives until its quarter is summed up.
type Opinion struct {
	ID      string `json:"-"` // random
	Month   Month  `json:"month"`
	Channel string `json:"channel,omitempty"` // kind of the point, as it was then
	Need    string `json:"need,omitempty"`    // code; empty: not said
	Stage   string `json:"stage,omitempty"`   // of a process: title of the stage of its journey where it was hardest; empty: not said
	Got     bool   `json:"got"`               // получилось
	Scale   int    `json:"scale"`             // 1…5
	Subject
}

// Satisfied tells whether the mark is one of the two upper ones.
func (o Opinion) Satisfied() bool { return o.Scale >= 4 }

// The states of an appeal.
const (
	Accepted   = "accepted"   // принято
	Considered = "considered" // рассмотрено: there is a result
)

// Outcomes are the results of an appeal, in the order in which they are offered.
var Outcomes = []string{"fixed", "planned", "explained", "noted", "elsewhere"}

// An Appeal is the words of a client and what became of them. It holds no marks. The client finds it by a code of which
// only Code, its fingerprint, is kept.
type Appeal struct {
	ID    string `json:"-"` // random
	Code  string `json:"-"` // CodePrint of the author's code
	Fresh bool   `json:"-"` // not yet shown to the body: see Shown
	Month Month  `json:"month"`
	Need  string `json:"need,omitempty"` // until the quarter is summed up; see Joint
	Text  string `json:"text,omitempty"`
	Subject

	State    string `json:"state"`
	Outcome  string `json:"outcome,omitempty"` // one of Outcomes
	Answer   string `json:"answer,omitempty"`
	Answered string `json:"answered,omitempty"` // the day
	Version  int    `json:"version"`            // counts what the body did
	Redacted string `json:"redacted,omitempty"` // why words were taken out
	Task     string `json:"task,omitempty"`     // key of a task of the log
	Proposal string `json:"proposal,omitempty"` // id

	Summed string `json:"summed,omitempty"` // the quarter in whose results it is
}

// Shown tells whether the body sees the appeal: when enough others came with it, or when its month is over. Else the hour at
// which it appears would tell when it was written.
func (a Appeal) Shown(now Month) bool { return !a.Fresh || a.Month < now }

// Joint takes the need off those appeals whose words fewer than threshold others share it with: at the same subject, with the
// same need. An attribute that stood beside the words of a few would tell who wrote them.
func Joint(appeals []Appeal, threshold int) []Appeal {
	type where struct {
		Subject
		need string
	}
	count := map[where]int{}
	for _, a := range appeals {
		if a.Text != "" {
			count[where{a.Subject, a.Need}]++
		}
	}
	joint := slices.Clone(appeals)
	for i, a := range joint {
		if a.Text != "" && count[where{a.Subject, a.Need}] < max(threshold, MinThreshold) {
			joint[i].Need = ""
		}
	}
	return joint
}

// A Month is «2026-04»: all that is kept of when something was said. Months compare as strings.
type Month string

// MonthOf is the month of a moment, in its own location.
func MonthOf(t time.Time) Month { return Month(t.Format("2006-01")) }

// Quarter is the quarter of the month: «2026-2».
func (m Month) Quarter() Quarter {
	t, err := time.Parse("2006-01", string(m))
	if err != nil {
		return ""
	}
	return quarterOf(t)
}

// Last is the last day of the month; empty for what is no month.
func (m Month) Last() string {
	t, err := time.Parse("2006-01", string(m))
	if err != nil {
		return ""
	}
	return t.AddDate(0, 1, -1).Format(time.DateOnly)
}

// A Quarter is «2026-2». Quarters compare as strings.
type Quarter string

func quarterOf(t time.Time) Quarter {
	return Quarter(fmt.Sprintf("%04d-%d", t.Year(), (int(t.Month())+2)/3))
}

// ParseQuarter reads «2026-2»; ok is false for anything else.
func ParseQuarter(s string) (q Quarter, ok bool) {
	if len(s) != 6 || s[4] != '-' || s[5] < '1' || s[5] > '4' {
		return "", false
	}
	year, err := strconv.Atoi(s[:4])
	return Quarter(s), err == nil && year > 0
}

// Year and Number are its parts: 2026 and 2.
func (q Quarter) Year() int {
	y, _ := strconv.Atoi(string(q)[:min(4, len(q))])
	return y
}

// Number is the number of the quarter in its year, from 1; 0 for the empty one.
func (q Quarter) Number() int {
	if len(q) != 6 {
		return 0
	}
	return int(q[5] - '0')
}

// LastMonth is the third month of the quarter.
func (q Quarter) LastMonth() Month { return Month(fmt.Sprintf("%04d-%02d", q.Year(), q.Number()*3)) }

// Next is the quarter after it.
func (q Quarter) Next() Quarter {
	if q.Number() == 4 {
		return Quarter(fmt.Sprintf("%04d-1", q.Year()+1))
	}
	return Quarter(fmt.Sprintf("%04d-%d", q.Year(), q.Number()+1))
}

// MinThreshold is the least number of answers of which anything is shown; an order may ask for more, never for less.
const MinThreshold = 5

// Terms are what an order says of feedback.
type Terms struct {
	Days      int // working days for an answer; 0: the order gives no term
	Threshold int // at least MinThreshold
}

// TermsOf gives the terms with the threshold kept at its least.
func TermsOf(days, threshold int) Terms {
	return Terms{Days: days, Threshold: max(threshold, MinThreshold)}
}

// Due is the last day for answering what was said in a month. The term runs from the month's last day, because no earlier
// day is known. Empty without a term; where the calendar does not know the year, days off are not left out.
func (t Terms) Due(m Month, cal workday.Calendar) string {
	last := m.Last()
	if t.Days == 0 || last == "" {
		return ""
	}
	if due, err := cal.Add(last, t.Days); err == nil {
		return due
	}
	day, _ := time.Parse(time.DateOnly, last)
	return day.AddDate(0, 0, 2*t.Days).Format(time.DateOnly)
}

// Ripe tells whether a quarter can be summed up on a day: it is over, and so are all terms for answering.
func (t Terms) Ripe(q Quarter, today string, cal workday.Calendar) bool {
	last := q.LastMonth()
	return today > cmp.Or(t.Due(last, cal), last.Last())
}
