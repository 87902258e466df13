package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"perechen/internal/ledger"
)

// A postgres is the engine of a PostgreSQL database.
type postgres struct {
	config      *pgx.ConnConfig
	read, write *pool
	patience    time.Duration // how long work waits for a database that is away
	queues      queues
}

// Connections of one node: some to read and some to write, so that readers who write while they read never wait for
// themselves. Three nodes keep within PostgreSQL's usual hundred.
const (
	postgresReaders = 16
	postgresWriters = 10
)

// OpenPostgres opens a PostgreSQL database by its address (postgres://user:password@host/database). One whose schema is
// not exactly what this program knows is refused with CodeStorage and left alone: MigratePostgres brings an older one
// forward.
func OpenPostgres(ctx context.Context, address string) (*Store, error) {
	p, err := dialPostgres(address)
	if err != nil {
		return nil, err
	}
	s := &Store{read: p.read, write: p.write, engine: p}
	have, newest, err := p.schema(ctx)
	switch {
	case err != nil:
	case have > newest:
		err = tooNew(have, newest)
	case have == 0:
		err = &ledger.Error{Code: ledger.CodeStorage, Text: "База данных PostgreSQL пуста. Выполните perechen init с тем же --db."}
	case have < newest:
		err = &ledger.Error{Code: ledger.CodeStorage, Text: fmt.Sprintf("База данных отстаёт от программы (схема %d, нужна %d). Выполните perechen migrate.", have, newest)}
	}
	if err == nil {
		err = s.renew(ctx)
	}
	if err != nil {
		return nil, errors.Join(postgresSentence(err), s.Close())
	}
	return s, nil
}

// MigratePostgres runs the migrations that are missing, and says from which number to which. Of several programs that do so
// at once one works and the others wait for it.
func MigratePostgres(ctx context.Context, address string) (from, to int64, err error) {
	p, err := dialPostgres(address)
	if err != nil {
		return 0, 0, err
	}
	defer p.read.Close()
	defer p.write.Close()
	one, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return 0, 0, err
	}
	if from, to, err = p.schema(ctx); err != nil {
		return 0, 0, err
	}
	if from > to {
		return from, to, tooNew(from, to)
	}
	m, _, err := migrator(goose.DialectPostgres, p.write, "migrations/postgres", goose.WithSessionLocker(one))
	if err != nil {
		return from, to, err
	}
	_, err = m.Up(ctx)
	return from, to, postgresSentence(err)
}

func dialPostgres(address string) (*postgres, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, &ledger.Error{Code: ledger.CodeInvalid, Text: "Адрес базы данных не понят: нужен вид postgres://имя:пароль@узел:порт/база."} // the cause would show the password
	}
	for name, value := range map[string]string{
		"application_name":                "perechen",
		"jit":                             "off", // pages ask short questions: to compile them, or to begin helpers, takes longer than the answer
		"max_parallel_workers_per_gather": "0",
		"lock_timeout":                    "30s",
		"statement_timeout":               "0",
		// A node whose machine was lost must not keep a log locked until TCP's own two hours are over.
		"tcp_keepalives_idle":           "20",
		"tcp_keepalives_interval":       "5",
		"tcp_keepalives_count":          "4",
		"tcp_user_timeout":              "40000",
		"client_min_messages":           "warning",
		"default_transaction_isolation": "repeatable read",
	} {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	if config.ValidateConnect == nil { // after a failover the old address may lead to a standby
		config.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	open := func(connections int) *pool {
		db := stdlib.OpenDB(*config.Copy())
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		db.SetConnMaxIdleTime(5 * time.Minute)
		return &pool{DB: db}
	}
	return &postgres{config: config, read: open(postgresReaders), write: open(postgresWriters), patience: 15 * time.Second}, nil
}

// schema tells the number of the database's newest migration, 0 for none, and of the newest that this program knows.
func (p *postgres) schema(ctx context.Context) (have, newest int64, err error) {
	_, newest, err = migrator(goose.DialectPostgres, p.read, "migrations/postgres")
	if err != nil {
		return 0, 0, err
	}
	err = p.read.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&have)
	var e *pgconn.PgError
	if errors.As(err, &e) && e.Code == "42P01" { // no such table
		return 0, newest, nil
	}
	return have, newest, postgresSentence(err)
}

// queues lets one writer of this program at a time wait for a log, so that the others do not hold connections meanwhile.
type queues struct {
	mu   sync.Mutex
	held map[string]*queue
}

type queue struct {
	turn    chan struct{}
	waiting int
}

// enter waits for its turn at a name and returns what ends it.
func (q *queues) enter(ctx context.Context, name string) (leave func(), err error) {
	q.mu.Lock()
	if q.held == nil {
		q.held = map[string]*queue{}
	}
	one := q.held[name]
	if one == nil {
		one = &queue{turn: make(chan struct{}, 1)}
		q.held[name] = one
	}
	one.waiting++
	q.mu.Unlock()
	gone := func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if one.waiting--; one.waiting == 0 {
			delete(q.held, name)
		}
	}
	select {
	case one.turn <- struct{}{}:
		return func() {
			<-one.turn
			gone()
		}, nil
	case <-ctx.Done():
		gone()
		return nil, ctx.Err()
	}
}
