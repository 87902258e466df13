// Package pointhealth looks whether the points of a register can still be reached: sites answer, mail domains exist. It
// knows what an answer means and when a breakage is one; it keeps nothing, and asks through whoever is given to it.
package pointhealth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"perechen/internal/outgoing"
	"perechen/internal/register"
)

// An Asker asks the network; *outgoing.Client is one.
type Asker interface {
	Ask(ctx context.Context, address string) (outgoing.Answer, error)
	MailDomain(ctx context.Context, domain string) error
}

// A Verdict is what a look came to.
type Verdict string

// The verdicts.
const (
	Good    Verdict = "good"
	Notable Verdict = "notable" // it works, and somebody should know something
	Bad     Verdict = "bad"
	Unknown Verdict = "unknown" // nothing can be said: our own network, or an address that is not looked at
)

// What is looked at.
const (
	Site = "site"
	Mail = "mail"
)

// A Look is one look at a point.
type Look struct {
	Time    time.Time `json:"time"`
	Verdict Verdict   `json:"verdict"`
	Text    string    `json:"text"` // one Russian sentence
	network bool      // it may be our own network that is at fault
	through bool      // a server was spoken with
}

// Bounds of what is kept and said.
const (
	Apart    = time.Hour // between two failures that together are a breakage
	keep     = 20        // looks
	certSoon = 21 * 24 * time.Hour
)

// A Record is what is known of one thing about one point.
type Record struct {
	Point  string    `json:"point"`
	Check  string    `json:"check"`           // Site or Mail
	Value  string    `json:"value"`           // print of the contact that was looked at: another one begins anew
	Fails  time.Time `json:"fails,omitzero"`  // first failure of those that go on
	Broken time.Time `json:"broken,omitzero"` // when it was called broken; zero: it is not
	Looks  []Look    `json:"looks"`           // the newest first
}

// Last is the newest look.
func (r *Record) Last() Look {
	if len(r.Looks) == 0 {
		return Look{}
	}
	return r.Looks[0]
}

// Note adds a look. One failure is no breakage: two are, with at least Apart between the first and the last and no good
// look in between. What says nothing changes nothing.
func (r *Record) Note(value string, l Look) (broke, mended bool) {
	if r.Value != value {
		mended = !r.Broken.IsZero()
		r.Value, r.Fails, r.Broken = value, time.Time{}, time.Time{}
	}
	r.Looks = append([]Look{l}, r.Looks[:min(len(r.Looks), keep-1)]...)
	switch l.Verdict {
	case Good, Notable:
		mended = mended || !r.Broken.IsZero()
		r.Fails, r.Broken = time.Time{}, time.Time{}
	case Bad:
		if r.Fails.IsZero() {
			r.Fails = l.Time
		}
		if r.Broken.IsZero() && l.Time.Sub(r.Fails) >= Apart {
			r.Broken, broke = l.Time, true
		}
	}
	return broke, mended
}

// Print is what a record keeps of a contact.
func Print(contact string) string {
	sum := sha256.Sum256([]byte(contact))
	return hex.EncodeToString(sum[:8])
}

// Of tells what is looked at about a point; empty for what cannot be asked without a person.
func Of(t register.Touchpoint) string {
	switch c := t.Contact; {
	case strings.HasPrefix(c, "http://"), strings.HasPrefix(c, "https://"):
		return Site
	case strings.Contains(c, "@") && !strings.HasPrefix(c, "@"):
		return Mail
	}
	return ""
}

// See looks at a point now.
func See(ctx context.Context, ask Asker, t register.Touchpoint, now func() time.Time) Look {
	var l Look
	switch Of(t) {
	case Site:
		a, err := ask.Ask(ctx, t.Contact)
		l = siteLook(a, err, now())
		l.through = spoken(a, err)
	case Mail:
		err := ask.MailDomain(ctx, t.Contact[strings.LastIndexByte(t.Contact, '@')+1:])
		l = Look{Verdict: Good, Text: "Почтовый домен есть."}
		if err != nil {
			l = failed(err)
		}
	}
	l.Time = now().UTC()
	return l
}

func siteLook(a outgoing.Answer, err error, now time.Time) Look {
	if err != nil {
		return failed(err)
	}
	switch s := a.Status; {
	case s == http.StatusUnauthorized, s == http.StatusForbidden, s == http.StatusTooManyRequests, s == http.StatusMethodNotAllowed:
		return Look{Verdict: Notable, Text: fmt.Sprintf("Сайт отвечает, но программе страницу не показывает (ответ %d): посмотрите сами.", s)}
	case s == http.StatusNotFound, s == http.StatusGone:
		return Look{Verdict: Bad, Text: fmt.Sprintf("Такой страницы на сайте нет (ответ %d).", s)}
	case s >= 500:
		return Look{Verdict: Bad, Text: fmt.Sprintf("Сайт отвечает ошибкой (ответ %d).", s)}
	case s >= 400:
		return Look{Verdict: Bad, Text: fmt.Sprintf("Сайт страницу не отдаёт (ответ %d).", s)}
	}
	if left := a.CertEnds.Sub(now); !a.CertEnds.IsZero() && left < certSoon {
		return Look{Verdict: Notable, Text: "Сайт отвечает; срок его сертификата кончается " + a.CertEnds.Format("02.01.2006") + "."}
	}
	if a.Moved != "" {
		return Look{Verdict: Notable, Text: "Сайт отвечает, но переехал навсегда: " + a.Moved}
	}
	if a.Bared {
		return Look{Verdict: Notable, Text: "Сайт отвечает, но переводит с https на http: связь с ним не защищена."}
	}
	return Look{Verdict: Good, Text: "Сайт отвечает."}
}

// failed says what an error means: what tells nothing of the address is no fault of the point.
func failed(err error) Look {
	var e *outgoing.Error
	if !errors.As(err, &e) {
		return Look{Verdict: Unknown, Text: "Проверить не удалось."}
	}
	l := Look{Verdict: Bad, Text: e.Text}
	switch e.Code {
	case outgoing.NoDNS, outgoing.Stopped, outgoing.Forbidden:
		l.Verdict = Unknown
	}
	l.network = e.Code == outgoing.Unreachable || e.Code == outgoing.NoDNS
	return l
}

// spoken tells whether the question got out to a server, whatever came of it.
func spoken(a outgoing.Answer, err error) bool {
	var e *outgoing.Error
	return err == nil || a.Status > 0 || errors.As(err, &e) && e.Code == outgoing.Certificate
}

// least is how many failures together look like our own network.
const least = 3

// OwnFault tells whether our own network fails: several looks did, as they do then, and none has got out to a server. Then
// those failures are learnt nothing from. A name that does not exist or a mail domain that does is found without going out.
func OwnFault(looks []Look) bool {
	failures := 0
	for _, l := range looks {
		if l.through {
			return false
		}
		if l.network {
			failures++
		}
	}
	return failures >= least
}

// Unlearn takes back what a look said when it was our own network that failed.
func (l *Look) Unlearn() {
	if l.network {
		l.Verdict, l.Text = Unknown, "До точек не дойти: похоже, нет связи у самой программы. Это не считается."
	}
}
