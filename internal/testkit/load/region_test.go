package load

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// A region is an installation of several nodes: a database, a data folder with the key, the nodes and the balancer before them.
type region struct {
	t       *testing.T
	address string // of the database
	dir     string
	letters *letters
	balance *balancer
	nodes   []*node

	// What the test itself sees of the installation, as one more node without pages.
	store    *store.Store
	ledger   *ledger.Ledger
	desk     *upkeep.Desk
	accounts *auth.Service
	bodies   []*body
}

// A body keeps its register in the region. Each clerk has a department with a telephone that nobody else changes.
type body struct {
	slug     string
	clerks   []string // logins
	officers []string
	points   []string // of each clerk
	begin    int64    // newest entry when the work begins
}

const password = "длинный пароль на всех"

// found makes a region over an empty database, with its bodies and people, and starts its nodes.
func found(t *testing.T, address string, s size, bodies, nodes int) *region {
	t.Helper()
	ctx := context.Background()
	g := &region{t: t, address: address, dir: filepath.Join(t.TempDir(), "data"), letters: newLetters(t), balance: newBalancer(t)}
	place := store.Place{Dir: g.dir, Database: address}
	if err := place.Init(ctx); err != nil {
		t.Fatal(err)
	}
	st, key, err := place.Open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	g.store, g.ledger, g.accounts = st, ledger.New(st, key, time.Now), auth.New(st.Accounts(), time.Now)
	g.desk = upkeep.New(st.Upkeep(), g.ledger, nil, time.Now)
	for i := range bodies {
		share := func(n int) int { return (n + bodies - 1 - i) / bodies }
		g.bodies = append(g.bodies, g.body(fmt.Sprintf("organ-%d", i+1), share(s.clerks), share(s.officers)))
	}
	for i := range nodes {
		n := &node{g: g, i: i}
		n.start()
		g.nodes = append(g.nodes, n)
	}
	t.Cleanup(func() {
		for _, n := range g.nodes {
			n.kill()
		}
	})
	return g
}

// telephone is what stands at the point of clerk i after so many changes.
func telephone(i, count int) string {
	return fmt.Sprintf("8 (8672) %02d-%02d-%02d", 10+i, count/100, count%100)
}

func (g *region) body(slug string, clerks, officers int) *body {
	g.t.Helper()
	ctx := context.Background()
	fail := func(err error) {
		if err != nil {
			g.t.Helper()
			g.t.Fatal(err)
		}
	}
	b := &body{slug: slug}
	sample := testkit.Wide(20, 7, clerks)
	r := sample.Register
	r.Organisation.Slug, r.Organisation.ShortName = slug, slug
	for i := range r.Touchpoints {
		x := &r.Touchpoints[i]
		if x.Kind != "phone" || !strings.HasPrefix(x.Department, "d") {
			continue
		}
		n := 0
		if _, err := fmt.Sscanf(x.Department, "d%d", &n); err != nil || n != len(b.points)+1 {
			g.t.Fatalf("telephone %s is of %s; %d departments have theirs", x.Key, x.Department, len(b.points))
		}
		x.Value, x.Contact = telephone(n-1, 0), fmt.Sprintf("+78672%02d0000", 9+n)
		b.points = append(b.points, x.Key)
	}
	ground := register.Ground{Text: "начало"}
	fail(g.ledger.AddBody(ctx, r.Organisation, sample.Procedure, ground, "local"))
	cs := testkit.Changes(r)
	person := func(login, role, department string) string {
		a, err := g.accounts.Add(ctx, auth.By{Account: "local"}, auth.NewAccount{Login: login, Name: login, Email: login + "@example.org", Password: password})
		fail(err)
		x := register.Appointment{Key: login, Role: role, Account: a.ID, Department: department}
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAppointment, Key: login, Content: register.Encode(x)})
		return login
	}
	for i := range clerks {
		b.clerks = append(b.clerks, person(fmt.Sprintf("%s.clerk%d", slug, i), register.RoleDepartment, fmt.Sprintf("d%d", i+1)))
	}
	for i := range officers {
		b.officers = append(b.officers, person(fmt.Sprintf("%s.officer%d", slug, i), register.RoleOfficer, ""))
	}
	receipt, err := g.desk.Append(ctx, upkeep.Local, slug, ledger.Batch{Changes: cs, Ground: ground, Head: ledger.AnyHead})
	fail(err)
	b.begin = receipt.To
	return b
}

// A node is the program in its own process.
type node struct {
	g *region
	i int

	mu   sync.Mutex
	cmd  *exec.Cmd
	said bytes.Buffer // to the log, by all its lives
}

func (n *node) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.said.Write(p)
}

// start starts the node, tries until the database lets it, and tells the balancer of it.
func (n *node) start() {
	n.g.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; {
		c := exec.Command(program, "serve", "--data", n.g.dir, "--db", n.g.address, "--addr", "127.0.0.1:0", "--log", "json",
			"--smtp", n.g.letters.address, "--smtp-tls", "none", "--smtp-from", "perechen@example.org", "--site", "https://perechen.example.org")
		c.Dir, c.Stderr = n.g.dir, n
		out, err := c.StdoutPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			n.g.t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if i := strings.Index(lines.Text(), "http://"); i >= 0 {
				go io.Copy(io.Discard, out)
				n.mu.Lock()
				n.cmd = c
				n.mu.Unlock()
				n.g.balance.set(n.i, strings.TrimRight(lines.Text()[i:], "/"))
				return
			}
		}
		c.Wait() //nolint:errcheck // it has ended before it began
		if time.Now().After(deadline) {
			n.g.t.Fatalf("node %d does not start: %s", n.i, n.log())
		}
	}
}

// kill ends the node as a lost machine would.
func (n *node) kill() { n.end(syscall.SIGKILL) }

// stop ends the node as an upgrade would: what it was doing is finished.
func (n *node) stop() { n.end(syscall.SIGTERM) }

func (n *node) end(s syscall.Signal) {
	n.mu.Lock()
	c := n.cmd
	n.cmd = nil
	n.mu.Unlock()
	if c == nil {
		return
	}
	if s == syscall.SIGKILL { // nobody tells a balancer
		c.Process.Signal(s) //nolint:errcheck // it may have ended
		c.Wait()            //nolint:errcheck // it was killed
		n.g.balance.set(n.i, "")
		return
	}
	n.g.balance.set(n.i, "")
	c.Process.Signal(s) //nolint:errcheck // it may have ended
	if err := c.Wait(); err != nil {
		n.g.t.Errorf("node %d, told to stop: %v", n.i, err)
	}
}

func (n *node) log() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.said.String()
}

// run runs the program to its end.
func (g *region) run(args ...string) (out string, err error) {
	c := exec.Command(program, append(args, "--data", g.dir, "--db", g.address)...)
	c.Dir = g.dir
	c.Env = os.Environ()
	b, err := c.CombinedOutput()
	return string(b), err
}
