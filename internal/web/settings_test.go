package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/procedures"
)

func (w *world) state(t testing.TB, slug string) *register.Register {
	t.Helper()
	reg, err := w.ledger.State(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestNamesAndThePlaceInTheTree(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	const address = "/komzan/settings/names"
	w.as(t, "officer")
	_, body := w.get(t, address)
	form := hidden(t, body, "save")
	names := func(v url.Values) url.Values {
		return with(v, "name", "Комитет по занятости", "short_name", "Комитет", "genitive", "Комитета по занятости", "head_title", "Председатель", "head_name", "А.В. Иванов")
	}
	res, body := w.post(t, address, with(names(url.Values{"base": form["base"]}), "name", "", "genitive", strings.Repeat("я", 1001)))
	if wantStatus(t, "no name", res, http.StatusUnprocessableEntity); len(testkit.ParseHTML(t, body).All(".errors .error")) != 2 {
		t.Error("two fields are wrong")
	}
	// The officer keeps the names, not the place in the tree.
	res, _ = w.post(t, address, with(names(url.Values{"base": form["base"]}), "parent", "minec"))
	wantStatus(t, "the officer sets a parent", res, http.StatusForbidden)
	res, _ = w.post(t, address, names(url.Values{"base": form["base"], "slug": {"other"}, "procedure": {"other"}}))
	wantStatus(t, "names", res, http.StatusSeeOther)
	if o := w.state(t, "komzan").Organisation; o.ShortName != "Комитет" || o.Slug != "komzan" || o.Parent != "" || o.Procedure == "other" {
		t.Errorf("%+v", o)
	}
	res, body = w.post(t, address, names(url.Values{"base": form["base"]}))
	if wantStatus(t, "an old form", res, http.StatusConflict); !strings.Contains(body, "изменил другой") {
		t.Error("it is not told why")
	}
	// The administrator sets it; a circle is refused.
	w.as(t, "admin")
	set := func(slug, parent string) *http.Response {
		_, body := w.get(t, "/"+slug+"/settings/names")
		res, _ := w.post(t, "/"+slug+"/settings/names", with(names(hidden(t, body, "save")), "parent", parent))
		return res
	}
	wantStatus(t, "a parent", set("komzan", "minec"), http.StatusSeeOther)
	wantStatus(t, "a circle", set("minec", "komzan"), http.StatusUnprocessableEntity)
	wantStatus(t, "itself", set("komzan", "komzan"), http.StatusUnprocessableEntity)
	wantStatus(t, "a body that is not here", set("komzan", "nowhere"), http.StatusUnprocessableEntity)
	if o := w.state(t, "komzan").Organisation; o.Parent != "minec" {
		t.Errorf("the parent is %q", o.Parent)
	}
	if o := w.state(t, "minec").Organisation; o.Parent != "" {
		t.Errorf("a circle was written: %q", o.Parent)
	}
}

func TestDepartmentsAreAddedRenamedAndClosed(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "officer")
	_, body := w.get(t, "/komzan/settings/departments/new")
	add := hidden(t, body, "save")
	res, _ := w.post(t, "/komzan/settings/departments/new", with(add, "title", " "))
	wantStatus(t, "no title", res, http.StatusUnprocessableEntity)
	res, _ = w.post(t, "/komzan/settings/departments/new", with(add, "title", "отдел  учета", "genitive", "отдела учета", "key", "own"))
	wantStatus(t, "a department", res, http.StatusSeeOther)
	res, _ = w.post(t, "/komzan/settings/departments/new", with(add, "title", "Отдел учета"))
	wantStatus(t, "the same title", res, http.StatusUnprocessableEntity)
	reg := w.state(t, "komzan")
	added := reg.Departments[len(reg.Departments)-1]
	if added.Title != "отдел учета" || added.Genitive != "отдела учета" || added.Key == "own" {
		t.Fatalf("%+v", added)
	}

	// The first department has the clerk, points and processes.
	first := reg.Departments[0]
	address := "/komzan/settings/departments/" + first.Key
	_, body = w.get(t, address)
	if strings.Contains(body, `value="close"`) {
		t.Error("a department is offered to be closed while somebody is appointed for it")
	}
	base := hidden(t, body, "save")
	res, _ = w.post(t, address, with(url.Values{"op": {"close"}, "base": base["base"]}, "heir", added.Key))
	wantStatus(t, "closed under the clerk", res, http.StatusUnprocessableEntity)
	w.append(t, "komzan", register.Change{Op: register.Exclude, Kind: register.KindAppointment, Key: "department-clerk"})
	x := reg.Processes[0]
	x.Department = first.Key
	w.append(t, "komzan", amend(register.KindProcess, x.Key, x))
	_, body = w.get(t, address)
	closing := hidden(t, body, "close")
	before := headOf(t, w, "komzan")
	res, body = w.post(t, address, closing)
	if wantStatus(t, "no heir", res, http.StatusUnprocessableEntity); !strings.Contains(body, "выберите отдел, которому их передать") {
		t.Error("it is not told what to do")
	}
	for _, heir := range []string{first.Key, "nowhere"} {
		res, _ = w.post(t, address, with(closing, "heir", heir))
		wantStatus(t, "heir "+heir, res, http.StatusUnprocessableEntity)
	}
	w.as(t, "admin")
	res, _ = w.post(t, address, with(closing, "heir", added.Key))
	wantStatus(t, "the administrator moves points", res, http.StatusForbidden)
	if headOf(t, w, "komzan") != before {
		t.Error("something was written")
	}
	w.as(t, "officer")
	res, _ = w.post(t, address, with(closing, "heir", added.Key, "closebasis", "приказ № 7 от 01.04.2026"))
	wantStatus(t, "closed", res, http.StatusSeeOther)
	reg = w.state(t, "komzan")
	for _, d := range reg.Departments {
		if d.Key == first.Key {
			t.Error("it is still there")
		}
	}
	for _, p := range reg.Touchpoints {
		if p.Department == first.Key {
			t.Errorf("%s still answers to it", p.Key)
		}
	}
	if p, _ := reg.Process(x.Key); p.Department != added.Key {
		t.Errorf("the process answers to %q", p.Department)
	}
	res, _ = w.get(t, address)
	wantStatus(t, "what is closed", res, http.StatusNotFound)
}

func TestWhoMayNotTouchSettings(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	dep := w.department(t)
	before := headOf(t, w, "komzan")
	pages := []string{"/komzan/settings", "/komzan/settings/names", "/komzan/settings/departments/new", "/komzan/settings/departments/" + dep, "/komzan/settings/procedure"}
	for _, login := range []string{"clerk", "reader", "minister"} {
		w.as(t, login)
		for _, address := range append(pages, "/-/bodies/new") {
			res, _ := w.get(t, address)
			wantStatus(t, login+" opens "+address, res, http.StatusForbidden)
			res, _ = w.post(t, address, url.Values{"op": {"save"}, "name": {"x"}})
			if res.StatusCode != http.StatusForbidden && res.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("%s sends %s: %s", login, address, res.Status)
			}
		}
	}
	w.as(t, "officer")
	res, _ := w.get(t, "/-/bodies/new")
	wantStatus(t, "the officer begins a body", res, http.StatusForbidden)
	res, _ = w.get(t, "/minec/settings")
	wantStatus(t, "another body's settings", res, http.StatusForbidden)
	for _, address := range []string{"/komzan/settings/departments/nowhere", "/nowhere/settings"} {
		res, _ = w.get(t, address)
		wantStatus(t, address, res, http.StatusNotFound)
	}
	if headOf(t, w, "komzan") != before {
		t.Error("something was written")
	}
}

