package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"perechen/internal/workday"
)

// ConfigFile is read from the current folder where neither --config nor PERECHEN_CONFIG names another file.
const configFile = "perechen.yaml"

// The marks of flags that may also be set by the environment and by the file of settings.
const (
	settingMark = "perechen-setting"
	secretMark  = "perechen-secret" // beside settingMark: the value is never shown
)

// setting lets a flag be set by the environment (--smtp-password by PERECHEN_SMTP_PASSWORD) and by the file of settings
// («smtp-password: …») too. A flag wins over the environment, the environment over the file.
func setting(fs *pflag.FlagSet, names ...string) {
	for _, n := range names {
		_ = fs.SetAnnotation(n, settingMark, []string{""}) // fails only for a flag that is not there; config_test holds that
	}
}

// secret is setting for a value that is never shown.
func secret(fs *pflag.FlagSet, names ...string) {
	setting(fs, names...)
	for _, n := range names {
		_ = fs.SetAnnotation(n, secretMark, []string{""})
	}
}

func envName(flag string) string {
	return "PERECHEN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// settings are the flags of all commands that are settings, by name.
func settings(c *cobra.Command) map[string]*pflag.Flag {
	all := map[string]*pflag.Flag{}
	add := func(f *pflag.Flag) {
		if _, is := f.Annotations[settingMark]; is {
			all[f.Name] = f
		}
	}
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		c.PersistentFlags().VisitAll(add)
		c.Flags().VisitAll(add)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	walk(c.Root())
	return all
}

// A given value is one that the environment or the file of settings gives; From says where, for people.
type given struct{ value, from string }

// given reads the file of settings and the environment. A setting that does not exist is refused, so that a slip of the pen
// does not go unseen.
func (a *app) given(c *cobra.Command) (map[string]given, error) {
	known := settings(c)
	values, err := a.configValues(known)
	if err != nil {
		return nil, err
	}
	for name := range known {
		if v := a.env(envName(name)); v != "" {
			values[name] = given{v, "переменная " + envName(name)}
		}
	}
	return values, nil
}

// configure gives the flags of the command that runs the values that the command line has left open.
func (a *app) configure(c *cobra.Command, _ []string) error {
	values, err := a.given(c)
	if err != nil {
		return err
	}
	var failed error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		v, ok := values[f.Name]
		if _, is := f.Annotations[settingMark]; !is || !ok || f.Changed || failed != nil {
			return
		}
		if err := f.Value.Set(v.value); err != nil {
			failed = usagef("%s: значение «%s» не подходит для «%s»", v.from, shown(f, v.value), f.Name)
		}
	})
	if failed != nil || a.zone == "" {
		return failed
	}
	// Days begin and end where the body is: rights by appointments, deadlines, «открыто сейчас». All of the program asks the clock
	// of the machine, so it is that clock which is set, once, before anything runs.
	loc, err := workday.Zone(a.zone)
	if err != nil {
		return usagef("--zone: %v", err)
	}
	time.Local = loc
	return nil
}

// configValues reads the file of settings: «name: value» lines of YAML.
func (a *app) configValues(known map[string]*pflag.Flag) (map[string]given, error) {
	values := map[string]given{}
	name, asked := a.configPath()
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) && !asked {
		return values, nil
	}
	if err != nil {
		return nil, refusef("файл настроек «%s»: %s", name, cause(err))
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, usagef("файл настроек «%s» не читается как YAML: %v", name, err)
	}
	if len(doc.Content) == 0 {
		return values, nil // empty
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, usagef("файл настроек «%s», строка %d: нужны строки вида «addr: 127.0.0.1:8080»", name, top.Line)
	}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, v := top.Content[i], top.Content[i+1]
		if known[key.Value] == nil {
			var names []string
			for n := range known {
				names = append(names, n)
			}
			slices.Sort(names)
			return nil, usagef("файл настроек «%s», строка %d: нет настройки «%s»; есть: %s", name, key.Line, key.Value, strings.Join(names, ", "))
		}
		if v.Kind != yaml.ScalarNode {
			return nil, usagef("файл настроек «%s», строка %d: у «%s» должно быть одно значение", name, v.Line, key.Value)
		}
		values[key.Value] = given{v.Value, fmt.Sprintf("файл %s, строка %d", name, key.Line)}
	}
	return values, nil
}

// configPath is the file of settings, and whether somebody has named it.
func (a *app) configPath() (name string, asked bool) {
	switch {
	case a.config != "":
		return a.config, true
	case a.env("PERECHEN_CONFIG") != "":
		return a.env("PERECHEN_CONFIG"), true
	}
	return configFile, false
}

func shown(f *pflag.Flag, value string) string {
	if _, hide := f.Annotations[secretMark]; hide && value != "" {
		return "скрыто"
	}
	return value
}

// A settingFact is one line of perechen config.
type settingFact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
	Usage string `json:"usage"`
}

func (a *app) cmdConfig() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "показать действующие настройки и откуда каждая взята",
		Long: "Настройка берётся из флага, иначе из переменной окружения (PERECHEN_ADDR для addr), иначе из файла настроек\n" +
			"(--config, PERECHEN_CONFIG или perechen.yaml в текущей папке), иначе принимается значение по умолчанию. Тайные значения скрыты.",
		Args: takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			values, err := a.given(c)
			if err != nil {
				return err
			}
			var facts []settingFact
			for name, f := range settings(c) {
				fact := settingFact{Name: name, Value: f.DefValue, From: "по умолчанию", Usage: f.Usage}
				if v, ok := values[name]; ok {
					fact.Value, fact.From = v.value, v.from
				}
				if own := c.Flags().Lookup(name); own != nil && own.Changed {
					fact.Value, fact.From = own.Value.String(), "флаг --"+name
				}
				if name == "data" && fact.Value == "" {
					fact.Value = a.data()
				}
				fact.Value = shown(f, fact.Value)
				facts = append(facts, fact)
			}
			slices.SortFunc(facts, func(x, y settingFact) int { return strings.Compare(x.Name, y.Name) })
			if a.json {
				return a.printJSON(facts)
			}
			for _, f := range facts {
				a.printf("%-18s %-32s %s\n", f.Name, f.Value, f.From)
			}
			return nil
		},
	}
}
