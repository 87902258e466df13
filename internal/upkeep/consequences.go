package upkeep

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/workday"
)

// The codes of the grounds of clause 4.1 that follow from the log by themselves (procedure.Ground.Code).
const (
	causeProcess = "process" // a process is included in the реестр процессов or excluded from it
	causeKind    = "kind"    // a point changes its kind
	causeNeeds   = "needs"   // a point satisfies other needs than before
)

// consequences says what follows for tasks from an act that turned before into after: those it opens by clause 4.1, those it
// closes, and those whose deadline moves with a corrected calendar. cal is the calendar of after, on the day of the act.
//
//  1. A process included without a point opens a task for the process; a process excluded, or ended by an act, one for each
//     point that was or is used in it.
//  2. A point that changes its kind opens one for the point, while an interaction of it was left as it was.
//  3. A need added at a point or dropped there opens one for the point.
//  4. What the act itself included or amended is not asked for again: a register being formed opens nothing.
//  5. One cause at one subject is one task: while it is open it is not opened again, later it is opened anew.
//  6. A task is closed by what is done: its subject amended, excluded or confirmed; points given to its process.
//
// The changes are in the order of the register; the register itself is not changed.
func consequences(before, after *register.Register, p *procedure.Procedure, cal workday.Calendar, on register.Date) []register.Change {
	if p == nil || untouched(before, after) {
		return nil
	}
	a := newDeed(before, after)
	opened := a.open(p)
	return a.changes(opened, TermsOf(p).Days, cal, on)
}

// changes are those that the tasks opened, closed and recounted come to.
func (a *deed) changes(opened []register.Task, days int, cal workday.Calendar, on register.Date) []register.Change {
	open := map[string]bool{}
	for _, t := range opened {
		open[t.Key] = true
	}
	old := map[string]register.Task{}
	var changes []register.Change
	amend := func(t register.Task) {
		changes = append(changes, register.Change{Op: register.Amend, Kind: register.KindTask, Key: t.Key, Content: register.Encode(t)})
	}
	recount := !sameSlice(a.before.Calendar, a.after.Calendar)
	for _, t := range a.after.Tasks {
		old[t.Key] = t
		if t.Done != "" || open[t.Key] {
			continue
		}
		if outcome := a.outcome(t); outcome != "" {
			t.Done, t.Outcome = on, outcome
			amend(t)
			continue
		}
		if due := dueOf(cal, t.Opened, t.Days); recount && due != t.Due {
			t.Due = due
			amend(t)
		}
	}
	for _, t := range opened {
		t.Opened, t.Days, t.Due = on, days, dueOf(cal, on, days)
		was, known := old[t.Key]
		switch {
		case known && was.Done == "":
			// It is asked for already, and its deadline runs.
		case known:
			amend(t)
		default:
			changes = append(changes, register.Change{Op: register.Include, Kind: register.KindTask, Key: t.Key, Content: register.Encode(t)})
		}
	}
	return changes
}

// dueOf is the deadline of a task; empty when the calendar does not know one of the years it needs.
func dueOf(cal workday.Calendar, opened register.Date, days int) register.Date {
	due, err := cal.Add(string(opened), days)
	if err != nil {
		return ""
	}
	return register.Date(due)
}

// A deed is what one append did, looked at from the points.
type deed struct {
	before, after *register.Register

	points   map[string]*pointDiff // of the points that the act touched, by key
	atPoint  map[string][]*register.Usage
	inBefore map[string][]*register.Usage // usages before the act, of processes
	inAfter  map[string][]*register.Usage
	fresh    map[string]bool // usages that the act included or amended
	confirms map[string]bool // points that the act confirmed
}

// A pointDiff is what an act did at one point.
type pointDiff struct {
	was, is *register.Touchpoint // nil: not there
	itself  bool                 // the point is included, amended or excluded, not only an interaction of it
	added   []register.NeedRef   // needs that an amended interaction satisfies now and did not
	dropped []register.NeedRef
	process map[string]bool // processes of the interactions whose needs changed
}

