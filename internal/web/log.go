package web

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"

	"perechen/internal/register"
)

// logPage is the log of the body, newest entry first, and how to verify it.
type logPage struct {
	frame
	Line       string
	Items      []logItem
	Pager      pager
	Command    string
	Import     string
	Root       string
	HeadTime   string
	Checkpoint string

	Checkpoints string // address of those that were kept
}

type logItem struct {
	moment
	N       int64
	Op      string
	Kind    string
	Subject string
	Href    string
	Ground  string
}

func (s *site) logPage(r *request) (page, error) {
	p := &logPage{frame: r.frame("log", "", r.lang.T("log.title")), Command: "perechen verify --body " + r.slug, Import: r.importCommand(),
		Root: r.head.Root.String(), Checkpoint: r.head.Signed}
	p.Checkpoints = p.home + "log/checkpoints"
	p.HeadTime = newMoment(r.head.Time, r.loc).Date
	total := int(r.view.N)
	p.Line = r.lang.T("log.line", r.lang.Count(total, "register.entries"))
	p.Pager = r.pager(total)
	if total == 0 {
		return p, nil
	}
	to := int64(total - p.Pager.from)
	from := int64(total - p.Pager.to + 1)
	err := s.ledger.Entries(r.Context(), r.slug, from, to, func(e register.Entry) error {
		p.Items = append(p.Items, r.logItem(&p.frame, &e))
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(p.Items)
	return p, nil
}

func (r *request) logItem(f *frame, e *register.Entry) logItem {
	item := logItem{moment: newMoment(e.Time, r.loc), N: e.N, Op: r.lang.T("op." + string(e.Op)), Kind: r.lang.T("kind." + string(e.Kind)), Ground: groundText(r.lang, e.Ground)}
	item.Subject, item.Href = r.subjectOf(f, e)
	if e.Erased {
		item.Ground = r.lang.T("log.erased")
	}
	return item
}

// subjectOf names what an entry is about and leads to its page.
func (r *request) subjectOf(f *frame, e *register.Entry) (name, href string) {
	name = e.Key
	read := func(v any) bool { return e.Content != nil && json.Unmarshal(e.Content, v) == nil }
	switch e.Kind {
	case register.KindTouchpoint:
		href = f.To("points", e.Key)
		if t := r.snap.points[e.Key]; t != nil {
			name = t.Text()
		}
		if t := (register.Touchpoint{}); read(&t) {
			name = t.Text()
		}
	case register.KindProcess:
		href = f.To("processes", e.Key, "rows")
		if p := r.snap.processes[e.Key]; p != nil {
			name = p.Title
		}
		if p := (register.Process{}); read(&p) {
			name = p.Title
		}
	case register.KindUsage:
		u := register.Usage{}
		if !read(&u) {
			if x := r.snap.usages[e.Key]; x != nil {
				u = *x
			}
		}
		if u.Touchpoint != "" {
			name = u.Text
			if t := r.snap.points[u.Touchpoint]; t != nil {
				name = t.Text() + ": " + u.Text
			}
			href = f.To("points", u.Touchpoint)
			if now := r.snap.usages[e.Key]; now != nil {
				href = r.rowHref(f, now)
			}
		}
	case register.KindEdition:
		if ed := (register.Edition{}); read(&ed) {
			name, href = editionName(r.lang, ed), f.with(nil, "editions", strconv.Itoa(ed.Number))
		}
	case register.KindDecision:
		href = r.findingHref(f, e.Key)
	case register.KindProcedure:
		href = f.To("order")
		if p := (struct{ Title string }{}); read(&p) && p.Title != "" {
			name = p.Title
		}
	case register.KindTask:
		if t := (register.Task{}); read(&t) {
			name, _ = r.taskSubject(t)
			name += ": " + t.Reason
		}
		if r.may(whoMember, whoWatcher) {
			href = f.home + "tasks/" + url.PathEscape(e.Key)
		}
	case register.KindConfirmation:
		href = f.To("points", e.Key)
		if t := r.snap.points[e.Key]; t != nil {
			name = t.Text()
		}
	case register.KindJourney:
		if j, ok := r.snap.reg.Journey(e.Key); ok {
			name, href = j.Title, f.To("journeys", e.Key)
		}
		if j := (register.Journey{}); read(&j) {
			name = j.Title
		}
	case register.KindAppointment:
	default: // department, attribute, profile, organisation
		if (e.Kind == register.KindProfile || e.Kind == register.KindAttribute) && r.snap.describes(e.Kind, e.Key) {
			href = clientHref(f, e.Kind, e.Key)
		}
		if x := (struct{ Title, Name string }{}); read(&x) && x.Title+x.Name != "" {
			name = x.Title + x.Name
		}
	}
	return name, href
}

// logHref is where an entry stands in the log, on its page.
func (r *request) logHref(f *frame, n int64) string {
	q := f.View.query()
	if page := int(r.view.N-n)/pageRows + 1; page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	return f.with(q, "log") + "#n" + strconv.FormatInt(n, 10)
}
