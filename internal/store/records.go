package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"iter"
	"time"

	"letopis"
)

// Put keeps records in one transaction; see [letopis.Store].
func (s *SQL) Put(ctx context.Context, recs ...*letopis.Record) ([]letopis.Outcome, error) {
	if len(recs) == 0 {
		return nil, nil
	}
	items, err := s.p.packAll(recs)
	if err != nil {
		return nil, err
	}
	var outcomes []letopis.Outcome
	err = s.write(ctx, func(tx *sql.Tx) error {
		outcomes = make([]letopis.Outcome, 0, len(items))
		changed := 0
		for _, round := range rounds(items) {
			out, err := s.d.Put(ctx, tx, round, s.p.folder.Version())
			if err != nil {
				return err
			}
			for _, o := range out {
				if o != letopis.Present {
					changed++
				}
			}
			outcomes = append(outcomes, out...)
		}
		return s.countChanges(ctx, tx, changed)
	})
	if err != nil {
		return nil, s.d.Wrap("store in "+s.name, err)
	}
	return outcomes, nil
}

// rounds cuts items where a document comes again, so that no round has one twice.
func rounds(items []Packed) [][]Packed {
	var all [][]Packed
	from, seen := 0, map[string]bool{}
	for i := range items {
		if seen[items[i].Doc] {
			all = append(all, items[from:i])
			from, seen = i, map[string]bool{}
		}
		seen[items[i].Doc] = true
	}
	return append(all, items[from:])
}

// countChanges makes the entries stale where anything changed.
func (s *SQL) countChanges(ctx context.Context, tx *sql.Tx, n int) error {
	if n == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, s.d.Rebind("UPDATE meta SET value = CAST(CAST(value AS BIGINT) + ? AS TEXT) WHERE key = 'changes'"), n)
	return err
}

// errReadOnly is why nothing can be stored in a database that was opened for reading.
var errReadOnly = &letopis.Error{Kind: letopis.Unavailable, Err: errors.New("the chronicle cannot be written: no permission, or a read-only disk")}

// write runs f in one transaction of the writer.
func (s *SQL) write(ctx context.Context, f func(*sql.Tx) error) error {
	if s.w == nil {
		return errReadOnly
	}
	tx, err := s.w.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Has reports whether a document with a reading is there.
func (s *SQL) Has(ctx context.Context, doc letopis.ID, r letopis.Reading) (bool, error) {
	var one int
	err := s.r.QueryRowContext(ctx, s.d.Rebind("SELECT 1 FROM record WHERE doc = ? AND reading = ?"), string(doc), ReadingKey(r)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, s.d.Wrap("look into "+s.name, err)
}

// Get returns the current record of a document.
func (s *SQL) Get(ctx context.Context, doc letopis.ID) (*letopis.Record, error) {
	var body []byte
	err := s.r.QueryRowContext(ctx, s.d.Rebind("SELECT body FROM document JOIN record USING (n) WHERE document.doc = ?"), string(doc)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &letopis.Error{Op: "get " + string(doc), Kind: letopis.NotFound, Err: errors.New("no such document in the chronicle")}
	} else if err != nil {
		return nil, s.d.Wrap("get "+string(doc), err)
	}
	return s.p.record(string(doc), body)
}

// Readings returns all records of a document in the order of coming.
func (s *SQL) Readings(ctx context.Context, doc letopis.ID) ([]*letopis.Record, error) {
	var all []*letopis.Record
	for r, err := range s.records(ctx, "SELECT doc, body FROM record WHERE doc = ? ORDER BY n", string(doc)) {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// Records yields the current records by document id.
func (s *SQL) Records(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Record, error] {
	if err := q.Check(); err != nil {
		return func(yield func(*letopis.Record, error) bool) { yield(nil, err) }
	}
	var c conditions
	if q.Doc != "" {
		c.add("document.doc = ?", string(q.Doc))
	}
	if q.Lang != "" {
		c.add("lang = ?", q.Lang)
	}
	if first, last := q.Span(); first != "" || last != "" {
		c.add("first <> ?", Unknown)
		if first != "" {
			c.add("last >= ?", first)
		}
		if last != "" {
			c.add("first <= ?", last)
		}
	}
	return s.records(ctx, "SELECT document.doc, body FROM document JOIN record USING (n)"+c.where()+" ORDER BY document.doc"+page(&q), c.args...)
}

func (s *SQL) records(ctx context.Context, query string, args ...any) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		rows, err := s.r.QueryContext(ctx, s.d.Rebind(query), args...)
		if err != nil {
			yield(nil, s.d.Wrap("read "+s.name, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var doc string
			var body sql.RawBytes
			if err := rows.Scan(&doc, &body); err != nil {
				yield(nil, s.d.Wrap("read "+s.name, err))
				return
			}
			if !yield(s.p.record(doc, body)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, s.d.Wrap("read "+s.name, err))
		}
	}
}

// claimTime is RFC 3339 of fixed width, so that text order is time order.
const claimTime = "2006-01-02T15:04:05.000000000Z"

// Claim appends a claim.
func (s *SQL) Claim(ctx context.Context, c letopis.Claim) error {
	if err := c.Check(); err != nil {
		return err
	}
	return s.d.Wrap("claim", s.write(ctx, func(tx *sql.Tx) error {
		n, err := s.putClaim(ctx, tx, c)
		if err != nil {
			return err
		}
		if n > 0 && c.OfActors() { // any finding may name them: all is folded anew
			if err := s.setMeta(ctx, tx, "shelf", ""); err != nil {
				return err
			}
		}
		return s.countChanges(ctx, tx, n)
	}))
}

// putClaim appends a claim, and returns how many came to be there: none or one.
func (s *SQL) putClaim(ctx context.Context, tx *sql.Tx, c letopis.Claim) (int, error) {
	c.At = c.At.UTC().Round(0)
	body, err := json.Marshal(c)
	if err != nil {
		return 0, &letopis.Error{Op: "claim", Kind: letopis.Invalid, Err: err}
	}
	res, err := tx.ExecContext(ctx, s.d.Rebind("INSERT INTO claim (at, body) VALUES (?, ?) ON CONFLICT DO NOTHING"), c.At.Format(claimTime), string(body))
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Claims yields all claims by time.
func (s *SQL) Claims(ctx context.Context) iter.Seq2[letopis.Claim, error] {
	return func(yield func(letopis.Claim, error) bool) {
		claims, err := readClaims(ctx, s.r)
		if err != nil {
			yield(letopis.Claim{}, s.d.Wrap("read claims", err))
			return
		}
		for _, c := range claims {
			if !yield(c, nil) {
				return
			}
		}
	}
}

type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func readClaims(ctx context.Context, db querier) ([]letopis.Claim, error) {
	bodies, err := column[string](ctx, db, "SELECT body FROM claim ORDER BY at, n")
	if err != nil {
		return nil, err
	}
	var claims []letopis.Claim
	for _, body := range bodies {
		var c letopis.Claim
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return nil, err
		}
		c.At = c.At.In(time.UTC)
		claims = append(claims, c)
	}
	return claims, nil
}

// column returns the only column of a query.
func column[T any](ctx context.Context, db querier, query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
