package web

import (
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"perechen/internal/intake"
	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// bulkPage makes one proposal of many changes: a contact wherever it stands, a process with everything in it, a file.
type bulkPage struct {
	frame
	Action                 string
	WrongContact           []link
	WrongProcess, WrongDoc []link
	Old, New               ask
	Contacts               []option // of the points, to choose the old one from
	Process                ask
	By                     *ask     // what stands in the place of the chosen process
	Left                   []option // points that nothing would use any more
	LeftText               string
	File                   ask
	Partial                bool
	Dept                   *ask
}

func (s *site) bulkGet(r *request) (page, error) {
	p := &bulkPage{frame: r.frame("bulk", "desk", r.lang.T("bulk.title"))}
	p.Action = p.To("bulk")
	do := ""
	if r.typed != nil {
		do = r.typed.values.Get("do")
	}
	p.Old = r.asked(ask{Name: "old", Label: r.lang.T("bulk.old"), Hint: r.lang.T("bulk.oldhint"), Max: 500, Value: r.query.Get("old"), List: "contacts"})
	p.New = r.asked(ask{Name: "new", Label: r.lang.T("bulk.new"), Hint: r.lang.T("hint.value"), Max: 500})
	seen := map[string]bool{}
	for i := range r.snap.reg.Touchpoints {
		if v := r.snap.reg.Touchpoints[i].Value; v != "" && !seen[v] && len(p.Contacts) < maxOptions {
			seen[v] = true
			p.Contacts = append(p.Contacts, option{Value: v})
		}
	}
	p.Process = ask{Name: "process", Label: r.lang.T("filter.process"), Kind: "select", Value: r.query.Get("process"), Options: r.processOptions(""), Clause: r.clauseRef(&p.frame, r.snap.proc.ClauseFor("process", register.Touchpoint{}))}
	p.Process = r.asked(p.Process)
	p.File = r.asked(ask{Name: "file", Label: r.lang.T("bulk.file"), Hint: r.lang.T("bulk.filehint"), Kind: "file", Accept: ".docx,.odt,.xlsx,.ods,.csv,.txt"})
	p.Partial = r.ticked("partial", "1", true)
	if ds := r.mayDraw(); len(ds) > 1 {
		p.Dept = s.deptAsk(r, ds, r.typedOr("dept", ds[0]))
		p.Dept.Error = r.fault("department")
	}
	p.left(r)
	switch {
	case do == "process":
		asks := []ask{p.Process}
		for _, o := range p.Left {
			asks = append(asks, *o.Ask)
		}
		if p.By != nil {
			asks = append(asks, *p.By)
		}
		p.WrongProcess = r.wrong(asks...)
	case do == "file":
		p.WrongDoc = r.wrong(p.File)
	case r.typed != nil:
		p.WrongContact = r.wrong(p.Old, p.New)
	}
	return p, nil
}

// left offers the points that only the chosen process uses.
func (p *bulkPage) left(r *request) {
	key := p.Process.Value
	if key == "" || r.snap.processes[key] == nil {
		return
	}
	rows := 0
	for i := range r.snap.reg.Touchpoints {
		t := &r.snap.reg.Touchpoints[i]
		here, elsewhere := 0, 0
		for _, u := range r.snap.usagesAt(t.Key) {
			if u.Process == key {
				here++
			} else {
				elsewhere++
			}
		}
		rows += here
		if here > 0 && elsewhere == 0 {
			by := r.asked(ask{Name: "by." + t.Key, Label: r.lang.T("successor.title"), Kind: "select", Options: append([]option{{Text: r.lang.T("successor.none")}}, r.heirsOf(t.Key, "")...)})
			p.Left = append(p.Left, option{Value: t.Key, Text: t.Text(), Selected: r.ticked("left", t.Key, false), Ask: &by})
		}
	}
	others := slices.DeleteFunc(r.processOptions(""), func(o option) bool { return o.Value == key || o.Value == "" })
	by := r.asked(ask{Name: "by", Label: r.lang.T("bulk.by"), Hint: r.lang.T("successor.hint"), Kind: "select", Options: append([]option{{Text: r.lang.T("successor.none")}}, others...)})
	p.By = &by
	p.LeftText = r.lang.T("bulk.rows", r.lang.Count(rows, "fact.usages"))
}

func (s *site) deptAsk(r *request, ds []string, chosen string) *ask {
	a := ask{ID: "f-dept", Name: "dept", Label: r.lang.T("proposal.department"), Kind: "select"}
	for _, d := range ds {
		a.Options = append(a.Options, option{Value: d, Text: r.departmentName(d), Selected: d == chosen})
	}
	return &a
}

func (s *site) bulkPost(r *request, v url.Values) (string, error) {
	ctx := r.Context()
	d := upkeep.Draft{ID: upkeep.NewID(), Department: v.Get("dept")}
	if d.Department != "" && r.snap.departments[d.Department] == "" {
		return "", notFound("")
	}
	switch v.Get("do") {
	case "contact":
		b, err := s.desk.ReplaceContact(ctx, r.actor(), r.slug, v.Get("old"), v.Get("new"))
		if err != nil {
			return "", err
		}
		d.Changes, d.Ground = b.Changes, r.factsGround()
	case "show":
		return s.address(r, "bulk") + "?" + url.Values{"process": {v.Get("process")}}.Encode() + "#process", nil
	case "process":
		key := v.Get("process")
		if key == "" {
			return "", invalidField("process", r.lang.T("bulk.chooseprocess"))
		}
		b, err := s.desk.ExcludeProcess(ctx, r.actor(), r.slug, key, v["left"]...)
		if err != nil {
			return "", err
		}
		if b.Changes, err = s.withHeirs(r, b.Changes, v); err != nil {
			return "", err
		}
		d.Changes, d.Ground = b.Changes, r.factsGround()
		if i := slices.IndexFunc(r.snap.proc.Actualise.Grounds, isProcessGround); i >= 0 {
			d.Ground = grounded(r.snap.proc.Actualise.Grounds[i])
		}
	case "file":
		if err := s.readFile(r, v, &d); err != nil {
			return "", err
		}
	default:
		return "", badChoice("bulk.title", v.Get("do"))
	}
	p, err := s.desk.Save(ctx, r.actor(), r.slug, d)
	if err != nil {
		return "", err
	}
	return s.address(r, "proposals", p.ID), nil
}

// withHeirs adds to the changes that exclude a process and points what stands in their place, as the form names it.
func (s *site) withHeirs(r *request, changes []upkeep.ProposedChange, v url.Values) ([]upkeep.ProposedChange, error) {
	for _, c := range slices.Clone(changes) {
		name := "by"
		switch c.Kind {
		case register.KindTouchpoint:
			name = "by." + c.Key
		case register.KindProcess:
		default:
			continue
		}
		by := v.Get(name)
		if by != "" && (by == c.Key || !r.snap.reg.Holds(c.Kind, by) || slices.ContainsFunc(changes, func(x upkeep.ProposedChange) bool { return x.Kind == c.Kind && x.Key == by })) {
			return nil, invalidField(name, r.lang.T("successor.gone"))
		}
		now, err := s.desk.Subject(r.Context(), r.actor(), r.slug, register.KindReplacement, register.ReplacementKey(c.Kind, c.Key))
		if err != nil {
			return nil, err
		}
		if x, ok := upkeep.Replacing(now, c.Kind, c.Key, by); ok {
			changes = append(changes, x)
		}
	}
	return changes, nil
}

// readFile makes a proposal of a file, by the same reading and within the same bounds as the command line.
func (s *site) readFile(r *request, v url.Values, d *upkeep.Draft) error {
	head := r.file("file")
	if head == nil {
		return invalidField("file", r.lang.T("bulk.nofile"))
	}
	name := filepath.Base(strings.ReplaceAll(head.Filename, "\\", "/"))
	f, err := head.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	done, err := s.turn(r.Context())
	if err != nil {
		return err
	}
	defer done()
	doc, err := office.Read(r.Context(), name, f, head.Size, office.DefaultLimits)
	if err != nil {
		return unreadable(err)
	}
	draft, err := intake.Parse(doc, name, r.snap.proc)
	if err != nil {
		return unreadable(err)
	}
	plan := draft.Against(r.snap.reg, r.snap.proc, intake.Options{Partial: v.Get("partial") == "1", Declared: v.Get("declared") == "1"})
	if len(plan.Changes) == 0 {
		return invalidField("file", r.lang.T("bulk.nothing", name))
	}
	if d.Changes, err = s.desk.Draw(r.Context(), r.actor(), r.slug, r.snap.reg.N, plan.Changes); err != nil {
		return err
	}
	d.Ground = r.factsGround()
	if draft.Act != nil {
		d.Ground.Act = actText(*draft.Act)
	}
	d.Note = r.readingNote(name, draft, plan)
	return nil
}

// unreadable is a file that gives nothing, with the sentence that says why.
func unreadable(err error) error {
	var oe *office.Error
	var ie *intake.Error
	if errors.As(err, &oe) || errors.As(err, &ie) {
		return invalidField("file", err.Error())
	}
	return err
}

// maxDoubts is how many doubts of reading, and how many rows that were not taken, are told.
const maxDoubts = 20

// readingNote tells the officer where the proposal comes from, what the reading doubted and what it did not take.
func (r *request) readingNote(name string, draft *intake.Draft, plan *intake.Plan) string {
	var b strings.Builder
	b.WriteString(lang.Russian.T("bulk.note", name, len(plan.Included), len(plan.Changed), len(plan.Excluded)))
	for i, x := range plan.Findings {
		if i == maxDoubts {
			break
		}
		b.WriteString("\n– " + x.Text)
	}
	for i, x := range draft.Skipped {
		if i == maxDoubts {
			break
		}
		b.WriteString("\n– " + lang.Russian.T("bulk.skipped", cut(x.Text, 120), x.Reason, intake.Where(x.Source)))
	}
	return b.String()
}
