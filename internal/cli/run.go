// Package cli is the program as a person at a terminal meets it: one file for each subcommand, configuration, wiring.
//
// Exit codes: 0 done; 1 refused, or findings of kind «нарушение» in check; 2 wrong usage; 3 damaged or unverifiable data.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit codes, as docs/format.md lists them.
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
	exitDamaged = 3
)

// A failure carries the exit code of an error; an empty text means that everything has been said already.
type failure struct {
	code int
	text string
	err  error
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.err }

func usagef(format string, a ...any) error {
	return &failure{code: exitUsage, text: fmt.Sprintf(format, a...)}
}

func refusef(format string, a ...any) error {
	return &failure{code: exitRefused, text: fmt.Sprintf(format, a...)}
}

// An app is one run of the program.
type app struct {
	env    func(string) string
	stdin  io.Reader
	stdout *bufio.Writer // written out at the end, and by whoever then waits
	stderr io.Writer

	dir    string // --data
	db     string // --db
	slug   string // --body
	config string // --config
	zone   string // --zone
	json   bool   // --json
}

// Run runs the program with its arguments (without its own name) and returns its exit code. It writes nothing outside the
// streams and the data directory, and stops soon after ctx is done, leaving nothing half written.
func Run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{env: env, stdin: stdin, stdout: bufio.NewWriterSize(stdout, 64<<10), stderr: stderr}
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if failed := a.stdout.Flush(); err == nil && failed != nil {
		err = refusef("вывод не записан: %v", failed)
	}
	if err == nil {
		return exitDone
	}
	code, text := a.explain(ctx, err)
	if text != "" {
		fmt.Fprintln(stderr, "perechen: "+text)
	}
	return code
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "perechen",
		Short:         "Перечень точек взаимодействия с клиентом",
		Long:          "perechen ведёт перечень точек взаимодействия с клиентом: читает приказ и таблицу из Word, проверяет их,\nхранит перечень в доказуемом журнале и печатает отчёт по форме порядка.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
	}
	var number bool
	root.Flags().BoolVar(&number, "version", false, "показать версию программы")
	root.RunE = func(c *cobra.Command, _ []string) error {
		if number {
			return a.printVersion()
		}
		return c.Help()
	}
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.PersistentFlags().StringVar(&a.dir, "data", "", "папка данных (по умолчанию PERECHEN_DATA или perechen-data)")
	root.PersistentFlags().StringVar(&a.db, "db", "", "база PostgreSQL, postgres://… (по умолчанию PERECHEN_DB, иначе файл в папке данных)")
	root.PersistentFlags().StringVar(&a.slug, "body", "", "орган, если их в папке несколько")
	root.PersistentFlags().StringVar(&a.config, "config", "", "файл настроек (по умолчанию PERECHEN_CONFIG или perechen.yaml)")
	root.PersistentFlags().StringVar(&a.zone, "zone", "", "часовой пояс органа: Europe/Moscow, Asia/Vladivostok, МСК+7 (по умолчанию как у машины)")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "вывести факты в JSON")
	setting(root.PersistentFlags(), "data", "body", "zone")
	secret(root.PersistentFlags(), "db") // it may hold a password
	root.PersistentPreRunE = a.configure
	root.PersistentFlags().BoolP("help", "h", false, "показать справку")
	root.AddCommand(a.commands()...)
	plainUse(root)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(&cobra.Command{Use: "help [команда]", Short: "Справка о команде", RunE: func(c *cobra.Command, args []string) error {
		sub, rest, err := root.Find(args)
		if err != nil || sub == nil || len(rest) > 0 {
			return usagef("нет команды «%s»; список команд: perechen help", strings.Join(args, " "))
		}
		return sub.Help()
	}})
	helpFuncs()
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate("{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}\n\n{{end}}{{.UsageString}}")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		return &failure{code: exitUsage, text: flagError(err), err: err}
	})
	return root
}

// helpFuncs gives the library, which keeps them for the whole program, what our templates call.
var helpFuncs = sync.OnceFunc(func() { cobra.AddTemplateFunc("flags", flagLines) })

const usageTemplate = `Использование:
  {{.UseLine}}{{if .HasAvailableSubCommands}} КОМАНДА{{end}}{{if .HasAvailableFlags}} [флаги]{{end}}{{if .HasAvailableSubCommands}}

Команды:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name 12}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasExample}}

Примеры:
{{.Example}}{{end}}{{if .HasAvailableLocalFlags}}

Флаги:
{{flags .LocalFlags}}{{end}}{{if .HasAvailableInheritedFlags}}

Общие флаги:
{{flags .InheritedFlags}}{{end}}

Коды выхода: 0 — сделано, 1 — отказано или есть нарушения, 2 — неверный вызов, 3 — данные повреждены или непроверяемы.
`

// plainUse keeps the library's own English word for flags out of the lines of use.
func plainUse(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	for _, sub := range c.Commands() {
		plainUse(sub)
	}
}

// flagLines are the lines of help on flags; the library would write the types and defaults in English.
func flagLines(fs *pflag.FlagSet) string {
	var names, texts []string
	width := 0
	fs.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		name := "      --" + f.Name
		if f.Shorthand != "" {
			name = "  -" + f.Shorthand + ", --" + f.Name
		}
		text := f.Usage
		switch f.Value.Type() {
		case "bool":
		case "int", "int64":
			name += " ЧИСЛО"
		default:
			name += " СТРОКА"
		}
		if d := f.DefValue; d != "" && d != "false" && d != "0" && !strings.Contains(text, "по умолчанию") {
			text += " (по умолчанию " + d + ")"
		}
		names, texts = append(names, name), append(texts, text)
		width = max(width, utf8.RuneCountInString(name))
	})
	var b strings.Builder
	for i, n := range names {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(n + strings.Repeat(" ", width-utf8.RuneCountInString(n)+3) + texts[i])
	}
	return b.String()
}

// flagError says in Russian what is wrong with a flag.
func flagError(err error) string {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		return fmt.Sprintf("нет флага «%s»; список флагов: --help", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &valueless):
		return fmt.Sprintf("флагу «%s» нужно значение", dashed(valueless.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return fmt.Sprintf("флаг «--%s» не понимает значение «%s»", invalid.GetFlag().Name, invalid.GetValue())
	}
	return "неверный флаг; список флагов: --help"
}

func dashed(name string) string {
	if len([]rune(name)) == 1 {
		return "-" + name
	}
	return "--" + name
}

// noSuchCommand refuses words that are not a subcommand.
func noSuchCommand(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("нет команды «%s %s»; список команд: %s --help", c.CommandPath(), args[0], c.CommandPath())
	}
	return nil
}

// takes checks the number of arguments; what names them for the sentence: «файл».
func takes(least, most int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usagef("не указано: %s (%s)", what, c.UseLine())
		case len(args) > most:
			return usagef("лишнее: «%s» (%s)", strings.Join(args[most:], " "), c.UseLine())
		}
		return nil
	}
}

// required checks that flags are given; cobra's own check speaks English.
func required(c *cobra.Command, flags ...string) error {
	for _, f := range flags {
		if !c.Flags().Changed(f) {
			return usagef("укажите --%s (%s)", f, c.Flags().Lookup(f).Usage)
		}
	}
	return nil
}
