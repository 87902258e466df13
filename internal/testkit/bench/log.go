package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
)

func openBare(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&"+pragmas+"&_pragma=cache_size(-8000)&_pragma=secure_delete(1)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// A plainLog keeps what the program keeps of a change, but for its proof: who did what when and on what ground, the content,
// the version that is in force, its words. There are no leaves, no tree, no checkpoint.
type plainLog struct {
	db    *sql.DB
	stmts []*sql.Stmt
}

func openPlainLog(path string) (*plainLog, error) {
	db, err := openBare(path)
	if err != nil {
		return nil, err
	}
	for _, q := range []string{
		"CREATE TABLE entry (id INTEGER PRIMARY KEY, time INTEGER NOT NULL, op TEXT NOT NULL, clause TEXT NOT NULL, actor TEXT NOT NULL)",
		"CREATE TABLE content (id INTEGER PRIMARY KEY, content BLOB NOT NULL)",
		"CREATE TABLE version (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, until INTEGER NOT NULL)",
		"CREATE INDEX version_key ON version (kind, key)",
		"CREATE VIRTUAL TABLE search USING fts5 (terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')",
	} {
		if _, err := db.Exec(q); err != nil {
			return nil, err
		}
	}
	l := &plainLog{db: db}
	for _, q := range []string{
		"INSERT INTO entry VALUES (?, ?, 'include', '4.1', 'bench')",
		"INSERT INTO content VALUES (?, ?)",
		"INSERT INTO version VALUES (?, 'touchpoint', ?, 9223372036854775807)",
		"INSERT INTO search (rowid, terms) VALUES (?, ?)",
	} {
		s, err := db.Prepare(q)
		if err != nil {
			return nil, err
		}
		l.stmts = append(l.stmts, s)
	}
	return l, nil
}

// add writes a change in a durable transaction. That the subject is not there yet is looked up, as the program does.
func (l *plainLog) add(ctx context.Context, id int, t register.Touchpoint, content []byte) error {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var one int
	err = tx.QueryRowContext(ctx, "SELECT 1 FROM version WHERE kind = 'touchpoint' AND key = ? AND until = 9223372036854775807", t.Key).Scan(&one)
	if !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s is there already: %w", t.Key, err)
	}
	for i, args := range [][]any{{id, time.Now().UnixMicro()}, {id, content}, {id, t.Key}, {id, strings.ToLower(t.Label + " " + t.Value + " " + t.Contact)}} {
		if _, err := tx.StmtContext(ctx, l.stmts[i]).ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// appends compares one change appended with its proof with the same change kept without one, and with the least that can
// be written durably, a row of its bytes. The three take turns, so that all meet the same disk.
func appends(ctx context.Context, dir string) error {
	l, done, err := installation(ctx, filepath.Join(dir, "append"))
	if err != nil {
		return err
	}
	defer done()
	plain, err := openPlainLog(filepath.Join(dir, "plain.db"))
	if err != nil {
		return err
	}
	defer plain.db.Close()
	row, err := openBare(filepath.Join(dir, "row.db"))
	if err != nil {
		return err
	}
	defer row.Close()
	if _, err := row.ExecContext(ctx, "CREATE TABLE row (n INTEGER PRIMARY KEY, leaf BLOB NOT NULL, content BLOB NOT NULL)"); err != nil {
		return err
	}
	var took [3][]time.Duration
	for i := range 400 {
		t := point(i)
		content := register.Encode(t)
		for j, do := range []func() error{
			func() error {
				_, err := l.Append(ctx, slug, ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindTouchpoint, Key: t.Key, Content: content}}, Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead})
				return err
			},
			func() error { return plain.add(ctx, i+1, t, content) },
			func() error {
				_, err := row.ExecContext(ctx, "INSERT INTO row (leaf, content) VALUES (?, ?)", make([]byte, 300), content)
				return err
			},
		} {
			start := time.Now()
			if err := do(); err != nil {
				return err
			}
			took[j] = append(took[j], time.Since(start))
		}
	}
	for _, t := range took {
		slices.Sort(t)
	}
	middle := func(j int) time.Duration { return took[j][len(took[j])/2] }
	add("append of one change with proof", middle(0), "the same change kept without proof", middle(1), "≤ 2")
	add("append of one change with proof", middle(0), "insert of one row of its bytes", middle(2), "")
	return nil
}

