-- +goose Up
-- What clients say of points and processes (docs/security.md). The rows have random ids, so that no number tells which came
-- first; no moment is in them but the month. facts is JSON. fresh rows are written anew together with others before anybody
-- sees them.

CREATE TABLE opinion (
    body  BIGINT NOT NULL REFERENCES body (id),
    id    TEXT COLLATE "C" NOT NULL,
    fresh BIGINT NOT NULL,
    facts TEXT    NOT NULL,
    PRIMARY KEY (body, id)
);

-- code is the SHA-256 of what the author keeps.
CREATE TABLE appeal (
    body    BIGINT NOT NULL REFERENCES body (id),
    id      TEXT COLLATE "C" NOT NULL,
    fresh   BIGINT NOT NULL,
    code    TEXT    NOT NULL,
    version BIGINT NOT NULL,
    facts   TEXT    NOT NULL,
    PRIMARY KEY (body, id)
);

CREATE INDEX appeal_code ON appeal (body, code);

-- Quarters that are summed up: their opinions are gone.
CREATE TABLE feedback_result (
    body    BIGINT NOT NULL REFERENCES body (id),
    quarter TEXT COLLATE "C" NOT NULL,
    facts   TEXT    NOT NULL,
    PRIMARY KEY (body, quarter)
);

CREATE TABLE survey (
    body  BIGINT NOT NULL REFERENCES body (id),
    id    TEXT COLLATE "C" NOT NULL,
    facts TEXT    NOT NULL,
    PRIMARY KEY (body, id)
);

-- The marks of one client, or one text (words = 1); nothing ties the two.
CREATE TABLE survey_answer (
    body   BIGINT NOT NULL REFERENCES body (id),
    id     TEXT COLLATE "C" NOT NULL,
    fresh  BIGINT NOT NULL,
    survey TEXT    NOT NULL,
    words  BIGINT NOT NULL,
    facts  TEXT    NOT NULL,
    PRIMARY KEY (body, id)
);

-- The key that signs open forms; one row.
CREATE TABLE feedback_key (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    key BYTEA NOT NULL
);
