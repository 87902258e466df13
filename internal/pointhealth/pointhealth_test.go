package pointhealth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"perechen/internal/outgoing"
	"perechen/internal/register"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// says is an asker that answers as it is told.
type says struct {
	answer outgoing.Answer
	err    error
}

func (s says) Ask(context.Context, string) (outgoing.Answer, error) { return s.answer, s.err }
func (s says) MailDomain(context.Context, string) error             { return s.err }

func TestWhatAnswersMean(t *testing.T) {
	site := register.Touchpoint{Contact: "https://example.ru/"}
	mail := register.Touchpoint{Contact: "info@example.ru"}
	fault := func(c outgoing.Code) error { return &outgoing.Error{Code: c, Text: "Так."} }
	for _, x := range []struct {
		point  register.Touchpoint
		answer outgoing.Answer
		err    error
		want   Verdict
		text   string
	}{
		{site, outgoing.Answer{Status: 200}, nil, Good, "отвечает"},
		{site, outgoing.Answer{Status: 200, CertEnds: noon.Add(90 * 24 * time.Hour)}, nil, Good, "отвечает"},
		{site, outgoing.Answer{Status: 200, CertEnds: noon.Add(5 * 24 * time.Hour)}, nil, Notable, "25.11.2026"},
		{site, outgoing.Answer{Status: 200, Moved: "https://new.example.ru/"}, nil, Notable, "https://new.example.ru/"},
		{site, outgoing.Answer{Status: 200, Bared: true}, nil, Notable, "не защищена"},
		{site, outgoing.Answer{Status: 403}, nil, Notable, "посмотрите"},
		{site, outgoing.Answer{Status: 404}, nil, Bad, "404"},
		{site, outgoing.Answer{Status: 410}, nil, Bad, "410"},
		{site, outgoing.Answer{Status: 503}, nil, Bad, "503"},
		{site, outgoing.Answer{}, fault(outgoing.Unreachable), Bad, "Так."},
		{site, outgoing.Answer{}, fault(outgoing.NoName), Bad, "Так."},
		{site, outgoing.Answer{}, fault(outgoing.Certificate), Bad, "Так."},
		{site, outgoing.Answer{}, fault(outgoing.Redirected), Bad, "Так."},
		{site, outgoing.Answer{}, fault(outgoing.NoDNS), Unknown, "Так."},
		{site, outgoing.Answer{}, fault(outgoing.Forbidden), Unknown, "Так."},
		{site, outgoing.Answer{}, errors.New("?"), Unknown, "не удалось"},
		{mail, outgoing.Answer{}, nil, Good, "домен"},
		{mail, outgoing.Answer{}, fault(outgoing.NoName), Bad, "Так."},
	} {
		l := See(t.Context(), says{x.answer, x.err}, x.point, func() time.Time { return noon })
		if l.Verdict != x.want || !strings.Contains(l.Text, x.text) || !l.Time.Equal(noon) {
			t.Errorf("%+v, %v: %+v, want %s", x.answer, x.err, l, x.want)
		}
	}
	for contact, want := range map[string]string{"": "", "+78672649022": "", "@channel": "", "http://a.ru": Site, "a@b.ru": Mail} {
		if got := Of(register.Touchpoint{Contact: contact}); got != want {
			t.Errorf("%q is looked at as %q, want %q", contact, got, want)
		}
	}
}

// TestABreakageIsTwoFailuresApart: a hiccup gives nothing, a breakage is told once, and so is that it is over.
func TestABreakageIsTwoFailuresApart(t *testing.T) {
	type step struct {
		after         time.Duration
		verdict       Verdict
		value         string
		broke, mended bool
	}
	for name, steps := range map[string][]step{
		"a hiccup":                     {{0, Bad, "a", false, false}, {30 * time.Minute, Bad, "a", false, false}, {time.Hour, Good, "a", false, false}, {2 * time.Hour, Bad, "a", false, false}},
		"a breakage":                   {{0, Bad, "a", false, false}, {time.Hour, Bad, "a", true, false}, {2 * time.Hour, Bad, "a", false, false}, {3 * time.Hour, Notable, "a", false, true}, {4 * time.Hour, Good, "a", false, false}},
		"nothing known in between":     {{0, Bad, "a", false, false}, {time.Hour, Unknown, "a", false, false}, {2 * time.Hour, Bad, "a", true, false}, {3 * time.Hour, Unknown, "a", false, false}},
		"another contact":              {{0, Bad, "a", false, false}, {time.Hour, Bad, "a", true, false}, {2 * time.Hour, Bad, "b", false, true}, {3 * time.Hour, Bad, "b", true, false}},
		"another contact that is good": {{0, Bad, "a", false, false}, {time.Hour, Bad, "a", true, false}, {2 * time.Hour, Good, "b", false, true}},
	} {
		var r Record
		for i, s := range steps {
			broke, mended := r.Note(s.value, Look{Time: noon.Add(s.after), Verdict: s.verdict})
			if broke != s.broke || mended != s.mended {
				t.Errorf("%s, step %d: broke %v, mended %v", name, i, broke, mended)
			}
		}
	}
	var r Record
	for i := range 50 {
		r.Note("a", Look{Time: noon.Add(time.Duration(i) * time.Minute), Verdict: Good})
	}
	if len(r.Looks) != keep || !r.Last().Time.Equal(noon.Add(49*time.Minute)) {
		t.Errorf("%d looks are kept, the newest of %v", len(r.Looks), r.Last().Time)
	}
}

// TestOurOwnNetworkIsNoFaultOfThePoints: a network that lets names through and nothing else breaks no point; one server that was
// reached is enough to know better.
func TestOurOwnNetworkIsNoFaultOfThePoints(t *testing.T) {
	site, mail := register.Touchpoint{Contact: "https://example.ru/"}, register.Touchpoint{Contact: "a@example.ru"}
	see := func(point register.Touchpoint, a outgoing.Answer, err error) Look {
		return See(t.Context(), says{a, err}, point, func() time.Time { return noon })
	}
	fault := func(c outgoing.Code) Look {
		return see(site, outgoing.Answer{}, &outgoing.Error{Code: c, Text: "Так."})
	}
	down, gone, box := fault(outgoing.Unreachable), fault(outgoing.NoName), see(mail, outgoing.Answer{}, nil)
	onward := see(site, outgoing.Answer{Status: 302, Redirects: 1}, &outgoing.Error{Code: outgoing.Unreachable, Text: "Так."})
	for _, x := range []struct {
		looks []Look
		want  bool
	}{{nil, false}, {[]Look{down, down}, false}, {[]Look{down, down, down}, true}, {[]Look{down, gone, down}, false}, {[]Look{down, gone, down, down, box}, true}, {[]Look{box, box, box}, false},
		{[]Look{down, down, down, see(site, outgoing.Answer{Status: 503}, nil)}, false}, {[]Look{down, down, down, fault(outgoing.Certificate)}, false}, {[]Look{down, down, down, onward}, false},
		{[]Look{down, down, fault(outgoing.NoDNS)}, true}} {
		if got := OwnFault(x.looks); got != x.want {
			t.Errorf("%v: %v", x.looks, got)
		}
	}
	for _, l := range []*Look{&down, &gone, &box} {
		l.Unlearn()
	}
	if down.Verdict != Unknown || gone.Verdict != Bad || box.Verdict != Good {
		t.Errorf("of our own fault is left: %s, %s, %s", down.Verdict, gone.Verdict, box.Verdict)
	}
}
