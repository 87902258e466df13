-- +goose Up
-- What people are told, and which of it goes out by mail. Written in the transaction of the event. Times are microseconds
-- since 1970, UTC; 0 is never.

CREATE TABLE notice (
    id      INTEGER PRIMARY KEY,
    account TEXT    NOT NULL,
    event   TEXT    NOT NULL, -- nobody is told twice of one event
    body    TEXT    NOT NULL, -- address of the body
    kind    TEXT    NOT NULL,
    text    TEXT    NOT NULL,
    href    TEXT    NOT NULL,
    created INTEGER NOT NULL,
    seen    INTEGER NOT NULL,

    mail  INTEGER NOT NULL, -- 0 not to be sent, 1 waits, 2 sent, 3 given up
    due   INTEGER NOT NULL, -- not to be sent before
    batch TEXT    NOT NULL, -- the message that carries it, once it was tried
    tries INTEGER NOT NULL,
    lease INTEGER NOT NULL, -- until when a node is sending it
    fault TEXT    NOT NULL, -- what the mail server said last
    UNIQUE (account, event)
);

CREATE INDEX notice_account ON notice (account, seen, id);
CREATE INDEX notice_mail ON notice (mail, due);

-- How a person wants mail: «now», «daily», «none». Without a row: «now».
CREATE TABLE mail_mode (
    account TEXT PRIMARY KEY,
    mode    TEXT NOT NULL
);
