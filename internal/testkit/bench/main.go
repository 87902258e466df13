// Command bench measures the program against baselines taken in the same run and prints one table. It asserts nothing:
// the machines it runs on are shared, so only the ratios mean something.
//
//	go run ./internal/testkit/bench [-entries 1000000] [-rows 100000]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/procedures"
)

var (
	entries  = flag.Int("entries", 1_000_000, "entries of the log that verify reads")
	rows     = flag.Int("rows", 100_000, "rows of the imported workbook")
	usages   = flag.Int("usages", 10_000, "usages of the register whose page and report are made")
	only     = flag.String("only", "", "measure these groups only, by comma: pages, start, reports, append, postgres, import, verify, desk, search, journeys")
	searched = flag.Int("searched", 1_000_000, "usages of the country in one body of which is searched; 0: only the quality of answers")
)

// A line of the table: what, how long, the baseline, the ratio and its goal.
type line struct{ what, took, baseline, ratio, goal string }

var table []line

func add(what string, took time.Duration, baseline string, base time.Duration, goal string) {
	ratio := ""
	if base > 0 {
		ratio = fmt.Sprintf("%.2f", float64(took)/float64(base))
		baseline += ": " + short(base)
	}
	table = append(table, line{what, short(took), baseline, ratio, goal})
	fmt.Fprintln(os.Stderr, what, short(took), baseline, ratio)
}

func note(what, value, goal string) {
	table = append(table, line{what: what, took: value, goal: goal})
	fmt.Fprintln(os.Stderr, what, value)
}

func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return fmt.Sprintf("%.0f µs", float64(d)/1e3)
	case d < time.Second:
		return fmt.Sprintf("%.1f ms", float64(d)/1e6)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

func main() {
	flag.Parse()
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\ttook\tbaseline of the same run\tratio\tgoal")
	for _, l := range table {
		fmt.Fprintln(w, strings.Join([]string{l.what, l.took, l.baseline, l.ratio, l.goal}, "\t"))
	}
	w.Flush()
}

func run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "perechen-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	bin := filepath.Join(dir, "perechen")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, "./cmd/perechen")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	st, err := os.Stat(bin)
	if err != nil {
		return err
	}
	note("binary", fmt.Sprintf("%.1f MiB", float64(st.Size())/(1<<20)), "≤ 35 MiB")

	data := filepath.Join(dir, "large")
	l, done, err := installation(ctx, data)
	if err != nil {
		return err
	}
	defer done()
	if _, err := l.Append(ctx, slug, ledger.Batch{Changes: large(*usages), Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead}); err != nil {
		return err
	}
	for _, group := range []struct {
		name    string
		measure func() error
	}{
		{"pages", func() error { return pages(ctx, l, data) }},
		{"start", func() error { return coldStart(ctx, dir, bin, data) }},
		{"reports", func() error { return reports(ctx, l) }},
		{"append", func() error { return appends(ctx, dir) }},
		{"postgres", func() error { return appendsPostgres(ctx, dir) }},
		{"import", func() error { return imports(ctx, dir, bin) }},
		{"verify", func() error { return verifies(ctx, dir) }},
		{"desk", func() error { return desk(ctx, dir) }},
		{"search", func() error { return searches(ctx, dir) }},
		{"journeys", func() error { return journeyed(ctx, dir) }},
	} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), group.name) {
			continue
		}
		if err := group.measure(); err != nil {
			return err
		}
	}
	return nil
}

const slug = "komzan"

// installation makes a new installation with one body.
func installation(ctx context.Context, dir string) (*ledger.Ledger, func(), error) {
	return installationAt(ctx, store.Place{Dir: dir})
}

func installationAt(ctx context.Context, at store.Place) (*ledger.Ledger, func(), error) {
	if err := at.Init(ctx); err != nil {
		return nil, nil, err
	}
	s, key, err := at.Open(ctx)
	if err != nil {
		return nil, nil, err
	}
	l := ledger.New(s, key, time.Now)
	p, err := procedure.Load(procedures.FS, "komzan-alania-9r-2026")
	if err != nil {
		return nil, nil, err
	}
	org := register.Organisation{Slug: slug, Name: p.Holder.Name, ShortName: p.Holder.ShortName, Genitive: p.Holder.Genitive, HeadTitle: p.Holder.HeadTitle, Procedure: p.ID}
	err = l.AddBody(ctx, org, p, register.Ground{Text: "bench"}, "bench")
	return l, func() { s.Close() }, err
}

// median runs f n times and gives the middle of the times it took.
func median(n int, f func() error) (time.Duration, error) {
	ds := make([]time.Duration, n)
	for i := range ds {
		start := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		ds[i] = time.Since(start)
	}
	slices.Sort(ds)
	return ds[n/2], nil
}
