package feedback

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"sync"

	"go.yaml.in/yaml/v3"
)

// A Survey is a few questions to internal clients, open for some days.
type Survey struct {
	ID        string        `json:"-" yaml:"id"`
	Title     string        `json:"title" yaml:"title"`
	About     string        `json:"about,omitempty" yaml:"about"` // what it is for, to those who answer
	Questions []Question    `json:"questions" yaml:"questions"`
	Opens     string        `json:"opens" yaml:"-"`  // the first day
	Closes    string        `json:"closes" yaml:"-"` // the last day
	Result    *SurveyResult `json:"result,omitempty" yaml:"-"`
}

// The kinds of questions.
const (
	AskScale  = "scale"  // 1…5
	AskChoice = "choice" // one of Options
	AskWords  = "words"
)

// A Question of a survey.
type Question struct {
	Key     string   `json:"key" yaml:"key"`
	Kind    string   `json:"kind" yaml:"kind"`
	Text    string   `json:"text" yaml:"text"`
	Options []string `json:"options,omitempty" yaml:"options"`
}

// The states of a survey on a day.
const (
	SurveyAhead  = "ahead"
	SurveyOpen   = "open"
	SurveyClosed = "closed"
)

// State is that of the survey on a day.
func (s Survey) State(today string) string {
	switch {
	case today < s.Opens:
		return SurveyAhead
	case today <= s.Closes:
		return SurveyOpen
	}
	return SurveyClosed
}

// An Answer is what one client has marked, or one text: texts are kept apart from the marks and from one another.
type Answer struct {
	ID       string         `json:"-"` // random
	Survey   string         `json:"survey"`
	Marks    map[string]int `json:"marks,omitempty"` // question → mark 1…5, or option from 1
	Question string         `json:"question,omitempty"`
	Text     string         `json:"text,omitempty"`
}

// A SurveyResult is a survey summed up, once.
type SurveyResult struct {
	Threshold int              `json:"threshold"`
	Few       bool             `json:"few,omitempty"` // too few answers: nothing is shown
	N         int              `json:"n,omitempty"`
	Questions []QuestionResult `json:"questions,omitempty"`
}

// A QuestionResult is the answers to one question. Values of which fewer than the threshold were given are one row.
type QuestionResult struct {
	Key  string       `json:"key"`
	Few  bool         `json:"few,omitempty"`
	N    int          `json:"n,omitempty"`
	Rows []ChoiceRows `json:"rows,omitempty"`
}

// ChoiceRows is how often one of Values was given; several values are those that are too rare to be shown apart.
type ChoiceRows struct {
	Values []int `json:"values"`
	N      int   `json:"n"`
}

// SumUpSurvey counts answers. Each question's numbers are a partition of the same people, of at least threshold each; a
// question that some did not answer counts as if they were one value more, or the difference would tell of them.
func SumUpSurvey(s Survey, answers []Answer, threshold int) SurveyResult {
	threshold = max(threshold, MinThreshold)
	r := SurveyResult{Threshold: threshold}
	var marks []map[string]int
	for _, a := range answers {
		if a.Question == "" {
			marks = append(marks, a.Marks)
		}
	}
	if r.N = len(marks); r.N < threshold {
		return SurveyResult{Threshold: threshold, Few: true}
	}
	for _, q := range s.Questions {
		if q.Kind == AskWords {
			continue
		}
		of := make([]Opinion, 0, len(marks))
		for _, m := range marks {
			of = append(of, Opinion{Subject: Subject{Key: strconv.Itoa(m[q.Key])}}) // 0: not answered
		}
		r.Questions = append(r.Questions, questionResult(q, of, threshold))
	}
	return r
}

func questionResult(q Question, of []Opinion, threshold int) QuestionResult {
	blocks, place := SumUp(of, threshold)
	values := 5
	if q.Kind == AskChoice {
		values = len(q.Options)
	}
	out := QuestionResult{Key: q.Key, N: len(of)}
	rows := make([]ChoiceRows, len(blocks))
	for i, b := range blocks {
		rows[i].N = b.N
	}
	var unseen []int
	for v := 0; v <= values; v++ {
		if i, ok := place(Opinion{Subject: Subject{Key: strconv.Itoa(v)}}); ok {
			rows[i].Values = append(rows[i].Values, v)
		} else if v > 0 {
			unseen = append(unseen, v)
		}
	}
	// A value that nobody gave is told only beside those that are rare, or not at all: «никто» is known of everybody.
	for i := range rows {
		if len(rows[i].Values) > 1 {
			rows[i].Values = append(rows[i].Values, unseen...)
			slices.Sort(rows[i].Values)
		}
	}
	slices.SortFunc(rows, func(a, b ChoiceRows) int { return slices.Compare(a.Values, b.Values) })
	// Where all who answered are one group, that they gave the same would tell what each of them said: it looks as if each had
	// given another.
	answered := -1
	for i, r := range rows {
		if r.Values[len(r.Values)-1] == 0 {
			continue // those who did not answer
		}
		if out.Few = answered < 0; !out.Few {
			break
		}
		answered = i
	}
	if out.Few {
		var all []int
		for v := min(1, rows[answered].Values[0]); v <= values; v++ { // from 0, where some of them did not answer
			all = append(all, v)
		}
		rows[answered].Values = all
	}
	out.Rows = rows
	return out
}

// SurveyLimits of what a body may ask.
const (
	MaxQuestions = 12
	MaxSurvey    = 92 // days
)

//go:embed surveys
var shipped embed.FS

// Templates are the surveys that come with the program, by id.
var Templates = sync.OnceValue(func() []Survey {
	var all []Survey
	names, err := fs.Glob(shipped, "surveys/*.yaml")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		raw, err := shipped.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var s Survey
		if err := yaml.Unmarshal(raw, &s); err != nil {
			panic(fmt.Sprintf("feedback: %s: %v", name, err))
		}
		all = append(all, s)
	}
	return all
})
