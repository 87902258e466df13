package cli

import (
	"bytes"
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestAccountsAtTheTerminal(t *testing.T) {
	p := newPlace(t)
	p.must("init")
	out := p.must("account", "add", "--login", "Ivanova", "--name", "Иванова И.И.", "--admin")
	if !regexp.MustCompile(`Пароль: [a-z0-9]{4}(-[a-z0-9]{4}){3}\n`).MatchString(out) {
		t.Errorf("no password is shown: %q", out)
	}
	code, _, errs := p.run("account", "add", "--login", "ivanova", "--name", "Другая")
	if code != exitRefused || !strings.Contains(errs, "занято") {
		t.Errorf("a login taken: %d, %q", code, errs)
	}
	var out2, errs2 bytes.Buffer
	add := func(stdin string) int {
		return Run(context.Background(), []string{"account", "add", "--login", "petrov", "--name", "Петров П.П.", "--stdin", "--data", p.data}, func(string) string { return "" }, strings.NewReader(stdin), &out2, &errs2)
	}
	if code := add("коротко\n"); code != exitRefused || !strings.Contains(errs2.String(), "10 знаков") {
		t.Errorf("a short password: %d, %q", code, errs2.String())
	}
	if code := add("достаточно длинный\n"); code != exitDone || strings.Contains(out2.String(), "длинный") {
		t.Errorf("a password of one's own: %d, %q", code, out2.String())
	}
	if code, _, errs := p.run("account", "block", "ivanova"); code != exitRefused || !strings.Contains(errs, "единственный администратор") {
		t.Errorf("blocking the only administrator: %d, %q", code, errs)
	}
	p.must("account", "block", "petrov")
	list := p.must("account", "list")
	for _, want := range []string{"ivanova  Иванова И.И., администратор", "petrov  Петров П.П., заблокирована"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list has no %q: %q", want, list)
		}
	}
	if code, _, errs := p.run("account", "password", "nobody"); code != exitRefused || !strings.Contains(errs, "nobody") {
		t.Errorf("a password for nobody: %d, %q", code, errs)
	}
	p.must("account", "unblock", "petrov")
	p.must("account", "password", "petrov")
}

func TestDemoLetsPeopleIn(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	var out bytes.Buffer
	base, stop := startDemoTo(t, data, &out)
	defer stop()
	m := regexp.MustCompile(`Пароль[^:]*: (\S+)`).FindStringSubmatch(out.String())
	if m == nil {
		t.Fatalf("no password on the terminal: %q", out.String())
	}
	for login, page := range map[string]string{"upolnomochenny-komzan": "komzan/people", "rukovoditel-minec": "minec/people/new", "admin": "-/accounts"} {
		jar, _ := cookiejar.New(nil)
		client := &http.Client{Jar: jar}
		res, err := client.PostForm(base+"-/sign-in", url.Values{"login": {login}, "password": {m[1]}, "next": {"/" + page}})
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.HasSuffix(res.Request.URL.Path, page) {
			t.Errorf("%s: %s at %s", login, res.Status, res.Request.URL)
		}
	}
}
