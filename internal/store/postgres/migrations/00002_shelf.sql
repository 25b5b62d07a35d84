-- What a folding leaves for the next one (letopis.Shelf), so that only what changed
-- is folded.

-- +goose Up
ALTER TABLE document ADD COLUMN note BYTEA, ADD COLUMN keys BYTEA;
CREATE TABLE changed (               -- documents added or read anew since the last folding, perhaps twice
  n   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  doc TEXT COLLATE "C" NOT NULL
);
CREATE TABLE filed (
  key BIGINT NOT NULL, doc TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (key, doc)
);
ALTER TABLE entry ADD COLUMN block BIGINT NOT NULL DEFAULT 0;
CREATE INDEX entry_block ON entry (block);
UPDATE meta SET value = '' WHERE key = 'folded';
INSERT INTO meta VALUES ('shelf', ''), ('memo', '');

-- +goose Down
UPDATE meta SET value = '' WHERE key = 'folded';
