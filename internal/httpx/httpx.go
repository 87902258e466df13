// Package httpx holds what any HTTP handler of ours stands behind: security headers, methods, recovery from panics, and
// the small questions one asks of a request. It knows nothing of registers or of pages.
package httpx

import (
	"bytes"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
)

// CSP is the content security policy of the pages: everything from our own origin, nothing inline, no frames.
const CSP = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Secure sets the security headers of every answer before next writes it.
func Secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h["Content-Security-Policy"] = cspHeader
		h["X-Content-Type-Options"] = nosniffHeader
		h["Referrer-Policy"] = referrerHeader
		h["Cross-Origin-Opener-Policy"] = sameOriginHeader
		h["Cross-Origin-Resource-Policy"] = sameOriginHeader
		h["Permissions-Policy"] = permissionsHeader
		next.ServeHTTP(w, r)
	})
}

// Shared between answers, so that a page costs no allocation for them; nobody changes a header's values in place.
var (
	cspHeader         = []string{CSP}
	nosniffHeader     = []string{"nosniff"}
	referrerHeader    = []string{"same-origin"}
	sameOriginHeader  = []string{"same-origin"}
	permissionsHeader = []string{"camera=(), geolocation=(), microphone=()"}
)

// ReadOnly lets GET and HEAD through; for another method it names these two in Allow and lets refuse answer.
func ReadOnly(next, refuse http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			refuse.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Recover logs a panic of next with its stack and lets failed answer, if nothing was written yet. http.ErrAbortHandler
// passes through, as net/http expects.
func Recover(log *slog.Logger, next, failed http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tw := &touched{ResponseWriter: w}
		defer func() {
			switch v := recover(); {
			case v == nil:
			case v == http.ErrAbortHandler:
				panic(v)
			default:
				log.ErrorContext(r.Context(), "panic while answering", "method", r.Method, "path", r.URL.Path, "panic", v, "stack", string(debug.Stack()))
				if tw.written {
					panic(http.ErrAbortHandler) // half a page is worse than a broken connection
				}
				failed.ServeHTTP(w, r)
			}
		}()
		next.ServeHTTP(tw, r)
	})
}

type touched struct {
	http.ResponseWriter
	written bool
}

func (w *touched) WriteHeader(status int) { w.written = true; w.ResponseWriter.WriteHeader(status) }
func (w *touched) Write(b []byte) (int, error) {
	w.written = true
	return w.ResponseWriter.Write(b)
}
func (w *touched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// AcceptsGzip tells whether the client takes gzip (RFC 9110, 12.5.3): named, or covered by «*», with a weight above 0.
func AcceptsGzip(r *http.Request) bool {
	any := false
	for _, line := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(part, ";")
			name = strings.ToLower(strings.TrimSpace(name))
			if name != "gzip" && name != "x-gzip" && name != "*" {
				continue
			}
			if name != "*" {
				return weight(params) > 0
			}
			any = weight(params) > 0
		}
	}
	return any
}

// weight reads «q=0.5»; an absent or unreadable weight is 1.
func weight(params string) float64 {
	for p := range strings.SplitSeq(params, ";") {
		if v, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(p)), "q="); ok {
			if q, err := strconv.ParseFloat(v, 64); err == nil {
				return q
			}
		}
	}
	return 1
}

// Fresh tells whether the client already has the page with that entity tag (If-None-Match, weak comparison).
func Fresh(r *http.Request, etag string) bool {
	etag = strings.TrimPrefix(etag, "W/")
	for _, line := range r.Header["If-None-Match"] {
		for part := range strings.SplitSeq(line, ",") {
			part = strings.TrimSpace(part)
			if part == "*" || strings.TrimPrefix(part, "W/") == etag {
				return true
			}
		}
	}
	return false
}

// A Page is an answer held whole: its bytes, and what packs them with gzip when the first client asks for that; Pack gives
// nil when it does not pay, and is itself nil for what is never packed.
type Page struct {
	Status int // 0 means 200
	Type   string
	Body   []byte
	Pack   func() []byte
}

// Send writes a page, packed when the client takes it. Headers that are set already stay.
func Send(w http.ResponseWriter, r *http.Request, p *Page) {
	h := w.Header()
	h.Set("Content-Type", p.Type)
	body := p.Body
	if p.Pack != nil {
		h.Add("Vary", "Accept-Encoding")
		if AcceptsGzip(r) {
			if packed := p.Pack(); packed != nil {
				h.Set("Content-Encoding", "gzip")
				body = packed
			}
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if p.Status != 0 {
		w.WriteHeader(p.Status)
	}
	if r.Method != http.MethodHead {
		_, _ = bytes.NewReader(body).WriteTo(w) // a client that went away is no error of ours
	}
}
