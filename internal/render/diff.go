package render

import (
	"fmt"
	"strconv"
	"time"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Moment names one side of a comparison: an edition, or an entry of the log.
type Moment struct {
	Edition int // 0: not an edition
	N       int64
	Time    time.Time
}

func (m Moment) String() string {
	if m.Edition > 0 {
		return fmt.Sprintf("редакция № %d", m.Edition)
	}
	return fmt.Sprintf("запись № %d от %s", m.N, lang.Date(string(register.DateOf(m.Time))))
}

// Diff makes the sheet of changes between two states of a register: what was included, changed and excluded, changed
// texts as a redline (removed words struck out, added words underlined). No differences make a sheet that says so.
func Diff(a, b *register.Register, from, to Moment, p *procedure.Procedure, stamp Stamp) (*office.Doc, error) {
	layout, _ := layoutOn(register.DateOf(stamp.Time))
	d := &office.Doc{
		Title:   "Лист изменений перечня. " + p.Holder.ShortName,
		Author:  p.Holder.Name,
		Created: stamp.Time,
		Layout:  layout,
		Seal:    stamp.Seal,
	}
	title := fmt.Sprintf("ЛИСТ ИЗМЕНЕНИЙ\nперечня точек взаимодействия\n%s\n(%s — %s)", p.Holder.Genitive, from, to)
	blocks := []office.Block{&office.Para{Style: office.Title, Runs: []office.Run{{Text: title, Bold: true}}, Keep: true}}
	ds := register.Compare(a, b)
	if len(ds) == 0 {
		blocks = append(blocks, office.P(office.Body, "Изменений нет."))
	} else {
		blocks = append(blocks, changes(ds, a, b))
	}
	foot, err := stamp.blocks(nil)
	if err != nil {
		return nil, err
	}
	d.Sections = []office.Section{{Name: "Изменения", Blocks: append(blocks, foot...)}}
	return d, nil
}

// changes is the table of the sheet: one row for each included or excluded subject and for each changed field.
func changes(ds []register.Difference, a, b *register.Register) *office.Table {
	t := &office.Table{Head: 1, Widths: []float64{12, 28, 56, 74}}
	head := office.Row{}
	for _, h := range []string{"№ п/п", "Что произошло", "Что", "Содержание"} {
		head.Cells = append(head.Cells, office.Cell{Text: h, Bold: true, Align: office.Center})
	}
	t.Rows = append(t.Rows, head)
	for i, d := range ds {
		lines := content(d, a, b)
		for j, runs := range lines {
			row := office.Row{Cells: []office.Cell{
				{Text: strconv.Itoa(i+1) + "."},
				{Text: OpWord(d.Op)},
				{Text: KindWord(d.Kind) + ":\n" + Subject(d, a, b)},
				{Runs: runs},
			}}
			if len(lines) > 1 {
				for c := range 3 {
					if j == 0 {
						row.Cells[c].RowSpan = len(lines)
					} else {
						row.Cells[c] = office.Cell{Covered: true}
					}
				}
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// content is what the last column says of a difference, a line for each changed field.
func content(d register.Difference, a, b *register.Register) [][]office.Run {
	switch d.Op {
	case register.Include:
		return [][]office.Run{{{Text: whole(d.After), Underline: true}}}
	case register.Exclude:
		return [][]office.Run{{{Text: whole(d.Before), Struck: true}}}
	}
	var lines [][]office.Run
	for _, f := range d.Fields {
		if f.Field == "contact" { // the canonical twin of the printed contact
			continue
		}
		before, after := f.Before, f.After
		if f.Field == "process" || f.Field == "touchpoint" || f.Field == "department" {
			before, after = name(f.Field, before, a), name(f.Field, after, b)
		}
		lines = append(lines, append([]office.Run{{Text: FieldWord(f.Field) + ": "}}, Redline(before, after)...))
	}
	if len(lines) == 0 {
		lines = append(lines, []office.Run{{Text: "изменена запись контакта"}})
	}
	return lines
}

// whole is the content of an included or excluded subject in words.
func whole(x any) string {
	switch x := x.(type) {
	case register.Usage:
		s := x.Text
		if x.Feature != "" {
			s += ". " + x.Feature
		}
		return s
	case register.Touchpoint:
		return x.Text()
	case register.Process:
		return x.Title
	case register.Profile:
		return x.Title
	case register.Attribute:
		return x.Type + ": " + x.Title
	case register.Department:
		return x.Title
	case register.Appointment:
		return x.Person + ", " + x.Act.Kind + " № " + x.Act.Number
	}
	return ""
}

// name gives the title of the subject that a field refers to by key; the key itself where there is none.
func name(field, key string, r *register.Register) string {
	switch field {
	case "process":
		if p, ok := r.Process(key); ok {
			return p.Title
		}
	case "touchpoint":
		if t, ok := r.Touchpoint(key); ok {
			return t.Text()
		}
	case "department":
		for _, d := range r.Departments {
			if d.Key == key {
				return d.Title
			}
		}
	}
	return key
}
