-- +goose Up
-- The same columns and tables as in SQLite.
-- The transaction that wrote a head last, so that a node finds those that moved without looking at all. The database sets it,
-- whoever writes. Transactions are not committed in the order of their numbers: a reader asks from the oldest that was still
-- under way when it looked the last time (pg_snapshot_xmin).
ALTER TABLE head ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;

-- +goose StatementBegin
CREATE FUNCTION head_moves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    new.moved := CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT);
    RETURN new;
END $$;
-- +goose StatementEnd

CREATE TRIGGER head_moves BEFORE INSERT OR UPDATE ON head FOR EACH ROW EXECUTE FUNCTION head_moves();
CREATE INDEX head_moved ON head (moved);

-- What the program has still to make anew of what an older one wrote. names: words by which bodies and people's appointments
-- are found in all bodies; in the search index their lexemes have no number before the slash.
CREATE TABLE renewal (
    what TEXT COLLATE "C" PRIMARY KEY
);

INSERT INTO renewal (what) VALUES ('names');
