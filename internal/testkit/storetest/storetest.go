// Package storetest is the test that every ledger.Store must pass, through the Ledger that stands on it: what is written
// is numbered, proved and found again, what is refused leaves nothing, and no body sees another's log.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/proof"
	"perechen/internal/register"
)

// Run tests the stores that open gives: each call a new, empty one, closed by t.Cleanup.
func Run(t *testing.T, open func(t *testing.T) ledger.Store) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, f *fixture)
	}{
		{"Body", testBody},
		{"Directory", testDirectory},
		{"DirectoryOfMany", testDirectoryOfMany},
		{"Moved", testMoved},
		{"Append", testAppend},
		{"AppendRefused", testAppendRefused},
		{"AllOrNothing", testAllOrNothing},
		{"References", testReferences},
		{"Procedure", testProcedure},
		{"Unchanged", testUnchanged},
		{"Stale", testStale},
		{"Clock", testClock},
		{"AsOf", testAsOf},
		{"Advance", testAdvance},
		{"History", testHistory},
		{"ManyChanges", testManyChanges},
		{"Concurrent", testConcurrent},
		{"Cancelled", testCancelled},
		{"Rows", testRows},
		{"RowsText", testRowsText},
		{"Editions", testEditions},
		{"Decisions", testDecisions},
		{"Files", testFiles},
		{"FilesErased", testFilesErased},
		{"Front", testFront},
		{"Erase", testErase},
		{"EraseRefused", testEraseRefused},
		{"Checkpoint", testCheckpoint},
		{"Kept", testKept},
		{"Export", testExport},
		{"Import", testImport},
		{"ImportRefused", testImportRefused},
		{"Reserved", testReserved},
		{"Rebuild", testRebuild},
		{"Journeys", testJourneys},
		{"ForClients", testForClients},
		{"SealedOff", testSealedOff},
		{"Transaction", testTransaction},
		{"Snapshot", testSnapshot},
	} {
		t.Run(c.name, func(t *testing.T) {
			key, err := proof.GenerateKey("perechen.test")
			if err != nil {
				t.Fatal(err)
			}
			f := &fixture{T: t, ctx: context.Background(), open: open, store: open(t), key: key}
			f.clock = time.Date(2026, 2, 16, 9, 0, 0, 0, time.FixedZone("MSK", 3*60*60))
			f.Ledger = ledger.New(f.store, key, f.now)
			c.test(t, f)
		})
	}
}

// A fixture is a ledger with a clock that stands still until it is moved.
type fixture struct {
	*testing.T
	*ledger.Ledger
	ctx   context.Context
	open  func(t *testing.T) ledger.Store
	store ledger.Store
	key   *proof.Key
	clock time.Time
}

func (f *fixture) now() time.Time { return f.clock }

// slug is the body that most tests write to.
const slug = "komzan"

// body makes the body: three entries (organisation, procedure, department).
func (f *fixture) body(slug string) {
	f.Helper()
	if err := f.AddBody(f.ctx, register.Organisation{Slug: slug, Name: "Комитет"}, sampleProcedure(), ground, "cli"); err != nil {
		f.Fatal(err)
	}
}

var ground = register.Ground{Clause: "4.1", Text: "изменение перечня", Act: "приказ № 9-р от 16.02.2026"}

func sampleProcedure() *procedure.Procedure {
	return &procedure.Procedure{
		ID: "sample-1", Title: "Порядок ведения перечня",
		Departments: []procedure.Department{{Key: "kadry", Title: "отдел кадров"}},
		Kinds: []procedure.Kind{
			{Code: "phone", Class: register.Digital, Clause: "3.1"},
			{Code: "site", Class: register.Digital, Clause: "3.1"},
			{Code: "office", Class: register.Offline, Clause: "3.1"},
		},
	}
}

// append writes changes to the body slug and fails the test when they are refused.
func (f *fixture) append(slug string, changes ...register.Change) ledger.Receipt {
	f.Helper()
	r, err := f.Append(f.ctx, slug, ledger.Batch{Changes: changes, Ground: ground, Actor: "officer-1", Head: ledger.AnyHead})
	if err != nil {
		f.Fatal(err)
	}
	return r
}

// refuse expects an error of that code for the changes, and nothing written.
func (f *fixture) refuse(code string, changes ...register.Change) {
	f.Helper()
	before := f.head(slug)
	_, err := f.Append(f.ctx, slug, ledger.Batch{Changes: changes, Ground: ground, Actor: "officer-1", Head: ledger.AnyHead})
	f.wantCode(err, code)
	if after := f.head(slug); after != before {
		f.Errorf("head after a refused batch = %d, want %d", after.N, before.N)
	}
}

func (f *fixture) wantCode(err error, code string) {
	f.Helper()
	var e *ledger.Error
	if !errors.As(err, &e) || e.Code != code {
		f.Errorf("error = %v, want one of code %s", err, code)
	}
}

