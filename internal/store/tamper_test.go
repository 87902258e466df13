package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// tampered makes a log of 12 entries: 1–2 the body, 3–10 points, 11 an amendment of entry 3's point, 12 the exclusion of
// entry 4's.
func tampered(t testing.TB) *installation { return tamperedIn(install(t)) }

func tamperedIn(in *installation) *installation {
	var cs []register.Change
	for i := range 8 {
		cs = append(cs, include(register.KindTouchpoint, point(i).Key, point(i)))
	}
	moved := point(0)
	moved.Label = "Приёмная"
	in.append(append(cs,
		register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: moved.Key, Content: register.Encode(moved)},
		register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: point(1).Key})...)
	return in
}

// id of entry n of the first body, as SQL.
func id(n int) string { return fmt.Sprint(1<<nBits | n) }

const noTriggers = `DROP TRIGGER entry_update; DROP TRIGGER entry_delete; DROP TRIGGER content_update; DROP TRIGGER content_delete; DROP TRIGGER node_update`

// TestTampering edits the file with the triggers gone; Verify must find it and name the first bad entry.
func TestTampering(t *testing.T) {
	swap := func(table string, a, b int) string {
		return fmt.Sprintf("UPDATE %[1]s SET id = -1 WHERE id = %[2]s; UPDATE %[1]s SET id = %[2]s WHERE id = %[3]s; UPDATE %[1]s SET id = %[3]s WHERE id = -1", table, id(a), id(b))
	}
	for name, c := range map[string]struct {
		sql string
		bad int64
	}{
		"byte of a leaf":               {`UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'cli', 'clj') AS BLOB) WHERE id = ` + id(5), 5},
		"leaf cut":                     {`UPDATE entry SET leaf = substr(leaf, 1, 50) WHERE id = ` + id(5), 5},
		"leaf emptied":                 {`UPDATE entry SET leaf = x'' WHERE id = ` + id(5), 5},
		"number in a leaf":             {`UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'komzan' || char(10) || '5', 'komzan' || char(10) || '6') AS BLOB) WHERE id = ` + id(5), 5},
		"byte of content":              {`UPDATE content SET content = CAST(replace(CAST(content AS TEXT), '8672', '8673') AS BLOB) WHERE id = ` + id(6), 6},
		"content of another":           {`UPDATE content SET content = (SELECT content FROM content WHERE id = ` + id(7) + `) WHERE id = ` + id(6), 6},
		"content and salt of another":  {swap("content", 6, 7), 6},
		"salt":                         {`UPDATE content SET salt = zeroblob(32) WHERE id = ` + id(6), 6},
		"salt cut":                     {`UPDATE content SET salt = substr(salt, 1, 31) WHERE id = ` + id(6), 6},
		"content deleted":              {`DELETE FROM content WHERE id = ` + id(6), 6},
		"content of an exclusion":      {`UPDATE content SET content = x'7b7d' WHERE id = ` + id(12), 12},
		"exclusion's content deleted":  {`DELETE FROM content WHERE id = ` + id(12), 12},
		"leaf hash":                    {`UPDATE node SET hashes = zeroblob(32) || substr(hashes, 33) WHERE id = ` + id(8), 8},
		"inner node":                   {`UPDATE node SET hashes = substr(hashes, 1, 64) || zeroblob(32) || substr(hashes, 97) WHERE id = ` + id(8), 8},
		"node too many":                {`UPDATE node SET hashes = hashes || zeroblob(32) WHERE id = ` + id(8), 8},
		"node removed":                 {`DELETE FROM node WHERE id = ` + id(7), 7},
		"entry removed":                {`DELETE FROM entry WHERE id = ` + id(4), 4},
		"entry removed everywhere":     {strings.ReplaceAll(`DELETE FROM entry WHERE id = #; DELETE FROM content WHERE id = #; DELETE FROM node WHERE id = #; DELETE FROM version WHERE id = #`, "#", id(4)), 4},
		"first entry removed":          {`DELETE FROM entry WHERE id = ` + id(1), 1},
		"tail cut":                     {strings.ReplaceAll(`DELETE FROM entry WHERE id >= #; DELETE FROM content WHERE id >= #; DELETE FROM node WHERE id >= #; DELETE FROM version WHERE id >= #`, "#", id(10)), 10},
		"tail cut and head set back":   {strings.ReplaceAll(`DELETE FROM entry WHERE id >= #; DELETE FROM content WHERE id >= #; DELETE FROM node WHERE id >= #; DELETE FROM version WHERE id >= #; UPDATE head SET n = 9; UPDATE version SET until = 9223372036854775807`, "#", id(10)), 10},
		"leaves swapped":               {swap("entry", 5, 6), 5},
		"entries swapped":              {swap("entry", 5, 6) + ";" + swap("content", 5, 6) + ";" + swap("version", 5, 6) + ";" + swap("node", 5, 6), 5},
		"entry doubled at the end":     {strings.ReplaceAll(`INSERT INTO entry SELECT #, leaf FROM entry WHERE id = `+id(12), "#", id(13)), 13},
		"entry doubled and head moved": {`INSERT INTO entry SELECT ` + id(13) + `, leaf FROM entry WHERE id = ` + id(12) + `; UPDATE head SET n = 13`, 13},
		"entry far beyond":             {`INSERT INTO entry VALUES (` + id(99) + `, x'00')`, 13},
		"content without an entry":     {`INSERT INTO content VALUES (` + id(50) + `, zeroblob(32), x'00')`, 13},
		"node without an entry":        {`INSERT INTO node VALUES (` + id(50) + `, zeroblob(32))`, 13},
		"version without an entry":     {`INSERT INTO version VALUES (` + id(50) + `, 1, 'process', 'x', 9223372036854775807)`, 13},
		"version removed":              {`DELETE FROM version WHERE id = ` + id(9), 9},
		"version of another kind":      {`UPDATE version SET kind = 'process' WHERE id = ` + id(9), 9},
		"version of another key":       {`UPDATE version SET key = 'phone-x' WHERE id = ` + id(9), 9},
		"version ended":                {`UPDATE version SET until = 12 WHERE id = ` + id(9), 9},
		"version reopened":             {`UPDATE version SET until = 9223372036854775807 WHERE id = ` + id(4), 4},
		"version ended late":           {`UPDATE version SET until = 12 WHERE id = ` + id(3), 3},
		"version of an exclusion":      {`INSERT INTO version VALUES (` + id(12) + `, 1, 'touchpoint', 'phone-1', 9223372036854775807)`, 12},
		"root":                         {`UPDATE head SET root = zeroblob(32)`, 0},
		"root cut":                     {`UPDATE head SET root = x'00'`, 0},
		"head promises too much":       {`UPDATE head SET n = 1 << 39`, 13},
		"negative head":                {`UPDATE head SET n = -1`, 0},
		"time of the head":             {`UPDATE head SET time = time + 1`, 0},
		"erasures of the head":         {`UPDATE head SET erasures = 1`, 0},
		"checkpoint":                   {`UPDATE head SET signed = replace(signed, 'komzan', 'komzam')`, 0},
		"no checkpoint":                {`UPDATE head SET signed = ''`, 0},
		"head removed":                 {`DELETE FROM head`, 0},
		"another body's leaves":        {`UPDATE body SET slug = 'minec'; INSERT INTO body VALUES (2, 'komzan'); UPDATE body SET id = 3 WHERE slug = 'minec'; UPDATE body SET id = 1 WHERE slug = 'komzan'; UPDATE entry SET leaf = CAST(replace(CAST(leaf AS TEXT), 'komzan', 'kozman') AS BLOB)`, 1},
		"index":                        {`PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = replace(sql, 'body, kind, key', 'body, key, kind') WHERE name = 'version_key'`, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := tampered(t)
			later := in.headSigned()
			in.sql(append([]string{"PRAGMA foreign_keys = 0", noTriggers}, strings.Split(c.sql, ";")...)...)
			v := in.verify("")
			if v.OK || v.Bad != c.bad || v.Text == "" {
				t.Errorf("verdict = %+v, want bad entry %d", v, c.bad)
			}
			if v := in.verify(later); v.OK {
				t.Error("found whole against a checkpoint of before")
			}
		})
	}
	in := tampered(t)
	if v := in.verify(in.headSigned()); !v.OK || v.Entries != 12 {
		t.Errorf("untouched: %+v", v)
	}
}

