package picture

import (
	"strings"
	"testing"

	"perechen/internal/check"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

func view(s testkit.Sample) *View {
	return &View{Register: s.Register, Procedure: s.Procedure, Watch: &upkeep.Watch{Register: s.Register, Procedure: s.Procedure}, Day: s.On, Lang: lang.Russian,
		Findings: check.Run(check.Input{Register: s.Register, Procedure: s.Procedure, On: s.On})}
}

// The findings of R6 are known by their identity, so that a process is joined to its own.
func TestFindingsAboutClassesAreJoinedToTheirProcesses(t *testing.T) {
	s := testkit.Clean()
	first := s.Register.Processes[0].Key
	kept := s.Register.Usages[:0:0]
	for _, u := range s.Register.Usages {
		x, _ := s.Register.Touchpoint(u.Touchpoint)
		if class, _ := s.Procedure.ClassOf(x); u.Process != first || class != register.Digital {
			kept = append(kept, u)
		}
	}
	s.Register.Usages = kept
	covers, _ := view(s).Covers()
	f := covers[0].Finding[register.Digital]
	if covers[0].Process.Key != first || covers[0].Has(register.Digital) || f == nil || f.Severity != register.Violation || covers[0].Unclear(register.Digital) {
		t.Errorf("cover of %s: %+v", first, covers[0])
	}
	if covers[0].Finding[register.Offline] != nil || covers[1].Finding[register.Digital] != nil {
		t.Error("a finding is joined to what it is not about")
	}
}

// A point, an interaction or a process that is not in force on the day covers nothing.
func TestCoverageIsOfTheDay(t *testing.T) {
	s := testkit.Clean()
	for i := range s.Register.Usages {
		s.Register.Usages[i].To = "2020-01-01"
	}
	covers, unmet := view(s).Covers()
	if !covers[0].Empty() || len(unmet) != len(view(s).needs()) || len(covers[0].Lacks) > 0 {
		t.Errorf("%+v, unmet %d", covers[0], len(unmet))
	}
}

// A body compared with itself has everything the other has and every process pairs with itself.
func TestEqualRegistersHaveNoDifferences(t *testing.T) {
	s := testkit.Clean()
	side := Side{Name: "А", Register: s.Register, Procedure: s.Procedure}
	p := Comparison(lang.Russian, s.On, side, side)
	if len(p.Loud) > 0 {
		t.Errorf("%+v", p.Loud)
	}
	for _, row := range p.Tables[2].Rows {
		if row[0].Text != row[1].Text {
			t.Errorf("%q is paired with %q", row[0].Text, row[1].Text)
		}
	}
}

// Bodies whose orders number their needs otherwise are compared by the shared code.
func TestNeedsAreMatchedByTheSharedCode(t *testing.T) {
	a, b := testkit.Committee(), testkit.Ministry()
	p := Comparison(lang.Russian, a.On, Side{Name: "А", Register: a.Register, Procedure: a.Procedure}, Side{Name: "Б", Register: b.Register, Procedure: b.Procedure})
	seen := map[string]bool{}
	for _, row := range p.Tables[0].Rows {
		if key := strings.Join(lang.Stems(row[0].Text), " "); seen[key] {
			t.Errorf("the need %q stands twice", row[0].Text)
		} else {
			seen[key] = true
		}
	}
}

func TestTextOfPicturesStaysInside(t *testing.T) {
	for name, s := range map[string]testkit.Sample{"committee": testkit.Committee(), "ministry": testkit.Ministry(), "wide": testkit.Wide(60, 40, 5)} {
		v := view(s)
		v.Inside = true
		for _, p := range []*Picture{v.Coverage(), v.Channels(), v.Freshness(), v.Timeline()} {
			for _, small := range []bool{false, true} {
				d := p.Draw(0, p.Total, small)
				if d == nil {
					continue
				}
				if x1, y1, x2, y2, ok := d.Bounds(); ok && (x1 < -1 || y1 < -1 || x2 > d.Width+1 || y2 > d.Height+1) {
					t.Errorf("%s, %s: drawn from %.0f, %.0f to %.0f, %.0f of %.0f × %.0f", name, p.Title, x1, y1, x2, y2, d.Width, d.Height)
				}
			}
		}
	}
}

// BenchmarkPictures draws a body of 500 processes and 10 000 interactions, a page of each picture.
func BenchmarkPictures(b *testing.B) {
	s := testkit.Large(10_000)
	v := view(s)
	for name, make := range map[string]func() *Picture{"coverage": v.Coverage, "channels": v.Channels, "freshness": v.Freshness, "timeline": v.Timeline} {
		b.Run(name, func(b *testing.B) {
			for range b.N {
				if d := make().Draw(0, 40, false); d != nil {
					_ = d.Inline()
				}
			}
		})
	}
	b.Run("comparison", func(b *testing.B) {
		side := Side{Name: "А", Register: s.Register, Procedure: s.Procedure}
		for range b.N {
			Comparison(lang.Russian, s.On, side, side).Draw(0, 40, false)
		}
	})
}

// A point that the order calls digital and the report offline speaks for neither class where needs are shown.
func TestPointsOfADisputedClassAreShownAsSuch(t *testing.T) {
	covers, _ := view(testkit.Committee()).Covers()
	n := 0
	for i := range covers {
		x := &covers[i]
		if x.Unclear(register.Digital) {
			n++
			for code, met := range x.Needs {
				if met[register.Digital] > 0 {
					t.Errorf("%s: it is unclear whether there is a digital point, and %q is met by one", x.Process.Title, code)
				}
			}
			if !x.Disputed() {
				t.Errorf("%s: nothing is disputed", x.Process.Title)
			}
		}
	}
	if n != 1 {
		t.Errorf("unclear processes: %d, want the second alone", n)
	}
	covers, _ = view(testkit.Clean()).Covers()
	for i := range covers {
		if covers[i].Disputed() {
			t.Errorf("%s is disputed in a clean register", covers[i].Process.Title)
		}
	}
}
