package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
)

// Snapshot writes a SQLite file with everything that is kept at one moment, sessions, jobs and mail still to be sent excepted,
// while others go on reading and writing. The file must not exist. From PostgreSQL derive makes what is derived anew, and fails when a log does not
// lead to its signed checkpoint.
func (s *Store) Snapshot(ctx context.Context, path string, derive Derive, progress func(done, total int64)) (err error) {
	if _, err := os.Stat(path); err == nil {
		return &os.PathError{Op: "snapshot", Path: path, Err: os.ErrExist}
	}
	defer func() {
		if err != nil {
			for _, suffix := range []string{"", "-wal", "-shm"} {
				os.Remove(path + suffix) //nolint:errcheck // half a file
			}
		}
	}()
	if f, ok := s.engine.(*sqliteFile); ok {
		if err := f.vacuumInto(ctx, path); err != nil {
			return sqliteSentence(err)
		}
	}
	to, err := OpenFile(ctx, path)
	if err != nil {
		return err
	}
	if _, ok := s.engine.(*sqliteFile); !ok {
		err = s.copyTo(ctx, to, derive, progress, true)
	}
	// Whoever restores this does not know who has signed in since, nor which mail has gone out.
	for _, q := range []string{`DELETE FROM session`, `DELETE FROM job`, `DELETE FROM front`, `UPDATE notice SET mail = 0 WHERE mail = 1`} {
		if err == nil {
			_, err = to.write.ExecContext(ctx, q)
			err = sqliteSentence(err)
		}
	}
	// The last connection that closes leaves one file, without a log beside it.
	return errors.Join(err, to.Close())
}

// vacuumInto writes a copy of the file as a reader sees it, packed.
func (f *sqliteFile) vacuumInto(ctx context.Context, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	conn, err := f.read.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA query_only = 0`); err != nil {
		return err
	}
	_, err = conn.ExecContext(ctx, `VACUUM INTO $1`, abs)
	_, again := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA query_only = 1`)
	return errors.Join(err, again)
}
