package journey_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"perechen/internal/journey"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// A textAt is a text of a drawing with the room that it takes.
type textAt struct {
	s                        string
	left, right, top, bottom float64
}

// texts reads the texts of an SVG whose groups are not moved, and all of its words.
func texts(t *testing.T, svg []byte) (out []textAt, words string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(svg))
	var all strings.Builder
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out, strings.Join(strings.Fields(all.String()), " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		attr := map[string]string{}
		for _, a := range e.Attr {
			attr[a.Name.Local] = a.Value
		}
		if strings.Contains(attr["transform"], "translate") {
			t.Fatal("a part is moved: the positions of its texts are not what they say")
		}
		if e.Name.Local != "text" {
			continue
		}
		var s string
		if err := d.DecodeElement(&s, &e); err != nil {
			t.Fatal(err)
		}
		num := func(name string, or float64) float64 {
			if v, err := strconv.ParseFloat(attr[name], 64); err == nil {
				return v
			}
			return or
		}
		x, y, w, size := num("x", 0), num("y", 0), num("textLength", 0), num("font-size", 14)
		switch attr["text-anchor"] {
		case "middle":
			x -= w / 2
		case "end":
			x -= w
		}
		out = append(out, textAt{s, x, x + w, y - size*0.75, y + size*0.2})
		all.WriteString(" " + s)
	}
}

func TestAMapHoldsAllItsWordsAndNoneOverlap(t *testing.T) {
	long := strings.Repeat("Очень длинное наименование, которое никак не помещается в одну строку ", 6)
	word := strings.Repeat("непереносимое", 9)
	for _, steps := range []int{0, 1, 2, 5, 6, 7, 8, 13, 30} {
		for name, say := range map[string]func(i int) string{
			"short": func(i int) string { return fmt.Sprintf("Шаг%d", i) },
			"long":  func(i int) string { return fmt.Sprintf("Шаг%d %s", i, string([]rune(long)[:(i*47)%300])) },
			"word":  func(i int) string { return fmt.Sprintf("Шаг%d %s", i, word) },
		} {
			t.Run(fmt.Sprintf("%d %s", steps, name), func(t *testing.T) {
				j := register.Journey{Key: "j", Title: say(0), State: register.AsIs}
				for i := range steps {
					if i%4 == 0 {
						j.Stages = append(j.Stages, register.JourneyStage{Title: "Этап" + strconv.Itoa(i) + say(i)})
					}
					s := &j.Stages[len(j.Stages)-1]
					s.Steps = append(s.Steps, register.JourneyStep{Action: "Дело" + say(i), Need: "info", Documents: []string{"Бумага" + say(i), "Лист" + say(i)}, Duration: "Срок" + say(i),
						Pain: "Боль" + say(i), Weight: []string{"", register.PainSlight, register.PainSevere}[i%3],
						Points: []register.JourneyPoint{{Text: "Место" + say(i), Place: "Адрес" + say(i)}, {Usage: "gone", Touchpoint: "gone", Text: "Была" + say(i)}}[:1+i%2]})
				}
				c := testkit.Clean()
				v := journey.NewLooker(c.Register, c.Procedure, c.On, func(register.Kind, string) register.Date { return "2026-11-12" }).Look(j)
				said := ""
				for _, part := range journey.Map(v, journey.Options{Home: "/b/"}) {
					var b bytes.Buffer
					if err := part.WriteSVG(&b); err != nil {
						t.Fatal(err)
					}
					ts, words := texts(t, b.Bytes())
					said += " " + words
					for i, x := range ts {
						if x.left < -0.5 || x.right > part.Width+0.5 || x.top < -1 || x.bottom > part.Height+1 {
							t.Fatalf("«%s» leaves the map: %+v of %v × %v", x.s, x, part.Width, part.Height)
						}
						for _, y := range ts[:i] {
							if x.left < y.right-0.5 && y.left < x.right-0.5 && x.top < y.bottom-0.5 && y.top < x.bottom-0.5 {
								t.Fatalf("«%s» overlaps «%s»: %+v %+v", x.s, y.s, x, y)
							}
						}
					}
				}
				bare := strings.ReplaceAll(said, " ", "")
				if strings.Contains(bare, "…") {
					t.Error("a text is cut")
				}
				for i := range steps {
					for _, w := range []string{"Дело", "Бумага", "Лист", "Срок", "Боль", "Место", "Адрес"} {
						if want := strings.ReplaceAll(w+say(i), " ", ""); !strings.Contains(bare, want) {
							t.Fatalf("the map does not say «%s»", w+say(i))
						}
					}
				}
			})
		}
	}
}

func TestAMapLeadsToPointsAndSaysWhatHasGone(t *testing.T) {
	s := testkit.Clean()
	s.Register.Journeys[0].Stages[0].Steps[0].Points[0].Usage = "p2.t-gone"
	v := journey.NewLooker(s.Register, s.Procedure, s.On, func(k register.Kind, key string) register.Date {
		if k == register.KindUsage && key == "p2.t-gone" {
			return "2026-11-12"
		}
		return ""
	}).Look(s.Register.Journeys[0])
	var b bytes.Buffer
	if err := journey.Whole(v, journey.Options{Home: "/primer/"}).WriteSVG(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"точка исключена 12.11.2026", `href="/primer/points/t-204#row-`, "<title", "<desc", "цифровая", "офлайн", "вне органа", "препятствие"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the map does not have %q", want)
		}
	}
	if v.Changed != 1 {
		t.Errorf("%d marks, want 1", v.Changed)
	}
}
