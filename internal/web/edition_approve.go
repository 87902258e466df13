package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// approvalPage lays a prepared edition before the head.
type approvalPage struct {
	frame
	Wrong    []link
	Number   int
	Line     string
	Note     string
	Day      string // of the edition, where it is fixed
	N        int64
	Root     string
	Void     string
	Since    []logItem // what was written after it was prepared
	Own      bool
	Can      bool // the viewer may approve
	May      bool // the viewer may withdraw
	Changes  changeList
	Papers   []paper
	Findings string // how many are open; empty for none
	Asks     []ask
}

// actKinds are the kinds of acts by which an edition is approved.
var actKinds = []string{"приказ", "распоряжение", "постановление", "протокол", "решение"}

// prepared gives the prepared edition that the address names.
func (s *site) prepared(r *request) (upkeep.PreparedEdition, error) {
	text := r.PathValue("number")
	if s.desk == nil {
		return upkeep.PreparedEdition{}, notFound("")
	}
	p, ok, err := s.desk.Prepared(r.Context(), r.actor(), r.slug)
	if err == nil && (!ok || strconv.Itoa(p.Number) != text) {
		err = notFound("error.noprepared", text)
	}
	return p, err
}

func (s *site) approval(r *request) (page, error) {
	x, err := s.prepared(r)
	if err != nil {
		return nil, err
	}
	p := &approvalPage{frame: r.frame("approve", "editions", r.lang.T("approve.title", x.Number)), Number: x.Number, Note: x.Note, N: x.N, Root: x.Root, Day: lang.Date(string(x.Date))}
	box := s.preparedBox(r, &p.frame, x)
	p.Line, p.Void, p.Own = box.Line, box.Void, box.Own
	p.Can = r.grants.In(register.RoleHead, "") && !p.Own && p.Void == ""
	p.May = r.grants.In(register.RoleHead, "") || r.officer()
	if p.Void != "" {
		if err := s.since(r, p, x.N); err != nil {
			return nil, err
		}
	}
	last := lastEdition(r.snap.reg)
	if p.Changes, err = s.changesSince(r, &p.frame, last, x.N); err != nil {
		return nil, err
	}
	p.Papers = s.preparedPapers(r, &p.frame, last, x.Number, x.N)
	if n := len(r.snap.findings); n > 0 {
		p.Findings = r.lang.Count(n, "fact.findings")
	}
	kind := ask{Name: "act_kind", Kind: "select", Label: r.lang.T("approve.kind"), Value: r.actKind(), Size: "short"}
	for _, k := range actKinds {
		kind.Options = append(kind.Options, option{Value: k, Text: k})
	}
	p.Asks = []ask{r.asked(kind),
		r.asked(ask{Name: "act_number", Label: r.lang.T("approve.number"), Hint: r.lang.T("approve.numberhint"), Size: "short", Complete: "off", Max: 100}),
		r.asked(ask{Name: "act_date", Kind: "date", Label: r.lang.T("approve.date"), Value: string(r.today), Size: "short"})}
	p.Wrong = r.wrong(p.Asks...)
	return p, nil
}

// shownSince is how many later entries stand on the page of an edition that they made void.
const shownSince = 30

func (s *site) since(r *request, p *approvalPage, n int64) error {
	err := s.ledger.Entries(r.Context(), r.slug, max(n+1, r.head.N-shownSince+1), r.head.N, func(e register.Entry) error {
		p.Since = append(p.Since, r.logItem(&p.frame, &e))
		return nil
	})
	slices.Reverse(p.Since)
	return err
}

// actKind is the kind of act by which this body approves: that of its last edition, or of its procedure.
func (r *request) actKind() string {
	for _, kind := range []string{lastEdition(r.snap.reg).Act.Kind, r.snap.proc.Act.Kind} {
		if kind = strings.ToLower(kind); slices.Contains(actKinds, kind) {
			return kind
		}
	}
	return actKinds[0]
}

func (s *site) sendApproval(r *request, v url.Values) (string, error) {
	x, err := s.prepared(r)
	if err != nil {
		return "", err
	}
	home := "/" + url.PathEscape(r.slug) + "/editions"
	switch v.Get("act") {
	case "withdraw":
		return home + "/prepare", s.desk.WithdrawEdition(r.Context(), r.actor(), r.slug)
	case "approve":
		in := upkeep.Approval{Number: x.Number, Root: v.Get("root"),
			Act: register.Act{Kind: v.Get("act_kind"), Number: v.Get("act_number"), Date: register.Date(strings.TrimSpace(v.Get("act_date")))}}
		in.N, _ = strconv.ParseInt(v.Get("n"), 10, 64)
		if !slices.Contains(actKinds, in.Act.Kind) {
			return "", invalidField("act_kind", r.lang.T("approve.badkind"))
		}
		done, err := s.turn(r.Context()) // four documents at once take as much memory as four that are asked for
		if err != nil {
			return "", err
		}
		defer done()
		e, err := s.desk.ApproveEdition(r.Context(), r.actor(), r.slug, in)
		if err != nil {
			return "", err
		}
		return home + "/" + strconv.Itoa(e.Number), nil
	}
	return "", badRequest("error.badform")
}

// orderFormats are the formats of the draft order, the one to write in first.
var orderFormats = []string{"docx", "odt", "pdf"}

// orderFile makes order.*: the draft of the act by which an edition is approved, for those who work in the body. The edition
// is one that is approved, the one that is prepared, or the next.
func (s *site) orderFile(w http.ResponseWriter, hr *http.Request) {
	name, format, _ := strings.Cut(hr.PathValue("file"), ".")
	if name != "order" || !slices.Contains(orderFormats, format) || s.documents == nil || s.desk == nil {
		s.notFound(w, hr)
		return
	}
	r := s.openedFor(w, hr, who{whoMember, whoAdmin})
	if r == nil {
		return
	}
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
		st, ed, err := s.draftOf(r)
		if err != nil {
			return "", err
		}
		return "проект-" + r.slug + "-редакция-" + strconv.Itoa(ed.Number), s.documents.Order(hr.Context(), b, st, ed, format)
	})
}

// draftOf finds the edition that an order is to be drafted for, and its state.
func (s *site) draftOf(r *request) (State, register.Edition, error) {
	text := r.PathValue("number")
	number := atoi(text)
	if strconv.Itoa(number) != text {
		return State{}, register.Edition{}, notFound("error.noedition", text)
	}
	if e, ok := r.snap.reg.Edition(number); ok {
		return State{Body: r.slug, N: e.N}, e, nil
	}
	p, ok, err := s.desk.Prepared(r.Context(), r.actor(), r.slug)
	if err != nil {
		return State{}, register.Edition{}, err
	}
	if ok && p.Number == number {
		return State{Body: r.slug, N: p.N}, register.Edition{Number: p.Number, Date: p.Date, N: p.N}, nil
	}
	if number == lastEdition(r.snap.reg).Number+1 && r.view.N > 0 {
		return State{Body: r.slug, N: r.view.N}, register.Edition{Number: number, N: r.view.N}, nil
	}
	return State{}, register.Edition{}, notFound("error.noedition", text)
}
