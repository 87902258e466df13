package web

import (
	"bytes"
	"context"
	"mime"
	"net/http"

	"perechen/internal/httpx"
)

// fileTypes are the media types of the files that pages offer.
var fileTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"odt":  "application/vnd.oasis.opendocument.text",
	"pdf":  "application/pdf",
	"csv":  "text/csv; charset=utf-8",
	"svg":  "image/svg+xml; charset=utf-8",
	"png":  "image/png",
}

// turn waits until a document may be made or read: each may take tens of megabytes. The caller ends its turn with done. An
// error says that whoever asked has gone.
func (s *site) turn(ctx context.Context) (done func(), err error) {
	select {
	case s.making <- struct{}{}:
		return func() { <-s.making }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// sendFile makes a file of that format and sends it; write gives the name, without an ending, under which a browser saves
// it. The file is made whole before the first byte is sent, so a failure is a page that says so and never half a file.
func (s *site) sendFile(w http.ResponseWriter, r *request, format string, write func(b *bytes.Buffer) (name string, err error)) {
	var b bytes.Buffer
	var name string
	done, err := s.turn(r.Context())
	if err == nil {
		name, err = write(&b)
		done()
	}
	if err != nil {
		s.fail(w, r.Request, err)
		return
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if r.viewer != nil {
		h.Set("Cache-Control", "private, no-cache")
	}
	h.Set("Vary", "Cookie")
	attach(h, name, format)
	httpx.Send(w, r.Request, &httpx.Page{Type: fileTypes[format], Body: b.Bytes()})
}

// attach tells the browser to save what is sent, and under which name.
func attach(h http.Header, name, format string) {
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + "." + format}))
}

// openedFor opens the body for those with access. Nil: whoever asks may not, and has been told or led to the sign-in.
func (s *site) openedFor(w http.ResponseWriter, hr *http.Request, access who) *request {
	if s.accounts == nil {
		s.notFound(w, hr)
		return nil
	}
	if viewerOf(hr) == nil {
		s.admit(w, hr)
		return nil
	}
	r, err := s.opened(w, hr)
	if err == nil {
		err = r.admitted(false, []who{access})
	}
	if err != nil {
		s.fail(w, hr, err)
		return nil
	}
	return r
}
