package cli

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/store"

	"github.com/spf13/cobra"
)

func (a *app) cmdCopy() *cobra.Command {
	var from, to string
	c := &cobra.Command{
		Use:   "copy --from МЕСТО --to МЕСТО",
		Short: "перенести всю установку в другую базу данных",
		Long: "Переносит органы, журналы, содержание, файлы, предложения, учётные записи и журнал действий; сеансы не переносятся, люди\n" +
			"входят заново. МЕСТО — sqlite:ПАПКА или postgres://имя@узел/база (ключ подписи — в папке данных, --data). Цель должна\n" +
			"быть пуста. Каждый журнал вычисляется в цели заново и сверяется с подписанным отпечатком; прерванное копирование не\n" +
			"оставляет в цели ничего. На время копирования остановите программы, которые пишут в источник.",
		Example: "  perechen copy --from sqlite:perechen-data --to postgres://perechen@db/perechen\n  perechen copy --from postgres://perechen@db/perechen --to sqlite:kopiya --data perechen-data",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "from", "to"); err != nil {
				return err
			}
			source, err := a.placeOf("from", from)
			if err != nil {
				return err
			}
			target, err := a.placeOf("to", to)
			if err != nil {
				return err
			}
			if source.Database == "" && target.Database != "" && a.dir == "" {
				target.Dir = source.Dir // the key stays where it is
			}
			if source == target {
				return usagef("источник и цель — одно и то же место")
			}
			return a.copy(c.Context(), source, target)
		},
	}
	c.Flags().StringVar(&from, "from", "", "откуда: sqlite:ПАПКА или postgres://…")
	c.Flags().StringVar(&to, "to", "", "куда: sqlite:ПАПКА или postgres://…")
	return c
}

// placeOf reads a place as copy takes it.
func (a *app) placeOf(flag, text string) (store.Place, error) {
	if dir, ok := strings.CutPrefix(text, "sqlite:"); ok && dir != "" {
		return store.Place{Dir: filepath.Clean(dir)}, nil
	}
	if store.IsAddress(text) {
		return store.Place{Dir: filepath.Clean(a.data()), Database: text}, nil
	}
	return store.Place{}, usagef("--%s: нужно sqlite:ПАПКА или postgres://имя@узел/база", flag)
}

// A copied log is what copy says of one.
type copied struct {
	Body    string `json:"body"`
	Entries int64  `json:"entries"`
	Before  string `json:"before"` // roots
	After   string `json:"after"`
}

func (a *app) copy(ctx context.Context, from, to store.Place) error {
	source, key, err := from.Open(ctx)
	if err != nil {
		return err
	}
	defer source.Close()
	target, undo, err := to.Receive(ctx, key)
	if err != nil {
		return err
	}
	l := ledger.New(target, key, time.Now)
	bar := a.newBar()
	derive := func(ctx context.Context, tx ledger.Tx, slug string) error {
		bar.say("Сверка журнала " + slug)
		return l.RebuildIn(ctx, tx, slug)
	}
	err = source.CopyTo(ctx, target, derive, func(done, total int64) { bar.step("Копирование", int(done), int(total)) })
	bar.clear()
	if err != nil {
		target.Close()
		undo()
		return err
	}
	defer target.Close()
	logs, err := compared(ctx, ledger.New(source, key, time.Now), l)
	if err != nil {
		return err
	}
	if a.json {
		return a.printJSON(map[string]any{"logs": logs, "key": key.Public(), "keyDir": to.Dir})
	}
	for _, c := range logs {
		a.printf("%s: %s, отпечаток до %s, после %s — совпадают.\n", c.Body, lang.Count(int(c.Entries), "запись", "записи", "записей"), c.Before, c.After)
	}
	a.printf("Скопировано: %s → %s. Сеансы не перенесены: людям нужно войти заново.\n", from, to)
	a.printf("Ключ подписи — файл %s; без него в перечень не записать. Каждому узлу нужна его копия, посторонним — нет.\n", filepath.Join(to.Dir, store.KeyFile))
	return nil
}

// compared reads the roots of all logs on both sides.
func compared(ctx context.Context, from, to *ledger.Ledger) ([]copied, error) {
	slugs, err := from.Slugs(ctx)
	if err != nil {
		return nil, err
	}
	logs := []copied{}
	for _, slug := range slugs {
		before, err := from.Head(ctx, slug)
		if err != nil {
			return nil, err
		}
		after, err := to.Head(ctx, slug)
		if err != nil {
			return nil, err
		}
		if before.N == after.N && before.Root != after.Root {
			return nil, refusef("журнал «%s» в цели не тот, что в источнике", slug)
		}
		logs = append(logs, copied{slug, after.N, before.Root.String(), after.Root.String()})
	}
	return logs, nil
}
