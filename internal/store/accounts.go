package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/ledger"
)

// Accounts gives what package auth asks of a store, over the same database.
func (s *Store) Accounts() auth.Store { return accounts{s} }

type accounts struct{ store *Store }

func (a accounts) View(ctx context.Context, fn func(auth.View) error) error {
	return a.store.View(ctx, func(v ledger.View) error { return fn(accountView{v.(*view)}) })
}

func (a accounts) Update(ctx context.Context, fn func(auth.Tx) error) error {
	return a.store.Update(ctx, func(tx ledger.Tx) error {
		w := tx.(*writer)
		return fn(accountWriter{accountView{&w.view}, w})
	})
}

type accountView struct{ v *view }

const accountColumns = `a.id, a.login, a.name, a.email, a.admin, a.blocked, a.created, a.password`

// An accountRow is where a row of accountColumns is read to.
type accountRow struct {
	a        auth.Account
	created  int64
	password string
}

func (r *accountRow) into() []any {
	return []any{&r.a.ID, &r.a.Login, &r.a.Name, &r.a.Email, &r.a.Admin, &r.a.Blocked, &r.created, &r.password}
}

func (r *accountRow) account() auth.Account {
	r.a.Created = fromMicro(r.created)
	return auth.Stored(r.a, r.password)
}

func (a accountView) CountAccounts(ctx context.Context) (n int, err error) {
	err = a.v.row(ctx, `SELECT count(*) FROM account`)(&n)
	return n, err
}

func (a accountView) Accounts(ctx context.Context) (all []auth.Account, err error) {
	err = a.v.each(ctx, func(rows *sql.Rows) error {
		var r accountRow
		if err := scan(ctx, rows, r.into()...); err != nil {
			return err
		}
		all = append(all, r.account())
		return nil
	}, `SELECT `+accountColumns+` FROM account a ORDER BY a.login`)
	return all, err
}

func (a accountView) AccountByID(ctx context.Context, id string) (auth.Account, bool, error) {
	return a.one(ctx, `SELECT `+accountColumns+` FROM account a WHERE a.id = $1`, id)
}

func (a accountView) AccountByLogin(ctx context.Context, login string) (auth.Account, bool, error) {
	return a.one(ctx, `SELECT `+accountColumns+` FROM account a WHERE a.login = $1`, login)
}

func (a accountView) one(ctx context.Context, query, arg string) (auth.Account, bool, error) {
	var r accountRow
	ok, err := found(a.v.row(ctx, query, arg)(r.into()...))
	return r.account(), ok, err
}

