package web

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// While entries come in, every page is whole and of one state: never a page of an entry that was not there yet.
func TestPagesAreReadWhileTheRegisterGrows(t *testing.T) {
	w := committee(t, Options{CacheBytes: 200_000})
	s := testkit.Committee()
	mail := pointOf(t, s, "email")
	var readers sync.WaitGroup
	stop := make(chan struct{})
	for _, address := range []string{"/komzan/", "/komzan/findings", "/komzan/points/email", "/komzan/log", "/komzan/?edition=1",
		"/", "/komzan/processes", "/komzan/pictures/coverage", "/komzan/diff?a=1&b=2", "/komzan/find?q=info"} {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				rec := httptest.NewRecorder()
				w.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, address, nil))
				if rec.Code != http.StatusOK {
					t.Errorf("%s: %d", address, rec.Code)
					return
				}
			}
		})
	}
	for i := range 20 {
		mail.Hours = "вариант " + itoa(int64(i))
		w.append(t, "komzan", amend(register.KindTouchpoint, mail.Key, mail))
	}
	close(stop)
	readers.Wait()
	if got := w.page(t, "/komzan/points/email").One(t, "main").Text(); got == "" {
		t.Error("no page at the end")
	}
}
