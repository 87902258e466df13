package cli

import (
	"context"
	"fmt"
	"io"

	"perechen/internal/drawing"
	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/web"
)

// Journey writes the map of a journey (svg, png, pdf; paper is a4 or a3) or its table (docx, odt, xlsx).
func (d documents) Journey(ctx context.Context, w io.Writer, s web.State, key, format, paper string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	j, ok := r.Journey(key)
	if !ok {
		return &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf("Клиентского пути «%s» в перечне нет.", key)}
	}
	v := d.looker(ctx, s, r, p).Look(j)
	switch format {
	case "svg":
		return journey.Whole(v, journey.Options{}).WriteSVG(w)
	case "png":
		return journey.Whole(v, journey.Options{}).WritePNG(w, 2)
	case "pdf":
		size, err := drawing.ParsePaper(paper)
		if err != nil {
			return err
		}
		foot := fmt.Sprintf("%s. Состояние на %s, запись журнала № %d.", p.Holder.ShortName, lang.Date(string(register.DateOf(r.Time))), r.N)
		return journey.WritePDF(w, v, size, foot, r.Time)
	}
	stamp, err := d.stamp(ctx, r, 0, "journey", format)
	if err != nil {
		return err
	}
	doc, err := render.Journey(v, p, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// Journeys writes the list of the journeys with these keys; note says what was left out.
func (d documents) Journeys(ctx context.Context, w io.Writer, s web.State, keys []string, note, format string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	l := d.looker(ctx, s, r, p)
	var vs []*journey.View
	for _, key := range keys {
		if j, ok := r.Journey(key); ok {
			vs = append(vs, l.Sum(j))
		}
	}
	stamp, err := d.stamp(ctx, r, 0, "journeys", format)
	if err != nil {
		return err
	}
	doc, err := render.Journeys(vs, p, note, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// looker reads the register on the day that it is shown for; the log tells when a point was excluded.
func (d documents) looker(ctx context.Context, s web.State, r *register.Register, p *procedure.Procedure) *journey.Looker {
	on := s.On
	if on == "" {
		on = register.DateOf(r.Time)
	}
	return journey.NewLooker(r, p, on, func(kind register.Kind, key string) register.Date {
		es, err := d.l.History(ctx, s.Body, kind, key)
		for i := len(es) - 1; i >= 0 && err == nil; i-- {
			if es[i].N <= s.N && es[i].Op == register.Exclude {
				return register.DateOf(es[i].Time)
			}
		}
		return ""
	})
}
