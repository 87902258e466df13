// Package web shows registers in a browser: the official table alive, its points, processes, findings, editions and log.
//
// A page that is read is a pure function of the body, the head of its log, the address, the language, the day and of what
// the one who looks may do, so it is rendered once and then sent from memory (cache.go). Pages that change something go
// through form (form.go). All work without JavaScript; the script only helps. Package web sees the ledger and never the
// store; documents are made by whoever is given in Options.
package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/feedback"
	"perechen/internal/httpx"
	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// A Reader is what the pages ask of the ledger; see the methods of *ledger.Ledger for the promises.
type Reader interface {
	Bodies(ctx context.Context) ([]register.Organisation, error)
	Directory(ctx context.Context, text string, offset, limit int) (page []ledger.Listed, total int, more bool, err error)
	Appointed(ctx context.Context, account string) ([]string, error)
	Head(ctx context.Context, slug string) (ledger.Head, error)
	At(ctx context.Context, slug string, day register.Date) (int64, error)
	State(ctx context.Context, slug string, n int64) (*register.Register, error)
	Procedure(ctx context.Context, slug string, n int64) (*procedure.Procedure, error)
	Rows(ctx context.Context, slug string, n int64, q ledger.Query) (ledger.Page, error)
	Entries(ctx context.Context, slug string, from, to int64, visit func(register.Entry) error) error
	Lines(ctx context.Context, slug string, from, to int64, visit func(register.Entry) error) error
	History(ctx context.Context, slug string, kind register.Kind, key string) ([]register.Entry, error)
	Traces(ctx context.Context, slug string, n int64) (ledger.Traces, error)
	BlankFile(ctx context.Context, slug string, f register.BlankFile) ([]byte, error)
	Days(ctx context.Context, slug string, ns []int64) (map[int64]register.Date, error)
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
	// Order writes the draft of the act by which an edition of that state is approved; docx, odt, pdf.
	Order(ctx context.Context, w io.Writer, s State, e register.Edition, format string) error
	// Processes writes the реестр процессов; not csv.
	Processes(ctx context.Context, w io.Writer, s State, format string) error
	// Segments writes the dictionary of segmentation and the cards of the profiles; not csv.
	Segments(ctx context.Context, w io.Writer, s State, format string) error
}

// Options of New. The zero value serves pages without documents.
type Options struct {
	Documents  Documents        // nil: the pages offer no files
	Log        *slog.Logger     // nil: slog.Default
	Now        func() time.Time // nil: time.Now; its location tells which day it is
	CacheBytes int              // of rendered pages; 0: 32 MiB
	Shelf      Shelf            // nil: a start makes every page anew
	Address    string           // of the pages, as render.ParseBase gives it, for what is printed; empty: the one by which a page was asked for

	Desk      *upkeep.Desk  // nil: nothing can be changed in the pages
	Accounts  *auth.Service // nil: nobody can sign in, and the pages only read
	Custody   Custody       // nil: the pages tell nothing of backups and checkpoints
	Health    *HealthWork   // nil: the program does not look whether points answer
	SetupCode string        // asked of whoever makes the first account from another machine; empty: nobody can from there
}

// New gives the handler of all pages. It fails when the program holds no templates, which a test would have found.
func New(l Reader, opt Options) (http.Handler, error) { return newPages(l, opt, newStatic()) }

// newPages is New with files and the name of a build.
func newPages(l Reader, opt Options, st *static) (http.Handler, error) {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.CacheBytes == 0 {
		opt.CacheBytes = 32 << 20
	}
	ts, err := loadTemplates(st)
	if err != nil {
		return nil, err
	}
	s := &site{
		ledger: l, documents: opt.Documents, log: opt.Log, now: opt.Now, desk: opt.Desk, accounts: opt.Accounts, custody: opt.Custody, health: opt.Health, setupCode: opt.SetupCode, public: opt.Address,
		static: st, templates: ts,
		cache: newPageCache(opt.CacheBytes), shelf: opt.Shelf, snapshots: newSnapshots(), making: make(chan struct{}, 2), bodyStates: bodyStates{held: map[string]bodyState{}},
		giving: feedback.NewGivingGuard(), guessing: feedback.NewCodeGuard(),
	}
	return s.handler(), nil
}

