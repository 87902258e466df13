package upkeep

import (
	"context"
	"strings"

	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Prompted are the appeals that somebody has tied to a proposal or a task: seen are those that the actor may read, n counts
// all that the body may see by now.
func (d *Desk) Prompted(ctx context.Context, actor Actor, slug string, tied func(feedback.Appeal) bool) (seen []AppealState, n int, err error) {
	err = d.look(ctx, actor, slug, func(v View, s sight) error {
		if n, err = s.prompted(ctx, v, tied); err != nil || n == 0 {
			return err
		}
		all, err := s.appeals(ctx, v)
		for _, a := range all {
			if tied(a.Appeal) {
				seen = append(seen, a)
			}
		}
		return err
	})
	return seen, n, wrap(err, "upkeep: appeals behind something of %s", slug)
}

func (s sight) prompted(ctx context.Context, v feedback.View, tied func(feedback.Appeal) bool) (n int, err error) {
	all, err := v.Appeals(ctx, s.slug)
	for _, a := range all {
		if a.Shown(feedback.MonthOf(s.now)) && tied(a) {
			n++
		}
	}
	return n, err
}

// voiced is how the log names feedback as what prompted a change; the words of clients never stand there.
const voiced = "по обратной связи клиентов"

// VoicedGround is a ground that names feedback too, unless it does so already or has no room for it.
func VoicedGround(g register.Ground) register.Ground {
	if strings.Contains(lang.Fold(g.Text), "обратной связи") || strings.Contains(lang.Fold(g.Text), "отзыв") {
		return g
	}
	with := g
	if with.Text = voiced; g.Text != "" {
		with.Text = strings.TrimRight(g.Text, " .;") + "; " + voiced
	}
	if ledger.CheckGround(with, "x") != nil {
		return g
	}
	return with
}

// Followed is what came of an appeal beside its answer, for its author.
type Followed struct {
	Entries [2]int64 // of the log, by which the proposal that it is tied to was included; zero: it was not yet
}

// FollowedBy tells what came of an appeal that was found by its code.
func (d *Desk) FollowedBy(ctx context.Context, slug string, a feedback.Appeal) (f Followed, err error) {
	if a.Proposal == "" {
		return f, nil
	}
	err = d.store.View(ctx, func(v View) error {
		p, ok, err := v.Proposal(ctx, slug, a.Proposal)
		if ok && p.State == StateIncluded {
			f.Entries = p.Entries
		}
		return err
	})
	return f, wrap(err, "upkeep: what came of feedback to %s", slug)
}
