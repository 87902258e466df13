package auth

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A NewAccount is what is asked for an account; also its changed name, mailbox and so on.
type NewAccount struct {
	Login, Name, Email string
	Admin              bool
	Password           string // empty: the account cannot be signed in to yet; of a change: stays as it was
}

// By says who does something and from where; "local" is the terminal of the machine.
type By struct {
	Account string
	From    From
}

// Empty tells that there is no account yet: the first start.
func (s *Service) Empty(ctx context.Context) (bool, error) {
	if s.peopled.Load() {
		return false, nil
	}
	n, err := view(ctx, s, func(v View) (int, error) { return v.CountAccounts(ctx) })
	if n > 0 {
		s.peopled.Store(true)
	}
	return n == 0, err
}

// SetUp makes the first account, an administrator's, and signs it in; CodeRefused when there is an account already.
func (s *Service) SetUp(ctx context.Context, n NewAccount, from From) (SignedIn, error) {
	n.Admin = true
	a, hash, err := s.asked(ctx, n, true)
	if err != nil {
		return SignedIn{}, err
	}
	var in SignedIn
	err = s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		if have, err := tx.CountAccounts(ctx); err != nil {
			return err
		} else if have > 0 {
			return refusedf("Учётная запись администратора уже заведена. Войдите под ней.")
		}
		a.ID, a.Created, a.password = newID("u-"), s.now(), hash
		if err := tx.PutAccount(ctx, a, hash); err != nil {
			return err
		}
		if in, err = s.begin(ctx, tx, a, from); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: a.ID, Action: ActSetUp, Object: a.ID, Address: from.Address})
	})
	return in, err
}

// Add makes an account. Logins are unique; the mailbox need not be.
func (s *Service) Add(ctx context.Context, by By, n NewAccount) (Account, error) {
	a, hash, err := s.asked(ctx, n, false)
	if err != nil {
		return a, err
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		if err := free(ctx, tx, a.Login, ""); err != nil {
			return err
		}
		a.ID, a.Created, a.password = newID("u-"), s.now(), hash
		if err := tx.PutAccount(ctx, a, hash); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: by.Account, Action: ActAccountAdded, Object: a.ID, Address: by.From.Address})
	})
	return a, err
}

// Change replaces login, name, mailbox and the administrator's flag; a password too where one is given, which ends all
// sessions of the account. The last administrator who can sign in stays one.
func (s *Service) Change(ctx context.Context, by By, id string, n NewAccount) (Account, error) {
	a, hash, err := s.asked(ctx, n, false)
	if err != nil {
		return a, err
	}
	err = s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		old, err := account(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := free(ctx, tx, a.Login, id); err != nil {
			return err
		}
		now := old
		now.Login, now.Name, now.Email, now.Admin = a.Login, a.Name, a.Email, a.Admin
		if hash != "" {
			now.password = hash
		}
		if old.Admin && !now.Admin {
			if err := s.another(ctx, tx, id); err != nil {
				return err
			}
		}
		if err := tx.PutAccount(ctx, now, now.password); err != nil {
			return err
		}
		if hash != "" {
			if _, err := tx.EndSessions(ctx, id, ""); err != nil {
				return err
			}
			if err := s.note(ctx, tx, Line{Account: by.Account, Action: ActPassword, Object: id, Address: by.From.Address}); err != nil {
				return err
			}
		}
		a = now
		return s.note(ctx, tx, Line{Account: by.Account, Action: ActAccountEdited, Object: id, Address: by.From.Address})
	})
	return a, err
}

// ChangePassword is a person's own: it needs the old one, and ends all sessions but the one it is done in. Wrong old ones
// are throttled like those of SignIn.
func (s *Service) ChangePassword(ctx context.Context, id, old, password, session string, from From) error {
	var a Account
	var g guess
	err := s.store.Update(ctx, func(tx Tx) error {
		var err error
		if a, err = account(ctx, tx, id); err != nil {
			return err
		}
		if err := checkPassword(a.Login, password); err != nil {
			return err
		}
		if g, err = s.guessOf(ctx, tx, a.Login, a, from); err != nil {
			return err
		}
		return s.take(ctx, tx, g)
	})
	if err != nil {
		return err
	}
	ok, err := s.matches(ctx, old, a.password)
	if err != nil {
		return err
	}
	if !ok {
		return atField("old", "Нынешний пароль не подходит.")
	}
	return s.setPassword(ctx, By{id, from}, id, password, session, &g)
}

// SetPassword sets a password without the old one, and ends all sessions of the account.
func (s *Service) SetPassword(ctx context.Context, by By, id, password string) error {
	a, err := s.Account(ctx, id)
	if err != nil {
		return err
	}
	if err := checkPassword(a.Login, password); err != nil {
		return err
	}
	return s.setPassword(ctx, by, id, password, "", nil)
}

func (s *Service) setPassword(ctx context.Context, by By, id, password, except string, g *guess) error {
	hash, err := s.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		a, err := account(ctx, tx, id)
		if err != nil {
			return err
		}
		if g != nil {
			if err := s.forgive(ctx, tx, *g); err != nil {
				return err
			}
		}
		if err := tx.PutAccount(ctx, a, hash); err != nil {
			return err
		}
		if _, err := tx.EndSessions(ctx, id, except); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: by.Account, Action: ActPassword, Object: id, Address: by.From.Address})
	})
}

