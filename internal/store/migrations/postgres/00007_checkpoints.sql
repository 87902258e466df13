-- +goose Up
-- The same tables as in SQLite.
-- Checkpoints as they were signed while the logs grew: whoever cuts or rewrites a log later contradicts them.
CREATE TABLE checkpoint (
    body   BIGINT NOT NULL REFERENCES body (id),
    n      BIGINT NOT NULL,
    kept   BIGINT NOT NULL, -- microseconds since 1970, UTC
    signed TEXT NOT NULL,
    PRIMARY KEY (body, n)
);
