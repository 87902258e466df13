-- +goose Up
-- The same tables as in SQLite. Every row that belongs to entry n of body b has id = b * 2^40 + n: dense, in the order of
-- the log, and the same after a rebuild.

CREATE TABLE body (
    id   BIGINT PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL UNIQUE
);

-- The newest head of each log. signed is the checkpoint that was signed when the head was written. Whoever writes to a log
-- holds this row (FOR UPDATE).
CREATE TABLE head (
    body     BIGINT PRIMARY KEY REFERENCES body (id),
    n        BIGINT NOT NULL,
    time     BIGINT NOT NULL, -- microseconds since 1970, UTC
    root     BYTEA  NOT NULL,
    signed   TEXT   NOT NULL,
    erasures BIGINT NOT NULL
) WITH (fillfactor = 50); -- rewritten by every append: leave room for it on the page

-- The log: the leaf as hashed (docs/format.md). It says everything but the content.
CREATE TABLE entry (
    id   BIGINT PRIMARY KEY,
    leaf BYTEA NOT NULL
);

-- What leaves commit to. An erasure deletes the row; an exclusion has empty content.
CREATE TABLE content (
    id      BIGINT PRIMARY KEY,
    salt    BYTEA NOT NULL,
    content BYTEA NOT NULL
);

-- Derived from here on: perechen rebuild makes it again.

-- The hashes of the tree that each entry completes, from its leaf upwards, 32 bytes each.
CREATE TABLE node (
    id     BIGINT PRIMARY KEY,
    hashes BYTEA NOT NULL
);

-- Which subject each entry began a version of, and the entry before which that version ends (2^63-1: in force). The
-- register at entry n is the versions with id up to n and until > n.
CREATE TABLE version (
    id    BIGINT PRIMARY KEY,
    body  BIGINT NOT NULL,
    kind  TEXT COLLATE "C" NOT NULL,
    key   TEXT COLLATE "C" NOT NULL,
    until BIGINT NOT NULL
);

CREATE INDEX version_key ON version (body, kind, key);

-- Words and stems of versions, by version id. Lexemes begin with the body's number, so that a search costs what its body
-- costs, however many there are: «17/слово», and for a stem «17/<U+E000>стем». The words of a very long text stand in
-- several rows.
CREATE TABLE search (
    id    BIGINT   NOT NULL,
    terms TSVECTOR NOT NULL
);

CREATE INDEX search_id ON search (id);
CREATE INDEX search_terms ON search USING gin (terms);

-- +goose StatementBegin
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION erased_by_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM version
        WHERE body = old.id >> 40 AND kind = 'erasure' AND key = CAST(old.id & 1099511627775 AS TEXT)
    ) THEN
        RAISE EXCEPTION 'content is deleted only by an erasure that the log records' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN old;
END $$;
-- +goose StatementEnd

CREATE TRIGGER entry_update BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER entry_truncate BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER content_update BEFORE UPDATE ON content FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER content_truncate BEFORE TRUNCATE ON content FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER content_delete BEFORE DELETE ON content FOR EACH ROW EXECUTE FUNCTION erased_by_the_log();
CREATE TRIGGER node_update BEFORE UPDATE ON node FOR EACH ROW EXECUTE FUNCTION append_only();
