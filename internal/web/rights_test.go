package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"perechen/internal/auth"
	"perechen/internal/feedback"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// Who comes to the doors of the Committee. Strangers hold no right there now: an officer of another body, people whose
// appointment is over, is to begin tomorrow or has just been revoked, and one who never had any.
const (
	strangers = "minister expired early revoked nobody-yet"
	workers   = "reader clerk other officer deputy head"
	drawers   = "clerk other officer deputy"
	everybody = "passer-by admin watcher " + workers + " " + strangers
	signedIn  = "admin watcher " + workers + " " + strangers
)

// doors say who may open each address and who may send a form to it; whoever is not named is refused. A new page needs a
// line here.
var doors = map[string]struct{ get, post string }{
	"/{$}":                    {everybody, ""},
	"/favicon.ico":            {everybody, ""},
	"/sw.js":                  {everybody, ""},
	"/-/look":                 {everybody, ""},
	"/-/accessibility":        {everybody, ""},
	"/-/compare":              {everybody, ""},
	"/-/sign-in":              {everybody, everybody},
	"/-/setup":                {everybody, everybody},
	"/-/sign-out":             {"", signedIn},
	"/-/me":                   {signedIn, signedIn},
	"/-/notices":              {signedIn, signedIn},
	"/-/accounts":             {"admin", ""},
	"/-/accounts/new":         {"admin", "admin"},
	"/-/accounts/{id}":        {"admin", "admin"},
	"/-/audit":                {"admin", ""},
	"/-/backups":              {"admin", "admin"},
	"/-/bodies/new":           {"admin", "admin"},
	"/{body}/{$}":             {everybody, ""},
	"/{body}/{file}":          {everybody, ""},
	"/{body}/find":            {everybody, ""},
	"/{body}/order":           {everybody, ""},
	"/{body}/findings":        {everybody, ""},
	"/{body}/diff":            {everybody, ""},
	"/{body}/log":             {everybody, ""},
	"/{body}/log/checkpoints": {everybody, ""},
	"/{body}/documents":       {everybody, ""},
	"/{body}/pictures":        {everybody, ""},
	"/{body}/pictures/{name}": {everybody, ""},

	"/{body}/manifest.webmanifest":          {everybody, ""},
	"/{body}/points":                        {everybody, ""},
	"/{body}/points/{key}":                  {everybody, ""},
	"/{body}/points/{key}/sheet.pdf":        {everybody, ""},
	"/{body}/points/{key}/edit":             {drawers, drawers},
	"/{body}/points/{key}/hours":            {drawers + " head", drawers + " head"},
	"/{body}/points/{key}/successor":        {"officer deputy head", "officer deputy head"},
	"/{body}/points/new":                    {drawers, drawers},
	"/{body}/usages/{key}/edit":             {drawers, drawers},
	"/{body}/bulk":                          {drawers, drawers},
	"/{body}/processes":                     {everybody, ""},
	"/{body}/processes/{key}":               {everybody, ""},
	"/{body}/processes/{key}/rows":          {everybody, ""},
	"/{body}/processes/{key}/poster.pdf":    {everybody, ""},
	"/{body}/processes/{key}/successor":     {"officer deputy head", "officer deputy head"},
	"/{body}/process-register":              {everybody, ""},
	"/{body}/process-register/new":          {"officer deputy head", "officer deputy head"},
	"/{body}/process-register/import":       {"officer deputy head", "officer deputy head"},
	"/{body}/process-register/{key}/edit":   {"officer deputy head", "officer deputy head"},
	"/{body}/departments/{key}":             {everybody, ""},
	"/{body}/closures":                      {workers + " watcher admin", ""},
	"/{body}/forms":                         {everybody, ""},
	"/{body}/forms/{key}":                   {everybody, ""},
	"/{body}/forms/{key}/{sum}":             {everybody, ""},
	"/{body}/forms/new":                     {drawers, drawers},
	"/{body}/forms/{key}/edit":              {drawers, drawers},
	"/{body}/clients":                       {everybody, ""},
	"/{body}/clients/compare":               {everybody, ""},
	"/{body}/clients/profiles/{key}":        {everybody, ""},
	"/{body}/clients/profiles/new":          {drawers, drawers},
	"/{body}/clients/profiles/{key}/edit":   {drawers, drawers},
	"/{body}/clients/dictionary":            {everybody, ""},
	"/{body}/clients/dictionary/{key}":      {everybody, ""},
	"/{body}/clients/dictionary/new":        {drawers, drawers},
	"/{body}/clients/dictionary/clean":      {drawers, drawers},
	"/{body}/clients/dictionary/adopt":      {drawers, drawers},
	"/{body}/clients/dictionary/{key}/edit": {drawers, drawers},
	"/{body}/journeys":                      {everybody, ""},
	"/{body}/journeys/list.docx":            {everybody, ""},
	"/{body}/journeys/list.odt":             {everybody, ""},
	"/{body}/journeys/list.xlsx":            {everybody, ""},
	"/{body}/journeys/list.csv":             {everybody, ""},
	"/{body}/journeys/list.pdf":             {everybody, ""},
	"/{body}/journeys/{key}":                {everybody, ""},
	"/{body}/journeys/{key}/compare":        {everybody, ""},
	"/{body}/journeys/{key}/{file}":         {everybody, ""},
	"/{body}/journeys/new":                  {drawers, drawers},
	"/{body}/journeys/{key}/edit":           {drawers, drawers},
	"/{body}/proposals":                     {workers + " watcher", ""},
	"/{body}/proposals/{id}":                {"clerk officer deputy reader head", "clerk officer deputy head"},
	"/{body}/proposals/{id}/edit":           {"clerk officer deputy", "clerk officer deputy"},
	"/{body}/proposals/{id}/conflict":       {"clerk officer deputy", "clerk officer deputy"},
	"/{body}/proposals/{id}/journeys/{key}": {"clerk officer deputy reader head", ""},
	"/{body}/proposals/{id}/files/{sum}":    {"clerk officer deputy reader head", ""},
	"/{body}/editions":                      {everybody, ""},
	"/{body}/editions/{number}":             {everybody, ""},
	"/{body}/editions/{number}/{file}":      {workers + " admin", ""},
	"/{body}/editions/prepare":              {workers + " admin", "officer deputy"},
	"/{body}/editions/{number}/approve":     {workers + " admin", "head deputy"},
	"/{body}/editions/{number}/publish":     {"officer deputy head", "officer deputy head"},
	"/{body}/findings/{id}":                 {workers + " admin", "officer deputy"},
	"/{body}/people":                        {workers + " watcher admin", ""},
	"/{body}/people/new":                    {"head admin", "head admin"},
	"/{body}/people/{key}":                  {"head admin", "head admin"},
	"/{body}/below":                         {"admin", ""},
	"/{body}/settings":                      {"officer deputy head admin", ""},
	"/{body}/settings/names":                {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/settings/first":                {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/settings/words":                {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/settings/departments/new":      {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/settings/departments/{key}":    {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/settings/procedure":            {"officer deputy head admin", "officer deputy head admin"},
	"/{body}/desk":                          {workers + " watcher admin", ""},
	"/{body}/tasks":                         {workers + " watcher admin", ""},
	"/{body}/tasks/{key}":                   {workers + " watcher admin", drawers},
	"/{body}/confirm":                       {workers + " watcher admin", drawers},
	"/{body}/calendar":                      {workers + " watcher admin", "officer deputy head admin"},
	"/{body}/calendar.csv":                  {workers + " watcher admin", ""},
	"/{body}/calendar.xlsx":                 {workers + " watcher admin", ""},
	"/{body}/walls":                         {workers + " watcher admin", ""},
	"/{body}/walls.pdf":                     {workers + " watcher admin", ""},
	"/{body}/health":                        {workers + " watcher", drawers},
	"/{body}/f/{key}":                       {everybody, everybody},
	"/{body}/s/{key}":                       {everybody, everybody},
	"/{body}/feedback/code":                 {everybody, everybody},
	"/{body}/feedback/results":              {everybody, ""},
	"/{body}/feedback/results/{file}":       {everybody, ""},
	"/{body}/feedback":                      {workers, ""},
	"/{body}/feedback/{id}":                 {"clerk officer deputy head", "clerk officer deputy"},
	"/{body}/surveys":                       {workers, "officer deputy head"},
	"/{body}/surveys/{id}":                  {workers, "officer deputy head"},
	"/{body}/surveys/{id}/{file}":           {"officer deputy head", ""},
}

// A listing notes which addresses there are.
type listing []string

func (l *listing) HandleFunc(pattern string, _ func(http.ResponseWriter, *http.Request)) {
	*l = append(*l, pattern)
}

// addresses are those of the real pages.
func addresses() []string {
	var l listing
	(&site{static: newStatic()}).route(&l)
	slices.Sort(l)
	return l
}

// TestEveryDoor tries each address of the program, to look and to send, as everybody: whoever has no right there is refused by
// a page of ours, nothing is written, and the audit log says who tried.
func TestEveryDoor(t *testing.T) {
	w, keys := everything(t)
	missing := slices.Collect(func(yield func(string) bool) {
		for _, p := range addresses() {
			if _, ok := doors[p]; !ok && !yield(p) {
				return
			}
		}
	})
	if len(missing) > 0 {
		t.Fatalf("nobody has said who may open %q", missing)
	}
	if len(addresses()) != len(doors) {
		t.Errorf("%d addresses and %d doors", len(addresses()), len(doors))
	}
	before := w.kept(t)
	for _, pattern := range addresses() {
		address, door := keys.fill(t, pattern), doors[pattern]
		for _, who := range strings.Fields(everybody) {
			w.as(t, who)
			for _, x := range []struct{ method, may string }{{http.MethodGet, door.get}, {http.MethodPost, door.post}} {
				may := slices.Contains(strings.Fields(x.may), who)
				if x.method == http.MethodPost && may {
					continue // what they send is judged by the tests of each page
				}
				what := fmt.Sprintf("%s %s (%s) as %s", x.method, address, pattern, who)
				res, body := w.try(t, x.method, address)
				if x.method == http.MethodGet && may {
					file := strings.Contains(pattern, ".") || strings.Contains(pattern, "{file}") || strings.HasSuffix(pattern, "/compare")
					if s := res.StatusCode; s == http.StatusForbidden || s >= 400 && !file { // of a file, or of two things, the address alone says too little
						t.Errorf("%s: %s, want it open", what, res.Status)
					}
					continue
				}
				w.refused(t, what, who, x.may == "" && x.method == http.MethodPost || x.may == "" && door.post != "", res, body)
				if !may {
					if after := w.kept(t); after != before {
						t.Fatalf("%s: something was written:\n%s\n%s", what, before, after)
					}
				}
			}
		}
	}
}

// TestAnotherBodysKeysOpenNothing tries what the Committee has by the addresses of the Ministry, as the Ministry's own people.
func TestAnotherBodysKeysOpenNothing(t *testing.T) {
	w, keys := everything(t)
	w.appoint(t, "minec", register.RoleHead, "expired", "", "2026-01-12", "")
	before := w.kept(t)
	for _, pattern := range addresses() {
		door := doors[pattern]
		if !strings.HasPrefix(pattern, "/{body}/") || len(placeholder.FindAllString(pattern, -1)) < 2 {
			continue
		}
		if strings.HasSuffix(pattern, "/{body}/{file}") || strings.HasSuffix(pattern, "/pictures/{name}") || strings.HasSuffix(pattern, "/results/{file}") {
			continue // names that every body has
		}
		address := strings.Replace(keys.fill(t, pattern), "/komzan/", "/minec/", 1)
		for _, who := range []string{"passer-by", "minister", "expired", "admin"} {
			w.as(t, who)
			for _, method := range []string{http.MethodGet, http.MethodPost} {
				if method == http.MethodPost && door.post == "" || method == http.MethodGet && door.get == "" {
					continue
				}
				what := fmt.Sprintf("%s %s as %s", method, address, who)
				res, body := w.try(t, method, address)
				w.refused(t, what, who, false, res, body)
				if after := w.kept(t); after != before {
					t.Fatalf("%s: something was written:\n%s\n%s", what, before, after)
				}
			}
		}
	}
}

// try opens an address, or sends a form with fields that no form of ours has.
func (w *world) try(t testing.TB, method, address string) (*http.Response, string) {
	t.Helper()
	if method == http.MethodGet {
		return w.get(t, address)
	}
	act := "save"
	for part, a := range map[string]string{"/findings/": "reject", "/approve": "approve", "/feedback/": "answer"} {
		if strings.Contains(address, part) {
			act = a
		}
	}
	return w.post(t, address, url.Values{"act": {act}, "act_kind": {"приказ"}, "version": {"1"}, "do": {"include"}, "form": {"1"}, "name": {"Чужой"}, "title": {"Чужое"}, "admin": {"1"}, "role": {"officer"}, "account": {w.ids["minister"]},
		"body": {"minec"}, "state": {"included"}, "author": {w.ids["officer"]}, "reason": {"так"}, "day": {"2026-05-04"}})
}

// refused holds an answer against what a refusal must be.
func (w *world) refused(t *testing.T, what, who string, readOnly bool, res *http.Response, body string) {
	t.Helper()
	switch status := res.StatusCode; {
	case status == http.StatusMethodNotAllowed && readOnly:
	case who == "passer-by" && status == http.StatusSeeOther && strings.HasPrefix(res.Header.Get("Location"), "/-/sign-in"):
		return
	case who == "passer-by" && status == http.StatusSeeOther && strings.HasPrefix(what, "POST /-/sign-out"):
		return // is out anyway
	case who == "passer-by" && (status == http.StatusUnauthorized || status == http.StatusNotFound):
	case status == http.StatusNotFound && isAnonymous(strings.Fields(what)[1]): // nobody is asked there who he is
	case status == http.StatusForbidden || status == http.StatusNotFound || status == http.StatusConflict:
		l := w.lastAudit(t)
		if method, rest, _ := strings.Cut(what, " "); l.Account != w.ids[who] || l.Object != method+" "+strings.Split(strings.Split(rest, " ")[0], "?")[0] || l.Action == "" {
			t.Errorf("%s: %d, and the audit log ends with %+v", what, status, l)
		}
	default:
		t.Errorf("%s: %s, want a refusal", what, res.Status)
		return
	}
	if page := testkit.ParseHTML(t, body); len(page.One(t, "main").Text()) < 30 {
		t.Errorf("%s: the page only says %q", what, page.One(t, "main").Text())
	}
}

// kept is what must stay as it is when somebody is refused.
func (w *world) kept(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, slug := range []string{"komzan", "minec"} {
		fmt.Fprintf(&b, "%s %d", slug, headOf(t, w, slug))
		ps, err := w.desk.Proposals(t.Context(), upkeep.Local, slug, upkeep.ProposalQuery{})
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(ps, func(a, b upkeep.Proposal) int { return strings.Compare(a.ID, b.ID) })
		for _, p := range ps {
			fmt.Fprintf(&b, " %s:%d:%s", p.ID, p.Version, p.State)
		}
		e, ok, err := w.desk.Prepared(t.Context(), upkeep.Local, slug)
		if err != nil {
			t.Fatal(err)
		}
		xs, err := w.desk.Surveys(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, " %v %d", ok, e.Number)
		for _, x := range xs {
			fmt.Fprintf(&b, " %s %s %s–%s;", x.ID, x.Title, x.Opens, x.Closes)
		}
	}
	as, err := w.accounts.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range as {
		fmt.Fprintf(&b, " %s:%s:%v:%v", a.Login, a.Name, a.Admin, a.Blocked)
	}
	return b.String()
}

// A keyring has, for the placeholders of addresses, what the Committee of everything has.
type keyring map[string]string

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// fill makes an address of a pattern: a place is found under the words before it, or else by its own name.
func (k keyring) fill(t testing.TB, pattern string) string {
	t.Helper()
	address := strings.TrimSuffix(pattern, "{$}")
	for {
		at := placeholder.FindStringIndex(address)
		if at == nil {
			return address
		}
		value, ok := k[pattern+" "+address[at[0]:at[1]]]
		if !ok {
			value, ok = k[address[:at[1]]]
		}
		if !ok {
			value, ok = k[address[at[0]:at[1]]]
		}
		if !ok {
			t.Fatalf("%s: nobody has said what %s is", pattern, address[at[0]:at[1]])
		}
		address = address[:at[0]] + value + address[at[1]:]
	}
}

// everything is a Committee that has one of each thing that an address can name; all that waits is of the clerk's department.
// It gives the keys of them.
func everything(t *testing.T) (*world, keyring) {
	t.Helper()
	w := working(t)
	reg := w.register(t)
	org := reg.Organisation
	org.Parent = "minec"
	usage, _ := reg.PointOf(reg.Usages[0].Key)
	way := register.Journey{Key: "way", Title: "Путь", State: register.AsIs, Processes: []string{"p1"}, Stages: []register.JourneyStage{{Title: "Этап", Steps: []register.JourneyStep{{Action: "Прийти", Points: []register.JourneyPoint{usage}}}}}}
	cs := []register.Change{amend(register.KindOrganisation, "komzan", org), include(register.KindJourney, way.Key, way)}
	if len(reg.Departments) < 2 {
		cs = append(cs, include(register.KindDepartment, "second", register.Department{Key: "second", Title: "второй отдел"}))
		reg.Departments = append(slices.Clone(reg.Departments), register.Department{Key: "second"})
	}
	cs = append(cs, include(register.KindAttribute, "age", register.Attribute{Key: "age", Title: "Возраст", Values: []string{"18 – 35", "36 – 60"}}),
		include(register.KindProfile, "young", register.Profile{Key: "young", Title: "Молодой служащий", Values: []register.ProfileValue{{Attribute: "Возраст", Value: "18 – 35"}}}))
	w.did(t, cs...)
	for _, login := range []string{"other", "expired", "early", "revoked", "nobody-yet", "watcher"} {
		a, err := w.accounts.Add(t.Context(), auth.By{Account: w.ids["admin"]}, auth.NewAccount{Login: login, Name: "Человек " + login, Password: password})
		if err != nil {
			t.Fatal(err)
		}
		w.ids[login] = a.ID
	}
	w.appoint(t, "komzan", register.RoleDepartment, "other", reg.Departments[1].Key, "2026-01-12", "")
	w.appoint(t, "komzan", register.RoleOfficer, "expired", "", "2026-01-12", "2026-04-06")
	w.appoint(t, "komzan", register.RoleOfficer, "early", "", "2026-04-08", "2026-04-20")
	w.appoint(t, "komzan", register.RoleOfficer, "revoked", "", "2026-01-12", "")
	w.appoint(t, "minec", register.RoleCoordinator, "watcher", "", "2026-01-12", "")
	w.open(t, Options{Documents: papers{}, Custody: &kept{}, Health: &HealthWork{Times: "04:30"}})

	k := keyring{"{body}": "komzan", "/{body}/{file} {file}": "report.docx", "/komzan/points/{key}": w.clerksPoint(t), "/komzan/usages/{key}": "p1." + w.clerksPoint(t), "/komzan/processes/{key}": "p1",
		"/komzan/process-register/{key}": "p1", "/komzan/departments/{key}": reg.Departments[0].Key, "/komzan/settings/departments/{key}": reg.Departments[0].Key,
		"/komzan/clients/profiles/{key}": "young", "/komzan/clients/dictionary/{key}": "age", "/komzan/journeys/{key}": "way", "/komzan/journeys/way/{file}": "map.svg",
		"/komzan/pictures/{name}": "coverage", "/komzan/people/{key}": "officer-officer", "/-/accounts/{id}": w.ids["officer"], "/komzan/editions/{number}": "2",
		"/{body}/editions/{number}/approve {number}": "3", "/{body}/editions/{number}/{file} {number}": "3", "/komzan/editions/3/{file}": "order.docx",
		"/komzan/feedback/results/{file}": "2026.docx", "/komzan/f/{key}": w.clerksPoint(t)}
	k["/komzan/tasks/{key}"] = w.taskAt(t, w.clerksPoint(t))
	id, _ := w.page(t, "/komzan/findings").All("article.finding")[0].Attr("id")
	k["/komzan/findings/{id}"] = id

	for _, words := range []string{"Утром не дозвониться", "Долго соединяют", "Занято", "Просили перезвонить", "Никто не отвечает"} {
		w.say(t, w.clerksPoint(t), "no", "2", words)
	}
	w.as(t, "clerk")
	at, _ := w.page(t, "/komzan/feedback").All("table.appeals a.label")[0].Attr("href")
	k["/komzan/feedback/{id}"] = strings.TrimPrefix(at, "/komzan/feedback/")
	x := feedback.Templates()[0]
	x.ID, x.Opens, x.Closes = "oprosodin", "2026-04-01", "2026-04-06"
	was := w.now
	w.now = was.AddDate(0, 0, -6)
	if err := w.desk.PutSurvey(t.Context(), upkeep.Local, "komzan", x); err != nil {
		t.Fatal(err)
	}
	for i := range 9 {
		f, err := w.desk.NewFeedback(t.Context(), "komzan", feedback.Subject{Kind: upkeep.OfSurvey, Key: x.ID})
		if err == nil {
			err = w.desk.AnswerSurvey(t.Context(), "komzan", x.ID, f, map[string]int{"solved": 1 + i%5, "clear": 4}, nil)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	w.now = was
	k["/komzan/surveys/{id}"], k["/komzan/s/{key}"], k["/komzan/surveys/oprosodin/{file}"] = x.ID, x.ID, "results.docx"

	blank := func(title, content string) (address, sum string) {
		w.as(t, "clerk")
		res, _ := w.send(t, "/komzan/forms/new", url.Values{"title": {title}, "do": {"propose"}, "dept": {reg.Departments[0].Key}}, "b.docx", docx(t, content))
		wantStatus(t, title, res, http.StatusSeeOther)
		href, _ := w.page(t, res.Header.Get("Location")).One(t, ".tell a[download]").Attr("href")
		return res.Header.Get("Location"), href[strings.LastIndexByte(href, '/')+1:]
	}
	at, sum := blank("Заявление", "один")
	v := w.form(t, "officer", at, "form.review")
	if status, _, _ := w.press(t, at, v, "include"); status != http.StatusOK {
		t.Fatalf("a form is included with %d", status)
	}
	k["/komzan/forms/{key}"], k["{sum}"] = w.state(t, "komzan").Forms[0].Key, sum
	at, sum = blank("Справка", "два")
	const pending = "/{body}/proposals/{id}/files/{sum}"
	k[pending+" {id}"], k[pending+" {sum}"] = strings.TrimPrefix(at, "/komzan/proposals/"), sum

	v = w.form(t, "clerk", "/komzan/journeys/way/edit", journeyForm)
	v.Set("title", "Путь иначе")
	v.Set("dept", reg.Departments[0].Key)
	status, at, page := w.press(t, "/komzan/journeys/way/edit", v, "submit")
	if status != http.StatusOK {
		t.Fatalf("a journey is submitted with %d: %s", status, page.Text())
	}
	k["/{body}/proposals/{id}/journeys/{key} {id}"] = strings.TrimPrefix(at, "/komzan/proposals/")
	k["/{body}/proposals/{id}/journeys/{key} {key}"] = "way"
	k["/komzan/proposals/{id}"] = strings.TrimPrefix(w.proposed(t, "8 (8672) 64-90-31"), "/komzan/proposals/")

	for who := range strings.FieldsSeq(signedIn) {
		w.as(t, who) // and stays
	}
	w.did(t, register.Change{Op: register.Exclude, Kind: register.KindAppointment, Key: "officer-revoked"})
	w.prepareEdition(t, "komzan", "officer")
	return w, k
}
