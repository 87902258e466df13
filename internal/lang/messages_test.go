package lang

import (
	"testing"
)

// TestCatalogues reads every language: its own name, and forms for every number.
func TestCatalogues(t *testing.T) {
	for _, tag := range Tags {
		c, err := readCatalogue(tag)
		if err != nil {
			t.Error(err)
			continue
		}
		if tag.Name() == "" || len(c.texts) < len(Keys()) {
			t.Errorf("%s: %q, %d texts of %d", tag, tag.Name(), len(c.texts), len(Keys()))
		}
	}
	for n, want := range map[int]string{0: "процессов", 1: "процесс", 2: "процесса", 5: "процессов", 11: "процессов", 21: "процесс", 112: "процессов", 124: "процесса"} {
		if got := Russian.Plural(n, "fact.processes"); got != want {
			t.Errorf("%d %s, want %s", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "processes", 1: "process", 2: "processes"} {
		if got := English.Plural(n, "fact.processes"); got != want {
			t.Errorf("%d %s, want %s", n, got, want)
		}
	}
	if got := Tag("tt").T("layout.in"); got != Russian.T("layout.in") {
		t.Errorf("a language that is not there says %q", got)
	}
}
