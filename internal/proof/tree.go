package proof

import (
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// A Tree is an RFC 6962 Merkle tree of which only the right edge is kept: enough to append and to know the root. The
// zero Tree is empty.
type Tree struct {
	size int64
	edge []tlog.Hash // roots of the complete subtrees, from the left: one for each bit set in size
}

// NewTree opens a tree of the given size whose stored hashes are in r (tlog.StoredHashIndex order).
func NewTree(size int64, r tlog.HashReader) (*Tree, error) {
	t := &Tree{size: size}
	var ix []int64
	for level := bits.Len64(uint64(size)) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			ix = append(ix, tlog.StoredHashIndex(level, size>>level-1))
		}
	}
	if len(ix) == 0 {
		return t, nil
	}
	hs, err := r.ReadHashes(ix)
	if err != nil {
		return nil, err
	}
	if len(hs) != len(ix) {
		return nil, fmt.Errorf("proof: %d hashes asked, %d given", len(ix), len(hs))
	}
	t.edge = hs
	return t, nil
}

// Clone gives a tree that grows by itself.
func (t *Tree) Clone() *Tree { return &Tree{t.size, slices.Clone(t.edge)} }

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.size }

// RecordHash is tlog.RecordHash: the hash of a leaf's bytes.
func RecordHash(leaf []byte) tlog.Hash {
	var scratch [1024]byte
	return sha256.Sum256(append(append(scratch[:0], 0), leaf...))
}

// Append adds a leaf by its hash (RecordHash of its bytes) and appends to dst the hashes that the leaf completes:
// its own, then of every subtree that ends with it, from the lowest. They are what tlog stores for this leaf.
func (t *Tree) Append(leaf tlog.Hash, dst []tlog.Hash) []tlog.Hash {
	dst = append(dst, leaf)
	h := leaf
	for n := t.size; n&1 == 1; n >>= 1 {
		h = tlog.NodeHash(t.edge[len(t.edge)-1], h)
		t.edge = t.edge[:len(t.edge)-1]
		dst = append(dst, h)
	}
	t.edge = append(t.edge, h)
	t.size++
	return dst
}

// Root is the root of the tree; of an empty one, SHA-256 of nothing (RFC 6962, 2.1).
func (t *Tree) Root() tlog.Hash {
	if t.size == 0 {
		h, _ := tlog.TreeHash(0, nil) // the empty tree reads nothing
		return h
	}
	h := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		h = tlog.NodeHash(t.edge[i], h)
	}
	return h
}

// NodeOf says where a stored hash is kept: entry n (from 1) completes it, and it is that entry's hash number level.
func NodeOf(index int64) (n int64, level int) {
	level, at := tlog.SplitStoredHashIndex(index)
	return (at + 1) << level, level
}
