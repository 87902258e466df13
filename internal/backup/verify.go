package backup

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/store"
)

// Verify reads every log of a backup that was unpacked into dir and holds it against its checkpoint, with the public key
// alone. A verdict for each body; the first that is not OK says what is wrong.
func Verify(ctx context.Context, dir string, m Manifest, progress func(body string, done, total int64)) (all []proof.Verdict, err error) {
	key, err := verifier(m)
	if err != nil {
		return nil, err
	}
	s, err := store.OpenFile(ctx, filepath.Join(dir, store.DatabaseFile))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	l := ledger.NewReader(s, key, time.Now)
	slugs, err := l.Slugs(ctx)
	if err != nil {
		return nil, err
	}
	if len(slugs) != len(m.Logs) {
		return nil, &ledger.Error{Code: ledger.CodeDamaged, Text: "В резервной копии не те органы, что в её описи."}
	}
	x := l.NewVerification()
	for _, log := range m.Logs {
		v, err := x.Verify(ctx, log.Body, log.Checkpoint, func(done, total int64) {
			if progress != nil {
				progress(log.Body, done, total)
			}
		})
		if err != nil {
			return all, err
		}
		if v.OK && v.Entries != log.Entries {
			v.OK, v.Text = false, fmt.Sprintf("В копии записей %d, а в её описи %d.", v.Entries, log.Entries)
		}
		all = append(all, v)
	}
	return all, nil
}

func verifier(m Manifest) (proof.Keys, error) {
	keys, err := proof.ParseKeys(m.Verifier)
	if err != nil || len(keys) != 1 {
		return nil, &ledger.Error{Code: ledger.CodeDamaged, Text: "В описи резервной копии нет открытого ключа.", Err: err}
	}
	return keys, nil
}