// orderFile is the Committee's order with pairs of old and new words, without its text.
func orderFile(t testing.TB, pairs ...string) string {
	t.Helper()
	b, err := procedures.FS.ReadFile("komzan-alania-9r-2026.yaml")
	if err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(string(b), "\ntext:")
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			t.Fatalf("the order does not say %q", pairs[i])
		}
		text = strings.ReplaceAll(text, pairs[i], pairs[i+1])
	}
	return text + "\n"
}

// badOrders are files that are no order, with how many faults are told.
func badOrders(t testing.TB) map[string]string {
	var bomb strings.Builder
	bomb.WriteString("a: &a [x, x, x, x, x, x, x, x, x]\n")
	for c := 'b'; c <= 'i'; c++ {
		bomb.WriteString(string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 8) + "*" + string(c-1) + "]\n")
	}
	return map[string]string{
		"aliases.yaml": bomb.String(), "deep.yaml": strings.Repeat("[", 5000), "empty.yaml": " ", "binary.yaml": "\x00\x01\xff", "big.yaml": strings.Repeat("# x\n", 1<<19),
		"faults.yaml": orderFile(t, "title:", "titel:"), "tabs.yaml": "id:\tx\n\ttitle: y\n", "two.yaml": "id: x\n---\nid: y\n",
	}
}

