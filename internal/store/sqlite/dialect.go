package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"letopis"
	"letopis/internal/store"
)

// dialect is [store.Dialect] for SQLite.
type dialect struct{}

func (dialect) Rebind(query string) string      { return query }
func (dialect) Wrap(op string, err error) error { return wrap(op, err) }
func (dialect) Snapshot() *sql.TxOptions        { return &sql.TxOptions{ReadOnly: true} }

// LockFold has nothing to do: a transaction that writes is the only one.
func (dialect) LockFold(context.Context, *sql.Tx) error { return nil }

func (dialect) Retry(_ context.Context, f func() error) error { return f() }

// Put keeps records one by one: without a network nothing is won by more.
func (dialect) Put(ctx context.Context, tx *sql.Tx, items []store.Packed, version string) ([]letopis.Outcome, error) {
	insert, err := tx.PrepareContext(ctx, "INSERT INTO record (doc, reading, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
	if err != nil {
		return nil, err
	}
	defer insert.Close()
	known, err := tx.PrepareContext(ctx, "SELECT 1 FROM document WHERE doc = ?")
	if err != nil {
		return nil, err
	}
	defer known.Close()
	current, err := tx.PrepareContext(ctx, `INSERT INTO document (doc, n, lang, first, last, digest, version) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (doc) DO UPDATE SET n = excluded.n, lang = excluded.lang, first = excluded.first, last = excluded.last, digest = excluded.digest, version = excluded.version`)
	if err != nil {
		return nil, err
	}
	defer current.Close()
	change, err := tx.PrepareContext(ctx, "INSERT INTO changed (doc, day) VALUES (?, ?)")
	if err != nil {
		return nil, err
	}
	defer change.Close()
	outcomes := make([]letopis.Outcome, len(items))
	for i := range items {
		p := &items[i]
		res, err := insert.ExecContext(ctx, p.Doc, p.Reading, p.Body)
		if err != nil {
			return nil, err
		}
		if n, err := res.RowsAffected(); err != nil {
			return nil, err
		} else if n == 0 {
			outcomes[i] = letopis.Present
			continue
		}
		n, err := res.LastInsertId()
		if err != nil {
			return nil, err
		}
		outcomes[i] = letopis.Replaced
		var one int
		if err := known.QueryRowContext(ctx, p.Doc).Scan(&one); errors.Is(err, sql.ErrNoRows) {
			outcomes[i] = letopis.Added
		} else if err != nil {
			return nil, err
		}
		if _, err := current.ExecContext(ctx, p.Doc, n, p.Lang, p.First, p.Last, p.Digest, version); err != nil {
			return nil, err
		}
		if _, err := change.ExecContext(ctx, p.Doc, p.First); err != nil {
			return nil, err
		}
	}
	return outcomes, nil
}

func (dialect) Insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error {
	stmt, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, r := range rows {
		if _, err := stmt.ExecContext(ctx, r...); err != nil {
			return err
		}
	}
	return nil
}

func (d dialect) Index(ctx context.Context, tx *sql.Tx, entries []store.Indexed) error {
	rows := make([][]any, len(entries))
	for i, x := range entries {
		rows[i] = []any{x.N, strings.Join(x.Names, " "), strings.Join(x.Contents, " "), strings.Join(x.Keys, " ")}
	}
	return d.Insert(ctx, tx, "entry_fts", []string{"rowid", "names", "contents", "keys"}, rows)
}

func (dialect) Unindex(ctx context.Context, tx *sql.Tx, ns []int64) error {
	if ns == nil {
		_, err := tx.ExecContext(ctx, "INSERT INTO entry_fts (entry_fts) VALUES ('delete-all')")
		return err
	}
	stmt, err := tx.PrepareContext(ctx, "DELETE FROM entry_fts WHERE rowid = ?")
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, n := range ns {
		if _, err := stmt.ExecContext(ctx, n); err != nil {
			return err
		}
	}
	return nil
}

// From reads the lists of the index, which stand in the order of the number, and
// looks the rows up as they come: the first page costs no more than itself.
func (dialect) From(m *store.Match, rows bool) (from, condition, number string, args []any) {
	if m.Empty() {
		return "entry", "", "entry.n", nil
	}
	from = "entry_fts"
	if rows {
		from = "entry_fts CROSS JOIN entry ON entry.n = entry_fts.rowid"
	}
	return from, "entry_fts MATCH ?", "entry_fts.rowid", []any{expression(m)}
}

// expression writes a match in the query language of FTS5.
func expression(m *store.Match) string {
	var all []string
	any := func(column string, keys []string) string {
		var some []string
		for _, k := range keys {
			some = append(some, column+" : "+phrase(k))
		}
		return strings.Join(some, " OR ")
	}
	for _, keys := range m.Keys {
		all = append(all, "("+any("keys", keys)+")")
	}
	for _, a := range m.Actors {
		all = append(all, "(names : "+phrase(a.Phrase...)+" OR "+any("keys", a.Keys)+")")
	}
	for _, w := range m.Words {
		text := "{names contents} : " + phrase(w.Word)
		if w.Prefix {
			text += " *"
		}
		for _, l := range w.Or {
			text += " OR {names contents} : " + phrase(l)
		}
		all = append(all, "("+text+")")
	}
	return strings.Join(all, " AND ")
}

// phrase quotes terms, which hold letters and digits only, for FTS5.
func phrase(terms ...string) string { return `"` + strings.Join(terms, " ") + `"` }
