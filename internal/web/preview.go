package web

import (
	"cmp"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A preview is what a proposal does to the register: its redline, and the findings that come and go with it.
type preview struct {
	Items     []diffItem
	Cut       string
	New, Gone []note
	MoreNew   string
	MoreGone  string
	Ground    string
	AtFields  string // that some findings stand at the fields of the form

	findings []register.Finding // the new ones,
	notes    []note             // and all of them as notes
}

// maxPreview is how many subjects, and how many findings of each sort, a preview shows beside a form.
const maxPreview = 20

// preview shows what the desk says of changes; at most so many subjects, and findings of each sort.
func (r *request) preview(f *frame, d *upkeep.Preview, most int) preview {
	var p preview
	if d == nil || d.After == nil {
		return p
	}
	if len(d.Differences) > most {
		p.Cut = r.lang.T("preview.cut", lang.Number(int64(most)), lang.Number(int64(len(d.Differences))))
	}
	for _, x := range d.Differences[:min(len(d.Differences), most)] {
		item := r.diffItem(f, x, d.Before, d.After)
		item.Kind, item.Key, item.Word = x.Kind, x.Key, r.lang.T("preview.op."+string(x.Op))
		switch u := cmp.Or(x.After, x.Before).(type) {
		case register.Usage:
			item.Title = r.title("touchpoint", u.Touchpoint)
			item.Under = r.title("process", u.Process)
			if t, ok := d.After.Touchpoint(u.Touchpoint); ok {
				item.Title = t.Text()
			}
		case register.Touchpoint:
			if x.Op == register.Include {
				item.Href = ""
			}
			r.follow(&item)
		}
		item.Title = cmp.Or(item.Title, r.lang.T("proposal.fresh"))
		if h := r.heirField(x, d.Before, d.After); h != nil {
			item.Fields = append(item.Fields, *h)
		}
		p.Items = append(p.Items, item)
	}
	p.findings = slices.Clone(d.New)
	slices.SortStableFunc(p.findings, func(a, b register.Finding) int { return cmp.Compare(weight(a.Severity), weight(b.Severity)) })
	for i := range p.findings {
		n := r.note(f, &p.findings[i])
		n.Href, n.Fix = "", p.findings[i].Fix
		p.New = append(p.New, n)
	}
	p.notes = p.New
	for i := range d.Gone {
		p.Gone = append(p.Gone, r.note(f, &d.Gone[i]))
	}
	p.New, p.MoreNew = r.few(p.New, most)
	p.Gone, p.MoreGone = r.few(p.Gone, most)
	return p
}

// maxFollow is how many processes are named in which a point is printed.
const maxFollow = 10

// follow tells which rows of the report change with a point.
func (r *request) follow(item *diffItem) {
	us := r.snap.usagesAt(item.Key)
	if item.Op != register.Amend || len(us) == 0 {
		return
	}
	item.Rows = r.lang.T("preview.rows", r.lang.Count(len(us), "preview.inrows"))
	for i, u := range us {
		if i == maxFollow {
			item.In = append(item.In, r.lang.T("proposal.othermore", lang.Number(int64(len(us)-maxFollow))))
			break
		}
		item.In = append(item.In, r.title("process", u.Process))
	}
}

func (r *request) few(ns []note, most int) ([]note, string) {
	if len(ns) <= most {
		return ns, ""
	}
	return ns[:most], r.lang.T("note.more", r.lang.Count(len(ns)-most, "fact.findings"))
}

// byRule is the field that a rule looks at, where the words that it quotes do not tell.
var byRule = map[string]string{"R4": "needs", "R5": "needs", "R9": "hours", "R12": "value", "R15": "process", "R20": "from", "R1": "value", "R2": "value", "R3": "feature", "R8": "text"}

// spots finds at which fields of the sheet the findings stand: there where the words are that a finding quotes, else there
// where its rule looks, else at the subject.
func (sh *sheet) spots(s *sayings, ns []note, findings []register.Finding) (rest []note) {
	for i, x := range findings {
		shown := false
		for _, place := range x.Places {
			at, ok := sh.spot(place, x.Rule)
			shown = shown || ok
			if ok && !slices.ContainsFunc(s.notes[at], func(n note) bool { return n.ID == ns[i].ID }) {
				s.notes[at] = append(s.notes[at], ns[i])
			}
		}
		if !shown {
			rest = append(rest, ns[i])
		}
	}
	return rest
}

func (sh *sheet) spot(place register.Place, rule string) (spot, bool) {
	at := spot{place.Kind, place.Key, byRule[rule]}
	quoted := func(fields ...[2]string) {
		for _, f := range fields {
			if place.Quote != "" && strings.Contains(f[1], place.Quote) {
				at.field = f[0]
				return
			}
		}
	}
	for _, p := range sh.points {
		if place.Kind == register.KindTouchpoint && place.Key == p.Key {
			quoted([2]string{"value", p.Value}, [2]string{"hours", p.Hours}, [2]string{"place", p.Place}, [2]string{"label", p.Touchpoint.Label})
			if !slices.Contains([]string{"value", "hours", "place", "label", "kind", "department", "from", "to"}, at.field) {
				at.field = ""
			}
			return at, true
		}
		for _, u := range p.usages {
			if place.Kind == register.KindUsage && place.Key == u.Key {
				quoted([2]string{"feature", u.Feature}, [2]string{"text", u.Text}, [2]string{"value", p.Value}, [2]string{"label", p.Touchpoint.Label})
				switch at.field {
				case "value", "label", "hours", "place": // a row is named for its point's sake
					return spot{register.KindTouchpoint, p.Key, at.field}, true
				case "needs", "text", "feature", "process", "from", "to":
				default:
					at.field = ""
				}
				return at, true
			}
		}
	}
	return at, false
}