func newDeed(before, after *register.Register) *deed {
	a := &deed{before: before, after: after, points: map[string]*pointDiff{}, atPoint: map[string][]*register.Usage{},
		inBefore: map[string][]*register.Usage{}, inAfter: map[string][]*register.Usage{}, fresh: map[string]bool{}, confirms: map[string]bool{}}
	if len(before.Usages)+len(before.Touchpoints)+len(before.Tasks) == 0 {
		a.forming()
		return a
	}
	for i := range after.Usages {
		u := &after.Usages[i]
		a.atPoint[u.Touchpoint] = append(a.atPoint[u.Touchpoint], u)
		a.inAfter[u.Process] = append(a.inAfter[u.Process], u)
	}
	for i := range before.Usages {
		u := &before.Usages[i]
		a.inBefore[u.Process] = append(a.inBefore[u.Process], u)
	}
	diffs(before.Touchpoints, after.Touchpoints, func(t *register.Touchpoint) string { return t.Key }, samePoint, func(was, is *register.Touchpoint) {
		d := a.point(cmp.Or(is, was).Key)
		d.was, d.is, d.itself = was, is, true
	})
	diffs(before.Usages, after.Usages, func(u *register.Usage) string { return u.Key }, sameUsage, a.usage)
	diffs(before.Confirmations, after.Confirmations, func(c *register.Confirmation) string { return c.Key },
		func(x, y *register.Confirmation) bool { return *x == *y }, func(_, is *register.Confirmation) {
			if is != nil {
				a.confirms[is.Key] = true
			}
		})
	return a
}

// forming looks at the first filling of a register, which may be large: nothing was there that it could touch, so only whether
// a process has a point at all counts.
func (a *deed) forming() {
	for i := range a.after.Usages {
		if u := &a.after.Usages[i]; len(a.inAfter[u.Process]) == 0 {
			a.inAfter[u.Process] = []*register.Usage{u}
			a.fresh[u.Key] = true
		}
	}
}

func (a *deed) point(key string) *pointDiff {
	d, ok := a.points[key]
	if !ok {
		d = &pointDiff{process: map[string]bool{}}
		a.points[key] = d
	}
	return d
}

// usage takes an interaction that the act included (was nil), excluded (is nil) or amended.
func (a *deed) usage(was, is *register.Usage) {
	if is != nil {
		a.fresh[is.Key] = true
		a.point(is.Touchpoint)
	}
	if was == nil {
		return // what is included says its needs itself
	}
	d := a.point(was.Touchpoint)
	var now []register.NeedRef
	if is != nil && is.Touchpoint == was.Touchpoint {
		now = is.Needs
	}
	added, dropped := without(now, was.Needs), without(was.Needs, now)
	if is == nil || is.Touchpoint != was.Touchpoint { // gone from here: a need is dropped only if nothing else here satisfies it
		var rest []register.NeedRef
		for _, u := range a.atPoint[was.Touchpoint] {
			rest = append(rest, u.Needs...)
		}
		dropped = without(dropped, rest)
	}
	if len(added)+len(dropped) > 0 {
		d.added, d.dropped = append(d.added, without(added, d.added)...), append(d.dropped, without(dropped, d.dropped)...)
		d.process[was.Process] = true
	}
}

