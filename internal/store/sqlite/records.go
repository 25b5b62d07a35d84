package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"
	"time"

	"letopis"
)

// maxRecord bounds the JSON of one record, in bytes.
const maxRecord = 256 << 20

// packed is a record made ready before the transaction, so that the file is
// locked for the writing only.
type packed struct {
	doc, reading, lang, first, last string
	body, digest                    []byte
	err                             error
}

func (s *Store) pack(r *letopis.Record) packed {
	p := packed{doc: string(r.Document.ID), reading: readingKey(r.Reading), lang: r.Document.Lang}
	switch {
	case p.doc == "":
		p.err = errors.New("the record has no document.id")
	case r.Schema != letopis.Schema:
		p.err = fmt.Errorf("the record is of schema %q; this program keeps %q", r.Schema, letopis.Schema)
	}
	if p.err != nil {
		p.err = &letopis.Error{Op: "put " + p.doc, Kind: letopis.Invalid, Err: p.err}
		return p
	}
	first, last := r.Document.Published.Value.Days()
	p.first, p.last = unknownLast(first), unknownLast(last)
	body, err := json.Marshal(r)
	if err == nil {
		p.body = s.enc.EncodeAll(body, nil)
		p.digest, err = s.folder.Digest(r)
	}
	if err != nil {
		p.err = fmt.Errorf("put %s: %w", p.doc, err)
	}
	return p
}

// readingKey names a reading: half a SHA-256 of its JSON, whose keys are sorted.
func readingKey(r letopis.Reading) string {
	b, _ := json.Marshal(r) // strings and a map of strings: cannot fail
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// unknownLast makes an unknown day sort after every known one.
func unknownLast(day string) string {
	if day == "" {
		return "~"
	}
	return day
}

// Put keeps records in one transaction; see [letopis.Store].
func (s *Store) Put(ctx context.Context, recs ...*letopis.Record) ([]letopis.Outcome, error) {
	if len(recs) == 0 {
		return nil, nil
	}
	items := make([]packed, len(recs))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(recs))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(recs); i += workers {
				items[i] = s.pack(recs[i])
			}
		})
	}
	wg.Wait()
	for i := range items {
		if items[i].err != nil {
			return nil, items[i].err
		}
	}
	outcomes := make([]letopis.Outcome, len(recs))
	err := s.write(ctx, func(tx *sql.Tx) error { return s.put(ctx, tx, items, outcomes) })
	if err != nil {
		return nil, wrap("store in "+s.path, err)
	}
	return outcomes, nil
}

func (s *Store) put(ctx context.Context, tx *sql.Tx, items []packed, outcomes []letopis.Outcome) error {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO record (doc, reading, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
	if err != nil {
		return err
	}
	defer insert.Close()
	known, err := tx.PrepareContext(ctx, "SELECT 1 FROM document WHERE doc = ?")
	if err != nil {
		return err
	}
	defer known.Close()
	current, err := tx.PrepareContext(ctx, `INSERT INTO document (doc, n, lang, first, last, digest, version) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (doc) DO UPDATE SET n = excluded.n, lang = excluded.lang, first = excluded.first, last = excluded.last, digest = excluded.digest, version = excluded.version`)
	if err != nil {
		return err
	}
	defer current.Close()
	changed := 0
	for i := range items {
		p := &items[i]
		res, err := insert.ExecContext(ctx, p.doc, p.reading, p.body)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			outcomes[i] = letopis.Present
			continue
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		outcomes[i] = letopis.Replaced
		var one int
		if err := known.QueryRowContext(ctx, p.doc).Scan(&one); errors.Is(err, sql.ErrNoRows) {
			outcomes[i] = letopis.Added
		} else if err != nil {
			return err
		}
		if _, err := current.ExecContext(ctx, p.doc, n, p.lang, p.first, p.last, p.digest, s.folder.Version()); err != nil {
			return err
		}
		changed++
	}
	return countChanges(ctx, tx, changed)
}

// countChanges makes the entries stale where anything changed.
func countChanges(ctx context.Context, tx *sql.Tx, n int) error {
	if n == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, "UPDATE meta SET value = CAST(value AS INTEGER) + ? WHERE key = 'changes'", n)
	return err
}

