package render

import (
	"strconv"
	"time"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A FeedbackSheet is results of feedback or of a survey as a document shows them. All texts are words already; nothing in it
// is of fewer people than the threshold.
type FeedbackSheet struct {
	Title  string // «Результаты обратной связи»
	Period string
	Notes  []string // under the title
	Tables []FeedbackTable
	Lists  []FeedbackList // words of clients, each apart from everything else
	Foot   []string
}

// A FeedbackTable is one table: the first column is what the row is about.
type FeedbackTable struct {
	Title string
	Head  []string
	Rows  [][]string
}

// A FeedbackList is texts in no order.
type FeedbackList struct {
	Title string
	Items []string
}

// Feedback lays results out for a body on a day.
func Feedback(org register.Organisation, s FeedbackSheet, made time.Time) *office.Doc {
	layout, _ := layoutOn(register.DateOf(made))
	d := &office.Doc{Title: s.Title + ". " + s.Period, Author: org.Name, Created: made, Layout: layout}
	blocks := []office.Block{
		&office.Para{Style: office.Title, Keep: true, Runs: []office.Run{{Text: s.Title + "\n" + orGenitive(org) + "\n" + s.Period, Bold: true}}},
	}
	for _, n := range s.Notes {
		blocks = append(blocks, office.P(office.Body, n))
	}
	for i, t := range s.Tables {
		if len(t.Rows) == 0 {
			continue
		}
		table := &office.Table{Head: 1, Caption: strconv.Itoa(i+1) + ". " + t.Title, Widths: []float64{68}}
		head := office.Row{}
		for j, h := range t.Head {
			if j > 0 {
				table.Widths = append(table.Widths, 102/float64(len(t.Head)-1))
			}
			head.Cells = append(head.Cells, office.Cell{Text: h, Bold: true, Align: office.Center})
		}
		table.Rows = append(table.Rows, head)
		for _, r := range t.Rows {
			row := office.Row{}
			for j, c := range r {
				cell := office.Cell{Text: c}
				if j > 0 {
					cell.Align = office.Center
				}
				row.Cells = append(row.Cells, cell)
			}
			table.Rows = append(table.Rows, row)
		}
		blocks = append(blocks, table, office.P(office.Small, ""))
	}
	for _, l := range s.Lists {
		if len(l.Items) == 0 {
			continue
		}
		blocks = append(blocks, &office.Para{Style: office.Heading2, Keep: true, Runs: []office.Run{{Text: l.Title}}})
		for _, x := range l.Items {
			blocks = append(blocks, office.P(office.Body, "– "+x))
		}
	}
	for _, f := range s.Foot {
		blocks = append(blocks, office.P(office.Small, f))
	}
	blocks = append(blocks, office.P(office.Small, "Составлено "+lang.Date(string(register.DateOf(made)))+"."))
	d.Sections = []office.Section{{Name: "Обратная связь", Blocks: blocks}}
	return d
}

func orGenitive(org register.Organisation) string {
	if org.Genitive != "" {
		return org.Genitive
	}
	return org.Name
}
