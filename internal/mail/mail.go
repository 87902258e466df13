// Package mail carries notices to people's mailboxes by SMTP: over STARTTLS or TLS, with a password where the server asks
// for one.
package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/textproto"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	gomail "github.com/wneessen/go-mail"

	"perechen/internal/lang"
	"perechen/internal/upkeep"
)

// How the connection is protected.
const (
	StartTLS = "starttls" // begins plain and must become TLS, or nothing is sent
	TLS      = "tls"      // from the first byte, usually port 465
	Plain    = "none"     // for a server on the same machine
)

// A Config says which server takes our mail.
type Config struct {
	Server   string // host or host:port
	Security string // StartTLS when empty
	User     string // empty: the server asks for no password
	Password string
	From     string // mailbox of the sender
	CAFile   string // PEM of the authority that vouches for the server; empty: those of the system
	Site     string // address of the pages, for links: https://perechen.example.ru; empty: no links
}

// A Mailer sends by one server; it is safe for concurrent use.
type Mailer struct {
	config Config
	host   string
	port   int
	tls    *tls.Config
}

var _ upkeep.Mailer = (*Mailer)(nil)

// New checks a configuration; nothing is connected yet. Its errors are Russian sentences that name the setting.
func New(c Config) (*Mailer, error) {
	m := &Mailer{config: c}
	if m.config.Security == "" {
		m.config.Security = StartTLS
	}
	ports := map[string]int{StartTLS: 587, TLS: 465, Plain: 25}
	port, ok := ports[m.config.Security]
	if !ok {
		return nil, fmt.Errorf("--smtp-tls: «%s» — не способ защиты; нужно %s, %s или %s", c.Security, StartTLS, TLS, Plain)
	}
	m.host, m.port = c.Server, port
	if host, p, err := net.SplitHostPort(c.Server); err == nil {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 65535 {
			return nil, fmt.Errorf("--smtp: «%s» — не порт", p)
		}
		m.host, m.port = host, n
	}
	if m.host == "" {
		return nil, errors.New("--smtp: укажите сервер, например mail.example.ru:587")
	}
	if err := gomail.NewMsg().From(c.From); err != nil || c.From == "" {
		return nil, fmt.Errorf("--smtp-from: «%s» — не адрес электронной почты", c.From)
	}
	if c.User != "" && m.config.Security == Plain && !local(m.host) {
		return nil, errors.New("--smtp-tls none: пароль не передаётся другому узлу без защиты; выберите starttls или tls")
	}
	m.config.Site = strings.TrimRight(c.Site, "/")
	m.tls = &tls.Config{ServerName: m.host, MinVersion: tls.VersionTLS12}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, fmt.Errorf("--smtp-ca: файл «%s» не читается", c.CAFile)
		}
		m.tls.RootCAs = x509.NewCertPool()
		if !m.tls.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("--smtp-ca: в файле «%s» нет сертификатов PEM", c.CAFile)
		}
	}
	return m, nil
}

func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send sends one letter. It tells apart what the server refuses for ever (upkeep.ErrPermanent) from what may pass.
func (m *Mailer) Send(ctx context.Context, l upkeep.Letter) error {
	msg := gomail.NewMsg()
	if err := msg.FromFormat("Перечень точек взаимодействия", m.config.From); err != nil {
		return err
	}
	if err := msg.AddToFormat(l.Name, l.Address); err != nil {
		return errors.Join(upkeep.ErrPermanent, err)
	}
	msg.Subject(subject(l))
	msg.SetMessageIDWithValue(l.ID + "@" + domain(m.config.From))
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated") // so that nobody's machine answers it
	msg.SetBodyString(gomail.TypeTextPlain, m.body(l))
	c, err := gomail.NewClient(m.host, m.options()...)
	if err != nil {
		return err
	}
	err = c.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() {
		return nil // whatever went wrong while saying goodbye: sent again it would come twice
	}
	var se *gomail.SendError
	if errors.As(err, &se) && !se.IsTemp() && se.ErrorCode() >= 500 && (se.Reason == gomail.ErrSMTPRcptTo || se.Reason == gomail.ErrSMTPData || se.Reason == gomail.ErrSMTPDataClose) {
		return errors.Join(upkeep.ErrPermanent, err)
	}
	return err
}

// Try connects to the server as Send would, up to the password, and sends nothing. why says in a few Russian words what is
// not well.
func (m *Mailer) Try(ctx context.Context) (why string, err error) {
	c, err := gomail.NewClient(m.host, m.options()...)
	if err == nil {
		err = c.DialWithContext(ctx)
	}
	if err == nil {
		_ = c.Close() // it has said what it was asked
		return "", nil
	}
	var unknown *net.DNSError
	var wait net.Error
	var verify *tls.CertificateVerificationError
	var answer *textproto.Error
	switch {
	case errors.As(err, &unknown):
		why = "имя узла не находится"
	case errors.Is(err, syscall.ECONNREFUSED):
		why = "там никто не отвечает"
	case errors.As(err, &verify):
		why = "его сертификату не верит эта машина"
	case errors.As(err, &answer) && (answer.Code == 535 || answer.Code == 534 || answer.Code == 530):
		why = "имя или пароль не подходят"
	case errors.As(err, &answer):
		why = fmt.Sprintf("он ответил «%d %s»", answer.Code, answer.Msg)
	case errors.As(err, &wait) && wait.Timeout(), errors.Is(err, context.DeadlineExceeded):
		why = "узел молчит"
	case m.config.Security == StartTLS && strings.Contains(err.Error(), "STARTTLS"):
		why = "он не умеет STARTTLS"
	default:
		why = err.Error()
	}
	return why, err
}

func (m *Mailer) options() []gomail.Option {
	opts := []gomail.Option{gomail.WithPort(m.port), gomail.WithTimeout(30 * time.Second), gomail.WithTLSConfig(m.tls)}
	switch m.config.Security {
	case TLS:
		opts = append(opts, gomail.WithSSL())
	case StartTLS:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	default:
		opts = append(opts, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if m.config.User != "" {
		opts = append(opts, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(m.config.User), gomail.WithPassword(m.config.Password))
	}
	return opts
}

func domain(address string) string {
	if _, d, ok := strings.Cut(address, "@"); ok && d != "" {
		return d
	}
	return "perechen"
}

// subject is the sentence itself where there is one, else how many there are.
func subject(l upkeep.Letter) string {
	if len(l.Notices) != 1 {
		return "Перечень: " + lang.Count(len(l.Notices), "уведомление", "уведомления", "уведомлений")
	}
	text := []rune(strings.Join(strings.Fields(l.Notices[0].Text), " "))
	if len(text) > 90 {
		return "Перечень: " + strings.TrimSpace(string(text[:89])) + "…"
	}
	return "Перечень: " + string(text)
}

func (m *Mailer) body(l upkeep.Letter) string {
	var b strings.Builder
	for i, n := range l.Notices {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(n.Text + "\n")
		if m.config.Site != "" && n.Href != "" {
			b.WriteString(m.config.Site + n.Href + "\n")
		}
	}
	b.WriteString("\n-- \nПисьмо отправила программа «Перечень точек взаимодействия». Отвечать на него не нужно.\n")
	if m.config.Site != "" {
		b.WriteString("Как присылать письма, выбирают здесь: " + m.config.Site + "/-/notices\n")
	}
	return b.String()
}
