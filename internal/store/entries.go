package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"

	"letopis"
)

// Entries yields the entries that match, folded from what is there now.
func (s *SQL) Entries(ctx context.Context, q letopis.Query) iter.Seq2[*letopis.Entry, error] {
	return func(yield func(*letopis.Entry, error) bool) {
		if err := q.Check(); err != nil {
			yield(nil, err)
			return
		}
		at, err := s.refresh(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		err = at.walk(ctx, &q, func(e *letopis.Entry) error {
			if !yield(e, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, at.d.Wrap("find", err))
		}
	}
}

// errStop ends a walk early.
var errStop = errors.New("enough")

// row is an entry without its body.
type row struct {
	n         int64
	last, ord string
}

// Sizes of what a walk holds at a time.
const (
	chunkRows   = 4096 // rows asked for at once
	chunkBodies = 256  // bodies fetched at once
)

// walk calls f with the entries of q in order, from one snapshot.
func (s *SQL) walk(ctx context.Context, q *letopis.Query, f func(*letopis.Entry) error) error {
	tx, err := s.r.BeginTx(ctx, s.d.Snapshot())
	if err != nil {
		return err
	}
	defer tx.Rollback()
	skip, left := q.Offset, q.Limit
	days := func(day []row) error { // all chosen rows of one day
		slices.SortFunc(day, func(a, b row) int { return cmp.Or(cmp.Compare(a.last, b.last), cmp.Compare(a.ord, b.ord)) })
		if q.Newest {
			slices.Reverse(day)
		}
		cut := min(skip, len(day))
		skip -= cut
		day = day[cut:]
		if q.Limit > 0 {
			day = day[:min(left, len(day))]
			left -= len(day)
		}
		for part := range slices.Chunk(day, chunkBodies) {
			if err := s.bodies(ctx, tx, part, f); err != nil {
				return err
			}
		}
		if q.Limit > 0 && left == 0 {
			return errStop
		}
		return nil
	}
	for _, st := range stretches(q) {
		if err := s.stretch(ctx, tx, q, st, days); err != nil {
			return err
		}
	}
	return nil
}

// stretch calls f with the rows of each day of a stretch. Days are joined to others
// where that saves fetches, never cut.
func (s *SQL) stretch(ctx context.Context, tx *sql.Tx, q *letopis.Query, st stretch, f func([]row) error) error {
	chunk := chunkRows
	if q.Limit > 0 {
		chunk = min(chunk, q.Offset+q.Limit+chunkBodies)
	}
	var day []row
	for st.from < st.to {
		text, args := s.selection("entry.n, entry.last, entry.ord", q, st, true)
		order := " ORDER BY 1"
		if q.Newest {
			order += " DESC"
		}
		rows, err := readRows(ctx, tx, s.d.Rebind(text+order+" LIMIT ?"), append(args, chunk))
		if err != nil {
			return err
		}
		for _, r := range rows {
			if len(day) > 0 && day[0].n>>seqBits != r.n>>seqBits {
				if err := f(day); err != nil {
					return err
				}
				day = day[:0]
			}
			day = append(day, r)
		}
		if len(rows) < chunk {
			break
		}
		if q.Newest {
			st.to = rows[len(rows)-1].n
		} else {
			st.from = rows[len(rows)-1].n + 1
		}
		chunk = chunkRows
	}
	if len(day) > 0 {
		return f(day)
	}
	return nil
}

// selection is the SELECT of what the entries of q in st say.
func (s *SQL) selection(what string, q *letopis.Query, st stretch, rows bool) (string, []any) {
	m := matchOf(q)
	if st.wide {
		m.Keys = append(m.Keys, []string{keyWide})
	}
	from, match, number, args := s.d.From(m, rows || st.last != "" || q.Origins > 1)
	var c conditions
	if match != "" {
		c.add(match, args...)
	}
	c.add(number+" >= ?", st.from)
	c.add(number+" < ?", st.to)
	if st.last != "" {
		c.add("entry.last >= ?", st.last)
	}
	if q.Origins > 1 {
		c.add("entry.origins >= ?", q.Origins)
	}
	return "SELECT " + strings.Replace(what, "entry.n,", number+",", 1) + " FROM " + from + c.where(), c.args
}

func readRows(ctx context.Context, tx *sql.Tx, text string, args []any) ([]row, error) {
	rows, err := tx.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.n, &r.last, &r.ord); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// bodies calls f with the entries of rows, in their order.
func (s *SQL) bodies(ctx context.Context, tx *sql.Tx, all []row, f func(*letopis.Entry) error) error {
	if len(all) == 0 {
		return nil
	}
	args := make([]any, len(all))
	for i, r := range all {
		args[i] = r.n
	}
	rows, err := tx.QueryContext(ctx, s.d.Rebind("SELECT n, body FROM entry WHERE n IN (?"+strings.Repeat(", ?", len(all)-1)+")"), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	bodies := make(map[int64][]byte, len(all))
	for rows.Next() {
		var n int64
		var body []byte
		if err := rows.Scan(&n, &body); err != nil {
			return err
		}
		bodies[n] = body
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	for _, r := range all {
		e, err := s.p.entry(bodies[r.n])
		if err != nil {
			return err
		}
		if err := f(e); err != nil {
			return err
		}
	}
	return nil
}

// Count returns how many entries match.
func (s *SQL) Count(ctx context.Context, q letopis.Query) (int, error) {
	if err := q.Check(); err != nil {
		return 0, err
	}
	at, err := s.refresh(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	for _, st := range stretches(&q) {
		text, args := at.selection("count(*)", &q, st, false)
		n := 0
		if err := at.r.QueryRowContext(ctx, at.d.Rebind(text), args...).Scan(&n); err != nil {
			return 0, at.d.Wrap("count", err)
		}
		total += n
	}
	return total, nil
}

// Entry returns one entry.
func (s *SQL) Entry(ctx context.Context, id string) (*letopis.Entry, error) {
	at, err := s.refresh(ctx)
	if err != nil {
		return nil, err
	}
	var body []byte
	err = at.r.QueryRowContext(ctx, at.d.Rebind("SELECT body FROM entry WHERE id = ?"), id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &letopis.Error{Op: "entry " + id, Kind: letopis.NotFound, Err: errors.New("no such entry in the chronicle")}
	}
	var e *letopis.Entry
	if err == nil {
		e, err = at.p.entry(body)
	}
	if err != nil {
		return nil, at.d.Wrap("entry "+id, err)
	}
	return e, nil
}

// Stats counts what is kept.
func (s *SQL) Stats(ctx context.Context) (letopis.Stats, error) {
	var st letopis.Stats
	at, err := s.refresh(ctx)
	if err != nil {
		return st, err
	}
	err = s.r.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM record), (SELECT count(*) FROM claim)").
		Scan(&st.Documents, &st.Records, &st.Claims)
	if err == nil {
		err = at.r.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(reports), 0) FROM entry").Scan(&st.Entries, &st.Reports)
	}
	return st, s.d.Wrap("count", err)
}
