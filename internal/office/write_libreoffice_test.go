package office

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// letterCount counts the letters, digits and signs of texts: a line break or a hyphen may part words, but takes nothing away.
func letterCount(texts ...string) map[rune]int {
	n := map[rune]int{}
	for _, t := range texts {
		for _, r := range t {
			if !unicode.IsSpace(r) {
				n[r]++
			}
		}
	}
	return n
}

// printed are the pages of a PDF as text.
func printed(t testing.TB, pdf string) []string {
	t.Helper()
	pages := strings.Split(poppler(t, "pdftotext", "-layout", pdf, "-"), "\f")
	return pages[:len(pages)-1]
}

// TestLibreOfficePrintsWhatWeWrite has LibreOffice make PDFs of everything in one go, for it is slow to start.
func TestLibreOfficePrintsWhatWeWrite(t *testing.T) {
	dir := t.TempDir()
	docs := map[string]*Doc{"report": report(), "mixed": mixed(), "group": {
		Title: "Группа", Created: sampleTime, Layout: sampleLayout,
		Sections: []Section{{Blocks: []Block{P(Title, "ДЛИННАЯ ГРУППА"), longGroup(60)}}},
	}}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name, d := range docs {
		for _, format := range []string{"docx", "odt", "xlsx"} {
			file := filepath.Join(dir, name+"-"+format+"."+format)
			if err := os.WriteFile(file, written(t, format, d), 0o600); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s (Debian: apt-get install libreoffice-writer libreoffice-calc)", err, out)
	}
	pdf := func(name, format string) string { return filepath.Join(dir, name+"-"+format+".pdf") }

	for _, format := range []string{"docx", "odt", "xlsx"} {
		t.Run(format+" words", func(t *testing.T) {
			pages := printed(t, pdf("report", format))
			want := []string{strings.Join(allWords(docs["report"]), "")}
			for n := 2; n <= len(pages); n++ {
				want = append(want, strconv.Itoa(n)) // numbers of pages
			}
			var head strings.Builder
			for _, c := range docs["report"].Sections[0].Blocks[2].(*Table).Rows[0].Cells {
				head.WriteString(c.Text)
			}
			for range strings.Count(strings.Join(pages, ""), "п/п") - 1 {
				want = append(want, head.String())
			}
			if diff := otherLetters(letterCount(pages...), letterCount(want...), format == "xlsx"); diff != "" {
				t.Errorf("other letters are printed:\n%s\n%s", diff, strings.Join(pages, "\n"))
			}
			if len(pages) < 2 || strings.Contains(pages[0], "\n"+strings.Repeat(" ", 40)+"1\n") {
				t.Errorf("%d pages, or the first has a number:\n%s", len(pages), pages[0])
			}
			if first := strings.Fields(pages[1]); len(first) == 0 || first[0] != "2" {
				t.Errorf("page 2 does not begin with its number:\n%s", pages[1])
			}
		})
		t.Run(format+" heading on each page", func(t *testing.T) {
			for i, page := range printed(t, pdf("group", format)) {
				if !strings.Contains(page, "Процесс") || !strings.Contains(page, "Взаимодействие") {
					t.Errorf("page %d has no heading:\n%s", i+1, page)
				}
			}
		})
	}
	for _, format := range []string{"docx", "odt"} {
		t.Run(format+" label on each page", func(t *testing.T) {
			pages := printed(t, pdf("group", format))
			for i, page := range pages[:len(pages)-1] {
				if !strings.Contains(page, "Поступление") {
					t.Errorf("page %d does not say what its rows belong to:\n%s", i+1, page)
				}
			}
		})
		t.Run(format+" pages", func(t *testing.T) { checkMixedPages(t, pdf("mixed", format)) })
	}
}

// checkMixedPages: upright pages, lying ones, upright ones; a row higher than a page goes on; nothing leaves the margins.
func checkMixedPages(t *testing.T, pdf string) {
	sizes := regexp.MustCompile(`Page +\d+ size: +(\S+) x (\S+)`).FindAllStringSubmatch(poppler(t, "pdfinfo", "-l", "99", pdf), -1)
	turned := ""
	for _, s := range sizes {
		w, _ := strconv.ParseFloat(s[1], 64)
		h, _ := strconv.ParseFloat(s[2], 64)
		if w > h {
			turned += "L"
		} else {
			turned += "P"
		}
	}
	if !regexp.MustCompile(`^PPL{3,}P{3,}$`).MatchString(turned) {
		t.Errorf("pages stand %s", turned)
	}
	pages := printed(t, pdf)
	high := 0
	for i, page := range pages {
		high += strings.Count(page, "Высокая строка")
		if turned[i] == 'L' && !strings.Contains(page, "Примечание") {
			t.Errorf("page %d has no heading:\n%s", i+1, page)
		}
	}
	if high != 120 {
		t.Errorf("%d of 120 sentences of the high row are printed", high)
	}
	box := regexp.MustCompile(`(?m)<page width="([^"]*)" height="([^"]*)"|<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">(.*)</word>`)
	number := func(s string) float64 { v, _ := strconv.ParseFloat(s, 64); return v / pdfMM }
	var width, height float64
	for _, m := range box.FindAllStringSubmatch(poppler(t, "pdftotext", "-bbox", pdf, "-"), -1) {
		if m[1] != "" {
			width, height = number(m[1]), number(m[2])
			continue
		}
		if x1, x2, y1, y2 := number(m[3]), number(m[5]), number(m[4]), number(m[6]); x1 < 30-0.1 || x2 > width-10+0.5 || y1 < 8 || y2 > height-20+1 {
			t.Errorf("«%s» leaves the margins: %.1f–%.1f, %.1f–%.1f", m[7], x1, x2, y1, y2)
		}
	}
}

// otherLetters says of which letters more or fewer are printed than written, "" when there are none; of a sheet the label of a
// group that a page cuts may be printed on both pages, so there only missing ones count.
func otherLetters(got, want map[rune]int, sheet bool) string {
	var out []string
	for r, n := range want {
		if got[r] < n {
			out = append(out, fmt.Sprintf("%q: %d printed, %d written", r, got[r], n))
		}
	}
	for r, n := range got {
		if n > want[r] && !sheet {
			out = append(out, fmt.Sprintf("%q: %d printed, %d written", r, n, want[r]))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
