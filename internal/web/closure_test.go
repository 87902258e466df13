package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
)

func TestAPointClosesForAWhile(t *testing.T) {
	w := everyday(t, Options{})
	w.staffOf(t, "minstroj", map[string][2]string{"officer": {register.RoleOfficer, ""}, "clerk": {register.RoleDepartment, "kadry"}, "reader": {register.RoleReader, ""}})
	w.now = time.Date(2026, 4, 7, 10, 0, 0, 0, time.UTC) // a Tuesday
	w.as(t, "clerk")
	const form = "/minstroj/points/kadry-room/hours"
	if got := w.page(t, "/minstroj/points/kadry-room").Texts(".actions a"); len(got) == 0 || got[len(got)-1] != "Часы на время" {
		t.Errorf("the point leads to %q", got)
	}
	page := w.page(t, form)
	fields := page.Form(t, "form.narrow")
	if fields.Get("from") != "2026-04-07" || fields.Get("to") != "2026-04-07" {
		t.Errorf("the form begins with %v: today is what one comes for", fields)
	}
	res, body := w.post(t, form, fields)
	wantStatus(t, "without a reason", res, http.StatusUnprocessableEntity)
	if !strings.Contains(body, "Напишите причину") {
		t.Error("it is not said that a reason is missing")
	}
	fields.Set("reason", "учёба сотрудников")
	fields.Set("totime", "12:00")
	res, _ = w.post(t, form, fields)
	wantStatus(t, "with one", res, http.StatusSeeOther)
	res, _ = w.post(t, form, fields)
	wantStatus(t, "sent twice", res, http.StatusForbidden)

	w.as(t, "reader")
	res, _ = w.post(t, form, fields)
	wantStatus(t, "by a reader", res, http.StatusForbidden)
	w.as(t, "clerk")
	res, _ = w.post(t, "/minstroj/points/it-room/hours", fields)
	wantStatus(t, "of another department", res, http.StatusForbidden)

	w.as(t, "")
	for _, address := range []string{"/minstroj/points/kadry-room", "/minstroj/processes/uvolnenie", "/minstroj/find?q=" + url.QueryEscape("увольняюсь"), "/minstroj/points"} {
		if got := w.page(t, address).Texts(".closure"); len(got) != 1 || !strings.Contains(got[0], "Закрыто 07.04.2026 до 12:00: учёба сотрудников") {
			t.Errorf("%s says %q", address, got)
		}
	}
	if got := w.page(t, "/minstroj/processes/uvolnenie").Texts("#way-kadry-room .now"); len(got) != 1 || got[0] != "закрыто, откроется сегодня в 12:00" {
		t.Errorf("now: %q", got)
	}
	w.now = w.now.Add(2 * time.Hour)
	if got := w.page(t, "/minstroj/processes/uvolnenie").Texts("#way-kadry-room .now"); len(got) != 1 || got[0] != "открыто до 17:00" {
		t.Errorf("after it: %q", got)
	}
	if got := w.page(t, "/minstroj/points").Texts(".closure"); len(got) != 0 {
		t.Errorf("what is over is still told: %q", got)
	}

	w.as(t, "officer")
	res, _ = w.post(t, form, url.Values{"act": {"close"}, "from": {"2026-04-08"}, "reason": {"ремонт"}, "place": {"каб. 7"}, "value": {"8 (8672) 54-30-55"}})
	wantStatus(t, "moved without an end", res, http.StatusSeeOther)
	w.as(t, "")
	p := w.page(t, "/minstroj/points/kadry-room")
	if got := p.Texts(".closure"); len(got) != 1 || !strings.HasPrefix(got[0], "Принимают в другом месте с 08.04.2026 до особого объявления: ремонт") {
		t.Errorf("moved: %q", got)
	}
	if got, _ := p.One(t, ".closure a").Attr("href"); got != "tel:+78672543055" {
		t.Errorf("the telephone meanwhile is %q", got)
	}
	w.as(t, "officer")
	p = w.page(t, "/minstroj/closures")
	if len(p.All("tbody tr")) != 1 || len(p.All(".plainlist a")) < 10 {
		t.Error("the list of changes is not whole")
	}
	key, _ := w.page(t, form).One(t, "input[name=key]").Attr("value")
	res, _ = w.post(t, form, url.Values{"act": {"reopen"}, "key": {key}})
	wantStatus(t, "taken back", res, http.StatusSeeOther)
	if got := w.page(t, "/minstroj/points/kadry-room").Texts(".closure"); len(got) != 0 {
		t.Errorf("taken back, and still %q", got)
	}
}

// TestHoursThatNobodyReadsAreShownAsTheyAre: no guess is made of them.
func TestHoursThatNobodyReadsAreShownAsTheyAre(t *testing.T) {
	w := everyday(t, Options{})
	room := func(hours string) register.Touchpoint {
		return register.Touchpoint{Key: "kadry-room", Kind: "office", Label: "Кабинет отдела", Place: "каб. 214", Hours: hours, Department: "kadry", Position: 6}
	}
	for hours, now := range map[string]string{
		"после обеда, как получится": "", "первая среда месяца с 10 до 12": "закрыто, откроется 04.03 в 10:00", "по записи": "", "круглосуточно": "открыто круглосуточно",
		"пн-пт круглосуточно": "открыто до 21.02, 00:00", "пн с 9 до 24": "открыто до 24:00", "пн-пт 0-24 по записи": "приём по записи", "пн 9-24 по записи": "приём по записи, сегодня до 24:00",
		"пн-пт 9:00-13:00, 14:00-18:00": "открыто до 13:00", "пн-пт 9-11, 12-14, 15-17": "открыто до 11:00", "понедельник - пятница с 9-00 до 18-00": "открыто до 18:00",
	} {
		w.append(t, "minstroj", amend(register.KindTouchpoint, "kadry-room", room(hours)))
		p := w.page(t, "/minstroj/processes/uvolnenie")
		if got := strings.Join(p.Texts("#way-kadry-room .now"), "|"); got != now {
			t.Errorf("%q: now %q, want %q", hours, got, now)
		}
		if got := strings.Join(p.Texts("#way-kadry-room .small"), "|"); !strings.Contains(got, "часы: "+hours) {
			t.Errorf("%q is not shown in its own words: %q", hours, got)
		}
	}
}
