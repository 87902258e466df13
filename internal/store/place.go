package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"perechen/internal/ledger"
	"perechen/internal/proof"
)

// A Place is where an installation is kept. The signing key always lies in the folder.
type Place struct {
	Dir      string // the data folder
	Database string // the address of a PostgreSQL database; empty: the file in the folder
}

// IsAddress tells the address of a PostgreSQL database from other words.
func IsAddress(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

// Init makes an empty installation: the folder, when it is not there, a database and a new signing key. An installation
// that is there is left alone (ErrExists); one that lacks its database only, because Init was interrupted, is completed.
func (p Place) Init(ctx context.Context) error {
	if p.Database == "" {
		return Init(ctx, p.Dir)
	}
	if !IsAddress(p.Database) {
		return badAddress()
	}
	base, err := dialPostgres(p.Database)
	if err != nil {
		return err
	}
	have, newest, err := base.schema(ctx)
	begun := false // and not finished: interrupted in its migrations, nothing was written yet
	if err == nil && 0 < have && have < newest {
		err = base.read.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM body)`).Scan(&begun)
	}
	if err := errors.Join(postgresSentence(err), base.read.Close(), base.write.Close()); err != nil {
		return err
	}
	hasKey := false
	if _, err := os.Stat(p.Dir); err == nil {
		if hasKey, err = exists(p.Dir, KeyFile); err != nil {
			return err
		}
	}
	switch {
	case begun && hasKey:
	case have > 0 && hasKey:
		return fmt.Errorf("%w: %s", ErrExists, p.Dir)
	case have > 0:
		return &ledger.Error{Code: ledger.CodeRefused, Text: fmt.Sprintf("В этой базе данных перечень уже ведётся, а в папке %s его ключа подписи нет. Скопируйте файлы %s и %s из папки данных другого узла.", p.Dir, KeyFile, PublicKeyFile)}
	}
	if err := os.MkdirAll(p.Dir, 0o750); err != nil {
		return access(p.Dir, err)
	}
	if !hasKey { // the key comes first: a database without its key could never be written to
		if err := newKey(p.Dir); err != nil {
			return err
		}
	}
	_, _, err = MigratePostgres(ctx, p.Database)
	return err
}

// Open opens the installation, with the key that signs for it. CodeNotFound when there is none.
func (p Place) Open(ctx context.Context) (*Store, *proof.Key, error) {
	if p.Database == "" {
		return Open(ctx, p.Dir)
	}
	if !IsAddress(p.Database) {
		return nil, nil, badAddress()
	}
	key, err := readKey(p.Dir)
	if err != nil {
		return nil, nil, err
	}
	s, err := OpenPostgres(ctx, p.Database)
	if err != nil {
		return nil, nil, err
	}
	if err := s.signedBy(ctx, key); err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, key, nil
}

// Migrate brings the database's schema forward, and says from which number to which.
func (p Place) Migrate(ctx context.Context) (from, to int64, err error) {
	if p.Database != "" {
		if !IsAddress(p.Database) {
			return 0, 0, badAddress()
		}
		return MigratePostgres(ctx, p.Database)
	}
	if _, err := readKey(p.Dir); err != nil {
		return 0, 0, err
	}
	return migrateFile(ctx, filepath.Join(p.Dir, DatabaseFile))
}

func badAddress() error {
	return &ledger.Error{Code: ledger.CodeInvalid, Text: "Адрес базы данных не понят: нужен вид postgres://имя:пароль@узел:порт/база. Чтобы работать с файлом в папке данных, --db не указывают."}
}

// readKey reads the signing key of a folder.
func readKey(dir string) (*proof.Key, error) {
	has, err := exists(dir, KeyFile)
	if err != nil {
		return nil, err
	}
	if !has {
		return nil, &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf("В папке %s нет ключа подписи %s. Скопируйте его из папки данных другого узла, а для нового перечня выполните perechen init.", dir, KeyFile)}
	}
	raw, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if err != nil {
		return nil, access(dir, err)
	}
	key, err := proof.ParseKey(string(raw))
	if err != nil {
		return nil, &ledger.Error{Code: ledger.CodeDamaged, Text: err.Error(), Err: err}
	}
	return key, nil
}

// signedBy refuses a key that is not the one the logs are signed with: a node with another would spoil them.
func (s *Store) signedBy(ctx context.Context, key *proof.Key) error {
	return s.View(ctx, func(v ledger.View) error {
		slugs, err := v.Bodies(ctx)
		if err != nil || len(slugs) == 0 {
			return err
		}
		h, err := v.Head(ctx, slugs[0])
		if err != nil {
			return err
		}
		var unknown *note.UnverifiedNoteError
		if _, err := proof.OpenCheckpoint(h.Signed, key.Keys()); errors.As(err, &unknown) {
			return &ledger.Error{Code: ledger.CodeRefused, Text: fmt.Sprintf("Перечень в этой базе данных подписан другим ключом. Положите в папку данных файл %s того узла, который его ведёт.", KeyFile)}
		}
		return nil
	})
}

// String names the place in a sentence, without passwords.
func (p Place) String() string {
	if p.Database == "" {
		return "папка " + p.Dir
	}
	return "база данных PostgreSQL с ключом в папке " + p.Dir
}

// Receive prepares a place for a copy of an installation that is signed with key: an empty database, and the key beside it.
// What is there and is not empty, or has another key, is refused and left alone. undo takes away again what was made, for a
// copy that fails.
func (p Place) Receive(ctx context.Context, key *proof.Key) (s *Store, undo func(), err error) {
	if p.Database != "" && !IsAddress(p.Database) {
		return nil, nil, badAddress()
	}
	var made []string
	clean := func() {
		for _, f := range made {
			os.Remove(f) //nolint:errcheck // what stays is empty
		}
	}
	defer func() {
		if err != nil {
			clean()
		}
	}()
	if _, err := os.Stat(p.Dir); errors.Is(err, os.ErrNotExist) {
		made = append(made, p.Dir)
	}
	if err := os.MkdirAll(p.Dir, 0o750); err != nil {
		return nil, nil, access(p.Dir, err)
	}
	has, err := exists(p.Dir, KeyFile)
	if err != nil {
		return nil, nil, err
	}
	if has {
		there, err := readKey(p.Dir)
		if err != nil {
			return nil, nil, err
		}
		if there.Public() != key.Public() {
			return nil, nil, &ledger.Error{Code: ledger.CodeRefused, Text: fmt.Sprintf("В папке %s лежит другой ключ подписи. Укажите папку без ключа или с ключом копируемого перечня.", p.Dir)}
		}
	} else {
		made = append([]string{filepath.Join(p.Dir, KeyFile), filepath.Join(p.Dir, PublicKeyFile)}, made...)
		if err := keepKey(p.Dir, key); err != nil {
			return nil, nil, err
		}
	}
	if p.Database == "" {
		path := filepath.Join(p.Dir, DatabaseFile)
		had, err := exists(p.Dir, DatabaseFile)
		if err != nil {
			return nil, nil, err
		}
		if !had {
			made = append([]string{path, path + "-wal", path + "-shm"}, made...)
		}
		s, err = OpenFile(ctx, path)
		if err != nil {
			return nil, nil, err
		}
	} else {
		if _, _, err := MigratePostgres(ctx, p.Database); err != nil {
			return nil, nil, err
		}
		if s, err = OpenPostgres(ctx, p.Database); err != nil {
			return nil, nil, err
		}
	}
	if empty, err := s.Empty(ctx); err != nil || !empty {
		if err == nil {
			err = &ledger.Error{Code: ledger.CodeRefused, Text: "Копировать можно только в пустую установку, а в этой уже есть данные. Ничего не изменено."}
		}
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, clean, nil
}

// ReadKey reads the signing key of a folder; CodeNotFound when there is none.
func ReadKey(dir string) (*proof.Key, error) { return readKey(dir) }

// Vacant refuses a folder that holds a database already.
func Vacant(p Place) error {
	if p.Database != "" {
		return nil // Receive looks
	}
	if _, err := os.Stat(p.Dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if has, err := exists(p.Dir, DatabaseFile); err != nil || has {
		if err == nil {
			err = &ledger.Error{Code: ledger.CodeRefused, Text: fmt.Sprintf("В папке %s перечень уже есть. Ничего не изменено: укажите --data с пустой папкой.", p.Dir)}
		}
		return err
	}
	return nil
}

// MoveIn moves the files of an installation from one folder of a disk to another, which is made when it is not there: the
// key first, the database last. A key that is there already stays.
func MoveIn(from, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return access(dir, err)
	}
	for _, name := range []string{PublicKeyFile, KeyFile, DatabaseFile} {
		if has, err := exists(from, name); err != nil {
			return err
		} else if !has {
			continue
		}
		if has, err := exists(dir, name); err != nil {
			return err
		} else if has && name != DatabaseFile {
			continue
		}
		// A link, unlike a renaming, fails where there is a file already; some file systems know none.
		source, target := filepath.Join(from, name), filepath.Join(dir, name)
		if err := os.Link(source, target); errors.Is(err, os.ErrExist) {
			return access(dir, err)
		} else if err != nil {
			if err := os.Rename(source, target); err != nil {
				return access(dir, err)
			}
		}
	}
	d, err := os.Open(dir)
	if err != nil {
		return access(dir, err)
	}
	return errors.Join(d.Sync(), d.Close())
}