// found makes ok of sql.ErrNoRows.
func found(err error) (bool, error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

const sessionColumns = `s.id, s.account, s.created, s.seen, s.agent, s.address`

type sessionRow struct {
	s             auth.Session
	created, seen int64
}

func (r *sessionRow) into() []any {
	return []any{&r.s.ID, &r.s.Account, &r.created, &r.seen, &r.s.Agent, &r.s.Address}
}

func (r *sessionRow) session() auth.Session {
	r.s.Created, r.s.Seen = fromMicro(r.created), fromMicro(r.seen)
	return r.s
}

func (a accountView) SessionByToken(ctx context.Context, hash []byte) (auth.Session, auth.Account, bool, error) {
	var s sessionRow
	var r accountRow
	ok, err := found(a.v.row(ctx, `SELECT `+sessionColumns+`, `+accountColumns+`
		FROM session s JOIN account a ON a.id = s.account WHERE s.token = $1`, hash)(append(s.into(), r.into()...)...))
	return s.session(), r.account(), ok, err
}

func (a accountView) Sessions(ctx context.Context, account string) (all []auth.Session, err error) {
	err = a.v.each(ctx, func(rows *sql.Rows) error {
		var r sessionRow
		if err := scan(ctx, rows, r.into()...); err != nil {
			return err
		}
		all = append(all, r.session())
		return nil
	}, `SELECT `+sessionColumns+` FROM session s WHERE s.account = $1 ORDER BY s.seen DESC, s.id`, account)
	return all, err
}

func (a accountView) Device(ctx context.Context, hash []byte, account string) (bool, error) {
	var n int
	return found(a.v.row(ctx, `SELECT 1 FROM device WHERE token = $1 AND account = $2`, hash, account)(&n))
}

func (a accountView) Guesses(ctx context.Context, key string) (failed int, last time.Time, err error) {
	var micro int64
	_, err = found(a.v.row(ctx, `SELECT failed, last FROM guess WHERE key = $1`, key)(&failed, &micro))
	return failed, fromMicro(micro), err
}

func (a accountView) Audit(ctx context.Context, q auth.Query) (lines []auth.Line, total int, err error) {
	where, args := auditWhere(q)
	if err := a.v.row(ctx, `SELECT count(*) FROM audit`+where, args...)(&total); err != nil {
		return nil, 0, err
	}
	part := " LIMIT " + number(&args, q.Limit) + " OFFSET " + number(&args, q.Offset)
	err = a.v.each(ctx, func(rows *sql.Rows) error {
		var l auth.Line
		var micro int64
		if err := scan(ctx, rows, &l.ID, &micro, &l.Account, &l.Action, &l.Body, &l.Object, &l.Detail, &l.Address); err != nil {
			return err
		}
		l.Time = fromMicro(micro)
		lines = append(lines, l)
		return nil
	}, `SELECT id, time, account, action, body, object, detail, address FROM audit`+where+` ORDER BY id DESC`+part, args...)
	return lines, total, err
}

// auditWhere writes the condition that a query asks for.
func auditWhere(q auth.Query) (string, []any) {
	var conditions []string
	var args []any
	and := func(column, op string, arg any) {
		args = append(args, arg)
		conditions = append(conditions, column+" "+op+" "+place(len(args)))
	}
	for _, c := range [][2]string{{"account", q.Account}, {"action", q.Action}, {"body", q.Body}} {
		if c[1] != "" {
			and(c[0], "=", c[1])
		}
	}
	if !q.From.IsZero() {
		and("time", ">=", q.From.UnixMicro())
	}
	if !q.To.IsZero() {
		and("time", "<", q.To.UnixMicro())
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(conditions, " AND "), args
}

type accountWriter struct {
	accountView
	w *writer
}

// LockAccounts takes the lock of a log of a name that no body can have.
func (a accountWriter) LockAccounts(ctx context.Context) error { return a.w.lock(ctx, "-") }

func (a accountWriter) PutAccount(_ context.Context, x auth.Account, hash string) error {
	return a.w.exec(`INSERT INTO account (id, login, name, email, admin, blocked, created, password) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET login = excluded.login, name = excluded.name, email = excluded.email, admin = excluded.admin,
		blocked = excluded.blocked, created = excluded.created, password = excluded.password`,
		x.ID, x.Login, x.Name, x.Email, flag(x.Admin), flag(x.Blocked), micro(x.Created), hash)
}

func (a accountWriter) PutSession(_ context.Context, s auth.Session, hash []byte) error {
	return a.w.exec(`INSERT INTO session (token, id, account, created, seen, agent, address) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		hash, s.ID, s.Account, micro(s.Created), micro(s.Seen), s.Agent, s.Address)
}

func (a accountWriter) TouchSession(_ context.Context, id string, seen time.Time) error {
	return a.w.exec(`UPDATE session SET seen = $1 WHERE id = $2`, micro(seen), id)
}

func (a accountWriter) EndSession(_ context.Context, account, id string) (bool, error) {
	n, err := a.w.affected(`DELETE FROM session WHERE account = $1 AND id = $2`, account, id)
	return n > 0, err
}

func (a accountWriter) EndSessions(_ context.Context, account, except string) (int, error) {
	return a.w.affected(`DELETE FROM session WHERE account = $1 AND id <> $2`, account, except)
}

func (a accountWriter) EndOldSessions(_ context.Context, seenBefore, createdBefore time.Time) error {
	return a.w.exec(`DELETE FROM session WHERE seen < $1 OR created < $2`, micro(seenBefore), micro(createdBefore))
}

func (a accountWriter) PutDevice(_ context.Context, hash []byte, account string, seen time.Time) error {
	return a.w.exec(`INSERT INTO device (token, account, seen) VALUES ($1, $2, $3) ON CONFLICT (token, account) DO UPDATE SET seen = excluded.seen`,
		hash, account, micro(seen))
}

func (a accountWriter) SetGuesses(_ context.Context, key string, failed int, last time.Time) error {
	if failed == 0 {
		return a.w.exec(`DELETE FROM guess WHERE key = $1`, key)
	}
	return a.w.exec(`INSERT INTO guess (key, failed, last) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET failed = excluded.failed, last = excluded.last`,
		key, failed, micro(last))
}

func (a accountWriter) ForgetGuesses(_ context.Context, before time.Time) error {
	return a.w.exec(`DELETE FROM guess WHERE last < $1`, micro(before))
}

func (a accountWriter) AddAudit(_ context.Context, l auth.Line) error {
	return a.w.exec(`INSERT INTO audit (time, account, action, body, object, detail, address) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		micro(l.Time), l.Account, l.Action, l.Body, l.Object, l.Detail, l.Address)
}

// affected runs a statement and tells how many rows it touched.
func (w *writer) affected(query string, args ...any) (int, error) {
	n, err := w.run(w.ctx, query, args...)
	return int(n), err
}

// place is the n-th place of a statement, from 1, for both databases.
func place(n int) string { return "$" + strconv.Itoa(n) }

// number adds an argument and gives its place.
func number(args *[]any, n int) string {
	*args = append(*args, n)
	return place(len(*args))
}

// flag is how both databases keep a truth.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// micro and fromMicro keep moments as microseconds since 1970; the zero moment is 0.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func fromMicro(m int64) time.Time {
	if m == 0 {
		return time.Time{}
	}
	return time.UnixMicro(m).UTC()
}
