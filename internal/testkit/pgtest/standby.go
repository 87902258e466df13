package pgtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

// StandbyName is by what a standby calls itself; «synchronous_standby_names» of its primary names it.
const StandbyName = "standby"

// Standby makes a cluster that follows this one by streaming replication and answers what only reads.
func (c *Cluster) Standby() (*Cluster, error) {
	s := &Cluster{bin: c.bin, settings: c.settings, account: c.account}
	var err error
	if s.dir, err = os.MkdirTemp("", "pg"); err != nil {
		return nil, err
	}
	if s.account != nil {
		if err := os.Chown(s.dir, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return nil, err
		}
	}
	if err := s.Follow(c); err != nil {
		s.Remove()
		return nil, err
	}
	return s, nil
}

// Follow makes this cluster, which was stopped or killed, a standby of another: what it had is thrown away.
func (c *Cluster) Follow(primary *Cluster) error {
	if err := os.RemoveAll(c.data()); err != nil {
		return err
	}
	from := fmt.Sprintf("host=%s user=perechen application_name=%s", primary.dir, StandbyName)
	if out, err := c.command("pg_basebackup", "-d", from, "-D", c.data(), "-R", "-X", "stream", "-c", "fast", "--no-sync").CombinedOutput(); err != nil {
		return fmt.Errorf("pgtest: pg_basebackup: %w: %s", err, out)
	}
	return c.Start()
}

// Synchronous lets every commit of this cluster wait from now on until its standby has it, and returns when the standby does.
func (c *Cluster) Synchronous() error {
	for _, s := range []string{"ALTER SYSTEM SET synchronous_standby_names = '" + StandbyName + "'", "SELECT pg_reload_conf()"} {
		if err := c.sql(s); err != nil {
			return err
		}
	}
	return c.until("SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')")
}

// Promote makes the standby a primary, and returns when it takes writes.
func (c *Cluster) Promote() error {
	if err := c.sql("SELECT pg_promote(true, 60)"); err != nil {
		return err
	}
	// What it waited for as a primary's copy is no business of its own.
	if err := os.Remove(filepath.Join(c.data(), "standby.signal")); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, s := range []string{"ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()"} {
		if err := c.sql(s); err != nil {
			return err
		}
	}
	return c.until("SELECT NOT pg_is_in_recovery()")
}

// until waits for a query to say true.
func (c *Cluster) until(query string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.Address("postgres"))
	if err != nil {
		return fmt.Errorf("pgtest: %w", err)
	}
	defer conn.Close(ctx) //nolint:errcheck // it is not needed any more
	for {
		var yes bool
		if err := conn.QueryRow(ctx, query).Scan(&yes); err != nil {
			return fmt.Errorf("pgtest: %s: %w", query, err)
		}
		if yes {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Either is the address of a database of two clusters, of which the one that takes writes is worked with.
func Either(a, b *Cluster, database string) string {
	return "postgres://perechen@/" + database + "?host=" + a.dir + "," + b.dir + "&target_session_attrs=read-write"
}