func TestANewBodyInTheBrowser(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "admin")
	const address = "/-/bodies/new"
	read := url.Values{"op": {"read"}}
	res, _ := w.send(t, address, read, "", "")
	wantStatus(t, "nothing chosen", res, http.StatusUnprocessableEntity)
	for name, text := range badOrders(t) {
		res, body := w.send(t, address, read, name, text)
		wantStatus(t, name, res, http.StatusUnprocessableEntity)
		if len(testkit.ParseHTML(t, body).All(".faults li")) == 0 {
			if name != "empty.yaml" || !strings.Contains(body, "faults") {
				t.Errorf("%s: no faults are told", name)
			}
		}
	}
	_, body := w.send(t, address, read, "faults.yaml", orderFile(t, "title:", "titel:"))
	page := testkit.ParseHTML(t, body)
	if n := len(page.All(".faults li")); n < 3 || !strings.Contains(page.All(".faults")[0].Text(), "titel") {
		t.Errorf("%d faults with their lines", n)
	}
	if res, _ := w.send(t, address, url.Values{"op": {"read"}, "shipped": {"../../etc/passwd"}}, "", ""); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a path for an id: %s", res.Status)
	}

	res, body = w.send(t, address, read, "gorkhoz.yaml", orderFile(t, "id: komzan-alania-9r-2026", "id: gorkhoz-5-2026", "slug: komzan", "slug: gorkhoz"))
	wantStatus(t, "an order", res, http.StatusOK)
	page = testkit.ParseHTML(t, body)
	if v, _ := page.All("input[name=slug]")[0].Attr("value"); v != "gorkhoz" {
		t.Errorf("the address is filled in with %q", v)
	}
	form := hidden(t, body, "add")
	names := func(slug, parent string) url.Values {
		v := url.Values{}
		for k, x := range form {
			v[k] = x
		}
		return with(v, "slug", slug, "name", "Управление городского хозяйства", "short_name", "Горхоз", "genitive", "Управления городского хозяйства", "head_title", "Начальник", "parent", parent)
	}
	for _, slug := range []string{"", "Горхоз", "static", "-x", "komzan", strings.Repeat("a", 61), "a/b"} {
		res, body = w.send(t, address, names(slug, ""), "", "")
		wantStatus(t, "address "+slug, res, http.StatusUnprocessableEntity)
		if v, _ := testkit.ParseHTML(t, body).All("input[name=short_name]")[0].Attr("value"); v != "Горхоз" {
			t.Errorf("what was typed is lost: %q", v)
		}
	}
	res, _ = w.send(t, address, names("gorkhoz", "nowhere"), "", "")
	wantStatus(t, "a parent that is not here", res, http.StatusUnprocessableEntity)
	res, _ = w.send(t, address, names("gorkhoz", "minec"), "", "")
	wantStatus(t, "a body", res, http.StatusSeeOther)
	reg := w.state(t, "gorkhoz")
	if o := reg.Organisation; o.Name != "Управление городского хозяйства" || o.Parent != "minec" || o.Procedure != "gorkhoz-5-2026" || len(reg.Departments) == 0 {
		t.Errorf("%+v", o)
	}
	_, body = w.get(t, res.Header.Get("Location"))
	if n := len(testkit.ParseHTML(t, body).All(".steps a")); n != 4 {
		t.Errorf("%d next steps, want 4", n)
	}
	res, body = w.send(t, address, url.Values{"op": {"read"}, "shipped": {"minec-alania-46-2024"}}, "", "")
	if wantStatus(t, "a shipped order", res, http.StatusOK); !strings.Contains(body, `value="minec-alania-46-2024"`) {
		t.Error("the choice is not carried on")
	}
}

