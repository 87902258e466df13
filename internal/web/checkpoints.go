package web

import "perechen/internal/lang"

// checkpointsPage lists the checkpoints that were kept of a log, for whoever wants to keep one himself.
type checkpointsPage struct {
	frame
	Line    string
	Items   []checkpointItem
	Pager   pager
	Command string
}

type checkpointItem struct {
	moment
	Number string
	Root   string
	Signed string
	Href   string // of that entry in the log
}

func (s *site) checkpoints(r *request) (page, error) {
	p := &checkpointsPage{frame: r.frame("checkpoints", "", r.lang.T("checkpoints.title")), Command: "perechen verify --body " + r.slug}
	if s.custody == nil {
		return p, nil
	}
	_, total, err := s.custody.Checkpoints(r.Context(), r.slug, 0, 1)
	if err != nil {
		return nil, err
	}
	p.Line, p.Pager = r.lang.Count(total, "checkpoints.count"), r.pager(total)
	some, _, err := s.custody.Checkpoints(r.Context(), r.slug, p.Pager.from, pageRows)
	if err != nil {
		return nil, err
	}
	for _, c := range some {
		p.Items = append(p.Items, checkpointItem{moment: newMoment(c.At, r.loc), Number: lang.Number(c.N), Root: c.Root, Signed: c.Signed, Href: r.logHref(&p.frame, c.N)})
	}
	return p, nil
}
