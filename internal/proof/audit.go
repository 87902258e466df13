package proof

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/register"
)

// Checked is one entry after everything that can be said of it alone.
type Checked struct {
	N      int64
	Leaf   Leaf
	Hash   tlog.Hash // of the leaf's bytes
	Erased bool      // content and salt are gone
	Bytes  int64     // hashed
	Bad    string    // Russian sentence; empty when nothing is wrong
}

// CheckEntry checks the entry that stands in place n of the log of body: that the leaf is canonical and says so itself,
// and that it commits to the content. A nil salt means erased content. It keeps nothing and may run in parallel.
func CheckEntry(body string, n int64, leaf, salt, content []byte) Checked {
	return NewChecker(body).Check(n, leaf, salt, content)
}

// A Checker does what CheckEntry does for many entries of one log, quicker: entries after one another say much alike. It
// is for one goroutine.
type Checker struct {
	body   string
	leaves LeafDecoder
}

// NewChecker makes a Checker for the log of body.
func NewChecker(body string) *Checker { return &Checker{body: body} }

// Check is CheckEntry. It keeps none of the slices.
func (k *Checker) Check(n int64, leaf, salt, content []byte) Checked {
	c := Checked{N: n, Erased: salt == nil, Bytes: int64(len(leaf) + len(content)), Hash: RecordHash(leaf)}
	body := k.body
	var err error
	switch c.Leaf, err = k.leaves.Decode(leaf); {
	case err != nil:
		c.Bad = fmt.Sprintf("Запись %d изменена: её свидетельство не читается.", n)
	case c.Leaf.Body != body:
		c.Bad = fmt.Sprintf("Запись %d взята из другого журнала («%s»).", n, c.Leaf.Body)
	case c.Leaf.N != n:
		c.Bad = fmt.Sprintf("На месте записи %d стоит запись %d: порядок нарушен.", n, c.Leaf.N)
	case c.Erased && content != nil:
		c.Bad = fmt.Sprintf("У записи %d есть содержание, но нет соли: проверить его нельзя.", n)
	case c.Erased && c.Leaf.Op == register.Exclude:
		c.Bad = fmt.Sprintf("У записи %d (исключение) пропала соль.", n)
	case c.Erased:
	case len(salt) != len(Salt{}):
		c.Bad = fmt.Sprintf("Соль записи %d изменена.", n)
	case Commit(Salt(salt), content) != c.Leaf.Commit:
		c.Bad = fmt.Sprintf("Содержание записи %d изменено: оно не то, на которое указывает свидетельство.", n)
	case c.Leaf.Op == register.Exclude && len(content) != 0:
		c.Bad = fmt.Sprintf("У записи %d (исключение) есть содержание.", n)
	}
	return c
}

// An Audit follows a log entry by entry and says in the end whether it is what was signed. It holds the right edge of the
// tree and the numbers of erased entries, nothing more.
type Audit struct {
	later    *Checkpoint
	reached  *tlog.Hash // root at later.Size
	kept     []Checkpoint
	tree     Tree
	last     time.Time
	gone     []int64         // entries without content, in order
	erasures map[int64]int64 // erased entry → the entry that says so
	hashes   []tlog.Hash
	verdict  Verdict
}

// NewAudit begins with an empty log. later, when not nil, is a checkpoint that the log must contain.
func NewAudit(body string, later *Checkpoint) *Audit {
	return &Audit{later: later, erasures: map[int64]int64{}, verdict: Verdict{Body: body}}
}

// Keep adds checkpoints that were kept while the log grew, which it must contain as well, in the order of their sizes.
func (a *Audit) Keep(kept []Checkpoint) { a.kept = kept }

// Size is how many entries were followed.
func (a *Audit) Size() int64 { return a.tree.Size() }

// Root is the root of the tree over them.
func (a *Audit) Root() tlog.Hash { return a.tree.Root() }

// Add follows one more entry; nodes are its stored hashes, or nil where there are none to compare. It returns false when
// the entry is bad; then only Fail's verdict is left to ask for.
func (a *Audit) Add(c Checked, nodes []byte) bool {
	next := a.tree.Size() + 1
	switch {
	case c.N > next:
		return a.bad(next, "Записи %d нет: после записи %d идёт запись %d.", next, next-1, c.N)
	case c.N < next:
		return a.bad(next, "На месте записи %d снова стоит запись %d: порядок нарушен.", next, c.N)
	case c.Bad != "":
		return a.bad(next, "%s", c.Bad)
	case c.Leaf.Time.Before(a.last):
		return a.bad(next, "Запись %d датирована раньше предыдущей.", next)
	}
	if c.Leaf.Kind == register.KindErasure {
		n, err := strconv.ParseInt(c.Leaf.Key, 10, 64)
		if err != nil || n < 1 || n >= next || c.Leaf.Op != register.Include {
			return a.bad(next, "Запись %d об уничтожении сведений не называет прежней записи.", next)
		}
		a.erasures[n] = next
	}
	if c.Erased {
		a.gone = append(a.gone, next)
	}
	a.hashes = a.tree.Append(c.Hash, a.hashes[:0])
	if nodes != nil {
		if first, ok := a.compare(next, nodes); !ok {
			if first == next {
				return a.bad(next, "Запись %d изменена: она не та, что внесена в дерево журнала.", next)
			}
			return a.bad(next, "У записи %d не сходится узел дерева над записями %d–%d: изменён он или одна из них.", next, first, next)
		}
	}
	a.last = c.Leaf.Time
	a.verdict.Entries++
	a.verdict.Bytes += c.Bytes
	if a.later != nil && next == a.later.Size {
		root := a.tree.Root()
		a.reached = &root
	}
	for ; len(a.kept) > 0 && a.kept[0].Size <= next; a.kept = a.kept[1:] {
		if k := a.kept[0]; k.Size == next && k.Root != a.tree.Root() {
			a.verdict.Text = fmt.Sprintf("Журнал переписан: его первые %d записей не те, что подтверждает сохранённый отпечаток от %s.", k.Size, k.Time.Format("02.01.2006"))
			return false
		}
	}
	return true
}

