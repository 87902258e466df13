package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"
)

// procedurePage takes in a new version of a body's procedure: first the file, then what it does to the register, then the
// act.
type procedurePage struct {
	frame
	Wrong  []link
	Back   string
	Now    []trait // the procedure in force
	Source []ask
	Faults *procedureFault

	Read    bool
	Same    bool
	From    procedureSource
	Head    int64
	New     []trait
	Doubts  []string
	Facts   []sumFact
	Points  []pointEffect
	PointsM string
	Usages  []usageEffect
	UsagesM string
	Parts   []termPart
	Clauses []clauseDiff
	Appear  []findingLine
	AppearM string
	Vanish  []findingLine
	VanishM string
	Tasks   []taskLine
	TasksM  string
	Asks    []ask
}

// A sumFact is a figure with its words, leading to its part of the preview.
type sumFact struct{ Figure, Words, Href, Tone string }

type pointEffect struct {
	link
	Before, After register.Class
	Gone          string
	Clause        string
	Line          string
}

type usageEffect struct {
	Process, Point string
	Href           string
	Lost           []string
}

// A termPart is one kind of things that the order says, with what changes of it.
type termPart struct {
	ID, Title string
	Items     []termItem
}

type termItem struct {
	Op, Word string
	Title    string
	Clause   string
	Runs     []run
}

type clauseDiff struct {
	Op, Word string
	Number   string
	Runs     []run
}

type findingLine struct{ Severity, Text, Clause string }

// shownEffects is how many lines of each part of a preview a page shows.
const shownEffects = 100

func (s *site) editProcedure(r *request) (page, error) {
	p := s.procedurePage(r)
	if r.typed != nil && r.typed.values.Get("op") == "take" {
		if err := s.showProcedure(r, p, r.typed.values); err != nil {
			var pe *pageError
			if errors.As(err, &pe) {
				return nil, err
			}
		}
	}
	p.Source = r.sourceAsks()
	p.Wrong = r.wrong(append(p.Source[:len(p.Source):len(p.Source)], p.Asks...)...)
	return p, nil
}

func (s *site) procedurePage(r *request) *procedurePage {
	p := &procedurePage{frame: r.frame("settings_procedure", "settings", r.lang.T("proc.title")), Source: r.sourceAsks()}
	p.Back = p.To("settings")
	p.Now = []trait{{r.lang.T("settings.proctitle"), r.snap.proc.Title}, {r.lang.T("settings.procact"), actText(r.snap.proc.Act)}}
	return p
}

func (s *site) takeProcedure(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	switch v.Get("op") {
	case "read":
		p := s.procedurePage(r)
		err := s.showProcedure(r, p, v)
		if errors.As(err, &p.Faults) {
			r.answer, r.answerStatus = p, http.StatusUnprocessableEntity
			return "", nil
		}
		r.answer = p
		return "", err
	case "take":
		proc, _, err := r.readProcedure(v)
		if err != nil {
			return "", err
		}
		head, err := strconv.ParseInt(v.Get("head"), 10, 64)
		if err != nil {
			return "", badRequest("error.badform")
		}
		act, reason := squeeze(v.Get("act")), squeeze(v.Get("reason"))
		if act == "" {
			return "", invalidField("act", r.lang.T("proc.noact"))
		}
		if reason == "" {
			reason = r.lang.T("proc.reason")
		}
		if _, err := s.desk.TakeProcedure(r.Context(), r.actor(), r.slug, proc, register.Ground{Text: reason, Act: act}, head); err != nil {
			return "", err
		}
		return doneQuery("/"+url.PathEscape(r.slug)+"/settings", "procedure"), nil
	}
	return "", badRequest("error.badform")
}