// A site is one running set of pages.
type site struct {
	ledger     Reader
	documents  Documents
	log        *slog.Logger
	now        func() time.Time
	static     *static
	templates  templates
	cache      *pageCache
	shelf      Shelf
	shelved    shelved
	snapshots  *snapshots
	desk       *upkeep.Desk
	accounts   *auth.Service
	custody    Custody
	health     *HealthWork
	setupCode  string
	public     string        // address of the pages, for what is printed
	bodyStates bodyStates    // what coordinators see of the bodies below
	making     chan struct{} // holds the documents that are being made: each may take tens of megabytes
	giving     *feedback.Guard
	guessing   *feedback.Guard // of codes
}

// A router takes the pages in: http.ServeMux, or whoever wants to know which there are.
type router interface {
	HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request))
}

// routes gives each page its address.
func (s *site) routes() *http.ServeMux {
	mux := http.NewServeMux()
	s.route(mux)
	mux.HandleFunc("/", s.notFound)
	return mux
}

// route registers the pages topic by topic, each in its own file.
func (s *site) route(mux router) {
	for _, register := range []func(router){
		s.readRoutes,
		s.pictureRoutes,
		s.settingsRoutes,
		s.signRoutes,
		s.accountRoutes,
		s.auditRoutes,
		s.backupRoutes,
		s.peopleRoutes,
		s.noticeRoutes,
		s.processRoutes,
		s.settleRoutes,
		s.editionRoutes,
		s.proposalRoutes,
		s.segmentRoutes,
		s.taskRoutes,
		s.journeyRoutes,
		s.clientRoutes,
		s.wallRoutes,
		s.healthRoutes,
		s.blankRoutes,
		s.pwaRoutes,
		s.successorRoutes,
		s.feedbackRoutes,
	} {
		register(mux)
	}
}

// readRoutes are the pages that everybody reads.
func (s *site) readRoutes(mux router) {
	read := func(pattern string, h http.HandlerFunc) { mux.HandleFunc(pattern, s.onlyRead(h)) }
	read("/{$}", s.bodies)
	read("/favicon.ico", s.static.favicon)
	read("/-/look", s.chooseLook)
	read("/-/accessibility", s.statement)
	read("/{body}/{$}", s.page(s.register, "q", "process", "kind", "need", "class", "department", "page"))
	read("/{body}/find", s.timely(s.find, "q"))
	read("/{body}/points", s.timely(s.points, "page"))
	read("/{body}/points/{key}", s.timely(s.point, "page"))
	read("/{body}/processes", s.page(s.processes, "page"))
	read("/{body}/processes/{key}", s.timely(s.way))
	read("/{body}/processes/{key}/rows", s.page(s.process, "page"))
	read("/{body}/order", s.page(s.order))
	read("/{body}/findings", s.findingsRoute())
	read("/{body}/editions", s.page(s.editions))
	read("/{body}/editions/{number}", s.page(s.edition))
	read("/{body}/diff", s.page(s.diff, "a", "b"))
	read("/{body}/log", s.page(s.logPage, "page"))
	read("/{body}/log/checkpoints", s.fresh(s.checkpoints, "page"))
	read("/{body}/documents", s.page(s.documentsPage))
	read("/{body}/{file}", s.file)
}

func (s *site) handler() http.Handler {
	mux := s.routes()
	// Static files go first by hand: to a ServeMux «/static/{name}» and «/{body}/points» are in conflict.
	both := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, ok := strings.CutPrefix(r.URL.Path, "/static/"); ok {
			s.static.serve(w, r, name)
			return
		}
		mux.ServeHTTP(w, r)
	})
	pages := http.Handler(both)
	if s.accounts == nil {
		pages = httpx.ReadOnly(both, http.HandlerFunc(s.notAllowed))
	}
	own := http.NewCrossOriginProtection() // a form of another site is refused whatever cookies come with it
	own.SetDenyHandler(http.HandlerFunc(s.foreignOrigin))
	return httpx.Secure(httpx.Recover(s.log, s.identify(own.Handler(pages)), http.HandlerFunc(s.panicked)))
}

// foreignOrigin answers a form that another site has sent.
func (s *site) foreignOrigin(w http.ResponseWriter, r *http.Request) {
	s.audit(r, auth.ActOrigin, r.Header.Get("Origin"))
	s.sendError(w, r, http.StatusForbidden, language(w, r).T("error.origin"))
}
