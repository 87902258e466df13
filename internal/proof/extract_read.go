package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// VerifyExtract reads an extract as a stream, with nothing but the file at hand, and says whether it is what was signed;
// later, when not empty, is a checkpoint (signed note or short form) that the log must contain. When ks is empty the key
// in the extract's own header is used, and the verdict says that it was not Trusted. An error means that reading failed
// or that later is itself no checkpoint; damage is a verdict.
func VerifyExtract(r io.Reader, ks Keys, later string) (Verdict, error) {
	return ReadExtract(r, ks, later, ExtractVisitor{})
}

// An ExtractVisitor is shown an extract while it is read: first the header, then each entry that is good by itself and in
// its place, then the files. What it is shown is evidence only when the verdict in the end is good. Slices are good until
// the call returns; an error of its own ends the reading and is returned. Any may be nil.
type ExtractVisitor struct {
	Begin func(body string, size int64) error
	Entry func(c Checked, leaf, salt, content, nodes []byte) error
	File  func(sum string, content []byte) error
}

// ReadExtract is VerifyExtract that shows what it reads.
func ReadExtract(r io.Reader, ks Keys, later string, visit ExtractVisitor) (Verdict, error) {
	br := bufio.NewReaderSize(r, 1<<16)
	line, err := readLine(br)
	if err != nil && err != io.EOF && !errors.Is(err, errLine) {
		return Verdict{}, err
	}
	h, err := parseHeader(line)
	if err != nil {
		return Verdict{Text: "Это не выгрузка журнала: первая строка не читается или изменена."}, nil
	}
	trusted := len(ks) > 0
	own, err := ParseKeys(h.Key)
	if err != nil || len(own) != 1 {
		return Verdict{Body: h.Body, Text: "В первой строке выгрузки нет открытого ключа."}, nil
	}
	if !trusted {
		ks = own
	}
	var cp *Checkpoint
	if later != "" {
		c, err := OpenCheckpoint(later, ks)
		if err != nil {
			return Verdict{}, &Error{Text: "Предъявленный отпечаток не подтверждается. " + err.Error(), Err: err}
		}
		cp = &c
	}
	if visit.Begin != nil {
		if err := visit.Begin(h.Body, h.Size); err != nil {
			return Verdict{Body: h.Body}, err
		}
	}
	v, err := followExtract(br, h, NewAudit(h.Body, cp), own, ks, visit)
	v.Trusted = v.OK && trusted
	if v.OK {
		v.Text = fmt.Sprintf("Выгрузка цела: прочитаны все записи (%d), отпечаток равен подписанному.", v.Entries)
		if !trusted {
			v.Text += " Подпись проверена ключом из самой выгрузки: чтобы убедиться, чей он, сверьте его с ключом организации."
		}
	}
	return v, err
}

func followExtract(br *bufio.Reader, h header, a *Audit, own, ks Keys, visit ExtractVisitor) (Verdict, error) {
	const final = `{"checkpoint":`
	files := 0
	for {
		next := a.Size() + 1
		line, err := readLine(br)
		if err == nil && next > h.Size && h.Format == ExtractFilesVersion && bytes.HasPrefix(line, []byte(filePrefix)) {
			files++
			sum, content, err := parseFile(line)
			if err != nil {
				return a.Fail(0, fmt.Sprintf("Файл %d из приложенных к выгрузке изменён или испорчен.", files)), nil
			}
			if visit.File != nil {
				if err := visit.File(sum, content); err != nil {
					return a.Fail(0, ""), err
				}
			}
			continue
		}
		switch {
		case errors.Is(err, errLine), err == nil && next > h.Size && !bytes.HasPrefix(line, []byte(final)):
			return a.Fail(next, fmt.Sprintf("Строка %d выгрузки (запись %d) испорчена.", next+1, next)), nil
		case err == io.EOF:
			return a.Fail(next, fmt.Sprintf("Выгрузка обрывается перед записью %d: нет подписанного отпечатка в конце.", next)), nil
		case err != nil:
			return a.Fail(next, "Выгрузка не дочитана."), err
		}
		if bytes.HasPrefix(line, []byte(final)) {
			if next <= h.Size {
				return a.Fail(next, fmt.Sprintf("Записи %d нет: в выгрузке записей %d, а должно быть %d.", next, next-1, h.Size)), nil
			}
			return finishExtract(br, line, a, own, ks)
		}
		e, err := parseEntry(line)
		if err != nil {
			return a.Fail(next, fmt.Sprintf("Строка %d выгрузки (запись %d) изменена или испорчена.", next+1, next)), nil
		}
		c := CheckEntry(h.Body, e.n, e.leaf, e.salt, e.content)
		if !a.Add(c, e.nodes) {
			return a.Fail(next, ""), nil
		}
		if visit.Entry != nil {
			if err := visit.Entry(c, e.leaf, e.salt, e.content, e.nodes); err != nil {
				return a.Fail(next, ""), err
			}
		}
	}
}

// finishExtract reads the last line. It must be signed by the key that the header names, which must be a trusted one.
func finishExtract(br *bufio.Reader, line []byte, a *Audit, own, ks Keys) (Verdict, error) {
	var last struct {
		Checkpoint string `json:"checkpoint"`
	}
	err := json.Unmarshal(line, &last)
	if again := append(appendQuoted([]byte(`{"checkpoint":`), last.Checkpoint), "}\n"...); err != nil || !bytes.Equal(again, line) {
		return a.Fail(0, "Последняя строка выгрузки (подписанный отпечаток) изменена или испорчена."), nil
	}
	if _, err := br.ReadByte(); err == nil {
		return a.Fail(a.Size()+1, "После подписанного отпечатка в выгрузке есть лишние строки."), nil
	} else if err != io.EOF {
		return a.Fail(0, "Выгрузка не дочитана."), err
	}
	v := a.Finish(last.Checkpoint, own, nil)
	if v.OK {
		if _, _, err := openCheckpoint(last.Checkpoint, ks); err != nil {
			return a.Fail(0, "Подписанный отпечаток выгрузки не подтверждается. "+err.Error()), nil
		}
	}
	return v, nil
}
