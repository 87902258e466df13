package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/store"
)

const databaseFile = store.DatabaseFile

// pageSQL reads the contents of the hundred usages that stand on the first page of the register, and nothing else.
func pageSQL() (query string, args []any) {
	return `select c.content from version v join content c on c.id = v.id
		where v.body = (select id from body where slug = $1) and v.kind = $2 and v.until = $3 order by v.id limit 100`,
		[]any{slug, "usage", int64(1<<63 - 1)}
}

// A rowCopy is the rows of a database, read and ready to be written into a new one.
type rowCopy struct {
	schema []string // of tables
	extra  []string // of indexes and of the search table
	tables []copiedTable
	search [][]any
}

type copiedTable struct {
	name string
	rows [][]any
}

// readRows reads every row of every plain table of the database at path. The search table has no content to be read, so
// its rows are made of the words by which subjects are found.
func readRows(ctx context.Context, path string) (c rowCopy, err error) {
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		return c, err
	}
	defer db.Close()
	list, err := readTable(ctx, db, `SELECT name, sql, type FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'`)
	if err != nil {
		return c, err
	}
	for _, row := range list {
		name, text, typ := row[0].(string), row[1].(string), row[2].(string)
		switch {
		case typ == "index" || name == "search":
			c.extra = append(c.extra, text)
			continue
		case strings.HasPrefix(name, "search_"):
			continue // SQLite's own
		}
		t := copiedTable{name: name}
		if t.rows, err = readTable(ctx, db, "SELECT * FROM "+name); err != nil {
			return c, err
		}
		c.schema = append(c.schema, text)
		c.tables = append(c.tables, t)
	}
	subjects, err := readTable(ctx, db, `SELECT v.id, v.kind, c.content FROM version v JOIN content c ON c.id = v.id WHERE v.kind IN ('process', 'touchpoint', 'usage')`)
	for _, row := range subjects {
		c.search = append(c.search, []any{row[0], words(row[1].(string), row[2].([]byte))})
	}
	return c, err
}

// words are those of a subject, each once, without the stems that the program keeps beside them.
func words(kind string, content []byte) string {
	var texts []string
	switch register.Kind(kind) {
	case register.KindProcess:
		var p register.Process
		json.Unmarshal(content, &p) //nolint:errcheck // the program wrote it
		texts = []string{p.Title, p.Scope}
	case register.KindTouchpoint:
		var t register.Touchpoint
		json.Unmarshal(content, &t) //nolint:errcheck // the program wrote it
		texts = []string{t.Label, t.Value, t.Contact, t.Place, t.Hours}
	case register.KindUsage:
		var u register.Usage
		json.Unmarshal(content, &u) //nolint:errcheck // the program wrote it
		texts = append(u.Forms, u.Text, u.Feature)
		for _, n := range u.Needs {
			texts = append(texts, n.Text)
		}
	}
	all := lang.Words(strings.Join(texts, " "))
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " ")
}

func readTable(ctx context.Context, db *sql.DB, query string) (all [][]any, err error) {
	rs, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	columns, err := rs.Columns()
	if err != nil {
		return nil, err
	}
	for rs.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for j := range row {
			into[j] = &row[j]
		}
		if err := rs.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rs.Err()
}

// write writes the rows into a new database at path by prepared inserts in one transaction, and tells how long that took;
// whole with the indexes and the search table that the program keeps of them.
func (c *rowCopy) write(ctx context.Context, path string, whole bool) (n int, took time.Duration, err error) {
	db, err := openBare(path)
	if err != nil {
		return 0, 0, err
	}
	defer db.Close()
	schema, tables := c.schema, c.tables
	if whole {
		schema = append(schema[:len(schema):len(schema)], c.extra...)
		tables = append(tables[:len(tables):len(tables)], copiedTable{"search (rowid, terms)", c.search})
	}
	for _, text := range schema {
		if _, err := db.ExecContext(ctx, text); err != nil {
			return 0, 0, err
		}
	}
	start := time.Now()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return 0, 0, err
	}
	defer tx.Rollback()
	for _, t := range tables {
		if len(t.rows) == 0 {
			continue
		}
		ins, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %s VALUES (?%s)", t.name, strings.Repeat(", ?", len(t.rows[0])-1)))
		if err != nil {
			return 0, 0, err
		}
		for _, row := range t.rows {
			if _, err := ins.ExecContext(ctx, row...); err != nil {
				return 0, 0, err
			}
		}
		n += len(t.rows)
	}
	err = tx.Commit()
	return n, time.Since(start), err
}
