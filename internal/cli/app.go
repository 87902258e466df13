package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"perechen/internal/auth"
	"perechen/internal/intake"
	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/upkeep"

	"github.com/spf13/cobra"
)

// actor is the internal id under which the log records what is done at a terminal of this machine.
const actor = "local"

func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.cmdInit(), a.cmdBody(), a.cmdProcedure(), a.cmdImport(), a.cmdList(), a.cmdShow(), a.cmdHistory(), a.cmdJourney(), a.cmdLog(),
		a.cmdProcesses(), a.cmdSegments(), a.cmdTasks(), a.cmdCalendar(), a.cmdCheck(), a.cmdFinding(), a.cmdAccount(), a.cmdAppoint(), a.cmdEdition(), a.cmdReport(), a.cmdWalls(), a.cmdDiff(), a.cmdCompare(),
		a.cmdVerify(), a.cmdExport(), a.cmdErase(), a.cmdRebuild(), a.cmdMigrate(), a.cmdCopy(), a.cmdBackup(), a.cmdRestore(), a.cmdDrill(), a.cmdServe(), a.cmdDemo(),
		a.cmdConfig(), a.cmdDoctor(), a.cmdVersion(),
	}
}

// data is the folder of the installation.
func (a *app) data() string {
	if a.dir != "" {
		return a.dir
	}
	return "perechen-data"
}

// place is where the installation is kept.
func (a *app) place() store.Place {
	return store.Place{Dir: a.data(), Database: a.db}
}

// where names the place in a sentence, without passwords.
func (a *app) where() string {
	if a.place().Database != "" {
		return "в базе данных PostgreSQL с ключом в папке " + a.data()
	}
	return "в папке " + a.data()
}

// openBody opens the installation and picks the body to work on; done releases it.
func (a *app) openBody(ctx context.Context) (l *ledger.Ledger, b register.Organisation, done func(), err error) {
	l, done, err = a.open(ctx)
	if err != nil {
		return nil, b, nil, err
	}
	if b, err = a.body(ctx, l); err != nil {
		done()
		return nil, b, nil, err
	}
	return l, b, done, nil
}

// body picks the body to work on: --body, or the only one there is.
func (a *app) body(ctx context.Context, l *ledger.Ledger) (register.Organisation, error) {
	bodies, err := l.Bodies(ctx)
	if err != nil {
		return register.Organisation{}, err
	}
	var slugs []string
	for _, b := range bodies {
		if b.Slug == a.slug || a.slug == "" && len(bodies) == 1 {
			return b, nil
		}
		slugs = append(slugs, b.Slug)
	}
	switch {
	case len(bodies) == 0:
		return register.Organisation{}, refusef("%s ещё нет органа: добавьте его командой perechen body add --procedure …", a.where())
	case a.slug == "":
		return register.Organisation{}, usagef("органов несколько, укажите --body: %s", strings.Join(slugs, ", "))
	}
	return register.Organisation{}, refusef("нет органа «%s»; есть: %s", a.slug, strings.Join(slugs, ", "))
}

// explain turns an error into an exit code and one sentence.
func (a *app) explain(ctx context.Context, err error) (int, string) {
	var f *failure
	var le *ledger.Error
	var ue *upkeep.Error
	var oe *office.Error
	var ie *intake.Error
	var ae *auth.Error
	switch {
	case errors.As(err, &f):
		return f.code, f.text
	case ctx.Err() != nil || errors.Is(err, context.Canceled):
		return exitRefused, "остановлено, перечень не изменён"
	case errors.As(err, &le):
		if le.Code == ledger.CodeDamaged {
			return exitDamaged, le.Text
		}
		return exitRefused, le.Text
	case errors.As(err, &ue):
		return exitRefused, ue.Text
	case errors.As(err, &oe):
		return exitRefused, oe.Text
	case errors.As(err, &ae):
		return exitRefused, ae.Text
	case errors.As(err, &ie):
		return exitRefused, ie.Error()
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return exitRefused, fmt.Sprintf("файл «%s»: %s", pe.Path, cause(err))
	}
	return exitRefused, err.Error()
}

// printJSON writes v as indented JSON.
func (a *app) printJSON(v any) error {
	e := json.NewEncoder(a.stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.stdout, format, args...) }
