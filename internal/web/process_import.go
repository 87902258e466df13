package web

import (
	"net/url"
	"strconv"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// processImportPage takes a реестр процессов from a file: first the file, then what it would change, then the act.
type processImportPage struct {
	frame
	Wrong   []link
	Back    string
	File    ask
	Partial bool
	Done    string

	Read     bool // a file was read, and here is what it would do
	Name     string
	Line     string
	Pack     string
	Head     int64
	Asks     []ask
	Groups   []importGroup
	Same     bool
	Doubts   []readDoubt
	Skipped  []readDoubt
	Tasks    []taskLine
	TaskLine string
	Button   string
}

// An importGroup is what a file includes, changes or excludes.
type importGroup struct {
	ID, Title string
	Items     []importItem
	More      string
}

type importItem struct {
	Text   string
	Where  string
	Fields []wordChange
}

// A wordChange is one field before and after.
type wordChange struct{ Name, Before, After string }

// A readDoubt is what reading a file left open, or a row that was not taken.
type readDoubt struct{ Text, Where, Fix, Severity string }

// shownItems is how many lines of a preview a page shows of each group.
const shownItems = 100

func (s *site) importProcesses(r *request) (page, error) {
	p := &processImportPage{frame: r.frame("process_import", "processes", r.lang.T("procimp.title"))}
	p.Back = p.To("process-register")
	p.Partial = r.ticked("partial", "1", false)
	p.File = r.asked(ask{Name: "file", Kind: "file", Label: r.lang.T("procimp.file"), Hint: r.lang.T("procimp.filehint"), Accept: ".docx,.odt,.xlsx,.csv,.txt,.ods"})
	if n, err := strconv.Atoi(r.query.Get("done")); err == nil && n > 0 {
		p.Done = r.lang.T("procimp.done", r.lang.Count(n, "register.entries"))
	}
	if r.typed != nil && r.typed.values.Get("pack") != "" && s.desk != nil {
		f, err := s.desk.UnpackProcesses(r.Context(), r.actor(), r.slug, r.typed.values.Get("pack"), upkeep.ProcessOptions{Partial: p.Partial})
		if err == nil {
			s.showProcessFile(r, p, f)
		}
	}
	p.Wrong = r.wrong(append([]ask{p.File}, p.Asks...)...)
	return p, nil
}

func (s *site) takeProcesses(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	ctx := r.Context()
	opt := upkeep.ProcessOptions{Partial: v.Get("partial") == "1"}
	switch v.Get("op") {
	case "read":
		fh := r.file("file")
		if fh == nil || fh.Size == 0 {
			return "", invalidField("file", r.lang.T("procimp.nofile"))
		}
		file, err := fh.Open()
		if err != nil {
			return "", err
		}
		defer file.Close()
		f, err := s.desk.ReadProcesses(ctx, r.actor(), r.slug, fh.Filename, file, fh.Size, opt)
		if err != nil {
			return "", err
		}
		p, err := s.importProcesses(r)
		if err != nil {
			return "", err
		}
		ip := p.(*processImportPage)
		ip.Partial = opt.Partial
		s.showProcessFile(r, ip, f)
		r.answer = ip
		return "", nil
	case "take":
		head, err := strconv.ParseInt(v.Get("head"), 10, 64)
		if err != nil {
			return "", badRequest("error.badform")
		}
		g := register.Ground{Act: squeeze(v.Get("act"))}
		got, err := s.desk.TakeProcesses(ctx, r.actor(), r.slug, v.Get("pack"), v.Get("act"), opt, g, head)
		if err != nil {
			return "", err
		}
		return doneQuery("/"+url.PathEscape(r.slug)+"/process-register/import", strconv.FormatInt(got.To-got.From+1, 10)), nil
	}
	return "", badRequest("error.badform")
}

// showProcessFile fills in what a file that was read would do.
func (s *site) showProcessFile(r *request, p *processImportPage, f *upkeep.ProcessFile) {
	t := r.lang.T
	p.Read, p.Name, p.Pack, p.Head = true, f.File, f.Pack(), f.Head
	p.Line = t("procimp.line", r.lang.Count(len(f.Processes), "fact.processes"))
	for _, g := range []struct {
		id    string
		items []upkeep.PlanItem
	}{{"included", f.Plan.Included}, {"changed", f.Plan.Changed}, {"excluded", f.Plan.Excluded}} {
		if len(g.items) == 0 {
			continue
		}
		out := importGroup{ID: g.id, Title: t("procimp." + g.id)}
		for i, it := range g.items {
			if i == shownItems {
				out.More = t("procimp.more", strconv.Itoa(len(g.items)-i))
				break
			}
			item := importItem{Text: it.Text, Where: sourceText(it.Source)}
			for _, x := range it.Fields {
				item.Fields = append(item.Fields, wordChange{x.Name, x.Before, x.After})
			}
			out.Items = append(out.Items, item)
		}
		p.Groups = append(p.Groups, out)
	}
	p.Same = len(f.Plan.Changes) == 0
	for i, x := range f.Plan.Findings {
		if i == shownItems {
			break
		}
		d := readDoubt{Text: x.Text, Fix: x.Fix, Severity: string(x.Severity)}
		if len(x.Places) > 0 {
			d.Where = x.Places[0].Text
		}
		p.Doubts = append(p.Doubts, d)
	}
	for i, x := range f.Skipped {
		if i == shownItems {
			break
		}
		p.Skipped = append(p.Skipped, readDoubt{Text: x.Text, Where: sourceText(x.Source), Fix: x.Reason})
	}
	p.Tasks = r.taskLines(f.Tasks)
	if n := len(p.Tasks); n > 0 {
		p.TaskLine = t("procimp.tasks", r.lang.Count(n, "procimp.task"))
		p.Tasks = p.Tasks[:min(n, 20)]
	}
	act := ask{Name: "act", Label: t("procimp.act"), Hint: t("procedit.acthint"), Max: 300, Optional: len(f.Plan.Excluded) == 0}
	if f.Act != nil {
		act.Value = (register.Act{Kind: f.Act.Kind, Number: f.Act.Number, Date: f.Act.Date}).Text()
	}
	p.Asks = r.askedAll([]ask{act})
	p.Button = t("procimp.take", r.lang.Count(len(f.Plan.Included)+len(f.Plan.Changed)+len(f.Plan.Excluded), "procimp.change"))
}
