package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
	"perechen/internal/search"
	"perechen/internal/store"
	"perechen/internal/testkit"
	"perechen/internal/testkit/pgtest"
)

// searches compares what people find with what they would find by LIKE and by trigrams, over the judged queries; and the
// time of a search in one body of a country with that of the database's own full-text query alone, on either database.
func searches(ctx context.Context, dir string) error {
	c, err := pgtest.Begin("autovacuum=on", "shared_buffers=512MB", "max_wal_size=4GB")
	if err != nil {
		return err
	}
	defer c.Remove()
	if err := quality(ctx, dir, c); err != nil {
		return err
	}
	if *searched < testkit.UsagesOfBody {
		return nil
	}
	file := store.Place{Dir: filepath.Join(dir, "country")}
	if err := country(ctx, file); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(file.Dir, store.DatabaseFile)+"?mode=ro")
	if err != nil {
		return err
	}
	defer db.Close()
	err = timed(ctx, file, "SQLite", "FTS5 query alone", func(body int64, word, stem string) error {
		mark := strconv.FormatInt(body, 36) + "\ue001"
		return drain(db.QueryContext(ctx, `SELECT rowid FROM search WHERE search MATCH $1 AND rowid BETWEEN $2 AND $3`, `"`+mark+word+`"* OR "`+mark+"\ue000"+stem+`"`, body<<40, body<<40|1<<39))
	})
	if err != nil {
		return err
	}
	base := store.Place{Dir: filepath.Join(dir, "country-postgres"), Database: c.Address("postgres")}
	if err := country(ctx, base); err != nil {
		return err
	}
	pg, err := sql.Open("pgx", base.Database)
	if err != nil {
		return err
	}
	defer pg.Close()
	if _, err := pg.ExecContext(ctx, "VACUUM ANALYZE"); err != nil {
		return err
	}
	return timed(ctx, base, "PostgreSQL", "tsvector query alone", func(body int64, word, stem string) error {
		mark := strconv.FormatInt(body, 36) + "/"
		return drain(pg.QueryContext(ctx, `SELECT id FROM search WHERE terms @@ CAST(CAST($1 AS TEXT) AS tsquery) AND id BETWEEN $2 AND $3`, "'"+mark+word+"':* | '"+mark+"\ue000"+stem+"'", body<<40, body<<40|1<<39))
	})
}

func drain(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
	}
	return rows.Err()
}

// country fills an installation with bodies of a thousand usages each.
func country(ctx context.Context, at store.Place) error {
	if err := at.Init(ctx); err != nil {
		return err
	}
	s, key, err := at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	ground := register.Ground{Clause: "4.1", Text: "bench"}
	for i := range *searched / testkit.UsagesOfBody {
		x := testkit.Country(i)
		if err := l.AddBody(ctx, x.Register.Organisation, x.Procedure, ground, "bench"); err != nil {
			return err
		}
		if _, err := l.Append(ctx, x.Register.Organisation.Slug, ledger.Batch{Changes: testkit.Changes(x.Register), Ground: ground, Actor: "bench", Head: ledger.AnyHead}); err != nil {
			return err
		}
	}
	return nil
}

// timed searches some bodies, whose state is in memory, for common words and rare ones.
func timed(ctx context.Context, at store.Place, database, baseline string, bare func(body int64, word, stem string) error) error {
	s, key, err := at.Open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	l := ledger.New(s, key, time.Now)
	words := []string{"консультации", "удостоверения", "сектора", "справка", "кабинет", "отпуска"}
	var ours, find, base []time.Duration
	for range 12 {
		i := rand.IntN(*searched / testkit.UsagesOfBody)
		slug := testkit.Country(i).Register.Organisation.Slug
		state, err := l.State(ctx, slug, 0)
		if err != nil {
			return err
		}
		ix := search.New(search.FromRegister(state), search.Shipped())
		for range 4 {
			for _, word := range words {
				start := time.Now()
				if _, err := l.Rows(ctx, slug, 0, ledger.Query{Text: word, Limit: 100}); err != nil {
					return err
				}
				ours = append(ours, time.Since(start))
				start = time.Now()
				if len(ix.Search(word, 20)) == 0 {
					return fmt.Errorf("%s: nothing for %q", slug, word)
				}
				find = append(find, time.Since(start))
				start = time.Now()
				if err := bare(int64(i+1), word, lang.Stem(word)); err != nil { // bodies are numbered as they come
					return err
				}
				base = append(base, time.Since(start))
			}
		}
	}
	slices.Sort(ours)
	slices.Sort(find)
	slices.Sort(base)
	for _, p := range []int{50, 99} {
		at := func(ds []time.Duration) time.Duration { return ds[(len(ds)-1)*p/100] }
		add(fmt.Sprintf("search in a body among %d usages, %s, p%d", *searched, database, p), at(ours), baseline, at(base), "")
		add(fmt.Sprintf("«Найти» in a body among %d usages, p%d", *searched, p), at(find), baseline, at(base), "")
	}
	return nil
}

