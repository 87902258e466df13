package render

import (
	"fmt"
	"slices"
	"time"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Moment names one side of a comparison: an edition, or an entry of the log.
type Moment struct {
	Edition int           // 0: not an edition
	Date    register.Date // of the edition
	N       int64
	Time    time.Time
}

func (m Moment) String() string {
	if m.Edition > 0 {
		if m.Date == "" {
			return fmt.Sprintf("редакция № %d", m.Edition)
		}
		return fmt.Sprintf("редакция № %d от %s", m.Edition, lang.Date(string(m.Date)))
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
	// Who holds which role is not in the register that is printed and approved.
	ds := slices.DeleteFunc(register.Compare(a, b), func(d register.Difference) bool { return d.Kind == register.KindAppointment })
	if len(ds) == 0 {
		blocks = append(blocks, office.P(office.Body, "Изменений нет."))
	} else {
		blocks = append(blocks, (&sheet{a: a, b: b, p: p}).table(ds))
	}
	var ed *register.Edition
	if to.Edition > 0 {
		ed = &register.Edition{Number: to.Edition, Date: to.Date, N: to.N}
	}
	foot, err := stamp.blocks(ed)
	if err != nil {
		return nil, err
	}
	d.Sections = []office.Section{{Name: "Изменения", Blocks: append(blocks, foot...)}}
	return d, nil
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
