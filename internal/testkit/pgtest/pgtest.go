// Package pgtest gives tests a PostgreSQL of their own: a throw-away cluster for each test binary, made by the programs
// of the system's package (Debian: postgresql), listening on a socket in a temporary folder and nowhere else. A test that
// needs it fails where it is not installed.
package pgtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

var shared struct {
	sync.Mutex
	cluster  *Cluster
	err      error
	names    int
	prepared bool
}

// Main runs the tests of a package and then stops its cluster, if one was begun: os.Exit(pgtest.Main(m)).
func Main(m *testing.M) int {
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster != nil {
		shared.cluster.Remove()
	}
	return code
}

// Database makes an empty database in the cluster of this test binary and returns its address; it goes with the test.
func Database(t testing.TB) string {
	t.Helper()
	return database(t, "template1", nil)
}

// Prepared makes a database that prepare has been at; it is run once for all tests of the binary, and copied.
func Prepared(t testing.TB, prepare func(address string) error) string {
	t.Helper()
	return database(t, "prepared", prepare)
}

func database(t testing.TB, template string, prepare func(address string) error) string {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.cluster == nil && shared.err == nil {
		shared.cluster, shared.err = Begin()
	}
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	c := shared.cluster
	if prepare != nil && !shared.prepared {
		if err := c.sql("CREATE DATABASE " + template); err != nil {
			t.Fatal(err)
		}
		if err := prepare(c.Address(template)); err != nil {
			t.Fatal(err)
		}
		shared.prepared = true
	}
	shared.names++
	name := "test" + strconv.Itoa(shared.names)
	if err := c.sql("CREATE DATABASE " + name + " TEMPLATE " + template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		shared.Lock()
		defer shared.Unlock()
		if err := c.sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return c.Address(name)
}

// A Cluster is a running PostgreSQL with its files.
type Cluster struct {
	dir, bin string
	settings []string
	account  *syscall.Credential // nil: this process's own
	cmd      *exec.Cmd
	done     chan struct{}
}

// Begin makes a cluster and starts it. What is committed in it survives Kill, and not a crash of the machine: it does not
// wait for the disk.
//
// Settings («fsync=on») come after the usual ones.
func Begin(settings ...string) (*Cluster, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin, settings: settings}
	if c.dir, err = os.MkdirTemp("", "pg"); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // postgres refuses to run as root
		uid, gid, err := nobody()
		if err != nil {
			return nil, err
		}
		c.account = &syscall.Credential{Uid: uid, Gid: gid, NoSetGroups: true}
		if err := os.Chown(c.dir, int(uid), int(gid)); err != nil {
			return nil, err
		}
	}
	if out, err := c.command("initdb", "-D", c.data(), "-U", "perechen", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("pgtest: initdb: %w: %s", err, out)
	}
	if err := c.Start(); err != nil {
		c.Remove()
		return nil, err
	}
	return c, nil
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Address is that of a database of the cluster.
func (c *Cluster) Address(database string) string {
	return "postgres://perechen@/" + database + "?host=" + c.dir
}

// Start starts the cluster, again after Stop or Kill, and returns when it answers.
func (c *Cluster) Start() error {
	args := []string{"-D", c.data(), "-k", c.dir}
	for _, s := range append([]string{"listen_addresses=", "fsync=off", "full_page_writes=off", "max_connections=300", "shared_buffers=64MB", "autovacuum=off", "log_min_messages=fatal"}, c.settings...) {
		args = append(args, "-c", s)
	}
	cmd := c.command("postgres", args...)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr.Pdeathsig = syscall.SIGQUIT // a test binary that is killed takes its cluster with it
	started := make(chan error)
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread() // the death signal follows the thread
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait() //nolint:errcheck // how it ended does not matter
		}
		close(done)
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("pgtest: %w", err)
	}
	c.cmd, c.done = cmd, done
	for range 600 {
		if err := c.sql("SELECT 1"); err == nil {
			return nil
		}
		select {
		case <-done:
			return fmt.Errorf("pgtest: postgres has ended: %s", said.Bytes())
		case <-time.After(50 * time.Millisecond):
		}
	}
	c.Kill()
	return errors.New("pgtest: postgres does not answer")
}

// Stop ends the cluster as an administrator would who cannot wait for its clients: connections are closed.
func (c *Cluster) Stop() { c.signal(syscall.SIGINT) }

// Kill ends the cluster at once, as a crash would; it recovers when it is started again.
func (c *Cluster) Kill() { c.signal(syscall.SIGQUIT) }

func (c *Cluster) signal(s syscall.Signal) {
	if c.cmd == nil {
		return
	}
	c.cmd.Process.Signal(s) //nolint:errcheck // it may have ended
	<-c.done
	c.cmd = nil
}

// Remove ends the cluster and deletes its files.
func (c *Cluster) Remove() {
	c.Kill()
	os.RemoveAll(c.dir) //nolint:errcheck // a temporary folder
}

// sql runs a statement in the database postgres.
func (c *Cluster) sql(statement string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.Address("postgres"))
	if err != nil {
		return fmt.Errorf("pgtest: %w", err)
	}
	_, err = conn.Exec(ctx, statement)
	if err := errors.Join(err, conn.Close(ctx)); err != nil {
		return fmt.Errorf("pgtest: %s: %w", statement, err)
	}
	return nil
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.account}
	return cmd
}

// programs finds where initdb and postgres lie; Debian keeps them off the path, one folder for each version.
func programs() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") //nolint:errcheck // the pattern is good
	slices.SortFunc(found, func(a, b string) int { return version(b) - version(a) })
	if p, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(p); err == nil {
			found = append(found, real)
		}
	}
	for _, p := range found {
		if _, err := os.Stat(filepath.Join(filepath.Dir(p), "postgres")); err == nil {
			return filepath.Dir(p), nil
		}
	}
	return "", errors.New("pgtest: the tests need PostgreSQL: apt-get install postgresql")
}

func version(initdb string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(initdb)))) //nolint:errcheck // 0 is the oldest
	return n
}
