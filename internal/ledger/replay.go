package ledger

import (
	"fmt"
	"hash/maphash"

	"perechen/internal/proof"
	"perechen/internal/register"
)

// A follower replays which version each entry opens and closes.
type follower struct {
	seed     maphash.Seed
	live     map[uint64]int64 // by hash of kind and key: the entry whose version is in force
	closed   []int64          // by entry: the entry that closes its version; 0: none
	erased   map[int64]bool   // entries whose content an erasure has taken
	erasures int64
}

func newFollower() *follower {
	return &follower{seed: maphash.MakeSeed(), live: map[uint64]int64{}, closed: []int64{0}, erased: map[int64]bool{}}
}

// entry replays one entry and says if it could not have been written.
func (f *follower) entry(n int64, leaf proof.Leaf) string {
	f.closed = append(f.closed, 0)
	var h maphash.Hash
	h.SetSeed(f.seed)
	h.WriteString(string(leaf.Kind))
	h.WriteByte(0)
	h.WriteString(leaf.Key)
	id := h.Sum64()
	cur := f.live[id]
	switch {
	case leaf.Op == register.Include && cur != 0 && !f.erased[cur]:
		return fmt.Sprintf("Запись %d включает то, что уже включено записью %d.", n, cur)
	case leaf.Op != register.Include && (cur == 0 || f.erased[cur]):
		return fmt.Sprintf("Запись %d изменяет или исключает то, чего в перечне нет.", n)
	}
	if cur != 0 {
		f.closed[cur] = n
	}
	if leaf.Op == register.Exclude {
		delete(f.live, id)
		return ""
	}
	f.live[id] = n
	if of := erasedBy(leaf); of != 0 {
		f.erasures++
		f.erased[of] = true
	}
	return ""
}

// compare holds the stored ends of versions against the replayed ones and names the first entry whose version is wrong.
// Entries written since, up to now, may have closed more versions.
func (f *follower) compare(until []int64, head, now int64) (int64, string) {
	for n := int64(1); n <= head; n++ {
		want, got := f.closed[n], until[n]
		if got == 0 || want == got || want == 0 && (got == Forever || got > head && got <= now) {
			continue
		}
		return n, fmt.Sprintf("Срок действия сведений записи %d в состоянии перечня неверен. Выполните perechen rebuild.", n)
	}
	return 0, ""
}
