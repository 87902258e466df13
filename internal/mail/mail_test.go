package mail_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log/slog"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"perechen/internal/ledger"
	"perechen/internal/mail"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/upkeep"
)

// A server is a real SMTP server with TLS and passwords, on the loopback.
type server struct {
	addr   string
	caFile string
	cert   tls.Certificate
	tls    bool // from the first byte

	mu      sync.Mutex
	srv     *smtp.Server
	ln      net.Listener
	letters [][]byte
	secured []bool
	users   []string
	refuse  error // of the recipient
	hangsUp bool  // when it has taken a letter, without a goodbye
}

func (s *server) NewSession(c *smtp.Conn) (smtp.Session, error) { return &session{s: s, conn: c}, nil }

type session struct {
	s    *server
	conn *smtp.Conn
	user string
}

func (x *session) AuthMechanisms() []string { return []string{sasl.Plain} }
func (x *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "секрет" {
			return smtp.ErrAuthFailed
		}
		x.user = user
		return nil
	}), nil
}
func (x *session) Reset() {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	if x.s.hangsUp && len(x.s.letters) > 0 {
		_ = x.conn.Conn().Close()
	}
}
func (x *session) Logout() error { return nil }
func (x *session) Mail(string, *smtp.MailOptions) error {
	if x.user == "" {
		return smtp.ErrAuthRequired
	}
	return nil
}
func (x *session) Rcpt(string, *smtp.RcptOptions) error {
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	return x.s.refuse
}
func (x *session) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	x.s.mu.Lock()
	defer x.s.mu.Unlock()
	_, secured := x.conn.TLSConnectionState()
	x.s.letters, x.s.secured, x.s.users = append(x.s.letters, b), append(x.s.secured, secured), append(x.s.users, x.user)
	return err
}

func newServer(t *testing.T, fromTheFirstByte bool) *server {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	s := &server{cert: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, tls: fromTheFirstByte, caFile: filepath.Join(t.TempDir(), "ca.pem")}
	if err := os.WriteFile(s.caFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	s.start(t, "127.0.0.1:0")
	t.Cleanup(func() { s.stop() })
	return s
}

func (s *server) start(t *testing.T, addr string) {
	t.Helper()
	srv := smtp.NewServer(s)
	srv.Domain, srv.TLSConfig = "mail.example.ru", &tls.Config{Certificates: []tls.Certificate{s.cert}}
	srv.ErrorLog = quiet{}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	s.addr = ln.Addr().String()
	if s.tls {
		ln = tls.NewListener(ln, srv.TLSConfig)
	}
	s.mu.Lock()
	s.srv, s.ln = srv, ln
	s.mu.Unlock()
	go srv.Serve(ln)
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (s *server) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.srv.Close()
	s.ln.Close() // Serve may not have taken it yet
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.letters)
}

func (s *server) config() mail.Config {
	c := mail.Config{Server: s.addr, User: "perechen", Password: "секрет", From: "perechen@example.ru", CAFile: s.caFile, Site: "https://perechen.example.ru/"}
	if s.tls {
		c.Security = mail.TLS
	}
	return c
}

var letter = upkeep.Letter{ID: "m1", Name: "Иванова Ирина Ивановна, «кадры»", Address: "ivanova@example.ru", Notices: []upkeep.Notice{
	{Text: "Новая задача, срок 27.11.2026. Процесс «Приём на службу» исключён из реестра процессов, поэтому точку «Телефон: 8 (8672) 64-90-22» нужно проверить.", Href: "/komzan/tasks/t1"}}}

func TestLettersReachARealServerOverTLS(t *testing.T) {
	for _, first := range []bool{false, true} {
		s := newServer(t, first)
		m, err := mail.New(s.config())
		if err != nil {
			t.Fatal(err)
		}
		if err := m.Send(t.Context(), letter); err != nil {
			t.Fatalf("TLS from the first byte %v: %v", first, err)
		}
		if s.count() != 1 || !s.secured[0] || s.users[0] != "perechen" {
			t.Fatalf("the server got %d letters, under TLS: %v, from %v", s.count(), s.secured, s.users)
		}
		got, err := netmail.ReadMessage(bytes.NewReader(s.letters[0]))
		if err != nil {
			t.Fatal(err)
		}
		to, err := got.Header.AddressList("To")
		if err != nil || to[0].Name != letter.Name || to[0].Address != letter.Address {
			t.Errorf("to %v, %v", to, err)
		}
		from, err := got.Header.AddressList("From")
		if err != nil || from[0].Name != "Перечень точек взаимодействия" {
			t.Errorf("from %v, %v", from, err)
		}
		subject, err := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		if err != nil || !strings.HasPrefix(subject, "Перечень: Новая задача, срок 27.11.2026") || !strings.HasSuffix(subject, "…") {
			t.Errorf("subject %q, %v", subject, err)
		}
		for _, line := range strings.Split(string(s.letters[0]), "\r\n") {
			if len(line) > 998 || strings.ContainsFunc(line, func(r rune) bool { return r > 126 }) && !strings.Contains(got.Header.Get("Content-Transfer-Encoding"), "8bit") {
				t.Errorf("a line that mail does not carry: %.80q", line)
			}
		}
		if id := got.Header.Get("Message-Id"); id != "<m1@example.ru>" {
			t.Errorf("Message-ID %q: a letter tried again must keep it", id)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(got.Body))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"«Приём на службу»", "https://perechen.example.ru/komzan/tasks/t1\r\n", "https://perechen.example.ru/-/notices"} {
			if !strings.Contains(string(body), want) {
				t.Errorf("the letter does not say %q: %s", want, body)
			}
		}
	}
}

