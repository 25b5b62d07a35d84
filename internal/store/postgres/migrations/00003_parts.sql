-- A folding is done in parts, the earliest documents first: each is a transaction,
-- and what is left to do stands here.

-- +goose Up
DROP TABLE changed;
CREATE TABLE changed (               -- documents added or read anew since the last folding, perhaps twice
  n   BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  doc TEXT COLLATE "C" NOT NULL,
  day TEXT COLLATE "C" NOT NULL      -- of publication, '~' where it is unknown
);
CREATE INDEX changed_day ON changed (day, doc);
CREATE TABLE touched (               -- blocks whose entries are to be folded
  block BIGINT PRIMARY KEY
);
UPDATE meta SET value = '' WHERE key IN ('folded', 'shelf'); -- notes hold more now

-- +goose Down
UPDATE meta SET value = '' WHERE key = 'folded';
