package journey_test

import (
	"testing"

	"perechen/internal/drawing"
	"perechen/internal/journey"
	"perechen/internal/testkit"
)

// The map of a journey of thirty steps, from the register to the bytes of each format.
func BenchmarkMap(b *testing.B) {
	s := testkit.Journeys(200, 30)
	l := journey.NewLooker(s.Register, s.Procedure, s.On, nil)
	v := l.Look(s.Register.Journeys[100])
	for name, draw := range map[string]func(){
		"page": func() {
			for _, d := range journey.Map(v, journey.Options{Home: "/b/"}) {
				_ = d.Inline()
			}
		},
		"svg": func() { _ = journey.Whole(v, journey.Options{}).WriteSVG(discard{}) },
		"pdf": func() { _ = journey.WritePDF(discard{}, v, drawing.A4, "", s.Register.Time) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				draw()
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

func TestAManyJourneysRegisterIsClean(t *testing.T) {
	s := testkit.Journeys(20, 30)
	l := journey.NewLooker(s.Register, s.Procedure, s.On, nil)
	for _, j := range s.Register.Journeys {
		if n := l.Marks(j); n != 0 {
			t.Fatalf("%s has %d marks", j.Key, n)
		}
	}
}
