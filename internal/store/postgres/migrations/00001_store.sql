-- The layout is that of SQLite (see ../sqlite/migrations) in one step; text is
-- ordered by its bytes, as there.

-- +goose Up
CREATE TABLE record (
  n       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order of coming
  doc     TEXT COLLATE "C" NOT NULL,
  reading TEXT COLLATE "C" NOT NULL, -- hash of Record.Reading
  body    BYTEA NOT NULL,            -- JSON, zstd
  UNIQUE (doc, reading)
);
ALTER TABLE record ALTER COLUMN body SET STORAGE EXTERNAL; -- it is compressed already
CREATE TABLE document (
  doc     TEXT COLLATE "C" PRIMARY KEY,
  n       BIGINT NOT NULL REFERENCES record (n),
  lang    TEXT COLLATE "C" NOT NULL,
  first   TEXT COLLATE "C" NOT NULL, -- day of publication, '~' where it is unknown
  last    TEXT COLLATE "C" NOT NULL,
  digest  BYTEA NOT NULL,
  version TEXT NOT NULL              -- of the folder that made the digest
);
ALTER TABLE document ALTER COLUMN digest SET STORAGE EXTERNAL;
CREATE TABLE claim (
  n    BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at   TEXT COLLATE "C" NOT NULL,    -- UTC, fixed width
  body TEXT NOT NULL,                -- JSON
  sum  TEXT GENERATED ALWAYS AS (md5(body)) STORED UNIQUE
);
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
INSERT INTO meta VALUES ('changes', '0'), ('folded', '');
CREATE TABLE entry (
  n        BIGINT PRIMARY KEY,       -- store.Number of the first day, then a number among those of the day
  id       TEXT COLLATE "C" NOT NULL UNIQUE,
  last     TEXT COLLATE "C" NOT NULL,
  ord      TEXT COLLATE "C" NOT NULL,
  origins  BIGINT NOT NULL,
  reports  BIGINT NOT NULL,
  sum      BIGINT NOT NULL,
  body     BYTEA NOT NULL,
  words    TSVECTOR NOT NULL DEFAULT ''
);
ALTER TABLE entry ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX entry_words ON entry USING gin (words);

-- +goose Down
DROP TABLE entry;
DROP TABLE meta;
DROP TABLE claim;
DROP TABLE document;
DROP TABLE record;
