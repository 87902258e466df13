-- +goose Up
-- Files as they were issued, by the SHA-256 of their bytes in hex. What a file is, the log says.
CREATE TABLE file (
    body    INTEGER NOT NULL REFERENCES body (id),
    sha256  TEXT    NOT NULL,
    content BLOB    NOT NULL,
    PRIMARY KEY (body, sha256)
);

-- +goose StatementBegin
CREATE TRIGGER file_update BEFORE UPDATE ON file BEGIN
    SELECT raise(ABORT, 'an issued file does not change');
END;
-- +goose StatementEnd

-- The edition that an officer has prepared and nobody has approved yet: at most one for each body. facts is JSON.
CREATE TABLE prepared_edition (
    body  INTEGER PRIMARY KEY REFERENCES body (id),
    facts TEXT NOT NULL
);
