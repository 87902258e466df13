-- +goose Up
-- What clients say of points and processes (docs/security.md). The rows have random ids and are kept by them (WITHOUT
-- ROWID), so that no number tells which came first; no moment is in them but the month. facts is JSON. fresh rows are
-- written anew together with others before anybody sees them.

CREATE TABLE opinion (
    body  INTEGER NOT NULL REFERENCES body (id),
    id    TEXT    NOT NULL,
    fresh INTEGER NOT NULL,
    facts TEXT    NOT NULL,
    PRIMARY KEY (body, id)
) WITHOUT ROWID;

-- code is the SHA-256 of what the author keeps.
CREATE TABLE appeal (
    body    INTEGER NOT NULL REFERENCES body (id),
    id      TEXT    NOT NULL,
    fresh   INTEGER NOT NULL,
    code    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    facts   TEXT    NOT NULL,
    PRIMARY KEY (body, id)
) WITHOUT ROWID;

CREATE INDEX appeal_code ON appeal (body, code);

-- Quarters that are summed up: their opinions are gone.
CREATE TABLE feedback_result (
    body    INTEGER NOT NULL REFERENCES body (id),
    quarter TEXT    NOT NULL,
    facts   TEXT    NOT NULL,
    PRIMARY KEY (body, quarter)
) WITHOUT ROWID;

CREATE TABLE survey (
    body  INTEGER NOT NULL REFERENCES body (id),
    id    TEXT    NOT NULL,
    facts TEXT    NOT NULL,
    PRIMARY KEY (body, id)
) WITHOUT ROWID;

-- The marks of one client, or one text (words = 1); nothing ties the two.
CREATE TABLE survey_answer (
    body   INTEGER NOT NULL REFERENCES body (id),
    id     TEXT    NOT NULL,
    fresh  INTEGER NOT NULL,
    survey TEXT    NOT NULL,
    words  INTEGER NOT NULL,
    facts  TEXT    NOT NULL,
    PRIMARY KEY (body, id)
) WITHOUT ROWID;

-- The key that signs open forms; one row.
CREATE TABLE feedback_key (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL
);
