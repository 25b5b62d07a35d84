package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/zeebo/xxh3"

	"letopis"
	"letopis/internal/each"
)

// oldEntry is what stands in the table of an entry: its number, a hash of its JSON,
// and its block.
type oldEntry struct{ n, sum, block int64 }

// adding are entries to write, with their JSON and blocks.
type adding struct {
	entries []*letopis.Entry
	bodies  [][]byte
	blocks  []int64
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
