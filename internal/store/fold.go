package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/zeebo/xxh3"

	"letopis"
	"letopis/internal/each"
)

// refresh folds the entries again where records or claims have come since, and
// returns the store in which the entries are: s, or its temporary one.
func (s *SQL) refresh(ctx context.Context) (*SQL, error) {
	s.fold.Lock()
	defer s.fold.Unlock()
	changes, folded, err := s.state(ctx, s.r)
	if err != nil {
		return nil, s.d.Wrap("read "+s.name, err)
	}
	mark := s.mark(changes)
	if folded == mark {
		return s, nil
	}
	to := s
	if s.w == nil {
		if s.own == nil {
			if s.own, err = s.scratch(ctx); err != nil {
				return nil, s.d.Wrap("fold "+s.name, err)
			}
		}
		to = s.own
		if _, folded, err = to.state(ctx, to.r); err != nil || folded == mark {
			return to, s.d.Wrap("fold "+s.name, err)
		}
	}
	if f, ok := s.p.folder.(letopis.Refolder); ok && to == s {
		return to, s.d.Wrap("fold "+s.name, s.refoldShelf(ctx, f, false))
	}
	return to, s.d.Wrap("fold "+s.name, s.refold(ctx, to, false))
}

// Rebuild makes all digests and entries again from the records.
func (s *SQL) Rebuild(ctx context.Context) error {
	s.fold.Lock()
	defer s.fold.Unlock()
	if s.w == nil {
		return s.d.Wrap("rebuild "+s.name, errReadOnly)
	}
	if f, ok := s.p.folder.(letopis.Refolder); ok {
		return s.d.Wrap("rebuild "+s.name, s.refoldShelf(ctx, f, true))
	}
	return s.d.Wrap("rebuild "+s.name, s.refold(ctx, s, true))
}

func (s *SQL) state(ctx context.Context, db querier) (changes int, folded string, err error) {
	err = db.QueryRowContext(ctx, "SELECT (SELECT value FROM meta WHERE key = 'changes'), (SELECT value FROM meta WHERE key = 'folded')").Scan(&changes, &folded)
	return changes, folded, err
}

// mark names a state of the entries: who folded them, out of how many changes.
func (s *SQL) mark(changes int) string { return s.p.folder.Version() + "@" + strconv.Itoa(changes) }

// refold computes the entries from one snapshot, without a lock on the database, and
// then writes what differs into to. An entry that stays as it was is not touched.
func (s *SQL) refold(ctx context.Context, to *SQL, all bool) error {
	entries, changes, err := s.foldSnapshot(ctx, all)
	if err != nil {
		return err
	}
	return to.write(ctx, func(tx *sql.Tx) error {
		if err := to.d.LockFold(ctx, tx); err != nil {
			return err
		}
		folded, err := to.meta(ctx, tx, "folded")
		if err != nil {
			return err
		}
		// Another process may have folded a later state meanwhile: that stands.
		if v, n, ok := strings.Cut(folded, "@"); ok && v == s.p.folder.Version() && !all {
			if at, err := strconv.Atoi(n); err == nil && at > changes {
				return nil
			}
		}
		if all {
			if err := to.d.Unindex(ctx, tx, nil); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM entry"); err != nil {
				return err
			}
		}
		if err := to.writeEntries(ctx, tx, entries); err != nil {
			return err
		}
		return to.setMeta(ctx, tx, "folded", s.mark(changes))
	})
}

func (s *SQL) foldSnapshot(ctx context.Context, all bool) ([]*letopis.Entry, int, error) {
	tx, err := s.r.BeginTx(ctx, s.d.Snapshot())
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
	entries, err := s.p.folder.Fold(ctx, s.digests(ctx, tx, all), claims)
	return entries, changes, err
}

