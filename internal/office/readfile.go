package office

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ReadFile reads the document at path, as Read does. An old .doc, .xls or .rtf that is called so goes through LibreOffice,
// if soffice is to be found; one that is called otherwise (a .docx that is a renamed .doc) is refused.
func ReadFile(ctx context.Context, path string, lim Limits) (*Doc, error) {
	j := newJob(ctx, filepath.Base(path), lim)
	f, err := os.Open(path)
	if err != nil {
		return nil, j.unopened(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, j.unopened(err)
	}
	if info.IsDir() {
		return nil, j.fail(WrongFormat, nil, "— папка, а не документ. Укажите файл в ней.")
	}
	if !info.Mode().IsRegular() {
		return nil, j.fail(Unreadable, nil, "— не обычный файл. Скопируйте документ на диск и укажите его.")
	}
	kind, err := j.sniff(f, info.Size())
	if err != nil {
		return nil, err
	}
	if old, ok := oldFormats[kind]; ok && old.called(j.name) {
		return j.convert(f, info.Size(), old)
	}
	doc, err := j.read(f, info.Size())
	if err != nil {
		return nil, err
	}
	return doc, nil
}

func (j *job) unopened(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return j.fail(Unreadable, err, "не найден. Проверьте имя и папку.")
	case errors.Is(err, fs.ErrPermission):
		return j.fail(Unreadable, err, "недоступен: нет права его читать.")
	}
	return j.fail(Unreadable, err, "не открывается. Скопируйте его на диск и попробуйте снова.")
}

// oldFormat is a format that LibreOffice turns into one that is read.
type oldFormat struct {
	ext, to, title string
	names          []string
}

var oldFormats = map[fileKind]oldFormat{
	kindDOC: {".doc", "docx", "старый документ Word (.doc)", []string{".doc", ".dot", ".rtf", ""}},
	kindRTF: {".rtf", "docx", "документ RTF (.rtf)", []string{".rtf", ".doc", ".dot", ""}},
	kindXLS: {".xls", "xlsx", "старая книга Excel (.xls)", []string{".xls", ".xlt", ""}},
}

// called reports whether the name of a file promises such an old format, or nothing.
func (o oldFormat) called(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	for _, n := range o.names {
		if n == ext {
			return true
		}
	}
	return false
}
