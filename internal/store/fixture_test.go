package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// slug is the body that the tests of this package write to.
const slug = "komzan"

var ground = register.Ground{Clause: "4.1", Text: "изменение перечня"}

// An installation is a database file with the key that signs for it; it can be closed, edited and opened again.
type installation struct {
	testing.TB
	path  string
	key   *proof.Key
	store *Store
	*ledger.Ledger
}

// install makes an installation with the body slug: two entries.
func install(t testing.TB) *installation {
	t.Helper()
	key, err := proof.GenerateKey("perechen.test")
	if err != nil {
		t.Fatal(err)
	}
	in := &installation{TB: t, path: filepath.Join(t.TempDir(), DatabaseFile), key: key}
	in.open()
	t.Cleanup(func() { in.store.Close() })
	in.addBody(slug)
	return in
}

// addBody begins a log: two entries.
func (in *installation) addBody(slug string) {
	in.Helper()
	if err := in.AddBody(context.Background(), register.Organisation{Slug: slug, Name: "Комитет"}, &procedure.Procedure{ID: "sample-1"}, ground, "cli"); err != nil {
		in.Fatal(err)
	}
}

func (in *installation) open() {
	in.Helper()
	s, err := OpenFile(context.Background(), in.path)
	if err != nil {
		in.Fatal(err)
	}
	in.store, in.Ledger = s, ledger.New(s, in.key, time.Now)
}

// sql runs statements as somebody with the file in hands would, and opens the installation again.
func (in *installation) sql(statements ...string) {
	in.Helper()
	if err := in.store.Close(); err != nil {
		in.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+in.path)
	if err != nil {
		in.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			in.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		in.Fatal(err)
	}
	in.open()
}

func (in *installation) append(changes ...register.Change) ledger.Receipt {
	in.Helper()
	r, err := in.Append(context.Background(), slug, ledger.Batch{Changes: changes, Ground: ground, Actor: "cli", Head: ledger.AnyHead})
	if err != nil {
		in.Fatal(err)
	}
	return r
}

func (in *installation) verify(later string) proof.Verdict {
	in.Helper()
	v, err := in.Verify(context.Background(), slug, later, nil)
	if err != nil {
		in.Fatal(err)
	}
	return v
}

func include(k register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Include, Kind: k, Key: key, Content: register.Encode(v)}
}

func point(i int) register.Touchpoint {
	return register.Touchpoint{Key: fmt.Sprintf("phone-%d", i), Kind: "phone", Label: "Телефон", Value: fmt.Sprintf("8 (8672) 64-%04d", i), Position: i}
}

// big gives a process, points and n usages of them, as an import of a large table would.
func big(n int) []register.Change {
	cs := []register.Change{include(register.KindProcess, "p1", register.Process{Key: "p1", Title: "Ведение кадрового учёта", Position: 1})}
	for i := range 20 {
		p := point(i)
		cs = append(cs, include(register.KindTouchpoint, p.Key, p))
	}
	for i := range n {
		key := fmt.Sprintf("u-%06x", i*7919%(1<<24))
		cs = append(cs, include(register.KindUsage, key, register.Usage{
			Key: key, Process: "p1", Touchpoint: fmt.Sprintf("phone-%d", i%20), Client: "internal",
			Needs: []register.NeedRef{{Code: "consultation", Text: "получение клиентом консультации"}, {Code: "progress", Text: "информирование о ходе рассмотрения"}},
			Text:  fmt.Sprintf("Получение клиентом консультации по вопросу %d прохождения государственной гражданской службы", i), Feature: "офлайн-точка", Printed: register.Offline, Position: i + 1,
			Source: &register.Source{File: "otchet.xlsx", Sheet: "Лист1", Row: i + 2},
		}))
	}
	return cs
}
