package backup

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
)

// What a backup in a folder is called: names sort by time.
const (
	nameLayout = "perechen-20060102-150405"
	suffix     = ".tar.gz"
)

var ours = regexp.MustCompile(`^perechen-\d{8}-\d{6}\.tar\.gz$`)

// Name is what a backup that is begun now is called in a folder.
func Name(now time.Time) string { return now.UTC().Format(nameLayout) + suffix }

// A File is one backup of a folder.
type File struct {
	Name     string
	Path     string
	Size     int64
	Manifest Manifest
	Fault    string // why the manifest cannot be read; empty: it can
}

// List reads what the newest backups of a folder say of themselves, the file written last first, and tells how many there are
// in all. most bounds how many are read.
func List(dir string, most int) (some []File, total int, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, 0, folder(dir, err)
	}
	written := map[string]time.Time{}
	var names []string
	for _, f := range files {
		if f.IsDir() || !strings.HasSuffix(f.Name(), suffix) {
			continue
		}
		names = append(names, f.Name())
		if info, err := f.Info(); err == nil {
			written[f.Name()] = info.ModTime()
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(written[b].Compare(written[a]), cmp.Compare(b, a))
	})
	for _, name := range names[:min(most, len(names))] {
		f := File{Name: name, Path: filepath.Join(dir, name)}
		if info, err := os.Stat(f.Path); err == nil {
			f.Size = info.Size()
		}
		if f.Manifest, err = ReadManifest(f.Path); err != nil {
			f.Fault = "не читается"
			var e *ledger.Error
			if errors.As(err, &e) {
				f.Fault = e.Text
			}
		}
		some = append(some, f)
	}
	return some, len(names), nil
}

// Newest picks the newest backup of a folder, also when it turns out to be broken; a file is itself. CodeNotFound when there
// is none.
func Newest(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", folder(path, err)
	}
	if !info.IsDir() {
		return path, nil
	}
	files, _, err := List(path, 1<<30)
	if err != nil {
		return "", err
	}
	newest, at, broken := "", time.Time{}, ""
	for _, f := range files {
		switch {
		case f.Fault != "":
			broken = max(broken, f.Path)
		case f.Manifest.Time.After(at):
			newest, at = f.Path, f.Manifest.Time
		}
	}
	switch {
	case broken > newest: // named by time: the newest of all is no good
		return broken, nil
	case newest == "":
		return "", &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf("В папке «%s» резервных копий нет.", path)}
	}
	return newest, nil
}

// Prune deletes the oldest backups of this installation that the program has named itself, so that keep of them stay; it
// tells which. Other files, and backups of others, are left alone.
func Prune(dir, verifier string, keep int) (gone []string, err error) {
	files, _, err := List(dir, 1<<30)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(b.Name, a.Name) }) // named by time
	kept := 0
	for _, f := range files {
		if !ours.MatchString(f.Name) || f.Fault != "" || f.Manifest.Verifier != verifier {
			continue
		}
		if kept++; kept <= keep {
			continue
		}
		if err := os.Remove(f.Path); err != nil {
			return gone, folder(dir, err)
		}
		gone = append(gone, f.Name)
	}
	return gone, nil
}

func folder(path string, err error) error {
	text := "Папка резервных копий «%s» недоступна: проверьте путь и права."
	if errors.Is(err, fs.ErrNotExist) {
		text = "Такой папки или файла нет: «%s»."
	}
	return &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf(text, path), Err: err}
}

func entries(n int64) string {
	return lang.Count(int(n), "запись", "записи", "записей")
}
