package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"perechen/internal/store"
)

// pragmas are those of the program's own connections, so that a bare database is as durable.
const pragmas = "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)"

// The bare program opens the database that its argument names, with the pragmas of ours, and sends one page out of it; the
// barest has no database.
const (
	barestProgram = `package main

import (
	"fmt"
	"net"
	"net/http"
)

func main() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s/\n", ln.Addr())
	http.Serve(ln, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 100<<10)) }))
}
`
	bareProgram = `package main

import (
	"database/sql"
	"fmt"
	"net"
	"net/http"
	"os"

	_ "modernc.org/sqlite"
)

func main() {
	db, err := sql.Open("sqlite", "file:"+os.Args[1]+"?PRAGMAS")
	if err == nil {
		err = db.Ping()
	}
	if err != nil {
		panic(err)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("http://%s/\n", ln.Addr())
	http.Serve(ln, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var page []byte
		if err := db.QueryRow("SELECT page FROM bare_page").Scan(&page); err != nil {
			panic(err)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(page)
	}))
}
`
)

// coldStart compares the time from starting the program to its first page with that of a program which has net/http, the
// same database and the same bytes only, and with that of one which has no database either; and it reads how much memory
// the idle program holds. All take turns, and the best of each counts: what else the machine does only adds to it.
func coldStart(ctx context.Context, dir, bin, data string) error {
	barest, err := goProgram(ctx, dir, "barest", barestProgram)
	if err != nil {
		return err
	}
	bare, err := goProgram(ctx, dir, "bare", strings.ReplaceAll(bareProgram, "PRAGMAS", pragmas))
	if err != nil {
		return err
	}
	small := filepath.Join(dir, "small")
	_, done, err := installation(ctx, small)
	if err != nil {
		return err
	}
	done()
	serve := func(data string) []string { return []string{bin, "serve", "--data", data, "--addr", "127.0.0.1:0"} }
	rss := 0
	for _, c := range []struct{ what, data string }{{"new register", small}, {fmt.Sprintf("%d usages", *usages), data}} {
		copied, err := withPage(ctx, dir, c.data, serve(c.data))
		if err != nil {
			return err
		}
		var ours, base, least []time.Duration
		for range 15 {
			for _, run := range []struct {
				took *[]time.Duration
				path string
				args []string
			}{{&least, "", []string{barest}}, {&base, "", []string{bare, copied}}, {&ours, slug + "/", serve(c.data)}} {
				start := time.Now()
				kib, _, err := firstPage(ctx, run.path, run.args[0], run.args[1:]...)
				if err != nil {
					return err
				}
				*run.took = append(*run.took, time.Since(start))
				if run.took == &ours && c.data == small {
					rss = kib
				}
			}
		}
		what := "cold start to first page, " + c.what
		add(what, slices.Min(ours), "bare handler, same bytes from the same database", slices.Min(base), "≤ 2")
		add(what, slices.Min(ours), "bare handler without a database", slices.Min(least), "")
	}
	note("memory of the idle program", fmt.Sprintf("%.1f MiB", float64(rss)/1024), "≤ 45 MiB")
	return nil
}

// goProgram builds a program of one file with the libraries of this module.
func goProgram(ctx context.Context, dir, name, text string) (bin string, err error) {
	src := filepath.Join(dir, name+".go")
	if err := os.WriteFile(src, []byte(text), 0o644); err != nil {
		return "", err
	}
	bin = filepath.Join(dir, name)
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", bin, src)
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return bin, nil
}

// withPage copies the database of an installation and puts the first page of its register into the copy.
func withPage(ctx context.Context, dir, data string, serve []string) (path string, err error) {
	_, page, err := firstPage(ctx, slug+"/", serve[0], serve[1:]...)
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(data)+"-bare.db")
	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, store.DatabaseFile)+"?"+pragmas)
	if err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	db.Close()
	if err != nil {
		return "", err
	}
	if db, err = sql.Open("sqlite", "file:"+path+"?"+pragmas); err != nil {
		return "", err
	}
	defer db.Close()
	if _, err = db.ExecContext(ctx, "CREATE TABLE bare_page (page BLOB NOT NULL)"); err != nil {
		return "", err
	}
	_, err = db.ExecContext(ctx, "INSERT INTO bare_page VALUES (?)", page)
	return path, err
}
