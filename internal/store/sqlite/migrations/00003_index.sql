-- The entries anew, to be read in the order of time: n begins with the day, and one
-- index has all that can be asked for. They are derived and folded again.
-- Digests are compressed from now on, and made again.

-- +goose Up
DROP TABLE entry_fts;
DROP TABLE entry_key;
DROP TABLE entry_dyad;
DROP TABLE entry;
CREATE TABLE entry (
  n        INTEGER PRIMARY KEY,  -- store.Number of the first day, then a number among those of the day
  id       TEXT NOT NULL UNIQUE,
  last     TEXT NOT NULL,        -- last day; '~' where unknown
  ord      TEXT NOT NULL,        -- Entry.Order, among entries of the same days
  origins  INTEGER NOT NULL,
  reports  INTEGER NOT NULL,
  sum      INTEGER NOT NULL,     -- xxh3 of the JSON
  body     BLOB NOT NULL         -- JSON, zstd
);
-- Words come folded from Go (letopis.Terms): SQLite folds ASCII only. keys holds what
-- is looked up whole: countries, pairs, codes, documents.
CREATE VIRTUAL TABLE entry_fts USING fts5 (
  names, contents, keys,
  content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 0'
);
UPDATE document SET version = '';
UPDATE meta SET value = '' WHERE key = 'folded';
PRAGMA user_version = 3;

-- +goose Down
UPDATE meta SET value = '' WHERE key = 'folded';
