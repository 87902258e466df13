package web

import (
	"archive/zip"
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// docx is the least document that is one, with these words.
func docx(t testing.TB, words string, more ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	parts := append([]string{"[Content_Types].xml", `<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`, "word/document.xml", "<w>" + words + "</w>"}, more...)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFormIsProposedIncludedAndTaken(t *testing.T) {
	w := everyday(t, Options{})
	w.staffOf(t, "minstroj", map[string][2]string{"officer": {register.RoleOfficer, ""}, "clerk": {register.RoleDepartment, "kadry"}, "reader": {register.RoleReader, ""}})
	const title = "Заявление об увольнении"
	first, second := docx(t, "первая"), docx(t, "вторая")

	w.as(t, "reader")
	res, _ := w.send(t, "/minstroj/forms/new", url.Values{"title": {title}, "do": {"propose"}}, "z.docx", first)
	wantStatus(t, "by a reader", res, http.StatusForbidden)
	w.as(t, "clerk")
	for name, content := range map[string]string{"a program": "MZ\x90", "macros": docx(t, "x", "word/vbaProject.bin", "x"), "nothing": ""} {
		res, body := w.send(t, "/minstroj/forms/new", url.Values{"title": {title}, "do": {"propose"}}, "бланк.docx", content)
		wantStatus(t, name, res, http.StatusUnprocessableEntity)
		if p := testkit.ParseHTML(t, body); p.Form(t, "form.narrow").Get("title") != title {
			t.Errorf("%s: what was typed is lost", name)
		}
	}
	propose := func(address, name, content string, fields url.Values) string {
		t.Helper()
		w.as(t, "clerk")
		page := w.page(t, address)
		send := page.Form(t, "form.narrow")
		send.Set("do", "propose")
		for k, v := range fields {
			send[k] = v
		}
		res, _ := w.send(t, address, send, name, content)
		wantStatus(t, "a form proposed", res, http.StatusSeeOther)
		return res.Header.Get("Location")
	}
	include := func(address string) {
		t.Helper()
		w.as(t, "officer")
		page := w.page(t, address)
		file, _ := page.One(t, ".tell a[download]").Attr("href")
		if res, _ := w.get(t, file); res.StatusCode != http.StatusOK || res.Header.Get("Cache-Control") != "private, no-store" {
			t.Errorf("the officer sees the file as %s", res.Status)
		}
		w.as(t, "")
		res, _ := w.get(t, file)
		wantStatus(t, "the file before it is included", res, http.StatusNotFound)
		w.as(t, "officer")
		send := page.Form(t, "form.review")
		send.Set("do", "include")
		res, _ = w.post(t, address, send)
		wantStatus(t, "inclusion", res, http.StatusSeeOther)
	}
	include(propose("/minstroj/forms/new", `C:\бланки\Заявление "на увольнение".doc`, first, url.Values{"title": {title}, "processes": {"sluzhba"}}))

	w.as(t, "")
	list := w.page(t, "/minstroj/forms")
	href, _ := list.One(t, ".blank-list a[download]").Attr("href")
	for _, address := range []string{"/minstroj/processes/uvolnenie", "/minstroj/processes/sluzhba"} { // one names the title, the other is named
		if got, _ := w.page(t, address).One(t, ".papers-list a[download]").Attr("href"); got != href {
			t.Errorf("%s offers %q, want %q", address, got, href)
		}
	}
	if got := w.page(t, "/minstroj/processes/uvolnenie").Texts(".papers-list li"); len(got) != 2 || got[1] != "обходной лист" {
		t.Errorf("papers %q: what has no file stays a name", got)
	}
	if got := w.page(t, "/minstroj/find?q="+url.QueryEscape("заявление об увольнении")).All(".answers a[download]"); len(got) == 0 {
		t.Error("the form is not found")
	}
	res, body := w.get(t, href)
	if body != first || res.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(res.Header.Get("Content-Type"), "wordprocessingml") ||
		res.Header.Get("Content-Disposition") != "attachment; filename*=utf-8''%D0%97%D0%B0%D1%8F%D0%B2%D0%BB%D0%B5%D0%BD%D0%B8%D0%B5%20_%D0%BD%D0%B0%20%D1%83%D0%B2%D0%BE%D0%BB%D1%8C%D0%BD%D0%B5%D0%BD%D0%B8%D0%B5_.docx" {
		t.Errorf("the file comes as %v", res.Header)
	}

	page := strings.TrimSuffix(href, href[strings.LastIndex(href, "/"):])
	w.as(t, "clerk")
	again := w.page(t, page+"/edit").Form(t, "form.narrow")
	again.Set("do", "propose")
	res, _ = w.send(t, page+"/edit", again, "the same.docx", first)
	wantStatus(t, "the same file again", res, http.StatusUnprocessableEntity)
	include(propose(page+"/edit", "новое.docx", second, url.Values{"note": {"в редакции 2026 года"}}))
	w.as(t, "")
	one := w.page(t, page)
	now, _ := one.One(t, ".acts a[download]").Attr("href")
	old, _ := one.One(t, ".plainlist a[download]").Attr("href")
	if _, body := w.get(t, now); body != second {
		t.Error("the current version is not the new one")
	}
	if _, body := w.get(t, old); body != first {
		t.Error("the old version is lost")
	}
	if v, err := w.ledger.Verify(t.Context(), "minstroj", "", nil); err != nil || !v.OK {
		t.Errorf("the log: %v, %v", v, err)
	}
	res, _ = w.get(t, page+"/"+ledger.FileSum([]byte("x")))
	wantStatus(t, "a file that is none of its own", res, http.StatusNotFound)
}
