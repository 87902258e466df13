package cli

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestHelpIsRussian: the library's own words («[flags]», «string», «default») stood in the help of every command.
func TestHelpIsRussian(t *testing.T) {
	english := regexp.MustCompile(`\[flags\]|\bflags\b|\bstring\b|\bint\b|\bdefault\b|\bUsage\b|\bhelp for\b`)
	p := newPlace(t)
	var walk func(c *cobra.Command, path []string)
	walk = func(c *cobra.Command, path []string) {
		help := p.must(append(path, "--help")...)
		for i, line := range strings.Split(help, "\n") {
			if w := english.FindString(line); w != "" {
				t.Errorf("perechen %s --help, line %d: English word %q: %s", strings.Join(path, " "), i+1, w, line)
			}
		}
		for _, sub := range c.Commands() {
			walk(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	a := &app{}
	root := &cobra.Command{Use: "perechen"}
	root.AddCommand(a.commands()...)
	walk(root, nil)
	if code, _, errs := p.run("help", "нечто"); code != exitUsage || !strings.Contains(errs, "нечто") {
		t.Errorf("help of an unknown command: code %d, %q", code, errs)
	}
}

// TestUnwritableFilesAreToldInRussian: the system's English sentence was shown, or that the file does not exist.
func TestUnwritableFilesAreToldInRussian(t *testing.T) {
	p := committee(t, true)
	dir := t.TempDir()
	for path, want := range map[string]string{filepath.Join(dir, "no", "a.docx"): "такой папки нет", filepath.Join(dir, "x.docx"): "это папка"} {
		if want == "это папка" {
			p.must("export", "-o", filepath.Join(dir, "z.jsonl"))
			path = dir
		}
		code, _, errs := p.run("export", "-o", path)
		if code != exitRefused || !strings.Contains(errs, want) || !strings.Contains(errs, path) {
			t.Errorf("export -o %s: code %d, %q; want «%s»", path, code, errs, want)
		}
	}
}

// TestEraseByLawAlone: an erasure with nothing but its act was refused for want of a ground.
func TestEraseByLawAlone(t *testing.T) {
	p := committee(t, true)
	p.must("appoint", "--person", "Иванова И.И.", "--act", "приказ № 10-р от 17.02.2026")
	var log struct{ Entries []struct{ N int } }
	p.facts(&log, "log")
	n, _ := json.Marshal(log.Entries[len(log.Entries)-1].N)
	p.must("erase", string(n), "--act", "статья 21 Федерального закона от 27.07.2006 № 152-ФЗ")
	p.must("verify")
}

// TestListsAreNeverNull: an import that changed nothing printed null where a list of changes should be, and so did a row
// without needs.
func TestListsAreNeverNull(t *testing.T) {
	p := committee(t, true)
	for _, args := range [][]string{{"import", order(t, "komzan-otchet.xlsx")}, {"import", order(t, "komzan-alania-9r-2026.docx")}, {"check"}, {"log"}, {"list"},
		{"diff", "now", "now"}, {"body", "list"}, {"verify"}, {"show", "tel-78672649022"}, {"history", "tel-78672649022"}} {
		var v any
		p.facts(&v, args...)
		var look func(at string, v any)
		look = func(at string, v any) {
			switch v := v.(type) {
			case nil:
				t.Errorf("perechen %v --json: null at %s", args, at)
			case map[string]any:
				for k, x := range v {
					look(at+"."+k, x)
				}
			case []any:
				for _, x := range v {
					look(at+"[]", x)
				}
			}
		}
		look("", v)
	}
}
