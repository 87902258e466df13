package load

import (
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// letters is a mail server that keeps what it accepts.
type letters struct {
	address string
	mu      sync.Mutex
	kept    []letter
}

type letter struct{ id, to, subject, body string }

func newLetters(t *testing.T) *letters {
	l := &letters{}
	srv := smtp.NewServer(l)
	srv.Domain, srv.AllowInsecureAuth = "mail.example.org", true
	srv.ErrorLog = quiet{}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.address = ln.Addr().String()
	go srv.Serve(ln)
	t.Cleanup(func() { srv.Close() })
	return l
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (l *letters) NewSession(*smtp.Conn) (smtp.Session, error) { return &receiving{l: l}, nil }

type receiving struct {
	l  *letters
	to string
}

func (r *receiving) Reset()                                    {}
func (r *receiving) Logout() error                             { return nil }
func (r *receiving) Mail(string, *smtp.MailOptions) error      { return nil }
func (r *receiving) Rcpt(to string, _ *smtp.RcptOptions) error { r.to = to; return nil }

func (r *receiving) Data(in io.Reader) error {
	m, err := netmail.ReadMessage(in)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		return err
	}
	subject, err := (&mime.WordDecoder{}).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		return err
	}
	r.l.mu.Lock()
	defer r.l.mu.Unlock()
	r.l.kept = append(r.l.kept, letter{m.Header.Get("Message-Id"), r.to, subject, string(text)})
	return nil
}

func (l *letters) all() []letter {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]letter(nil), l.kept...)
}

var proposalHref = regexp.MustCompile(`https://perechen\.example\.org/([a-z0-9-]+)/proposals/(\S+)`)

// said lists what a letter says of proposals: one line for each.
func (l letter) said() (lines []said) {
	before := ""
	for line := range strings.Lines(l.body) {
		line = strings.TrimSpace(line)
		if m := proposalHref.FindStringSubmatch(line); m != nil {
			lines = append(lines, said{l.to, m[1], m[2], before})
		}
		before = line
	}
	return lines
}

// A said is one sentence to one person about one proposal.
type said struct{ to, body, proposal, text string }
