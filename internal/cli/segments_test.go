package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestTheSegmentsAreShownPrintedAndReadBack(t *testing.T) {
	p := newPlace(t)
	p.must("init")
	p.must("body", "add", "--procedure", "minec-alania-46-2024")
	file := order(t, "minec-alania-46-2024.docx")
	var in struct {
		Attributes []struct {
			Title     string
			Canonical struct {
				Kind, Unit string
				Values     []struct{ Low, High *float64 }
			}
		}
	}
	p.facts(&in, "import", file, "--accept", "--ground", "4.1")
	if len(in.Attributes) != 17 || in.Attributes[3].Canonical.Kind != "bands" || in.Attributes[3].Canonical.Unit != "лет" || in.Attributes[3].Canonical.Values[0].Low != nil || *in.Attributes[3].Canonical.Values[0].High != 1 {
		t.Fatalf("%+v", in.Attributes)
	}
	if out := p.must("segments"); !strings.Contains(out, "17\u00a0признаков, 2\u00a0профиля") || !strings.Contains(out, "Уровень дохода: До 30 000; 30 000 - 60 000") {
		t.Errorf("%s", out)
	}
	var clean []struct {
		Title string
		Why   []string
	}
	p.facts(&clean, "segments", "clean")
	var titles []string
	for _, c := range clean {
		titles = append(titles, c.Title)
	}
	if got := strings.Join(titles, ", "); got != "Вид службы, Стаж общий, Стаж в организации / органе, Уровень дохода, Льготы, Каналы связи на работе" {
		t.Errorf("clean forms of %s", got)
	}
	if out := p.must("segments", "clean"); !strings.Contains(out, "Мессенджеры; Нарочным") || !strings.Contains(out, "сдвинуты на столбец влево") {
		t.Errorf("%s", out)
	}
	for _, name := range []string{"s.docx", "s.odt", "s.xlsx"} {
		file := filepath.Join(t.TempDir(), name)
		p.must("segments", "-o", file)
		var back struct {
			Changes struct{ Included, Changed, Excluded int }
		}
		p.facts(&back, "import", file)
		if c := back.Changes; c.Included+c.Changed+c.Excluded != 0 {
			t.Errorf("%s: %+v", name, c)
		}
	}
	p.must("segments", "-o", filepath.Join(t.TempDir(), "s.pdf"))
	if out := p.must("segments", "diff", "sluzhaschiy"); !strings.Contains(out, "Возраст: только у них") || !strings.Contains(out, "Направление деятельности: одинаково") {
		t.Errorf("%s", out)
	}
	if code, _, _ := p.run("segments", "diff", "nowhere"); code == 0 {
		t.Error("a dictionary that is not there")
	}
}
