package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"perechen/internal/auth"

	"github.com/spf13/cobra"
)

// byTerminal is who does what is done at a terminal of this machine, for the audit log.
var byTerminal = auth.By{Account: actor}

func (a *app) cmdAccount() *cobra.Command {
	c := &cobra.Command{
		Use:   "account",
		Short: "завести учётную запись, задать пароль, закрыть доступ",
		Long:  "Учётная запись позволяет войти в браузере. Права даёт не она, а назначение: perechen appoint --login ИМЯ.",
		RunE:  func(c *cobra.Command, args []string) error { return errors.Join(noSuchCommand(c, args), c.Help()) },
	}
	c.AddCommand(a.cmdAccountAdd(), a.cmdAccountList(), a.cmdAccountPassword(), a.cmdAccountBlock(true), a.cmdAccountBlock(false))
	return c
}

func (a *app) cmdAccountAdd() *cobra.Command {
	var n auth.NewAccount
	var given bool
	c := &cobra.Command{
		Use:     "add --login ИМЯ --name ФАМИЛИЯ",
		Short:   "завести учётную запись",
		Example: "  perechen account add --login ivanova --name \"Иванова И.И.\" --email ivanova@example.ru",
		Args:    takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := required(c, "login", "name"); err != nil {
				return err
			}
			return a.withAccounts(c.Context(), func(s *auth.Service) (err error) {
				if n.Password, err = a.password(given); err != nil {
					return err
				}
				acc, err := s.Add(c.Context(), byTerminal, n)
				if err != nil {
					return accountError(err)
				}
				if a.json {
					f := accountFacts(acc)
					if !given {
						f.Password = n.Password
					}
					return a.printJSON(f)
				}
				a.printf("Учётная запись заведена: %s, имя для входа %s\n", acc.Name, acc.Login)
				a.printPassword(given, n.Password)
				return nil
			})
		},
	}
	c.Flags().StringVar(&n.Login, "login", "", "имя для входа")
	c.Flags().StringVar(&n.Name, "name", "", "фамилия и инициалы")
	c.Flags().StringVar(&n.Email, "email", "", "электронная почта для уведомлений")
	c.Flags().BoolVar(&n.Admin, "admin", false, "администратор")
	passwordFlag(c, &given)
	return c
}

func passwordFlag(c *cobra.Command, given *bool) {
	c.Flags().BoolVar(given, "stdin", false, "взять пароль из первой строки ввода; иначе программа придумает его и покажет")
}

func (a *app) cmdAccountPassword() *cobra.Command {
	var given bool
	c := &cobra.Command{
		Use:   "password ИМЯ",
		Short: "задать новый пароль и завершить сеансы",
		Args:  takes(1, 1, "имя для входа"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withAccounts(c.Context(), func(s *auth.Service) error {
				acc, err := s.ByLogin(c.Context(), args[0])
				if err != nil {
					return err
				}
				password, err := a.password(given)
				if err != nil {
					return err
				}
				if err := s.SetPassword(c.Context(), byTerminal, acc.ID, password); err != nil {
					return accountError(err)
				}
				a.printf("Пароль задан: %s. Сеансы завершены.\n", acc.Login)
				a.printPassword(given, password)
				return nil
			})
		},
	}
	passwordFlag(c, &given)
	return c
}

func (a *app) cmdAccountBlock(block bool) *cobra.Command {
	use, short, done := "unblock ИМЯ", "снова пускать", "Доступ открыт: %s\n"
	if block {
		use, short, done = "block ИМЯ", "сразу закрыть доступ", "Доступ закрыт, сеансы завершены: %s\n"
	}
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  takes(1, 1, "имя для входа"),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withAccounts(c.Context(), func(s *auth.Service) error {
				acc, err := s.ByLogin(c.Context(), args[0])
				if err != nil {
					return err
				}
				if err := s.Block(c.Context(), byTerminal, acc.ID, block); err != nil {
					return err
				}
				a.printf(done, acc.Login)
				return nil
			})
		},
	}
}

func (a *app) cmdAccountList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "показать учётные записи",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			return a.withAccounts(c.Context(), func(s *auth.Service) error {
				all, err := s.Accounts(c.Context())
				if err != nil {
					return err
				}
				if a.json {
					facts := make([]accountFact, 0, len(all))
					for _, acc := range all {
						facts = append(facts, accountFacts(acc))
					}
					return a.printJSON(facts)
				}
				if len(all) == 0 {
					a.printf("Учётных записей нет. Завести: perechen account add --login ИМЯ --name ФАМИЛИЯ --admin\n")
				}
				for _, acc := range all {
					marks := ""
					for _, m := range []struct {
						is   bool
						text string
					}{{acc.Admin, "администратор"}, {acc.Blocked, "заблокирована"}, {!acc.HasPassword(), "без пароля"}} {
						if m.is {
							marks += ", " + m.text
						}
					}
					a.printf("%s  %s%s\n", acc.Login, acc.Name, marks)
				}
				return nil
			})
		},
	}
}

type accountFact struct {
	ID       string    `json:"id"`
	Login    string    `json:"login"`
	Name     string    `json:"name"`
	Email    string    `json:"email,omitempty"`
	Admin    bool      `json:"admin"`
	Blocked  bool      `json:"blocked"`
	Created  time.Time `json:"created"`
	Password string    `json:"password,omitempty"` // only one that was made just now
}

func accountFacts(acc auth.Account) accountFact {
	return accountFact{ID: acc.ID, Login: acc.Login, Name: acc.Name, Email: acc.Email, Admin: acc.Admin, Blocked: acc.Blocked, Created: acc.Created}
}

func (a *app) withAccounts(ctx context.Context, fn func(*auth.Service) error) error {
	in, done, err := a.openAll(ctx)
	if err != nil {
		return err
	}
	defer done()
	return fn(in.accounts)
}

// password reads one line of the input, or makes a password.
func (a *app) password(given bool) (string, error) {
	if !given {
		return auth.RandomPassword(), nil
	}
	line, err := bufio.NewReader(io.LimitReader(a.stdin, 4096)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	line = strings.TrimRight(line, "\r\n")
	if line == "" {
		return "", usagef("на вводе нет пароля")
	}
	return line, nil
}

// printPassword shows a password that was made; it is shown nowhere again.
func (a *app) printPassword(given bool, password string) {
	if !given {
		a.printf("Пароль: %s\n", password)
	}
}

// accountError names the field that is wrong: at a terminal there is no field to stand at.
func accountError(err error) error {
	var e *auth.Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		for _, f := range []string{"login", "name", "email", "password"} {
			if text := e.Fields[f]; text != "" {
				return &failure{code: exitRefused, text: text, err: err}
			}
		}
	}
	return err
}
