package web

import (
	"slices"
	"strconv"

	"perechen/internal/feedback"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"
)

// A painRow of the карта болей is a process, and its cells are the stages of its journey from left to right, or the needs it
// satisfies where nobody has described a journey.
type painRow struct {
	Label, Href string
	Ru          bool
	Journey     *link
	Cells       []painCell
}

// A painCell is a stage or a need: what was said of it, and of the points at which it is done.
type painCell struct {
	Title  string
	Ru     bool
	N      int // 0: nothing is shown
	Missed shareView
	Sour   shareView
	Level  string // severe, middle, slight; empty: nothing is known
	Points []painPoint
}

type painPoint struct {
	link
	N      int
	Missed string
}

// pains is the map of a period. Every figure of it is a sum over whole blocks, as in the tables.
func (r *request) pains(f *frame, blocks []feedback.Block) []painRow {
	rows := feedback.Table(feedback.Pains, blocks)
	points := map[string]feedback.Row{}
	for _, p := range feedback.Table(feedback.ByPoint, blocks) {
		if p.Value != feedback.Mixed {
			points[p.Value] = p
		}
	}
	var out []painRow
	known := map[string]bool{feedback.Mixed: true}
	for i := range r.snap.reg.Processes {
		key := r.snap.reg.Processes[i].Key
		known[key] = true
		if row := r.painRow(f, key, rows, points); len(row.Cells) > 0 {
			out = append(out, row)
		}
	}
	for _, x := range rows { // of processes that are no more, and what is not shown apart
		if x.Under == feedback.Mixed || !known[x.Under] {
			l := r.painLabel(f, x.Under)
			i := slices.IndexFunc(out, func(row painRow) bool { return row.Label == l.Text })
			if i < 0 {
				i = len(out)
				out = append(out, painRow{Label: l.Text, Href: l.Href})
			}
			out[i].Cells = append(out[i].Cells, r.painCell(x))
		}
	}
	return out
}

func (r *request) painLabel(f *frame, process string) link {
	text, href, _ := r.resultLabel(f, feedback.ByProcess, feedback.Row{Kind: feedback.OfProcess, Value: process})
	return link{href, text}
}

func (r *request) painRow(f *frame, process string, rows []feedback.Row, points map[string]feedback.Row) painRow {
	l := r.painLabel(f, process)
	row := painRow{Label: l.Text, Href: l.Href, Ru: true}
	mine := slices.DeleteFunc(slices.Clone(rows), func(x feedback.Row) bool { return x.Under != process })
	j, ok := upkeep.JourneyOf(r.snap.reg, process)
	told := len(mine) > 0
	if ok {
		row.Journey = &link{f.To("journeys", j.Key), j.Title}
		for _, st := range j.Stages {
			c := painCell{Title: st.Title, Ru: true}
			if i := slices.IndexFunc(mine, func(x feedback.Row) bool { return x.Stage && x.Value == st.Title }); i >= 0 {
				c = r.painCell(mine[i])
				mine = slices.Delete(mine, i, i+1)
			}
			var at []string
			for _, step := range st.Steps {
				for _, p := range step.Points {
					at = append(at, p.Touchpoint)
				}
			}
			c.addPoints(r, f, at, points)
			told = told || len(c.Points) > 0
			row.Cells = append(row.Cells, c)
		}
	}
	if !told {
		return painRow{}
	}
	slices.SortStableFunc(mine, func(a, b feedback.Row) int { return r.painPlace(a) - r.painPlace(b) })
	for _, x := range mine {
		c := r.painCell(x)
		if !ok && !x.Stage {
			var at []string
			for _, u := range r.snap.rowsIn[process] {
				if slices.ContainsFunc(u.Needs, func(n register.NeedRef) bool { return x.Value != "" && n.Code == x.Value }) {
					at = append(at, u.Touchpoint)
				}
			}
			c.addPoints(r, f, at, points)
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

// painPlace is the place of a cell that no journey gives a place: stages of old, needs in the order of the Порядок, what was not
// said, the rest.
func (r *request) painPlace(x feedback.Row) int {
	needs := r.snap.proc.Needs
	switch {
	case x.Stage:
		return -1
	case x.Value == "":
		return len(needs) + 1
	case x.Value == feedback.Mixed:
		return len(needs) + 2
	}
	for i, n := range needs {
		if n.Code == x.Value {
			return i
		}
	}
	return len(needs)
}

// painCell is what was said of a stage or a need.
func (r *request) painCell(x feedback.Row) painCell {
	c := painCell{Title: x.Value, Ru: true, N: x.N, Missed: r.share(x.N-x.Got, x.N), Sour: r.share(x.N-x.Satisfied, x.N)}
	if !x.Stage {
		c.Title, _, c.Ru = r.resultLabel(nil, feedback.ByNeed, feedback.Row{Value: x.Value})
		if x.Value == feedback.Mixed {
			c.Title = r.lang.T("results.mixed.pains")
		}
	}
	c.Level = painLevel(max(c.Missed.Width, c.Sour.Width))
	return c
}

func painLevel(percent int) string {
	switch {
	case percent >= 50:
		return "severe"
	case percent >= 25:
		return "middle"
	}
	return "slight"
}

// addPoints adds what was said of the points of a stage, the worst first.
func (c *painCell) addPoints(r *request, f *frame, keys []string, points map[string]feedback.Row) {
	slices.Sort(keys)
	var rows []feedback.Row
	for _, key := range slices.Compact(keys) {
		if p, ok := points[key]; ok {
			rows = append(rows, p)
		}
	}
	slices.SortStableFunc(rows, func(a, b feedback.Row) int { return a.Got*b.N - b.Got*a.N })
	worst := 0
	for _, p := range rows {
		s := r.share(p.N-p.Got, p.N)
		worst = max(worst, s.Width)
		c.Points = append(c.Points, painPoint{r.subjectLink(f, feedback.Subject{Kind: feedback.OfPoint, Key: p.Value}), p.N, s.Text})
	}
	if c.N == 0 && len(rows) > 0 {
		c.Level = painLevel(worst)
	}
}

// painTable is the map as a table of a document: a row for each stage of which something is known.
func (r *request) painTable(rows []painRow) render.FeedbackTable {
	t := render.FeedbackTable{Title: r.lang.T("results.by.pains"), Head: []string{r.lang.T("results.head.pains"), r.lang.T("results.n"), r.lang.T("results.missed"), r.lang.T("results.sour")}}
	for _, row := range rows {
		for _, c := range row.Cells {
			if c.N > 0 {
				t.Rows = append(t.Rows, []string{row.Label + ": " + c.Title, strconv.Itoa(c.N), c.Missed.Text, c.Sour.Text})
			}
		}
	}
	return t
}
