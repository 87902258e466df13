package backup

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/store"
)

// Bounds of the small files of a backup.
const (
	maxManifest = 64 << 20
	maxKey      = 1 << 20
)

// ReadManifest reads what a backup says of itself, without its database.
func ReadManifest(path string) (Manifest, error) {
	f, t, err := open(path)
	if err != nil {
		return Manifest{}, err
	}
	defer f.Close()
	return manifest(path, t)
}

func open(path string) (*os.File, *tar.Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		text := "Резервная копия «%s» не читается: проверьте путь и права."
		if errors.Is(err, fs.ErrNotExist) {
			text = "Резервной копии «%s» нет."
		}
		return nil, nil, &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf(text, path), Err: err}
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<16))
	if err != nil {
		return nil, nil, errors.Join(foreign(path, err), f.Close())
	}
	return f, tar.NewReader(z), nil
}

func foreign(path string, err error) error {
	return &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("Файл «%s» — не резервная копия perechen, или он испорчен.", path), Err: err}
}

func torn(path string, err error) error {
	return &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("Резервная копия «%s» оборвана или испорчена: восстанавливать из неё нельзя.", path), Err: err}
}

func manifest(path string, t *tar.Reader) (m Manifest, err error) {
	h, err := t.Next()
	if err != nil || h.Name != manifestFile || h.Size > maxManifest {
		return m, foreign(path, err)
	}
	raw, err := io.ReadAll(t)
	if err != nil {
		return m, torn(path, err)
	}
	if err := json.Unmarshal(raw, &m); err != nil || !strings.HasPrefix(m.Format, "perechen backup ") {
		return m, foreign(path, err)
	}
	if m.Format != Format {
		return m, &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Резервная копия «%s» сделана более новой версией perechen. Обновите программу.", path)}
	}
	return m, nil
}

// Unpack takes a backup apart into an empty folder, and checks that it is all there, byte for byte. Whether the logs in it
// hold is another question (Verify).
func Unpack(ctx context.Context, path, dir string) (m Manifest, err error) {
	f, t, err := open(path)
	if err != nil {
		return m, err
	}
	defer f.Close()
	if m, err = manifest(path, t); err != nil {
		return m, err
	}
	seen := map[string]bool{}
	for {
		h, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return m, torn(path, err)
		}
		most := int64(maxKey)
		switch h.Name {
		case store.DatabaseFile:
			most = m.Size
		case store.KeyFile, store.PublicKeyFile:
		default:
			return m, foreign(path, nil)
		}
		if seen[h.Name] || h.Size > most || h.Typeflag != tar.TypeReg {
			return m, torn(path, nil)
		}
		seen[h.Name] = true
		if err := write(filepath.Join(dir, h.Name), &stoppable{ctx, t}); err != nil {
			if ctx.Err() != nil {
				return m, ctx.Err()
			}
			var disk *fs.PathError
			if errors.As(err, &disk) {
				return m, &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("Резервную копию некуда распаковать: проверьте место и права в папке «%s».", dir), Err: err}
			}
			return m, torn(path, err)
		}
	}
	size, hash, err := sum(filepath.Join(dir, store.DatabaseFile))
	if err != nil || size != m.Size || hash != m.SHA256 || seen[store.KeyFile] != m.Key {
		return m, torn(path, err)
	}
	if m.Key {
		raw, err := os.ReadFile(filepath.Join(dir, store.KeyFile))
		if err != nil {
			return m, torn(path, err)
		}
		if key, err := proof.ParseKey(string(raw)); err != nil || key.Public() != m.Verifier {
			return m, torn(path, err)
		}
	}
	return m, nil
}

func write(path string, r io.Reader) error {
	mode := fs.FileMode(0o600)
	if filepath.Base(path) == store.PublicKeyFile {
		mode = 0o644
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Sync(), f.Close())
}
