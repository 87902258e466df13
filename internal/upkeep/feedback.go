package upkeep

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"perechen/internal/feedback"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// formKey is the key of forms, once it was read.
type formKey struct {
	mu  sync.Mutex
	key feedback.Key
}

// formKey gives the key that signs forms in the whole installation; the first who asks makes it.
func (d *Desk) formKey(ctx context.Context) (feedback.Key, error) {
	d.forms.mu.Lock()
	defer d.forms.mu.Unlock()
	if d.forms.key != nil {
		return d.forms.key, nil
	}
	var key feedback.Key
	read := func(v feedback.View) (err error) {
		key, err = v.FormKey(ctx)
		return err
	}
	if err := d.store.View(ctx, func(v View) error { return read(v) }); err != nil {
		return nil, err
	}
	if key == nil {
		err := d.store.Update(ctx, func(tx Tx) error {
			if err := tx.SetFormKey(ctx, feedback.NewKey()); err != nil {
				return err
			}
			return read(tx) // another node may have been quicker
		})
		if err != nil {
			return nil, err
		}
	}
	d.forms.key = key
	return key, nil
}

// FeedbackTerms are the terms of feedback that an order gives.
func FeedbackTerms(p *procedure.Procedure) feedback.Terms {
	if p == nil {
		return feedback.TermsOf(0, 0)
	}
	return feedback.TermsOf(p.Feedback.AnswerDays, p.Feedback.Threshold)
}

// NewFeedback opens a form about a point or a process. It asks nothing of whoever opens it.
func (d *Desk) NewFeedback(ctx context.Context, slug string, of feedback.Subject) (feedback.Form, error) {
	key, err := d.formKey(ctx)
	if err != nil {
		return feedback.Form{}, wrap(err, "upkeep: form about %s", slug)
	}
	return key.NewForm(slug, of, d.now()), nil
}

// OpenFeedback takes a form that came back; ok is false when it is not ours or has been open too long.
func (d *Desk) OpenFeedback(ctx context.Context, slug string, of feedback.Subject, token string) (f feedback.Form, ok bool, err error) {
	key, err := d.formKey(ctx)
	if err != nil {
		return f, false, wrap(err, "upkeep: form about %s", slug)
	}
	f, ok = key.OpenForm(token, slug, of, d.now())
	return f, ok, nil
}

// A Said is what a client says in one form.
type Said struct {
	Got   bool
	Scale int
	Need  string // code of the procedure; empty: not said
	Stage string // of a process: title of a stage of its journey (StagesOf); empty: not said
	Text  string
}

// GiveFeedback keeps what was said in a form; sent again, the form changes nothing. CodeNotFound when the subject is not in
// the register, CodeInvalid when the marks are none. No actor is asked for: whoever is signed in says it as a stranger.
func (d *Desk) GiveFeedback(ctx context.Context, slug string, of feedback.Subject, f feedback.Form, said Said) error {
	if said.Scale < 1 || said.Scale > 5 {
		return invalid("Выберите оценку от 1 до 5.")
	}
	err := d.do(ctx, Actor{}, slug, func(a *act) error {
		o := feedback.Opinion{ID: f.OpinionID(), Month: feedback.MonthOf(a.now), Subject: of, Got: said.Got, Scale: said.Scale}
		switch of.Kind {
		case feedback.OfPoint:
			t, ok := a.register.Touchpoint(of.Key)
			if !ok {
				return notFound("Такой точки в перечне нет.")
			}
			o.Channel = t.Kind
		case feedback.OfProcess:
			if _, ok := a.register.Process(of.Key); !ok {
				return notFound("Такого процесса в перечне нет.")
			}
			if st, ok := StageOf(a.register, of.Key, said.Stage); ok {
				o.Stage, said.Need = st.Title, cmp.Or(said.Need, needOf(st))
			}
		default:
			return notFound("Об этом отзывы не собирают.")
		}
		if a.procedure != nil {
			if n, ok := a.procedure.NeedByCode(said.Need); ok && said.Need != "" {
				o.Need = n.Code
			}
		}
		fresh, err := a.tx.AddOpinion(ctx, slug, o)
		if err != nil || !fresh {
			return err
		}
		p := feedback.Appeal{ID: f.AppealID(), Code: feedback.CodePrint(f.Code()), Month: o.Month, Need: o.Need, Subject: of,
			Text: feedback.Tidy(said.Text, feedback.MaxText), State: feedback.Accepted}
		if _, err := a.tx.AddAppeal(ctx, slug, p); err != nil {
			return err
		}
		n, err := a.tx.FreshAppeals(ctx, slug, o.Month) // what waits from an earlier month is shown by now, and hides nobody
		if err != nil {
			return err
		}
		return a.tx.Mix(ctx, slug, n >= FeedbackTerms(a.procedure).Threshold)
	})
	return wrap(err, "upkeep: feedback to %s", slug)
}

