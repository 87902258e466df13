package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"perechen/internal/upkeep"
)

const noticeColumns = `id, account, event, body, kind, text, href, created, seen, mail, due`

func readNotice(ctx context.Context, rows *sql.Rows) (n upkeep.Notice, err error) {
	var created, seen, due int64
	err = scan(ctx, rows, &n.ID, &n.Account, &n.Event, &n.Body, &n.Kind, &n.Text, &n.Href, &created, &seen, &n.Mail, &due)
	n.Created, n.Seen, n.Due = fromMicro(created), fromMicro(seen), fromMicro(due)
	return n, err
}

func (v *view) Notices(ctx context.Context, account string, unseen bool, offset, limit int) (ns []upkeep.Notice, total int, err error) {
	where := ` FROM notice WHERE account = $1`
	if unseen {
		where += ` AND seen = 0`
	}
	if err := v.row(ctx, `SELECT count(*)`+where, account)(&total); err != nil {
		return nil, 0, err
	}
	err = v.each(ctx, func(rows *sql.Rows) error {
		n, err := readNotice(ctx, rows)
		ns = append(ns, n)
		return err
	}, `SELECT `+noticeColumns+where+` ORDER BY id DESC LIMIT $2 OFFSET $3`, account, limit, offset)
	return ns, total, err
}

func (v *view) Unseen(ctx context.Context, account string) (n int, err error) {
	err = v.row(ctx, `SELECT count(*) FROM notice WHERE account = $1 AND seen = 0`, account)(&n)
	return n, err
}

func (v *view) MailMode(ctx context.Context, account string) (mode string, err error) {
	_, err = found(v.row(ctx, `SELECT mode FROM mail_mode WHERE account = $1`, account)(&mode))
	return mode, err
}

func (v *view) MailDue(ctx context.Context, now time.Time) (bool, error) {
	var n int
	return found(v.row(ctx, `SELECT 1 FROM notice WHERE mail = 1 AND due <= $1 AND lease <= $2 LIMIT 1`, micro(now), micro(now))(&n))
}

func (w *writer) PutNotice(_ context.Context, n upkeep.Notice) (bool, error) {
	rows, err := w.affected(`INSERT INTO notice (account, event, body, kind, text, href, created, seen, mail, due, batch, tries, lease, fault)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, '', 0, 0, '') ON CONFLICT (account, event) DO NOTHING`,
		n.Account, n.Event, n.Body, n.Kind, n.Text, n.Href, micro(n.Created), n.Mail, micro(n.Due))
	return rows > 0, err
}

func (w *writer) SeeNotices(_ context.Context, account string, ids []int64, at time.Time) (int, error) {
	if ids == nil {
		return w.affected(`UPDATE notice SET seen = $1 WHERE account = $2 AND seen = 0`, micro(at), account)
	}
	total := 0
	for _, id := range ids {
		n, err := w.affected(`UPDATE notice SET seen = $1 WHERE account = $2 AND id = $3 AND seen = 0`, micro(at), account, id)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

func (w *writer) SetMailMode(_ context.Context, account, mode string) error {
	return w.exec(`INSERT INTO mail_mode (account, mode) VALUES ($1, $2) ON CONFLICT (account) DO UPDATE SET mode = excluded.mode`, account, mode)
}

// LeaseMail first looks for a message that was tried before, then for whoever has waited longest.
func (w *writer) LeaseMail(ctx context.Context, id string, now, until time.Time) (b upkeep.MailBatch, ok bool, err error) {
	at := micro(now)
	ok, err = found(w.row(ctx, `SELECT batch, account FROM notice WHERE mail = 1 AND batch <> '' AND due <= $1 AND lease <= $2 ORDER BY due, id LIMIT 1`, at, at)(&b.ID, &b.Account))
	if err != nil {
		return b, false, err
	}
	if !ok {
		if err := w.exec(`UPDATE notice SET mail = 0 WHERE mail = 1 AND batch = '' AND seen <> 0`); err != nil {
			return b, false, err
		}
		ok, err = found(w.row(ctx, `SELECT account FROM notice WHERE mail = 1 AND batch = '' AND due <= $1 ORDER BY due, id LIMIT 1`, at)(&b.Account))
		if err != nil || !ok {
			return b, false, err
		}
		b.ID = id
		if err := w.exec(`UPDATE notice SET batch = $1 WHERE account = $2 AND mail = 1 AND batch = '' AND due <= $3`, id, b.Account, at); err != nil {
			return b, false, err
		}
	}
	b.Lease = until
	if err := w.exec(`UPDATE notice SET lease = $1, tries = tries + 1 WHERE batch = $2 AND mail = 1`, micro(until), b.ID); err != nil {
		return b, false, err
	}
	if err := w.row(ctx, `SELECT max(tries) FROM notice WHERE batch = $1 AND mail = 1`, b.ID)(&b.Tries); err != nil {
		return b, false, err
	}
	err = w.each(ctx, func(rows *sql.Rows) error {
		n, err := readNotice(ctx, rows)
		b.Notices = append(b.Notices, n)
		return err
	}, `SELECT `+noticeColumns+` FROM notice WHERE batch = $1 AND mail = 1 ORDER BY id`, b.ID)
	return b, err == nil, err
}

func (w *writer) DoneMail(_ context.Context, b upkeep.MailBatch, state int, fault string, due time.Time) (bool, error) {
	n, err := w.affected(`UPDATE notice SET mail = $1, fault = $2, due = $3, lease = 0 WHERE batch = $4 AND mail = 1 AND lease = $5`,
		state, strings.ToValidUTF8(fault, "?"), micro(due), b.ID, micro(b.Lease))
	return n > 0, err
}
