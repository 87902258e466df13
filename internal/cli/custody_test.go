package cli

import (
	"database/sql"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"perechen/internal/auth"
	"perechen/internal/backup"
	"perechen/internal/httpx"
	"perechen/internal/jobs"
	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
	"perechen/internal/upkeep"
)

// A node is what serve keeps beside its pages.
type node struct {
	installation
	runner *jobs.Runner
	keeper keeper
	m      *httpx.Metrics
}

func (p *place) node(o custody) *node {
	p.t.Helper()
	in, done, err := (&app{dir: p.data, db: p.db}).openAll(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	p.t.Cleanup(done)
	plan, err := o.plan()
	if err != nil {
		p.t.Fatal(err)
	}
	n := &node{installation: in, m: httpx.NewMetrics()}
	if n.runner, err = newRunner(in, serving{}, plan, n.m, slog.New(slog.DiscardHandler)); err != nil {
		p.t.Fatal(err)
	}
	n.keeper = keeper{in, plan, n.runner}
	return n
}

func (n *node) metrics() string {
	w := httptest.NewRecorder()
	n.m.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	return w.Body.String()
}

// look lets nodes look at the jobs at the same time, and waits for what they begin.
func look(t *testing.T, nodes ...*node) {
	t.Helper()
	var wg sync.WaitGroup
	for _, n := range nodes {
		wg.Go(func() {
			if err := n.runner.Look(t.Context()); err != nil {
				t.Error(err)
			}
			n.runner.Wait()
		})
	}
	wg.Wait()
}

// TestTwoNodesKeepOneInstallation: what is asked for on one node is done once by either; a drill of a torn backup is a bad
// result that administrators hear of; doctor, the metrics and /readyz say so.
func TestTwoNodesKeepOneInstallation(t *testing.T) {
	for name, p := range map[string]*place{"SQLite": newPlace(t), "PostgreSQL": newPlace(t).on(pgtest.Database(t))} {
		t.Run(name, func(t *testing.T) {
			p.t = t
			ctx := t.Context()
			p.must("init")
			p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
			dir := t.TempDir()
			o := custody{dir: dir, backups: "24h", drills: "24h", checkpoints: "1h", keep: 1}
			a, b := p.node(o), p.node(o)
			admin, err := a.accounts.SetUp(ctx, auth.NewAccount{Login: "admin", Name: "Админов А.А.", Password: "четыре слова подряд"}, auth.From{Address: "192.0.2.1"})
			if err != nil {
				t.Fatal(err)
			}
			look(t, a, b)
			if files, _, err := backup.List(dir, 10); err != nil || len(files) != 0 {
				t.Errorf("a backup before its time: %v, %v", files, err)
			}
			if kept, total, err := a.keeper.Checkpoints(ctx, "komzan", 0, 10); err != nil || total != 1 || kept[0].Root == "" {
				t.Errorf("checkpoints: %+v, %d, %v", kept, total, err)
			}
			if out := p.must("verify"); !strings.Contains(out, "Журнал цел") {
				t.Errorf("verify: %s", out)
			}
			ask := func(job string) {
				t.Helper()
				if ok, err := a.keeper.Ask(ctx, job, admin.Account.ID); !ok || err != nil {
					t.Fatal(ok, err)
				}
				look(t, a, b)
			}
			if ok, err := a.keeper.Ask(ctx, jobDrill, admin.Account.ID); !ok || err != nil { // waits for the backup, and is of it
				t.Fatal(ok, err)
			}
			ask(jobBackup)
			look(t, a, b)
			over, err := b.keeper.Backups(ctx, 10)
			if err != nil {
				t.Fatal(err)
			}
			if over.Total != 1 || len(over.Made) != 1 || len(over.Drills) != 1 || !over.Drills[0].OK || over.Drills[0].By != admin.Account.ID || len(over.Worries) != 0 {
				t.Errorf("after a backup and a drill: %+v", over)
			}
			flags := []string{"--backups", dir, "--backup-times", "24h", "--drill-times", "24h"}
			if _, out, _ := p.run(append([]string{"doctor"}, flags...)...); !strings.Contains(out, "последнее прошло") || strings.Contains(out, "не прошло") {
				t.Errorf("doctor: %s", out)
			}

			torn := filepath.Join(dir, "perechen-29991231-235959.tar.gz")
			if err := os.WriteFile(torn, []byte("половина"), 0o600); err != nil {
				t.Fatal(err)
			}
			ask(jobDrill)
			notices := func() string {
				t.Helper()
				ns, _, err := a.desk.Notices(ctx, actorOf(admin.Account.ID), true, 0, 10)
				if err != nil {
					t.Fatal(err)
				}
				var texts []string
				for _, n := range ns {
					texts = append(texts, n.Text)
				}
				return strings.Join(texts, "\n")
			}
			if got := notices(); strings.Count(got, "Учение по резервной копии не прошло") != 1 {
				t.Errorf("notices: %s", got)
			}
			if code, out, _ := p.run(append([]string{"doctor"}, flags...)...); code != exitRefused || !strings.Contains(out, "perechen-29991231-235959.tar.gz") || !strings.Contains(out, "учение") {
				t.Errorf("doctor after a bad drill: %d %s", code, out)
			}
			look(t, a)
			if n := strings.Count(a.metrics()+b.metrics(), `perechen_job_runs_total{job="drill",result="bad"} 1`); n != 1 {
				t.Errorf("bad drills by the metrics: %d", n)
			}
			if !strings.Contains(a.metrics(), `perechen_job_failing{job="drill"} 1`) {
				t.Error("the metrics say nothing of a drill that was bad")
			}
			says, err := a.keeper.plan.ready(ctx, a.installation, a.runner)
			if err != nil || !strings.Contains(strings.Join(says, "\n"), "учение") {
				t.Errorf("ready: %q, %v", says, err)
			}

			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			ask(jobBackup)
			if got := notices(); !strings.Contains(got, "Резервная копия не сделана. Папка резервных копий") {
				t.Errorf("notices: %s", got)
			}
			if code, out, _ := p.run(append([]string{"doctor"}, flags...)...); code != exitRefused || !strings.Contains(out, "папка копий") {
				t.Errorf("doctor without the folder: %d %s", code, out)
			}
		})
	}
}

// TestAnOldNodeStepsAside: a node whose database was brought forward goes on answering and leaves jobs to newer ones; one
// that cannot work with it any more says that it is not ready.
func TestAnOldNodeStepsAside(t *testing.T) {
	p := newPlace(t)
	p.must("init")
	p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
	n := p.node(custody{checkpoints: "1h"})
	db, err := sql.Open("sqlite", filepath.Join(p.data, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	change := func(q string) {
		t.Helper()
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	change(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	look(t, n)
	if states, err := n.store.Jobs().Jobs(t.Context()); err != nil || len(states) != 0 {
		t.Errorf("an old node takes jobs: %v, %v", states, err)
	}
	if says, err := n.keeper.plan.ready(t.Context(), n.installation, n.runner); err != nil || len(says) != 1 || !strings.Contains(says[0], "schema") {
		t.Errorf("an old node that can go on: %q, %v", says, err)
	}
	if _, err := n.ledger.State(t.Context(), "komzan", 0); err != nil {
		t.Error(err)
	}
	change(`INSERT INTO schema_floor (least) VALUES (99999)`)
	if _, err := n.keeper.plan.ready(t.Context(), n.installation, n.runner); err == nil {
		t.Error("a node that cannot go on is ready")
	}
	if code, _, errs := p.run("list"); code != exitRefused || !strings.Contains(errs, "более новой версией") {
		t.Errorf("a program that starts now: %d %s", code, errs)
	}
}

func TestSettingsOfCustody(t *testing.T) {
	for _, c := range []struct{ want, flag, value string }{
		{"--backups", "--backup-times", "02:00"},
		{"--backups", "--drill-times", "6h"},
		{"время дня", "--checkpoint-times", "hourly"},
		{"--backup-keep", "--backup-keep", "-1"},
	} {
		if code, _, errs := newPlace(t).run("doctor", c.flag, c.value); code != exitUsage || !strings.Contains(errs, c.want) {
			t.Errorf("%s %s: %d %s", c.flag, c.value, code, errs)
		}
	}
	dir := t.TempDir()
	code, out, errs := runEnv(map[string]string{"PERECHEN_CONFIG": settingsFile(t, "backups: "+dir+"\nbackup-times: \"02:00,14:00\"\n")}, "config")
	if code != exitDone || !strings.Contains(out, "02:00,14:00") || !strings.Contains(out, "checkpoint-times") {
		t.Errorf("config: %d %s%s", code, out, errs)
	}
	// The folder of the settings is the one that backup and drill take.
	p := newPlace(t)
	p.must("init")
	p.must("backup", "--backups", dir)
	if out := p.must("drill", "--backups", dir); !strings.Contains(out, "Восстановиться можно") {
		t.Errorf("drill: %s", out)
	}
	if code, _, errs := p.run("backup"); code != exitUsage || !strings.Contains(errs, "backups") {
		t.Errorf("no folder: %d %s", code, errs)
	}
}

// TestPruneKeepsOthers: only what the program has named itself, of this installation, is deleted.
func TestPruneKeepsOthers(t *testing.T) {
	p, q := newPlace(t), newPlace(t)
	p.must("init")
	q.must("init")
	dir := t.TempDir()
	n := p.node(custody{dir: dir, keep: 2})
	at := time.Date(2026, 11, 20, 2, 0, 0, 0, time.UTC)
	for i := range 4 {
		p.must("backup", filepath.Join(dir, backup.Name(at.Add(time.Duration(i)*time.Hour))))
	}
	q.must("backup", filepath.Join(dir, backup.Name(at.Add(-time.Hour))))
	p.must("backup", filepath.Join(dir, "pered-obnovleniem.tar.gz"))
	gone, err := backup.Prune(dir, n.ledger.Key().Public(), 2)
	if err != nil || strings.Join(gone, " ") != "perechen-20261120-030000.tar.gz perechen-20261120-020000.tar.gz" {
		t.Errorf("deleted: %q, %v", gone, err)
	}
	if files, total, err := backup.List(dir, 10); err != nil || total != 4 || files[0].Name != "pered-obnovleniem.tar.gz" {
		t.Errorf("left: %+v, %v", files, err)
	}
}

func actorOf(account string) upkeep.Actor { return upkeep.Actor{Account: account} }
