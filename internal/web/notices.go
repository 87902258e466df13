package web

import (
	"net/url"
	"strconv"

	"perechen/internal/lang"
	"perechen/internal/upkeep"
)

func (s *site) noticeRoutes(mux router) {
	mux.HandleFunc("/-/notices", s.form(s.notices, s.seeNotices))
}

// noticesPage is the one place where a person sees what happened and ticks it off.
type noticesPage struct {
	frame
	Wrong  []link
	Done   string
	All    bool // ticked off ones too
	Line   string
	Other  link // to the other list
	Items  []noticeItem
	Pager  pager
	Mode   []option
	Email  string
	Unseen bool
}

type noticeItem struct {
	moment
	ID         int64
	Text, Href string
	Body       string
	Seen       bool
}

func (s *site) notices(r *request) (page, error) {
	p := &noticesPage{frame: r.plain("notices", r.lang.T("notices.title")), All: r.query.Get("all") != "", Email: r.viewer.Email}
	if s.desk == nil {
		return p, nil
	}
	_, total, err := s.desk.Notices(r.Context(), r.actor(), !p.All, 0, 1)
	if err != nil {
		return nil, err
	}
	p.Pager = r.pager(total)
	ns, total, err := s.desk.Notices(r.Context(), r.actor(), !p.All, p.Pager.from, pageRows)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, n := range ns {
		if _, ok := names[n.Body]; !ok {
			names[n.Body] = n.Body
			if reg, err := s.ledger.State(r.Context(), n.Body, 0); err == nil {
				names[n.Body] = shortName(&reg.Organisation)
			}
		}
		item := noticeItem{moment: newMoment(n.Created, r.loc), ID: n.ID, Text: n.Text, Href: n.Href, Body: names[n.Body], Seen: !n.Seen.IsZero()}
		p.Unseen = p.Unseen || !item.Seen
		p.Items = append(p.Items, item)
	}
	p.Line, p.Other = r.lang.Count(total, "notices.new"), link{"/-/notices?all=1", r.lang.T("notices.all")}
	if p.All {
		p.Line, p.Other = r.lang.Count(total, "notices.count"), link{"/-/notices", r.lang.T("notices.only")}
	}
	mode, err := s.desk.MailMode(r.Context(), r.actor())
	if err != nil {
		return nil, err
	}
	for _, m := range upkeep.Modes {
		p.Mode = append(p.Mode, option{Name: "mode", Value: m, Text: r.lang.T("notices.mode." + m), Selected: m == mode})
	}
	p.Wrong = r.wrong()
	switch done := r.query.Get("done"); done {
	case "seen", "mode":
		p.Done = r.lang.T("notices.done." + done)
	}
	return p, nil
}

func (s *site) seeNotices(r *request, v url.Values) (string, error) {
	if s.desk == nil {
		return "", notFound("")
	}
	switch v.Get("act") {
	case "mode":
		return "/-/notices?done=mode", s.desk.SetMailMode(r.Context(), r.actor(), v.Get("mode"))
	case "all":
		_, err := s.desk.See(r.Context(), r.actor(), nil)
		return "/-/notices?done=seen", err
	}
	if v.Get("see") == "" {
		return "", badRequest("error.badform")
	}
	ids := []int64{}
	for _, text := range v["see"] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return "", badRequest("error.badform")
		}
		ids = append(ids, id)
	}
	_, err := s.desk.See(r.Context(), r.actor(), ids)
	next := "/-/notices?done=seen"
	if r.query.Get("all") != "" {
		next += "&all=1"
	}
	return next, err
}

// waits counts for the masthead what the viewer has not ticked off.
func (s *site) waits(r *request) error {
	if s.desk == nil || r.viewer == nil {
		return nil
	}
	var err error
	r.waiting, err = s.desk.Unseen(r.Context(), r.actor())
	return err
}

// bell leads to the notices, with their number.
func (r *request) bell() *section {
	b := &section{link: link{"/-/notices", r.lang.T("layout.notices")}}
	if r.waiting > 0 {
		b.Count, b.CountWord = lang.Number(int64(r.waiting)), r.lang.Plural(r.waiting, "notices.new")
	}
	return b
}
