package office

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func pdfBytes(t testing.TB, d *Doc) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := WritePDF(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pdfFile writes a document into a file.
func pdfFile(t testing.TB, d *Doc) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(name, pdfBytes(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// poppler runs a program of poppler-utils, which must not complain, and gives what it prints.
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

var pdfQuoted = regexp.MustCompile(`(?ms)^ *"(.*?)"$`)

// pdfStructWords is the text of a file in the order of its structure.
func pdfStructWords(t testing.TB, file string) []string {
	t.Helper()
	var all strings.Builder
	for _, m := range pdfQuoted.FindAllStringSubmatch(poppler(t, "pdfinfo", "-struct-text", file), -1) {
		all.WriteString(m[1] + " ")
	}
	return strings.Fields(all.String())
}

// pdfDocWords is the text that a document should give: captions, paragraphs, cells, words beside codes.
func pdfDocWords(d *Doc) []string {
	var all strings.Builder
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Para:
				all.WriteString(b.Text() + " ")
			case *Table:
				all.WriteString(b.Caption + " ")
				for _, r := range b.Rows {
					for _, c := range r.Cells {
						all.WriteString(c.String() + " ")
					}
				}
			case *Code:
				for _, p := range b.Beside {
					all.WriteString(p.Text() + " ")
				}
			}
		}
	}
	return strings.Fields(all.String())
}

func TestPDFIsTaggedAndEmbedded(t *testing.T) {
	f := pdfFile(t, pdfReport(30))
	info := poppler(t, "pdfinfo", f)
	for _, want := range []string{"Tagged:          yes", "Pages:           7", "Title:           Отчет о формировании", "PDF version:     1.4"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo: no %q in\n%s", want, info)
		}
	}
	if custom := poppler(t, "pdfinfo", "-custom", f); !strings.Contains(custom, "perechen-edition:1") || !strings.Contains(custom, "Редакция:        № 1 от 16.02.2026") {
		t.Errorf("properties are not in the file:\n%s", custom)
	}
	for _, line := range strings.Split(strings.TrimSpace(poppler(t, "pdffonts", f)), "\n")[2:] {
		if !strings.Contains(line, "yes yes yes") {
			t.Errorf("a font is not embedded, subset and mapped to Unicode: %s", line)
		}
	}
}

// The structure gives every word once and in order, over page breaks too: repeated headings and labels are artifacts.
func TestPDFStructureGivesTheText(t *testing.T) {
	d := pdfReport(30)
	f := pdfFile(t, d)
	if diff := cmp.Diff(pdfDocWords(d), pdfStructWords(t, f)); diff != "" {
		t.Errorf("words of the document and of the file (-want +got):\n%s", diff)
	}
	tree := poppler(t, "pdfinfo", "-struct-text", f)
	for _, c := range []struct {
		what string
		want int
	}{{"\n    TR\n", 32}, {"\n      TH:\n", 5}, {"/RowSpan 5", 6}, {"\n  H1 (block)\n", 1}, {"\n  Table (block)\n", 2}, {"\n  Figure", 1}} {
		if got := strings.Count(tree, c.what); got != c.want {
			t.Errorf("%q stands %d times in the structure, want %d", c.what, got, c.want)
		}
	}
}

// Whoever copies a page gets words apart from each other; on one page nothing is doubled.
func TestPDFTextCanBeCopied(t *testing.T) {
	d := pdfReport(3)
	d.Sections[0].Blocks = d.Sections[0].Blocks[:6]
	words := strings.Fields(poppler(t, "pdftotext", "-raw", pdfFile(t, d), "-"))
	got := strings.Join(words, " ")
	got = strings.ReplaceAll(got, "alania. gov.ru", "alania.gov.ru") // broken in a narrow column
	if diff := cmp.Diff(strings.Join(pdfDocWords(d), " "), got); diff != "" {
		t.Errorf("copied text (-want +got):\n%s", diff)
	}
}

func TestPDFRepeatsHeadingsAndLabels(t *testing.T) {
	f := pdfFile(t, pdfReport(60))
	pages := strings.Split(strings.TrimSuffix(poppler(t, "pdftotext", "-raw", f, "-"), "\f"), "\f")
	if len(pages) < 8 {
		t.Fatalf("%d pages", len(pages))
	}
	group := ""
	labels := regexp.MustCompile(`(?m)^(\d+)\.( |$)`)
	for i, p := range pages[:len(pages)-1] {
		if !strings.Contains(p, "№\nп/п\n") || !strings.Contains(p, "Осуществляемое\nвзаимодействие с\nклиентом") {
			t.Errorf("page %d has no headings:\n%s", i+1, p)
		}
		if want := fmt.Sprint(i + 1); i > 0 && !strings.HasPrefix(p, want+"\n") {
			t.Errorf("page %d does not begin with its number", i+1)
		}
		m := labels.FindAllStringSubmatch(p, -1)
		if len(m) == 0 {
			t.Fatalf("page %d shows no group", i+1)
		}
		if first := m[0][1]; group != "" && first != group {
			var last, now int
			fmt.Sscan(group, &last)
			fmt.Sscan(first, &now)
			if now != last+1 {
				t.Errorf("page %d begins with group %s after %s", i+1, first, group)
			}
		}
		group = m[len(m)-1][1]
	}
}

func TestPDFOfTheSameDocumentIsTheSame(t *testing.T) {
	a, b := pdfBytes(t, pdfEverything()), pdfBytes(t, pdfEverything())
	if !bytes.Equal(a, b) {
		t.Error("two runs gave different bytes")
	}
}

// Fonts are shared by documents that are written at the same time.
func TestPDFsAreWrittenAtTheSameTime(t *testing.T) {
	want := pdfBytes(t, pdfEverything())
	got := make([]bytes.Buffer, 4)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() {
			if err := WritePDF(&got[i], pdfEverything()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range got {
		if !bytes.Equal(got[i].Bytes(), want) {
			t.Errorf("file %d differs", i)
		}
	}
}

type brokenPipe struct{ left int }

func (b *brokenPipe) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestPDFTellsOfWriteErrors(t *testing.T) {
	size := len(pdfBytes(t, pdfReport(10)))
	for _, n := range []int{0, 10, 5000, size - 1} {
		if err := WritePDF(&brokenPipe{left: n}, pdfReport(10)); err != io.ErrClosedPipe {
			t.Errorf("room for %d bytes: got %v", n, err)
		}
	}
}

func BenchmarkWritePDF(b *testing.B) {
	d := pdfReport(10_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := WritePDF(io.Discard, d); err != nil {
			b.Fatal(err)
		}
	}
}