func TestANewVersionOfTheProcedureInTheBrowser(t *testing.T) {
	w := committee(t, Options{})
	w.add(t, "zan", testkit.Committee())
	w.staff(t, Options{})
	w.appoint(t, "zan", register.RoleOfficer, "officer", "", "2026-01-12", "")
	w.as(t, "officer")
	const address = "/zan/settings/procedure"
	before := headOf(t, w, "zan")
	p, err := w.ledger.Procedure(t.Context(), "zan", 0)
	if err != nil {
		t.Fatal(err)
	}
	read := url.Values{"op": {"read"}}
	for name, text := range badOrders(t) {
		res, _ := w.send(t, address, read, name, text)
		wantStatus(t, name, res, http.StatusUnprocessableEntity)
	}
	need, kind := usedNeed(t, w.state(t, "zan"), p), usedKind(t, w.state(t, "zan"), p)
	file := versionOf(t, p, need, kind)
	res, body := w.send(t, address, read, "novyj.yaml", file)
	wantStatus(t, "a new version", res, http.StatusOK)
	page := testkit.ParseHTML(t, body)
	for _, id := range []string{"points", "usages", "appear", "tasks", "needs", "kinds"} {
		if len(page.All("#"+id)) != 1 {
			t.Errorf("the preview has no part %s", id)
		}
	}
	if headOf(t, w, "zan") != before {
		t.Error("a preview wrote")
	}
	take := hidden(t, body, "take")
	res, body = w.send(t, address, with(take, "act", " "), "", "")
	if wantStatus(t, "without an act", res, http.StatusUnprocessableEntity); len(testkit.ParseHTML(t, body).All("#points")) != 1 {
		t.Error("the preview is lost")
	}
	w.append(t, "zan", include(register.KindDepartment, "novyj", register.Department{Key: "novyj", Title: "отдел новый"}))
	take = with(take, "act", "приказ № 3 от 01.04.2026")
	res, body = w.send(t, address, take, "", "")
	wantStatus(t, "stale", res, http.StatusConflict)
	res, _ = w.send(t, address, with(hidden(t, body, "take"), "act", "приказ № 3 от 01.04.2026"), "", "")
	wantStatus(t, "seen again", res, http.StatusSeeOther)
	reg := w.state(t, "zan")
	now, err := w.ledger.Procedure(t.Context(), "zan", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := now.NeedByCode(need); ok || len(reg.Tasks) == 0 {
		t.Errorf("the version in force still has the need, or no task is open: %d", len(reg.Tasks))
	}
	res, body = w.send(t, address, read, "novyj.yaml", file)
	if wantStatus(t, "the same once more", res, http.StatusOK); !strings.Contains(body, "слово в\u00a0слово") {
		t.Error("it is not told that it is the same")
	}
}

// usedNeed is a need that the register uses; usedKind a kind of channel of one of its points.
func usedNeed(t testing.TB, r *register.Register, p *procedure.Procedure) string {
	for _, u := range r.Usages {
		for _, n := range u.Needs {
			if x, ok := p.NeedByCode(n.Code); ok && !x.Other {
				return n.Code
			}
		}
	}
	t.Fatal("no need is used")
	return ""
}

func usedKind(t testing.TB, r *register.Register, p *procedure.Procedure) string {
	for _, x := range r.Touchpoints {
		if k, ok := p.KindByCode(x.Kind); ok && k.Class != "" && x.Declared == "" {
			return x.Kind
		}
	}
	t.Fatal("no kind is used")
	return ""
}

// versionOf writes a procedure file of which the need is gone and the kind is of the other class.
func versionOf(t testing.TB, p *procedure.Procedure, need, kind string) string {
	t.Helper()
	next := *p
	next.Clauses, next.Needs, next.Kinds = nil, nil, nil
	for _, n := range p.Needs {
		if n.Code != need {
			next.Needs = append(next.Needs, n)
		}
	}
	for _, k := range p.Kinds {
		if k.Code == kind {
			if k.Class == register.Offline {
				k.Class = register.Digital
			} else {
				k.Class = register.Offline
			}
		}
		next.Kinds = append(next.Kinds, k)
	}
	return string(register.Encode(next)) // JSON is YAML
}
