// Package web shows registers in a browser: the official table alive, its points, processes, findings, editions and log.
//
// The pages only read. Each is a pure function of the body, the head of its log, the address, the language and the day, so
// it is rendered once and then sent from memory (cache.go). They work without JavaScript; the script only helps. Package
// web sees the ledger and never the store; documents are made by whoever is given in Options.
package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Reader is what the pages ask of the ledger; see the methods of *ledger.Ledger for the promises.
type Reader interface {
	Bodies(ctx context.Context) ([]register.Organisation, error)
	Head(ctx context.Context, slug string) (ledger.Head, error)
	At(ctx context.Context, slug string, day register.Date) (int64, error)
	State(ctx context.Context, slug string, n int64) (*register.Register, error)
	Procedure(ctx context.Context, slug string, n int64) (*procedure.Procedure, error)
	Rows(ctx context.Context, slug string, n int64, q ledger.Query) (ledger.Page, error)
	Entries(ctx context.Context, slug string, from, to int64, visit func(register.Entry) error) error
	History(ctx context.Context, slug string, kind register.Kind, key string) ([]register.Entry, error)
}

// A State says which state of a body's register a document is to show.
type State struct {
	Body    string
	N       int64             // entry of the log, never 0
	Edition *register.Edition // when the state was asked for as an edition; nil otherwise
	On      register.Date     // when the state was asked for by a date; empty otherwise
}

// Documents makes the files that the pages offer. Format is one of docx, odt, xlsx, pdf, and csv for List. What is
// written to w reaches the browser only when the call succeeds.
type Documents interface {
	// Report writes the report of clause 4.2.
	Report(ctx context.Context, w io.Writer, s State, format string) error
	// List writes the rows of the register that q chooses, all of them: q has no offset and no limit.
	List(ctx context.Context, w io.Writer, s State, q ledger.Query, format string) error
	// Diff writes the sheet of changes between two states of one body.
	Diff(ctx context.Context, w io.Writer, a, b State, format string) error
	// Processes writes the реестр процессов; not csv.
	Processes(ctx context.Context, w io.Writer, s State, format string) error
}

// Options of New. The zero value serves pages without documents.
type Options struct {
	Documents  Documents        // nil: the pages offer no files
	Log        *slog.Logger     // nil: slog.Default
	Now        func() time.Time // nil: time.Now; its location tells which day it is
	CacheBytes int              // of rendered pages; 0: 32 MiB
}

// New gives the handler of all pages. It fails when a static file is broken, which a test would have found.
func New(l Reader, opt Options) (http.Handler, error) {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.CacheBytes == 0 {
		opt.CacheBytes = 32 << 20
	}
	st, err := loadStatic()
	if err != nil {
		return nil, err
	}
	ts, err := loadTemplates(st)
	if err != nil {
		return nil, err
	}
	s := &site{
		ledger: l, documents: opt.Documents, log: opt.Log, now: opt.Now,
		static: st, templates: ts,
		cache: newPageCache(opt.CacheBytes), snapshots: newSnapshots(), making: make(chan struct{}, 2),
	}
	return s.handler(), nil
}

// A site is one running set of pages.
type site struct {
	ledger    Reader
	documents Documents
	log       *slog.Logger
	now       func() time.Time
	static    *static
	templates templates
	cache     *pageCache
	snapshots *snapshots
	making    chan struct{} // holds the documents that are being made: each may take tens of megabytes
}

func (s *site) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", s.bodies)
	mux.HandleFunc("/favicon.ico", s.static.favicon)
	mux.HandleFunc("/{body}/{$}", s.page(s.register, "q", "process", "kind", "need", "class", "department", "page"))
	mux.HandleFunc("/{body}/points", s.page(s.points, "page"))
	mux.HandleFunc("/{body}/points/{key}", s.page(s.point, "page"))
	mux.HandleFunc("/{body}/processes", s.page(s.processes, "page"))
	mux.HandleFunc("/{body}/processes/{key}", s.page(s.process, "page"))
	mux.HandleFunc("/{body}/clients", s.page(s.clients))
	mux.HandleFunc("/{body}/order", s.page(s.order))
	mux.HandleFunc("/{body}/findings", s.page(s.findings, "rule", "severity", "page"))
	mux.HandleFunc("/{body}/editions", s.page(s.editions))
	mux.HandleFunc("/{body}/editions/{number}", s.page(s.edition))
	mux.HandleFunc("/{body}/diff", s.page(s.diff, "a", "b"))
	mux.HandleFunc("/{body}/log", s.page(s.logPage, "page"))
	mux.HandleFunc("/{body}/documents", s.page(s.documentsPage))
	mux.HandleFunc("/{body}/{file}", s.file)
	mux.HandleFunc("/", s.notFound)
	// Static files go first by hand: to a ServeMux «/static/{name}» and «/{body}/points» are in conflict.
	both := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, ok := strings.CutPrefix(r.URL.Path, "/static/"); ok {
			s.static.serve(w, r, name)
			return
		}
		mux.ServeHTTP(w, r)
	})
	pages := httpx.ReadOnly(both, http.HandlerFunc(s.notAllowed))
	return httpx.Secure(httpx.Recover(s.log, pages, http.HandlerFunc(s.panicked)))
}
