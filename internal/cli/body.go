package cli

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/procedures"

	"github.com/spf13/cobra"
)

func (a *app) cmdBody() *cobra.Command {
	c := &cobra.Command{
		Use:   "body",
		Short: "органы, которые ведут перечень",
		Args:  noSuchCommand,
		RunE:  func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.cmdBodyAdd(), a.cmdBodyImport(), a.cmdBodyList())
	return c
}

func (a *app) cmdBodyAdd() *cobra.Command {
	var id, slug string
	c := &cobra.Command{
		Use:     "add --procedure ПОРЯДОК",
		Short:   "добавить орган по его порядку",
		Long:    "Добавляет орган. Порядок — один из встроенных (" + strings.Join(procedure.IDs(), ", ") + ")\nили свой файл .yaml; как его написать, сказано в docs/procedure.md.",
		Example: "  perechen body add --procedure komzan-alania-9r-2026 --slug komzan\n  perechen body add --procedure ./nash-poryadok.yaml",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "procedure"); err != nil {
				return err
			}
			p, err := loadProcedure(id)
			if err != nil {
				return err
			}
			org := organisation(p, slug)
			if err := ledger.CheckSlug(org.Slug); err != nil {
				return usagef("--slug: %s", err)
			}
			l, done, err := a.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			ground := register.Ground{Act: p.Act.Kind + " № " + p.Act.Number, Text: p.Title}
			if err := l.AddBody(c.Context(), org, p, ground, actor); err != nil {
				return err
			}
			if a.json {
				return a.printJSON(org)
			}
			a.printf("Добавлен орган %s: %s.\nДальше: perechen import ФАЙЛ --body %s\n", org.Slug, org.Name, org.Slug)
			return nil
		},
	}
	c.Flags().StringVar(&id, "procedure", "", "порядок: имя встроенного или путь к файлу .yaml")
	c.Flags().StringVar(&slug, "slug", "", "короткое имя органа латиницей (по умолчанию из порядка)")
	return c
}

// loadProcedure reads a built-in procedure by its id, or a file.
func loadProcedure(id string) (*procedure.Procedure, error) {
	if !strings.ContainsAny(id, `/\`) && filepath.Ext(id) == "" {
		return procedure.Load(procedures.FS, id)
	}
	return procedure.LoadFile(id)
}

// organisation is the holder of a procedure as a body of this installation.
func organisation(p *procedure.Procedure, slug string) register.Organisation {
	if slug == "" {
		slug = p.Holder.Slug
	}
	h := p.Holder
	return register.Organisation{Slug: slug, Name: h.Name, ShortName: h.ShortName, Genitive: h.Genitive, HeadTitle: h.HeadTitle, HeadName: h.HeadName, Procedure: p.ID}
}

// cause says in Russian why a file cannot be read.
func cause(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "файла нет"
	case errors.Is(err, fs.ErrPermission):
		return "нет прав на чтение"
	}
	return diskTrouble(err)
}

// unwritten says in Russian why a file cannot be written.
func unwritten(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "такой папки нет"
	case errors.Is(err, fs.ErrPermission):
		return "нет прав на запись"
	}
	return diskTrouble(err)
}

func diskTrouble(err error) string {
	switch {
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.EEXIST):
		return "это папка"
	case errors.Is(err, syscall.ENOTDIR):
		return "часть пути — не папка"
	case errors.Is(err, syscall.ENOSPC):
		return "на диске нет места"
	case errors.Is(err, syscall.EROFS):
		return "диск доступен только для чтения"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "слишком длинное имя"
	}
	return "ошибка диска"
}

func (a *app) cmdBodyList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "перечислить органы",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			l, done, err := a.open(c.Context())
			if err != nil {
				return err
			}
			defer done()
			bodies, err := l.Bodies(c.Context())
			if err != nil {
				return err
			}
			if a.json {
				return a.printJSON(bodies)
			}
			for _, b := range bodies {
				a.printf("%s  %s (порядок %s)\n", b.Slug, b.Name, b.Procedure)
			}
			return nil
		},
	}
}
