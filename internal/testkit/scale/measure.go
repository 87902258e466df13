package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/store"
	"perechen/internal/web"
)

// settle lets the database come to rest after the load, as it does by itself in a night.
func (c *country) settle(ctx context.Context) error {
	if c.at.Database == "" {
		return nil
	}
	conn, err := pgx.Connect(ctx, c.at.Database)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "VACUUM ANALYZE")
	return err
}

// turns is how often each operation is done, each time with another body; the middle counts.
const turns = 9

// How much of a body the node has in its memory before the operation.
const (
	cold     = iota // nothing
	warm            // its newest state, as after somebody has looked at any page of it
	rendered        // and the very page
)

// measure opens the installation as a new node would and does each operation.
func (c *country) measure(ctx context.Context, database string) error {
	start := time.Now()
	s, key, err := c.at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	c.costs.time("opening the installation", time.Since(start))
	var l *ledger.Ledger
	var h http.Handler
	ask := func(path string) error {
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
		if rec.Code != http.StatusOK && rec.Code != http.StatusFound {
			return fmt.Errorf("%s: %d", path, rec.Code)
		}
		return nil
	}
	bodies := rand.New(rand.NewPCG(7, uint64(c.bodies))).Perm(c.bodies)
	body := func(i int) string { return slugOf(bodies[i%len(bodies)]) }
	for _, x := range []struct {
		what string
		has  int
		do   func(i int) error
	}{
		{"register page, the body not in memory", cold, func(i int) error { return ask("/" + body(i) + "/") }},
		{"register page, in memory", rendered, func(i int) error { return ask("/" + body(i) + "/") }},
		{"another page of the register, rendered", warm, func(i int) error { return ask(fmt.Sprintf("/%s/?page=%d", body(i), i%9+2)) }},
		{"point page", warm, func(i int) error { return ask("/" + body(i) + "/points/" + c.point) }},
		{"search in the register, a common word", warm, func(i int) error {
			return ask("/" + body(i) + "/?q=" + url.QueryEscape("консультации клиентом"))
		}},
		{"search in the register, a rare word", warm, func(i int) error {
			return ask("/" + body(i) + "/?q=" + url.QueryEscape(fmt.Sprintf("сектор %d", 3+i)))
		}},
		{"«Найти»", warm, func(i int) error {
			return ask("/" + body(i) + "/find?q=" + url.QueryEscape("выдача удостоверения"))
		}},
		{"register as of an earlier entry", cold, func(i int) error { return ask(fmt.Sprintf("/%s/?n=%d", body(i), 400+i)) }},
		{"page of the log", cold, func(i int) error { return ask("/" + body(i) + "/log") }},
		{"list of bodies", cold, func(int) error { return ask("/") }},
		{"report of a body, DOCX", warm, func(i int) error { return report(ctx, l, body(i)) }},
		{"verify of a body", cold, func(i int) error {
			v, err := l.Verify(ctx, body(i), "", nil)
			if err == nil && !v.OK {
				err = fmt.Errorf("verify of %s: %s", body(i), v.Text)
			}
			return err
		}},
		{"a change appended with its proof", cold, func(i int) error {
			t := register.Touchpoint{Key: fmt.Sprintf("new-%d-%d", c.bodies, i), Kind: "phone", Label: "телефон приёмной", Value: "8 (499) 111-22-33", Position: 9000 + i}
			_, err := l.Append(ctx, body(i), ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)}},
				Ground: register.Ground{Clause: "4.1"}, Actor: "scale", Head: ledger.AnyHead})
			return err
		}},
		{"the beat of a node: heads of all bodies", cold, func(int) error {
			slugs, err := l.Slugs(ctx)
			for _, slug := range slugs {
				if err == nil {
					_, err = l.Head(ctx, slug)
				}
			}
			return err
		}},
	} {
		l = ledger.New(s, key, time.Now)
		if h, err = web.New(l, web.Options{}); err != nil {
			return err
		}
		var took []time.Duration
		for i := range turns {
			if x.has == warm {
				err = ask("/" + body(i) + "/processes")
			} else if x.has == rendered {
				err = ask("/" + body(i) + "/")
			}
			if err != nil {
				return err
			}
			start := time.Now()
			if err := x.do(i); err != nil {
				return fmt.Errorf("%s, %s: %w", database, x.what, err)
			}
			took = append(took, time.Since(start))
			if i == 2 && took[i] > time.Second {
				break // it is what it is
			}
		}
		slices.Sort(took)
		c.costs.time(x.what, took[len(took)/2])
	}
	if err := c.memory(func(i int) error { return ask("/" + body(i) + "/") }); err != nil {
		return err
	}
	size, err := c.size(ctx)
	if err != nil {
		return err
	}
	c.costs.add("database, bytes for each usage", fmt.Sprintf("%d", size/int64(c.bodies*usagesOfBody)), 0)
	return nil
}

// memory is what a node holds that has shown the register pages of a hundred bodies.
func (c *country) memory(show func(i int) error) error {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 100 {
		if err := show(i); err != nil {
			return err
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	c.costs.add("memory that a hundred bodies shown take", fmt.Sprintf("%d MiB", (int64(after.HeapAlloc)-int64(before.HeapAlloc))>>20), 0)
	return show(0) // the node is in use until here
}

func report(ctx context.Context, l *ledger.Ledger, slug string) error {
	r, err := l.State(ctx, slug, 0)
	if err != nil {
		return err
	}
	p, err := l.Procedure(ctx, slug, 0)
	if err != nil {
		return err
	}
	d, err := render.Report(r, p, nil, render.Stamp{N: r.N, Time: r.Time})
	if err != nil {
		return err
	}
	return office.Write(&bytes.Buffer{}, "docx", d)
}

// size is how much the database takes.
func (c *country) size(ctx context.Context) (n int64, err error) {
	if c.at.Database == "" {
		for _, suffix := range []string{"", "-wal"} {
			if st, err := os.Stat(filepath.Join(c.at.Dir, store.DatabaseFile) + suffix); err == nil {
				n += st.Size()
			}
		}
		return n, nil
	}
	conn, err := pgx.Connect(ctx, c.at.Database)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT pg_database_size(current_database())").Scan(&n)
	return n, err
}
