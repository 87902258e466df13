package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/httpx"
	"perechen/internal/register"
	"perechen/internal/rights"
	"perechen/internal/upkeep"
)

// A viewer is a signed-in person; a passer-by has none.
type viewer struct {
	auth.Account
	session auth.Session
	token   string
}

// Names for what is no role by appointment, in lists of who may do something.
const (
	whoAdmin   = "administrator" // flag of the account: people and settings of any body
	whoWatcher = "watcher"       // coordinator of a superior body: reads the working pages of the bodies below
	whoMember  = "member"        // any appointment in this body
)

// may tells whether the viewer holds one of the roles in this body: register.RoleOfficer and so on, for whatever
// department, or one of whoAdmin, whoWatcher, whoMember. What depends on a department asks r.grants.
func (r *request) may(roles ...string) bool {
	if r.viewer == nil {
		return false
	}
	for _, role := range roles {
		switch role {
		case whoAdmin:
			if r.viewer.Admin {
				return true
			}
		case whoWatcher:
			if r.watches {
				return true
			}
		case whoMember:
			if !r.grants.Empty() {
				return true
			}
		}
	}
	return r.grants.Has(roles...)
}

// actor is the viewer as the desk knows people.
func (r *request) actor() upkeep.Actor {
	if r.viewer == nil {
		return upkeep.Actor{}
	}
	return upkeep.Actor{Account: r.viewer.ID, Admin: r.viewer.Admin}
}

type viewerKey struct{}

// identify finds out once for each request who asks.
func (s *site) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, hr *http.Request) {
		if s.accounts == nil || strings.HasPrefix(hr.URL.Path, "/static/") || isAnonymous(hr.URL.Path) {
			next.ServeHTTP(w, hr)
			return
		}
		if token := cookie(hr, sessionCookie); token != "" {
			a, x, ok, err := s.accounts.Who(hr.Context(), token)
			if err != nil {
				s.fail(w, hr, err)
				return
			}
			if ok {
				hr = hr.WithContext(context.WithValue(hr.Context(), viewerKey{}, &viewer{a, x, token}))
			}
		}
		next.ServeHTTP(w, hr)
	})
}

func viewerOf(hr *http.Request) *viewer {
	v, _ := hr.Context().Value(viewerKey{}).(*viewer)
	return v
}

// know fills in what the viewer may do in this body, by the newest state whatever state is in view.
func (s *site) know(r *request) error {
	r.viewer = viewerOf(r.Request)
	if err := s.waits(r); err != nil || r.viewer == nil || r.head.N == 0 {
		return err
	}
	reg, err := s.ledger.State(r.Context(), r.slug, r.head.N)
	if err != nil {
		return err
	}
	r.grants = rights.Of(reg, r.viewer.ID, s.now())
	r.watches, err = s.watches(r.Context(), r.viewer.ID, reg.Organisation)
	return err
}

// watches tells whether the account is a coordinator of a body above. A tree that bites its own tail ends the search.
func (s *site) watches(ctx context.Context, account string, org register.Organisation) (bool, error) {
	seen := map[string]bool{org.Slug: true}
	for parent := org.Parent; parent != "" && !seen[parent]; {
		seen[parent] = true
		reg, err := s.ledger.State(ctx, parent, 0)
		if isNotFound(err) {
			return false, nil // a superior body that keeps no register here
		}
		if err != nil {
			return false, err
		}
		if rights.Of(reg, account, s.now()).Has(register.RoleCoordinator) {
			return true, nil
		}
		parent = reg.Organisation.Parent
	}
	return false, nil
}

