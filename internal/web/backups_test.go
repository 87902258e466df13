package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"perechen/internal/auth"
	"perechen/internal/jobs"
	"perechen/internal/testkit"
)

// kept is a custody that says what it is told to.
type kept struct {
	all   Backups
	asked []string
	busy  bool
}

func (k *kept) Backups(context.Context, int) (Backups, error) { return k.all, nil }

func (k *kept) Ask(_ context.Context, job, account string) (bool, error) {
	if !k.busy {
		k.asked = append(k.asked, job+" "+account)
	}
	return !k.busy, nil
}

func (k *kept) Checkpoints(_ context.Context, slug string, offset, limit int) ([]Checkpoint, int, error) {
	if slug != "komzan" {
		return nil, 0, nil
	}
	return []Checkpoint{{N: 12, At: time.Date(2026, 2, 16, 10, 0, 0, 0, time.UTC), Root: "okjAvxvFESEKwt6G97PN4IWCXDMKvqneKKPoiebf7UM=", Signed: "perechen checkpoint v1\nkomzan\n12\n"}}, 1, nil
}

// keptWell is an installation whose backups are well, but for one file and one drill.
func keptWell(by string, at time.Time) *kept {
	times, _ := jobs.ParseSchedule("02:00")
	log := BackupLog{Body: "komzan", Entries: 1250, Root: "okjAvxvFESEKwt6G97PN4IWCXDMKvqneKKPoiebf7UM="}
	return &kept{all: Backups{
		Folder: "/mnt/kopii", Times: times, DrillTimes: jobs.Every(24 * time.Hour), Keep: 30, Known: true, Total: 2,
		Backup: jobs.State{Name: JobBackup, Good: at, Last: at}, Drill: jobs.State{Name: JobDrill, Good: at, Last: at},
		Files: []BackupFile{{Name: "perechen-20260216-020000.tar.gz", Size: 3 << 20, Time: at, Key: true, Logs: []BackupLog{log}},
			{Name: "perechen-20260215-020000.tar.gz", Size: 300, Fault: "Файл — не резервная копия perechen, или он испорчен."}},
		Drills: []jobs.Run{{Began: at, Ended: at.Add(2300 * time.Millisecond), OK: true, By: by, Node: "node-1", Text: "Восстановиться можно.", Facts: []byte(`{"file":"/mnt/kopii/perechen-20260216-020000.tar.gz","logs":[{"body":"komzan","text":"Журнал цел."}]}`)},
			{Began: at.Add(-24 * time.Hour), Ended: at.Add(-24 * time.Hour), Text: "Восстановиться нельзя. komzan: конец журнала отрезан."}},
		Made:    []jobs.Run{{Began: at, Ended: at.Add(time.Second), OK: true, Text: "Копия сделана.", Facts: []byte(`{"file":"perechen-20260216-020000.tar.gz"}`)}},
		Worries: []Worry{{Text: "Учение: последнее было давно.", Advice: "Проверьте: perechen drill."}},
	}}
}

