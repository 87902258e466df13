package ledger

import (
	"context"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/proof"
)

func packNodes(hs []tlog.Hash) []byte {
	b := make([]byte, 0, len(hs)*tlog.HashSize)
	for _, h := range hs {
		b = append(b, h[:]...)
	}
	return b
}

// nodeReader reads stored hashes by tlog's numbering: each is kept with the entry that completed it.
func nodeReader(ctx context.Context, v View, slug string) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		ns := make([]int64, len(indexes))
		levels := make([]int, len(indexes))
		for i, ix := range indexes {
			ns[i], levels[i] = proof.NodeOf(ix)
		}
		rows, err := v.Nodes(ctx, slug, ns)
		if err != nil {
			return nil, err
		}
		hs := make([]tlog.Hash, len(indexes))
		for i, row := range rows {
			at := levels[i] * tlog.HashSize
			if len(row) < at+tlog.HashSize {
				return nil, damaged("Журнал «%s» повреждён: у записи %d нет узла дерева.", slug, ns[i])
			}
			copy(hs[i][:], row[at:])
		}
		return hs, nil
	})
}