// digests yields what the folder made of each current record, and makes it anew
// where an older version did, or where all is set.
func (s *SQL) digests(ctx context.Context, tx *sql.Tx, all bool) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		version := s.p.folder.Version()
		if all {
			version = "" // no digest is of this version
		}
		rows, err := tx.QueryContext(ctx, s.d.Rebind(`SELECT d.doc, CASE WHEN d.version = ? THEN 1 ELSE 0 END, CASE WHEN d.version = ? THEN d.digest ELSE r.body END
			FROM document d JOIN record r USING (n) ORDER BY d.doc`), version, version)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			var doc string
			var fresh int
			var blob sql.RawBytes
			if err := rows.Scan(&doc, &fresh, &blob); err != nil {
				yield(nil, err)
				return
			}
			digest, err := s.digest(doc, fresh != 0, blob)
			if !yield(digest, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

func (s *SQL) digest(doc string, fresh bool, blob []byte) ([]byte, error) {
	if fresh {
		return s.p.dec.DecodeAll(blob, nil)
	}
	r, err := s.p.record(doc, blob)
	if err != nil {
		return nil, err
	}
	return s.p.folder.Digest(r)
}

// oldEntry is what stands in the table of an entry: its number, a hash of its JSON,
// and its block.
type oldEntry struct{ n, sum, block int64 }

func oldEntries(ctx context.Context, tx *sql.Tx) (map[string]oldEntry, error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, n, sum FROM entry")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	old := map[string]oldEntry{}
	for rows.Next() {
		var id string
		var e oldEntry
		if err := rows.Scan(&id, &e.n, &e.sum); err != nil {
			return nil, err
		}
		old[id] = e
	}
	return old, rows.Err()
}

// writeEntries makes the table hold these entries and no others.
func (s *SQL) writeEntries(ctx context.Context, tx *sql.Tx, entries []*letopis.Entry) error {
	old, err := oldEntries(ctx, tx)
	if err != nil {
		return err
	}
	w := s.writer(ctx, tx)
	const part = 1024
	for chunk := range slices.Chunk(entries, part) {
		bodies, errs := make([][]byte, len(chunk)), make([]error, len(chunk))
		each.Do(len(chunk), func(i int) { bodies[i], errs[i] = json.Marshal(chunk[i]) })
		if err := errors.Join(errs...); err != nil {
			return err
		}
		var changed []int
		var gone []int64
		for i, e := range chunk {
			was, there := old[e.ID]
			delete(old, e.ID)
			if there && was.sum == int64(xxh3.Hash(bodies[i])) {
				continue
			}
			if there {
				gone = append(gone, was.n)
			}
			changed = append(changed, i)
		}
		if err := w.drop(gone); err != nil {
			return err
		}
		more := adding{blocks: make([]int64, len(changed))}
		for _, i := range changed {
			more.entries, more.bodies = append(more.entries, chunk[i]), append(more.bodies, bodies[i])
		}
		if err := w.add(more); err != nil {
			return err
		}
	}
	var gone []int64
	for _, was := range old {
		gone = append(gone, was.n)
	}
	slices.Sort(gone)
	return w.drop(gone)
}

// writer writes entries in one transaction.
type writer struct {
	ctx  context.Context
	s    *SQL
	tx   *sql.Tx
	next map[int64]int64 // by day, the next free number
}

func (s *SQL) writer(ctx context.Context, tx *sql.Tx) *writer {
	return &writer{ctx: ctx, s: s, tx: tx, next: map[int64]int64{}}
}

var entryColumns = []string{"n", "id", "last", "ord", "origins", "reports", "sum", "block", "body"}

// add writes entries.
func (w *writer) add(a adding) error {
	entries, bodies := a.entries, a.bodies
	if len(entries) == 0 {
		return nil
	}
	rows, index := make([][]any, len(entries)), make([]Indexed, len(entries))
	each.Do(len(entries), func(i int) {
		e := entries[i]
		first, last := e.Days()
		x := Indexed{N: Number(dayOr(first)), Names: e.Names(), Contents: e.Contents(), Keys: keysOf(e, isWide(first, last))}
		rows[i] = []any{int64(0), e.ID, dayOr(last), e.Order(), int64(e.Origins), int64(len(e.Reports)), int64(xxh3.Hash(bodies[i])), a.blocks[i], w.s.p.fast.EncodeAll(bodies[i], nil)}
		index[i] = x
	})
	for i := range index {
		n, err := w.number(index[i].N)
		if err != nil {
			return fmt.Errorf("entry %s: %w", entries[i].ID, err)
		}
		index[i].N, rows[i][0] = n, n
	}
	if err := w.s.d.Insert(w.ctx, w.tx, "entry", entryColumns, rows); err != nil {
		return err
	}
	return w.s.d.Index(w.ctx, w.tx, index)
}

func isWide(first, last string) bool {
	if first == "" {
		return false
	}
	a, errA := time.Parse(time.DateOnly, first)
	b, errB := time.Parse(time.DateOnly, last)
	return errA == nil && errB == nil && b.Sub(a) > wideDays*24*time.Hour
}

// number returns the next free number from that of a day on.
func (w *writer) number(day int64) (int64, error) {
	n, ok := w.next[day]
	if !ok {
		err := w.tx.QueryRowContext(w.ctx, w.s.d.Rebind("SELECT coalesce(max(n) + 1, ?) FROM entry WHERE n >= ? AND n < ?"), day, day, day+1<<seqBits).Scan(&n)
		if err != nil {
			return 0, err
		}
	}
	if n >= day+1<<seqBits {
		return 0, fmt.Errorf("more than %d entries on one day", 1<<seqBits)
	}
	w.next[day] = n + 1
	return n, nil
}

// drop takes entries out by their numbers.
func (w *writer) drop(ns []int64) error {
	for part := range slices.Chunk(ns, chunkBodies) {
		if err := w.s.d.Unindex(w.ctx, w.tx, part); err != nil {
			return err
		}
		args := make([]any, len(part))
		for i, n := range part {
			args[i] = n
		}
		if _, err := w.tx.ExecContext(w.ctx, w.s.d.Rebind("DELETE FROM entry WHERE n IN (?"+strings.Repeat(", ?", len(part)-1)+")"), args...); err != nil {
			return err
		}
	}
	clear(w.next) // what was free may be taken, and the other way round
	return nil
}
