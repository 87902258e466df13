package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// reviewPage is a proposal as the one who decides sees it, and as its author reads what became of it.
type reviewPage struct {
	frame
	State     upkeep.State
	Heading   string
	Line      string
	Tell      *telling
	Wrong     []link
	Ground    string
	Note      string
	Voices    *voiceList // feedback that it answers
	Preview   preview
	Files     []documentLink // of forms that it wants to hand out
	Conflicts *link
	Since     []diffItem // what changed after the reader opened the page
	May       upkeep.May
	Reviews   bool // the form of the decision is there
	EditHref  string
	Action    string
	Hidden    []option
	Whole     ask
	Rounds    []round
	Entries   *link
	Closed    bool   // nothing is judged any more
	Another   string // of an old version: the address of the newest
}

// A round is a version of the proposal in its history, with the remarks that were made about it.
type round struct {
	moment
	Who, What, Href string
	Remarks         []remark
}

// maxReviewed is how many subjects one page of a review shows; the others are counted.
const maxReviewed = 200

func (s *site) review(r *request) (page, error) {
	v, err := s.desk.Review(r.Context(), r.actor(), r.slug, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	d := v.Proposal
	p := &reviewPage{frame: r.frame("proposal", "desk", ""), State: d.State, May: v.May, Closed: slices.Contains(closedStates, d.State)}
	content, preview := d.Content, &v.Preview
	if n := r.query.Get("version"); n != "" {
		_, c, err := s.desk.Version(r.Context(), r.actor(), r.slug, d.ID, atoi64(n))
		if err != nil {
			return nil, err
		}
		p.Another, content, p.May = p.with(nil, "proposals", d.ID), c, upkeep.May{}
		if preview, err = s.desk.Preview(r.Context(), r.actor(), r.slug, *c); err != nil {
			return nil, err
		}
	}
	p.Heading = r.proposalTitle(d)
	p.Title = p.Heading
	p.Line = r.lang.T("review.line", s.who(r, d.Author), r.departmentName(d.Department), r.clock(d.Updated))
	p.Ground, p.Note = groundText(r.lang, content.Ground), content.Note
	for _, b := range content.Blanks() {
		if len(b.Versions) > 0 {
			p.Files = append(p.Files, documentLink{link{p.with(nil, "proposals", r.PathValue("id"), "files", b.Versions[0].SHA256), b.Versions[0].Name}, fileMeta(r.lang, b.Versions[0])})
		}
	}
	if p.Voices, err = s.voicesOf(r, &p.frame, func(a feedback.Appeal) bool { return a.Proposal == d.ID }); err != nil {
		return nil, err
	}
	if p.Voices != nil && !p.Closed {
		p.Ground = groundText(r.lang, upkeep.VoicedGround(content.Ground))
	}
	p.Preview = r.preview(&p.frame, preview, maxReviewed)
	if preview.After == nil {
		p.Preview = r.asWritten(&p.frame, content)
	}
	for i := range p.Preview.Items {
		if x := &p.Preview.Items[i]; x.Kind == register.KindJourney && x.Op != register.Exclude {
			x.Href = p.with(nil, "proposals", d.ID, "journeys", x.Key)
		}
	}
	if d.State == upkeep.StateIncluded {
		r.heirs(&p.frame, p.Preview.Items)
	}
	p.EditHref = p.with(nil, "proposals", d.ID, "edit")
	p.Action = p.with(nil, "proposals", d.ID)
	p.Hidden = []option{{Name: "hash", Value: d.Hash}, {Name: "version", Value: strconv.FormatInt(d.Version, 10)}}
	if p.May.Include || p.May.Return {
		// Whoever decides does not change the proposal: then somebody else would have to decide.
		p.Reviews, p.May.Edit, p.May.Withdraw = true, false, false
		p.Whole = r.asked(ask{ID: "f-remark", Name: "remark", Label: r.lang.T("review.whole"), Kind: "textarea", Rows: 2, Max: 4000, Optional: true})
		for i := range p.Preview.Items {
			r.remarkAsks(&p.Preview.Items[i], i)
		}
	}
	if len(preview.Conflicts) > 0 {
		p.Conflicts = &link{p.with(nil, "proposals", d.ID, "conflict"), r.lang.T("conflict.open")}
	}
	if d.State == upkeep.StateIncluded && d.Entries[0] > 0 {
		p.Entries = &link{r.logHref(&p.frame, d.Entries[0]), r.lang.T("review.entries", lang.Number(d.Entries[0]), lang.Number(d.Entries[1]))}
	}
	s.tellOf(r, p, d)
	if r.typed != nil {
		p.Wrong = r.wrong(p.Whole)
		if p.Since, err = s.meanwhile(r, &p.frame, d, r.typed.values.Get("hash")); err != nil {
			return nil, err
		}
		if len(r.typed.fields) == 0 && r.typed.text != "" { // nothing that was typed is wrong: the proposal is another by now
			p.Wrong, p.Tell = nil, &telling{Tone: "look", Title: r.typed.text}
		}
	}
	p.Rounds, err = s.rounds(r, &p.frame, d)
	return p, err
}

// meanwhile compares what the reader had before their eyes, by its hash, with what the proposal says now.
func (s *site) meanwhile(r *request, f *frame, d *upkeep.Proposal, hash string) ([]diffItem, error) {
	if hash == "" || hash == d.Hash {
		return nil, nil
	}
	vs, err := s.desk.Versions(r.Context(), r.actor(), r.slug, d.ID)
	if err != nil {
		return nil, err
	}
	for _, v := range vs {
		if v.Hash != hash || !v.Submitted {
			continue
		}
		_, was, err := s.desk.Version(r.Context(), r.actor(), r.slug, d.ID, v.Version)
		if err != nil {
			return nil, err
		}
		return r.between(was, d.Content), nil
	}
	return nil, nil
}

// between lists how one content of a proposal became another.
func (r *request) between(was, is *upkeep.Content) []diffItem {
	var items []diffItem
	old := map[subject]upkeep.ProposedChange{}
	for _, c := range was.Changes {
		old[subject{c.Kind, c.Key}] = c
	}
	add := func(word string, c upkeep.ProposedChange, fs []register.FieldDifference) {
		if len(items) < maxPreview {
			items = append(items, diffItem{Kind: c.Kind, Key: c.Key, Op: c.Op, Word: r.lang.T(word), Title: r.changeName(c), Fields: r.fields(fs)})
		}
	}
	for _, c := range is.Changes {
		o, ok := old[subject{c.Kind, c.Key}]
		delete(old, subject{c.Kind, c.Key})
		switch {
		case !ok:
			add("review.added", c, register.ContentFields(nil, c.Content))
		case o.Op != c.Op:
			add("diff."+string(c.Op), c, register.ContentFields(o.Content, c.Content))
		default:
			if fs := register.ContentFields(o.Content, c.Content); len(fs) > 0 {
				add("diff.change", c, fs)
			}
		}
	}
	for _, c := range was.Changes {
		if _, ok := old[subject{c.Kind, c.Key}]; ok {
			add("review.dropped", c, nil)
		}
	}
	return items
}

// tellOf says at the head of the page where the proposal stands for whoever looks.
func (s *site) tellOf(r *request, p *reviewPage, d *upkeep.Proposal) {
	t := r.lang.T
	switch {
	case p.Another != "":
		p.Tell = &telling{"look", t("review.old"), "", &link{p.Another, t("review.newest")}}
	case d.State == upkeep.StateIncluded:
		p.Tell = &telling{"done", t("review.included"), t("review.by", s.who(r, d.ClosedBy), r.clock(d.Closed)), p.Entries}
	case d.State == upkeep.StateWithdrawn:
		p.Tell = &telling{"look", t("review.withdrawn"), t("review.by", s.who(r, d.ClosedBy), r.clock(d.Closed)), nil}
	case d.State == upkeep.StateReturned:
		p.Tell = &telling{"look", t("review.returned"), "", nil}
		if p.May.Edit {
			p.Tell.Link = &link{p.EditHref, t("review.answer")}
		}
	case d.State == upkeep.StateSubmitted && p.May.Why != "":
		p.Tell = &telling{"look", t("review.own"), p.May.Why, nil}
	case d.State == upkeep.StateSubmitted && !p.May.Include:
		p.Tell = &telling{"done", t("review.sent"), t("review.senttext"), nil}
	case d.State == upkeep.StateDraft:
		p.Tell = &telling{"look", t("review.draft"), "", nil}
		if p.May.Edit {
			p.Tell.Link = &link{p.EditHref, t("review.continue")}
		}
	}
}

// remarkAsks puts the fields for remarks beside a subject and each of its changed fields.
func (r *request) remarkAsks(x *diffItem, i int) {
	at := func(field string) string { return "r." + string(x.Kind) + "." + x.Key + "." + field }
	id := "r-" + strconv.Itoa(i)
	if x.Op != register.Amend {
		a := r.asked(ask{ID: id, Name: at(""), Label: r.lang.T("review.remarkof", x.Title), Kind: "textarea", Rows: 1, Max: 4000})
		x.Remark = &a
		return
	}
	for j := range x.Fields {
		f := &x.Fields[j]
		a := r.asked(ask{ID: id + "-" + strconv.Itoa(j), Name: at(f.JSON), Label: r.lang.T("review.remarkto", f.Name), Kind: "textarea", Rows: 1, Max: 4000})
		f.Remark = &a
	}
}

// asWritten shows a closed proposal by what it said, for the register has gone on since.
func (r *request) asWritten(f *frame, c *upkeep.Content) preview {
	var p preview
	for i, x := range c.Changes {
		if i == maxReviewed {
			p.Cut = r.lang.T("preview.cut", lang.Number(maxReviewed), lang.Number(int64(len(c.Changes))))
			break
		}
		item := diffItem{Kind: x.Kind, Key: x.Key, Op: x.Op, Word: r.lang.T("diff." + string(x.Op)), Title: r.changeName(x)}
		if x.Op != register.Exclude {
			item.Fields = r.fields(register.ContentFields(nil, x.Content))
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// proposalTitle names a proposal by its first subject, and says how many changes there are beside it.
func (r *request) proposalTitle(d *upkeep.Proposal) string {
	if d.Outline.Text == "" {
		return r.lang.T("proposals.untitled")
	}
	text := cut(d.Outline.Text, 120)
	if n := d.Outline.Include + d.Outline.Amend + d.Outline.Exclude - 1; n > 0 {
		return r.lang.T("proposals.andmore", text, r.lang.Count(n, "proposals.changes"))
	}
	return text
}

func (r *request) departmentName(key string) string {
	if key == "" {
		return r.lang.T("proposal.wholebody")
	}
	if d := r.snap.departments[key]; d != "" {
		return d
	}
	return key
}

// who names an account; one that is gone is called by its id, as in the log.
func (s *site) who(r *request, account string) string {
	return cmp.Or(s.accounts.Name(r.Context(), account), account)
}

// clock is a moment as a person says it: «12.11.2026, 10:15».
func (r *request) clock(t time.Time) string {
	t = t.In(r.loc)
	return lang.Date(string(register.DateOf(t))) + ", " + t.Format("15:04")
}

// rounds is the history of a proposal, newest first.
func (s *site) rounds(r *request, f *frame, d *upkeep.Proposal) ([]round, error) {
	vs, err := s.desk.Versions(r.Context(), r.actor(), r.slug, d.ID)
	if err != nil {
		return nil, err
	}
	var out []round
	for i := len(vs) - 1; i >= 0; i-- {
		v := vs[i]
		x := round{moment: newMoment(v.At, r.loc), Who: s.who(r, v.By), What: r.lang.T("review.saved")}
		if v.Submitted {
			x.What = r.lang.T("review.submitted")
		}
		if v.Version != d.Saved || d.State == upkeep.StateIncluded {
			x.Href = f.with(url.Values{"version": {strconv.FormatInt(v.Version, 10)}}, "proposals", d.ID)
		}
		for _, m := range d.Remarks {
			if m.Version == v.Version {
				text := m.Text
				if m.Field != "" {
					text = r.fieldName(m.Field) + ": " + text
				}
				x.Remarks = append(x.Remarks, remark{Text: text, Who: r.lang.T("remark.who", s.who(r, m.By), r.clock(m.At))})
			}
		}
		out = append(out, x)
	}
	return out, nil
}

// decide does what the officer, or the author, says to a proposal.
func (s *site) decide(r *request, v url.Values) (string, error) {
	id, ctx := r.PathValue("id"), r.Context()
	here := s.address(r, "proposals", id)
	var err error
	switch v.Get("do") {
	case "include":
		_, _, err = s.desk.Include(ctx, r.actor(), r.slug, id, v.Get("hash"), register.Ground{})
	case "return":
		_, err = s.desk.Return(ctx, r.actor(), r.slug, id, v.Get("hash"), remarksOf(v))
	case "submit":
		_, err = s.desk.Submit(ctx, r.actor(), r.slug, id, atoi64(v.Get("version")))
	case "withdraw":
		_, err = s.desk.Withdraw(ctx, r.actor(), r.slug, id, atoi64(v.Get("version")))
		here = s.address(r, "proposals")
	default:
		return "", badChoice("review.decision", v.Get("do"))
	}
	var ue *upkeep.Error
	if errors.As(err, &ue) {
		switch ue.Code {
		case upkeep.CodeInvalid:
			return "", &formError{Text: ue.Text, Fields: map[string]string{"remark": ue.Text}}
		case upkeep.CodeConflict, upkeep.CodeStale:
			return "", &formError{Status: http.StatusConflict, Text: ue.Text}
		}
	}
	return here, err
}

// remarksOf reads the remarks that were typed at the fields of a review.
func remarksOf(v url.Values) []upkeep.Remark {
	var ms []upkeep.Remark
	for name := range v {
		if name == "remark" {
			ms = append(ms, upkeep.Remark{Text: clean(v.Get(name))})
			continue
		}
		rest, ok := strings.CutPrefix(name, "r.")
		kind, rest, ok2 := strings.Cut(rest, ".")
		i := strings.LastIndexByte(rest, '.')
		if text := clean(v.Get(name)); ok && ok2 && i > 0 && text != "" {
			ms = append(ms, upkeep.Remark{Kind: register.Kind(kind), Key: rest[:i], Field: rest[i+1:], Text: text})
		}
	}
	return ms
}
