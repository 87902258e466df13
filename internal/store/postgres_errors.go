package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"perechen/internal/ledger"
)

// postgresSentence turns what PostgreSQL or its driver says into an Error that a person can do something about. Other
// errors pass. Errors are told apart by their codes (SQLSTATE).
func postgresSentence(err error) error {
	var known *ledger.Error
	if err == nil || errors.As(err, &known) || stopped(err) {
		return err
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		if lost(err) {
			return &ledger.Error{Code: ledger.CodeStorage, Text: "База данных недоступна. Ничего не записано; повторите через минуту.", Err: err}
		}
		return err
	}
	text, code := "", ledger.CodeStorage
	switch class := e.Code[:min(2, len(e.Code))]; {
	case lost(err):
		text = "База данных недоступна. Ничего не записано; повторите через минуту."
	case e.Code == "28P01", class == "28", e.Code == "42501":
		text = "База данных не пускает: проверьте имя, пароль и права в адресе --db."
	case e.Code == "3D000":
		text = "На сервере нет базы данных с таким именем: создайте её или исправьте адрес --db."
	case e.Code == "53100":
		text = "На диске базы данных нет места. Ничего не записано, прежние данные целы."
	case e.Code == "53300":
		text = "База данных не принимает больше соединений. Ничего не записано; повторите через минуту."
	case class == "53", e.Code == "55P03", class == "40":
		text = "База данных занята. Ничего не записано; повторите через минуту."
	case e.Code == "25006":
		text = "База данных открыта только для чтения. Ничего не записано."
	case class == "58":
		text = "Диск базы данных не читается или не пишется. Ничего не записано."
	case class == "XX", class == "23", class == "42", class == "22":
		// Our statements are fixed and our rows keep the constraints: if the database takes neither, it is not ours any more.
		text, code = "База данных повреждена или изменена в обход программы. Восстановите её из резервной копии.", ledger.CodeDamaged
	default:
		return err
	}
	return &ledger.Error{Code: code, Text: text, Err: err}
}

// lost tells that a connection is gone, or could not be made, for a reason that may pass.
func lost(err error) bool {
	if stopped(err) {
		return false
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return strings.HasPrefix(e.Code, "08") || strings.HasPrefix(e.Code, "57P") || e.Code == "25P03"
	}
	var n net.Error
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.As(err, &n) || isConnect(err) || pgconn.SafeToRetry(err)
}

// stopped tells that the caller's context has ended.
func stopped(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) && !isConnect(err)
}

func isConnect(err error) bool {
	var c *pgconn.ConnectError
	return errors.As(err, &c)
}

// conflicts tells that a transaction failed only because of another one.
func conflicts(err error) bool { return hasCode(err, "40001") || hasCode(err, "40P01") }

// doubled tells that a row was there already: where the program has looked before it wrote, another was quicker.
func doubled(err error) bool { return hasCode(err, "23505") }

func hasCode(err error, code string) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == code
}

// refusedFor tells that the server has answered a COMMIT, and by no.
func refusedFor(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.SeverityUnlocalized == "ERROR"
}
