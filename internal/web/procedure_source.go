package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"perechen/internal/procedure"
)

// maxProcedure is a little more than a procedure file may hold: whoever reads it says that it is too large.
const maxProcedure = 1<<20 + 2

// A procedureSource is where a procedure comes from: one of the program's own, or a file. The file's text is carried by
// the page from its preview to its acceptance.
type procedureSource struct {
	Shipped string
	File    string
	Pack    string
}

// A procFault is one thing that is wrong in a procedure file, with the line it stands in.
type procFault struct {
	Line            int
	Quote           string
	Field, Expected string
}

// A procedureFault is a file that is no procedure; all that is wrong with it is told at once.
type procedureFault struct {
	File   string
	Faults []procFault
}

func (e *procedureFault) Error() string { return "procedure " + e.File + " has faults" }

// readProcedure gets the procedure that was chosen or sent: shipped names one of the program's own, file brings one, pack
// is a file that was read before.
func (r *request) readProcedure(v url.Values) (*procedure.Procedure, procedureSource, error) {
	src := procedureSource{Shipped: v.Get("shipped"), File: v.Get("filename")}
	var text []byte
	switch fh := r.file("file"); {
	case fh != nil && fh.Size > 0:
		src.Shipped, src.File = "", path.Base(strings.ReplaceAll(fh.Filename, `\`, "/"))
		f, err := fh.Open()
		if err != nil {
			return nil, src, err
		}
		defer f.Close()
		if text, err = io.ReadAll(io.LimitReader(f, maxProcedure)); err != nil {
			return nil, src, err
		}
	case v.Get("pack") != "":
		var ok bool
		if text, ok = unpackText(v.Get("pack")); !ok {
			return nil, src, invalidField("file", r.lang.T("proc.lost"))
		}
	case src.Shipped != "":
		p, err := procedure.Shipped(src.Shipped)
		if err != nil {
			return nil, src, invalidField("shipped", r.lang.T("proc.noshipped"))
		}
		return p, src, nil
	default:
		return nil, src, invalidField("file", r.lang.T("proc.choose"))
	}
	p, err := procedure.Parse(src.File, text)
	var faults procedure.Errors
	switch {
	case errors.As(err, &faults):
		return nil, src, newProcedureFault(src.File, text, faults)
	case err != nil:
		return nil, src, err
	}
	src.Shipped, src.Pack = "", packText(text)
	return p, src, nil
}

func newProcedureFault(file string, text []byte, faults procedure.Errors) *procedureFault {
	lines := strings.Split(string(bytes.ToValidUTF8(text, []byte("\ufffd"))), "\n")
	out := &procedureFault{File: file}
	for _, e := range faults {
		f := procFault{Line: e.Line, Field: e.Field, Expected: e.Expected}
		if e.Line > 0 && e.Line <= len(lines) {
			f.Quote = cut(strings.TrimSpace(lines[e.Line-1]), 160)
		}
		out.Faults = append(out.Faults, f)
	}
	return out
}

// packText and unpackText carry a text of a bounded length through a hidden field, byte for byte.
func packText(text []byte) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(text) // into memory
	_ = z.Close()
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

func unpackText(pack string) (text []byte, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(pack)
	if err != nil {
		return nil, false
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	text, err = io.ReadAll(io.LimitReader(z, maxProcedure))
	return text, err == nil
}

// sourceAsks ask for one of the program's own procedures or for a file.
func (r *request) sourceAsks() []ask {
	os := []option{{Value: "", Text: r.lang.T("proc.fromfile")}}
	for _, id := range procedure.IDs() {
		if p, err := procedure.Shipped(id); err == nil {
			os = append(os, option{Value: id, Text: procedureName(p)})
		}
	}
	return r.askedAll([]ask{
		{Name: "shipped", Kind: "select", Label: r.lang.T("proc.shipped"), Options: os},
		{Name: "file", Kind: "file", Label: r.lang.T("proc.file"), Hint: r.lang.T("proc.filehint"), Accept: ".yaml,.yml", Optional: true},
	})
}
