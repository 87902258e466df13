// Package backup makes and reads backups: one file with the whole of an installation at one moment, which can be checked
// and restored with nothing but the program, whatever database it came from or goes to.
//
// A backup is a tar archive packed with gzip: manifest.json, perechen.db (SQLite), perechen.pub.txt and, unless it was
// asked otherwise, perechen.key.
package backup

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/store"
)

// Format names the format in a manifest.
const Format = "perechen backup v1"

const manifestFile = "manifest.json"

// A Manifest says what is in a backup.
type Manifest struct {
	Format   string    `json:"format"`
	Time     time.Time `json:"time"`     // when it was begun, UTC
	Verifier string    `json:"verifier"` // the public key that the checkpoints are signed with
	Key      bool      `json:"key"`      // the signing key is in it
	Size     int64     `json:"size"`     // of the database, bytes
	SHA256   string    `json:"sha256"`   // of the database, hex
	Logs     []Log     `json:"logs"`
}

// A Log is one body's log as it is in a backup.
type Log struct {
	Body       string `json:"body"`
	Entries    int64  `json:"entries"`
	Root       string `json:"root"`
	Checkpoint string `json:"checkpoint"` // signed
}

// Write makes a backup while others go on working: a file at path, whole or not at all, readable by its owner only. An
// existing file is replaced. progress may be nil.
func Write(ctx context.Context, path string, s *store.Store, key *proof.Key, withKey bool, now time.Time, progress func(done, total int64)) (m Manifest, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".perechen-backup-*")
	if err != nil {
		return m, unwritten(path, err)
	}
	defer os.RemoveAll(dir)
	base := filepath.Join(dir, store.DatabaseFile)
	derive := func(ctx context.Context, tx ledger.Tx, slug string) error {
		return ledger.New(s, key, time.Now).RebuildIn(ctx, tx, slug)
	}
	if err := s.Snapshot(ctx, base, derive, progress); err != nil {
		return m, err
	}
	m = Manifest{Format: Format, Time: now.UTC().Truncate(time.Second), Verifier: key.Public(), Key: withKey}
	if m.Logs, err = logs(ctx, base, key); err != nil {
		return m, err
	}
	if m.Size, m.SHA256, err = sum(base); err != nil {
		return m, err
	}
	packed := filepath.Join(dir, "packed")
	if err := pack(ctx, packed, base, m, key, withKey); err != nil {
		return m, unwritten(path, err)
	}
	if err := os.Rename(packed, path); err != nil {
		return m, unwritten(path, err)
	}
	return m, syncDir(filepath.Dir(path))
}

func unwritten(path string, err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	return &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Резервная копия «%s» не записана: проверьте папку, права и место на диске. Прежняя копия с этим именем цела.", path), Err: err}
}

// logs reads the heads of a snapshot.
func logs(ctx context.Context, base string, key *proof.Key) (all []Log, err error) {
	s, err := store.OpenFile(ctx, base)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	l := ledger.New(s, key, time.Now)
	slugs, err := l.Slugs(ctx)
	if err != nil {
		return nil, err
	}
	all = []Log{}
	for _, slug := range slugs {
		h, err := l.Head(ctx, slug)
		if err != nil {
			return nil, err
		}
		all = append(all, Log{slug, h.N, h.Root.String(), h.Signed})
	}
	return all, nil
}

func sum(path string) (size int64, hexSum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}

// pack writes the archive and has it on the disk when it returns.
func pack(ctx context.Context, path, base string, m Manifest, key *proof.Key, withKey bool) error {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewWriterLevel(f, gzip.BestSpeed)
	if err != nil {
		return err
	}
	t := tar.NewWriter(z)
	add := func(name string, size int64, r io.Reader) error {
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: m.Time, Format: tar.FormatPAX}); err != nil {
			return err
		}
		_, err := io.Copy(t, &stoppable{ctx, r})
		return err
	}
	text := func(name, s string) error { return add(name, int64(len(s)), strings.NewReader(s)) }
	if err := text(manifestFile, string(raw)+"\n"); err != nil {
		return err
	}
	if err := text(store.PublicKeyFile, key.Public()+"\n"); err != nil {
		return err
	}
	if withKey {
		if err := text(store.KeyFile, key.Private()+"\n"); err != nil {
			return err
		}
	}
	b, err := os.Open(base)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := add(store.DatabaseFile, m.Size, b); err != nil {
		return err
	}
	return errors.Join(t.Close(), z.Close(), f.Sync(), f.Close())
}

// syncDir has a renamed file on the disk under its new name.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	return errors.Join(err, d.Close())
}

// stoppable ends a long reading with its context.
type stoppable struct {
	ctx context.Context //nolint:containedctx // of the one copy it is for
	r   io.Reader
}

func (s *stoppable) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.r.Read(p)
}
