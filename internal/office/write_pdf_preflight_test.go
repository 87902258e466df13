package office

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// preflightInstall is what the validator needs on Debian.
const preflightInstall = "apt-get install default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java libcommons-logging-java"

// preflight checks files with the validator of PDFBox, which must be installed, and gives what it says of each that is
// not valid PDF/A-1b.
func preflight(t testing.TB, files ...string) {
	t.Helper()
	if _, err := exec.LookPath("java"); err != nil {
		t.Fatalf("PDF/A is checked by PDFBox: %v (Debian: %s)", err, preflightInstall)
	}
	var jars []string
	for _, name := range []string{"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-io", "commons-logging", "pdfbox2-tools", "jaxb-api", "javax.activation"} {
		jar := filepath.Join("/usr/share/java", name+".jar")
		if _, err := os.Stat(jar); err != nil {
			t.Fatalf("PDF/A is checked by PDFBox: %v (Debian: %s)", err, preflightInstall)
		}
		jars = append(jars, jar)
	}
	for _, f := range files {
		out, err := exec.Command("java", "-cp", strings.Join(jars, ":"), "org.apache.pdfbox.preflight.Validator_A1b", f).CombinedOutput()
		if !strings.Contains(string(out), "is a valid PDF/A-1b file") {
			t.Errorf("%s: %v\n%.3000s", filepath.Base(f), err, out)
		}
	}
}

func TestPDFIsValidPDFA(t *testing.T) {
	sealed := pdfEverything()
	sealed.Seal = func([32]byte) (string, error) { return pdfSealText, nil }
	long := &Doc{Title: "Длинный", Layout: pdfGOST, Sections: []Section{{}}} // arrays of PDF/A-1 end at 8191
	tab := &Table{Head: 1, Rows: []Row{cells("№", "Слово")}}
	for i := range 9000 {
		tab.Rows = append(tab.Rows, cells(fmt.Sprint(i), "а"))
	}
	for i := range 9000 {
		long.Sections[0].Blocks = append(long.Sections[0].Blocks, P(Small, fmt.Sprint(i)))
	}
	long.Sections[0].Blocks = append(long.Sections[0].Blocks, tab)
	var files []string
	for name, d := range map[string]*Doc{"everything": sealed, "empty": {}, "long": long} {
		f := filepath.Join(t.TempDir(), name+".pdf")
		if err := os.WriteFile(f, pdfBytes(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	f := filepath.Join(t.TempDir(), "posters.pdf")
	if err := os.WriteFile(f, posterBytes(t), 0o600); err != nil {
		t.Fatal(err)
	}
	files = append(files, f)
	preflight(t, files...)
}

// LibreOffice opens the file and finds the same words in it.
func TestPDFOpensInLibreOffice(t *testing.T) {
	d := pdfReport(3)
	dir := t.TempDir()
	file := filepath.Join(dir, "doc.pdf")
	if err := os.WriteFile(file, pdfBytes(t, d), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--infilter=writer_pdf_import", "--convert-to", "odt", "--outdir", dir, file)
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s (Debian: apt-get install libreoffice-writer)", err, out)
	}
	z, err := zip.OpenReader(filepath.Join(dir, "doc.odt"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	r, err := z.Open("content.xml")
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(strings.ReplaceAll(string(b), "<text:s/>", " "), " ")
	got := map[string]int{}
	for _, w := range strings.Fields(text) {
		got[w]++
	}
	for _, w := range pdfDocWords(d) {
		if got[w]--; got[w] < 0 && !strings.Contains(w, "alania") && len(w) < 80 { // addresses and hashes are broken over lines
			t.Errorf("LibreOffice does not find %q", w)
		}
	}
}
