package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// everyday is a world with the body of many processes by which searching is judged, with hours and places.
func everyday(t testing.TB, opt Options) *world {
	w := newWorld(t, opt)
	s := testkit.Committee()
	r := testkit.Everyday()
	s.Register.Departments, s.Register.Processes, s.Register.Touchpoints, s.Register.Usages = r.Departments, r.Processes, r.Touchpoints, r.Usages
	for i := range s.Register.Touchpoints {
		switch p := &s.Register.Touchpoints[i]; p.Kind {
		case "phone":
			p.Hours = "понедельник - пятница с 9-00 до 18-00, перерыв с 13-00 до 14-00"
			p.Contact = "+7" + strings.Map(func(r rune) rune { return map[bool]rune{true: r, false: -1}[r >= '0' && r <= '9'] }, p.Value)[1:]
		case "office":
			p.Hours, p.Place = "понедельник - четверг с 9-00 до 17-00", "г. Владикавказ, пл. Свободы, д. 5, "+p.Place
		case "reception":
			p.Hours = "первая среда месяца, по записи"
		}
	}
	w.add(t, "minstroj", s)
	return w
}

func TestAProcessIsAShortWay(t *testing.T) {
	w := everyday(t, Options{})
	w.now = time.Date(2026, 2, 16, 13, 30, 0, 0, time.UTC) // the telephones have a break, the rooms have not
	p := w.page(t, "/minstroj/processes/uvolnenie")
	if got := p.One(t, "h1").Text(); got != "Увольнение с государственной гражданской службы" {
		t.Errorf("the heading is %q", got)
	}
	labels := p.Texts(".spot h3")
	if len(labels) < 3 || !strings.HasPrefix(labels[0], "Система") || !strings.HasPrefix(labels[1], "Кабинет") || !strings.HasPrefix(labels[2], "Телефон") {
		t.Errorf("the points stand as %q: what is closed comes last", labels)
	}
	if got := p.Texts("#way-kadry-tel .now"); len(got) != 1 || got[0] != "перерыв до 14:00" {
		t.Errorf("of the telephone it is said %q", got)
	}
	w.now = time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC)
	p = w.page(t, "/minstroj/processes/uvolnenie")
	if labels := p.Texts(".spot h3"); !strings.HasPrefix(labels[1], "Телефон") {
		t.Errorf("the points stand as %q: of those that are open the telephone comes before the room", labels)
	}
	if got, _ := p.One(t, "#way-kadry-tel .acts a").Attr("href"); got != "tel:+78672543054" {
		t.Errorf("the telephone is called by %q", got)
	}
	if got, _ := p.One(t, "#way-kadry-room .acts a").Attr("href"); !strings.HasPrefix(got, "https://www.openstreetmap.org/search?query=") {
		t.Errorf("the map is %q", got)
	}
	if got := p.Texts(".papers-list li"); len(got) != 2 || got[0] != "заявление об увольнении" {
		t.Errorf("papers %q", got)
	}
	if got := p.Texts(".doing .do"); len(got) == 0 {
		t.Error("there are no steps")
	}
	for _, a := range p.All(".doing a") {
		href, _ := a.Attr("href")
		p.One(t, "[id="+strings.TrimPrefix(href, "#")+"]")
	}
	if rows := w.page(t, "/minstroj/processes/uvolnenie/rows"); len(rows.All("tr[id]")) == 0 {
		t.Error("the rows of the process are lost")
	}
}

func TestAProcessThatIsGoneSaysSoAndAsksAgain(t *testing.T) {
	w := committee(t, Options{})
	w.append(t, "komzan", register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "p2.phone"}, register.Change{Op: register.Exclude, Kind: register.KindUsage, Key: "p2.room"},
		register.Change{Op: register.Exclude, Kind: register.KindProcess, Key: "p2"})
	p := w.page(t, "/komzan/processes/p2")
	p.One(t, ".gone")
	p.One(t, "form[role=search] input[name=q]")
	if res, _ := w.get(t, "/komzan/processes/p9"); res.StatusCode != http.StatusNotFound {
		t.Errorf("a process that never was: %s", res.Status)
	}
}

func TestTheWayIsKeptForItsMinute(t *testing.T) {
	w := everyday(t, Options{})
	res, _ := w.get(t, "/minstroj/processes/schet")
	etag := res.Header.Get("Etag")
	if res, _ := w.get(t, "/minstroj/processes/schet", "If-None-Match", etag); res.StatusCode != http.StatusNotModified {
		t.Errorf("in the same minute: %s", res.Status)
	}
	w.now = w.now.Add(time.Minute)
	if res, _ := w.get(t, "/minstroj/processes/schet", "If-None-Match", etag); res.StatusCode != http.StatusOK {
		t.Errorf("a minute later: %s", res.Status)
	}
}

// staffOf gives a body people with these roles, for these departments.
func (w *world) staffOf(t testing.TB, slug string, roles map[string][2]string) {
	t.Helper()
	w.accounts = auth.New(w.store.Accounts(), w.Now)
	w.tokens, w.ids = map[string]string{}, map[string]string{}
	in, err := w.accounts.SetUp(t.Context(), auth.NewAccount{Login: "admin", Name: "Админов А.А.", Password: password}, auth.From{Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["admin"], w.ids["admin"] = in.Token, in.Account.ID
	for login, role := range roles {
		a, err := w.accounts.Add(t.Context(), auth.By{Account: in.Account.ID}, auth.NewAccount{Login: login, Name: login, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		w.ids[login] = a.ID
		w.appoint(t, slug, role[0], login, role[1], "2026-01-12", "")
	}
	w.open(t, Options{})
}
