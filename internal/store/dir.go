package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"perechen/internal/ledger"
	"perechen/internal/proof"
)

// The files of a data directory.
const (
	DatabaseFile  = "perechen.db"
	KeyFile       = "perechen.key"     // private signing key, mode 0600
	PublicKeyFile = "perechen.pub.txt" // verifier key, to be given to whoever verifies
)

// keyName stands in every signature. It names the program and not the machine: keys are told apart by their hash.
const keyName = "perechen"

// ErrExists tells that the directory holds an installation already.
var ErrExists = errors.New("store: installation exists")

// Init makes an empty installation in dir, which is made when it is not there: a database and a new signing key. An
// installation that is there is left alone (ErrExists); one that lacks its database only, because Init was interrupted,
// is completed.
func Init(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return access(dir, err)
	}
	if has, err := exists(dir, DatabaseFile); has || err != nil {
		return errors.Join(fmt.Errorf("%w: %s", ErrExists, dir), err)
	}
	// The key comes first: a database without its key could never be written to.
	has, err := exists(dir, KeyFile)
	if err != nil {
		return err
	}
	if !has {
		if err := newKey(dir); err != nil {
			return err
		}
	}
	s, err := OpenFile(ctx, filepath.Join(dir, DatabaseFile))
	if err != nil {
		return err
	}
	return s.Close()
}

func newKey(dir string) error {
	key, err := proof.GenerateKey(keyName)
	if err != nil {
		return err
	}
	return keepKey(dir, key)
}

// keepKey puts a key into a folder that has none.
func keepKey(dir string, key *proof.Key) error {
	// An interrupted Init may have left the public part of a key that was never kept.
	if err := os.WriteFile(filepath.Join(dir, PublicKeyFile), []byte(key.Public()+"\n"), 0o644); err != nil { //nolint:gosec // public
		return access(dir, err)
	}
	if err := writeNew(filepath.Join(dir, KeyFile), 0o600, key.Private()+"\n"); err != nil {
		return access(dir, err)
	}
	return nil
}

func exists(dir, name string) (bool, error) {
	_, err := os.Stat(filepath.Join(dir, name))
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, access(dir, err)
}

// Open opens the installation in dir, with the key that signs for it. CodeNotFound when there is none.
func Open(ctx context.Context, dir string) (*Store, *proof.Key, error) {
	hasKey, err1 := exists(dir, KeyFile)
	hasBase, err2 := exists(dir, DatabaseFile)
	if err := errors.Join(err1, err2); err != nil {
		return nil, nil, access(dir, err)
	}
	switch {
	case !hasKey && !hasBase:
		return nil, nil, &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf("В папке %s перечня нет. Начните с команды perechen init.", dir)}
	case !hasKey:
		return nil, nil, &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("В папке %s есть база данных, но нет ключа подписи %s. Верните его из резервной копии.", dir, KeyFile)}
	case !hasBase:
		return nil, nil, &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("В папке %s есть ключ подписи, но нет базы данных %s. Верните её из резервной копии; если перечня в ней ещё не было, выполните perechen init.", dir, DatabaseFile)}
	}
	// To make a signer takes a millisecond the first time, as long as to open the database: they go side by side.
	key := sync.OnceValues(func() (*proof.Key, error) { return readKey(dir) })
	go key()
	s, _, _, err := openFile(ctx, filepath.Join(dir, DatabaseFile), func() error { _, err := key(); return err })
	if err != nil {
		return nil, nil, err
	}
	k, err := key()
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, k, nil
}

// writeNew writes a file that must not exist and has it on the disk when it returns.
func writeNew(path string, mode fs.FileMode, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	return errors.Join(err, f.Sync(), f.Close())
}

func access(dir string, err error) error {
	return &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Папка данных %s недоступна: проверьте путь и права.", dir), Err: err}
}
