package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/testkit/pgtest"
)

// When this is set, the test binary is a node of TestNodes: a process of its own on the database that it names. With a key
// it writes until it is killed; without one it migrates the database and ends.
const nodeEnv = "PERECHEN_TEST_NODE"

// runNode prints «try KEY» before each append and «done N KEY» when it was acknowledged.
func runNode(address, key, name string) error {
	ctx := context.Background()
	if key == "" {
		from, to, err := MigratePostgres(ctx, address)
		fmt.Println(from, to)
		return err
	}
	k, err := proof.ParseKey(key)
	if err != nil {
		return err
	}
	s, err := OpenPostgres(ctx, address)
	if err != nil {
		return err
	}
	l := ledger.New(s, k, time.Now)
	for i := 0; ; i++ {
		size := []int{1, 1, 1, 3, 40}[rand.IntN(5)]
		var cs []register.Change
		for j := range size {
			key := fmt.Sprintf("%s-%d-%d", name, i, j)
			cs = append(cs, include(register.KindProcess, key, register.Process{Key: key}))
			fmt.Println("try", key)
		}
		r, err := l.Append(ctx, slug, ledger.Batch{Changes: cs, Ground: ground, Actor: name, Head: ledger.AnyHead})
		if err != nil {
			fmt.Println("no", err)
			continue
		}
		for j, c := range cs {
			fmt.Println("done", r.From+int64(j), c.Key)
		}
	}
}

// A history is what the nodes of a test have said.
type history struct {
	mu    sync.Mutex
	tried map[string]bool
	done  map[int64]string
	no    []string
}

func (h *history) line(s string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var n int64
	var key string
	if _, err := fmt.Sscanf(s, "done %d %s", &n, &key); err == nil {
		h.done[n] = key
	} else if key, ok := strings.CutPrefix(s, "try "); ok {
		h.tried[key] = true
	} else {
		h.no = append(h.no, s)
	}
}

// spawn starts a node; the channel is closed when all it said was read.
func (h *history) spawn(t *testing.T, address string, key *proof.Key, name string) (*exec.Cmd, chan struct{}) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), nodeEnv+"="+address, nodeEnv+"_KEY="+key.Private(), nodeEnv+"_NAME="+name)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			h.line(lines.Text())
		}
	}()
	return cmd, read
}

// hold compares the log with what was said: whole, dense, everything acknowledged where it was said to be, nothing that
// nobody tried, and nothing twice.
func (h *history) hold(t *testing.T, in *installation) {
	t.Helper()
	if v := in.verify(""); !v.OK {
		t.Fatalf("%+v", v)
	}
	seen := map[string]bool{}
	n := int64(0)
	err := in.Entries(context.Background(), slug, 3, 0, func(e register.Entry) error {
		n = e.N
		if want, ok := h.done[e.N]; ok && want != e.Key {
			t.Errorf("entry %d is of %s; it was acknowledged as of %s", e.N, e.Key, want)
		}
		if !h.tried[e.Key] || seen[e.Key] {
			t.Errorf("entry %d of %s: tried %v, seen before %v", e.N, e.Key, h.tried[e.Key], seen[e.Key])
		}
		seen[e.Key] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for at, key := range h.done {
		if at > n {
			t.Errorf("entry %d of %s was acknowledged and is gone; the last is %d", at, key, n)
		}
	}
	t.Logf("%d entries, %d acknowledged, %d tried; said besides: %q", n, len(h.done), len(h.tried), h.no)
	if len(h.done) < 50 {
		t.Errorf("only %d were acknowledged: the test looks at nothing", len(h.done))
	}
}

// TestNodes: three processes write to one log at once while one after another is killed, and the database too.
func TestNodes(t *testing.T) {
	c, err := pgtest.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Remove()
	address := c.Address("postgres")
	if _, _, err := MigratePostgres(context.Background(), address); err != nil {
		t.Fatal(err)
	}
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	in := node(t, address, key)
	in.addBody(slug)
	h := &history{tried: map[string]bool{}, done: map[int64]string{}}
	type running struct {
		*exec.Cmd
		read chan struct{}
	}
	nodes := make([]running, 3)
	spawn := func(i, round int) {
		cmd, read := h.spawn(t, address, key, fmt.Sprintf("node-%d-%d", i, round))
		nodes[i] = running{cmd, read}
	}
	kill := func(i int) {
		nodes[i].Process.Kill() //nolint:errcheck // it may have ended
		<-nodes[i].read
		nodes[i].Wait() //nolint:errcheck // it was killed
	}
	for i := range nodes {
		spawn(i, 0)
	}
	for round := 1; round <= 12; round++ {
		time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
		switch round % 4 {
		case 2:
			c.Stop()
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
		case 0:
			c.Kill()
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
		default:
			i := rand.IntN(3)
			kill(i)
			spawn(i, round)
		}
	}
	time.Sleep(300 * time.Millisecond)
	for i := range nodes {
		kill(i)
	}
	h.hold(t, in)
	for _, s := range h.no {
		t.Errorf("a node could not ride it out: %s", s)
	}
}

// TestNodesMigrateAtOnce: of three nodes that bring an empty database forward at once one works, and all find it done.
func TestNodesMigrateAtOnce(t *testing.T) {
	address := pgtest.Database(t)
	var wg sync.WaitGroup
	said := make([]string, 3)
	for i := range said {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), nodeEnv+"="+address)
		wg.Go(func() {
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%v: %s", err, out)
			}
			said[i] = string(out)
		})
	}
	wg.Wait()
	s, err := OpenPostgres(context.Background(), address)
	if err != nil {
		t.Fatalf("after %q: %v", said, err)
	}
	defer s.Close()
	var twice int
	if err := s.read.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM goose_db_version GROUP BY version_id HAVING count(*) > 1) AS t`).Scan(&twice); err != nil || twice != 0 {
		t.Errorf("%d migrations ran twice (%v)", twice, err)
	}
}
