package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"perechen/internal/backup"
	"perechen/internal/ledger"
	"perechen/internal/proof"

	"github.com/spf13/cobra"
)

// A drilled log is what drill says of one.
type drilled struct {
	Body    string `json:"body"`
	Entries int64  `json:"entries"`
	Root    string `json:"root"`
	OK      bool   `json:"ok"`
	Text    string `json:"text"`
	Since   *int64 `json:"since,omitempty"` // entries made since in the installation, when that could be looked at
}

func (a *app) cmdDrill() *cobra.Command {
	return &cobra.Command{
		Use:   "drill ФАЙЛ|ПАПКА",
		Short: "учение: проверить, что из резервной копии можно восстановиться",
		Long: "Восстанавливает копию (из папки — самую новую) в стороне, во временной папке, проверяет каждую запись, дерево и подпись и\n" +
			"рассказывает, что вышло; ничего не меняет. Если рядом есть действующая установка, копия сверяется с ней: журнал копии\n" +
			"должен быть началом действующего. Код выхода 3, если восстановиться нельзя. Годится для запуска по расписанию.",
		Example: "  perechen drill /mnt/kopii",
		Args:    takes(1, 1, "резервная копия или папка с ними"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx, began := c.Context(), time.Now()
			file, err := newestBackup(args[0])
			if err != nil {
				return err
			}
			aside, err := os.MkdirTemp("", "perechen-drill-*")
			if err != nil {
				return refusef("временная папка не создана: %s", unwritten(err))
			}
			defer os.RemoveAll(aside)
			m, verdicts, err := a.checkBackup(ctx, file, aside)
			if err != nil && verdicts == nil {
				return err
			}
			logs, beside := a.besideLive(ctx, m, verdicts)
			ok := err == nil
			for _, l := range logs {
				ok = ok && l.OK
			}
			if a.json {
				if err := a.printJSON(map[string]any{"file": file, "time": m.Time, "key": m.Key, "ok": ok, "logs": logs, "compared": beside, "seconds": time.Since(began).Seconds()}); err != nil {
					return err
				}
			} else {
				a.printDrill(file, m, logs, beside, ok, time.Since(began))
			}
			if !ok {
				return &failure{code: exitDamaged}
			}
			return nil
		},
	}
}

func (a *app) printDrill(file string, m backup.Manifest, logs []drilled, beside, ok bool, took time.Duration) {
	a.printf("Копия %s от %s\n", file, m.Time.Local().Format("02.01.2006 15:04:05"))
	for _, l := range logs {
		a.printf("%s: %s, отпечаток %s. %s\n", l.Body, entries(l.Entries), l.Root, l.Text)
	}
	if !beside {
		a.printf("Действующей установки рядом нет: копия сверена только сама с собой.\n")
	}
	if !m.Key {
		a.printf("Ключа подписи в копии нет: для восстановления он понадобится отдельно.\n")
	}
	if ok {
		a.printf("Восстановиться можно. Учение заняло %.1f с.\n", took.Seconds())
	} else {
		a.printf("Восстановиться НЕЛЬЗЯ. Сделайте новую копию и проверьте место, где они лежат.\n")
	}
}

// besideLive holds the logs of a backup against the installation, if there is one: each must be the beginning of its own.
func (a *app) besideLive(ctx context.Context, m backup.Manifest, verdicts []proof.Verdict) (logs []drilled, beside bool) {
	for i, l := range m.Logs {
		d := drilled{Body: l.Body, Entries: l.Entries, Root: l.Root}
		if i < len(verdicts) {
			d.OK, d.Text = verdicts[i].OK, verdicts[i].Text
		}
		logs = append(logs, d)
	}
	live, done, err := a.open(ctx)
	if err != nil {
		return logs, false
	}
	defer done()
	for i := range logs {
		d := &logs[i]
		h, err := live.Head(ctx, d.Body)
		if errors.Is(err, ledger.ErrNotFound) || err == nil && h.N < d.Entries {
			d.Text += " В действующей установке этих записей нет: копия новее её или чужая."
			continue
		}
		var signed string
		if err == nil {
			signed, err = live.Checkpoint(ctx, d.Body, d.Entries)
		}
		var cp proof.Checkpoint
		if err == nil {
			cp, err = proof.OpenCheckpoint(signed, live.Key().Keys())
		}
		switch {
		case err != nil:
			d.Text += " С действующей установкой не сверено: " + err.Error()
		case cp.Root.String() != d.Root:
			d.OK = false
			d.Text += " Журнал действующей установки начинается НЕ так, как копия: один из них подменён. Выполните perechen verify."
		default:
			since := h.N - d.Entries
			d.Since = &since
			d.Text += " Это начало действующего журнала; после копии внесено: " + entries(since) + "."
		}
	}
	return logs, true
}

// newestBackup picks the newest backup of a folder; a file is itself.
func newestBackup(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", refusef("«%s»: %s", path, cause(err))
	}
	if !info.IsDir() {
		return path, nil
	}
	files, err := os.ReadDir(path)
	if err != nil {
		return "", refusef("папка «%s»: %s", path, cause(err))
	}
	newest, at, broken := "", time.Time{}, ""
	for _, f := range files {
		if f.IsDir() || !strings.HasSuffix(f.Name(), backupSuffix) {
			continue
		}
		name := filepath.Join(path, f.Name())
		m, err := backup.ReadManifest(name)
		if err != nil {
			broken = max(broken, name)
			continue
		}
		if m.Time.After(at) {
			newest, at = name, m.Time
		}
	}
	switch {
	case broken > newest: // named by time: the newest of all is no good
		return broken, nil
	case newest == "":
		return "", refusef("в папке «%s» резервных копий нет", path)
	}
	return newest, nil
}
