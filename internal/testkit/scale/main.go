// Command scale loads the registers of a whole country, a thousand usages for each body, and prints what each operation costs
// at each size, on SQLite and on PostgreSQL. Everything goes in through the ledger in batches, as an import does: the same
// entries, the same proofs. It asserts nothing: the machines it runs on are shared; what it shows is growth.
//
//	go run ./internal/testkit/scale [-sqlite 10000,100000,1000000] [-postgres 10000,100000,1000000] [-full]
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

var (
	onSQLite   = flag.String("sqlite", "10000,100000,1000000", "sizes on SQLite, in usages; empty: none")
	onPostgres = flag.String("postgres", "10000,100000,1000000", "sizes on PostgreSQL, in usages; empty: none")
	full       = flag.Bool("full", false, "10 000 000 usages on PostgreSQL too")
	dir        = flag.String("dir", "", "where to put the data: a folder with room for 3 GB, with -full for 30; empty: the system's folder for such files")
)

func main() {
	flag.Parse()
	if *full {
		*onPostgres = strings.TrimPrefix(*onPostgres+",10000000", ",")
	}
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	place, err := os.MkdirTemp(*dir, "perechen-scale-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(place)
	if sizes, err := parse(*onSQLite); err != nil {
		return err
	} else if len(sizes) > 0 {
		in := &country{at: store.Place{Dir: filepath.Join(place, "sqlite")}}
		if err := in.grow(ctx, "SQLite", sizes); err != nil {
			return err
		}
	}
	sizes, err := parse(*onPostgres)
	if err != nil || len(sizes) == 0 {
		return err
	}
	c, err := pgtest.Begin("fsync=on", "full_page_writes=on", "autovacuum=on", "shared_buffers=512MB", "max_wal_size=4GB", "checkpoint_timeout=30min", "wal_compression=on", "wal_level=minimal", "max_wal_senders=0")
	if err != nil {
		return err
	}
	defer c.Remove()
	in := &country{at: store.Place{Dir: filepath.Join(place, "postgres"), Database: c.Address("postgres")}}
	return in.grow(ctx, "PostgreSQL", sizes)
}

func parse(list string) (sizes []int, err error) {
	for s := range strings.SplitSeq(list, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < usagesOfBody || len(sizes) > 0 && n <= sizes[len(sizes)-1] {
			return nil, fmt.Errorf("sizes are numbers that grow, from %d: %q", usagesOfBody, list)
		}
		sizes = append(sizes, n)
	}
	return sizes, nil
}

// A cost is what one operation took at each size.
type cost struct {
	what string
	at   []string
	took []time.Duration // 0 where it is no time
}

type costs struct{ list []*cost }

func (c *costs) add(what, value string, took time.Duration) {
	var at *cost
	for _, x := range c.list {
		if x.what == what {
			at = x
		}
	}
	if at == nil {
		at = &cost{what: what}
		c.list = append(c.list, at)
	}
	at.at, at.took = append(at.at, value), append(at.took, took)
	fmt.Fprintln(os.Stderr, " ", what, value)
}

func (c *costs) time(what string, took time.Duration) { c.add(what, short(took), took) }

// print writes the table of one database; the last column is how many times more the largest costs than the smallest.
func (c *costs) print(database string, sizes []int) {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s, usages:", database)
	for _, n := range sizes {
		fmt.Fprintf(w, "\t%d", n)
	}
	fmt.Fprintln(w, "\tgrowth")
	for _, x := range c.list {
		growth := ""
		if first, last := x.took[0], x.took[len(x.took)-1]; first > 0 && len(x.took) == len(sizes) {
			growth = fmt.Sprintf("%.1f", float64(last)/float64(first))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.what, strings.Join(x.at, "\t"), growth)
	}
	fmt.Fprintln(w)
	w.Flush()
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
