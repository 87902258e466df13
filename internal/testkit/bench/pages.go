package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
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

// firstPage starts a program that prints its address, asks it for one page, and ends it; it gives its resident KiB then, and
// the page.
func firstPage(ctx context.Context, path, bin string, args ...string) (kib int, page []byte, err error) {
	c := exec.CommandContext(ctx, bin, args...)
	out, err := c.StdoutPipe()
	if err != nil {
		return 0, nil, err
	}
	if err := c.Start(); err != nil {
		return 0, nil, err
	}
	defer c.Wait()
	defer c.Process.Kill()
	buf := make([]byte, 4096)
	n, err := out.Read(buf)
	if err != nil {
		return 0, nil, err
	}
	go io.Copy(io.Discard, out)
	i := strings.Index(string(buf[:n]), "http://")
	if i < 0 {
		return 0, nil, fmt.Errorf("%s printed no address: %s", bin, buf[:n])
	}
	url := strings.Fields(string(buf[i:n]))[0]
	if page, err = get(ctx, url+path); err != nil {
		return 0, nil, err
	}
	return statusKiB(c.Process.Pid, "VmRSS"), page, nil
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
