-- +goose Up
-- Every row that belongs to entry n of body b has id = b * 2^40 + n: dense, in the order of the log, and the same after a
-- rebuild.

CREATE TABLE body (
    id   INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE
);

-- The newest head of each log. signed is the checkpoint that was signed when the head was written.
CREATE TABLE head (
    body     INTEGER PRIMARY KEY REFERENCES body (id),
    n        INTEGER NOT NULL,
    time     INTEGER NOT NULL, -- microseconds since 1970, UTC
    root     BLOB    NOT NULL,
    signed   TEXT    NOT NULL,
    erasures INTEGER NOT NULL
);

-- The log: the leaf as hashed (docs/format.md). It says everything but the content.
CREATE TABLE entry (
    id   INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL
);

-- What leaves commit to. An erasure deletes the row; an exclusion has empty content.
CREATE TABLE content (
    id      INTEGER PRIMARY KEY,
    salt    BLOB NOT NULL,
    content BLOB NOT NULL
);

-- Derived from here on: perechen rebuild makes it again.

-- The hashes of the tree that each entry completes, from its leaf upwards, 32 bytes each.
CREATE TABLE node (
    id     INTEGER PRIMARY KEY,
    hashes BLOB NOT NULL
);

-- Which subject each entry began a version of, and the entry before which that version ends (2^63-1: in force). The
-- register at entry n is the versions with id up to n and until > n.
CREATE TABLE version (
    id    INTEGER PRIMARY KEY,
    body  INTEGER NOT NULL,
    kind  TEXT    NOT NULL,
    key   TEXT    NOT NULL,
    until INTEGER NOT NULL
);

CREATE INDEX version_key ON version (body, kind, key);

-- Words and stems of versions, by version id, folded and separated by spaces. A stem has U+E000 before it. The tokenizer
-- takes every letter beyond ASCII for part of a word.
CREATE VIRTUAL TABLE search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- +goose StatementBegin
CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER entry_delete BEFORE DELETE ON entry BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER content_update BEFORE UPDATE ON content BEGIN
    SELECT raise(ABORT, 'the log is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER content_delete BEFORE DELETE ON content
WHEN NOT EXISTS (
    SELECT 1 FROM version
    WHERE body = old.id >> 40 AND kind = 'erasure' AND key = CAST(old.id & 1099511627775 AS TEXT)
)
BEGIN
    SELECT raise(ABORT, 'content is deleted only by an erasure that the log records');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER node_update BEFORE UPDATE ON node BEGIN
    SELECT raise(ABORT, 'the tree is append-only');
END;
-- +goose StatementEnd
