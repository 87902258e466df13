package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"perechen/internal/store"
)

const databaseFile = store.DatabaseFile

// pageSQL reads the contents of the hundred usages that stand on the first page of the register, and nothing else.
func pageSQL() (query string, args []any) {
	return `select c.content from version v join content c on c.id = v.id
		where v.body = (select id from body where slug = $1) and v.kind = $2 and v.until = $3 order by v.id limit 100`,
		[]any{slug, "usage", int64(1<<63 - 1)}
}

// copyTables writes every row of every plain table of the database at from into a new database at to, by prepared inserts
// in one transaction, and tells how long the inserts took; reading is not counted.
func copyTables(ctx context.Context, from, to string) (n int, took time.Duration, err error) {
	src, err := sql.Open("sqlite", "file:"+from+"?mode=ro")
	if err != nil {
		return 0, 0, err
	}
	defer src.Close()
	dst, err := openBare(to)
	if err != nil {
		return 0, 0, err
	}
	defer dst.Close()
	tables, err := src.QueryContext(ctx, `select name, sql from sqlite_schema where type = 'table' and sql not like 'CREATE VIRTUAL%' and name not like 'sqlite_%' and name not like '%\_%' escape '\'`)
	if err != nil {
		return 0, 0, err
	}
	type plain struct {
		name, sql string
		rows      [][]any
	}
	var all []plain
	for tables.Next() {
		var t plain
		if err := tables.Scan(&t.name, &t.sql); err != nil {
			return 0, 0, err
		}
		all = append(all, t)
	}
	if err := tables.Close(); err != nil {
		return 0, 0, err
	}
	for i, t := range all {
		rs, err := src.QueryContext(ctx, "select * from "+t.name)
		if err != nil {
			return 0, 0, err
		}
		columns, err := rs.Columns()
		if err != nil {
			return 0, 0, err
		}
		for rs.Next() {
			row := make([]any, len(columns))
			into := make([]any, len(columns))
			for j := range row {
				into[j] = &row[j]
			}
			if err := rs.Scan(into...); err != nil {
				return 0, 0, err
			}
			all[i].rows = append(all[i].rows, row)
		}
		if err := rs.Close(); err != nil {
			return 0, 0, err
		}
		if _, err := dst.ExecContext(ctx, t.sql); err != nil {
			return 0, 0, err
		}
	}
	start := time.Now()
	tx, err := dst.BeginTx(ctx, nil)
	if err != nil {
		return 0, 0, err
	}
	defer tx.Rollback()
	for _, t := range all {
		if len(t.rows) == 0 {
			continue
		}
		ins, err := tx.PrepareContext(ctx, fmt.Sprintf("insert into %s values(?%s)", t.name, strings.Repeat(", ?", len(t.rows[0])-1)))
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
	return n, time.Since(start), tx.Commit()
}
