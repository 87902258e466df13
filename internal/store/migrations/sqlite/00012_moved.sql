-- +goose Up
-- Heads are numbered in the order in which they were written, so that a node finds those that moved without looking at all.
-- The database does it, whoever writes.
ALTER TABLE head ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;

-- +goose StatementBegin
CREATE TRIGGER head_insert AFTER INSERT ON head BEGIN
    UPDATE head SET moved = (SELECT max(moved) + 1 FROM head) WHERE body = new.body;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER head_update AFTER UPDATE OF n, time, root, signed, erasures ON head BEGIN
    UPDATE head SET moved = (SELECT max(moved) + 1 FROM head) WHERE body = new.body;
END;
-- +goose StatementEnd

CREATE INDEX head_moved ON head (moved);

-- What the program has still to make anew of what an older one wrote. names: words by which bodies and people's appointments
-- are found in all bodies; in the search index their terms have no number before the mark of a body.
CREATE TABLE renewal (
    what TEXT PRIMARY KEY
);

INSERT INTO renewal (what) VALUES ('names');
