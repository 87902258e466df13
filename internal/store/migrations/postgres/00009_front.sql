-- +goose Up
-- The same table as in SQLite.

CREATE TABLE front (
    body BIGINT PRIMARY KEY,
    key  TEXT COLLATE "C" NOT NULL,
    page BYTEA NOT NULL
);