// write runs f in one transaction of the writer.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
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
func (s *Store) Has(ctx context.Context, doc letopis.ID, r letopis.Reading) (bool, error) {
	var one int
	err := s.r.QueryRowContext(ctx, "SELECT 1 FROM record WHERE doc = ? AND reading = ?", string(doc), readingKey(r)).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, wrap("look into "+s.path, err)
}

// Get returns the current record of a document.
func (s *Store) Get(ctx context.Context, doc letopis.ID) (*letopis.Record, error) {
	var body []byte
	err := s.r.QueryRowContext(ctx, "SELECT body FROM document JOIN record USING (n) WHERE document.doc = ?", string(doc)).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &letopis.Error{Op: "get " + string(doc), Kind: letopis.NotFound, Err: errors.New("no such document in the chronicle")}
	} else if err != nil {
		return nil, wrap("get "+string(doc), err)
	}
	return s.unpack(string(doc), body)
}

func (s *Store) unpack(doc string, body []byte) (*letopis.Record, error) {
	raw, err := s.dec.DecodeAll(body, nil)
	r := new(letopis.Record)
	if err == nil {
		err = json.Unmarshal(raw, r)
	}
	if err != nil {
		return nil, &letopis.Error{Op: "get " + doc, Kind: letopis.Conflict, Err: fmt.Errorf("its record is damaged: %w", err)}
	}
	return r, nil
}

// Readings returns all records of a document in the order of coming.
func (s *Store) Readings(ctx context.Context, doc letopis.ID) ([]*letopis.Record, error) {
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
func (s *Store) Records(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Record, error] {
	if err := q.Check(); err != nil {
		return func(yield func(*letopis.Record, error) bool) { yield(nil, err) }
	}
	c := conditions{}
	if q.Doc != "" {
		c.add("document.doc = ?", string(q.Doc))
	}
	if q.Lang != "" {
		c.add("lang = ?", q.Lang)
	}
	c.period(&q)
	text := "SELECT document.doc, body FROM document JOIN record USING (n)" + c.where() + " ORDER BY document.doc" + c.page(&q)
	return s.records(ctx, text, c.args...)
}

func (s *Store) records(ctx context.Context, query string, args ...any) iter.Seq2[*letopis.Record, error] {
	return func(yield func(*letopis.Record, error) bool) {
		rows, err := s.r.QueryContext(ctx, query, args...)
		if err != nil {
			yield(nil, wrap("read "+s.path, err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var doc string
			var body sql.RawBytes
			if err := rows.Scan(&doc, &body); err != nil {
				yield(nil, wrap("read "+s.path, err))
				return
			}
			if !yield(s.unpack(doc, body)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, wrap("read "+s.path, err))
		}
	}
}

// claimTime is RFC 3339 of fixed width, so that text order is time order.
const claimTime = "2006-01-02T15:04:05.000000000Z"

// Claim appends a claim.
func (s *Store) Claim(ctx context.Context, c letopis.Claim) error {
	if c.Kind == "" || len(c.Of) == 0 || c.By == "" {
		return &letopis.Error{Op: "claim", Kind: letopis.Invalid, Err: errors.New("a claim needs a kind, an author and at least one item")}
	}
	c.At = c.At.UTC().Round(0)
	body, err := json.Marshal(c)
	if err != nil {
		return &letopis.Error{Op: "claim", Kind: letopis.Invalid, Err: err}
	}
	return wrap("claim", s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO claim (at, body) VALUES (?, ?) ON CONFLICT DO NOTHING", c.At.Format(claimTime), string(body))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return err
		}
		return countChanges(ctx, tx, int(n))
	}))
}

// Claims yields all claims by time.
func (s *Store) Claims(ctx context.Context) iter.Seq2[letopis.Claim, error] {
	return func(yield func(letopis.Claim, error) bool) {
		claims, err := readClaims(ctx, s.r)
		if err != nil {
			yield(letopis.Claim{}, wrap("read claims", err))
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
}

func readClaims(ctx context.Context, db querier) ([]letopis.Claim, error) {
	rows, err := db.QueryContext(ctx, "SELECT body FROM claim ORDER BY at, n")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var claims []letopis.Claim
	for rows.Next() {
		var body []byte
		var c letopis.Claim
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &c); err != nil {
			return nil, err
		}
		c.At = c.At.In(time.UTC)
		claims = append(claims, c)
	}
	return claims, rows.Err()
}
