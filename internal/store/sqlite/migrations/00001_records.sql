-- Evidence: records and claims. Nothing in these tables is ever changed but
-- document.n, which names the current record of a document, and the digest, which
-- is derived from it.

-- +goose Up
CREATE TABLE record (
  n       INTEGER PRIMARY KEY,   -- in the order of coming
  doc     TEXT NOT NULL,
  reading TEXT NOT NULL,         -- hash of Record.Reading
  body    BLOB NOT NULL,         -- JSON, zstd
  UNIQUE (doc, reading)
);
CREATE TABLE document (
  doc     TEXT PRIMARY KEY,
  n       INTEGER NOT NULL REFERENCES record (n),
  lang    TEXT NOT NULL,
  first   TEXT NOT NULL,         -- day of publication, '~' where it is unknown
  last    TEXT NOT NULL,
  digest  BLOB NOT NULL,
  version TEXT NOT NULL          -- of the folder that made the digest
) WITHOUT ROWID;
CREATE TABLE claim (
  n    INTEGER PRIMARY KEY,
  at   TEXT NOT NULL,            -- UTC, fixed width, so that text order is time order
  body TEXT NOT NULL UNIQUE      -- JSON
);
CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO meta VALUES ('changes', '0');
PRAGMA user_version = 1;

-- +goose Down
DROP TABLE meta;
DROP TABLE claim;
DROP TABLE document;
DROP TABLE record;
