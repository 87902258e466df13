package office

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

// written is d in a format.
func written(t testing.TB, format string, d *Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, d); err != nil {
		t.Fatalf("Write %s: %v", format, err)
	}
	return b.Bytes()
}

// parts are the files of an archive by name, and their names in order.
func parts(t testing.TB, data []byte) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	var names []string
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out[f.Name] = string(b)
		names = append(names, f.Name)
	}
	return out, names
}

func TestWritePartsAreWellFormed(t *testing.T) {
	for _, format := range []string{"docx", "odt", "xlsx"} {
		files, names := parts(t, written(t, format, report()))
		if want := map[string]string{"docx": "[Content_Types].xml", "odt": "mimetype", "xlsx": "[Content_Types].xml"}[format]; names[0] != want {
			t.Errorf("%s: the first part is %s, want %s", format, names[0], want)
		}
		for name, text := range files {
			if !strings.HasSuffix(name, ".xml") && !strings.HasSuffix(name, ".rels") {
				continue
			}
			dec := xml.NewDecoder(strings.NewReader(text))
			for {
				_, err := dec.Token()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Errorf("%s: %s: %v", format, name, err)
					break
				}
			}
		}
	}
}

func TestWriteIsDeterministic(t *testing.T) {
	for _, format := range Formats() {
		d := report()
		d.Sections = append(d.Sections, Section{Name: "Вторая", Landscape: true, Blocks: []Block{longGroup(3)}}, Section{Name: "Третья"})
		first := written(t, format, d)
		for range 5 {
			if !bytes.Equal(first, written(t, format, d)) {
				t.Errorf("%s: the same Doc gives other bytes", format)
				break
			}
		}
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "rtf", report())
	var e *Error
	if !errors.As(err, &e) || e.Reason != WrongFormat || b.Len() > 0 {
		t.Errorf("Write rtf: %v, %d bytes", err, b.Len())
	}
	if !slices.Contains(Formats(), "odt") {
		t.Errorf("Formats() = %v", Formats())
	}
}

func TestWriteSeal(t *testing.T) {
	for _, format := range []string{"docx", "odt", "xlsx"} {
		d := report()
		calls := 0
		var got [32]byte
		d.Seal = func(digest [32]byte) (string, error) {
			calls++
			got = digest
			return "печать <&> №\u00a01", nil
		}
		files, _ := parts(t, written(t, format, d))
		if calls != 1 || got != TextDigest(d) {
			t.Errorf("%s: Seal called %d times", format, calls)
		}
		name := map[string]string{"docx": "docProps/custom.xml", "odt": "meta.xml", "xlsx": "docProps/custom.xml"}[format]
		if !strings.Contains(files[name], SealProperty) || !strings.Contains(files[name], "печать &lt;&amp;&gt; №\u00a01") {
			t.Errorf("%s: no seal in %s:\n%s", format, name, files[name])
		}
		d.Seal = func([32]byte) (string, error) { return "", io.ErrUnexpectedEOF }
		if err := Write(io.Discard, format, d); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%s: error of the seal: %v", format, err)
		}
		d.Seal = func([32]byte) (string, error) { return strings.Repeat("x", SealSpace+1), nil }
		if err := Write(io.Discard, format, d); err == nil {
			t.Errorf("%s: a seal that is too long is written", format)
		}
	}
}
