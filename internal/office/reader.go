package office

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"
)

// Read reads a document of size bytes. What it is, its content says, never its name; the name stands in the sentences of
// errors, and helps only to tell a plain text from CSV. Every error is an *Error. DOCX, ODT, XLSX, ODS, CSV and plain text
// are read; old .doc, .xls and .rtf are not: see ReadFile.
func Read(ctx context.Context, name string, r io.ReaderAt, size int64, lim Limits) (*Doc, error) {
	doc, err := newJob(ctx, filepath.Base(name), lim).read(r, size)
	if err != nil {
		return nil, err
	}
	return doc, nil
}

func (j *job) read(r io.ReaderAt, size int64) (*Doc, error) {
	kind, err := j.sniff(r, size)
	if err != nil {
		return nil, err
	}
	var doc *Doc
	switch kind {
	case kindZip:
		doc, err = j.archive(r, size)
	case kindText:
		doc, err = j.text(r, size)
	case kindEncrypted:
		err = j.locked()
	default:
		err = j.refuse(kind)
	}
	if err != nil {
		return nil, j.damaged("документа", err)
	}
	blocks := 0
	doc.Notes = j.notes
	for _, s := range doc.Sections {
		blocks += len(s.Blocks)
		for _, b := range s.Blocks {
			if t, ok := b.(*Table); ok && t.continued() {
				joinGroups(t)
			}
		}
	}
	if blocks == 0 {
		return nil, j.fail(Empty, nil, "пуст: в нём нет ни текста, ни таблиц.")
	}
	return doc, nil
}

// archive reads a zip: OOXML by its relationships, OpenDocument by its content.xml.
func (j *job) archive(r io.ReaderAt, size int64) (*Doc, error) {
	a, err := openArchive(j, r, size)
	if err != nil {
		return nil, err
	}
	rels, err := a.relations("")
	if err != nil {
		return nil, err
	}
	main := a.related(rels, "officeDocument")
	if main == "" {
		for _, usual := range []string{"word/document.xml", "xl/workbook.xml"} {
			if main == "" && a.has(usual) {
				main = usual
			}
		}
	}
	if main == "" {
		if a.has("content.xml") {
			return readODF(a)
		}
		if a.has("META-INF/manifest.xml") {
			if err := a.encrypted(); err != nil {
				return nil, err
			}
		}
		return nil, j.fail(WrongFormat, nil, "— архив, а не документ. Распакуйте его и укажите сам документ: DOCX, ODT, XLSX, CSV или TXT.")
	}
	media := ""
	if a.has("[Content_Types].xml") {
		if media, err = a.contentType(main); err != nil {
			return nil, err
		}
	}
	switch {
	case strings.Contains(media, "sheet.binary"):
		return nil, j.fail(WrongFormat, nil, "— двоичная книга Excel (.xlsb): откройте её в Excel и сохраните как .xlsx.")
	case strings.Contains(media, "presentation"), strings.Contains(media, "slideshow"):
		return nil, j.fail(WrongFormat, nil, "— презентация: таких файлов программа не читает. Нужен DOCX, ODT, XLSX, CSV или TXT.")
	case strings.Contains(media, "spreadsheet"), strings.Contains(media, "ms-excel"):
		return readXLSX(a, rels, main)
	case strings.Contains(media, "word"):
		return readDOCX(a, rels, main)
	}
	return a.byRoot(rels, main)
}

// byRoot reads a package that does not say what its main part is: the root element does.
func (a *archive) byRoot(rels map[string]relation, main string) (*Doc, error) {
	root := ""
	err := a.xml(main, func(x *tokens) error {
		if x.next() == tokStart {
			root = x.name.local
		}
		if x.err == nil {
			x.err = io.EOF // enough
		}
		return nil
	})
	var e *Error
	if err != nil && root == "" || errors.As(err, &e) && e.Reason != Damaged {
		return nil, err
	}
	switch root {
	case "document":
		return readDOCX(a, rels, main)
	case "workbook":
		return readXLSX(a, rels, main)
	}
	return nil, a.j.fail(WrongFormat, nil, "— неизвестный вид документа. Нужен DOCX, ODT, XLSX, CSV или TXT.")
}

// continued reports whether a cell repeats the label of a long group, as our own reports do.
func (t *Table) continued() bool {
	for _, r := range t.Rows {
		for _, c := range r.Cells {
			if strings.HasSuffix(c.Text, continuedMark) {
				return true
			}
		}
	}
	return false
}
