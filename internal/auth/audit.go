package auth

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// The actions of the audit log.
const (
	ActSetUp         = "setup"
	ActSignIn        = "sign-in"
	ActSignInFailed  = "sign-in-failed"
	ActSignInPaused  = "sign-in-paused"
	ActSignOut       = "sign-out"
	ActSignOutAll    = "sign-out-all"
	ActPassword      = "password"
	ActAccountAdded  = "account-added"
	ActAccountEdited = "account-changed"
	ActBlocked       = "blocked"
	ActUnblocked     = "unblocked"
	ActAppointment   = "appointment" // made, changed, revoked
	ActRefused       = "refused"     // no right
	ActForeign       = "foreign"     // not there, or another body's
	ActStale         = "stale"       // on top of something newer
	ActOrigin        = "origin"      // sent from another site
	ActSettings      = "settings"    // other acts of the administrator
	ActFeedback      = "feedback"    // what the body did with what a client said; never that somebody said it
)

// Actions lists them all, for a filter.
var Actions = []string{ActSetUp, ActSignIn, ActSignInFailed, ActSignInPaused, ActSignOut, ActSignOutAll, ActPassword, ActAccountAdded, ActAccountEdited,
	ActBlocked, ActUnblocked, ActAppointment, ActRefused, ActForeign, ActStale, ActOrigin, ActSettings, ActFeedback}

// A Line of the audit log says who tried what and from where. It never holds a password, nor what a form carried.
type Line struct {
	ID      int64
	Time    time.Time
	Account string // id; empty for a passer-by
	Action  string
	Body    string // slug, where the act was about one
	Object  string // «POST /komzan/people», id of an account
	Detail  string // one sentence
	Address string
}

// A Query chooses lines; empty fields choose all.
type Query struct {
	Account, Action, Body string
	From, To              time.Time // From ≤ time < To; zero: unbounded
	Offset, Limit         int
}

// Audit writes a line, at the moment now. Fields are cut to sane lengths.
func (s *Service) Audit(ctx context.Context, l Line) error {
	return s.store.Update(ctx, func(tx Tx) error { return s.note(ctx, tx, l) })
}

func (s *Service) note(ctx context.Context, tx Tx, l Line) error {
	l.Time = s.now()
	l.Object, l.Detail, l.Address = cut(l.Object, 200), cut(l.Detail, 300), cut(l.Address, 60)
	l.Body = cut(l.Body, 60)
	return tx.AddAudit(ctx, l)
}

// AuditLines reads the audit log, newest first.
func (s *Service) AuditLines(ctx context.Context, q Query) (lines []Line, total int, err error) {
	err = s.store.View(ctx, func(v View) error {
		lines, total, err = v.Audit(ctx, q)
		return err
	})
	return lines, total, err
}

// cut shortens a text to n runes, without control characters.
func cut(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
