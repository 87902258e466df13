package ledger

import (
	"context"
	"time"

	"perechen/internal/register"
)

// A Store keeps the logs of all bodies. Its errors that a person can do something about are *Error (CodeNotFound for an
// unknown body, CodeStorage, CodeDamaged).
type Store interface {
	// View runs fn over one consistent snapshot.
	View(ctx context.Context, fn func(View) error) error
	// Update runs fn in one transaction that is committed, durably, when fn returns nil, and otherwise leaves nothing
	// behind. fn may be run again after a conflict of transactions.
	Update(ctx context.Context, fn func(Tx) error) error
}

// A View reads. Slices handed to a visit function belong to it.
type View interface {
	// Bodies lists the addresses of all bodies, sorted.
	Bodies(ctx context.Context) ([]string, error)
	// Head returns the newest head of a body's log.
	Head(ctx context.Context, slug string) (Head, error)
	// Records visits the entries from…to in order, as far as they exist.
	Records(ctx context.Context, slug string, from, to int64, visit func(Record) error) error
	// Leaves visits the leaves of the entries from…to in order, as far as they exist. The slice is lent for the visit only.
	Leaves(ctx context.Context, slug string, from, to int64, visit func(n int64, leaf []byte) error) error
	// Nodes returns the stored hashes that each of the entries ns completed, in their order.
	Nodes(ctx context.Context, slug string, ns []int64) ([][]byte, error)
	// State visits the versions in force at entry n, in the order of their entries; an erased one has nil Content.
	State(ctx context.Context, slug string, n int64, visit func(Version) error) error
	// Live returns the version of one subject that is in force now; an erased one has nil Content.
	Live(ctx context.Context, slug string, kind register.Kind, key string) (Version, bool, error)
	// Everywhere visits the versions of a kind that are in force now, in all bodies by the order of their addresses, those of
	// one body in the order of their entries; an erased one has nil Content.
	Everywhere(ctx context.Context, kind register.Kind, visit func(slug string, v Version) error) error
	// Named visits, in no order, versions of a kind that are in force now, of whatever bodies, whose names (Derived.Names) hold
	// every word of text, a word that begins with it, or one of the same stem; no more than limit of them. It costs what is
	// found, however many bodies there are.
	Named(ctx context.Context, kind register.Kind, text string, limit int, visit func(slug string, v Version) error) error
	// Directory visits a page of the bodies by the order of their addresses: their heads, of which only N, Time and Erasures are
	// told, and what they are called, with nil Content where that is not known. total is how many there are in all.
	Directory(ctx context.Context, offset, limit int, visit func(slug string, h Head, organisation Version) error) (total int, err error)
	// Entitled is Directory for the bodies of these addresses. One that does not exist is left out.
	Entitled(ctx context.Context, slugs []string, visit func(slug string, h Head, organisation Version) error) error
	// Moved visits the heads that were written since a mark was taken, perhaps some of them again, in no order; the zero Mark
	// is before all. Of a head only N and Erasures are told. It returns the mark of this view.
	Moved(ctx context.Context, since Mark, visit func(slug string, h Head) error) (Mark, error)
	// History returns the versions of one subject, oldest first, without content.
	History(ctx context.Context, slug string, kind register.Kind, key string) ([]Version, error)
	// Search returns, for each word of text, the entries up to n whose subject holds it, a word that begins with it, or
	// one of the same stem.
	Search(ctx context.Context, slug string, n int64, text string) ([][]int64, error)
	// File returns a stored file by the sum of its bytes (FileSum); ok is false when the body has none of that name.
	File(ctx context.Context, slug, sum string) (content []byte, ok bool, err error)
	// Beyond tells whether there are entries, or rows that belong to entries, with numbers that are not 1…n.
	Beyond(ctx context.Context, slug string, n int64) (entries, others bool, err error)
	// Kept visits the checkpoints that were kept of a body's log, in the order of their entries, from entry n on.
	Kept(ctx context.Context, slug string, n int64, visit func(Kept) error) error
	// KeptLast returns the one of the newest entry; ok is false when there is none.
	KeptLast(ctx context.Context, slug string) (k Kept, ok bool, err error)
	// Sound asks the database whether its own structures are whole, which may take as long as reading all of it; a
	// sentence says what is wrong, empty when nothing is.
	Sound(ctx context.Context) (string, error)
}

// A Tx reads and writes.
type Tx interface {
	View
	// Lock keeps other writers from this body's log until the transaction ends, and returns its head.
	Lock(ctx context.Context, slug string) (Head, error)
	// CreateBody makes an empty log; false when there is one of that address already.
	CreateBody(ctx context.Context, slug string) (bool, error)
	// Insert adds evidence to the log.
	Insert(ctx context.Context, slug string, rows []Evidence) error
	// Derive adds what follows from entries: stored hashes and versions.
	Derive(ctx context.Context, slug string, rows []Derived) error
	// SetHead replaces the head.
	SetHead(ctx context.Context, slug string, h Head) error
	// Erase deletes content and salt of entry n, and what was derived from them.
	Erase(ctx context.Context, slug string, n int64) error
	// PutFile keeps a file under the sum of its bytes. One that is there already stays as it is.
	PutFile(ctx context.Context, slug, sum string, content []byte) error
	// DropFile destroys a file; none of that name is no error.
	DropFile(ctx context.Context, slug, sum string) error
	// Keep keeps a checkpoint; one of the same entry that is kept already stays as it is.
	Keep(ctx context.Context, slug string, k Kept) error
	// Reset deletes everything that Derive has added for this body.
	Reset(ctx context.Context, slug string) error
}

// A Mark is a moment in the writing of a store, for its View.Moved alone.
type Mark struct{ Epoch, At int64 }

// Forever is the Until of a version that is in force.
const Forever = 1<<63 - 1

// Evidence is one entry as it is kept.
type Evidence struct {
	N       int64
	Leaf    []byte // as hashed
	Salt    []byte // nil once erased
	Content []byte // nil once erased; empty for an exclusion
}

// A Kept is a checkpoint that was kept, and when.
type Kept struct {
	N      int64
	At     time.Time
	Signed string
}

// A Record is one entry as read back, with what was derived from it.
type Record struct {
	Evidence
	Nodes  []byte  // stored hashes that the entry completed, 32 bytes each; nil when they are missing
	Opened Version // the version that begins with the entry, without content; Until is 0 when there is none
}

// Derived is what follows from one entry.
type Derived struct {
	N      int64
	Nodes  []byte
	Kind   register.Kind
	Key    string
	Opens  bool   // a version begins with this entry
	Closes int64  // the version that ends before this entry; 0 for none
	Search string // words by which the version is found; empty for none
	Names  string // words by which it is found among those of all bodies; empty for none
}

// A Version is one subject from entry N until before entry Until.
type Version struct {
	N, Until int64
	Kind     register.Kind
	Key      string
	Content  []byte
}
