package proof

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// ExtractVersion names the format in the header of an extract; ExtractFilesVersion that of one which carries the files that
// editions were issued with.
const (
	ExtractVersion      = "perechen extract v1"
	ExtractFilesVersion = "perechen extract v2"
)

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
	return newExtractWriter(w, header{ExtractVersion, body, size, verifier})
}

// NewExtractFilesWriter is NewExtractWriter for an extract with files.
func NewExtractFilesWriter(w io.Writer, body string, size int64, verifier string) (*ExtractWriter, error) {
	return newExtractWriter(w, header{ExtractFilesVersion, body, size, verifier})
}

func newExtractWriter(w io.Writer, h header) (*ExtractWriter, error) {
	x := &ExtractWriter{w: bufio.NewWriterSize(w, 1<<16)}
	_, err := x.w.Write(h.line())
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

// File writes one file, after the last entry.
func (x *ExtractWriter) File(content []byte) error {
	_, err := x.w.Write(fileLine(content))
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

const filePrefix = `{"file":"`

// fileLine is the line of a file: the hex SHA-256 of its bytes, and the bytes.
func fileLine(content []byte) []byte {
	sum := sha256.Sum256(content)
	b := hex.AppendEncode([]byte(filePrefix), sum[:])
	b = base64.StdEncoding.AppendEncode(append(b, `","content":"`...), content)
	return append(b, "\"}\n"...)
}

func parseFile(line []byte) (sum string, content []byte, err error) {
	var raw struct {
		File    string `json:"file"`
		Content []byte `json:"content"`
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return "", nil, err
	}
	if !bytes.Equal(fileLine(raw.Content), line) {
		return "", nil, errLine
	}
	return raw.File, raw.Content, nil
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
	if h.Format != ExtractVersion && h.Format != ExtractFilesVersion || !validSlug(h.Body) || !bytes.Equal(h.line(), line) {
		return h, errLine
	}
	return h, nil
}

// IsExtract tells from the first bytes of a file that it is meant to be an extract.
func IsExtract(head []byte) bool { return bytes.HasPrefix(head, []byte(`{"format":"perechen extract`)) }

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
