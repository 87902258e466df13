-- +goose Up
-- The first page of each body as it was last sent to passers-by, so that a start need not read the register for it. It is
-- made anew whenever it is not the one that is asked for, and goes with every erasure.

CREATE TABLE front (
    body INTEGER PRIMARY KEY,
    key  TEXT NOT NULL, -- digest of everything that the page depends on
    page BLOB NOT NULL  -- gzip
);
