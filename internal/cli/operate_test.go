package cli

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAServerTellsItsHealthAndNumbers(t *testing.T) {
	data := filepath.Join(t.TempDir(), "demo")
	url, stop := startDemo(t, data)
	defer stop()
	for path, want := range map[string]string{"healthz": "ok", "readyz": "ready"} {
		if got := page(t, url+path); !strings.Contains(got, want) {
			t.Errorf("/%s says %q", path, got)
		}
	}
	page(t, url+"komzan/")
	if got := page(t, url+"metrics"); !strings.Contains(got, `perechen_http_requests_total{method="GET",route="/{body}/{$}",status="200"} 1`) {
		t.Error("the page that was asked for is not counted")
	}
	req, _ := http.NewRequest(http.MethodGet, url+"metrics", nil)
	req.Header.Set("X-Forwarded-For", "192.0.2.1")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("somebody behind the balancer gets the numbers: %s", res.Status)
	}
}

// doctor gives what doctor says of one thing.
func doctor(t *testing.T, p *place, what string) (symptom, int) {
	t.Helper()
	var seen []symptom
	code := p.facts(&seen, "doctor")
	i := slices.IndexFunc(seen, func(s symptom) bool { return s.Check == what })
	if i < 0 {
		t.Fatalf("doctor says nothing of «%s»: %v", what, seen)
	}
	return seen[i], code
}

func TestDoctorFindsNothingInAHealthyInstallation(t *testing.T) {
	p := committee(t, true)
	var seen []symptom
	code := p.facts(&seen, "doctor")
	if code != exitDone {
		t.Errorf("exit code %d", code)
	}
	for _, s := range seen {
		if s.Status == sick {
			t.Errorf("%+v", s)
		}
	}
}

func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Run("no folder", func(t *testing.T) {
		if s, code := doctor(t, newPlace(t), "папка данных"); code != exitRefused || s.Status != sick || s.Advice == "" {
			t.Errorf("exit code %d, %+v", code, s)
		}
	})
	t.Run("open key", func(t *testing.T) {
		p := committee(t, false)
		if err := os.Chmod(filepath.Join(p.data, "perechen.key"), 0o644); err != nil {
			t.Fatal(err)
		}
		if s, _ := doctor(t, p, "ключ подписи"); s.Status != doubt || !strings.Contains(s.Advice, "chmod 600") {
			t.Errorf("%+v", s)
		}
	})
	t.Run("foreign key", func(t *testing.T) {
		p, other := committee(t, false), committee(t, false)
		key, err := os.ReadFile(filepath.Join(other.data, "perechen.key"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(p.data, "perechen.key"), key, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, code := doctor(t, p, "орган komzan"); code != exitRefused || s.Status != sick || !strings.Contains(s.Text, "ключом") {
			t.Errorf("exit code %d, %+v", code, s)
		}
	})
	t.Run("key of other bytes", func(t *testing.T) {
		p := committee(t, false)
		if err := os.WriteFile(filepath.Join(p.data, "perechen.key"), []byte("не ключ"), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, code := doctor(t, p, "ключ подписи"); code != exitRefused || s.Status != sick || !strings.Contains(s.Text, "повреждён") {
			t.Errorf("exit code %d, %+v", code, s)
		}
	})
	t.Run("database of other bytes", func(t *testing.T) {
		p := committee(t, false)
		if err := os.WriteFile(filepath.Join(p.data, "perechen.db"), []byte(strings.Repeat("не база ", 2000)), 0o600); err != nil {
			t.Fatal(err)
		}
		if s, code := doctor(t, p, "база данных"); code != exitRefused || s.Status != sick {
			t.Errorf("exit code %d, %+v", code, s)
		}
	})
}

func TestDoctorLeavesNothingBehind(t *testing.T) {
	p := committee(t, true)
	list := func() (names []string) {
		files, err := os.ReadDir(p.data)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			names = append(names, f.Name())
		}
		return names
	}
	before := list()
	p.run("doctor")
	if after := list(); !slices.Equal(before, after) {
		t.Errorf("files before %v, after %v", before, after)
	}
	var seen []symptom
	if _, out, _ := p.run("doctor", "--json"); json.Unmarshal([]byte(out), &seen) != nil {
		t.Error("not JSON")
	}
}