// showProcedure reads the procedure that was sent and fills in what it would do to the register.
func (s *site) showProcedure(r *request, p *procedurePage, v url.Values) error {
	proc, src, err := r.readProcedure(v)
	if err != nil {
		return err
	}
	t := r.lang.T
	reg := r.snap.reg
	c := upkeep.CompareProcedures(reg, r.snap.proc, proc, r.today)
	p.Read, p.From, p.Head, p.Same, p.Doubts = true, src, reg.N, c.Same, c.Doubts
	p.New = []trait{{t("settings.proctitle"), proc.Title}, {t("settings.procact"), actText(proc.Act)}}
	p.Asks = r.askedAll([]ask{
		{Name: "act", Label: t("proc.act"), Value: register.Act{Kind: proc.Act.Kind, Number: proc.Act.Number, Date: proc.Act.Date}.Text(), Hint: t("proc.acthint"), Max: 300},
		{Name: "reason", Label: t("proc.reasonlabel"), Value: t("proc.reason"), Max: 300},
	})
	if c.Same {
		return nil
	}
	for i, e := range c.Points {
		if i == shownEffects {
			p.PointsM = t("procimp.more", strconv.Itoa(len(c.Points)-i))
			break
		}
		x := pointEffect{link: link{p.To("points", e.Point.Key), e.Point.Text()}, Before: e.Before, After: e.After, Clause: e.Clause, Line: r.lang.Count(e.Usages, "fact.usages")}
		if e.Gone {
			x.Gone = t("proc.kindgone", c.Before.KindTitle(e.Point.Kind))
		}
		p.Points = append(p.Points, x)
	}
	for i, e := range c.Usages {
		if i == shownEffects {
			p.UsagesM = t("procimp.more", strconv.Itoa(len(c.Usages)-i))
			break
		}
		x := usageEffect{Process: e.Process.Title, Point: e.Point.Text(), Href: p.To("points", e.Point.Key)}
		for _, n := range e.Lost {
			x.Lost = append(x.Lost, n.Text)
		}
		p.Usages = append(p.Usages, x)
	}
	for _, part := range []struct {
		id    string
		terms []upkeep.TermChange
	}{{"kinds", c.Kinds}, {"needs", c.Needs}, {"declared", c.Declared}, {"departments", c.Departments}, {"terms", c.Terms}, {"form", c.Form}} {
		if len(part.terms) == 0 {
			continue
		}
		out := termPart{ID: part.id, Title: t("proc.part." + part.id)}
		for _, x := range part.terms {
			it := termItem{Op: string(x.Op), Word: t("proc.op." + string(x.Op)), Title: x.Title, Clause: x.Clause}
			if x.Op == register.Amend {
				it.Runs = redlined(x.Before, x.After)
			}
			out.Items = append(out.Items, it)
		}
		p.Parts = append(p.Parts, out)
	}
	for _, x := range c.Clauses {
		p.Clauses = append(p.Clauses, clauseDiff{Op: string(x.Op), Word: t("proc.op." + string(x.Op)), Number: x.Number, Runs: redlined(x.Before, x.After)})
	}
	p.Appear, p.AppearM = findingLines(r, c.Appear)
	p.Vanish, p.VanishM = findingLines(r, c.Vanish)
	p.Tasks = r.taskLines(c.Tasks)
	if n := len(p.Tasks); n > shownEffects {
		p.Tasks, p.TasksM = p.Tasks[:shownEffects], t("procimp.more", strconv.Itoa(n-shownEffects))
	}
	sum := func(n int, key, id, tone string) {
		if n > 0 {
			p.Facts = append(p.Facts, sumFact{strconv.Itoa(n), r.lang.Plural(n, key), "#" + id, tone})
		}
	}
	sum(len(c.Points), "proc.sum.points", "points", "bad")
	sum(len(c.Usages), "proc.sum.usages", "usages", "bad")
	sum(len(c.Appear), "proc.sum.appear", "appear", "bad")
	sum(len(c.Vanish), "proc.sum.vanish", "vanish", "")
	sum(len(c.Tasks), "proc.sum.tasks", "tasks", "")
	sum(len(c.Clauses), "proc.sum.clauses", "clauses", "")
	return nil
}

func findingLines(r *request, fs []register.Finding) (lines []findingLine, more string) {
	for i, f := range fs {
		if i == shownEffects {
			return lines, r.lang.T("procimp.more", strconv.Itoa(len(fs)-i))
		}
		lines = append(lines, findingLine{string(f.Severity), f.Text, f.Clause})
	}
	return lines, ""
}

// redlined shows how one text became another, word by word.
func redlined(before, after string) []run {
	var out []run
	for _, x := range render.Redline(before, after) {
		out = append(out, newRun(x.Text, x.Struck, x.Underline))
	}
	return out
}
