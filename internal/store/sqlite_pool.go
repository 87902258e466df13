package store

import (
	"context"
	"database/sql"
	"sync"
	"time"
)

// A pool is connections with the statements that were prepared on them. Our statements are a fixed set, and to read one
// costs SQLite more than to run it.
type pool struct {
	*sql.DB
	mu    sync.Mutex
	stmts map[string]*sql.Stmt
}

func openPool(dsn string, connections int) (*pool, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(2 * time.Minute) // with their page caches: an idle server should be small
	return &pool{DB: db, stmts: map[string]*sql.Stmt{}}, nil
}

func (p *pool) kept(query string) *sql.Stmt {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stmts[query]
}

// keep prepares a statement for later transactions. It needs a connection, so it must not run inside a transaction. That
// it fails is no loss: the next transaction prepares the statement for itself.
func (p *pool) keep(ctx context.Context, query string) {
	if p.kept(query) != nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 50*time.Millisecond) // not worth waiting for another's long transaction
	defer cancel()
	s, err := p.PrepareContext(ctx, query)
	if err != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stmts[query] != nil { // somebody was quicker
		s.Close()
		return
	}
	p.stmts[query] = s
}

// prepared gives the statement for use in the session's transaction.
func (s *sqliteSession) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if st, ok := s.stmts[query]; ok {
		return st, nil
	}
	var st *sql.Stmt
	if kept := s.pool.kept(query); kept != nil {
		st = s.tx.StmtContext(ctx, kept)
	} else {
		// Only in this transaction, because the pool may have no other connection to prepare it on.
		var err error
		if st, err = s.tx.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		s.fresh = append(s.fresh, query)
	}
	if s.stmts == nil {
		s.stmts = map[string]*sql.Stmt{}
	}
	s.stmts[query] = st
	return st, nil
}

// end ends the transaction if it is not committed, and keeps its statements for the next.
func (s *sqliteSession) end(ctx context.Context) {
	s.tx.Rollback() //nolint:errcheck // after a commit it does nothing; else the error that led here says more
	for _, q := range s.fresh {
		s.pool.keep(ctx, q)
	}
}
