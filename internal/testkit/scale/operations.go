package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/store"
	"perechen/internal/web"
)

// A node serves the country from one process.
type node struct {
	ctx     context.Context //nolint:containedctx // of the whole run
	store   *store.Store
	key     *proof.Key
	country *country
	order   []int // in which bodies are taken

	ledger *ledger.Ledger
	pages  http.Handler
	moves  *ledger.Moves
	whole  *ledger.Verification
}

// start is the node started anew: it remembers nothing.
func (n *node) start() (err error) {
	n.forget()
	n.pages, err = web.New(n.ledger, web.Options{})
	return err
}

func (n *node) forget() {
	n.ledger = ledger.New(n.store, n.key, time.Now)
	n.moves = n.ledger.NewMoves()
}

func (n *node) body(i int) string { return slugOf(n.order[i%len(n.order)]) }

func (n *node) ask(path string) error {
	rec := httptest.NewRecorder()
	n.pages.ServeHTTP(rec, httptest.NewRequestWithContext(n.ctx, http.MethodGet, path, nil))
	if rec.Code != http.StatusOK && rec.Code != http.StatusFound {
		return fmt.Errorf("%s: %d", path, rec.Code)
	}
	return nil
}

func (n *node) search(i int, page, words string) error {
	return n.ask("/" + n.body(i) + page + "?q=" + url.QueryEscape(words))
}

// beat is what a node looks at every five seconds: whose newest entry is not kept as a checkpoint, and as often as people are to
// be reminded which registers have moved.
func (n *node) beat() (due bool, err error) {
	keep, err := n.ledger.ToKeep(n.ctx)
	if err != nil {
		return false, err
	}
	moved, err := n.moves.Waiting(n.ctx)
	for _, x := range moved {
		n.moves.Done(x)
	}
	return keep || len(moved) > 0, err
}

func (n *node) change(i int) error {
	t := register.Touchpoint{Key: fmt.Sprintf("new-%d-%d", n.country.bodies, i), Kind: "phone", Label: "телефон приёмной", Value: "8 (499) 111-22-33", Position: 9000 + i}
	_, err := n.ledger.Append(n.ctx, n.body(i), ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)}},
		Ground: register.Ground{Clause: "4.1"}, Actor: "scale", Head: ledger.AnyHead})
	return err
}

// verify is verify of one body in a run over all: the database's own check was made with the first.
func (n *node) verify(i int) error {
	v, err := n.whole.Verify(n.ctx, n.body(i), "", nil)
	if err == nil && !v.OK {
		err = fmt.Errorf("verify of %s: %s", n.body(i), v.Text)
	}
	return err
}

// An operation is something that people or the program do.
type operation struct {
	what string
	has  int
	do   func(i int) error
}

func (n *node) operations() []operation {
	return []operation{
		{"register page, the body not in memory", cold, func(i int) error { return n.ask("/" + n.body(i) + "/") }},
		{"register page, in memory", rendered, func(i int) error { return n.ask("/" + n.body(i) + "/") }},
		{"another page of the register, rendered", warm, func(i int) error { return n.ask(fmt.Sprintf("/%s/?page=%d", n.body(i), i%9+2)) }},
		{"point page", warm, func(i int) error { return n.ask("/" + n.body(i) + "/points/" + n.country.point) }},
		{"search in the register, a common word", warm, func(i int) error { return n.search(i, "/", "консультации клиентом") }},
		{"search in the register, a rare word", warm, func(i int) error { return n.search(i, "/", fmt.Sprintf("сектор %d", 3+i)) }},
		{"«Найти»", warm, func(i int) error { return n.search(i, "/find", "выдача удостоверения") }},
		{"register as of an earlier entry", cold, func(i int) error { return n.ask(fmt.Sprintf("/%s/?n=%d", n.body(i), 400+i)) }},
		{"page of the log", cold, func(i int) error { return n.ask("/" + n.body(i) + "/log") }},
		{"list of bodies, the first page", cold, func(int) error { return n.ask("/") }},
		{"list of bodies, any page", cold, func(i int) error { return n.ask(fmt.Sprintf("/?page=%d", 1+i*((n.country.bodies-1)/100)/(turns-1))) }},
		{"a body found by its name", cold, func(i int) error { return n.ask("/?q=" + n.body(i)) }},
		{"bodies found by words of many names", cold, func(int) error { return n.ask("/?q=" + url.QueryEscape("министерство культуры")) }},
		{"where somebody who signs in has a desk", cold, func(i int) error {
			slugs, err := n.ledger.Appointed(n.ctx, officerOf(n.order[i%len(n.order)]))
			if err == nil && (len(slugs) != 1 || slugs[0] != n.body(i)) {
				err = fmt.Errorf("the officer of %s has desks in %v", n.body(i), slugs)
			}
			return err
		}},
		{"report of a body, DOCX", warm, func(i int) error { return report(n.ctx, n.ledger, n.body(i)) }},
		{"a change appended with its proof", cold, n.change},
		{"a beat of a node, a body having changed", changed, func(int) error {
			due, err := n.beat()
			if err == nil && !due {
				err = fmt.Errorf("the node has not seen the change")
			}
			return err
		}},
		{"the first beat of a node that has started", cold, func(int) error {
			n.forget()
			_, err := n.beat()
			return err
		}},
		{"verify of one body alone", cold, func(i int) error {
			n.whole = n.ledger.NewVerification()
			return n.verify(i)
		}},
		{"verify of a body, one of all", cold, func(i int) error {
			if i == 0 {
				n.whole = n.ledger.NewVerification()
			}
			return n.verify(i)
		}},
	}
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
