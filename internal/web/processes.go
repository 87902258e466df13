package web

import (
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// processesPage shows which needs are met in which process, and through points of which class.
type processesPage struct {
	frame
	Line    string
	Needs   []procedure.Need
	Items   []processItem
	Total   []cell
	Pager   pager
	Notes   []note
	Command string
}

type processItem struct {
	link
	Title string
	Line  string
	Cells []cell
}

// A cell of the coverage: a need and the classes of the points through which it is met.
type cell struct {
	Need    string
	Clause  string
	Classes []register.Class
}

func (s *site) processes(r *request) (page, error) {
	snap := r.snap
	all := snap.reg.Processes
	p := &processesPage{frame: r.frame("processes", "processes", r.lang.T("processes.title")), Needs: snap.needs(), Command: r.importCommand()}
	p.Line = r.lang.T("processes.line", r.lang.Count(len(all), "fact.processes"))
	p.Pager = r.pager(len(all))
	rows := map[string]int{}
	for i := range snap.reg.Usages {
		rows[snap.reg.Usages[i].Process]++
	}
	for i := p.Pager.from; i < p.Pager.to; i++ {
		x := &all[i]
		p.Items = append(p.Items, processItem{link: link{Href: p.To("processes", x.Key)}, Title: x.Title,
			Line: r.lang.Count(rows[x.Key], "fact.usages"), Cells: r.coverage(x.Key)})
	}
	p.Total = r.coverage("")
	seen := map[string]bool{}
	for i := range all {
		for _, n := range r.notesAbout(&p.frame, register.KindProcess, all[i].Key) {
			if !seen[n.ID] && len(p.Notes) < maxNotes {
				seen[n.ID] = true
				p.Notes = append(p.Notes, n)
			}
		}
	}
	return p, nil
}

// coverage tells for each need of the procedure how it is met in a process; in all of them for process "".
func (r *request) coverage(process string) []cell {
	var cs []cell
	for _, n := range r.snap.needs() {
		c := cell{Need: n.Text, Clause: n.Clause}
		met := r.snap.met[process][n.Code]
		for _, class := range []register.Class{register.Digital, register.Offline, ""} {
			if met[class] {
				c.Classes = append(c.Classes, class)
			}
		}
		cs = append(cs, c)
	}
	return cs
}

// processPage is one process: its points in order, the needs met, what is wrong, how it came to be so.
type processPage struct {
	frame
	Process    register.Process
	Gone       string
	Department string
	Included   string
	Excluded   string
	Edit       string // where it is changed; empty for those who may not
	Valid      string
	Usages     []row
	Pager      pager
	Coverage   []cell
	History    []event
	Notes      []note
	More       *link
	Tasks      []taskItem // open ones, for those who work with the register
}

func (s *site) process(r *request) (page, error) {
	key := r.PathValue("key")
	history, err := s.ledger.History(r.Context(), r.slug, register.KindProcess, key)
	if err != nil {
		return nil, err
	}
	x, gone := r.snap.processes[key], false
	if x == nil {
		x = lastContent[register.Process](history, r.view.N)
		gone = true
	}
	erased := x == nil && knownBy(history, r.view.N)
	if erased {
		x = &register.Process{Key: key, Title: key}
	}
	if x == nil {
		return nil, notFound("")
	}
	p := &processPage{frame: r.frame("process", "processes", x.Title), Process: *x, Department: r.snap.departments[x.Department], Valid: validity(r.lang, x.From, x.To)}
	if gone {
		p.Gone = r.lang.T("process.gone")
	}
	if erased {
		p.Gone = r.lang.T("log.erased")
	}
	p.Tasks = r.tasksAt(&p.frame, register.KindProcess, key)
	if x.Included != nil {
		p.Included = actText(*x.Included)
	}
	if x.Excluded != nil {
		p.Excluded = actOr(r, x.Excluded)
	}
	if !gone && !r.view.past() && r.may(keepsProcesses...) && s.desk != nil {
		p.Edit = p.To("process-register", x.Key, "edit")
	}
	p.Usages, p.Pager, err = s.rowsOf(r, &p.frame, ledger.Query{Process: key})
	if err != nil {
		return nil, err
	}
	if len(p.Usages) > 0 {
		p.Coverage = r.coverage(key)
	}
	p.Notes, p.More = r.capped(&p.frame, r.notesOfRows(&p.frame, r.notesAbout(&p.frame, register.KindProcess, key), p.Usages))
	rows, err := s.eventsOfRows(r, &p.frame, p.Usages, func(x row) string {
		if x.Point == nil {
			return ""
		}
		return x.Point.Label
	})
	if err != nil {
		return nil, err
	}
	p.History = newestFirst(r.events(&p.frame, history), rows)
	return p, nil
}