func (in *installation) headSigned() string {
	in.Helper()
	h, err := in.Head(context.Background(), slug)
	if err != nil {
		in.Fatal(err)
	}
	return h.Signed
}

// TestOldCopy puts an older copy of the whole file back: it is whole by itself, and only a later checkpoint tells.
func TestOldCopy(t *testing.T) {
	in := tampered(t)
	old := in.path + ".old"
	in.sql(`VACUUM INTO '` + old + `'`)
	in.append(include(register.KindTouchpoint, point(50).Key, point(50)))
	later := in.headSigned()
	if v := in.verify(later); !v.OK {
		t.Fatal(v.Text)
	}
	if err := in.store.Close(); err != nil {
		t.Fatal(err)
	}
	in.path = old
	in.open()
	if v := in.verify(""); !v.OK {
		t.Errorf("an old copy by itself: %+v", v)
	}
	if v := in.verify(later); v.OK || v.Bad != 13 {
		t.Errorf("an old copy against a later checkpoint: %+v, want bad entry 13", v)
	}
}

// TestTriggers: the database itself refuses what only tampering would do.
func TestTriggers(t *testing.T) {
	in := tampered(t)
	for _, s := range []string{
		`UPDATE entry SET leaf = x'00' WHERE id = ` + id(3),
		`DELETE FROM entry WHERE id = ` + id(3),
		`UPDATE content SET content = x'00' WHERE id = ` + id(3),
		`DELETE FROM content WHERE id = ` + id(3),
		`UPDATE node SET hashes = x'00' WHERE id = ` + id(3),
	} {
		if _, err := in.store.write.Exec(s); err == nil {
			t.Errorf("%s: done", s)
		}
	}
	if v := in.verify(""); !v.OK {
		t.Error(v.Text)
	}
}

