package procedure

import (
	"os"
	"strings"
	"testing"
)

// TestTheExampleOfTheDocs reads the example of docs/procedure.md as a body would.
func TestTheExampleOfTheDocs(t *testing.T) {
	raw, err := os.ReadFile("../../docs/procedure.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "```yaml\n")
	example, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("no example")
	}
	p, err := Parse("my.yaml", []byte(example))
	if err != nil {
		t.Fatal(err)
	}
	if form, own := p.Form(); own || len(form.Columns) != 5 {
		t.Errorf("form: own %v, %d columns", own, len(form.Columns))
	}
	m := NewMatcher(p)
	if got := needCodes(m.Needs("вызов клиентом аварийной бригады")); got != "repair" {
		t.Errorf("need %q, want repair", got)
	}
	if got, _ := m.Kind("Диспетчерская служба: 112"); got != "pult" {
		t.Errorf("kind %q, want pult", got)
	}
	for rule, text := range map[string]string{"выдача пропуска": "пропуска и их выдача", "вызов|вызвать бригады": "вызвать бригаду", "=пульт": "Пульт"} {
		var rs rules
		rs.add(0, rule)
		if len(rs.match(text, nil)) == 0 {
			t.Errorf("rule %q does not know %q", rule, text)
		}
	}

	// The fault that the page shows is the fault that the program tells.
	wrong := strings.Replace(example, "text: вызов ремонтной бригады, clause: '2.5'", "text: вызов ремонтной бригады, clause: '2..5'", 1)
	_, err = Parse("my.yaml", []byte(wrong))
	if err == nil || !strings.Contains(string(raw), "    "+err.Error()+"\n") {
		t.Errorf("the page does not show %v", err)
	}
}
