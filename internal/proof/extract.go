package proof

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// ExtractVersion names the format in the header of an extract.
const ExtractVersion = "perechen extract v1"

// maxLine bounds a line of an extract that is read: the largest content, every byte of it escaped.
const maxLine = 64 << 20

// An ExtractWriter writes an extract: a header, one line for each entry from 1, and the signed checkpoint. It does not
// check what it writes.
type ExtractWriter struct {
	w    *bufio.Writer
	line []byte
}

// NewExtractWriter writes the header: whose log, how many entries, and the verifier key by which to check.
func NewExtractWriter(w io.Writer, body string, size int64, verifier string) (*ExtractWriter, error) {
	x := &ExtractWriter{w: bufio.NewWriterSize(w, 1<<16)}
	_, err := x.w.Write(header{ExtractVersion, body, size, verifier}.line())
	return x, err
}

// Entry writes one entry. A nil salt means that content and salt were erased.
func (x *ExtractWriter) Entry(n int64, leaf, salt, content, nodes []byte) error {
	if !utf8.Valid(leaf) || !utf8.Valid(content) {
		return fmt.Errorf("proof: entry %d is not text", n)
	}
	x.line = entryLine{n, leaf, salt, content, nodes}.appendTo(x.line[:0])
	_, err := x.w.Write(x.line)
	return err
}

// Close writes the checkpoint, which must be of the size in the header, and flushes. It does not close the file.
func (x *ExtractWriter) Close(signed string) error {
	b := appendQuoted([]byte(`{"checkpoint":`), signed)
	if _, err := x.w.Write(append(b, "}\n"...)); err != nil {
		return err
	}
	return x.w.Flush()
}

// The lines of an extract. Field order, quoting and spacing are fixed: reading a line and writing it again must give the
// same bytes, so that no byte of an extract can change unnoticed.
type (
	header struct {
		Format string `json:"format"`
		Body   string `json:"body"`
		Size   int64  `json:"size"`
		Key    string `json:"key"`
	}
	entryLine struct {
		n                          int64
		leaf, salt, content, nodes []byte
	}
)

func (h header) line() []byte {
	b := appendQuoted([]byte(`{"format":`), h.Format)
	b = appendQuoted(append(b, `,"body":`...), h.Body)
	b = strconv.AppendInt(append(b, `,"size":`...), h.Size, 10)
	b = appendQuoted(append(b, `,"key":`...), h.Key)
	return append(b, "}\n"...)
}

func (e entryLine) appendTo(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"n":`...), e.n, 10)
	b = appendQuoted(append(b, `,"leaf":`...), string(e.leaf))
	if e.salt != nil {
		b = base64.StdEncoding.AppendEncode(append(b, `,"salt":"`...), e.salt)
		b = appendQuoted(append(b, `","content":`...), string(e.content))
	}
	b = base64.StdEncoding.AppendEncode(append(b, `,"nodes":"`...), e.nodes)
	return append(b, "\"}\n"...)
}

var errLine = errors.New("proof: not a line of an extract")

func parseEntry(line []byte) (entryLine, error) {
	var raw struct {
		N       int64   `json:"n"`
		Leaf    string  `json:"leaf"`
		Salt    []byte  `json:"salt"`
		Content *string `json:"content"`
		Nodes   []byte  `json:"nodes"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return entryLine{}, err
	}
	e := entryLine{n: raw.N, leaf: []byte(raw.Leaf), salt: raw.Salt, nodes: raw.Nodes}
	if raw.Content != nil {
		e.content = []byte(*raw.Content)
	}
	if again := e.appendTo(nil); !bytes.Equal(again, line) {
		return entryLine{}, errLine
	}
	return e, nil
}

func parseHeader(line []byte) (header, error) {
	var h header
	if err := json.Unmarshal(line, &h); err != nil {
		return h, err
	}
	if h.Format != ExtractVersion || !validSlug(h.Body) || !bytes.Equal(h.line(), line) {
		return h, errLine
	}
	return h, nil
}

// IsExtract tells from the first bytes of a file that it is meant to be an extract.
func IsExtract(head []byte) bool { return bytes.HasPrefix(head, []byte(`{"format":"perechen extract`)) }

// VerifyExtract reads an extract as a stream, with nothing but the file at hand, and says whether it is what was signed;
// later, when not empty, is a checkpoint (signed note or short form) that the log must contain. When ks is empty the key
// in the extract's own header is used, and the verdict says that it was not Trusted. An error means that reading failed
// or that later is itself no checkpoint; damage is a verdict.
func VerifyExtract(r io.Reader, ks Keys, later string) (Verdict, error) {
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
	v, err := followExtract(br, h, NewAudit(h.Body, cp), own, ks)
	v.Trusted = v.OK && trusted
	if v.OK {
		v.Text = fmt.Sprintf("Выгрузка цела: прочитаны все записи (%d), отпечаток равен подписанному.", v.Entries)
		if !trusted {
			v.Text += " Подпись проверена ключом из самой выгрузки: чтобы убедиться, чей он, сверьте его с ключом организации."
		}
	}
	return v, err
}

func followExtract(br *bufio.Reader, h header, a *Audit, own, ks Keys) (Verdict, error) {
	const final = `{"checkpoint":`
	for {
		next := a.Size() + 1
		line, err := readLine(br)
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
		if !a.Add(CheckEntry(h.Body, e.n, e.leaf, e.salt, e.content), e.nodes) {
			return a.Fail(next, ""), nil
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

// readLine returns a line with its newline; io.EOF at the end, errLine for a line too long or without a newline. The
// bytes are good until the next call.
func readLine(br *bufio.Reader) ([]byte, error) {
	var long []byte
	for {
		part, err := br.ReadSlice('\n')
		switch {
		case err == nil && long == nil:
			return part, nil
		case err == nil:
			return append(long, part...), nil
		case err == io.EOF && len(long)+len(part) == 0:
			return nil, io.EOF
		case err == io.EOF:
			return nil, errLine
		case err != bufio.ErrBufferFull:
			return nil, err
		}
		if long = append(long, part...); len(long) > maxLine {
			return nil, errLine
		}
	}
}
