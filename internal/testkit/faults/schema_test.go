package faults

import (
	"bytes"
	"context"
	"database/sql"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "modernc.org/sqlite"

	"perechen/internal/testkit/pgtest"
)

// TestKilledInit kills the program while it makes an installation, its migrations half done. Doing it again makes it whole.
func TestKilledInit(t *testing.T) {
	for name, database := range map[string]func() string{"SQLite": func() string { return "" }, "PostgreSQL": func() string { return pgtest.Database(t) }} {
		t.Run(name, func(t *testing.T) {
			in := installation{t: t, dir: t.TempDir() + "/data", db: database()}
			begin := time.Now()
			in.must("init")
			usual := time.Since(begin)
			whole := 0
			for i := range cycles(t, 8) {
				in := installation{t: t, dir: t.TempDir() + "/data", db: database()}
				c := in.command("init")
				if err := c.Start(); err != nil {
					t.Fatal(err)
				}
				timer := time.AfterFunc(rand.N(usual), func() { _ = c.Process.Kill() }) // it may have ended by itself
				err := c.Wait()
				timer.Stop()
				code, _, errs := in.run("init")
				switch {
				case code == 0:
				case strings.Contains(errs, "уже есть"):
					whole++
				default:
					t.Fatalf("cycle %d (%v): init again: %d %s", i, err, code, errs)
				}
				in.must("body", "add", "--procedure", "komzan-alania-9r-2026")
				in.sound("after an interrupted init")
			}
			t.Logf("%d were whole when they were killed", whole)
		})
	}
}

// TestNewerSchema: what a newer program has written is left alone, by every command and by a node.
func TestNewerSchema(t *testing.T) {
	const newer = `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, `
	file := install(t, t.TempDir()+"/data")
	db, err := sql.Open("sqlite", filepath.Join(file.dir, "perechen.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{newer + "1)", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	read := func() []byte {
		b, err := os.ReadFile(filepath.Join(file.dir, "perechen.db"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	base := installation{t: t, dir: t.TempDir() + "/data", db: pgtest.Database(t)}
	base.must("init")
	conn, err := pgx.Connect(context.Background(), base.db)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), newer+"true)"); err != nil {
		t.Fatal(err)
	}
	before := read()
	for _, in := range []installation{file, base} {
		for _, args := range [][]string{{"serve", "--addr", "127.0.0.1:0"}, {"list"}, {"migrate"}, {"verify"}, {"body", "add", "--procedure", "minec-alania-46-2024"}} {
			code, out, errs := in.run(args...)
			if code != 1 || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "Обновите программу") {
				t.Errorf("%s %v: %d %s%s", in.db, args, code, out, errs)
			}
		}
	}
	if !bytes.Equal(before, read()) {
		t.Error("a file of a newer program was written to")
	}
}