func TestNothingIsSentUnprotected(t *testing.T) {
	s := newServer(t, false)
	c := s.config()
	c.CAFile = "" // nobody vouches for the server
	m, err := mail.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err == nil {
		t.Error("a letter went to a server that nobody vouches for")
	}
	s.stop()
	// A server that offers no TLS at all.
	c = s.config()
	c.Server = withoutTLS(t, s)
	if m, err = mail.New(c); err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err == nil || s.count() > 0 {
		t.Errorf("a letter and a password went without TLS: %v", err)
	}
}

func TestARefusedMailboxIsToldApartFromATroubledServer(t *testing.T) {
	s := newServer(t, false)
	m, err := mail.New(s.config())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		code int
		want bool
	}{{550, true}, {451, false}} {
		s.mu.Lock()
		s.refuse = &smtp.SMTPError{Code: tt.code, EnhancedCode: smtp.EnhancedCode{tt.code / 100, 1, 1}, Message: "no"}
		s.mu.Unlock()
		if err := m.Send(t.Context(), letter); errors.Is(err, upkeep.ErrPermanent) != tt.want || err == nil {
			t.Errorf("after %d: permanent %v, want %v: %v", tt.code, errors.Is(err, upkeep.ErrPermanent), tt.want, err)
		}
	}
	c := s.config()
	c.Password = "не тот"
	if m, err = mail.New(c); err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err == nil || errors.Is(err, upkeep.ErrPermanent) {
		t.Errorf("a wrong password of ours is no fault of the mailbox: %v", err)
	}
}

// A server takes the letter and is gone before the goodbye: the letter is sent, and not to be sent again.
func TestALetterThatWasTakenIsSent(t *testing.T) {
	s := newServer(t, false)
	s.hangsUp = true
	m, err := mail.New(s.config())
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Send(t.Context(), letter); err != nil || s.count() != 1 {
		t.Errorf("%d letters were taken, and the sender was told %v", s.count(), err)
	}
}

func TestWrongSettingsAreNamed(t *testing.T) {
	for flag, c := range map[string]mail.Config{
		"--smtp:":         {Server: "mail:99999", From: "a@example.ru"},
		"--smtp-from:":    {Server: "mail.example.ru", From: "перечень"},
		"--smtp-tls:":     {Server: "mail.example.ru", From: "a@example.ru", Security: "ssl3"},
		"--smtp-tls none": {Server: "mail.example.ru", From: "a@example.ru", Security: mail.Plain, User: "u", Password: "p"},
		"--smtp-ca:":      {Server: "mail.example.ru", From: "a@example.ru", CAFile: "no-such-file"},
	} {
		if _, err := mail.New(c); err == nil || !strings.HasPrefix(err.Error(), flag) {
			t.Errorf("%+v: %v, want a sentence that begins with %s", c, err, flag)
		}
	}
}

type people struct{}

func (people) Person(_ context.Context, account string) (upkeep.Person, bool, error) {
	return upkeep.Person{Account: account, Name: "Петров П.П.", Email: account + "@example.ru"}, true, nil
}

// The server is down when something happens, and comes up later: the letter arrives, once, although two nodes send.
func TestALetterWaitsForTheServer(t *testing.T) {
	s := newServer(t, false)
	s.stop()
	dir := t.TempDir()
	st, err := store.OpenFile(t.Context(), filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	key, err := proof.GenerateKey("test")
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	later := func(d time.Duration) { mu.Lock(); defer mu.Unlock(); now = now.Add(d) }
	l := ledger.New(st, key, clock)
	if err := l.AddBody(t.Context(), register.Organisation{Slug: "komzan", Name: "Комитет"}, &procedure.Procedure{ID: "p"}, register.Ground{Text: "начало"}, "local"); err != nil {
		t.Fatal(err)
	}
	desk := upkeep.New(st.Upkeep(), l, people{}, clock)
	desk.On(desk.Notify)
	x := register.Appointment{Role: register.RoleOfficer, Person: "Петров П.П.", Account: "petrov", Act: register.Act{Kind: "приказ", Number: "1", Date: "2026-11-01"}}
	if _, err := desk.Appoint(t.Context(), upkeep.Local, "komzan", x, ""); err != nil {
		t.Fatal(err)
	}
	m, err := mail.New(s.config())
	if err != nil {
		t.Fatal(err)
	}
	node := func() *upkeep.Post { return upkeep.NewPost(desk, m, slog.New(slog.DiscardHandler)) }
	both := func() {
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				p := node()
				for more := true; more; {
					var err error
					if more, err = p.SendOne(t.Context()); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
	both()
	later(2 * time.Minute)
	both()
	s.start(t, s.addr)
	both()
	if s.count() != 0 {
		t.Error("it was tried again at once, without a pause")
	}
	later(10 * time.Minute)
	both()
	later(time.Hour)
	both()
	if s.count() != 1 {
		t.Errorf("%d letters arrived, want 1", s.count())
	}
}

// withoutTLS begins a server that offers no TLS at all, and gives its address.
func withoutTLS(t *testing.T, s smtp.Backend) string {
	t.Helper()
	srv := smtp.NewServer(s)
	srv.Domain, srv.AllowInsecureAuth, srv.ErrorLog = "mail.example.ru", true, quiet{}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go srv.Serve(ln)
	t.Cleanup(func() { srv.Close() })
	return ln.Addr().String()
}
