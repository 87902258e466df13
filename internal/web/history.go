package web

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/render"
)

// An event is one entry of the log in the history of its subject.
type event struct {
	moment
	N       int64
	Op      string
	Subject string // when it is not the subject of the page
	Href    string // of the entry in the log
	Ground  string
	Erased  bool
	Fields  []field
	Version string // address of the subject's page as it was after the entry
}

// A field is what became of one field, word by word.
type field struct {
	Name   string
	JSON   string // its name in the noun
	Runs   []run
	Remark *ask // in the officer's review
}

// A run is a stretch of words that was removed (Del), added (Ins) or stayed.
type run struct {
	Text     string
	Del, Ins bool
}

// events are the entries of one subject up to the state in view, newest first.
func (r *request) events(f *frame, history []register.Entry) []event {
	var es []event
	var before json.RawMessage
	for _, e := range history {
		if e.N > r.view.N {
			break
		}
		ev := event{moment: newMoment(e.Time, r.loc), N: e.N, Op: r.lang.T("op." + string(e.Op)), Href: r.logHref(f, e.N), Ground: groundText(r.lang, e.Ground), Erased: e.Erased}
		if e.Op == register.Amend && !e.Erased {
			ev.Fields = r.fields(register.ContentFields(before, e.Content))
		}
		if e.Content != nil && !(r.view.Entry && r.view.N == e.N) {
			q := url.Values{"n": {strconv.FormatInt(e.N, 10)}}
			switch e.Kind {
			case register.KindTouchpoint:
				ev.Version = f.with(q, "points", e.Key)
			case register.KindProcess:
				ev.Version = f.with(q, "processes", e.Key, "rows")
			case register.KindAttribute:
				ev.Version = f.with(q, "clients", "dictionary", e.Key)
			case register.KindProfile:
				ev.Version = f.with(q, "clients", "profiles", e.Key)
			}
		}
		before = e.Content
		es = append(es, ev)
	}
	slices.Reverse(es)
	if len(es) > 0 && !r.view.Entry {
		es[0].Version = "" // it is what the page shows
	}
	return es
}

// eventsOfRows are the changes of the rows that a page shows. That they were once included is no news there.
func (s *site) eventsOfRows(r *request, f *frame, rows []row, name func(row) string) ([]event, error) {
	var es []event
	for _, row := range rows {
		history, err := s.ledger.History(r.Context(), r.slug, register.KindUsage, row.Key)
		if err != nil {
			return nil, err
		}
		if len(history) < 2 {
			continue
		}
		of := r.events(f, history)
		for _, e := range of[:len(of)-1] {
			e.Subject = name(row)
			es = append(es, e)
		}
	}
	return es, nil
}

// newestFirst merges the events of a page.
func newestFirst(es ...[]event) []event {
	all := slices.Concat(es...)
	slices.SortStableFunc(all, func(a, b event) int { return cmp.Compare(b.N, a.N) })
	return all
}

// fields shows differences word by word. Keys of processes, points and departments are given by their titles.
func (r *request) fields(ds []register.FieldDifference) []field {
	var fs []field
	for _, d := range ds {
		if d.Field == "contact" && len(ds) > 1 {
			continue // the machine's copy of the contact, which changes with it
		}
		fs = append(fs, field{Name: r.fieldName(d.Field), JSON: d.Field, Runs: r.redline(d.Field, d.Before, d.After)})
	}
	return fs
}

// redline is how a field became another, word by word; a list item by item.
func (r *request) redline(name, before, after string) []run {
	var runs []run
	for _, x := range render.RedlineField(name, r.title(name, before), r.title(name, after)) {
		runs = append(runs, newRun(x.Text, x.Struck, x.Underline))
	}
	return runs
}

func newRun(text string, del, ins bool) run { return run{Text: text, Del: del, Ins: ins} }

func (r *request) fieldName(name string) string {
	if key := "field." + name; lang.Has(key) {
		return r.lang.T(key)
	}
	return name
}

// title reads a field that holds a key as a person would; other fields stay as they are.
func (r *request) title(name, value string) string {
	switch name {
	case "process":
		if p := r.snap.processes[value]; p != nil {
			return p.Title
		}
	case "touchpoint":
		if t := r.snap.points[value]; t != nil {
			return t.Text()
		}
	case "by": // of a replacement
		if t := r.snap.points[value]; t != nil {
			return t.Text()
		}
		return r.title("process", value)
	case "department":
		if d := r.snap.departments[value]; d != "" {
			return d
		}
	case "kind":
		if k := r.kindTitle(value); k != "" {
			return k
		}
	case "inform_by", "receive_by":
		return r.channelNames(value)
	case "printed":
		if value != "" {
			return lang.Russian.T("class." + value)
		}
	case "profile":
		if i := slices.IndexFunc(r.snap.reg.Profiles, func(p register.Profile) bool { return p.Key == value }); i >= 0 {
			return r.snap.reg.Profiles[i].Title
		}
	case "processes":
		keys := strings.Split(value, "; ")
		for i, key := range keys {
			keys[i] = r.title("process", key)
		}
		return strings.Join(keys, "; ")
	case "of":
		if j, ok := r.snap.reg.Journey(value); ok {
			return j.Title
		}
	case "state":
		if value == register.AsIs || value == register.ToBe {
			return r.lang.T("journey.state." + value)
		}
	case "from", "to", "date":
		return lang.Date(value)
	}
	return value
}

// lastContent is the newest content of a subject up to entry n; nil when there is none.
func lastContent[T any](history []register.Entry, n int64) *T {
	var v *T
	for _, e := range history {
		if e.N > n || e.Content == nil {
			continue
		}
		x := new(T)
		if json.Unmarshal(e.Content, x) == nil {
			v = x
		}
	}
	return v
}

// knownBy tells whether there was such a subject at entry n, whatever became of its content.
func knownBy(history []register.Entry, n int64) bool { return len(history) > 0 && history[0].N <= n }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
