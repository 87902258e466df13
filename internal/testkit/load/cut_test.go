package load

import (
	"context"
	"math/rand/v2"
	"net"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"perechen/internal/testkit/pgtest"
)

// A cutter stands between nodes and the database, and cuts connections in two at any byte.
type cutter struct {
	dir string // of its socket
	to  string

	mu   sync.Mutex
	live map[*cutting]bool
	cuts int
}

type cutting struct{ client, server net.Conn }

func newCutter(t *testing.T, address string) *cutter {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	const socket = ".s.PGSQL.5432"
	c := &cutter{dir: t.TempDir(), to: filepath.Join(u.Query().Get("host"), socket), live: map[*cutting]bool{}}
	ln, err := net.Listen("unix", filepath.Join(c.dir, socket))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			client, err := ln.Accept()
			if err != nil {
				return
			}
			go c.pass(client)
		}
	}()
	return c
}

// address is that of the database through the cutter.
func (c *cutter) address(database string) string {
	return "postgres://perechen@/" + database + "?host=" + c.dir
}

func (c *cutter) pass(client net.Conn) {
	server, err := net.Dial("unix", c.to)
	if err != nil {
		client.Close()
		return
	}
	x := &cutting{client, server}
	c.mu.Lock()
	c.live[x] = true
	c.mu.Unlock()
	var wg sync.WaitGroup
	for _, way := range [][2]net.Conn{{client, server}, {server, client}} {
		wg.Go(func() {
			defer x.close()
			// Small pieces, so that a cut may fall inside a message.
			buf := make([]byte, 64)
			for {
				n, err := way[0].Read(buf)
				if n > 0 {
					if _, err := way[1].Write(buf[:n]); err != nil {
						return
					}
				}
				if err != nil {
					return
				}
				if len(buf) < 32<<10 && n == len(buf) {
					buf = make([]byte, 2*len(buf))
				}
			}
		})
	}
	wg.Wait()
	c.mu.Lock()
	delete(c.live, x)
	c.mu.Unlock()
}

func (x *cutting) close() {
	x.client.Close()
	x.server.Close()
}

// cut cuts some connections, all of them now and then.
func (c *cutter) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := rand.IntN(20) == 0
	for x := range c.live {
		if all || rand.IntN(len(c.live)) == 0 {
			x.close()
			c.cuts++
		}
	}
}

// TestCutConnectionsUnderLoad: connections to the database break at any moment, in the middle of a transaction and of a
// COMMIT too, while people work.
func TestCutConnectionsUnderLoad(t *testing.T) {
	db, err := pgtest.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer db.Remove()
	s := sized(t, size{clerks: 5, officers: 2, readers: 4, lasts: 6 * time.Second})
	c := newCutter(t, db.Address("postgres"))
	g := found(t, c.address("postgres"), s, 1, 2)
	o := newOracle(t, g)
	ctx, cancel := context.WithTimeout(context.Background(), s.lasts)
	defer cancel()
	worked := make(chan struct{})
	go func() {
		defer close(worked)
		g.work(ctx, o, s)
	}()
	for rest(ctx, rand.N(40*time.Millisecond)) {
		c.cut()
	}
	<-worked
	t.Logf("%d connections were cut", c.cuts)
	g.hold(o)
	g.enough(o, s)
}
