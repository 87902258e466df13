package web

import (
	"errors"
	"net/http"
	"net/url"

	"perechen/internal/auth"
	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/upkeep"
)

// A pageError is an address that cannot be answered; Key and Args are the sentence that says why.
type pageError struct {
	Status int
	Key    string
	Args   []any
}

func (e *pageError) Error() string { return e.Key }

func notFound(key string, args ...any) error {
	return &pageError{http.StatusNotFound, key, args}
}

func badRequest(key string, args ...any) error {
	return &pageError{http.StatusBadRequest, key, args}
}

// badChoice refuses a value that a list does not offer: no page of ours sends it.
func badChoice(field, value string) error {
	return &pageError{http.StatusUnprocessableEntity, "error.choice", []any{lang.Russian.T(field), value}}
}

// errorPage says what happened and what to do.
type errorPage struct {
	frame
	Status             int
	Text, Detail       string
	NextHref, NextText string
}

// fail answers with the page of an error. What people should know is on the page, the cause is in the program's log.
func (s *site) fail(w http.ResponseWriter, hr *http.Request, err error) {
	if hr.Context().Err() != nil {
		return // nobody listens any more
	}
	status, detail := http.StatusInternalServerError, ""
	var pe *pageError
	var le *ledger.Error
	var ae *auth.Error
	var ue *upkeep.Error
	tag := language(w, hr)
	switch {
	case errors.As(err, &pe):
		status = pe.Status
		if pe.Key != "" {
			detail = tag.T(pe.Key, pe.Args...)
		}
	case errors.As(err, &ae):
		status, detail = http.StatusForbidden, ae.Text
		if ae.Code == auth.CodeNotFound {
			status = http.StatusNotFound
		}
	case errors.As(err, &ue):
		status, detail = http.StatusUnprocessableEntity, ue.Text
		switch ue.Code {
		case upkeep.CodeNotFound:
			status = http.StatusNotFound
		case upkeep.CodeRefused:
			status = http.StatusForbidden
		case upkeep.CodeStale, upkeep.CodeConflict:
			status = http.StatusConflict
		}
	case errors.As(err, &le):
		switch le.Code {
		case ledger.CodeNotFound:
			status = http.StatusNotFound
		case ledger.CodeInvalid:
			status, detail = http.StatusBadRequest, le.Text
		case ledger.CodeRefused:
			status, detail = http.StatusForbidden, le.Text
		case ledger.CodeStale:
			status, detail = http.StatusConflict, le.Text
		case ledger.CodeStorage, ledger.CodeUnknown: // it may pass: disk, lock, a database that is away
			status, detail = http.StatusServiceUnavailable, le.Text
		default:
			detail = le.Text
		}
	}
	if status >= http.StatusInternalServerError {
		s.log.ErrorContext(hr.Context(), "a page could not be made", "path", hr.URL.Path, "query", hr.URL.RawQuery, "err", err, "cause", errors.Unwrap(err))
	}
	if action := refusedAs[status]; action != "" {
		s.audit(hr, action, detail)
	}
	s.sendError(w, hr, status, detail)
}

func isNotFound(err error) bool { return errors.Is(err, ledger.ErrNotFound) }

func (s *site) notFound(w http.ResponseWriter, r *http.Request) {
	s.audit(r, auth.ActForeign, "")
	s.sendError(w, r, http.StatusNotFound, "")
}
func (s *site) notAllowed(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	s.sendError(w, r, http.StatusMethodNotAllowed, "")
}
func (s *site) panicked(w http.ResponseWriter, r *http.Request) {
	s.sendError(w, r, http.StatusInternalServerError, "")
}

var statusKeys = map[int]string{
	http.StatusBadRequest: "error.400", http.StatusForbidden: "error.403", http.StatusNotFound: "error.404", http.StatusConflict: "error.409", http.StatusRequestEntityTooLarge: "error.413", http.StatusUnprocessableEntity: "error.400", http.StatusMethodNotAllowed: "error.405", http.StatusInternalServerError: "error.500", http.StatusServiceUnavailable: "error.503",
}

func (s *site) sendError(w http.ResponseWriter, hr *http.Request, status int, detail string) {
	tag := language(w, hr)
	key := statusKeys[status]
	p := &errorPage{Status: status, Text: tag.T(key + "text"), Detail: detail, NextHref: "/", NextText: tag.T("error.home")}
	p.frame = s.errorFrame(hr, tag, tag.T(key), status)
	if p.Body != nil {
		p.NextHref = p.home
	}
	out, err := s.render(p)
	if err != nil {
		s.log.ErrorContext(hr.Context(), "the page of an error could not be made", "err", err)
		http.Error(w, tag.T(key), status)
		return
	}
	out.Status = status
	h := w.Header()
	h.Del("Etag")
	h.Set("Cache-Control", "no-store")
	if status == http.StatusServiceUnavailable {
		h.Set("Retry-After", retryAfter)
	}
	httpx.Send(w, hr, out)
}

// retryAfter is after how many seconds a page that could not be made for want of the database is worth asking for again: a
// standby takes over in about as many.
const retryAfter = "10"

// errorFrame keeps the navigation of the body where there is one; after a fault of ours nothing more is asked of the ledger.
func (s *site) errorFrame(hr *http.Request, tag lang.Tag, title string, status int) frame {
	if slug := hr.PathValue("body"); slug != "" && status < http.StatusInternalServerError {
		r := &request{Request: hr, lang: tag, slug: slug, now: s.now(), loc: s.now().Location(), query: url.Values{}, people: s.accounts != nil}
		if head, err := s.ledger.Head(hr.Context(), slug); err == nil {
			r.head = head
			r.today = s.today()
			if err := errors.Join(s.know(r), s.look(r)); err == nil {
				return r.frame("error", "", title)
			}
		}
	}
	r := &request{Request: hr, lang: tag, people: s.accounts != nil, viewer: viewerOf(hr)}
	return r.plain("error", title)
}