// JourneyOf is the journey by whose stages clients say where it was hard: the first one as it is that leads through the
// process alone, else through others too; ok is false when nobody has described one.
func JourneyOf(r *register.Register, process string) (j register.Journey, ok bool) {
	for _, x := range r.Journeys {
		if x.State != register.AsIs || !slices.Contains(x.Processes, process) {
			continue
		}
		if len(x.Processes) == 1 {
			return x, true
		}
		if !ok {
			j, ok = x, true
		}
	}
	return j, ok
}

// StageOf is the stage of that title in the journey of a process.
func StageOf(r *register.Register, process, title string) (st register.JourneyStage, ok bool) {
	j, ok := JourneyOf(r, process)
	if i := slices.IndexFunc(j.Stages, func(x register.JourneyStage) bool { return x.Title == title }); ok && title != "" && i >= 0 {
		return j.Stages[i], true
	}
	return st, false
}

// needOf is the need of a stage all of whose steps have the same one.
func needOf(st register.JourneyStage) string {
	need := ""
	for i, x := range st.Steps {
		if i > 0 && x.Need != need {
			return ""
		}
		need = x.Need
	}
	return need
}

// FeedbackByCode finds what became of an appeal by its author's code; ok is false when the body has none.
func (d *Desk) FeedbackByCode(ctx context.Context, slug, digits string) (p feedback.Appeal, ok bool, err error) {
	err = d.store.View(ctx, func(v View) (err error) {
		p, ok, err = v.AppealByCode(ctx, slug, feedback.CodePrint(digits))
		return err
	})
	return p, ok, wrap(err, "upkeep: feedback of %s by code", slug)
}

// DepartmentOf is the department that answers for what feedback is about; empty: the authorised officer.
func DepartmentOf(r *register.Register, of feedback.Subject) string {
	switch of.Kind {
	case feedback.OfPoint:
		t, ok := r.Touchpoint(of.Key)
		if !ok || t.Department != "" {
			return t.Department
		}
		us := r.UsagesOf(of.Key)
		at := make([]*register.Usage, len(us))
		for i := range us {
			at[i] = &us[i]
		}
		return common(r, at)
	case feedback.OfProcess:
		p, _ := r.Process(of.Key)
		return p.Department
	}
	return ""
}

// FeedbackResults gives the quarters that are summed up, in order, after summing up those that have become ripe. Everybody
// may see them.
func (d *Desk) FeedbackResults(ctx context.Context, slug string) ([]feedback.Result, error) {
	var done []feedback.Result
	var ripe []feedback.Closing
	look := func(v feedback.View, s sight) error {
		rs, err := v.Results(ctx, slug)
		if err != nil {
			return err
		}
		os, err := v.Opinions(ctx, slug)
		if err != nil {
			return err
		}
		as, err := v.Appeals(ctx, slug)
		done = rs
		ripe = feedback.Close(os, as, rs, FeedbackTerms(s.procedure), string(register.DateOf(s.now)), CalendarOf(s.register))
		return err
	}
	err := d.look(ctx, Actor{}, slug, func(v View, s sight) error { return look(v, s) })
	if err != nil || len(ripe) == 0 {
		return done, wrap(err, "upkeep: results of feedback of %s", slug)
	}
	err = d.do(ctx, Actor{}, slug, func(a *act) error {
		if err := look(a.tx, a.sight); err != nil {
			return err
		}
		for _, c := range ripe {
			ok, err := a.tx.AddResult(ctx, slug, c.Result)
			if err != nil || !ok {
				return err
			}
			if err := a.tx.DropOpinions(ctx, slug, c.Drop); err != nil {
				return err
			}
			if err := a.tx.SumAppeals(ctx, slug, c.Appeals, c.Result.Quarter); err != nil {
				return err
			}
			done = append(done, c.Result)
		}
		return nil
	})
	return done, wrap(err, "upkeep: results of feedback of %s", slug)
}
