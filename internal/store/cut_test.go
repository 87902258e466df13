package store

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A cutter stands between a node and its database, and cuts the line around a COMMIT.
type cutter struct {
	listener net.Listener
	target   string

	mu   sync.Mutex
	mode string // when the next COMMIT comes: «before» it reaches the database, «after» it was answered, «away»: and nobody is there any more
	cut  int
}

// newCutter gives the address of a database through a cutter.
func newCutter(t *testing.T, address string) (*cutter, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	const socket = ".s.PGSQL.5432"
	dir := t.TempDir()
	l, err := net.Listen("unix", filepath.Join(dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{listener: l, target: filepath.Join(u.Query().Get("host"), socket)}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.serve(client)
		}
	}()
	u.RawQuery = url.Values{"host": {dir}}.Encode()
	return c, u.String()
}

func (c *cutter) set(mode string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mode, c.cut = mode, 0
}

func (c *cutter) take(mode string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if mode == "connect" {
		if c.mode == "away" && c.cut > 0 {
			return "away"
		}
		return ""
	}
	was := c.mode
	if was != "" {
		c.cut++
		if was != "away" {
			c.mode = ""
		}
	}
	return was
}

func (c *cutter) serve(client net.Conn) {
	defer client.Close()
	if c.take("connect") == "away" {
		return
	}
	server, err := net.Dial("unix", c.target)
	if err != nil {
		return
	}
	defer server.Close()
	var mu sync.Mutex
	silent := false
	go func() {
		defer client.Close()
		buf := make([]byte, 64<<10)
		for {
			n, err := server.Read(buf)
			if err != nil {
				return
			}
			mu.Lock()
			quiet := silent
			mu.Unlock()
			if quiet {
				return
			}
			if _, err := client.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		if bytes.Contains(buf[:n], []byte("COMMIT\x00")) {
			switch c.take("commit") {
			case "before":
				return
			case "after", "away":
				mu.Lock()
				silent = true
				mu.Unlock()
			}
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}

// TestCutAtCommit: a line cut around a COMMIT neither loses what was written nor writes it twice, and where that cannot be
// known it is said.
func TestCutAtCommit(t *testing.T) {
	ctx := context.Background()
	direct := installPostgres(t)
	c, address := newCutter(t, direct.path)
	in := node(t, address, direct.key)
	at := func() int64 {
		t.Helper()
		h, err := direct.Head(ctx, slug)
		if err != nil {
			t.Fatal(err)
		}
		return h.N
	}
	for i, mode := range []string{"before", "after", "before", "after"} {
		c.set(mode)
		key := "cut-" + string(rune('a'+i))
		before := at()
		r := in.append(include(register.KindProcess, key, register.Process{Key: key}))
		if r.To != before+1 || at() != before+1 {
			t.Errorf("cut %s: receipt %d, head %d, want %d", mode, r.To, at(), before+1)
		}
		if c.cut != 1 {
			t.Errorf("cut %s: %d cuts, want 1: the test looks at nothing", mode, c.cut)
		}
	}
	// A new body, whose log nobody else can hold.
	c.set("after")
	in.addBody("other")
	// The line is gone for good: nobody knows.
	in.store.engine.(*postgres).patience = 200 * time.Millisecond
	c.set("away")
	before := at()
	_, err := in.Append(ctx, slug, ledger.Batch{Changes: []register.Change{include(register.KindProcess, "x", register.Process{Key: "x"})}, Ground: ground, Actor: "a", Head: ledger.AnyHead})
	if !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("append without an answer: %v, want unknown", err)
	}
	if at() != before+1 {
		t.Errorf("head = %d, want %d", at(), before+1)
	}
	_, err = in.Append(ctx, slug, ledger.Batch{Changes: []register.Change{include(register.KindProcess, "y", register.Process{Key: "y"})}, Ground: ground, Actor: "a", Head: ledger.AnyHead})
	if !errors.Is(err, ledger.ErrStorage) {
		t.Errorf("append without a database: %v, want storage", err)
	}
	in.store.read.SetMaxIdleConns(0) // those that were open before still reach it
	if _, err := in.State(ctx, slug, 0); !errors.Is(err, ledger.ErrStorage) {
		t.Errorf("reading without a database: %v, want storage", err)
	}
	c.set("")
	in.append(include(register.KindProcess, "y", register.Process{Key: "y"}))
	if v := direct.verify(""); !v.OK || v.Entries != before+2 {
		t.Errorf("%+v, want %d entries", v, before+2)
	}
}
