package proof

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"perechen/internal/register"
)

func sampleLeaf() Leaf { return vectors()[0].leaf }

func TestLeafRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Leaf){
		"no body":         func(l *Leaf) { l.Body = "" },
		"Russian body":    func(l *Leaf) { l.Body = "комитет" },
		"body with line":  func(l *Leaf) { l.Body = "a\nb" },
		"number 0":        func(l *Leaf) { l.N = 0 },
		"nanoseconds":     func(l *Leaf) { l.Time = l.Time.Add(1) },
		"year 10000":      func(l *Leaf) { l.Time = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"no kind":         func(l *Leaf) { l.Kind = "" },
		"kind with space": func(l *Leaf) { l.Kind = "a b" },
		"no key":          func(l *Leaf) { l.Key = "" },
		"key with dot":    func(l *Leaf) { l.Key = ".a" },
		"long key":        func(l *Leaf) { l.Key = strings.Repeat("k", 121) },
		"operation":       func(l *Leaf) { l.Op = "rename" },
		"name as actor":   func(l *Leaf) { l.Actor = "Иванов" },
		"no actor":        func(l *Leaf) { l.Actor = "" },
		"bytes in ground": func(l *Leaf) { l.Ground.Text = "\xff" },
	} {
		l := sampleLeaf()
		spoil(&l)
		if b, err := l.Encode(); err == nil {
			t.Errorf("%s: encoded as\n%s", name, b)
		}
	}
}

func TestLeafTimeZone(t *testing.T) {
	l := sampleLeaf()
	utc, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	l.Time = l.Time.In(time.FixedZone("MSK", 3*60*60))
	if msk, err := l.Encode(); err != nil || !bytes.Equal(utc, msk) {
		t.Errorf("the same instant in another zone gives other bytes: %v\n%s", err, msk)
	}
}

func TestDecodeLeafStrict(t *testing.T) {
	good, err := sampleLeaf().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{
		"empty":                 "",
		"no last newline":       strings.TrimSuffix(string(good), "\n"),
		"two last newlines":     string(good) + "\n",
		"carriage returns":      strings.ReplaceAll(string(good), "\n", "\r\n"),
		"version 2":             strings.Replace(string(good), "v1", "v2", 1),
		"leading zero":          strings.Replace(string(good), "\n1\n", "\n01\n", 1),
		"plus":                  strings.Replace(string(good), "\n1\n", "\n+1\n", 1),
		"time without fraction": strings.Replace(string(good), ".000000Z", "Z", 1),
		"time with zone":        strings.Replace(string(good), ".000000Z", ".000000+00:00", 1),
		"time with comma":       strings.Replace(string(good), ".000000Z", ",000000Z", 1),
		"escaped letter":        strings.Replace(string(good), `"4.1"`, `"\u0034.1"`, 1),
		"escaped slash":         strings.Replace(string(good), `"4.1"`, `"4\/1"`, 1),
		"unquoted":              strings.Replace(string(good), `"4.1"`, `4.1`, 1),
		"null":                  strings.Replace(string(good), `"4.1"`, `null`, 1),
		"space after quotation": strings.Replace(string(good), `"4.1"`, `"4.1" `, 1),
		"surrogate":             strings.Replace(string(good), `"4.1"`, `"\ud800"`, 1),
		"line too many":         strings.Replace(string(good), "include\n", "include\ninclude\n", 1),
	} {
		if l, err := DecodeLeaf([]byte(bad)); err == nil {
			t.Errorf("%s: decoded as %+v", name, l)
		}
	}
	upper := string(good[:len(good)-65]) + strings.ToUpper(string(good[len(good)-65:]))
	if _, err := DecodeLeaf([]byte(upper)); err == nil {
		t.Error("upper-case hexadecimal was decoded")
	}
}

func TestLeafEscapes(t *testing.T) {
	for c := rune(0); c < 0x100; c++ {
		l := sampleLeaf()
		l.Ground = register.Ground{Clause: string(c), Text: "a" + string(c), Act: string(c) + string(c)}
		b, err := l.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Count(b, []byte("\n")) != 12 {
			t.Errorf("%U breaks a line", c)
		}
		if back, err := DecodeLeaf(b); err != nil || back.Ground != l.Ground {
			t.Errorf("%U: %+v, %v", c, back.Ground, err)
		}
	}
}

func FuzzDecodeLeaf(f *testing.F) {
	for _, v := range vectors() {
		b, err := v.leaf.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := DecodeLeaf(b)
		if err != nil {
			return
		}
		if again, err := l.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("decoded, but encodes as\n%s\n%v", again, err)
		}
	})
}
