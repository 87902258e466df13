package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"perechen/internal/office"
	"perechen/internal/register"
)

var update = flag.Bool("update", false, "write golden files instead of comparing; formats are frozen, so only for new ones")

// golden compares with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// testKey signs every golden vector: an Ed25519 key whose seed is 32 bytes of 0x07. It protects nothing.
func testKey(t testing.TB) *Key {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "key.txt"))
	if err != nil {
		t.Fatal(err)
	}
	k, err := ParseKey(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// vectorSalt gives salts that are known: 32 bytes of n.
func vectorSalt(n int64) (s Salt) {
	for i := range s {
		s[i] = byte(n)
	}
	return s
}

type vector struct {
	content string
	leaf    Leaf
}

// vectors are a small log of every shape of leaf: an inclusion, an amendment whose ground needs escapes, an exclusion, a
// decision with an upper-case key, an erasure.
func vectors() []vector {
	at := time.Date(2026, 2, 16, 6, 30, 0, 0, time.UTC)
	vs := []vector{
		{`{"key":"site","kind":"site","label":"Официальный сайт Комитета","value":"https://trud.alania.gov.ru","position":1}`, Leaf{
			Time: at, Kind: register.KindTouchpoint, Key: "site", Op: register.Include, Actor: "officer-1",
			Ground: register.Ground{Clause: "4.1", Text: "изменение перечня процессов", Act: "приказ № 9-р от 16.02.2026"},
		}},
		{`{"key":"site","kind":"site","label":"Сайт «Труд»","value":"https://trud.alania.gov.ru","position":1}`, Leaf{
			Time: at.Add(1500 * time.Millisecond), Kind: register.KindTouchpoint, Key: "site", Op: register.Amend, Actor: "officer-1",
			Ground: register.Ground{Text: "\"кавычки\", \\ и\tтабуляция\nв две строки \u007f \u2028 \U0001f4de"},
		}},
		{``, Leaf{
			Time: at.Add(time.Hour + time.Microsecond), Kind: register.KindTouchpoint, Key: "site", Op: register.Exclude, Actor: "officer-2",
			Ground: register.Ground{Clause: "2.3"},
		}},
		{`{"finding":"R3-1a2b3c4d","rule":"R3","subject":"0123456789abcdef","reason":"телефон служебный","date":"2026-02-16"}`, Leaf{
			Time: at.Add(time.Hour + time.Microsecond), Kind: register.KindDecision, Key: "R3-1a2b3c4d", Op: register.Include, Actor: "officer-1",
			Ground: register.Ground{Clause: "3.2", Text: "отклонение замечания R3-1a2b3c4d"},
		}},
		{`{"n":4}`, Leaf{
			Time: at.Add(24 * time.Hour), Kind: register.KindErasure, Key: "4", Op: register.Include, Actor: "admin@komzan",
			Ground: register.Ground{Text: "отзыв согласия", Act: "Федеральный закон № 152-ФЗ"},
		}},
	}
	for i := range vs {
		l := &vs[i].leaf
		l.Body, l.N = "komzan", int64(i+1)
		l.Commit = Commit(vectorSalt(l.N), []byte(vs[i].content))
	}
	return vs
}

func TestLeafVectors(t *testing.T) {
	var all strings.Builder
	for _, v := range vectors() {
		raw, err := v.leaf.Encode()
		if err != nil {
			t.Fatal(err)
		}
		golden(t, fmt.Sprintf("leaf-%d.txt", v.leaf.N), string(raw))
		salt := vectorSalt(v.leaf.N)
		fmt.Fprintf(&all, "salt %x\ncontent %s\ncommitment %x\nleaf hash %x\n\n", salt, v.content, v.leaf.Commit, sha256.Sum256(append([]byte{0}, raw...)))
		// The commitment, spelt out independently of Commit.
		if want := sha256.Sum256([]byte("perechen commitment v1\n" + string(salt[:]) + v.content)); v.leaf.Commit != want {
			t.Errorf("commitment %d = %x, want %x", v.leaf.N, v.leaf.Commit, want)
		}
		back, err := DecodeLeaf(raw)
		if err != nil {
			t.Fatal(err)
		}
		if !back.Time.Equal(v.leaf.Time) {
			t.Errorf("time = %v, want %v", back.Time, v.leaf.Time)
		}
		if back.Time = v.leaf.Time; back != v.leaf {
			t.Errorf("decoded %+v, want %+v", back, v.leaf)
		}
	}
	golden(t, "commitments.txt", all.String())
}

// TestDocumentedExample holds docs/format.md to the golden vectors.
func TestDocumentedExample(t *testing.T) {
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "format.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"leaf-1.txt", "checkpoint.txt", "checkpoint-short.txt", "seal.txt"} {
		want, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(doc), "\n```\n"+strings.TrimSuffix(string(want), "\n")+"\n```\n") {
			t.Errorf("docs/format.md does not hold %s, byte for byte", name)
		}
	}
	lim := office.DefaultLimits
	for _, want := range []string{
		fmt.Sprintf("| file | %d MiB |", lim.File>>20),
		fmt.Sprintf("| all parts unpacked | %d MiB |", lim.Inflated>>20),
		fmt.Sprintf("| inflation of one part | %d : 1, looked at only above %d MiB unpacked |", lim.Ratio, office.RatioFloor>>20),
		fmt.Sprintf("| memory that the document takes, estimated | %d MiB |", lim.Held>>20),
		fmt.Sprintf("| files in the archive | %d |", lim.Entries),
		fmt.Sprintf("| rows of a sheet or table | %d %03d |", lim.Rows/1000, lim.Rows%1000),
		fmt.Sprintf("| columns | %d |", lim.Columns),
		fmt.Sprintf("| one cell or paragraph | %d KiB |", lim.Cell>>10),
		fmt.Sprintf("| nesting of XML | %d |", lim.Depth),
	} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("docs/format.md does not hold %q", want)
		}
	}
	v := vectors()[0]
	raw, err := v.leaf.Encode()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(append([]byte{0}, raw...))
	for _, want := range []string{v.content, hex.EncodeToString(v.leaf.Commit[:]), hex.EncodeToString(sum[:])} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("docs/format.md does not hold %q", want)
		}
	}
}
