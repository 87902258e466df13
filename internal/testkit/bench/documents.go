package main

import (
	"bytes"
	"context"
	"fmt"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/render"
)

// reports makes the report of a large register in each format.
func reports(ctx context.Context, l *ledger.Ledger) error {
	r, err := l.State(ctx, slug, 0)
	if err != nil {
		return err
	}
	p, err := l.Procedure(ctx, slug, 0)
	if err != nil {
		return err
	}
	for _, format := range []string{"docx", "odt", "xlsx", "pdf"} {
		size := 0
		took, err := median(3, func() error {
			d, err := render.Report(r, p, nil, render.Stamp{N: r.N, Time: r.Time})
			if err != nil {
				return err
			}
			var b bytes.Buffer
			err = office.Write(&b, format, d)
			size = b.Len()
			return err
		})
		if err != nil {
			return err
		}
		add(fmt.Sprintf("report of %d usages, %s (%d KiB)", *usages, format, size>>10), took, "", 0, "about 2 s")
	}
	return nil
}
