package proof

import (
	"bytes"
	"encoding/hex"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// The leaves and roots of the test vectors that Certificate Transparency's implementations share for RFC 6962.
var (
	rfcLeaves = []string{
		"",
		"00",
		"10",
		"2021",
		"3031",
		"40414243",
		"5051525354555657",
		"606162636465666768696a6b6c6d6e6f",
	}
	rfcRoots = []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // of the empty tree
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	// Audit paths of RFC 6962 2.1.1: leaf, tree size, path.
	rfcPaths = []struct {
		leaf, size int64
		path       []string
	}{
		{0, 1, nil},
		{0, 8, []string{
			"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
		}},
		{5, 8, []string{
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
			"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		}},
		{2, 3, []string{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
		{1, 5, []string{
			"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
		}},
	}
	// Consistency proofs of RFC 6962 2.1.2: first size, second size, proof.
	rfcConsistency = []struct {
		first, second int64
		proof         []string
	}{
		{1, 8, []string{
			"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
		}},
		{6, 8, []string{
			"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
			"ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
			"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		}},
		{2, 5, []string{
			"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
			"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
		}},
	}
)

func hashOf(t *testing.T, s string) tlog.Hash {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != tlog.HashSize {
		t.Fatalf("bad hash %q", s)
	}
	return tlog.Hash(b)
}

func leafHash(t *testing.T, s string) tlog.Hash {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return tlog.RecordHash(b)
}

// stored is a HashReader over the hashes that Tree.Append has given, in tlog's order.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, ix := range indexes {
		out[i] = s[ix]
	}
	return out, nil
}

func TestRFC6962(t *testing.T) {
	var tree Tree
	var all stored
	for i, want := range rfcRoots {
		if got := tree.Root(); got != hashOf(t, want) {
			t.Errorf("root of %d leaves = %x, want %s", i, got, want)
		}
		if i < len(rfcLeaves) {
			all = tree.Append(leafHash(t, rfcLeaves[i]), all)
		}
	}
	for _, p := range rfcPaths {
		got, err := tlog.ProveRecord(p.size, p.leaf, all)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(p.path) {
			t.Fatalf("path of leaf %d in %d has %d hashes, want %d", p.leaf, p.size, len(got), len(p.path))
		}
		for i := range got {
			if got[i] != hashOf(t, p.path[i]) {
				t.Errorf("path of leaf %d in %d, hash %d = %x, want %s", p.leaf, p.size, i, got[i], p.path[i])
			}
		}
		if err := tlog.CheckRecord(got, p.size, hashOf(t, rfcRoots[p.size]), p.leaf, leafHash(t, rfcLeaves[p.leaf])); err != nil {
			t.Errorf("leaf %d in %d: %v", p.leaf, p.size, err)
		}
	}
	for _, p := range rfcConsistency {
		got, err := tlog.ProveTree(p.second, p.first, all)
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.proof {
			if i >= len(got) || got[i] != hashOf(t, p.proof[i]) {
				t.Errorf("consistency of %d and %d: hash %d is not %s in %x", p.first, p.second, i, p.proof[i], got)
			}
		}
		if err := tlog.CheckTree(got, p.second, hashOf(t, rfcRoots[p.second]), p.first, hashOf(t, rfcRoots[p.first])); err != nil {
			t.Errorf("consistency of %d and %d: %v", p.first, p.second, err)
		}
	}
}

// TestTreeIsTlog holds our right edge to tlog's own computation at every size up to a thousand.
func TestTreeIsTlog(t *testing.T) {
	var tree Tree
	var all stored
	for n := range int64(1000) {
		h := tlog.RecordHash([]byte{byte(n), byte(n >> 8)})
		want, err := tlog.StoredHashesForRecordHash(n, h, all)
		if err != nil {
			t.Fatal(err)
		}
		got := tree.Append(h, nil)
		if len(got) != len(want) {
			t.Fatalf("leaf %d completes %d hashes, want %d", n, len(got), len(want))
		}
		for level := range got {
			if got[level] != want[level] {
				t.Fatalf("leaf %d, level %d differs", n, level)
			}
			if at, l := NodeOf(int64(len(all) + level)); at != n+1 || l != level {
				t.Fatalf("NodeOf(%d) = %d, %d, want %d, %d", len(all)+level, at, l, n+1, level)
			}
		}
		all = append(all, got...)
		root, err := tlog.TreeHash(n+1, all)
		if err != nil || root != tree.Root() {
			t.Fatalf("root of %d leaves differs: %v", n+1, err)
		}
		again, err := NewTree(n+1, all)
		if err != nil || again.Root() != root || again.Size() != n+1 {
			t.Fatalf("tree of %d opened again differs: %v", n+1, err)
		}
	}
}

func TestRecordHashIsThatOfRFC6962(t *testing.T) {
	for _, n := range []int{0, 1, 500, 1023, 1024, 5000} {
		b := bytes.Repeat([]byte{'x'}, n)
		if got, want := RecordHash(b), tlog.RecordHash(b); got != want {
			t.Errorf("%d bytes: got %x, want %x", n, got, want)
		}
	}
}
