package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// mostTerms bounds a row of the search index, in bytes: PostgreSQL takes no tsvector of 1 MiB.
const mostTerms = 256 << 10

// lexemeMark is bodyMark as this database has had it from the beginning (see migrations).
func lexemeMark(id int64) string { return strconv.FormatInt(id>>nBits, 36) + lexemeEnd }

const lexemeEnd = "/"

func (s *postgresSession) insertTerms(ctx context.Context, args []any) error {
	rows := make([]any, 0, len(args))
	var b strings.Builder
	for ; len(args) > 0; args = args[2:] {
		id := args[0].(int64)
		mark := lexemeMark(id)
		b.Reset()
		for term := range strings.FieldsSeq(args[1].(string)) {
			if b.Len() > mostTerms {
				rows = append(rows, id, b.String())
				b.Reset()
			}
			markTerm(&b, mark, lexemeEnd, term)
		}
		rows = append(rows, id, b.String())
	}
	arrays, types, err := arraysOf(2, rows)
	if err != nil {
		return err
	}
	return s.later(ctx, `INSERT INTO search (id, terms) SELECT id, array_to_tsvector(string_to_array(terms, ' ')) FROM unnest(`+strings.Join(types, ", ")+`) AS t (id, terms)`, arrays...)
}

func (s *postgresSession) deleteTerms(ctx context.Context, lo, hi int64) error {
	_, err := s.run(ctx, `DELETE FROM search WHERE id BETWEEN $1 AND $2`, lo, hi)
	return err
}

// forgetWords has nothing to do: the update vacuums the index when it is committed.
func (s *postgresSession) forgetWords(context.Context) error { return nil }

func (s *postgresSession) find(ctx context.Context, word, stem string, lo, hi int64, visit func(id int64)) error {
	mark := lexemeMark(lo)
	v := &view{session: s}
	return v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := scan(ctx, rows, &id)
		visit(id)
		return err
	}, `SELECT DISTINCT id FROM search WHERE terms @@ CAST(CAST($1 AS TEXT) AS tsquery) AND id BETWEEN $2 AND $3 ORDER BY id`, quoted(mark+word)+":* | "+quoted(mark+stem), lo, hi)
}

// named asks the index of words first and then for each version that it finds, in this order whatever the planner believes: it
// knows nothing of rare words and would rather read all versions of a country. Being asked row by row, it ends at the limit.
func (s *postgresSession) named(ctx context.Context, words []string, kind register.Kind, limit int, visit func(id int64)) error {
	v, all := &view{session: s}, make([]string, len(words))
	for i, w := range words {
		all[i] = "(" + quoted(lexemeEnd+w) + ":* | " + quoted(lexemeEnd+stemMark+lang.Stem(w)) + ")"
	}
	return v.each(ctx, func(rows *sql.Rows) error {
		var id int64
		err := scan(ctx, rows, &id)
		visit(id)
		return err
	}, `WITH found AS MATERIALIZED (SELECT id FROM search WHERE terms @@ CAST(CAST($1 AS TEXT) AS tsquery))
		SELECT v.id FROM found f CROSS JOIN LATERAL (SELECT id FROM version WHERE id = f.id AND kind = $2 AND until = $3 OFFSET 0) AS v LIMIT $4`, strings.Join(all, " & "), string(kind), int64(ledger.Forever), limit)
}

// quoted writes a lexeme as a tsquery takes it.
func quoted(lexeme string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(lexeme) + "'"
}

// sound asks for PostgreSQL's own check of its indexes where that is installed (CREATE EXTENSION amcheck); without it what
// can be said is only that every row could be read, which the caller does.
func (s *postgresSession) sound(ctx context.Context) (string, error) {
	v := &view{session: s}
	var installed bool
	if err := v.row(ctx, `SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'amcheck')`)(&installed); err != nil || !installed {
		return "", err
	}
	err := v.each(ctx, func(*sql.Rows) error { return nil }, `SELECT bt_index_check(indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
		WHERE a.amname = 'btree' AND i.indrelid IN ('body'::regclass, 'head'::regclass, 'entry'::regclass, 'content'::regclass, 'node'::regclass, 'version'::regclass)`)
	if err != nil && !lost(err) && ctx.Err() == nil {
		return "Записи журнала целы, но указатель базы данных повреждён. Выполните в PostgreSQL REINDEX; если не поможет, восстановите базу из резервной копии.", nil
	}
	return "", err
}
