-- The chronicle: all of it derived from records and claims.

-- +goose Up
CREATE TABLE entry (
  n        INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  first    TEXT NOT NULL,        -- Entry.Days; '~' sorts the unknown last
  last     TEXT NOT NULL,
  ord      TEXT NOT NULL,        -- Entry.Order, among entries of the same days
  code     TEXT NOT NULL,
  quad     INTEGER NOT NULL,
  modality TEXT NOT NULL,
  recalled INTEGER NOT NULL,
  origins  INTEGER NOT NULL,
  reports  INTEGER NOT NULL,
  body     BLOB NOT NULL         -- JSON
);
CREATE INDEX entry_time ON entry (first, last, ord);
CREATE INDEX entry_code ON entry (code, first);
CREATE TABLE entry_dyad (        -- countries that face each other, a <= b
  a TEXT NOT NULL, b TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (a, b, n)
) WITHOUT ROWID;
CREATE INDEX entry_dyad_n ON entry_dyad (n);
CREATE TABLE entry_key (         -- other exact keys: country, knowledge base id, document, language
  kind TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (kind, key, n)
) WITHOUT ROWID;
CREATE INDEX entry_key_n ON entry_key (n);
-- Words come folded from Go (letopis.Terms): SQLite folds ASCII only.
CREATE VIRTUAL TABLE entry_fts USING fts5 (
  names, contents,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO meta VALUES ('folded', '');
PRAGMA user_version = 2;

-- +goose Down
DELETE FROM meta WHERE key = 'folded';
DROP TABLE entry_fts;
DROP TABLE entry_key;
DROP TABLE entry_dyad;
DROP TABLE entry;
