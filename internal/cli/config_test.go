package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runEnv runs the program in an environment.
func runEnv(env map[string]string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = Run(context.Background(), args, func(k string) string { return env[k] }, bytes.NewReader(nil), &out, &errs)
	return code, out.String(), errs.String()
}

func settingsFile(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "perechen.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAFlagWinsOverTheEnvironmentAndThatOverTheFile(t *testing.T) {
	file := settingsFile(t, "# settings\naddr: 127.0.0.1:1\nlog: json\ndata: from-file\n")
	env := map[string]string{"PERECHEN_CONFIG": file, "PERECHEN_ADDR": "127.0.0.1:2", "PERECHEN_DATA": "from-env"}
	code, out, errs := runEnv(env, "config", "--json", "--data", "from-flag")
	var facts []settingFact
	if err := json.Unmarshal([]byte(out), &facts); err != nil {
		t.Fatalf("exit code %d: %v\n%s%s", code, err, out, errs)
	}
	want := map[string][2]string{
		"data":      {"from-flag", "флаг --data"},
		"addr":      {"127.0.0.1:2", "переменная PERECHEN_ADDR"},
		"log":       {"json", "строка 3"},
		"log-level": {"warn", "по умолчанию"},
	}
	for _, f := range facts {
		if w, ok := want[f.Name]; ok {
			if f.Value != w[0] || !strings.Contains(f.From, w[1]) {
				t.Errorf("%s is %q from %q, want %q from %q", f.Name, f.Value, f.From, w[0], w[1])
			}
			delete(want, f.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("not shown: %v", want)
	}
}

func TestASettingFromTheFileIsUsed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "here")
	file := settingsFile(t, "data: "+dir+"\n")
	if code, _, errs := runEnv(nil, "init", "--config", file); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if _, err := os.Stat(filepath.Join(dir, "perechen.db")); err != nil {
		t.Error("init did not use the folder of the file of settings:", err)
	}
}

func TestAFileOfSettingsThatIsWrongIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"adr: 1\n":                      "строка 1: нет настройки «adr»",
		"addr: 127.0.0.1:1\nlog: [a]\n": "строка 2",
		"- addr\n":                      "строка 1",
		"addr: \"unclosed\n":            "YAML",
		"drain: soon\n":                 "drain",
		"zone: Москва\n":                "не часовой пояс",
	} {
		code, out, errs := runEnv(map[string]string{"PERECHEN_CONFIG": settingsFile(t, text)}, "serve", "--data", t.TempDir())
		if code != exitUsage || !strings.Contains(errs, want) || out != "" {
			t.Errorf("%q: exit code %d, said %q, want %d and %q", text, code, errs, exitUsage, want)
		}
	}
	if code, _, errs := runEnv(nil, "config", "--config", "no-such.yaml"); code != exitRefused || !strings.Contains(errs, "no-such.yaml") {
		t.Errorf("a file that is not there: exit code %d, said %q", code, errs)
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	for name, f := range settings((&app{}).root()) {
		if strings.Contains(name, "password") || name == "db" {
			if got := shown(f, "s3cret"); got != "скрыто" {
				t.Errorf("--%s shows %q", name, got)
			}
		}
	}
}
