package proof

import (
	"bytes"
	"reflect"
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

func TestLeafTimesNoCalendarHas(t *testing.T) {
	good, err := sampleLeaf().Encode()
	if err != nil {
		t.Fatal(err)
	}
	was := sampleLeaf().Time.UTC().Format(LeafTime)
	for _, bad := range []string{"2026-02-29T10:00:00.000000Z", "2026-13-01T10:00:00.000000Z", "2026-00-01T10:00:00.000000Z", "2026-01-00T10:00:00.000000Z",
		"2026-01-01T24:00:00.000000Z", "2026-01-01T10:60:00.000000Z", "2026-01-01T10:00:60.000000Z", "0000-01-01T10:00:00.000000Z", "2026-01-01t10:00:00.000000Z"} {
		if _, err := DecodeLeaf(bytes.Replace(good, []byte(was), []byte(bad), 1)); err == nil {
			t.Errorf("%s was read", bad)
		}
	}
	for _, fine := range []string{"2024-02-29T23:59:59.999999Z", "0001-01-01T00:00:00.000001Z", "9999-12-31T23:59:59.999999Z"} {
		l, err := DecodeLeaf(bytes.Replace(good, []byte(was), []byte(fine), 1))
		if want, _ := time.Parse(LeafTime, fine); err != nil || !l.Time.Equal(want) || l.Time != want {
			t.Errorf("%s was read as %v, %v", fine, l.Time, err)
		}
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
	var sample []byte
	for _, v := range vectors() {
		b, err := v.leaf.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		sample = b
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := DecodeLeaf(b)
		// What was read before does not matter: not another leaf, not the same, not what was no leaf.
		var d LeafDecoder
		for _, before := range [][]byte{sample, b, b[:len(b)/2], b} {
			d.Decode(before) //nolint:errcheck // whatever comes
			if got, e := d.Decode(b); (e == nil) != (err == nil) || !reflect.DeepEqual(got, l) {
				t.Fatalf("decoded as %+v, %v; after another as %+v, %v", l, err, got, e)
			}
		}
		if err != nil {
			return
		}
		if again, err := l.Encode(); err != nil || !bytes.Equal(again, b) {
			t.Errorf("decoded, but encodes as\n%s\n%v", again, err)
		}
	})
}
