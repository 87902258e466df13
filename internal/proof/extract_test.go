package proof

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/register"
)

// A logbook builds extracts by hand, also wrong ones.
type logbook struct {
	t       testing.TB
	entries []bookEntry
}

type bookEntry struct {
	leaf          Leaf
	salt, content []byte
}

// newLogbook is the log of the golden vectors, with the decision (entry 4) erased, as its erasure (entry 5) says.
func newLogbook(t testing.TB) *logbook {
	b := &logbook{t: t}
	for _, v := range vectors() {
		s := vectorSalt(v.leaf.N)
		b.entries = append(b.entries, bookEntry{v.leaf, s[:], []byte(v.content)})
	}
	b.entries[3].salt, b.entries[3].content = nil, nil
	return b
}

// extract writes the entries as they are, with the tree that belongs to them.
func (b *logbook) extract() string {
	b.t.Helper()
	k := testKey(b.t)
	var out bytes.Buffer
	x, err := NewExtractWriter(&out, "komzan", int64(len(b.entries)), k.Public())
	if err != nil {
		b.t.Fatal(err)
	}
	var tree Tree
	var last time.Time
	for _, e := range b.entries {
		raw, err := e.leaf.Encode()
		if err != nil {
			b.t.Fatal(err)
		}
		var nodes []byte
		for _, h := range tree.Append(tlog.RecordHash(raw), nil) {
			nodes = append(nodes, h[:]...)
		}
		if err := x.Entry(e.leaf.N, raw, e.salt, e.content, nodes); err != nil {
			b.t.Fatal(err)
		}
		last = e.leaf.Time
	}
	signed, err := Checkpoint{Origin: "komzan", Size: tree.Size(), Root: tree.Root(), Time: last}.Sign(k)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := x.Close(signed); err != nil {
		b.t.Fatal(err)
	}
	return out.String()
}

