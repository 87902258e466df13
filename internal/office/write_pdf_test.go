package office

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pdfFile writes a document into a file.
func pdfFile(t testing.TB, d *Doc) string {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, d); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// poppler runs a program of poppler-utils and gives what it prints.
func poppler(t testing.TB, name string, args ...string) string {
	t.Helper()
	var out, msg bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &msg
	if err := c.Run(); err != nil || msg.Len() > 0 {
		t.Fatalf("%s: %v: %s (Debian: apt-get install poppler-utils)", name, err, msg.Bytes())
	}
	return out.String()
}

func TestPDFIsTaggedAndEmbedded(t *testing.T) {
	f := pdfFile(t, pdfReport(30))
	info := poppler(t, "pdfinfo", f)
	for _, want := range []string{"Tagged:          yes", "Pages:           6", "Title:           Отчет о формировании"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo: no %q in\n%s", want, info)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(poppler(t, "pdffonts", f)), "\n")[2:] {
		if !strings.Contains(line, "yes yes yes") {
			t.Errorf("a font is not embedded, subset and mapped to Unicode: %s", line)
		}
	}
}
