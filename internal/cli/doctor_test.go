package cli

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"perechen/internal/store"
	"perechen/internal/testkit/pgtest"
)

// TestDoctorOfADatabaseServer: what is wrong with a server is told apart from what is wrong with data, and nobody is sent to a
// backup for what a setting mends.
func TestDoctorOfADatabaseServer(t *testing.T) {
	address := pgtest.Database(t)
	p := newPlace(t).on(address)
	p.must("init")
	p.must("body", "add", "--procedure", "komzan-alania-9r-2026")
	sql := func(statement string) {
		t.Helper()
		c, err := pgx.Connect(context.Background(), address)
		if err == nil {
			_, err = c.Exec(context.Background(), statement)
			c.Close(context.Background())
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	see := func(p *place, check, status string, want ...string) {
		t.Helper()
		s, code := doctor(t, p, check)
		for _, w := range want {
			if !strings.Contains(s.Text+"\n"+s.Advice, w) {
				t.Errorf("%s: «%s» is not in %+v", check, w, s)
			}
		}
		if s.Status != status || (code == exitRefused) != (status == sick) && status == sick {
			t.Errorf("%s: %s, exit code %d", check, s.Status, code)
		}
		if strings.Contains(s.Text+s.Advice, "secret") {
			t.Errorf("%s shows the password: %+v", check, s)
		}
	}
	// The servers of tests do not wait for the disk.
	see(p, "сервер базы данных", sick, "fsync=off", "full_page_writes=off")
	sql(`ALTER DATABASE ` + name(address) + ` SET synchronous_commit = off`)
	see(p, "сервер базы данных", sick, "synchronous_commit=off")
	sql(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`)
	see(p, "база данных", sick, "Обновите программу")
	if s, _ := doctor(t, p, "база данных"); strings.Contains(s.Text+s.Advice, "копи") {
		t.Errorf("whoever has an older program is sent to a backup: %+v", s)
	}
	sql(`DELETE FROM goose_db_version WHERE version_id > (SELECT max(version_id) FROM goose_db_version WHERE version_id < 9999) - 1`)
	see(p, "база данных", sick, "perechen migrate")

	see(p.on(strings.Replace(address, name(address), "nothing_here", 1)), "база данных", sick, "нет базы данных с таким именем", "по адресу")
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := ln.Addr().String()
	ln.Close()
	see(p.on("postgres://perechen:secret@"+gone+"/perechen"), "база данных", sick, gone, "никто не отвечает")
	see(p.on("postgres://perechen:secret@no-such-host.invalid/perechen"), "база данных", sick, "no-such-host.invalid")

	if err := os.Remove(filepath.Join(p.data, store.KeyFile)); err != nil {
		t.Fatal(err)
	}
	see(p, "ключ подписи", sick, "другого узла")
}

// name is that of the database in an address.
func name(address string) string {
	_, rest, _ := strings.Cut(address, "@/")
	name, _, _ := strings.Cut(rest, "?")
	return name
}

// TestDoctorOfMail: settings of mail that will not work are told before anybody waits for a letter.
func TestDoctorOfMail(t *testing.T) {
	p := committee(t, false)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := ln.Addr().String()
	ln.Close()
	for _, c := range []struct {
		flags        []string
		status, want string
	}{
		{nil, sound, "не настроена"},
		{[]string{"--smtp", gone, "--smtp-from", "perechen@example.ru"}, doubt, "никто не отвечает"},
		{[]string{"--smtp", gone, "--smtp-from", "perechen"}, sick, "--smtp-from"},
		{[]string{"--smtp", gone, "--smtp-from", "perechen@example.ru", "--smtp-tls", "ssl"}, sick, "--smtp-tls"},
	} {
		var seen []symptom
		p.facts(&seen, append([]string{"doctor"}, c.flags...)...)
		for _, s := range seen {
			if s.Check == "почта" && (s.Status != c.status || !strings.Contains(s.Text, c.want)) {
				t.Errorf("%v: %+v", c.flags, s)
			}
		}
	}
}
