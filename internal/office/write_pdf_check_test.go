package office

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"testing"
)

var (
	pdfObject = regexp.MustCompile(`(?s)^(\d+) 0 obj\n(.*?)\nendobj\n`)
	pdfLength = regexp.MustCompile(`/Length (\d+)>>\nstream\n`)
	pdfRef    = regexp.MustCompile(`(\d+) 0 R`)
)

// checkPDF reads a file of WritePDF strictly: every object stands where the table says, every reference leads to an
// object, every stream inflates, marked content is opened and closed in turn.
func checkPDF(t testing.TB, b []byte) {
	t.Helper()
	tail := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(b)
	if tail == nil {
		t.Fatal("no end of file")
	}
	xref, _ := strconv.Atoi(string(tail[1]))
	var n int
	if _, err := fmt.Sscanf(string(b[xref:min(len(b), xref+30)]), "xref\n0 %d\n", &n); err != nil {
		t.Fatalf("table of objects: %v", err)
	}
	table := b[xref+len(fmt.Sprintf("xref\n0 %d\n", n)):]
	for i := 1; i < n; i++ {
		off, err := strconv.Atoi(string(table[20*i : 20*i+10]))
		if err != nil || off <= 0 || off >= len(b) || string(table[20*i+10:20*i+20]) != " 00000 n \n" {
			t.Fatalf("object %d: entry %q", i, table[20*i:20*i+20])
		}
		o := b[off:]
		if m := pdfLength.FindSubmatchIndex(o[:min(len(o), 400)]); m != nil && !bytes.Contains(o[:m[0]], []byte("endobj")) {
			size, _ := strconv.Atoi(string(o[m[2]:m[3]]))
			if !bytes.HasPrefix(o[m[1]+size:], []byte("\nendstream\nendobj\n")) {
				t.Fatalf("object %d: stream of wrong length", i)
			}
			if bytes.Contains(o[:m[0]], []byte("FlateDecode")) {
				checkStream(t, i, o[m[1]:m[1]+size])
			}
			continue
		}
		m := pdfObject.FindSubmatch(o)
		if m == nil || string(m[1]) != strconv.Itoa(i) {
			t.Fatalf("object %d is not where the table says: %.60q", i, o)
		}
		for _, r := range pdfRef.FindAllSubmatch(m[2], -1) {
			if k, _ := strconv.Atoi(string(r[1])); k < 1 || k >= n {
				t.Fatalf("object %d refers to %d of %d", i, k, n)
			}
		}
	}
}

func checkStream(t testing.TB, object int, b []byte) {
	z, err := zlib.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatalf("object %d: %v", object, err)
	}
	s, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("object %d: %v", object, err)
	}
	depth := 0
	for _, line := range bytes.Split(s, []byte("\n")) {
		switch {
		case bytes.HasSuffix(line, []byte(">>BDC")), bytes.Equal(line, []byte("/Artifact BMC")):
			depth++
		case bytes.Equal(line, []byte("EMC")):
			depth--
		}
		if depth < 0 || depth > 1 {
			t.Fatalf("object %d: marked content %d deep", object, depth)
		}
	}
	if depth != 0 {
		t.Fatalf("object %d: marked content is not closed", object)
	}
}

func TestPDFIsSound(t *testing.T) {
	checkPDF(t, pdfBytes(t, pdfEverything()))
	checkPDF(t, pdfBytes(t, pdfReport(100)))
}
