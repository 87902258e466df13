-- +goose Up
-- Checkpoints as they were signed while the logs grew: whoever cuts or rewrites a log later contradicts them.
CREATE TABLE checkpoint (
    body   INTEGER NOT NULL REFERENCES body (id),
    n      INTEGER NOT NULL,
    kept   INTEGER NOT NULL, -- microseconds since 1970, UTC
    signed TEXT NOT NULL,
    PRIMARY KEY (body, n)
);
