package proof

import (
	"crypto/sha256"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

func sampleCheckpoint() Checkpoint {
	return Checkpoint{Origin: "komzan", Size: 5, Root: tlog.RecordHash([]byte("root")), Time: time.Date(2026, 2, 17, 6, 30, 0, 0, time.UTC)}
}

func sampleSeal() Seal {
	return Seal{Body: "komzan", Edition: 1, Document: "report", DigestKind: DigestWords, Digest: sha256.Sum256([]byte("слова отчёта")), Checkpoint: sampleCheckpoint()}
}

func TestCheckpoint(t *testing.T) {
	k := testKey(t)
	c := sampleCheckpoint()
	signed, err := c.Sign(k)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "checkpoint.txt", signed)
	short, err := Short(signed)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "checkpoint-short.txt", short+"\n")
	if len(short) > 300 {
		t.Errorf("short form has %d bytes", len(short))
	}
	for _, text := range []string{signed, short, strings.ReplaceAll(signed, "\n", "\r\n"), "\n" + signed + "\n\n", "  " + short + "\n"} {
		got, err := OpenCheckpoint(text, k.Keys())
		if err != nil || got != c {
			t.Errorf("%q opens as %+v, %v", text, got, err)
		}
	}
	c.Time = c.Time.Add(999 * time.Millisecond)
	if again, err := c.Sign(k); err != nil || again != signed {
		t.Errorf("a checkpoint's time does not have whole seconds: %v", err)
	}
	c.Origin = strings.Repeat("a", 60)
	c.Size = 1<<63 - 1
	if signed, err = c.Sign(k); err != nil {
		t.Fatal(err)
	}
	if short, err = Short(signed); err != nil || len(short) > 300 {
		t.Errorf("the longest short form has %d bytes, %v", len(short), err)
	}
}

func TestSeal(t *testing.T) {
	k := testKey(t)
	s := sampleSeal()
	signed, err := NewSeal(s, k)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "seal.txt", signed)
	if c, err := OpenCheckpoint(signed, k.Keys()); err != nil || c != s.Checkpoint {
		t.Errorf("its checkpoint opens as %+v, %v", c, err)
	}
	if got, err := ParseSeal(signed, k.Keys()); err != nil || got != s {
		t.Errorf("opens as %+v, %v", got, err)
	}
	for name, spoil := range map[string]func(*Seal){
		"another body's checkpoint": func(s *Seal) { s.Checkpoint.Origin = "minec" },
		"negative edition":          func(s *Seal) { s.Edition = -1 },
		"kind with newline":         func(s *Seal) { s.Document = "re\nport" },
		"unknown digest":            func(s *Seal) { s.DigestKind = "pages" },
	} {
		s := sampleSeal()
		spoil(&s)
		if text, err := NewSeal(s, k); err == nil {
			t.Errorf("%s: sealed as\n%s", name, text)
		}
	}
}

// TestSignedBytes changes every bit of every signed form, one at a time: none may pass.
func TestSignedBytes(t *testing.T) {
	k := testKey(t)
	checkpoint, err := sampleCheckpoint().Sign(k)
	if err != nil {
		t.Fatal(err)
	}
	short, err := Short(checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	seal, err := NewSeal(sampleSeal(), k)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text string
		open func(string) error
	}{
		"checkpoint": {checkpoint, func(s string) error { _, _, err := openCheckpoint(s, k.Keys()); return err }},
		"short":      {short, func(s string) error { _, err := OpenShort(s, k.Keys()); return err }},
		"seal":       {strings.TrimSpace(seal), func(s string) error { _, err := ParseSeal(s, k.Keys()); return err }},
	} {
		if err := c.open(c.text); err != nil {
			t.Fatal(name, err)
		}
		for i := range len(c.text) {
			for bit := range 8 {
				b := []byte(c.text)
				b[i] ^= 1 << bit
				if i == len(b)-1 && strings.TrimSpace(string(b)) == strings.TrimSpace(c.text) {
					continue
				}
				if c.open(string(b)) == nil {
					t.Errorf("%s: byte %d changed from %q to %q unnoticed", name, i, c.text[i], b[i])
				}
			}
		}
		for i := range len(c.text) {
			if c.open(c.text[:i]) == nil {
				t.Errorf("%s: cut at %d unnoticed", name, i)
			}
		}
	}
}

func TestKeys(t *testing.T) {
	a, b := testKey(t), func() *Key {
		k, err := GenerateKey("perechen.test")
		if err != nil {
			t.Fatal(err)
		}
		return k
	}()
	signed, err := sampleCheckpoint().Sign(a)
	if err != nil {
		t.Fatal(err)
	}
	short, err := Short(signed)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{signed, short} {
		if _, err := OpenCheckpoint(s, b.Keys()); err == nil || !strings.Contains(err.Error(), "незнакомым") {
			t.Errorf("signed by an unknown key: %v", err)
		}
		if _, err := OpenCheckpoint(s, nil); err == nil {
			t.Error("verified with no key")
		}
	}
	both, err := ParseKeys("# ключи\n\n" + b.Public() + "\r\n  " + a.Public() + "\n")
	if err != nil || len(both) != 2 {
		t.Fatalf("keys = %v, %v", both, err)
	}
	if _, err := OpenCheckpoint(signed, both); err != nil {
		t.Error(err)
	}
	// Two signatures on one note are not the form that is signed here.
	second, err := sampleCheckpoint().Sign(b)
	if err != nil {
		t.Fatal(err)
	}
	line := second[strings.LastIndex(second, "— "):]
	if _, _, err := openCheckpoint(signed+line, both); err == nil {
		t.Error("two signatures passed")
	}
	if _, err := ParseKeys("perechen+00000000+AAAA"); err == nil {
		t.Error("a malformed key was read")
	}
	again, err := ParseKey(b.Private() + "\n")
	if err != nil || again.Public() != b.Public() {
		t.Errorf("key read back: %v", err)
	}
	for _, bad := range []string{"", b.Public(), b.Private()[:40], strings.Replace(b.Private(), "test", "best", 1)} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("%q was read as a key", bad)
		}
	}
}

func FuzzOpenCheckpoint(f *testing.F) {
	k := testKey(f)
	signed, err := sampleCheckpoint().Sign(k)
	if err != nil {
		f.Fatal(err)
	}
	short, err := Short(signed)
	if err != nil {
		f.Fatal(err)
	}
	seal, err := NewSeal(sampleSeal(), k)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(signed)
	f.Add(short)
	f.Add(seal)
	f.Fuzz(func(t *testing.T, s string) {
		if c, err := OpenCheckpoint(s, k.Keys()); err == nil && c != sampleCheckpoint() {
			t.Errorf("a checkpoint nobody signed: %+v", c)
		}
		if got, err := ParseSeal(s, k.Keys()); err == nil && got != sampleSeal() {
			t.Errorf("a seal nobody made: %+v", got)
		}
	})
}
