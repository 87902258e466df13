package procedure

import (
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/procedures"
)

func TestFieldsAreAskedForByTheirClauses(t *testing.T) {
	read := func(edit func(string) string) *Procedure {
		p, err := Parse("komzan.yaml", []byte(edit(committeeText(t))))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	own := read(func(s string) string { return s })
	said := read(func(s string) string {
		return strings.Replace(s, "\nappendices:", "\nfields:\n  - {field: hours, kinds: [phone], clause: '2.6'}\n  - {field: validity, clause: '4.1'}\n\nappendices:", 1)
	})
	phone := register.Touchpoint{Kind: "phone"}
	hotline := register.Touchpoint{Kind: "phone", Declared: "goryachaya-liniya"}
	visit := register.Touchpoint{Kind: "reception", Declared: "lichnyj-priem"}
	office := register.Touchpoint{Kind: "office"}
	for _, tt := range []struct {
		p     *Procedure
		field string
		point register.Touchpoint
		want  string
	}{
		{own, "kind", phone, "3.2"}, {own, "kind", register.Touchpoint{}, "3.2"}, {own, "value", phone, "3.2"},
		{own, "value", hotline, "3.3"}, {own, "hours", visit, "3.3"}, {own, "place", visit, "3.3"}, {own, "hours", office, "3.3"},
		{own, "hours", phone, ""}, {own, "department", phone, "2.4"}, {own, "process", phone, "2.1"}, {own, "needs", phone, "2.5"},
		{own, "forms", phone, "2.5"}, {own, "text", phone, "4.2"}, {own, "feature", phone, "4.2"}, {own, "client", phone, "1.1"}, {own, "validity", phone, ""},
		{said, "hours", phone, "2.6"}, {said, "hours", visit, "3.3"}, {said, "validity", office, "4.1"},
	} {
		if got := tt.p.ClauseFor(tt.field, tt.point); got != tt.want {
			t.Errorf("%s of %+v: %q, want %q", tt.field, tt.point, got, tt.want)
		}
	}
	_, err := Parse("x.yaml", []byte(strings.Replace(committeeText(t), "\nappendices:", "\nfields:\n  - {field: hours, kinds: [gramophone], clause: '2.6'}\n\nappendices:", 1)))
	if err == nil || !strings.Contains(err.Error(), "fields[0].kinds[0]") {
		t.Errorf("an unknown kind: %v", err)
	}
}

func committeeText(t *testing.T) string {
	t.Helper()
	raw, err := procedures.FS.ReadFile("komzan-alania-9r-2026.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
