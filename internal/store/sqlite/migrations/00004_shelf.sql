-- What a folding leaves for the next one (letopis.Shelf), so that only what changed
-- is folded. Documents have rows of their own kind now: a row with a large blob in a
-- table without rowid makes every search in it slow.

-- +goose Up
CREATE TABLE document2 (
  num     INTEGER PRIMARY KEY,
  doc     TEXT NOT NULL UNIQUE,
  n       INTEGER NOT NULL REFERENCES record (n),
  lang    TEXT NOT NULL,
  first   TEXT NOT NULL,         -- day of publication, '~' where it is unknown
  last    TEXT NOT NULL,
  version TEXT NOT NULL,         -- of the folder that made the digest
  digest  BLOB NOT NULL,         -- zstd
  note    BLOB,                  -- of Shelf.File, zstd
  keys    BLOB                   -- under which it is filed: eight bytes each
);
INSERT INTO document2 (doc, n, lang, first, last, version, digest) SELECT doc, n, lang, first, last, '', x'' FROM document ORDER BY doc;
DROP TABLE document;
ALTER TABLE document2 RENAME TO document;
CREATE TABLE changed (           -- documents added or read anew since the last folding, perhaps twice
  n   INTEGER PRIMARY KEY,
  doc TEXT NOT NULL
);
CREATE TABLE filed (
  key INTEGER NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (key, doc)
) WITHOUT ROWID;
ALTER TABLE entry ADD COLUMN block INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_block ON entry (block);
UPDATE meta SET value = '' WHERE key = 'folded';
INSERT INTO meta VALUES ('shelf', ''), ('memo', '');
PRAGMA user_version = 4;

-- +goose Down
UPDATE meta SET value = '' WHERE key = 'folded';