// lists are the judged queries, and what «Найти» must reach on each.
var lists = []struct {
	name    string
	queries []testkit.Query
	goal    string
}{
	{"judged queries", testkit.Queries(), "MRR ≥ 0.96, recall@5 ≥ 0.98"},
	{"queries of a telephone", testkit.PhoneQueries(), "MRR ≥ 0.96, recall@5 ≥ 0.98"},
	{"held-out queries", testkit.HeldOutQueries(), "MRR ≥ 0.92, recall@5 ≥ 0.96"},
}

// quality asks the judged queries of the program's search, of LIKE and of trigrams.
func quality(ctx context.Context, dir string, c *pgtest.Cluster) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "like.db"))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	// Trigrams need a database that knows Cyrillic letters for letters.
	first, err := pgx.Connect(ctx, c.Address("postgres"))
	if err != nil {
		return err
	}
	_, err = first.Exec(ctx, `CREATE DATABASE trigrams TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'`)
	if err := errors.Join(err, first.Close(ctx)); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, c.Address("trigrams"))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	const table = `CREATE TABLE doc (id INTEGER PRIMARY KEY, register TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL)`
	if _, err := db.ExecContext(ctx, table); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, `CREATE EXTENSION pg_trgm; `+table); err != nil {
		return err
	}
	indexes := map[string]*search.Index{}
	id := 0
	for _, of := range []string{"", "committee"} {
		docs := search.FromRegister(testkit.QueriedRegister(of))
		indexes[of] = search.New(docs, search.Shipped())
		for _, d := range docs {
			var texts []string
			for _, f := range d.Fields {
				texts = append(texts, f.Text)
			}
			text := lang.Fold(strings.Join(texts, " "))
			id++
			if _, err := db.ExecContext(ctx, `INSERT INTO doc VALUES ($1, $2, $3, $4)`, id, of, d.Key, text); err != nil {
				return err
			}
			if _, err := conn.Exec(ctx, `INSERT INTO doc VALUES ($1, $2, $3, $4)`, id, of, d.Key, text); err != nil {
				return err
			}
		}
	}
	ours := func(q testkit.Query) []string {
		var keys []string
		ix := indexes[q.Of]
		for _, h := range ix.Search(q.Text, 20) {
			keys = append(keys, ix.Document(h.Document).Key)
		}
		return answers(keys)
	}
	like := func(q testkit.Query) (keys []string) {
		where, args := []string{"register = $1"}, []any{q.Of}
		for i, w := range strings.Fields(lang.Fold(q.Text)) {
			where, args = append(where, fmt.Sprintf("text LIKE $%d", i+2)), append(args, "%"+w+"%")
		}
		rows, err := db.QueryContext(ctx, `SELECT key FROM doc WHERE `+strings.Join(where, " AND ")+` ORDER BY id LIMIT 20`, args...)
		if err != nil {
			return nil
		}
		defer rows.Close()
		for rows.Next() {
			var k string
			if rows.Scan(&k) == nil {
				keys = append(keys, k)
			}
		}
		return answers(keys)
	}
	trigrams := func(q testkit.Query) []string {
		rows, err := conn.Query(ctx, `SELECT key FROM doc WHERE register = $2 ORDER BY word_similarity($1, text) DESC, id LIMIT 20`, lang.Fold(q.Text), q.Of)
		if err != nil {
			return nil
		}
		keys, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return nil
		}
		return answers(keys)
	}
	for _, list := range lists {
		for _, x := range []struct {
			what string
			find func(testkit.Query) []string
			goal string
		}{{"«Найти»", ours, list.goal}, {"LIKE, every word", like, ""}, {"trigrams, pg_trgm word_similarity", trigrams, ""}} {
			q := testkit.MeasureOf(list.queries, x.find)
			result := fmt.Sprintf("MRR %.3f, recall@5 %.3f", q.MRR, q.Recall)
			if q.Unanswerable > 0 {
				result += fmt.Sprintf(", nothing for %d of %d that nothing answers", q.Silent, q.Unanswerable)
			}
			note(fmt.Sprintf("quality of %d %s, %s", len(list.queries), list.name, x.what), result, x.goal)
		}
	}
	return nil
}

// answers are the keys of what was found, each once; a form answers for its process.
func answers(keys []string) (all []string) {
	for _, k := range keys {
		if k, _, _ = strings.Cut(k, "\n"); !slices.Contains(all, k) {
			all = append(all, k)
		}
	}
	return all
}
