package check_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/intake"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/procedures"
)

// fromFile is the sample with the register that intake reads from one of the orders' own files.
func fromFile(t *testing.T, name string, s testkit.Sample) testkit.Sample {
	t.Helper()
	b, err := procedures.FS.ReadFile("orders/" + name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := office.Read(context.Background(), name, bytes.NewReader(b), int64(len(b)), office.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := intake.Parse(doc, name, s.Procedure)
	if err != nil {
		t.Fatal(err)
	}
	s.Register = d.Against(&register.Register{Organisation: s.Register.Organisation}, s.Procedure, intake.Options{}).Target
	return s
}

// TestFilesGiveTheSameFindings holds that every form of an order's own files leads to what the registers set by hand lead to.
func TestFilesGiveTheSameFindings(t *testing.T) {
	summary := func(findings []register.Finding) []string {
		var lines []string
		for _, f := range findings {
			var places []string
			for _, p := range f.Places {
				places = append(places, p.Text+" «"+p.Quote+"»")
			}
			lines = append(lines, fmt.Sprintf("%s %s [%s] %s | %s", f.Rule, f.Severity, f.Clause, f.Text, strings.Join(places, "; ")))
		}
		slices.Sort(lines) // two findings of one place go by keys, which are others
		return lines
	}
	for _, c := range []struct {
		sample func() testkit.Sample
		files  []string
	}{
		{testkit.Committee, []string{"komzan-alania-9r-2026.docx", "komzan-alania-9r-2026.odt", "komzan-otchet.xlsx", "komzan-alania-9r-2026.txt"}},
		{testkit.Ministry, []string{"minec-alania-46-2024.docx", "minec-alania-46-2024.odt", "minec-alania-46-2024.txt"}},
	} {
		for _, name := range c.files {
			t.Run(name, func(t *testing.T) {
				hand, file := c.sample(), fromFile(t, name, c.sample())
				for i, a := range file.Register.Attributes { // the end of a page cuts a cell in one of the files
					if len(a.Printed) == 3 && strings.Contains(a.Printed[2], "\n") {
						hand.Register.Attributes[i].Printed = a.Printed
					}
				}
				if diff := cmp.Diff(summary(run(hand)), summary(run(file))); diff != "" {
					t.Errorf("(-by hand +from the file):\n%s", diff)
				}
			})
		}
	}
}
