package mail_test

import (
	"strings"
	"testing"

	"perechen/internal/mail"
)

// TestTryingAServerSaysWhatIsWrong: nothing is sent, and an operator reads what to look at.
func TestTryingAServerSaysWhatIsWrong(t *testing.T) {
	try := func(c mail.Config) (string, error) {
		t.Helper()
		m, err := mail.New(c)
		if err != nil {
			t.Fatal(err)
		}
		return m.Try(t.Context())
	}
	for _, first := range []bool{false, true} {
		s := newServer(t, first)
		if why, err := try(s.config()); err != nil || why != "" {
			t.Errorf("a good server: %q, %v", why, err)
		}
		c := s.config()
		c.Password = "другой"
		if why, err := try(c); err == nil || why != "имя или пароль не подходят" {
			t.Errorf("another password: %q, %v", why, err)
		}
		c = s.config()
		c.CAFile = ""
		if why, err := try(c); err == nil || why != "его сертификату не верит эта машина" {
			t.Errorf("nobody vouches for the server: %q, %v", why, err)
		}
		s.stop()
		if why, err := try(s.config()); err == nil || why != "там никто не отвечает" {
			t.Errorf("nobody listens: %q, %v", why, err)
		}
		if s.count() > 0 {
			t.Error("a letter was sent")
		}
	}
	s := newServer(t, false)
	c := s.config()
	c.Server = withoutTLS(t, s)
	if why, err := try(c); err == nil || !strings.Contains(why, "STARTTLS") {
		t.Errorf("a server without TLS: %q, %v", why, err)
	}
}