// compare holds the hashes just computed against the stored ones and gives the first entry under the one that differs.
func (a *Audit) compare(n int64, nodes []byte) (first int64, ok bool) {
	if len(nodes) != len(a.hashes)*tlog.HashSize {
		return n, false
	}
	for level, h := range a.hashes {
		if !bytes.Equal(h[:], nodes[level*tlog.HashSize:][:tlog.HashSize]) {
			return n - 1<<level + 1, false
		}
	}
	return 0, true
}

func (a *Audit) bad(n int64, format string, args ...any) bool {
	a.verdict.Bad, a.verdict.Text = n, fmt.Sprintf(format, args...)
	return false
}

// Fail gives the verdict after Add has returned false, or says itself what is wrong (n: the first bad entry, or 0). What
// was found first stands.
func (a *Audit) Fail(n int64, text string) Verdict {
	if a.verdict.Text == "" || a.verdict.OK {
		a.verdict.Bad, a.verdict.Text = n, text
	}
	a.verdict.OK = false
	a.verdict.Root = a.tree.Root()
	a.verdict.Erased = int64(len(a.gone))
	return a.verdict
}

// Finish gives the verdict after the last entry: the log must be the one that signed, a checkpoint of exactly its size,
// binds; and later must agree. erased tells of an entry without content whether its erasure was recorded after the
// entries that were followed; it may be nil.
func (a *Audit) Finish(signed string, ks Keys, erased func(n int64) bool) Verdict {
	v := &a.verdict
	for _, n := range a.gone {
		if a.erasures[n] == 0 && (erased == nil || !erased(n)) {
			return a.Fail(n, fmt.Sprintf("Содержание записи %d пропало: записи о его уничтожении нет.", n))
		}
		delete(a.erasures, n)
	}
	if n := least(a.erasures); n != 0 {
		return a.Fail(n, fmt.Sprintf("Содержание записи %d должно быть уничтожено (запись %d), но оно есть.", n, a.erasures[n]))
	}
	cp, name, err := openCheckpoint(signed, ks)
	if err != nil {
		return a.Fail(0, "Подписанный отпечаток журнала не подтверждается. "+err.Error())
	}
	v.Key = name
	size := a.tree.Size()
	switch {
	case cp.Origin != v.Body:
		return a.Fail(0, fmt.Sprintf("Подписанный отпечаток выдан для другого журнала («%s»).", cp.Origin))
	case cp.Size > size:
		return a.Fail(size+1, fmt.Sprintf("Записи %d нет: записей %d, а подписано %d. Конец журнала отрезан.", size+1, size, cp.Size))
	case cp.Size < size:
		return a.Fail(cp.Size+1, fmt.Sprintf("Запись %d лишняя: подписано записей %d.", cp.Size+1, cp.Size))
	case cp.Root != a.tree.Root():
		return a.Fail(0, "Журнал не тот, что подписан: отпечаток другой. Какая запись изменена, по нему самому сказать нельзя.")
	case size > 0 && !cp.Time.Equal(a.last.Truncate(time.Second)):
		return a.Fail(size, fmt.Sprintf("Время последней записи %d не то, что подписано.", size))
	}
	if a.later != nil {
		switch {
		case a.later.Origin != v.Body:
			return a.Fail(0, fmt.Sprintf("Предъявленный отпечаток относится к другому журналу («%s»).", a.later.Origin))
		case a.later.Size > size:
			return a.Fail(size+1, fmt.Sprintf("Записи %d нет: записей %d, а предъявленный отпечаток подтверждает %d. Конец журнала отрезан.", size+1, size, a.later.Size))
		case a.later.Size > 0 && *a.reached != a.later.Root:
			return a.Fail(0, fmt.Sprintf("Журнал переписан: его первые %d записей не те, что подтверждает предъявленный отпечаток.", a.later.Size))
		}
	}
	if n := len(a.kept); n > 0 {
		k := a.kept[n-1]
		return a.Fail(size+1, fmt.Sprintf("Записи %d нет: записей %d, а сохранённый отпечаток от %s подтверждает %d. Конец журнала отрезан.", size+1, size, k.Time.Format("02.01.2006"), k.Size))
	}
	v.OK, v.Root, v.Erased = true, a.tree.Root(), int64(len(a.gone))
	v.Text = fmt.Sprintf("Журнал цел: прочитаны все записи (%d), отпечаток равен подписанному.", size)
	return *v
}

func least(m map[int64]int64) int64 {
	var least int64
	for n := range m {
		if least == 0 || n < least {
			least = n
		}
	}
	return least
}
