package main

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
)

func openBare(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+path+"?_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec("create table bare(n integer primary key, leaf blob not null, content blob not null)")
	return db, err
}

// appends compares one change appended with its proof with the same bytes inserted without one, each in a durable
// transaction of its own.
func appends(ctx context.Context, dir string) error {
	l, done, err := installation(ctx, filepath.Join(dir, "append"))
	if err != nil {
		return err
	}
	defer done()
	db, err := openBare(filepath.Join(dir, "bare.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	i := 0
	content := func() (string, []byte) {
		i++
		t := point(i)
		return t.Key, register.Encode(t)
	}
	appendOne := func() error {
		key, c := content()
		_, err := l.Append(ctx, slug, ledger.Batch{Changes: []register.Change{{Op: register.Include, Kind: register.KindTouchpoint, Key: key, Content: c}}, Ground: register.Ground{Clause: "4.1"}, Actor: "bench", Head: ledger.AnyHead})
		return err
	}
	insertOne := func() error {
		_, c := content()
		_, err := db.ExecContext(ctx, "insert into bare(leaf, content) values(?, ?)", make([]byte, 300), c)
		return err
	}
	// The two take turns, so that both meet the same disk.
	var took, base time.Duration
	const turns = 9
	for range turns {
		a, err := median(31, appendOne)
		if err != nil {
			return err
		}
		b, err := median(31, insertOne)
		if err != nil {
			return err
		}
		took, base = took+a, base+b
	}
	add("append of one change with proof", took/turns, "insert without proof", base/turns, "≤ 2")
	return nil
}

// imports takes in a large workbook as the program does, in a process of its own, and compares with inserting the same
// rows into a bare table.
func imports(ctx context.Context, dir, bin string) error {
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
			"Получение информации клиентом, получение консультации клиентом", "Взаимодействие в цифровой точке")
	}
	file := filepath.Join(dir, "large.xlsx")
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := office.WriteXLSX(f, &office.Doc{Title: "Перечень", Created: time.Unix(0, 0), Sections: []office.Section{{Name: "Перечень", Blocks: []office.Block{t}}}}); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	data := filepath.Join(dir, "import")
	_, done, err := installation(ctx, data)
	if err != nil {
		return err
	}
	done()
	c := exec.CommandContext(ctx, bin, "import", file, "--accept", "--ground", "4.1", "--data", data, "--json")
	start := time.Now()
	if err := c.Start(); err != nil {
		return err
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
		return fmt.Errorf("import: %w", err)
	}
	took := time.Since(start)

	written, base, err := rawInserts(ctx, dir, data)
	if err != nil {
		return err
	}
	add(fmt.Sprintf("import of a workbook of %d rows", *rows), took, fmt.Sprintf("raw inserts of the %d database rows it wrote", written), base, "≤ 2")
	note("peak memory of that import", fmt.Sprintf("%d MiB", <-peak>>10), "≤ 256 MiB")
	return nil
}

// rawInserts copies all rows of an installation's tables into a new database with plain inserts, in one transaction.
func rawInserts(ctx context.Context, dir, data string) (n int, took time.Duration, err error) {
	return copyTables(ctx, filepath.Join(data, databaseFile), filepath.Join(dir, "raw.db"))
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