func verify(t testing.TB, extract, later string) Verdict {
	t.Helper()
	v, err := VerifyExtract(strings.NewReader(extract), testKey(t).Keys(), later)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestExtract(t *testing.T) {
	x := newLogbook(t).extract()
	golden(t, "extract.jsonl", x)
	v := verify(t, x, "")
	if !v.OK || v.Entries != 5 || v.Erased != 1 || v.Body != "komzan" || !v.Trusted || v.Key != "perechen.example" {
		t.Errorf("verdict = %+v", v)
	}
	own, err := VerifyExtract(iotest.OneByteReader(strings.NewReader(x)), nil, "")
	if err != nil || !own.OK || own.Trusted {
		t.Errorf("with the extract's own key: %+v, %v", own, err)
	}
	stranger, err := GenerateKey("stranger")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := VerifyExtract(strings.NewReader(x), stranger.Keys(), ""); err != nil || v.OK {
		t.Errorf("with another key: %+v, %v", v, err)
	}
	if !IsExtract([]byte(x)) || IsExtract([]byte("PK")) {
		t.Error("IsExtract does not know an extract")
	}
}

// TestExtractBytes changes, drops and doubles every byte: none of it may pass.
func TestExtractBytes(t *testing.T) {
	x := newLogbook(t).extract()
	keys := testKey(t).Keys()
	try := func(what string, i int, b string) {
		v, err := VerifyExtract(strings.NewReader(b), keys, "")
		if err != nil {
			t.Fatal(err)
		}
		if v.OK {
			t.Errorf("byte %d %s unnoticed", i, what)
		}
		if v.Text == "" {
			t.Errorf("byte %d %s: no sentence", i, what)
		}
		// An entry's own line names the entry.
		if line := int64(strings.Count(x[:i], "\n")); line >= 1 && line <= 5 && v.Bad != line {
			t.Errorf("byte %d %s: named entry %d, want %d: %s", i, what, v.Bad, line, v.Text)
		}
	}
	for i := range len(x) {
		for _, bit := range []byte{1, 32} {
			b := []byte(x)
			b[i] ^= bit
			try("changed", i, string(b))
		}
		if i+1 < len(x) && x[i] != x[i+1] { // of two equal bytes either may be called the missing one
			try("dropped", i, x[:i]+x[i+1:])
		}
		if i%5 != 0 {
			continue
		}
		if v, err := VerifyExtract(strings.NewReader(x[:i]), keys, ""); err != nil || v.OK {
			t.Errorf("cut at byte %d unnoticed: %v", i, err)
		}
	}
}

func TestExtractLines(t *testing.T) {
	x := newLogbook(t).extract()
	lines := strings.SplitAfter(x, "\n") // header, entries 1…5, checkpoint, ""
	join := func(ix ...int) string {
		var b strings.Builder
		for _, i := range ix {
			b.WriteString(lines[i])
		}
		return b.String()
	}
	for name, c := range map[string]struct {
		extract string
		bad     int64
	}{
		"entry removed":        {join(0, 1, 2, 4, 5, 6), 3},
		"first removed":        {join(0, 2, 3, 4, 5, 6), 1},
		"last removed":         {join(0, 1, 2, 3, 4, 6), 5},
		"all removed":          {join(0, 6), 1},
		"swapped":              {join(0, 1, 3, 2, 4, 5, 6), 2},
		"doubled":              {join(0, 1, 2, 2, 3, 4, 5, 6), 3},
		"no checkpoint":        {join(0, 1, 2, 3, 4, 5), 6},
		"two checkpoints":      {join(0, 1, 2, 3, 4, 5, 6, 6), 6},
		"entry after the last": {join(0, 1, 2, 3, 4, 5, 5, 6), 6},
		"checkpoint first":     {join(0, 6, 1, 2, 3, 4, 5), 1},
		"no header":            {join(1, 2, 3, 4, 5, 6), 0},
		"empty":                {"", 0},
		"carriage returns":     {strings.ReplaceAll(x, "\n", "\r\n"), 0},
		"byte order mark":      {"\ufeff" + x, 0},
		"no last newline":      {strings.TrimSuffix(x, "\n"), 6},
	} {
		v := verify(t, c.extract, "")
		if v.OK || v.Bad != c.bad || v.Text == "" {
			t.Errorf("%s: %+v, want bad entry %d", name, v, c.bad)
		}
	}
}

// TestExtractForged makes lines that are right in form, by one who can compute every hash but cannot sign.
func TestExtractForged(t *testing.T) {
	honest := newLogbook(t).extract()
	checkpoint := honest[strings.LastIndex(honest, `{"checkpoint"`):]
	forge := func(change func(*logbook)) string {
		b := newLogbook(t)
		change(b)
		x := b.extract()
		return x[:strings.LastIndex(x, `{"checkpoint"`)] + checkpoint
	}
	amended := []byte(`{"key":"site","kind":"site","label":"Другой сайт","position":1}`)
	for name, c := range map[string]struct {
		extract string
		bad     int64
	}{
		"content replaced":              {forge(func(b *logbook) { b.entries[0].content = amended }), 1},
		"content given to an exclusion": {forge(func(b *logbook) { b.entries[2].content = amended }), 3},
		"salt replaced":                 {forge(func(b *logbook) { b.entries[1].salt = b.entries[0].salt }), 2},
		"erased without a record":       {forge(func(b *logbook) { b.entries[1].salt, b.entries[1].content = nil, nil }), 2},
		"exclusion erased":              {forge(func(b *logbook) { b.entries[2].salt, b.entries[2].content = nil, nil }), 3},
		"erased content still there": {forge(func(b *logbook) {
			s := vectorSalt(4)
			b.entries[3].salt = s[:]
			b.entries[3].content = []byte(vectors()[3].content)
		}), 4},
		"time back":    {forge(func(b *logbook) { b.entries[2].leaf.Time = b.entries[0].leaf.Time }), 3},
		"another body": {forge(func(b *logbook) { b.entries[1].leaf.Body = "minec" }), 2},
		"content and commitment": {forge(func(b *logbook) {
			b.entries[1].content = amended
			b.entries[1].leaf.Commit = Commit(vectorSalt(2), amended)
		}), 0},
		"ground of an entry, whole tree new": {forge(func(b *logbook) { b.entries[1].leaf.Ground.Text = "иное" }), 0},
		"erasure of a later entry":           {forge(func(b *logbook) { b.entries[4].leaf.Key = "9" }), 5},
	} {
		v := verify(t, c.extract, "")
		if v.OK || v.Bad != c.bad || v.Text == "" {
			t.Errorf("%s: %+v, want bad entry %d", name, v, c.bad)
		}
	}
	// Of a leaf changed in place, with the stored hashes left as they were, the entry is named.
	if v := verify(t, strings.Replace(honest, "officer-2", "officer-3", 1), ""); v.OK || v.Bad != 3 {
		t.Errorf("actor changed: %+v, want bad entry 3", v)
	}
	// Size in the header and entries agree, but fewer than signed.
	b := newLogbook(t)
	b.entries = b.entries[:2]
	x := b.extract()
	if v := verify(t, x[:strings.LastIndex(x, `{"checkpoint"`)]+checkpoint, ""); v.OK || v.Bad != 3 {
		t.Errorf("tail cut under a later signature: %+v, want bad entry 3", v)
	}
}

func TestExtractLater(t *testing.T) {
	b := newLogbook(t)
	b.entries = b.entries[:3]
	short := b.extract()
	b = newLogbook(t)
	whole := b.extract()
	k := testKey(t)
	at := func(x string, n int) string { // checkpoint of the first n entries of a log of golden vectors
		var tree Tree
		for _, e := range newLogbook(t).entries[:n] {
			raw, err := e.leaf.Encode()
			if err != nil {
				t.Fatal(err)
			}
			tree.Append(tlog.RecordHash(raw), nil)
		}
		s, err := Checkpoint{Origin: x, Size: int64(n), Root: tree.Root(), Time: time.Now()}.Sign(k)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for n := range 6 {
		if v := verify(t, whole, at("komzan", n)); !v.OK {
			t.Errorf("against the checkpoint of %d entries: %+v", n, v)
		}
	}
	if v := verify(t, short, ""); !v.OK {
		t.Errorf("a shorter log, by itself: %+v", v)
	}
	if v := verify(t, short, at("komzan", 5)); v.OK || v.Bad != 4 {
		t.Errorf("cut tail: %+v, want bad entry 4", v)
	}
	if v := verify(t, whole, at("minec", 3)); v.OK {
		t.Error("a checkpoint of another body was taken")
	}
	b = newLogbook(t)
	b.entries[1].leaf.Ground.Text = "иное"
	if v := verify(t, b.extract(), at("komzan", 3)); v.OK || !strings.Contains(v.Text, "переписан") {
		t.Errorf("a log rewritten and signed again: %+v", v)
	}
	if _, err := VerifyExtract(strings.NewReader(whole), k.Keys(), "junk"); err == nil {
		t.Error("junk was taken for a later checkpoint")
	}
	broken := errors.New("broken disk")
	if _, err := VerifyExtract(io.MultiReader(strings.NewReader(whole[:2000]), iotest.ErrReader(broken)), k.Keys(), ""); !errors.Is(err, broken) {
		t.Errorf("error of reading = %v, want it back", err)
	}
}

// TestExtractLongLines: a content of many pages is one line.
func TestExtractLongLines(t *testing.T) {
	b := newLogbook(t)
	e := &b.entries[0]
	e.content = []byte(strings.Repeat("длинный\u0001 \"текст\"\\", 100_000))
	e.leaf.Commit = Commit(vectorSalt(1), e.content)
	if v := verify(t, b.extract(), ""); !v.OK || v.Bytes < 2_000_000 {
		t.Errorf("verdict = %+v", v)
	}
}

func FuzzVerifyExtract(f *testing.F) {
	x := newLogbook(f).extract()
	f.Add(x)
	f.Add(strings.Replace(x, "include", "exclude", 1))
	f.Add(x[:len(x)/2])
	keys := testKey(f).Keys()
	f.Fuzz(func(t *testing.T, s string) {
		v, err := VerifyExtract(strings.NewReader(s), keys, "")
		if err != nil {
			t.Fatal(err) // a reader in memory does not fail
		}
		if v.OK && s != x {
			t.Error("an extract that nobody signed passed")
		}
		if v.Text == "" {
			t.Error("no sentence")
		}
	})
}

func TestCheckEntryKinds(t *testing.T) {
	l := sampleLeaf()
	l.Kind = register.Kind("not-invented-yet")
	raw, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	s := vectorSalt(1)
	if c := CheckEntry("komzan", 1, raw, s[:], []byte(vectors()[0].content)); c.Bad != "" {
		t.Errorf("an entry of a later kind: %s", c.Bad)
	}
}
