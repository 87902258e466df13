package ledger

import (
	"sync"

	"perechen/internal/proof"
)

// trees keeps the right edges of the logs that were written last, so that one entry more need not read them again. Which
// tree an edge belongs to its root says, and that is held against the head in the store: whether what was kept has been
// committed does not matter.
type trees struct {
	mu     sync.Mutex
	bySlug map[string]*proof.Tree
}

// at gives the tree of a head to grow, nil when it is not kept.
func (t *trees) at(slug string, h Head) *proof.Tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	if tree := t.bySlug[slug]; tree != nil && tree.Size() == h.N && tree.Root() == h.Root {
		return tree.Clone()
	}
	return nil
}

// keep takes over a tree that does not grow any more.
func (t *trees) keep(slug string, tree *proof.Tree) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bySlug[slug] = tree
}
