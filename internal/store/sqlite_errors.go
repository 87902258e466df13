package store

import (
	"errors"

	"modernc.org/sqlite"

	"perechen/internal/ledger"
)

// sqliteSentence turns what the driver says into an Error that a person can do something about. Other errors pass.
func sqliteSentence(err error) error {
	var known *ledger.Error
	var e *sqlite.Error
	if err == nil || errors.As(err, &known) || !errors.As(err, &e) {
		return err
	}
	text, code := "", ledger.CodeStorage
	switch e.Code() & 0xff {
	case sqliteFull:
		text = "На диске нет места. Ничего не записано, прежние данные целы."
	case sqliteBusy, sqliteLocked:
		text = "База данных занята другой программой. Ничего не записано; повторите через минуту."
	case sqliteReadonly, sqlitePerm, sqliteCantOpen, sqliteAuth:
		text = "К базе данных нет доступа на запись или чтение: проверьте папку данных и права на неё."
	case sqliteIOErr:
		text = "Диск не читается или не пишется. Ничего не записано."
	case sqliteCorrupt, sqliteNotADB, sqliteFormat, sqliteError, sqliteSchema, sqliteConstraint, sqliteMismatch:
		// Our statements are fixed and our rows keep the constraints: if the database takes neither, it is not ours any more.
		// A disk that cannot be read is «corrupt» to SQLite too.
		text, code = "Файл базы данных повреждён или не читается. Проверьте диск; если он исправен, восстановите файл из резервной копии.", ledger.CodeDamaged
	default:
		return err
	}
	return &ledger.Error{Code: code, Text: text, Err: err}
}

// Result codes of SQLite (sqlite.org/rescode.html).
const (
	sqliteError      = 1
	sqlitePerm       = 3
	sqliteBusy       = 5
	sqliteLocked     = 6
	sqliteReadonly   = 8
	sqliteIOErr      = 10
	sqliteCorrupt    = 11
	sqliteFull       = 13
	sqliteCantOpen   = 14
	sqliteSchema     = 17
	sqliteConstraint = 19
	sqliteMismatch   = 20
	sqliteAuth       = 23
	sqliteFormat     = 24
	sqliteNotADB     = 26
)
