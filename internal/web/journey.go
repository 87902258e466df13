package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"perechen/internal/journey"
	"perechen/internal/lang"
	"perechen/internal/register"
)

// journeyPage is one journey: its map, the same as a table and, where there is no room for a map, as a list.
type journeyPage struct {
	frame
	Journey   journeyView
	Gone      string
	Papers    []documentLink
	Edit      string
	Pair      *link // the same way in its other state
	Compare   string
	History   []event
	Notes     []note
	Proposed  *link // the proposal that this is taken from
	JourneyOf string
}

// A journeyView is a journey ready to be shown.
type journeyView struct {
	Key, Title, State, StateWord, About, Note string
	Profile                                   *link
	AnyProfile                                bool
	Processes                                 []link
	Marks                                     []string
	Maps                                      []template.HTML
	Stages                                    []journeyStage
	Documents                                 []string
	Steps                                     int
}

type journeyStage struct {
	ID, Title string
	No, Rows  int
	Steps     []journeyStep
}

type journeyStep struct {
	ID                     string
	No                     int
	Action, Need, Duration string
	Documents              []string
	Pain, Weight, Word     string
	Points                 []journeyPlace
}

// A journeyPlace is where a step is done.
type journeyPlace struct {
	link
	Place, Does   string
	Class         register.Class
	Outside, Bare bool
	Gone          bool
	Mark          string
	MarkHref      string
}

func (s *site) journey(r *request) (page, error) {
	key := r.PathValue("key")
	history, err := s.ledger.History(r.Context(), r.slug, register.KindJourney, key)
	if err != nil {
		return nil, err
	}
	j, there := r.snap.reg.Journey(key)
	p := &journeyPage{}
	if !there {
		old := lastContent[register.Journey](history, r.view.N)
		if old == nil {
			return nil, notFound("")
		}
		j = *old
		p.Gone = r.lang.T("journey.gone")
	}
	p.frame = r.frame("journey", "processes", j.Title)
	p.Journey = r.journeyView(&p.frame, r.looker().Look(j), "map")
	p.History = r.events(&p.frame, history)
	p.Notes = r.notesAbout(&p.frame, register.KindJourney, key)
	if !there {
		return p, nil
	}
	if pair, ok := r.pairOf(j); ok {
		p.Pair = &link{p.To("journeys", pair.Key), r.lang.T("journey.pair." + pair.State)}
		p.Compare = p.To("journeys", j.Key, "compare")
	}
	if _, ok := s.documents.(JourneyDocuments); ok && r.view.N > 0 {
		for _, x := range []struct{ file, text, of string }{{"map.svg", "SVG", "journey.map"}, {"map.png", "PNG", "journey.map"}, {"map-a4.pdf", "PDF А4", "journey.map"}, {"map-a3.pdf", "PDF А3", "journey.map"},
			{"table.docx", "DOCX", "journey.table"}, {"table.odt", "ODT", "journey.table"}} {
			p.Papers = append(p.Papers, documentLink{link{p.with(r.view.query(), "journeys", j.Key, x.file), x.text}, r.lang.T(x.of)})
		}
	}
	if r.drawsJourneys(s) {
		p.Edit = p.To("journeys", key, "edit")
	}
	return p, nil
}

// pairOf finds the same way in its other state: the one that it is made from, or the first that is made from it.
func (r *request) pairOf(j register.Journey) (register.Journey, bool) {
	if j.Of != "" {
		return r.snap.reg.Journey(j.Of)
	}
	for _, x := range r.snap.reg.Journeys {
		if x.Of == j.Key {
			return x, true
		}
	}
	return register.Journey{}, false
}

// journeyView makes a view ready; id begins the ids of its map and rows.
func (r *request) journeyView(f *frame, v *journey.View, id string) journeyView {
	out := journeyView{Key: v.Key, Title: v.Title, State: v.State, StateWord: r.lang.T("journey.state." + v.State), About: journey.About(v, r.lang), Note: v.Note, AnyProfile: v.Journey.Profile == "",
		Documents: v.Documents, Steps: v.Journey.Steps()}
	if v.Profile != "" {
		out.Profile = &link{f.To("clients", "profiles", v.Journey.Profile), v.Profile}
	}
	for i, key := range v.Journey.Processes {
		out.Processes = append(out.Processes, link{f.To("processes", key), v.Processes[i]})
	}
	for _, m := range v.Marks {
		out.Marks = append(out.Marks, m.Text(r.lang))
	}
	for i, s := range v.Stages {
		stage := journeyStage{ID: id + "-stage-" + strconv.Itoa(i+1), Title: s.Title, No: i + 1, Rows: len(s.Steps)}
		for _, x := range s.Steps {
			step := journeyStep{ID: id + "-row-" + strconv.Itoa(x.No), No: x.No, Action: x.Action, Need: x.NeedText, Duration: x.Duration, Documents: x.Documents, Pain: x.Pain, Weight: x.Weight}
			if x.Weight != "" && x.Pain != "" {
				step.Word = r.lang.T("journey.pain." + x.Weight)
			}
			for _, p := range x.Points {
				step.Points = append(step.Points, r.journeyPlace(f, p))
			}
			stage.Steps = append(stage.Steps, step)
		}
		out.Stages = append(out.Stages, stage)
	}
	if out.Steps > 0 {
		for _, d := range journey.Map(v, journey.Options{Lang: r.lang, Home: f.home, ID: id}) {
			out.Maps = append(out.Maps, template.HTML(d.Inline()))
		}
	}
	return out
}

