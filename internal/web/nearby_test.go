package web

import (
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// TestWhoElseCanHelp: a closed point offers the body's own open points for the same need; where it has none, those of the nearest
// superior body for the same kind of client, named; never those of a body below or beside, nor of one whose order is for others.
func TestWhoElseCanHelp(t *testing.T) {
	w := newWorld(t, Options{})
	w.now = time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC) // a Monday
	// Each body has one process of leave, with a telephone for information and a room to hand in papers, and its own number.
	body := func(slug, parent, title, client string) {
		s := testkit.Committee()
		p := *s.Procedure
		p.ID, p.Client.Code = slug, client
		s.Procedure = &p
		s.Register.Organisation.Name, s.Register.Organisation.Parent, s.Register.Organisation.Procedure = "Орган "+slug, parent, slug
		s.Register.Processes = []register.Process{{Key: "leave", Title: title, Position: 1}, {Key: "bank", Title: "Смена банка", Position: 2}}
		s.Register.Touchpoints = []register.Touchpoint{
			{Key: "tel", Kind: "phone", Label: "Телефон " + slug, Value: "8 (8672) 64-90-11", Contact: "+78672649011", Hours: "понедельник - пятница с 9-00 до 18-00", Department: "kadry", Position: 1},
			{Key: "room", Kind: "office", Label: "Кабинет " + slug, Place: "пл. Свободы, 5", Hours: "понедельник - пятница с 9-00 до 18-00", Department: "kadry", Position: 2},
			{Key: "money", Kind: "office", Label: "Касса " + slug, Place: "пл. Свободы, 5", Hours: "понедельник - пятница с 9-00 до 18-00", Department: "buh", Position: 3},
		}
		usage := func(key, process, point, need string) register.Usage {
			return register.Usage{Key: key, Process: process, Touchpoint: point, Client: client, Text: need, Needs: []register.NeedRef{{Code: need, Text: need}}}
		}
		s.Register.Usages = []register.Usage{usage("u1", "leave", "tel", "info"), usage("u2", "leave", "room", "submission"), usage("u3", "bank", "money", "info")}
		s.Register.Profiles, s.Register.Attributes, s.Register.Journeys, s.Register.Appointments = nil, nil, nil, nil
		w.add(t, slug, s)
	}
	body("region", "", "Предоставление отпуска", "internal")
	body("ministry", "region", "Отпуска: предоставление", "internal") // the same words
	body("other", "ministry", "Предоставление отпуска", "external")
	body("agency", "ministry", "предоставление отпуска", "internal")
	body("beside", "ministry", "Предоставление отпуска", "internal")
	shut := func(slug, key, point string) {
		w.append(t, slug, include(register.KindClosure, key, register.Closure{Key: key, Touchpoint: point, From: "2026-02-16", To: "2026-02-16", Reason: "учёба"}))
		w.now = w.now.Add(time.Minute) // what another body changed is seen in the next minute
	}
	said := func(address string) (labels, bodies []string) {
		t.Helper()
		p := w.page(t, address)
		return p.Texts(".nearby h3"), p.Texts(".nearby .other a")
	}
	check := func(why, address string, wantLabels, wantBodies string) {
		t.Helper()
		labels, bodies := said(address)
		if strings.Join(labels, ", ") != wantLabels || strings.Join(bodies, ", ") != wantBodies {
			t.Errorf("%s: offered %q of %q, want %q of %q", why, labels, bodies, wantLabels, wantBodies)
		}
	}
	check("open", "/agency/points/tel", "", "")
	shut("agency", "c1", "tel")
	// Nobody else in the agency informs about leave; the till informs about another matter in another department.
	check("closed", "/agency/points/tel", "Телефон ministry", "Орган ministry")
	p := w.page(t, "/agency/points/tel")
	if href, _ := p.One(t, ".nearby h3 a").Attr("href"); href != "/ministry/points/tel" {
		t.Errorf("the point of the superior body is at %q", href)
	}
	if got := p.One(t, ".nearby").Text(); !strings.Contains(got, "уточните, примут") {
		t.Errorf("it is not said whose staff it serves: %q", got)
	}
	if got := p.One(t, "h1").Text(); got != "Телефон agency" {
		t.Errorf("the page became that of %q", got)
	}
	shut("ministry", "c1", "tel")
	check("the ministry is closed too", "/agency/points/tel", "Телефон region", "Орган region")
	check("a superior body turns up, not down", "/ministry/points/tel", "Телефон region", "Орган region")
	shut("region", "c1", "tel")
	check("nobody informs", "/agency/points/tel", "Кабинет agency", "") // who tells to whom to turn
	check("at the top nobody is asked below", "/region/points/tel", "Кабинет region", "")
	shut("other", "c1", "tel")
	shut("beside", "c1", "room")
	check("an order for other clients", "/other/points/tel", "Кабинет other", "")
	check("its own telephone does not take papers", "/beside/points/room", "Кабинет ministry", "Орган ministry")

	w.append(t, "agency", include(register.KindUsage, "u4", register.Usage{Key: "u4", Process: "leave", Touchpoint: "room", Client: "internal", Text: "info", Needs: []register.NeedRef{{Code: "info", Text: "info"}}}))
	check("its own room informs now", "/agency/points/tel", "Кабинет agency", "")
	if labels, _ := said("/agency/processes/leave"); len(labels) != 0 {
		t.Errorf("a process with an open point offers %q", labels)
	}
	w.append(t, "agency", include(register.KindClosure, "c2", register.Closure{Key: "c2", Touchpoint: "room", From: "2026-02-16", To: "2026-02-16", Reason: "учёба"}))
	check("a process whose points are all closed", "/agency/processes/leave", "Кабинет ministry", "Орган ministry")
	w.append(t, "agency", amend(register.KindTouchpoint, "money", register.Touchpoint{Key: "money", Kind: "office", Label: "Касса", Place: "пл. Свободы, 5", Hours: "ежедневно с 9-00 до 18-00", To: "2026-02-01", Position: 3}))
	if got := w.page(t, "/agency/points/money").Texts(".now"); len(got) == 0 || got[0] != "сейчас не действует" {
		t.Errorf("a point that is over says %q", got)
	}
}

// TestASuperiorBodyThatKeepsNoRegister leaves the page of the one below as it is, and so does a tree that bites its tail.
func TestASuperiorBodyThatKeepsNoRegister(t *testing.T) {
	w := everyday(t, Options{})
	org := stateOf(t, w, "minstroj").Organisation
	org.Parent = "minstroj"
	w.append(t, "minstroj", amend(register.KindOrganisation, "minstroj", org))
	for i := range 2 {
		w.now = time.Date(2026, 2, 16+i, 3, 0, 0, 0, time.UTC)
		w.page(t, "/minstroj/points/kadry-tel").One(t, "h1")
		org.Parent = "nobody"
		w.append(t, "minstroj", amend(register.KindOrganisation, "minstroj", org))
	}
}
