-- +goose Up
-- What people want changed in a register, before it comes into the log. facts is the rest of the proposal as JSON; what a
-- list is picked by has columns of its own.
CREATE TABLE proposal (
    id         TEXT    PRIMARY KEY,
    body       INTEGER NOT NULL REFERENCES body (id),
    department TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    version    INTEGER NOT NULL,
    updated    INTEGER NOT NULL, -- microseconds since 1970, UTC
    facts      TEXT    NOT NULL
);

CREATE INDEX proposal_body ON proposal (body, state, updated);

-- The contents a proposal has had, each as hashed.
CREATE TABLE proposal_version (
    proposal  TEXT    NOT NULL REFERENCES proposal (id),
    version   INTEGER NOT NULL,
    saver     TEXT    NOT NULL,
    saved     INTEGER NOT NULL, -- microseconds since 1970, UTC
    submitted INTEGER NOT NULL, -- 1: others have seen it
    hash      TEXT    NOT NULL,
    content   BLOB    NOT NULL,
    PRIMARY KEY (proposal, version)
);