// stamp is what pages depend on because of who looks; empty for a passer-by.
func (r *request) stamp() string {
	if r.viewer == nil {
		return ""
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%v\x00%v\x00%v\x00%d", r.viewer.ID, r.viewer.Name, r.viewer.Admin, r.grants, r.watches, r.waiting))
	return hex.EncodeToString(sum[:12])
}

// The cookies. Over https their names begin with __Host-, so that no other site of the domain can set them.
const (
	sessionCookie = "session"
	deviceCookie  = "device"
)

func cookieName(hr *http.Request, name string) string {
	if secure(hr) {
		return "__Host-" + name
	}
	return name
}

func cookie(hr *http.Request, name string) string {
	if len(hr.Header["Cookie"]) == 0 {
		return ""
	}
	c, err := hr.Cookie(cookieName(hr, name))
	if err != nil {
		return ""
	}
	return c.Value
}

// setCookie sets a cookie for so long; an empty value takes it away.
func setCookie(w http.ResponseWriter, hr *http.Request, name, value string, age time.Duration) {
	c := &http.Cookie{Name: cookieName(hr, name), Value: value, Path: "/", HttpOnly: true, Secure: secure(hr), SameSite: http.SameSiteLaxMode, MaxAge: int(age / time.Second)}
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// keptFor is how long a browser remembers what is no session.
const keptFor = 365 * 24 * time.Hour

// setSession makes the browser the person's.
func setSession(w http.ResponseWriter, hr *http.Request, in auth.SignedIn) {
	setCookie(w, hr, sessionCookie, in.Token, auth.Life)
	setCookie(w, hr, deviceCookie, in.Device, keptFor)
}

// secure tells whether the browser speaks https, to us or to a web server before us that is believed.
func secure(hr *http.Request) bool {
	return hr.TLS != nil || believed(hr) && strings.EqualFold(hr.Header.Get("X-Forwarded-Proto"), "https")
}

// peer is the address of whoever is at the other end of the connection.
func peer(hr *http.Request) netip.Addr {
	host, _, err := net.SplitHostPort(hr.RemoteAddr)
	if err != nil {
		host = hr.RemoteAddr
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	return a.Unmap().WithZone("")
}

// from says where a request comes from. A web server on this machine, or a proxy of the settings, is believed when it says for
// whom it asks.
func from(hr *http.Request) auth.From {
	a := peer(hr)
	if believed(hr) {
		list := strings.Split(strings.Join(hr.Header.Values("X-Forwarded-For"), ","), ",")
		if told, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			a = told.Unmap().WithZone("")
		}
	}
	address := ""
	if a.IsValid() {
		address = a.String()
	}
	return auth.From{Address: address, Agent: hr.UserAgent(), Device: cookie(hr, deviceCookie)}
}

// believed tells whether what a request says of where it comes from is true: this machine has passed it on, or a proxy of the
// settings.
func believed(hr *http.Request) bool { return peer(hr).IsLoopback() || httpx.Proxied(hr) }

// direct tells that a browser of this very machine asks, and nothing in between: nobody else can see such a page.
func direct(hr *http.Request) bool {
	if !peer(hr).IsLoopback() || !hr.ProtoAtLeast(1, 1) {
		return false
	}
	for _, h := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-Ip", "Via"} {
		if hr.Header.Get(h) != "" {
			return false
		}
	}
	host := hr.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && a.IsLoopback()
}

// audit writes a line of the audit log about this request. That it could not be written is said in the program's log; the
// refusal stands all the same.
func (s *site) audit(hr *http.Request, action, detail string) {
	v := viewerOf(hr)
	if s.accounts == nil || v == nil {
		return // of passers-by only sign-ins are kept (package auth), or anybody could fill the log
	}
	l := auth.Line{Account: v.ID, Action: action, Body: hr.PathValue("body"), Object: hr.Method + " " + hr.URL.Path, Detail: detail, Address: from(hr).Address}
	if err := s.accounts.Audit(context.WithoutCancel(hr.Context()), l); err != nil {
		s.log.ErrorContext(hr.Context(), "a line of the audit log could not be written", "err", err)
	}
}

// local makes sure that an address to go on to is one of ours: a path and a query.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\r\n\t") {
		return ""
	}
	return address
}

// midnight is the beginning of a day, or of the day after so many, where the installation is.
func midnight(day time.Time, after int, loc *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day()+after, 0, 0, 0, 0, loc)
}