func (r *request) journeyPlace(f *frame, p journey.Point) journeyPlace {
	x := journeyPlace{link: link{Text: p.Text}, Place: p.Place, Does: p.Does, Class: p.Class, Outside: p.Outside(), Bare: p.Bare}
	if key := p.Touchpoint; key != "" {
		if p.Key != "" {
			key = p.Key
		}
		x.Href = f.To("points", key)
		if p.Usage != "" { // to the row in which it is done
			x.Href += "#row-" + url.PathEscape(p.Usage)
		}
	}
	if p.Mark != nil {
		x.Mark, x.Gone = p.Mark.Text(r.lang), p.Mark.Gone()
		if p.Mark.What == register.MarkChanged && p.Mark.Now != "" {
			x.Mark += ": " + p.Mark.Now
		}
		for i := len(r.snap.lines) - 1; i >= 0; i-- {
			if e := r.snap.lines[i]; e.Kind == p.Mark.Kind && e.Key == p.Mark.Key {
				x.MarkHref = r.logHref(f, e.N)
				break
			}
		}
	}
	return x
}

// journeyComparePage puts a way as it is and as it should be side by side.
type journeyComparePage struct {
	frame
	Heading string
	Sides   []journeyView
	Figures []compareFigure
	Stages  []compareStage
}

type compareFigure struct{ Name, A, B, Diff string }

// A compareStage is a stage that both ways have, or one of them; sides without it are nil.
type compareStage struct {
	Title string
	A, B  *journeyStage
}

func (s *site) compareJourneys(r *request) (page, error) {
	a, ok := r.snap.reg.Journey(r.PathValue("key"))
	if !ok {
		return nil, notFound("")
	}
	var b register.Journey
	if with := r.query.Get("with"); with != "" {
		b, ok = r.snap.reg.Journey(with)
	} else {
		b, ok = r.pairOf(a)
	}
	if !ok {
		return nil, notFound("")
	}
	if a.State == register.ToBe && b.State == register.AsIs {
		a, b = b, a
	}
	p := &journeyComparePage{frame: r.frame("journey_compare", "processes", r.lang.T("journey.compare"))}
	p.Heading = r.lang.T("journey.compare.of", a.Title, b.Title)
	l := r.looker()
	va, vb := l.Look(a), l.Look(b)
	p.Sides = []journeyView{r.journeyView(&p.frame, va, "a"), r.journeyView(&p.frame, vb, "b")}
	p.Figures = r.figures(va, vb)
	p.Stages = alignStages(p.Sides[0].Stages, p.Sides[1].Stages)
	return p, nil
}

// figures are the sums of both ways.
func (r *request) figures(a, b *journey.View) []compareFigure {
	number := func(name string, x, y int) compareFigure {
		f := compareFigure{Name: r.lang.T(name), A: strconv.Itoa(x), B: strconv.Itoa(y), Diff: "="}
		if d := y - x; d != 0 {
			f.Diff = strings.Replace(strconv.Itoa(d), "-", "−", 1)
			if d > 0 {
				f.Diff = "+" + f.Diff
			}
		}
		return f
	}
	count := func(v *journey.View, class register.Class) int {
		n := 0
		for _, s := range v.Steps() {
			for _, p := range s.Points {
				if p.Class == class && !p.Outside() {
					n++
					break
				}
			}
		}
		return n
	}
	out := []compareFigure{number("journey.figure.steps", a.Journey.Steps(), b.Journey.Steps()), number("journey.figure.digital", count(a, register.Digital), count(b, register.Digital)),
		number("journey.figure.offline", count(a, register.Offline), count(b, register.Offline)), number("journey.figure.documents", len(a.Documents), len(b.Documents)), number("journey.figure.pains", a.Pains, b.Pains)}
	if ta, tb := a.Time(r.lang), b.Time(r.lang); ta != "" || tb != "" {
		or := func(s string) string {
			if s == "" {
				return r.lang.T("journey.figure.unknown")
			}
			return s
		}
		out = append(out, compareFigure{Name: r.lang.T("journey.lane.time"), A: or(ta), B: or(tb)})
	}
	return out
}

// alignStages puts stages of one title beside each other, each way in its own order.
func alignStages(as, bs []journeyStage) []compareStage {
	var out []compareStage
	next := 0
	for i := range as {
		found := -1
		for k := next; k < len(bs); k++ {
			if lang.Fold(bs[k].Title) == lang.Fold(as[i].Title) {
				found = k
				break
			}
		}
		if found < 0 {
			out = append(out, compareStage{Title: as[i].Title, A: &as[i]})
			continue
		}
		for ; next < found; next++ {
			out = append(out, compareStage{Title: bs[next].Title, B: &bs[next]})
		}
		out = append(out, compareStage{Title: as[i].Title, A: &as[i], B: &bs[found]})
		next = found + 1
	}
	for ; next < len(bs); next++ {
		out = append(out, compareStage{Title: bs[next].Title, B: &bs[next]})
	}
	return out
}
