package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"
	"perechen/internal/web"
)

// documents makes the documents that both the terminal and the pages hand out. It is a web.Documents.
type documents struct{ l *ledger.Ledger }

// Report writes the report of clause 4.2 in a format of office.Write. That of an edition is the file which it was issued
// with, where there is one; else it is made anew.
func (d documents) Report(ctx context.Context, w io.Writer, s web.State, format string) error {
	if s.Edition != nil {
		_, content, err := d.l.Document(ctx, s.Body, s.Edition.Number, format)
		if err == nil {
			_, err = w.Write(content)
			return err
		}
		if !errors.Is(err, ledger.ErrNotFound) {
			return err
		}
	}
	return d.report(ctx, w, s, format)
}

// Print makes the documents with which an edition is issued. It is the upkeep.Printer of this program.
func (d documents) Print(ctx context.Context, slug string, e register.Edition) ([]upkeep.File, error) {
	var files []upkeep.File
	for _, format := range formats {
		var b bytes.Buffer
		if err := d.report(ctx, &b, web.State{Body: slug, N: e.N, Edition: &e}, format); err != nil {
			return nil, err
		}
		name := fmt.Sprintf("otchet-%d.%s", e.Number, format)
		files = append(files, upkeep.File{Document: register.Document{Name: name, Format: format}, Content: b.Bytes()})
	}
	return files, nil
}