// TestWriteOnDamage: nothing more is written to a log whose tree does not lead to its head.
func TestWriteOnDamage(t *testing.T) {
	in := tampered(t)
	in.sql(noTriggers, `UPDATE node SET hashes = zeroblob(32) WHERE id = `+id(12), `UPDATE node SET hashes = zeroblob(length(hashes)) WHERE id = `+id(8))
	_, err := in.Append(context.Background(), slug, ledger.Batch{Changes: []register.Change{include(register.KindProcess, "x", register.Process{Key: "x"})}, Ground: ground, Actor: "cli", Head: ledger.AnyHead})
	if !errors.Is(err, ledger.ErrDamaged) {
		t.Errorf("append on damage: %v", err)
	}
	if err := in.Rebuild(context.Background(), slug); err != nil { // only derived rows were hurt
		t.Fatal(err)
	}
	if v := in.verify(""); !v.OK {
		t.Error(v.Text)
	}
}

// TestRebuildRefused: what was tampered with is not signed again.
func TestRebuildRefused(t *testing.T) {
	for name, s := range map[string]string{
		"content":    `UPDATE content SET content = x'7b7d' WHERE id = ` + id(6),
		"tail":       `DELETE FROM entry WHERE id = ` + id(12) + `; UPDATE head SET n = 11`,
		"checkpoint": `UPDATE head SET signed = ''`,
		"all":        `DELETE FROM entry`,
	} {
		in := tampered(t)
		in.sql(append([]string{noTriggers}, strings.Split(s, ";")...)...)
		before := dumpTables(t, in)
		if err := in.Rebuild(context.Background(), slug); !errors.Is(err, ledger.ErrDamaged) {
			t.Errorf("%s: %v, want refusal", name, err)
		}
		if after := dumpTables(t, in); after != before {
			t.Errorf("%s: a refused rebuild changed something", name)
		}
	}
}

// TestABodyStruckOutOfTheList: the log of a body whose row was deleted was passed over in silence.
func TestABodyStruckOutOfTheList(t *testing.T) {
	for _, s := range []string{`DELETE FROM body`, `DELETE FROM body; DELETE FROM head`} {
		in := tampered(t)
		in.sql(append([]string{"PRAGMA foreign_keys = 0", noTriggers}, strings.Split(s, ";")...)...)
		var le *ledger.Error
		if _, err := in.Slugs(context.Background()); !errors.As(err, &le) || le.Code != ledger.CodeDamaged {
			t.Errorf("%s: %v, want damaged", s, err)
		}
	}
}
