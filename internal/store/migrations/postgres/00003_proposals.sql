-- +goose Up
-- What people want changed in a register, before it comes into the log. facts is the rest of the proposal as JSON; what a
-- list is picked by has columns of its own.
CREATE TABLE proposal (
    id         TEXT COLLATE "C" PRIMARY KEY,
    body       BIGINT  NOT NULL REFERENCES body (id),
    department TEXT    NOT NULL,
    author     TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    version    BIGINT  NOT NULL,
    updated    BIGINT  NOT NULL, -- microseconds since 1970, UTC
    facts      TEXT    NOT NULL
);

CREATE INDEX proposal_body ON proposal (body, state, updated);

-- The contents a proposal has had, each as hashed.
CREATE TABLE proposal_version (
    proposal  TEXT    NOT NULL REFERENCES proposal (id),
    version   BIGINT  NOT NULL,
    saver     TEXT    NOT NULL,
    saved     BIGINT  NOT NULL, -- microseconds since 1970, UTC
    submitted BIGINT  NOT NULL, -- 1: others have seen it
    hash      TEXT    NOT NULL,
    content   BYTEA   NOT NULL,
    PRIMARY KEY (proposal, version)
);
