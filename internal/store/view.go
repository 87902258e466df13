package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// A view reads in one transaction.
type view struct {
	session
	bodies   map[string]int64 // ids by slug, as far as they were asked for
	visiting bool             // the rows of a query are open
}

// Every row of entry n of body b has id b<<nBits | n (see migrations).
const (
	nBits = 40
	nMask = 1<<nBits - 1
)

func (v *view) body(ctx context.Context, slug string) (int64, error) {
	if id, ok := v.bodies[slug]; ok {
		return id, nil
	}
	var id int64
	err := v.row(ctx, `SELECT id FROM body WHERE slug = $1`, slug)(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, &ledger.Error{Code: ledger.CodeNotFound, Text: fmt.Sprintf("Организации с адресом «%s» нет.", slug)}
	}
	if err != nil {
		return 0, err
	}
	v.remember(slug, id)
	return id, nil
}

func (v *view) remember(slug string, id int64) {
	if v.bodies == nil {
		v.bodies = map[string]int64{}
	}
	v.bodies[slug] = id
}

// span gives the ids of the entries from…to of a body.
func (v *view) span(ctx context.Context, slug string, from, to int64) (lo, hi int64, err error) {
	b, err := v.body(ctx, slug)
	return b<<nBits | max(from, 0), b<<nBits | min(max(to, 0), nMask), err
}

func (v *view) Bodies(ctx context.Context) ([]string, error) {
	var slugs []string
	err := v.each(ctx, func(rows *sql.Rows) error {
		var s string
		err := scan(ctx, rows, &s)
		slugs = append(slugs, s)
		return err
	}, `SELECT slug FROM body ORDER BY slug`)
	if err != nil {
		return nil, err
	}
	// A log whose body was struck out would be passed over in silence.
	var lost int64
	err = v.row(ctx, `SELECT count(*) FROM (
		SELECT body AS id FROM head
		UNION SELECT (SELECT max(id) FROM entry) >> 40
		UNION SELECT (SELECT min(id) FROM entry) >> 40
	) AS logs WHERE id IS NOT NULL AND id NOT IN (SELECT id FROM body)`)(&lost)
	if err == nil && lost > 0 {
		err = &ledger.Error{Code: ledger.CodeDamaged, Text: "База данных повреждена: в ней журнал органа, которого в списке органов нет."}
	}
	return slugs, err
}

func (v *view) Head(ctx context.Context, slug string) (ledger.Head, error) {
	return v.head(ctx, slug, "")
}

func (v *view) head(ctx context.Context, slug, forUpdate string) (ledger.Head, error) {
	var h ledger.Head
	var id, micro int64
	var root []byte
	err := v.row(ctx,
		`SELECT b.id, h.n, h.time, h.root, h.signed, h.erasures FROM body b JOIN head h ON h.body = b.id WHERE b.slug = $1`+forUpdate, slug)(
		&id, &h.N, &micro, &root, &h.Signed, &h.Erasures)
	if errors.Is(err, sql.ErrNoRows) {
		if _, err := v.body(ctx, slug); err != nil {
			return h, err
		}
		return h, &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("У журнала «%s» нет итога: база данных повреждена.", slug)}
	}
	if err != nil {
		return h, err
	}
	v.remember(slug, id)
	if len(root) != tlog.HashSize || h.N < 0 || h.N > nMask {
		return h, &ledger.Error{Code: ledger.CodeDamaged, Text: fmt.Sprintf("Итог журнала «%s» повреждён.", slug)}
	}
	h.Root = tlog.Hash(root)
	if micro != 0 {
		h.Time = time.UnixMicro(micro).UTC()
	}
	return h, nil
}

func (v *view) Records(ctx context.Context, slug string, from, to int64, visit func(ledger.Record) error) error {
	lo, hi, err := v.span(ctx, slug, from, to)
	if err != nil {
		return err
	}
	var id, until int64
	var kind, key string
	var raw [4]sql.RawBytes // leaf, salt, content, nodes
	into := []any{&id, &raw[0], &raw[1], &raw[2], &raw[3], &until, &kind, &key}
	return v.each(ctx, func(rows *sql.Rows) error {
		if err := scan(ctx, rows, into...); err != nil {
			return err
		}
		own := copies(raw[:])
		n := id & nMask
		return visit(ledger.Record{
			Evidence: ledger.Evidence{N: n, Leaf: own[0], Salt: own[1], Content: own[2]},
			Nodes:    own[3],
			Opened:   ledger.Version{N: n, Until: until, Kind: register.Kind(kind), Key: key},
		})
	}, `SELECT e.id, e.leaf, c.salt, c.content, n.hashes, coalesce(v.until, 0), coalesce(v.kind, ''), coalesce(v.key, '')
		FROM entry e LEFT JOIN content c ON c.id = e.id LEFT JOIN node n ON n.id = e.id LEFT JOIN version v ON v.id = e.id
		WHERE e.id BETWEEN $1 AND $2 ORDER BY e.id`, lo, hi)
}

// copies gives copies of up to four values that lie in one piece of memory; nil stays nil.
func copies(raw []sql.RawBytes) (out [4][]byte) {
	size := 0
	for _, b := range raw {
		size += len(b)
	}
	all := make([]byte, 0, size)
	for i, b := range raw {
		if b != nil {
			from := len(all)
			all = append(all, b...)
			out[i] = all[from:len(all):len(all)]
		}
	}
	return out
}

