package web

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// send posts a form with a file, as a browser does.
func (w *world) send(t testing.TB, address string, fields url.Values, name, content string) (*http.Response, string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for k, vs := range fields {
		for _, v := range vs {
			if err := m.WriteField(k, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	if name != "" {
		f, err := m.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	m.Close()
	r := httptest.NewRequest(http.MethodPost, address, &b)
	r.Header.Set("Content-Type", m.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return w.do(t, r)
}

// hidden are the hidden fields of the form whose field op has that value.
func hidden(t testing.TB, body, op string) url.Values {
	t.Helper()
	page := testkit.ParseHTML(t, body)
	for _, f := range page.All("form") {
		v := url.Values{}
		for _, x := range f.All("input[type=hidden]") {
			name, _ := x.Attr("name")
			value, _ := x.Attr("value")
			v.Set(name, value)
		}
		if v.Get("op") == op {
			return v
		}
	}
	t.Fatalf("no form that does %q", op)
	return nil
}

func with(v url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func (w *world) process(t testing.TB, slug, title string) register.Process {
	t.Helper()
	reg, err := w.ledger.State(t.Context(), slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range reg.Processes {
		if p.Title == title {
			return p
		}
	}
	return register.Process{}
}

func TestTheOfficerKeepsTheRegisterOfProcesses(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	w.staff(t, Options{Documents: papers{}})
	before := headOf(t, w, "komzan")

	// Everybody reads it; only those who keep it are offered to change it.
	_, body := w.get(t, "/komzan/process-register")
	if page := testkit.ParseHTML(t, body); len(page.All("table.procreg tbody tr")) == 0 || len(page.All(".actions a")) != 0 {
		t.Error("a passer-by sees no register, or is offered to change it")
	}
	w.as(t, "officer")
	_, body = w.get(t, "/komzan/process-register")
	if page := testkit.ParseHTML(t, body); len(page.All(".actions a")) != 2 {
		t.Error("the officer is not offered to add and to load")
	}

	// A new process: what is missing is told at its field and nothing is lost.
	_, body = w.get(t, "/komzan/process-register/new")
	form := hidden(t, body, "save")
	res, body := w.post(t, "/komzan/process-register/new", with(form, "title", "  ", "direction", "Кадры", "included", "вчера", "from", "32.01.2026"))
	wantStatus(t, "an empty title", res, http.StatusUnprocessableEntity)
	page := testkit.ParseHTML(t, body)
	if n := len(page.All(".errors .error")); n != 3 {
		t.Errorf("%d errors at fields, want 3", n)
	}
	if v, _ := page.All("input[name=direction]")[0].Attr("value"); v != "Кадры" {
		t.Errorf("what was typed is lost: %q", v)
	}
	if headOf(t, w, "komzan") != before {
		t.Error("a refused form wrote")
	}
	dep := w.department(t)
	res, _ = w.post(t, "/komzan/process-register/new", with(form, "title", "Служебные  командировки", "scope", "межведомственный", "department", dep, "direction", "Кадры",
		"included", "приказ № 5 от 01.02.2026", "from", "", "key", "own", "position", "1", "excluded", "x"))
	wantStatus(t, "a new process", res, http.StatusSeeOther)
	x := w.process(t, "komzan", "Служебные командировки")
	if x.Scope != "межведомственный" || x.Department != dep || x.Included == nil || x.Included.Number != "5" || x.From != "2026-02-01" || x.Excluded != nil || x.Key == "own" || x.Position == 1 {
		t.Errorf("written: %+v", x)
	}
	_, body = w.get(t, res.Header.Get("Location"))
	if !strings.Contains(body, "Процесс включён в реестр.") || !strings.Contains(body, "Открытые задачи по этому процессу") {
		t.Error("it is not told what was done and what follows")
	}

	// The same title again is refused.
	res, body = w.post(t, "/komzan/process-register/new", with(form, "title", "служебные командировки."))
	if wantStatus(t, "the same title", res, http.StatusUnprocessableEntity); !strings.Contains(body, "уже есть") {
		t.Error("it is not told why")
	}

	// Two change it at once: the second sees both.
	edit := "/komzan/process-register/" + x.Key + "/edit"
	_, body = w.get(t, edit)
	first := hidden(t, body, "save")
	fields := func(title string) url.Values {
		return with(url.Values{"op": {"save"}, "base": {first.Get("base")}}, "title", title, "scope", "внутриведомственный", "department", dep, "direction", "Кадры", "included", x.Included.Text(), "from", "2026-02-01")
	}
	res, _ = w.post(t, edit, fields("Командировки служащих"))
	wantStatus(t, "the first", res, http.StatusSeeOther)
	w.as(t, "head")
	res, body = w.post(t, edit, fields("Командирование"))
	wantStatus(t, "the second", res, http.StatusConflict)
	if page := testkit.ParseHTML(t, body); !strings.Contains(page.All("#f-title-was")[0].Text(), "Командировки служащих") || !strings.Contains(body, "Командирование") {
		t.Errorf("both texts are not shown: %q", page.All("#f-title-was")[0].Text())
	}
	if w.process(t, "komzan", "Командирование").Key != "" {
		t.Error("the second overwrote the first")
	}
	again := hidden(t, body, "save")
	res, _ = w.post(t, edit, with(fields("Командирование"), "base", again.Get("base")))
	wantStatus(t, "the second, having seen both", res, http.StatusSeeOther)

	// Out by an act, and back.
	w.as(t, "officer")
	_, body = w.get(t, edit)
	out := hidden(t, body, "exclude")
	res, body = w.post(t, edit, out)
	if wantStatus(t, "an exclusion without an act", res, http.StatusUnprocessableEntity); !strings.Contains(body, "исключение без акта не вносится") {
		t.Error("it is not told why")
	}
	res, _ = w.post(t, edit, with(out, "act", "приказ № 9 от 01.04.2026"))
	wantStatus(t, "an exclusion", res, http.StatusSeeOther)
	if x = w.process(t, "komzan", "Командирование"); x.Excluded == nil || x.To != "2026-04-01" {
		t.Errorf("excluded: %+v", x)
	}
	_, body = w.get(t, "/komzan/process-register?state=out")
	if page := testkit.ParseHTML(t, body); len(page.All("tr.out")) != 1 {
		t.Error("what was taken out is not found by its state")
	}
	_, body = w.get(t, edit)
	res, _ = w.post(t, edit, with(hidden(t, body, "restore"), "act", "приказ № 10 от 05.04.2026"))
	if wantStatus(t, "and back", res, http.StatusSeeOther); w.process(t, "komzan", "Командирование").Excluded != nil {
		t.Error("it is still out")
	}
}

func (w *world) department(t testing.TB) string {
	t.Helper()
	reg, err := w.ledger.State(t.Context(), "komzan", 0)
	if err != nil {
		t.Fatal(err)
	}
	return reg.Departments[0].Key
}

func TestWhoMayNotTouchTheRegisterOfProcesses(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	reg, _ := w.ledger.State(t.Context(), "komzan", 0)
	key := reg.Processes[0].Key
	before := headOf(t, w, "komzan")
	pages := []string{"/komzan/process-register/new", "/komzan/process-register/import", "/komzan/process-register/" + key + "/edit"}
	for who, status := range map[string]int{"clerk": http.StatusForbidden, "reader": http.StatusForbidden, "minister": http.StatusForbidden, "admin": http.StatusForbidden, "": http.StatusSeeOther} {
		w.as(t, who)
		for _, address := range pages {
			if res, _ := w.get(t, address); res.StatusCode != status && !(who == "" && res.StatusCode == http.StatusFound) {
				t.Errorf("%q opens %s: %s", who, address, res.Status)
			}
			res, _ := w.post(t, address, url.Values{"op": {"save"}, "title": {"Чужое"}, "base": {"x"}})
			if who != "" && res.StatusCode != status {
				t.Errorf("%q sends %s: %s", who, address, res.Status)
			}
		}
	}
	w.as(t, "minister")
	if w.lastAudit(t).Action == "" {
		t.Error("a refusal leaves no line")
	}
	// A process of another body is none of ours; neither is a department.
	w.as(t, "officer")
	other, _ := w.ledger.State(t.Context(), "minec", 0)
	if len(other.Processes) > 0 {
		res, _ := w.get(t, "/komzan/process-register/"+other.Processes[0].Key+"/edit")
		wantStatus(t, "another body's process", res, http.StatusNotFound)
		res, _ = w.post(t, "/komzan/process-register/"+other.Processes[0].Key+"/edit", url.Values{"op": {"save"}, "title": {"x"}})
		wantStatus(t, "another body's process sent", res, http.StatusNotFound)
	}
	_, body := w.get(t, "/komzan/process-register/new")
	res, _ := w.post(t, "/komzan/process-register/new", with(hidden(t, body, "save"), "title", "Новое", "department", "no-such", "scope", "<script>"))
	wantStatus(t, "a department and a scope that are not there", res, http.StatusUnprocessableEntity)
	res, _ = w.post(t, "/komzan/process-register/new", url.Values{"op": {"destroy"}})
	wantStatus(t, "an operation that is not there", res, http.StatusBadRequest)
	if headOf(t, w, "komzan") != before {
		t.Error("something was written")
	}
}

const reestr = "№;Процесс;Вид;Ответственный отдел;Акт о включении\r\n1;Служебные командировки;межведомственный;отдел, которого нет;приказ № 5 от 01.02.2026\r\n"

func TestTheRegisterOfProcessesFromAFile(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	w.as(t, "officer")
	const address = "/komzan/process-register/import"
	before := headOf(t, w, "komzan")
	read := url.Values{"op": {"read"}}

	res, body := w.send(t, address, read, "", "")
	if wantStatus(t, "no file", res, http.StatusUnprocessableEntity); !strings.Contains(body, "Выберите файл.") {
		t.Error("it is not told what is missing")
	}
	for name, content := range map[string]string{"письмо.txt": "Уважаемые коллеги!", "пусто.docx": "PK\x03\x04", "чужое.csv": "Фамилия;Оклад\r\nИванов;10\r\n", "bomb.xlsx": string(zipBomb(t))} {
		res, body = w.send(t, address, read, name, content)
		if wantStatus(t, name, res, http.StatusUnprocessableEntity); len(testkit.ParseHTML(t, body).All(".errors .error")) != 1 {
			t.Errorf("%s: no sentence at the field", name)
		}
	}
	res, _ = w.send(t, address, read, "big.csv", strings.Repeat("x", maxUpload+1))
	wantStatus(t, "a file over the bound", res, http.StatusRequestEntityTooLarge)

	res, body = w.send(t, address, read, "реестр.csv", reestr)
	wantStatus(t, "a file", res, http.StatusOK)
	page := testkit.ParseHTML(t, body)
	if len(page.All(".plan.included li")) != 1 || len(page.All(".plan.excluded li")) == 0 || len(page.All(".doubts li")) != 2 || !strings.Contains(body, "отдел, которого нет") {
		t.Errorf("the preview: %d included, %d excluded, %d doubts", len(page.All(".plan.included li")), len(page.All(".plan.excluded li")), len(page.All(".doubts li")))
	}
	if headOf(t, w, "komzan") != before {
		t.Error("a preview wrote")
	}
	take := hidden(t, body, "take")
	res, body = w.send(t, address, take, "", "")
	if wantStatus(t, "an exclusion without an act", res, http.StatusUnprocessableEntity); len(testkit.ParseHTML(t, body).All(".plan.included li")) != 1 {
		t.Error("the preview is lost")
	}
	res, _ = w.send(t, address, with(hidden(t, body, "take"), "pack", "не то"), "", "")
	wantStatus(t, "a broken pack", res, http.StatusUnprocessableEntity)
	if headOf(t, w, "komzan") != before {
		t.Error("a refused form wrote")
	}

	// Part of the register: nothing goes.
	_, body = w.send(t, address, url.Values{"op": {"read"}, "partial": {"1"}}, "реестр.csv", reestr)
	if page := testkit.ParseHTML(t, body); len(page.All(".plan.excluded li")) != 0 {
		t.Error("a part of the register excludes")
	}
	part := hidden(t, body, "take")
	// Somebody writes meanwhile.
	w.append(t, "komzan", include(register.KindDepartment, "novyj", register.Department{Key: "novyj", Title: "отдел новый"}))
	res, body = w.send(t, address, part, "", "")
	wantStatus(t, "a stale preview", res, http.StatusConflict)
	res, _ = w.send(t, address, hidden(t, body, "take"), "", "")
	wantStatus(t, "seen again", res, http.StatusSeeOther)
	if x := w.process(t, "komzan", "Служебные командировки"); x.Scope != register.ScopeInter {
		t.Errorf("%+v", x)
	}
	_, body = w.get(t, res.Header.Get("Location"))
	if !strings.Contains(body, "Записано:") {
		t.Error("it is not told what was written")
	}
	res, body = w.send(t, address, url.Values{"op": {"read"}, "partial": {"1"}}, "реестр.csv", reestr)
	if wantStatus(t, "the same file", res, http.StatusOK); !strings.Contains(body, "Ничего не изменится") {
		t.Error("the same file changes something")
	}
}

// zipBomb is a workbook of a few kilobytes whose sheet unfolds to a gigabyte.
func zipBomb(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		f, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	put("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
	put("xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="1" sheetId="1" r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`)
	// Blocks that end in a flush can stand in a row: a megabyte is packed once. The checksum is false, which shows only at the end.
	var block bytes.Buffer
	pack, err := flate.NewWriter(&block, flate.BestSpeed)
	if err == nil {
		_, err = pack.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	if err == nil {
		err = pack.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	packed := bytes.Repeat(block.Bytes(), 1024)
	f, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate, CompressedSize64: uint64(len(packed)), UncompressedSize64: 1 << 30})
	if err == nil {
		_, err = f.Write(packed)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
