package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"perechen/internal/auth"
	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/testkit/pgtest"
	"perechen/internal/upkeep"
)

// rendered are the templates that the tests have seen rendered.
var rendered sync.Map

// TestMain fails a whole run in which a template was never rendered.
func TestMain(m *testing.M) {
	code := pgtest.Main(m)
	testkit.EndBrowser()
	whole := flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" && !testing.Short()
	if code == 0 && whole && flag.Lookup("test.list").Value.String() == "" {
		files, _ := fs.Glob(templateFiles, "templates/*.html")
		for _, f := range files {
			name := strings.TrimSuffix(strings.TrimPrefix(f, "templates/"), ".html")
			if _, ok := rendered.Load(name); !ok && !slices.Contains(shared, f) {
				fmt.Printf("template %s was never rendered\n", name)
				code = 1
			}
		}
	}
	os.Exit(code)
}

// noting notes which pages a handler sends.
func noting(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { h.ServeHTTP(notingWriter{w}, r) })
}

type notingWriter struct{ http.ResponseWriter }

func (w notingWriter) Write(b []byte) (int, error) {
	const mark = `<body class="page-`
	head := b[:min(len(b), 4096)]
	if w.Header().Get("Content-Encoding") == "gzip" { // to a browser
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			head, _ = io.ReadAll(io.LimitReader(z, 4096))
		}
	}
	if i := bytes.Index(head, []byte(mark)); i >= 0 {
		name, _, _ := bytes.Cut(head[i+len(mark):min(len(head), i+100)], []byte(`"`))
		rendered.Store(string(name), true)
	}
	return w.ResponseWriter.Write(b)
}

func (w notingWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// password is everybody's in the tests.
const password = "четыре слова подряд"

// staff gives the world accounts and opens the pages anew: admin, and in komzan officer (Иванова), clerk (отдел кадров is
// the first department), head, deputy of the officer, reader; in minec minister (an officer there). Nobody asks yet: see as.
func (w *world) staff(t testing.TB, opt Options) {
	t.Helper()
	w.accounts = auth.New(w.store.Accounts(), w.Now)
	w.tokens, w.ids = map[string]string{}, map[string]string{}
	in, err := w.accounts.SetUp(t.Context(), auth.NewAccount{Login: "admin", Name: "Админов А.А.", Password: password}, auth.From{Address: "192.0.2.1"})
	if err != nil {
		t.Fatal(err)
	}
	w.tokens["admin"], w.ids["admin"] = in.Token, in.Account.ID
	for _, p := range [][2]string{{"officer", "Иванова И.И."}, {"clerk", "Петров П.П."}, {"head", "Сидорова С.С."}, {"deputy", "Кузнецов К.К."}, {"reader", "Попова О.О."}, {"minister", "Васильев В.В."}} {
		a, err := w.accounts.Add(t.Context(), auth.By{Account: in.Account.ID}, auth.NewAccount{Login: p[0], Name: p[1], Email: p[0] + "@example.ru", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		w.ids[p[0]] = a.ID
	}
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	w.appoint(t, "komzan", register.RoleOfficer, "officer", "", "2026-01-12", "")
	w.appoint(t, "komzan", register.RoleDepartment, "clerk", reg.Departments[0].Key, "2026-01-12", "")
	w.appoint(t, "komzan", register.RoleHead, "head", "", "2026-01-12", "")
	w.appoint(t, "komzan", register.RoleOfficer, "deputy", "", "2026-04-01", "2026-04-14")
	w.appoint(t, "komzan", register.RoleReader, "reader", "", "2026-01-12", "")
	w.appoint(t, "minec", register.RoleOfficer, "minister", "", "2026-01-12", "")
	w.open(t, opt)
}

// appoint writes an appointment of the person with that login; its key is «role-login».
func (w *world) appoint(t testing.TB, slug, role, login, department string, from, to register.Date) {
	t.Helper()
	a := register.Appointment{Key: role + "-" + login, Role: role, Person: login, Account: w.ids[login], Department: department, From: from, To: to,
		Act: register.Act{Kind: "приказ", Number: "10-р", Date: "2026-01-12"}, Deputy: to != ""}
	w.append(t, slug, include(register.KindAppointment, a.Key, a))
}

// as makes the person with that login the one who asks; the empty one is a passer-by.
func (w *world) as(t testing.TB, login string) {
	t.Helper()
	w.cookies = nil
	if login == "" || login == "passer-by" {
		return
	}
	if w.tokens[login] == "" {
		in, err := w.accounts.SignIn(t.Context(), login, password, auth.From{Address: "192.0.2.1"})
		if err != nil {
			t.Fatal(err)
		}
		w.tokens[login] = in.Token
	}
	w.cookies = map[string]string{"session": w.tokens[login]}
}

// post sends a form as a browser does from our own page. The address of the sender is one of the network.
func (w *world) post(t testing.TB, address string, fields url.Values, headers ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(fields.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return w.do(t, r)
}

// wantStatus holds an answer against a status.
func wantStatus(t testing.TB, what string, res *http.Response, status int) {
	t.Helper()
	if res.StatusCode != status {
		t.Errorf("%s: %s, want %d", what, res.Status, status)
	}
}

// lastAudit is the newest line of the audit log.
func (w *world) lastAudit(t testing.TB) auth.Line {
	t.Helper()
	lines, _, err := w.accounts.AuditLines(t.Context(), auth.Query{Limit: 1})
	if err != nil || len(lines) == 0 {
		t.Fatalf("no line of the audit log: %v", err)
	}
	return lines[0]
}

// knownPeople lets the desk know the accounts of the world.
type knownPeople struct{ w *world }

func (p knownPeople) Person(ctx context.Context, id string) (upkeep.Person, bool, error) {
	a, err := p.w.accounts.Account(ctx, id)
	if err != nil {
		return upkeep.Person{}, false, nil
	}
	return upkeep.Person{Account: a.ID, Name: a.Name, Email: a.Email, Admin: a.Admin, Blocked: a.Blocked}, true, nil
}
