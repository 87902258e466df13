package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"sync"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/lang"
)

// A Shelf keeps the first page of each body over a restart of the program, as passers-by see it: to read a register and check
// it takes far longer than all the rest of the first page after a start. The page is told by a digest of everything that it
// depends on, the build of the program among it, so that another page is never taken for it.
type Shelf interface {
	// Front gives the page that is kept under that key; nil when there is none.
	Front(ctx context.Context, slug, key string) ([]byte, error)
	// KeepFront keeps a page in place of the one before. It keeps none that was made before something was erased.
	KeepFront(ctx context.Context, slug, key string, page []byte, erasures int64) error
}

// shelfPause is how often at most a body's page is put on the shelf: to keep one costs a write of the database.
const shelfPause = time.Minute

// keeping is how long at most an answer waits for its page to be kept.
const keeping = 10 * time.Millisecond

// shelved remembers when a page of each body was last put on the shelf.
type shelved struct {
	mu sync.Mutex
	at map[string]time.Time
}

// due tells whether a page of the body may be put on the shelf now, and counts it as done.
func (s *shelved) due(slug string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last, ok := s.at[slug]; ok && now.Sub(last) < shelfPause {
		return false
	}
	if s.at == nil {
		s.at = map[string]time.Time{}
	}
	s.at[slug] = now
	return true
}

// shelve gives a body's first page from the shelf, or makes it and puts it there; any other page is made. A shelf that does
// not answer is no reason for a page not to.
func (s *site) shelve(r *request, key string, build func() (*httpx.Page, error)) (*httpx.Page, error) {
	if s.shelf == nil || r.viewer != nil || r.lang != lang.Russian || len(r.query) > 0 || r.URL.Path != "/"+r.slug+"/" {
		return build()
	}
	digest := s.digest(key)
	if packed, err := s.shelf.Front(r.Context(), r.slug, digest); err != nil {
		s.log.Debug("shelf", "error", err)
	} else if p := unpack(packed); p != nil {
		return p, nil
	}
	p, err := build()
	if err != nil || !s.shelved.due(r.slug, s.now()) {
		return p, err
	}
	ctx, kept := context.WithTimeout(context.WithoutCancel(r.Context()), 10*time.Second)
	go func() {
		defer kept()
		packed := p.Pack()
		if packed == nil {
			return
		}
		if err := s.shelf.KeepFront(ctx, r.slug, digest, packed, r.head.Erasures); err != nil {
			s.log.Debug("shelf", "error", err)
		}
	}()
	// Making the page took many times longer than keeping it, so the answer waits a little: a program that is stopped as soon
	// as it has answered shall not have made it in vain. Behind another's long write it does not wait.
	select {
	case <-ctx.Done():
	case <-time.After(keeping):
	}
	return p, nil
}

// unpack makes a page of what lay on the shelf; nil when it is none.
func unpack(packed []byte) *httpx.Page {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	body, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return &httpx.Page{Type: pageType, Body: body, Pack: func() []byte { return packed }}
}
