package web

import (
	"errors"
	"net/http"

	"perechen/internal/httpx"
)

// timely is page for what also depends on the very minute: whether a place is open now. The answer is kept for that minute.
func (s *site) timely(build func(*request) (page, error), params ...string) http.HandlerFunc {
	return s.keyed(build, func(r *request) (string, error) { return r.now.In(r.loc).Format("2006-01-02T15:04"), nil }, params...)
}

// keyed is page for what also depends on something else, which more tells apart: the answer is kept for as long as it is the same.
func (s *site) keyed(build func(*request) (page, error), more func(*request) (string, error), params ...string) http.HandlerFunc {
	params = append(params, viewParams...)
	return func(w http.ResponseWriter, hr *http.Request) {
		r, err := s.open(w, hr, params)
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		r.reading = true
		part, err := more(r)
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		key := r.key() + "\x00" + part
		etag := `W/"` + s.digest(key) + `"`
		if httpx.Fresh(hr, etag) {
			setPageHeaders(w.Header(), etag, r.viewer)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		out := s.cache.get(key)
		if out == nil {
			if out, err = s.build(r, build); err != nil {
				var elsewhere *moved
				if errors.As(err, &elsewhere) { // replaced for good; but whoever named the successor may think better of it
					w.Header().Set("Cache-Control", "no-cache")
					http.Redirect(w, hr, elsewhere.to, http.StatusMovedPermanently)
					return
				}
				s.fail(w, hr, err)
				return
			}
			s.cache.put(key, out)
		}
		setPageHeaders(w.Header(), etag, r.viewer)
		httpx.Send(w, hr, out)
	}
}
