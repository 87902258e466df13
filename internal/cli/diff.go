package cli

import (
	"context"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/web"
)

// diffFact is one difference in diff --json.
type diffFact struct {
	Op      register.Op   `json:"op"`
	Kind    register.Kind `json:"kind"`
	Key     string        `json:"key"`
	Subject string        `json:"subject"`
	Fields  []fieldFact   `json:"fields"`
}

type fieldFact struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (a *app) printDiff(ctx context.Context, l *ledger.Ledger, from, to web.State) error {
	before, err := l.State(ctx, from.Body, from.N)
	if err != nil {
		return err
	}
	after, err := l.State(ctx, to.Body, to.N)
	if err != nil {
		return err
	}
	facts := []diffFact{}
	for _, d := range register.Compare(before, after) {
		f := diffFact{Op: d.Op, Kind: d.Kind, Key: d.Key, Subject: render.Subject(d, before, after), Fields: []fieldFact{}}
		for _, x := range d.Fields {
			f.Fields = append(f.Fields, fieldFact(x))
		}
		facts = append(facts, f)
	}
	if a.json {
		return a.printJSON(facts)
	}
	if len(facts) == 0 {
		a.printf("Изменений нет.\n")
		return nil
	}
	for _, f := range facts {
		a.printf("%s: %s «%s»\n", render.OpWord(f.Op), render.KindWord(f.Kind), f.Subject)
		for _, x := range f.Fields {
			a.printf("    %s: «%s» → «%s»\n", render.FieldWord(x.Field), x.Before, x.After)
		}
	}
	return nil
}
