-- +goose Up
-- Lexemes have begun with the number of their body here from the beginning; see the file of the same name for SQLite.
SELECT 1;
