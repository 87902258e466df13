package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/proof"
)

func TestInit(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "данные %20?#") // a path that a careless URL would spoil
	if _, _, err := Open(ctx, dir); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("open of nothing: %v, want not found", err)
	}
	if err := Init(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if err := Init(ctx, dir); !errors.Is(err, ErrExists) {
		t.Errorf("second init: %v", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name())
	}
	if got := strings.Join(names, " "); got != "perechen.db perechen.key perechen.pub.txt" {
		t.Errorf("files = %s", got)
	}
	info, err := os.Stat(filepath.Join(dir, KeyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the key = %v, %v", info.Mode(), err)
	}
	s, key, err := Open(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	public, err := os.ReadFile(filepath.Join(dir, PublicKeyFile))
	if err != nil || string(public) != key.Public()+"\n" {
		t.Errorf("public key = %q, %v", public, err)
	}
	if _, err := proof.ParseKeys(string(public)); err != nil {
		t.Error(err)
	}
}

func TestOpenBroken(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		spoil func(dir string) error
		code  string
	}{
		"no key": {func(dir string) error { return os.Remove(filepath.Join(dir, KeyFile)) }, ledger.CodeDamaged},
		"broken key": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, KeyFile), []byte("PRIVATE+KEY+"), 0o600)
		}, ledger.CodeDamaged},
		"not a base": {func(dir string) error {
			return os.WriteFile(filepath.Join(dir, DatabaseFile), []byte(strings.Repeat("текст ", 999)), 0o600)
		}, ledger.CodeDamaged},
		"base removed": {func(dir string) error { return os.Remove(filepath.Join(dir, DatabaseFile)) }, ledger.CodeDamaged},
		"newer schema": {func(dir string) error {
			s, err := OpenFile(ctx, filepath.Join(dir, DatabaseFile))
			if err != nil {
				return err
			}
			_, err = s.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`)
			return errors.Join(err, s.Close())
		}, ledger.CodeStorage},
	} {
		dir := t.TempDir()
		if err := Init(ctx, dir); err != nil {
			t.Fatal(err)
		}
		if err := c.spoil(dir); err != nil {
			t.Fatal(name, err)
		}
		s, _, err := Open(ctx, dir)
		var e *ledger.Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v, want code %s", name, err, c.code)
		}
		if err == nil {
			s.Close()
		}
	}
	// An installation whose Init was interrupted is completed.
	dir := t.TempDir()
	if err := newKey(dir); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := Init(ctx, dir); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(filepath.Join(dir, KeyFile)); err != nil || string(after) != string(before) {
		t.Errorf("the key was replaced: %v", err)
	}
}
