-- +goose Up
-- Files as they were issued, by the SHA-256 of their bytes in hex. What a file is, the log says.
CREATE TABLE file (
    body    BIGINT  NOT NULL REFERENCES body (id),
    sha256  TEXT    NOT NULL,
    content BYTEA   NOT NULL,
    PRIMARY KEY (body, sha256)
);

-- +goose StatementBegin
CREATE FUNCTION file_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an issued file does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
-- +goose StatementEnd

CREATE TRIGGER file_update BEFORE UPDATE ON file FOR EACH ROW EXECUTE FUNCTION file_stays();

-- The edition that an officer has prepared and nobody has approved yet: at most one for each body. facts is JSON.
CREATE TABLE prepared_edition (
    body  BIGINT  PRIMARY KEY REFERENCES body (id),
    facts TEXT NOT NULL
);