func (d documents) report(ctx context.Context, w io.Writer, s web.State, format string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	number := 0
	if s.Edition != nil {
		number = s.Edition.Number
	}
	stamp, err := d.stamp(ctx, r, number, "report", format)
	if err != nil {
		return err
	}
	doc, err := render.Report(r, p, s.Edition, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// List writes the usages that q chooses with their processes and points; a part of the register says that it is one.
func (d documents) List(ctx context.Context, w io.Writer, s web.State, q ledger.Query, format string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	note := ""
	if q != (ledger.Query{}) {
		if r, err = d.chosen(ctx, s.Body, r, q); err != nil {
			return err
		}
		note = "Часть перечня по отбору: " + strings.Join(selection(q, r, p), "; ") + "."
	}
	stamp, err := d.stamp(ctx, r, 0, "list", format)
	if err != nil {
		return err
	}
	doc, err := render.List(r, p, note, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// chosen is the part of a register that a query chooses.
func (d documents) chosen(ctx context.Context, body string, r *register.Register, q ledger.Query) (*register.Register, error) {
	page, err := d.l.Rows(ctx, body, r.N, q)
	if err != nil {
		return nil, err
	}
	part := *r
	part.Processes, part.Touchpoints, part.Usages = nil, nil, nil
	processes, points := map[string]bool{}, map[string]bool{}
	for _, row := range page.Rows {
		part.Usages = append(part.Usages, row.Usage)
		if !processes[row.Process.Key] {
			processes[row.Process.Key] = true
			part.Processes = append(part.Processes, row.Process)
		}
		if !points[row.Touchpoint.Key] {
			points[row.Touchpoint.Key] = true
			part.Touchpoints = append(part.Touchpoints, row.Touchpoint)
		}
	}
	return &part, nil
}

// selection says a query in words.
func selection(q ledger.Query, r *register.Register, p *procedure.Procedure) []string {
	var parts []string
	if q.Text != "" {
		parts = append(parts, "слова «"+q.Text+"»")
	}
	if q.Process != "" {
		x, _ := r.Process(q.Process)
		parts = append(parts, "процесс «"+x.Title+"»")
	}
	if q.Touchpoint != "" {
		x, _ := r.Touchpoint(q.Touchpoint)
		parts = append(parts, "точка «"+x.Text()+"»")
	}
	if q.Kind != "" {
		parts = append(parts, "вид точки «"+p.KindTitle(q.Kind)+"»")
	}
	if q.Need != "" {
		n, _ := p.NeedByCode(q.Need)
		parts = append(parts, "потребность «"+n.Text+"»")
	}
	if q.Class != "" {
		parts = append(parts, "тип «"+render.ClassWord(register.Class(q.Class))+"»")
	}
	for _, x := range r.Departments {
		if x.Key == q.Department {
			parts = append(parts, "отдел «"+x.Title+"»")
		}
	}
	return parts
}

// Processes writes the реестр процессов in a format of office.Write.
func (d documents) Processes(ctx context.Context, w io.Writer, s web.State, format string) error {
	r, _, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	stamp, err := d.stamp(ctx, r, 0, "processes", format)
	if err != nil {
		return err
	}
	doc, err := render.Processes(r, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// Segments writes the dictionary of segmentation and the cards of the profiles.
func (d documents) Segments(ctx context.Context, w io.Writer, s web.State, format string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	stamp, err := d.stamp(ctx, r, 0, "segments", format)
	if err != nil {
		return err
	}
	doc, err := render.Segments(r, p, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// Order writes the draft of the act by which an edition is approved.
func (d documents) Order(ctx context.Context, w io.Writer, s web.State, e register.Edition, format string) error {
	r, p, err := d.state(ctx, s)
	if err != nil {
		return err
	}
	now, err := d.l.State(ctx, s.Body, 0)
	if err != nil {
		return err
	}
	var last *register.Edition
	for i := range now.Editions {
		if now.Editions[i].Number < e.Number {
			last = &now.Editions[i]
		}
	}
	return office.Write(w, format, render.Order(r, p, e, last, time.Now()))
}

// Diff writes the sheet of changes between two states.
func (d documents) Diff(ctx context.Context, w io.Writer, from, to web.State, format string) error {
	a, _, err := d.state(ctx, from)
	if err != nil {
		return err
	}
	b, p, err := d.state(ctx, to)
	if err != nil {
		return err
	}
	stamp, err := d.stamp(ctx, b, 0, "diff", format)
	if err != nil {
		return err
	}
	doc, err := render.Diff(a, b, moment(from, a), moment(to, b), p, stamp)
	if err != nil {
		return err
	}
	return office.Write(w, format, doc)
}

// moment names a state for the sheet of changes.
func moment(s web.State, r *register.Register) render.Moment {
	m := render.Moment{N: r.N, Time: r.Time}
	if s.Edition != nil {
		m.Edition, m.Date = s.Edition.Number, s.Edition.Date
	}
	return m
}

func (d documents) state(ctx context.Context, s web.State) (*register.Register, *procedure.Procedure, error) {
	r, err := d.l.State(ctx, s.Body, s.N)
	if err != nil {
		return nil, nil, err
	}
	p, err := d.l.Procedure(ctx, s.Body, r.N)
	if err != nil {
		return nil, nil, err
	}
	return r, render.Named(p, r.Organisation), nil
}

// stamp ties a document of r to the log at r.N, and signs the document's digest when it is written.
func (d documents) stamp(ctx context.Context, r *register.Register, edition int, kind, format string) (render.Stamp, error) {
	body := r.Organisation.Slug
	signed, err := d.l.Checkpoint(ctx, body, r.N)
	if err != nil {
		return render.Stamp{}, err
	}
	c, err := proof.OpenCheckpoint(signed, d.l.Key().Keys())
	if err != nil {
		return render.Stamp{}, err
	}
	short, err := proof.Short(signed)
	if err != nil {
		return render.Stamp{}, fmt.Errorf("checkpoint of %s at entry %s: %w", body, lang.Number(r.N), err)
	}
	digest := proof.DigestWords
	if format == "pdf" {
		digest = proof.DigestBytes
	}
	return render.Stamp{
		N: r.N, Time: r.Time, Root: c.Root.String(), Compact: short,
		Seal: func(sum [32]byte) (string, error) {
			return proof.NewSeal(proof.Seal{Body: body, Edition: edition, Document: kind, DigestKind: digest, Digest: sum, Checkpoint: c}, d.l.Key())
		},
	}, nil
}
