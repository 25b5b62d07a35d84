package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"time"

	"letopis"
	"letopis/internal/chronicle"
)

// Folder makes the chronicle out of records; a store calls it, and need not know how
// entries are found. [chronicle.Folder] is the one of the program.
type Folder interface {
	// Version names the rules of Digest and Fold. What another version made is made again.
	Version() string
	// Digest returns what Fold needs of one record. It is kept beside the record.
	Digest(r *letopis.Record) ([]byte, error)
	// Fold does a part of bringing the entries up to date with the documents that are
	// pending and with the claims, which are all that there are, and reports whether
	// more is left. Each part is a transaction.
	Fold(ctx context.Context, b chronicle.Blocks, claims []letopis.Claim) (more bool, err error)
}

// foldPause is how long a folding stays away from the database between two parts, so
// that a program that waits to add finds it free: SQLite knows no queue.
const foldPause = 20 * time.Millisecond

// refresh folds the entries again where records or claims have come since, and
// returns the store in which the entries are: s, or its temporary one.
func (s *SQL) refresh(ctx context.Context) (*SQL, error) {
	s.fold.Lock()
	defer s.fold.Unlock()
	changes, folded, err := s.state(ctx, s.r)
	if err != nil {
		return nil, s.d.Wrap("read "+s.name, err)
	}
	if folded == s.mark(changes) {
		return s, nil
	}
	to := s
	if s.w == nil {
		if to, err = s.mirror(ctx); err != nil {
			return nil, s.d.Wrap("fold "+s.name, err)
		}
	}
	return to, s.d.Wrap("fold "+s.name, to.foldParts(ctx, false))
}

// Rebuild makes all digests and entries again from the records.
func (s *SQL) Rebuild(ctx context.Context) error {
	s.fold.Lock()
	defer s.fold.Unlock()
	if s.w == nil {
		return s.d.Wrap("rebuild "+s.name, errReadOnly)
	}
	return s.d.Wrap("rebuild "+s.name, s.foldParts(ctx, true))
}

// foldParts brings the entries up to date with what changed, each part of the work
// in a transaction of its own: killed, it goes on where it was, and two programs
// that fold share the work. all makes everything anew.
func (s *SQL) foldParts(ctx context.Context, all bool) error {
	for {
		more := false
		err := s.d.Retry(ctx, func() (err error) {
			more, err = s.foldPart(ctx, all)
			return err
		})
		if err != nil || !more {
			return err
		}
		all = false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(foldPause):
		}
	}
}

func (s *SQL) foldPart(ctx context.Context, all bool) (more bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if err := s.d.LockFold(ctx, tx); err != nil {
			return err
		}
		changes, folded, err := s.state(ctx, tx)
		if err != nil || folded == s.mark(changes) && !all {
			return err // another process has folded it meanwhile
		}
		x := &blocks{s: s, tx: tx, w: s.writer(ctx, tx)}
		defer x.close()
		if err := x.ready(ctx, all); err != nil {
			return err
		}
		claims, err := readClaims(ctx, tx)
		if err != nil {
			return err
		}
		if more, err = s.p.folder.Fold(ctx, x, claims); err != nil {
			return err
		}
		if err := x.flush(ctx); err != nil || more {
			return err
		}
		return s.setMeta(ctx, tx, "folded", s.mark(changes))
	})
	return more, err
}

func (s *SQL) state(ctx context.Context, db querier) (changes int, folded string, err error) {
	err = db.QueryRowContext(ctx, "SELECT (SELECT value FROM meta WHERE key = 'changes'), (SELECT value FROM meta WHERE key = 'folded')").Scan(&changes, &folded)
	return changes, folded, err
}

// mark names a state of the entries: who folded them, out of how many changes.
func (s *SQL) mark(changes int) string { return s.p.folder.Version() + "@" + strconv.Itoa(changes) }

func (s *SQL) meta(ctx context.Context, db querier, key string) (value string, err error) {
	err = db.QueryRowContext(ctx, s.d.Rebind("SELECT value FROM meta WHERE key = ?"), key).Scan(&value)
	return value, err
}

func (s *SQL) setMeta(ctx context.Context, tx *sql.Tx, key, value string) error {
	_, err := tx.ExecContext(ctx, s.d.Rebind("UPDATE meta SET value = ? WHERE key = ?"), value, key)
	return err
}

// mirrorPart is how many documents are copied at a time into a temporary store.
const mirrorPart = 1024

// mirror returns the temporary store of a database that cannot be written, with the
// digests and claims that are in the database now: there they are folded as anywhere.
// Its records have no text; digests of another version are made of those of s.
func (s *SQL) mirror(ctx context.Context) (*SQL, error) {
	if s.own == nil {
		var err error
		if s.own, err = s.scratch(ctx); err != nil {
			return nil, err
		}
	}
	to := s.own
	from, err := s.r.BeginTx(ctx, s.d.Snapshot())
	if err != nil {
		return nil, err
	}
	defer from.Rollback()
	changes, _, err := s.state(ctx, from)
	if err != nil {
		return nil, err
	}
	have, _, err := to.state(ctx, to.r)
	if err != nil || have == changes {
		return to, err
	}
	return to, to.write(ctx, func(tx *sql.Tx) error {
		if err := s.copyDocuments(ctx, from, to, tx); err != nil {
			return err
		}
		claims, err := readClaims(ctx, from)
		if err != nil {
			return err
		}
		for _, c := range claims {
			if _, err := to.putClaim(ctx, tx, c); err != nil {
				return err
			}
		}
		return to.setMeta(ctx, tx, "changes", strconv.Itoa(changes))
	})
}

// copyDocuments puts the digests of all current records into another store. Those that
// it has already stay as they are.
func (s *SQL) copyDocuments(ctx context.Context, from *sql.Tx, to *SQL, tx *sql.Tx) error {
	version := s.p.folder.Version()
	rows, err := from.QueryContext(ctx, s.d.Rebind(`SELECT d.doc, r.reading, d.lang, d.first, d.last, CASE WHEN d.version = ? THEN d.digest END, CASE WHEN d.version = ? THEN NULL ELSE r.body END
		FROM document d JOIN record r USING (n) ORDER BY d.doc`), version, version)
	if err != nil {
		return err
	}
	defer rows.Close()
	part := make([]Packed, 0, mirrorPart)
	put := func() error {
		_, err := to.d.Put(ctx, tx, part, version)
		part = part[:0]
		return err
	}
	for rows.Next() {
		p := Packed{Body: []byte{}}
		var body []byte
		if err := rows.Scan(&p.Doc, &p.Reading, &p.Lang, &p.First, &p.Last, &p.Digest, &body); err != nil {
			return err
		}
		if body != nil {
			r, err := s.p.record(p.Doc, body)
			if err != nil {
				return err
			}
			if p.Digest, err = s.p.digest(r); err != nil {
				return err
			}
		}
		if part = append(part, p); len(part) == mirrorPart {
			if err := put(); err != nil {
				return err
			}
		}
	}
	return errors.Join(rows.Err(), put())
}
