package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"letopis"
)

// Entries yields the entries that match, folded from what is there now.
func (s *Store) Entries(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error] {
	return func(yield func(*letopis.Entry, error) bool) {
		if err := s.ready(ctx, &q); err != nil {
			yield(nil, err)
			return
		}
		c := entryConditions(&q)
		order := " ORDER BY first, last, ord"
		if q.Newest {
			order = " ORDER BY first = '~', first DESC, last DESC, ord DESC"
		}
		text := "SELECT body FROM entry" + c.where() + order + c.page(&q)
		rows, err := s.r.QueryContext(ctx, text, c.args...)
		if err != nil {
			yield(nil, wrap("find", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var body sql.RawBytes
			e := new(letopis.Entry)
			err := rows.Scan(&body)
			if err == nil {
				err = json.Unmarshal(body, e)
			}
			if err != nil {
				yield(nil, wrap("find", err))
				return
			}
			if !yield(e, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, wrap("find", err))
		}
	}
}

func (s *Store) ready(ctx context.Context, q *letopis.Query) error {
	if err := q.Check(); err != nil {
		return err
	}
	return s.refresh(ctx)
}

// Count returns how many entries match.
func (s *Store) Count(ctx context.Context, q letopis.Query) (int, error) {
	if err := s.ready(ctx, &q); err != nil {
		return 0, err
	}
	c := entryConditions(&q)
	var n int
	err := s.r.QueryRowContext(ctx, "SELECT count(*) FROM entry"+c.where(), c.args...).Scan(&n)
	return n, wrap("count", err)
}

// Entry returns one entry.
func (s *Store) Entry(ctx context.Context, id string) (*letopis.Entry, error) {
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	var body []byte
	err := s.r.QueryRowContext(ctx, "SELECT body FROM entry WHERE id = ?", id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &letopis.Error{Op: "entry " + id, Kind: letopis.NotFound, Err: errors.New("no such entry in the chronicle")}
	}
	e := new(letopis.Entry)
	if err == nil {
		err = json.Unmarshal(body, e)
	}
	if err != nil {
		return nil, wrap("entry "+id, err)
	}
	return e, nil
}

// Stats counts what is kept.
func (s *Store) Stats(ctx context.Context) (letopis.Stats, error) {
	var st letopis.Stats
	if err := s.refresh(ctx); err != nil {
		return st, err
	}
	err := s.r.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM record),
		(SELECT count(*) FROM entry), (SELECT coalesce(sum(reports), 0) FROM entry), (SELECT count(*) FROM claim)`).
		Scan(&st.Documents, &st.Records, &st.Entries, &st.Reports, &st.Claims)
	return st, wrap("count", err)
}

// conditions collects what a WHERE clause demands.
type conditions struct {
	parts []string
	args  []any
}

func (c *conditions) add(text string, args ...any) {
	c.parts = append(c.parts, text)
	c.args = append(c.args, args...)
}

// in demands that column is one of values.
func (c *conditions) in(column string, values []any) {
	if len(values) > 0 {
		c.add(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", values...)
	}
}

func (c *conditions) period(q *letopis.Query) {
	first, last := q.Span()
	if first != "" {
		c.add("last >= ?", first)
	}
	if last != "" {
		c.add("first <= ?", last)
	}
	if first != "" || last != "" {
		c.add("first <> '~'")
	}
}

func (c *conditions) where() string {
	if len(c.parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.parts, " AND ")
}

func (c *conditions) page(q *letopis.Query) string {
	if q.Limit == 0 && q.Offset == 0 {
		return ""
	}
	limit := q.Limit
	if limit == 0 {
		limit = -1
	}
	return " LIMIT " + strconv.Itoa(limit) + " OFFSET " + strconv.Itoa(q.Offset)
}

func anys[T ~string](values []T) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// The kinds of entry_key.
const (
	keyCountry, keyKB, keyDoc, keyLang = "country", "kb", "doc", "lang"
)

const byKey = "n IN (SELECT n FROM entry_key WHERE kind = ? AND key = ?)"

// entryConditions says [letopis.Query.Match] in SQL.
func entryConditions(q *letopis.Query) *conditions {
	c := new(conditions)
	if q.Kind != "" {
		c.add("kind = ?", string(q.Kind))
	}
	if len(q.Pair) == 2 {
		a, b := min(q.Pair[0], q.Pair[1]), max(q.Pair[0], q.Pair[1])
		c.add("n IN (SELECT n FROM entry_dyad WHERE a = ? AND b = ?)", a, b)
	}
	c.in("code", anys(q.Codes))
	c.in("modality", anys(q.Modality))
	var quads []any
	for _, d := range q.Quads {
		quads = append(quads, int(d))
	}
	c.in("quad", quads)
	if q.Recalled != nil {
		c.add("recalled = ?", *q.Recalled)
	}
	if q.Origins > 0 {
		c.add("origins >= ?", q.Origins)
	}
	if q.Doc != "" {
		c.add(byKey, keyDoc, string(q.Doc))
	}
	if q.Lang != "" {
		c.add(byKey, keyLang, q.Lang)
	}
	c.period(q)
	for _, a := range q.Actors {
		text, args := "n IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH ?) OR "+byKey, []any{"names : " + phrase(letopis.Terms(a)), keyKB, a}
		if letopis.IsCountry(a) {
			text, args = text+" OR "+byKey, append(args, keyCountry, a)
		}
		c.add("("+text+")", args...)
	}
	if terms := q.Terms(); len(terms) > 0 {
		var match []string
		for _, t := range terms {
			m := phrase([]string{t.Word})
			if t.Prefix {
				m += "*"
			}
			match = append(match, m)
		}
		c.add("n IN (SELECT rowid FROM entry_fts WHERE entry_fts MATCH ?)", strings.Join(match, " AND "))
	}
	return c
}

// phrase quotes terms, which hold letters and digits only, for FTS5.
func phrase(terms []string) string { return `"` + strings.Join(terms, " ") + `"` }

// refresh folds the entries again where records or claims have come since.
func (s *Store) refresh(ctx context.Context) error {
	s.fold.Lock()
	defer s.fold.Unlock()
	changes, folded, err := s.state(ctx, s.r)
	if err != nil {
		return wrap("read "+s.path, err)
	}
	if folded == s.mark(changes) {
		return nil
	}
	return wrap("fold "+s.path, s.refold(ctx, false))
}

// Rebuild makes all digests and entries again from the records.
func (s *Store) Rebuild(ctx context.Context) error {
	s.fold.Lock()
	defer s.fold.Unlock()
	return wrap("rebuild "+s.path, s.refold(ctx, true))
}

type rowQuerier interface {
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func (s *Store) state(ctx context.Context, db rowQuerier) (changes int, folded string, err error) {
	err = db.QueryRowContext(ctx, "SELECT (SELECT value FROM meta WHERE key = 'changes'), (SELECT value FROM meta WHERE key = 'folded')").Scan(&changes, &folded)
	return changes, folded, err
}

// mark names a state of the entries: who folded them, out of how many changes.
func (s *Store) mark(changes int) string { return s.folder.Version() + "@" + strconv.Itoa(changes) }

// refold computes the entries from one snapshot, without a lock on the file, and
// then writes what differs. An entry that stays as it was is not touched.
func (s *Store) refold(ctx context.Context, all bool) error {
	entries, changes, err := s.foldSnapshot(ctx, all)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, folded, err := s.state(ctx, tx)
		if err != nil {
			return err
		}
		// Another process may have folded a later state meanwhile: that stands.
		if v, n, ok := strings.Cut(folded, "@"); ok && v == s.folder.Version() && !all {
			if at, err := strconv.Atoi(n); err == nil && at > changes {
				return nil
			}
		}
		if all {
			if err := clearEntries(ctx, tx); err != nil {
				return err
			}
		}
		if err := writeEntries(ctx, tx, entries); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE meta SET value = ? WHERE key = 'folded'", s.mark(changes))
		return err
	})
}

func (s *Store) foldSnapshot(ctx context.Context, all bool) ([]*letopis.Entry, int, error) {
	tx, err := s.r.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, 0, err
	}
	defer tx.Rollback()
	changes, _, err := s.state(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	claims, err := readClaims(ctx, tx)
	if err != nil {
		return nil, 0, err
	}
	entries, err := s.folder.Fold(ctx, s.digests(ctx, tx, all), claims)
	return entries, changes, err
}

// digests yields what the folder made of each current record, and makes it anew
// where an older version did, or where all is set.
func (s *Store) digests(ctx context.Context, tx *sql.Tx, all bool) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		version := s.folder.Version()
		if all {
			version = "" // no digest is of this version
		}
		rows, err := tx.QueryContext(ctx, `SELECT d.doc, d.version = ?, CASE WHEN d.version = ? THEN d.digest ELSE r.body END
			FROM document d JOIN record r USING (n) ORDER BY d.doc`, version, version)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var doc string
			var fresh bool
			var blob []byte
			if err := rows.Scan(&doc, &fresh, &blob); err != nil {
				yield(nil, err)
				return
			}
			if !fresh {
				var r *letopis.Record
				if r, err = s.unpack(doc, blob); err == nil {
					blob, err = s.folder.Digest(r)
				}
			}
			if !yield(blob, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

func clearEntries(ctx context.Context, tx *sql.Tx) error {
	for _, text := range []string{"DELETE FROM entry_dyad", "DELETE FROM entry_key", "INSERT INTO entry_fts (entry_fts) VALUES ('delete-all')", "DELETE FROM entry"} {
		if _, err := tx.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// entryWriter holds the statements of one writing of entries.
type entryWriter struct {
	ctx                                     context.Context
	entry, dyad, key, fts                   *sql.Stmt
	dropEntry, dropDyads, dropKeys, dropFTS *sql.Stmt
}

func writeEntries(ctx context.Context, tx *sql.Tx, entries []*letopis.Entry) error {
	w := &entryWriter{ctx: ctx}
	for _, p := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&w.entry, "INSERT INTO entry (id, kind, first, last, ord, code, quad, modality, recalled, origins, reports, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"},
		{&w.dyad, "INSERT OR IGNORE INTO entry_dyad (a, b, n) VALUES (?, ?, ?)"},
		{&w.key, "INSERT OR IGNORE INTO entry_key (kind, key, n) VALUES (?, ?, ?)"},
		{&w.fts, "INSERT INTO entry_fts (rowid, names, contents) VALUES (?, ?, ?)"},
		{&w.dropEntry, "DELETE FROM entry WHERE n = ?"},
		{&w.dropDyads, "DELETE FROM entry_dyad WHERE n = ?"},
		{&w.dropKeys, "DELETE FROM entry_key WHERE n = ?"},
		{&w.dropFTS, "DELETE FROM entry_fts WHERE rowid = ?"},
	} {
		var err error
		if *p.stmt, err = tx.PrepareContext(ctx, p.text); err != nil {
			return err
		}
		defer (*p.stmt).Close()
	}
	old, err := oldEntries(ctx, tx)
	if err != nil {
		return err
	}
	bodies, err := encodeEntries(entries)
	if err != nil {
		return err
	}
	for i, e := range entries {
		body := bodies[i]
		was, there := old[e.ID]
		delete(old, e.ID)
		if there && bytes.Equal(was.body, body) {
			continue
		}
		if there {
			if err := w.drop(was.n); err != nil {
				return err
			}
		}
		if err := w.add(e, body); err != nil {
			return fmt.Errorf("entry %s: %w", e.ID, err)
		}
	}
	for _, was := range old {
		if err := w.drop(was.n); err != nil {
			return err
		}
	}
	return nil
}

func encodeEntries(entries []*letopis.Entry) ([][]byte, error) {
	bodies, errs := make([][]byte, len(entries)), make([]error, len(entries))
	var wg sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(entries))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(entries); i += workers {
				bodies[i], errs[i] = json.Marshal(entries[i])
			}
		})
	}
	wg.Wait()
	return bodies, errors.Join(errs...)
}

type oldEntry struct {
	n    int64
	body []byte
}

func oldEntries(ctx context.Context, tx *sql.Tx) (map[string]oldEntry, error) {
	rows, err := tx.QueryContext(ctx, "SELECT n, id, body FROM entry")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	old := map[string]oldEntry{}
	for rows.Next() {
		var id string
		var e oldEntry
		if err := rows.Scan(&e.n, &id, &e.body); err != nil {
			return nil, err
		}
		old[id] = e
	}
	return old, rows.Err()
}

func (w *entryWriter) drop(n int64) error {
	for _, stmt := range []*sql.Stmt{w.dropDyads, w.dropKeys, w.dropFTS, w.dropEntry} {
		if _, err := stmt.ExecContext(w.ctx, n); err != nil {
			return err
		}
	}
	return nil
}

func (w *entryWriter) add(e *letopis.Entry, body []byte) error {
	first, last := e.Days()
	res, err := w.entry.ExecContext(w.ctx, e.ID, string(e.Kind), unknownLast(first), unknownLast(last), e.Order(), string(e.Code), int(e.Code.Quad()),
		string(e.Modality), e.Recalled, e.Origins, len(e.Reports), body)
	if err != nil {
		return err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for _, d := range dyads(e) {
		if _, err := w.dyad.ExecContext(w.ctx, d[0], d[1], n); err != nil {
			return err
		}
	}
	for _, k := range keys(e) {
		if _, err := w.key.ExecContext(w.ctx, k[0], k[1], n); err != nil {
			return err
		}
	}
	_, err = w.fts.ExecContext(w.ctx, n, strings.Join(e.Names(), " "), strings.Join(e.Contents(), " "))
	return err
}

// dyads returns all pairs that [letopis.Entry.Faces] is true of, in order.
func dyads(e *letopis.Entry) [][2]string {
	var all [][2]string
	countries := slices.Concat(e.SourceCountry, e.TargetCountry)
	slices.Sort(countries)
	countries = slices.Compact(countries)
	for i, a := range countries {
		for _, b := range countries[i:] {
			if e.Faces(a, b) {
				all = append(all, [2]string{a, b})
			}
		}
	}
	return all
}

func keys(e *letopis.Entry) [][2]string {
	var all [][2]string
	for _, c := range slices.Concat(e.SourceCountry, e.TargetCountry) {
		all = append(all, [2]string{keyCountry, c})
	}
	for _, p := range slices.Concat(e.Source, e.Target) {
		if p.KB != "" {
			all = append(all, [2]string{keyKB, p.KB})
		}
	}
	for _, r := range e.Reports {
		all = append(all, [2]string{keyDoc, string(r.Doc)}, [2]string{keyLang, r.Lang})
	}
	return all
}
