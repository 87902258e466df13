package web

import (
	"net/http"
	"testing"
)

func TestEveryPageOpens(t *testing.T) {
	w := committee(t, Options{Documents: papers{}})
	for _, address := range []string{"/", "/komzan/", "/komzan/?q=увольнение", "/komzan/points", "/komzan/processes", "/komzan/order", "/komzan/findings",
		"/komzan/editions", "/komzan/editions/1", "/komzan/diff", "/komzan/log", "/komzan/documents", "/minec/", "/minec/findings"} {
		if res, _ := w.get(t, address); res.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", address, res.Status)
		}
	}
}