func (v *view) Leaves(ctx context.Context, slug string, from, to int64, visit func(n int64, leaf []byte) error) error {
	lo, hi, err := v.span(ctx, slug, from, to)
	if err != nil {
		return err
	}
	var id int64
	var leaf sql.RawBytes
	into := []any{&id, &leaf}
	return v.each(ctx, func(rows *sql.Rows) error {
		if err := scan(ctx, rows, into...); err != nil {
			return err
		}
		return visit(id&nMask, leaf)
	}, `SELECT id, leaf FROM entry WHERE id BETWEEN $1 AND $2 ORDER BY id`, lo, hi)
}

func (v *view) Nodes(ctx context.Context, slug string, ns []int64) ([][]byte, error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	out := make([][]byte, len(ns))
	if len(ns) == 0 {
		return out, nil
	}
	place := make(map[int64][]int, len(ns))
	ids := make([]int64, len(ns))
	for i, n := range ns {
		place[n] = append(place[n], i)
		ids[i] = b<<nBits | n
	}
	among, args := v.among("id", 1, ids)
	err = v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		var hashes []byte
		if err := scan(ctx, rows, &id, &hashes); err != nil {
			return err
		}
		for _, i := range place[id&nMask] {
			out[i] = hashes
		}
		return nil
	}, `SELECT id, hashes FROM node WHERE `+among, args...)
	return out, err
}

func (v *view) State(ctx context.Context, slug string, n int64, visit func(ledger.Version) error) error {
	lo, hi, err := v.span(ctx, slug, 1, n)
	if err != nil {
		return err
	}
	return v.versions(ctx, visit, true, `SELECT v.id, v.until, v.kind, v.key, c.content
		FROM version v LEFT JOIN content c ON c.id = v.id
		WHERE v.id BETWEEN $1 AND $2 AND v.until > $3 ORDER BY v.id`, lo, hi, n)
}

func (v *view) Live(ctx context.Context, slug string, kind register.Kind, key string) (out ledger.Version, ok bool, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return out, false, err
	}
	err = v.versions(ctx, func(x ledger.Version) error {
		out, ok = x, true
		return nil
	}, true, `SELECT v.id, v.until, v.kind, v.key, c.content
		FROM version v LEFT JOIN content c ON c.id = v.id
		WHERE v.body = $1 AND v.kind = $2 AND v.key = $3 AND v.until = $4`, b, string(kind), key, int64(ledger.Forever))
	return out, ok, err
}

// placed reads versions of many bodies, each with its body's address.
func placed(ctx context.Context, visit func(slug string, x ledger.Version) error) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var slug string
		var x ledger.Version
		if err := scan(ctx, rows, &slug, &x.N, &x.Until, &x.Kind, &x.Key, &x.Content); err != nil {
			return err
		}
		x.N &= nMask
		return visit(slug, x)
	}
}

// Everywhere seeks for each body by itself, so that it costs what is of that kind, and not what is in the logs.
func (v *view) Everywhere(ctx context.Context, kind register.Kind, visit func(slug string, x ledger.Version) error) error {
	return v.each(ctx, placed(ctx, visit), `SELECT b.slug, v.id, v.until, v.kind, v.key, c.content
		FROM body b JOIN version v ON v.body = b.id AND v.kind = $1 AND v.until = $2 LEFT JOIN content c ON c.id = v.id
		ORDER BY b.slug, v.id`, string(kind), int64(ledger.Forever))
}

func (v *view) History(ctx context.Context, slug string, kind register.Kind, key string) ([]ledger.Version, error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	var out []ledger.Version
	err = v.versions(ctx, func(x ledger.Version) error {
		out = append(out, x)
		return nil
	}, false, `SELECT id, until, kind, key FROM version
		WHERE body = $1 AND kind = $2 AND key = $3 ORDER BY id`, b, string(kind), key)
	return out, err
}

func (v *view) Beyond(ctx context.Context, slug string, n int64) (entries, others bool, err error) {
	lo, hi, err := v.span(ctx, slug, 0, nMask)
	if err != nil {
		return false, false, err
	}
	for _, table := range []string{"entry", "content", "node", "version"} {
		var found bool
		if err := v.row(ctx, `SELECT EXISTS (SELECT 1 FROM `+table+` WHERE id = $1) OR EXISTS (SELECT 1 FROM `+table+` WHERE id > $2 AND id <= $3)`, lo, lo+n, hi)(&found); err != nil {
			return false, false, err
		}
		if table == "entry" {
			entries = found
		} else {
			others = others || found
		}
	}
	return entries, others, nil
}

// versions visits the rows of a query for id, until, kind, key and, when asked, content.
func (v *view) versions(ctx context.Context, visit func(ledger.Version) error, content bool, query string, args ...any) error {
	return v.each(ctx, func(rows *sql.Rows) error {
		var x ledger.Version
		into := []any{&x.N, &x.Until, &x.Kind, &x.Key}
		if content {
			into = append(into, &x.Content)
		}
		if err := scan(ctx, rows, into...); err != nil {
			return err
		}
		x.N &= nMask
		return visit(x)
	}, query, args...)
}

func (v *view) Sound(ctx context.Context) (string, error) { return v.sound(ctx) }
