package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

func open(t testing.TB) (*Store, *ledger.Ledger) {
	t.Helper()
	s, err := OpenFile(context.Background(), filepath.Join(t.TempDir(), DatabaseFile))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	key, err := proof.GenerateKey("perechen")
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, key, time.Now)
	p := &procedure.Procedure{ID: "x-1"}
	if err := l.AddBody(context.Background(), register.Organisation{Slug: "x", Name: "Орган"}, p, register.Ground{Text: "начало"}, "cli"); err != nil {
		t.Fatal(err)
	}
	return s, l
}

func include(k register.Kind, key string, v any) register.Change {
	return register.Change{Op: register.Include, Kind: k, Key: key, Content: register.Encode(v)}
}

// big gives a process, points and n usages of them, as an import of a large table would.
func big(n int) []register.Change {
	cs := []register.Change{include(register.KindProcess, "p1", register.Process{Key: "p1", Title: "Ведение кадрового учёта", Position: 1})}
	for i := range 20 {
		key := fmt.Sprintf("phone-%d", i)
		cs = append(cs, include(register.KindTouchpoint, key, register.Touchpoint{Key: key, Kind: "phone", Label: "Телефон", Value: fmt.Sprintf("8 (8672) 64-90-%02d", i), Contact: fmt.Sprintf("+786726490%02d", i), Position: i + 1}))
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

func BenchmarkBatch(b *testing.B) {
	cs := big(100_000)
	b.Run("append", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			_, l := open(b)
			b.StartTimer()
			if _, err := l.Append(context.Background(), "x", ledger.Batch{Changes: cs, Ground: register.Ground{Clause: "4.1"}, Actor: "cli", Head: ledger.AnyHead}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
