-- +goose Up
-- Whether the points of a body are looked at, and what was seen of each. facts is JSON.
CREATE TABLE health_setting (
    body  BIGINT PRIMARY KEY REFERENCES body (id),
    facts TEXT NOT NULL
);

CREATE TABLE point_health (
    body  BIGINT NOT NULL REFERENCES body (id),
    point TEXT COLLATE "C" NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (body, point)
);
