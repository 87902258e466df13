-- +goose Up
-- What the program does by itself, on whichever node: when each job was done last, and which node is at it. Times are
-- microseconds since 1970, UTC; 0 is never.
CREATE TABLE job (
    name     TEXT PRIMARY KEY,
    last     INTEGER NOT NULL, -- the last run that was done began
    good     INTEGER NOT NULL, -- the last one that ended well
    tried    INTEGER NOT NULL, -- the last attempt
    tries    INTEGER NOT NULL, -- attempts in vain since
    fault    TEXT NOT NULL,
    asked    INTEGER NOT NULL, -- somebody waits for it since
    asked_by TEXT NOT NULL, -- account
    holder   TEXT NOT NULL, -- the run that has the lease
    lease    INTEGER NOT NULL, -- until when
    phase    TEXT NOT NULL, -- how far it is
    done     INTEGER NOT NULL,
    total    INTEGER NOT NULL
);

-- Runs that are worth being looked at later: backups and drills.
CREATE TABLE job_run (
    id     INTEGER PRIMARY KEY,
    job    TEXT NOT NULL,
    began  INTEGER NOT NULL,
    ended  INTEGER NOT NULL,
    asker  TEXT NOT NULL, -- account; empty: it was its time
    node   TEXT NOT NULL,
    ok     INTEGER NOT NULL,
    text   TEXT NOT NULL,
    facts  TEXT NOT NULL -- JSON
);

CREATE INDEX job_run_job ON job_run (job, id);

-- A migration that programs of earlier schemas cannot work with puts the number of the oldest schema whose programs can
-- here. They step aside then; otherwise they go on until they are replaced.
CREATE TABLE schema_floor (
    least INTEGER NOT NULL
);