func (f *fixture) head(slug string) ledger.Head {
	f.Helper()
	h, err := f.Head(f.ctx, slug)
	if err != nil {
		f.Fatal(err)
	}
	return h
}

func (f *fixture) state(n int64) *register.Register {
	f.Helper()
	r, err := f.State(f.ctx, slug, n)
	if err != nil {
		f.Fatal(err)
	}
	return r
}

// sameAnew holds every state that the ledger gives, carried forward or not, against one that reads it from the store.
func (f *fixture) sameAnew(slug string) {
	f.Helper()
	for n := int64(1); n <= f.head(slug).N; n++ {
		got, err := f.State(f.ctx, slug, n)
		if err != nil {
			f.Fatal(err)
		}
		want, err := ledger.New(f.store, f.key, nil).State(f.ctx, slug, n)
		if err != nil {
			f.Fatal(err)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			f.Errorf("state at %d: %s", n, d)
		}
	}
}

func (f *fixture) verify(slug, later string) proof.Verdict {
	f.Helper()
	v, err := f.Verify(f.ctx, slug, later, nil)
	if err != nil {
		f.Fatal(err)
	}
	return v
}

func include(v any) register.Change { return change(register.Include, v) }
func amend(v any) register.Change   { return change(register.Amend, v) }

func exclude(kind register.Kind, key string) register.Change {
	return register.Change{Op: register.Exclude, Kind: kind, Key: key}
}

func change(op register.Op, v any) register.Change {
	c := register.Change{Op: op, Content: register.Encode(v)}
	switch v := v.(type) {
	case register.Department:
		c.Kind, c.Key = register.KindDepartment, v.Key
	case register.Process:
		c.Kind, c.Key = register.KindProcess, v.Key
	case register.Touchpoint:
		c.Kind, c.Key = register.KindTouchpoint, v.Key
	case register.Usage:
		c.Kind, c.Key = register.KindUsage, v.Key
	case register.Attribute:
		c.Kind, c.Key = register.KindAttribute, v.Key
	case register.Profile:
		c.Kind, c.Key = register.KindProfile, v.Key
	case register.Journey:
		c.Kind, c.Key = register.KindJourney, v.Key
	case register.Blank:
		c.Kind, c.Key = register.KindForm, v.Key
	case register.Closure:
		c.Kind, c.Key = register.KindClosure, v.Key
	case register.Phrase:
		c.Kind, c.Key = register.KindPhrase, v.Key
	case register.Replacement:
		c.Kind, c.Key = register.KindReplacement, v.Key
	case register.Appointment:
		c.Kind, c.Key = register.KindAppointment, v.Key
	case register.Organisation:
		c.Kind, c.Key = register.KindOrganisation, v.Slug
	default:
		panic(fmt.Sprintf("storetest: no kind for %T", v))
	}
	return c
}

// A small register: two processes, three points, four usages.
var (
	hiring = register.Process{Key: "hiring", Title: "Приём на службу", Department: "kadry", Position: 1}
	leave  = register.Process{Key: "leave", Title: "Предоставление отпуска", Position: 2}
	phone  = register.Touchpoint{Key: "phone", Kind: "phone", Label: "Телефон", Value: "8 (8672) 64-90-22", Contact: "+78672649022", Position: 1}
	site   = register.Touchpoint{Key: "site", Kind: "site", Label: "Официальный сайт", Value: "trud.alania.gov.ru", Department: "kadry", Position: 2}
	room   = register.Touchpoint{Key: "room", Kind: "office", Label: "Кабинет № 5", Position: 3}

	usages = []register.Usage{
		{Key: "u1", Process: "hiring", Touchpoint: "phone", Client: "internal", Text: "получение консультации", Needs: []register.NeedRef{{Code: "consultation", Text: "консультация"}}, Printed: register.Offline, Position: 1},
		{Key: "u2", Process: "hiring", Touchpoint: "site", Client: "internal", Text: "скачивание бланков заявлений", Needs: []register.NeedRef{{Code: "forms", Text: "бланки"}, {Code: "info", Text: "сведения"}}, Position: 2},
		{Key: "u3", Process: "leave", Touchpoint: "room", Client: "internal", Text: "подача заявления об отпуске", Needs: []register.NeedRef{{Code: "submission", Text: "подача"}}, Position: 3},
		{Key: "u4", Process: "hiring", Touchpoint: "room", Client: "internal", Text: "подача письменного обращения", Needs: []register.NeedRef{{Code: "submission", Text: "подача"}}, Position: 4},
	}
)

// sample appends the small register after the body's three entries: processes 4 and 5, points 6–8, usages 9–12.
func (f *fixture) sample() {
	f.Helper()
	f.body(slug)
	cs := []register.Change{include(hiring), include(leave), include(phone), include(site), include(room)}
	for _, u := range usages {
		cs = append(cs, include(u))
	}
	f.append(slug, cs...)
}
