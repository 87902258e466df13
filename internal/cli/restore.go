package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"perechen/internal/backup"
	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/store"

	"github.com/spf13/cobra"
)

func (a *app) cmdRestore() *cobra.Command {
	return &cobra.Command{
		Use:   "restore ФАЙЛ",
		Short: "восстановить установку из резервной копии",
		Long: "Восстанавливает установку в папку данных (--data) или в базу PostgreSQL (--db). Сначала вся копия проверяется: каждая\n" +
			"запись, дерево, подпись; повреждённая копия не восстанавливается. Место должно быть пусто: прежние данные не заменяются.",
		Example: "  perechen restore /mnt/kopii/perechen-20261121-230000.tar.gz --data perechen-data",
		Args:    takes(1, 1, "резервная копия"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx := c.Context()
			to := a.place()
			dir, err := filepath.Abs(to.Dir)
			if err != nil {
				return err
			}
			if err := store.Vacant(to); err != nil {
				return err
			}
			if err := os.MkdirAll(filepath.Dir(dir), 0o750); err != nil {
				return refusef("папка «%s» не создана: %s", filepath.Dir(dir), unwritten(err))
			}
			aside, err := os.MkdirTemp(filepath.Dir(dir), ".perechen-restore-*")
			if err != nil {
				return refusef("рядом с папкой «%s» не создать временную: %s", dir, unwritten(err))
			}
			defer os.RemoveAll(aside)
			bar := a.newBar()
			m, verdicts, err := backup.Check(ctx, args[0], aside, bar.progress)
			bar.clear()
			if err != nil {
				return err
			}
			key, err := keyOf(m, aside, to.Dir)
			if err != nil {
				return err
			}
			if to.Database == "" {
				err = store.MoveIn(aside, dir)
			} else {
				err = a.restoreInto(ctx, aside, to, key)
			}
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(map[string]any{"manifest": m, "verdicts": verdicts})
			}
			a.printf("Восстановлено: %s; копия сделана %s.\n", to, m.Time.Local().Format("02.01.2006 15:04:05"))
			for _, l := range m.Logs {
				a.printf("%s: %s, отпечаток %s\n", l.Body, entries(l.Entries), l.Root)
			}
			a.printf("Записи, внесённые после копии, в неё не вошли. Если сохранился более поздний отпечаток, сверьте: perechen verify --later ФАЙЛ\n")
			return nil
		},
	}
}

// keyOf finds the signing key of a backup: in it, or already in the folder it is restored to.
func keyOf(m backup.Manifest, aside, dir string) (*proof.Key, error) {
	for _, d := range []string{aside, dir} {
		key, err := store.ReadKey(d)
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if key.Public() != m.Verifier {
			return nil, refusef("в папке «%s» лежит другой ключ подписи: укажите пустую папку", d)
		}
		return key, nil
	}
	return nil, refusef("в копии нет ключа подписи: положите файл %s в папку «%s» и повторите", store.KeyFile, dir)
}

// restoreInto copies an unpacked backup into PostgreSQL.
func (a *app) restoreInto(ctx context.Context, aside string, to store.Place, key *proof.Key) error {
	source, err := store.OpenFile(ctx, filepath.Join(aside, store.DatabaseFile))
	if err != nil {
		return err
	}
	defer source.Close()
	target, undo, err := to.Receive(ctx, key)
	if err != nil {
		return err
	}
	bar := a.newBar()
	err = source.CopyTo(ctx, target, ledger.New(target, key, time.Now).RebuildIn, func(done, total int64) { bar.step("Копирование", int(done), int(total)) })
	bar.clear()
	if err != nil {
		undo()
	}
	return errors.Join(err, target.Close())
}