// open gives the tasks that the act opens, without days.
func (a *deed) open(p *procedure.Procedure) []register.Task {
	var tasks []register.Task
	covered := map[string]bool{} // points that a process's task speaks of
	add := func(code string, kind register.Kind, subject, process, reason string) {
		cause := process
		if code != causeProcess {
			cause = "" // whichever process a point was changed in, it is one point to look at
		}
		t := register.Task{Key: taskKey(code, subject, cause), Clause: clauseOf(p, code), Reason: reason, Kind: kind, Subject: subject, Process: process}
		t.Department = a.department(kind, subject, process)
		tasks = append(tasks, t)
	}
	diffs(a.before.Processes, a.after.Processes, func(x *register.Process) string { return x.Key }, sameProcess, func(was, is *register.Process) {
		switch in, out := inForce(is) && !inForce(was), inForce(was) && !inForce(is); {
		case in && len(a.inAfter[is.Key]) == 0:
			add(causeProcess, register.KindProcess, is.Key, is.Key, fmt.Sprintf("Процесс «%s» включён в реестр процессов, а точек взаимодействия у него нет.", is.Title))
		case in:
			for _, u := range a.inAfter[is.Key] {
				if !a.fresh[u.Key] && !a.itself(u.Touchpoint) && !covered[u.Touchpoint] {
					covered[u.Touchpoint] = true
					add(causeProcess, register.KindTouchpoint, u.Touchpoint, is.Key, fmt.Sprintf("Процесс «%s» включён в реестр процессов.", is.Title))
				}
			}
		case out:
			seen := map[string]bool{}
			for _, u := range slices.Concat(a.inAfter[was.Key], a.inBefore[was.Key]) {
				if seen[u.Touchpoint] || a.itself(u.Touchpoint) || !a.exists(u.Touchpoint) {
					continue
				}
				seen[u.Touchpoint], covered[u.Touchpoint] = true, true
				reason := fmt.Sprintf("Процесс «%s» исключён из реестра процессов.", was.Title)
				if len(a.atPoint[u.Touchpoint]) == 0 {
					reason += " Больше ни в одном процессе точка не названа."
				}
				add(causeProcess, register.KindTouchpoint, u.Touchpoint, was.Key, reason)
			}
		}
	})
	for i := range a.after.Touchpoints {
		t := &a.after.Touchpoints[i]
		d, ok := a.points[t.Key]
		if !ok || covered[t.Key] {
			continue
		}
		if d.was != nil && d.is != nil && d.was.Kind != d.is.Kind {
			if slices.ContainsFunc(a.atPoint[t.Key], func(u *register.Usage) bool { return !a.fresh[u.Key] }) {
				add(causeKind, register.KindTouchpoint, t.Key, "", kindReason(p, *d.was, *d.is))
			}
			continue
		}
		if len(d.added)+len(d.dropped) > 0 && !d.itself {
			process := ""
			if len(d.process) == 1 {
				for key := range d.process {
					process = key
				}
			}
			add(causeNeeds, register.KindTouchpoint, t.Key, process, needsReason(a.after, process, d))
		}
	}
	return tasks
}

// itself tells whether the act included, amended or excluded the point.
func (a *deed) itself(point string) bool { d, ok := a.points[point]; return ok && d.itself }

func (a *deed) exists(point string) bool {
	_, ok := a.after.Touchpoint(point)
	return ok
}

// outcome says how the act closes a task that was open; empty when it does not.
func (a *deed) outcome(t register.Task) string {
	switch t.Kind {
	case register.KindTouchpoint:
		d, touched := a.points[t.Subject]
		switch {
		case touched && d.itself && d.is == nil:
			return outcomeExcluded
		case a.confirms[t.Subject]:
			return outcomeConfirmed
		case touched && !a.lingers(t):
			return outcomeChanged
		}
	case register.KindProcess:
		p, ok := a.after.Process(t.Subject)
		switch {
		case !ok || !inForce(&p):
			return outcomeExcluded
		case len(a.inAfter[t.Subject]) > 0:
			return outcomePoints
		}
	}
	return ""
}

// lingers tells that the point is still used in the process whose exclusion opened the task.
func (a *deed) lingers(t register.Task) bool {
	if t.Process == "" || !slices.ContainsFunc(a.atPoint[t.Subject], func(u *register.Usage) bool { return u.Process == t.Process }) {
		return false
	}
	p, ok := a.after.Process(t.Process)
	return ok && !inForce(&p)
}

// The outcomes that close a task by themselves.
const (
	outcomeConfirmed = "подтверждено"
	outcomeChanged   = "изменено"
	outcomeExcluded  = "исключено"
	outcomePoints    = "точки указаны"
)

// department is who answers for the subject: the point's own department, else that of the process because of which it is
// looked at, else the one department of all its processes; nobody where there are several: then the authorised officer does.
func (a *deed) department(kind register.Kind, subject, process string) string {
	if kind == register.KindTouchpoint {
		if t, ok := a.after.Touchpoint(subject); ok && t.Department != "" {
			return t.Department
		}
	}
	for _, r := range []*register.Register{a.after, a.before} {
		if p, ok := r.Process(process); ok && p.Department != "" {
			return p.Department
		}
	}
	if kind != register.KindTouchpoint {
		return ""
	}
	return common(a.after, a.atPoint[subject])
}

