package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/store"
	"perechen/internal/web"

	_ "modernc.org/sqlite"
)

// pages compares the register page with a bare handler that sends the same bytes and with the bare SQL.
func pages(ctx context.Context, l *ledger.Ledger, data string) error {
	h, err := web.New(l, web.Options{})
	if err != nil {
		return err
	}
	srv := httptest.NewServer(h)
	defer srv.Close()
	url := srv.URL + "/" + slug + "/"
	start := time.Now()
	body, err := get(ctx, url)
	if err != nil {
		return err
	}
	first := time.Since(start)
	fresh := 0
	uncached, err := median(21, func() error { fresh++; _, err := get(ctx, fmt.Sprintf("%s?page=%d", url, fresh+1)); return err })
	if err != nil {
		return err
	}
	cached, err := median(301, func() error { _, err := get(ctx, url); return err })
	if err != nil {
		return err
	}
	bare := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(body)
	}))
	defer bare.Close()
	base, err := median(301, func() error { _, err := get(ctx, bare.URL); return err })
	if err != nil {
		return err
	}
	what := fmt.Sprintf("register page of %d usages (%d KiB)", *usages, len(body)>>10)
	add(what+", in memory", cached, "bare handler, same bytes", base, "≤ 4")
	add(what+", another page of it rendered", uncached, "bare handler, same bytes", base, "")
	add(what+", very first", first, "", 0, "")

	db, err := sql.Open("sqlite", "file:"+filepath.Join(data, store.DatabaseFile)+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	query, args := pageSQL()
	bareSQL, err := median(51, func() error {
		rs, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			return err
		}
		defer rs.Close()
		for rs.Next() {
			var content []byte
			if err := rs.Scan(&content); err != nil {
				return err
			}
		}
		return rs.Err()
	})
	if err != nil {
		return err
	}
	add(what+", another page of it rendered", uncached, "the SQL of a page's rows alone", bareSQL, "")
	return nil
}

func get(ctx context.Context, url string) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", "identity")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", url, res.Status)
	}
	return b, err
}

const bareProgram = `package main

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

// coldStart compares the time from starting the program to its first page with that of a program that has a bare handler
// only, and reads how much memory the idle program holds.
func coldStart(ctx context.Context, dir, bin, data string) error {
	src := filepath.Join(dir, "bare.go")
	if err := os.WriteFile(src, []byte(bareProgram), 0o644); err != nil {
		return err
	}
	bare := filepath.Join(dir, "bare")
	if out, err := exec.CommandContext(ctx, "go", "build", "-ldflags", "-s -w", "-o", bare, src).CombinedOutput(); err != nil {
		return fmt.Errorf("build: %w: %s", err, out)
	}
	base, err := median(11, func() error { _, err := firstPage(ctx, "", bare); return err })
	if err != nil {
		return err
	}
	took, err := median(11, func() error {
		_, err := firstPage(ctx, slug+"/", bin, "serve", "--data", data, "--addr", "127.0.0.1:0")
		return err
	})
	if err != nil {
		return err
	}
	add(fmt.Sprintf("cold start to first page, %d usages", *usages), took, "bare handler", base, "≤ 2")
	small := filepath.Join(dir, "small")
	_, done, err := installation(ctx, small)
	if err != nil {
		return err
	}
	done()
	tookSmall, err := median(11, func() error {
		_, err := firstPage(ctx, slug+"/", bin, "serve", "--data", small, "--addr", "127.0.0.1:0")
		return err
	})
	if err != nil {
		return err
	}
	add("cold start to first page, new register", tookSmall, "bare handler", base, "≤ 2")
	rss, err := firstPage(ctx, slug+"/", bin, "serve", "--data", small, "--addr", "127.0.0.1:0")
	if err != nil {
		return err
	}
	note("memory of the idle program", fmt.Sprintf("%.1f MiB", float64(rss)/1024), "≤ 45 MiB")
	return nil
}

// firstPage starts a program that prints its address, asks it for one page, and ends it; it gives its resident KiB then.
func firstPage(ctx context.Context, path, bin string, args ...string) (kib int, err error) {
	c := exec.CommandContext(ctx, bin, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := c.Start(); err != nil {
		return 0, err
	}
	defer c.Wait()
	defer c.Process.Kill()
	buf := make([]byte, 4096)
	n, err := out.Read(buf)
	if err != nil {
		return 0, err
	}
	go io.Copy(io.Discard, out)
	i := strings.Index(string(buf[:n]), "http://")
	if i < 0 {
		return 0, fmt.Errorf("%s printed no address: %s", bin, buf[:n])
	}
	url := strings.Fields(string(buf[i:n]))[0]
	conn, err := net.Dial("tcp", strings.Trim(strings.TrimPrefix(url, "http://"), "/"))
	if err != nil {
		return 0, err
	}
	conn.Close()
	if _, err := get(ctx, url+path); err != nil {
		return 0, err
	}
	return statusKiB(c.Process.Pid, "VmRSS"), nil
}

// statusKiB reads one line of a running process's status; 0 when there is no such process or line.
func statusKiB(pid int, field string) (kib int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if name, value, ok := strings.Cut(line, ":"); ok && name == field {
			fmt.Sscanf(value, "%d", &kib)
		}
	}
	return kib
}