// imports takes in a large workbook as the program does, in a process of its own, and compares with inserting the same
// rows into a bare table; then a second one, in which every row has changed, onto what the first has left.
func imports(ctx context.Context, dir, bin string) error {
	first, data := filepath.Join(dir, "large.xlsx"), filepath.Join(dir, "import")
	if err := largeTable(first, ""); err != nil {
		return err
	}
	_, done, err := installation(ctx, data)
	if err != nil {
		return err
	}
	done()
	took, peak, err := imported(ctx, bin, first, data)
	if err != nil {
		return err
	}
	copied, err := readRows(ctx, filepath.Join(data, databaseFile))
	if err != nil {
		return err
	}
	what := fmt.Sprintf("import of a workbook of %d rows", *rows)
	written, base, err := copied.write(ctx, filepath.Join(dir, "whole.db"), true)
	if err != nil {
		return err
	}
	add(what, took, fmt.Sprintf("raw inserts of the %d database rows it wrote, with their indexes", written), base, "≤ 2")
	written, base, err = copied.write(ctx, filepath.Join(dir, "plain-rows.db"), false)
	if err != nil {
		return err
	}
	add(what, took, fmt.Sprintf("raw inserts of %d of them, without search and index", written), base, "")
	note("peak memory of that import", fmt.Sprintf("%d MiB", peak>>10), "≤ 256 MiB")
	for i, kind := range []string{"xlsx", "csv"} {
		again := filepath.Join(dir, "again."+kind)
		if err := largeTable(again, fmt.Sprintf(", вариант %d", i+1)); err != nil {
			return err
		}
		took, peak, err := imported(ctx, bin, again, data)
		if err != nil {
			return err
		}
		what := fmt.Sprintf("import of the same rows, each reworded, from %s", kind)
		add(what, took, "", 0, "")
		note("peak memory of that import", fmt.Sprintf("%d MiB", peak>>10), "≤ 256 MiB")
	}
	return nil
}

// largeTable writes a register's table of a hundred rows a process; worded stands at the end of each row's wording.
func largeTable(file, worded string) error {
	t := &office.Table{Head: 1}
	row := func(cells ...string) {
		r := office.Row{}
		for _, c := range cells {
			r.Cells = append(r.Cells, office.Cell{Text: c})
		}
		t.Rows = append(t.Rows, r)
	}
	row("№ п/п", "Направление деятельности", "Точка взаимодействия", "Осуществляемое взаимодействие с клиентом", "Особенности взаимодействия с клиентом")
	for i := range *rows {
		row(fmt.Sprint(i/100+1), fmt.Sprintf("Сопровождение процесса прохождения государственной гражданской службы № %d", i/100+1), point(i/100*10+i%100).Text(),
			"Получение информации клиентом, получение консультации клиентом"+worded, "Взаимодействие в цифровой точке")
	}
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	doc := &office.Doc{Title: "Перечень", Created: time.Unix(0, 0), Sections: []office.Section{{Name: "Перечень", Blocks: []office.Block{t}}}}
	if err := office.Write(f, strings.TrimPrefix(filepath.Ext(file), "."), doc); err != nil {
		return err
	}
	return f.Close()
}

// imported runs the import of a file as a person does (--json prints every row besides) and gives the time it took and the
// most memory that it held, in KiB.
func imported(ctx context.Context, bin, file, data string) (time.Duration, int, error) {
	c := exec.CommandContext(ctx, bin, "import", file, "--accept", "--ground", "4.1", "--data", data)
	start := time.Now()
	if err := c.Start(); err != nil {
		return 0, 0, err
	}
	// Not the resource usage of the process: that begins with the memory of whoever started it.
	peak := make(chan int)
	go func() {
		kib := 0
		for now := statusKiB(c.Process.Pid, "VmHWM"); now > 0; now = statusKiB(c.Process.Pid, "VmHWM") {
			kib = now
			time.Sleep(20 * time.Millisecond)
		}
		peak <- kib
	}()
	if err := c.Wait(); err != nil {
		return 0, 0, fmt.Errorf("import: %w", err)
	}
	return time.Since(start), <-peak, nil
}

// verifies compares re-reading a whole log with SHA-256 of the same bytes.
func verifies(ctx context.Context, dir string) error {
	data := filepath.Join(dir, "verify")
	l, done, err := installation(ctx, data)
	if err != nil {
		return err
	}
	defer done()
	const batch = 50_000
	for from := 0; from < *entries; from += batch {
		cs := make([]register.Change, 0, batch)
		for i := from; i < min(from+batch, *entries); i++ {
			t := point(i)
			cs = append(cs, register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)})
		}
		if _, err := l.Append(ctx, slug, ledger.Batch{Changes: cs, Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead}); err != nil {
			return err
		}
	}
	start := time.Now()
	v, err := l.Verify(ctx, slug, "", nil)
	if err != nil {
		return err
	}
	took := time.Since(start)
	if !v.OK {
		return fmt.Errorf("verify: %s", v.Text)
	}
	h, buf := sha256.New(), make([]byte, 1<<20)
	start = time.Now()
	for left := v.Bytes; left > 0; left -= int64(len(buf)) {
		h.Write(buf[:min(int64(len(buf)), left)])
	}
	add(fmt.Sprintf("verify of %d entries (%d MiB)", v.Entries, v.Bytes>>20), took, "SHA-256 of the same bytes", time.Since(start), "")
	return nil
}
