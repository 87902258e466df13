-- +goose Up
-- People: who can sign in, and from where they did. Times are microseconds since 1970, UTC; flags are 0 and 1.

CREATE TABLE account (
    id       TEXT    PRIMARY KEY, -- «u-…», which the logs call the person
    login    TEXT    NOT NULL UNIQUE, -- folded
    name     TEXT    NOT NULL,
    email    TEXT    NOT NULL,
    admin    INTEGER NOT NULL,
    blocked  INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    password TEXT    NOT NULL -- argon2id; empty: cannot sign in
);

-- token is the SHA-256 of what the cookie carries.
CREATE TABLE session (
    token   BLOB    PRIMARY KEY,
    id      TEXT    NOT NULL UNIQUE, -- by which pages name it
    account TEXT    NOT NULL REFERENCES account (id),
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    agent   TEXT    NOT NULL,
    address TEXT    NOT NULL
);

CREATE INDEX session_account ON session (account);

-- Browsers that have signed in to an account before: their guesses are counted apart.
CREATE TABLE device (
    token   BLOB    NOT NULL, -- SHA-256
    account TEXT    NOT NULL REFERENCES account (id),
    seen    INTEGER NOT NULL,
    PRIMARY KEY (token, account)
);

-- Sign-ins in vain, by login, device or address.
CREATE TABLE guess (
    key    TEXT    PRIMARY KEY,
    failed INTEGER NOT NULL,
    last   INTEGER NOT NULL
);

CREATE INDEX guess_last ON guess (last);

-- Who tried what: sign-ins, acts of administrators, what was refused. It holds no passwords and no contents of forms.
CREATE TABLE audit (
    id      INTEGER PRIMARY KEY,
    time    INTEGER NOT NULL,
    account TEXT    NOT NULL,
    action  TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    object  TEXT    NOT NULL,
    detail  TEXT    NOT NULL,
    address TEXT    NOT NULL
);

CREATE INDEX audit_time ON audit (time);
CREATE INDEX audit_account ON audit (account, id);
