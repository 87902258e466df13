package web

import (
	"testing"

	"perechen/internal/lang"
)

// TestTemplatesParse asks for every page, as no start does.
func TestTemplatesParse(t *testing.T) {
	ts, err := loadTemplates(newStatic())
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range lang.Tags {
		if len(ts[tag]) == 0 {
			t.Errorf("no pages in %s", tag)
		}
		for name, parse := range ts[tag] {
			if _, err := parse(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