func TestAnAdministratorSeesBackupsAndAsksForADrill(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	k := keptWell(w.ids["admin"], w.now)
	w.open(t, Options{Custody: k})
	for _, login := range []string{"officer", "head", "clerk"} {
		w.as(t, login)
		if res, _ := w.get(t, "/-/backups"); res.StatusCode != http.StatusForbidden {
			t.Errorf("%s sees the backups: %s", login, res.Status)
		}
		res, _ := w.post(t, "/-/backups", url.Values{"job": {JobDrill}})
		wantStatus(t, login+" asks for a drill", res, http.StatusForbidden)
	}
	w.as(t, "admin")
	res, body := w.get(t, "/-/backups")
	wantStatus(t, "backups", res, http.StatusOK)
	for _, want := range []string{"/mnt/kopii", "каждый день в 02:00", "раз в сутки", "3,0\u00a0МиБ", "записей 1250", "с\u00a0ключом подписи", "Админов А.А.", "2,3\u00a0с", "Восстановиться нельзя.", "не резервная копия", "последнее было давно"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say «%s»", want)
		}
	}
	res, _ = w.post(t, "/-/backups", url.Values{"job": {JobDrill}})
	if res.StatusCode != http.StatusSeeOther || len(k.asked) != 1 || k.asked[0] != JobDrill+" "+w.ids["admin"] {
		t.Errorf("asked: %s, %q", res.Status, k.asked)
	}
	if l := w.lastAudit(t); l.Action != auth.ActSettings || l.Detail != "Проверить сейчас" {
		t.Errorf("audit: %+v", l)
	}
	k.busy = true
	res, body = w.post(t, "/-/backups", url.Values{"job": {JobBackup}})
	wantStatus(t, "asked for what runs", res, http.StatusConflict)
	if !strings.Contains(body, "Дождитесь конца") {
		t.Error("nobody says that it runs")
	}
	res, _ = w.post(t, "/-/backups", url.Values{"job": {"mail"}})
	wantStatus(t, "asked for something else", res, http.StatusBadRequest)

	k.all.Drill = jobs.State{Name: JobDrill, Lease: w.now.Add(time.Minute), Phase: "Проверка komzan", Done: 3, Total: 10}
	_, body = w.get(t, "/-/backups?done=asked")
	page := testkit.ParseHTML(t, body)
	if v, _ := page.One(t, "progress").Attr("value"); v != "30" || len(page.All("[data-refresh]")) != 1 || len(page.All("main form")) != 1 {
		t.Errorf("a drill that runs: %q", v)
	}
	k.all = Backups{Worries: k.all.Worries}
	_, body = w.get(t, "/-/backups")
	if !strings.Contains(body, "backup-times") || strings.Contains(body, "<form method=\"post\" action=\"/-/backups\"") {
		t.Error("where there are no backups, the page does not say how to have them")
	}
	if _, body = w.get(t, "/-/me"); !strings.Contains(body, `href="/-/backups"`) {
		t.Error("nothing leads to the backups")
	}
}

func TestKeptCheckpointsAreForEverybody(t *testing.T) {
	w := committee(t, Options{Custody: &kept{}})
	_, body := w.get(t, "/komzan/log")
	if !strings.Contains(body, `href="/komzan/log/checkpoints"`) {
		t.Error("nothing leads to the checkpoints")
	}
	res, body := w.get(t, "/komzan/log/checkpoints")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, "perechen checkpoint v1\nkomzan\n12") || !strings.Contains(body, "1\u00a0отпечаток") {
		t.Errorf("checkpoints: %s", res.Status)
	}
	if _, body = w.get(t, "/minec/log/checkpoints"); !strings.Contains(body, "ещё не сохранено") {
		t.Error("none are kept, and the page does not say so")
	}
}

// TestBackupsInARealBrowser: both widths and schemes; a drill that runs is followed without a hand on the keyboard.
func TestBackupsInARealBrowser(t *testing.T) {
	w := committee(t, Options{})
	w.staff(t, Options{})
	k := keptWell(w.ids["admin"], w.now)
	w.open(t, Options{Custody: k})
	w.as(t, "admin")
	srv := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: "session", Value: w.tokens["admin"]})
		w.handler.ServeHTTP(rw, r)
	}))
	t.Cleanup(srv.Close)
	b := testkit.NewBrowser(t)
	look := func(name string, addresses ...string) {
		for _, address := range addresses {
			b.Open(srv.URL + address)
			examine(t, b, name)
		}
	}
	look("backups", "/-/backups?done=asked")
	look("checkpoints", "/komzan/log/checkpoints")
	ended := k.all
	k.all.Drill = jobs.State{Name: JobDrill, Lease: w.now.Add(time.Minute), Phase: "Проверка komzan", Done: 3, Total: 10}
	look("running", "/-/backups?lang=en")
	b.Open(srv.URL + "/-/backups?done=asked")
	k.all = ended
	b.Do(chromedp.WaitVisible(chromedp.CSS("#drill-h ~ form button")))
}
