package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"perechen/internal/proof"
	"perechen/internal/store"
)

// publicFile is where the key lies by which documents of this installation are verified.
func (a *app) publicFile() string { return filepath.Join(a.data(), store.PublicKeyFile) }

// trusted gives the keys to verify with: those of the file, else the installation's own; none when there is neither.
func (a *app) trusted(file string) (proof.Keys, error) {
	given := file != ""
	if !given {
		file = a.publicFile()
	}
	b, err := os.ReadFile(file)
	if !given && errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, refusef("файл ключа «%s» не читается: %s", file, cause(err))
	}
	return proof.ParseKeys(string(b))
}