// common is the one department of the processes of these interactions; empty where there are several or none.
func common(r *register.Register, us []*register.Usage) string {
	d := ""
	for _, u := range us {
		p, ok := r.Process(u.Process)
		if !ok || p.Department == "" || d != "" && d != p.Department {
			return ""
		}
		d = p.Department
	}
	return d
}

// inForce tells whether a process stands in the реестр процессов: no act has taken it out and no day ends it.
func inForce(p *register.Process) bool { return p != nil && p.Excluded == nil && p.To == "" }

// taskKey names a cause at a subject, the same whenever it comes again.
func taskKey(code, subject, process string) string {
	h := sha256.Sum256([]byte(code + "\x00" + subject + "\x00" + process))
	return code + "-" + hex.EncodeToString(h[:6])
}

// clauseOf is the clause of the procedure that names the ground, with its paragraph: «4.1, абзац 2».
func clauseOf(p *procedure.Procedure, code string) string {
	for _, g := range p.Actualise.Grounds {
		if g.Code == code {
			if g.Item > 0 {
				return fmt.Sprintf("%s, абзац %d", g.Clause, g.Item)
			}
			return g.Clause
		}
	}
	return p.Actualise.Clause
}

func kindReason(p *procedure.Procedure, was, is register.Touchpoint) string {
	title := func(t register.Touchpoint) string {
		k, ok := p.KindByCode(t.Kind)
		if !ok {
			k.Title = t.Kind
		}
		return "«" + k.Title + "»"
	}
	s := fmt.Sprintf("Вид точки изменён: был %s, стал %s.", title(was), title(is))
	a, _ := p.ClassOf(was)
	b, _ := p.ClassOf(is)
	if a != b && a != "" && b != "" {
		s += fmt.Sprintf(" Точка была %s, стала %s.", classWords[a], classWords[b])
	}
	return s
}

var classWords = map[register.Class]string{register.Digital: "цифровой", register.Offline: "офлайн-точкой"}

func needsReason(r *register.Register, process string, d *pointDiff) string {
	var parts []string
	if len(d.added) > 0 {
		parts = append(parts, "добавлено "+needTexts(d.added))
	}
	if len(d.dropped) > 0 {
		parts = append(parts, "больше нет: "+needTexts(d.dropped))
	}
	where := "В точке изменены удовлетворяемые потребности"
	if p, ok := r.Process(process); ok {
		where += fmt.Sprintf(" (процесс «%s»)", p.Title)
	}
	return where + ": " + strings.Join(parts, "; ") + "."
}

func needTexts(ns []register.NeedRef) string {
	var ts []string
	for _, n := range ns {
		ts = append(ts, "«"+cmp.Or(strings.TrimSpace(n.Text), n.Code)+"»")
	}
	return strings.Join(ts, ", ")
}

// without gives the needs of a that are not in b. A need is its code; under one code «другие» keeps different needs, which
// only their words tell apart, so a code that stands twice is told apart by its words.
func without(a, b []register.NeedRef) []register.NeedRef {
	several := func(code string) bool {
		return count(a, code) > 1 || count(b, code) > 1
	}
	var left []register.NeedRef
	for _, n := range a {
		same := func(m register.NeedRef) bool {
			return m.Code == n.Code && (!several(n.Code) || lang.Fold(m.Text) == lang.Fold(n.Text))
		}
		if !slices.ContainsFunc(b, same) && !slices.ContainsFunc(left, same) {
			left = append(left, n)
		}
	}
	return left
}

func count(ns []register.NeedRef, code string) int {
	n := 0
	for _, x := range ns {
		if x.Code == code {
			n++
		}
	}
	return n
}

// groundOf is the ground of what follows from the entries of r: the clause of actualisation, and what brought them about.
func groundOf(p *procedure.Procedure, g register.Ground, r ledger.Receipt) register.Ground {
	text := fmt.Sprintf("следует из записи %d", r.From)
	if r.To > r.From {
		text = fmt.Sprintf("следует из записей %d–%d", r.From, r.To)
	}
	if why := strings.TrimSuffix(strings.TrimSpace(g.Text), "."); why != "" {
		text += ": " + why
	}
	return register.Ground{Clause: p.Actualise.Clause, Text: truncate(text, 1000), Act: g.Act}
}

// truncate keeps a text to so many bytes, whole characters.
func truncate(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n] + "…"
}