// Block keeps a person out at once, or lets them in again. The last administrator who can sign in is not blocked.
func (s *Service) Block(ctx context.Context, by By, id string, blocked bool) error {
	return s.store.Update(ctx, func(tx Tx) error {
		if err := tx.LockAccounts(ctx); err != nil {
			return err
		}
		a, err := account(ctx, tx, id)
		if err != nil || a.Blocked == blocked {
			return err
		}
		action := ActUnblocked
		if blocked {
			action = ActBlocked
			if a.Admin {
				if err := s.another(ctx, tx, id); err != nil {
					return err
				}
			}
			if _, err := tx.EndSessions(ctx, id, ""); err != nil {
				return err
			}
		}
		a.Blocked = blocked
		if err := tx.PutAccount(ctx, a, a.password); err != nil {
			return err
		}
		return s.note(ctx, tx, Line{Account: by.Account, Action: action, Object: id, Address: by.From.Address})
	})
}

// Accounts lists all accounts in the order of their logins.
func (s *Service) Accounts(ctx context.Context) ([]Account, error) {
	return view(ctx, s, func(v View) ([]Account, error) { return v.Accounts(ctx) })
}

// Account gives an account by its ID; CodeNotFound when there is none.
func (s *Service) Account(ctx context.Context, id string) (Account, error) {
	return view(ctx, s, func(v View) (Account, error) { return account(ctx, v, id) })
}

// ByLogin gives an account by what its person signs in with.
func (s *Service) ByLogin(ctx context.Context, login string) (Account, error) {
	return view(ctx, s, func(v View) (Account, error) {
		a, ok, err := v.AccountByLogin(ctx, foldLogin(login))
		if err == nil && !ok {
			err = &Error{Code: CodeNotFound, Text: "Нет учётной записи с именем для входа «" + cut(login, 60) + "»."}
		}
		return a, err
	})
}

// Name gives the name of an account for pages and notices; empty for one that is not there (any more).
func (s *Service) Name(ctx context.Context, id string) string {
	a, err := s.Account(ctx, id)
	if err != nil {
		return ""
	}
	return a.Name
}

// Names gives the names of all accounts by ID.
func (s *Service) Names(ctx context.Context) (map[string]string, error) {
	all, err := s.Accounts(ctx)
	names := make(map[string]string, len(all))
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}

func account(ctx context.Context, v View, id string) (Account, error) {
	a, ok, err := v.AccountByID(ctx, id)
	if err == nil && !ok {
		err = &Error{Code: CodeNotFound, Text: "Такой учётной записи нет."}
	}
	return a, err
}

// free refuses a login that another account has.
func free(ctx context.Context, v View, login, mine string) error {
	a, ok, err := v.AccountByLogin(ctx, login)
	if err == nil && ok && a.ID != mine {
		return atField("login", "Имя для входа «%s» уже занято.", login)
	}
	return err
}

// another refuses when no other administrator could sign in.
func (s *Service) another(ctx context.Context, v View, id string) error {
	all, err := v.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.ID != id && a.Admin && !a.Blocked && a.HasPassword() {
			return nil
		}
	}
	return refusedf("Это единственный администратор. Сначала назначьте администратором кого-нибудь ещё.")
}

// asked makes an account of what was asked with the hash of its password, empty where none is given.
func (s *Service) asked(ctx context.Context, n NewAccount, password bool) (a Account, hash string, err error) {
	if a, err = s.checked(n, password); err == nil && n.Password != "" {
		hash, err = s.hash(ctx, n.Password)
	}
	return a, hash, err
}

// checked makes an account of what was asked, or says at which fields it will not do.
func (s *Service) checked(n NewAccount, password bool) (Account, error) {
	a := Account{Login: foldLogin(n.Login), Name: strings.Join(strings.Fields(n.Name), " "), Email: strings.TrimSpace(n.Email), Admin: n.Admin}
	faults := map[string]string{}
	if !validLogin(a.Login) {
		faults["login"] = "Имя для входа: от 2 до 60 букв, цифр и знаков . _ - @ без пробелов."
	}
	if a.Name == "" || utf8.RuneCountInString(a.Name) > 120 || cut(a.Name, 200) != a.Name {
		faults["name"] = "Укажите фамилию и инициалы, не длиннее 120 знаков."
	}
	if a.Email != "" {
		if m, err := mail.ParseAddress(a.Email); err != nil || m.Address != a.Email || len(a.Email) > 254 {
			faults["email"] = "Адрес электронной почты записан неверно; нужен вида ivanova@example.ru."
		}
	}
	if n.Password != "" || password {
		var e *Error
		if errors.As(checkPassword(a.Login, n.Password), &e) {
			faults["password"] = e.Text
		}
	}
	if len(faults) > 0 {
		e := &Error{Code: CodeInvalid, Text: "Учётная запись не сохранена: исправьте отмеченное.", Fields: faults}
		return a, e
	}
	return a, nil
}

// foldLogin makes one login of however it was typed.
func foldLogin(login string) string {
	return strings.ToLower(norm.NFC.String(strings.TrimSpace(login)))
}

func validLogin(login string) bool {
	n := utf8.RuneCountInString(login)
	if n < 2 || n > 60 || !utf8.ValidString(login) {
		return false
	}
	for _, r := range login {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-@", r) {
			return false
		}
	}
	return true
}

func isCode(err error, code string) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}
