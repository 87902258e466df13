package store

import "context"

// A Schema says how a database and this program stand to one another.
type Schema struct {
	Have  int64 // number of the database's newest migration
	Known int64 // of the newest that this program knows
	Least int64 // programs that know less cannot work with the database any more
}

// Behind tells whether the program must step aside: the database has gone where it cannot follow.
func (s Schema) Behind() bool { return s.Least > s.Known }

// Schema looks at the database's schema as it is now: another node may have brought it forward while this one was running.
func (s *Store) Schema(ctx context.Context) (all Schema, err error) {
	dir := "migrations/sqlite"
	if _, ok := s.engine.(*postgres); ok {
		dir = "migrations/postgres"
	}
	if _, all.Known, err = migrationsIn(dir); err != nil {
		return all, err
	}
	err = s.view(ctx, func(v *view) error {
		if err := v.row(ctx, `SELECT coalesce(max(version_id), 0) FROM goose_db_version`)(&all.Have); err != nil {
			return err
		}
		return v.row(ctx, `SELECT coalesce(max(least), 0) FROM schema_floor`)(&all.Least)
	})
	return all, err
}
