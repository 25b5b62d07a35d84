package postgres

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"letopis"
	"letopis/internal/store"
)

// dialect is [store.Dialect] for PostgreSQL.
type dialect struct{}

func (dialect) Wrap(op string, err error) error { return wrap(op, err) }

func (dialect) Snapshot() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

// LockFold makes the transaction see one state, with the lock on a row that every
// folding changes.
func (dialect) LockFold(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"); err != nil {
		return err
	}
	var one int
	return tx.QueryRowContext(ctx, "SELECT 1 FROM meta WHERE key = 'folded' FOR UPDATE").Scan(&one)
}

// foldTries is how often a folding is begun that another program overtakes.
const foldTries = 20

// Retry does f again where another program committed between its snapshot and its lock.
func (dialect) Retry(ctx context.Context, f func() error) (err error) {
	for range foldTries {
		err = f()
		var e *pgconn.PgError
		if !errors.As(err, &e) || !strings.HasPrefix(e.Code, "40") || ctx.Err() != nil {
			break
		}
	}
	return err
}

// Rebind numbers the question marks. No statement has one in a literal.
func (dialect) Rebind(query string) string {
	var b strings.Builder
	n := 0
	for _, r := range query {
		if r == '?' {
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// putText keeps all records in one statement, so that the network is crossed once.
// Writers come to the rows in the order of their documents, so that two do not wait
// for each other. A row that was inserted, and not updated, has no xmax.
const putText = `WITH given AS (
	SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[], $5::text[], $6::text[], $7::bytea[])
	AS given (doc, reading, body, lang, first, last, digest)
), kept AS (
	INSERT INTO record (doc, reading, body) SELECT doc, reading, body FROM given ORDER BY doc
	ON CONFLICT DO NOTHING RETURNING n, doc
), noted AS (
	INSERT INTO changed (doc, day) SELECT g.doc, g.first FROM kept JOIN given g USING (doc)
)
INSERT INTO document AS d (doc, n, lang, first, last, digest, version)
SELECT g.doc, k.n, g.lang, g.first, g.last, g.digest, $8 FROM kept k JOIN given g USING (doc) ORDER BY g.doc
ON CONFLICT (doc) DO UPDATE SET n = excluded.n, lang = excluded.lang, first = excluded.first, last = excluded.last, digest = excluded.digest, version = excluded.version
RETURNING d.doc, (d.xmax = 0)`

func (dialect) Put(ctx context.Context, tx *sql.Tx, items []store.Packed, version string) ([]letopis.Outcome, error) {
	var text [5][]string
	var bytes [2][][]byte
	for i := range items {
		p := &items[i]
		for j, s := range []string{p.Doc, p.Reading, p.Lang, p.First, p.Last} {
			text[j] = append(text[j], s)
		}
		bytes[0], bytes[1] = append(bytes[0], p.Body), append(bytes[1], p.Digest)
	}
	rows, err := tx.QueryContext(ctx, putText, text[0], text[1], bytes[0], text[2], text[3], text[4], bytes[1], version)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	added := map[string]letopis.Outcome{}
	for rows.Next() {
		var doc string
		var is bool
		if err := rows.Scan(&doc, &is); err != nil {
			return nil, err
		}
		added[doc] = letopis.Replaced
		if is {
			added[doc] = letopis.Added
		}
	}
	outcomes := make([]letopis.Outcome, len(items))
	for i := range items {
		outcomes[i] = letopis.Present
		if o, ok := added[items[i].Doc]; ok {
			outcomes[i] = o
		}
	}
	return outcomes, rows.Err()
}

// arrays turns rows into a column each, with the type that unnest needs.
func arrays(rows [][]any) (columns []any, types []string) {
	for j := range rows[0] {
		switch rows[0][j].(type) {
		case string:
			columns, types = append(columns, column[string](rows, j)), append(types, "text")
		case []byte:
			columns, types = append(columns, column[[]byte](rows, j)), append(types, "bytea")
		default:
			columns, types = append(columns, column[int64](rows, j)), append(types, "bigint")
		}
	}
	return columns, types
}

func column[T any](rows [][]any, j int) []T {
	all := make([]T, len(rows))
	for i := range rows {
		all[i] = rows[i][j].(T)
	}
	return all
}

func (dialect) Insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	args, types := arrays(rows)
	for i := range types {
		types[i] = "$" + strconv.Itoa(i+1) + "::" + types[i] + "[]"
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") SELECT * FROM unnest("+strings.Join(types, ", ")+")", args...)
	return err
}

// Limits of a tsvector (PostgreSQL manual, Text Search Limitations).
const (
	maxLexeme   = 2046
	maxPosition = 16383
	maxVector   = 1 << 19 // bytes of its text; a vector holds a megabyte

	contentsPlace = ":16383"
)

// Index fills the words of the entries. Words of names have weight A and a place,
// with a gap between names, so that phrases are found in them; words of the contents
// stand at the last place, since one without a place would have any weight; keys
// begin with a sign that no word has.
func (dialect) Index(ctx context.Context, tx *sql.Tx, entries []store.Indexed) error {
	if len(entries) == 0 {
		return nil
	}
	ns, vectors := make([]int64, len(entries)), make([]string, len(entries))
	for i := range entries {
		ns[i], vectors[i] = entries[i].N, vector(&entries[i])
	}
	_, err := tx.ExecContext(ctx, "UPDATE entry SET words = given.words::tsvector FROM unnest($1::bigint[], $2::text[]) AS given (n, words) WHERE entry.n = given.n", ns, vectors)
	return err
}

func vector(x *store.Indexed) string {
	var b strings.Builder
	put := func(lexeme, place string) {
		if len(lexeme) <= maxLexeme && b.Len() < maxVector {
			b.WriteString(quote(lexeme) + place + " ")
		}
	}
	for _, k := range x.Keys {
		put("#"+k, "")
	}
	for i, w := range x.Names {
		if w != letopis.Separator {
			put(w, ":"+strconv.Itoa(min(i+1, maxPosition-1))+"A")
		}
	}
	words := slices.Clone(x.Contents)
	slices.Sort(words)
	for _, w := range slices.Compact(words) {
		if w != letopis.Separator {
			put(w, contentsPlace)
		}
	}
	return b.String()
}

// quote writes a lexeme as tsvector and tsquery have it.
func quote(s string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(s) + "'"
}

func (dialect) Unindex(context.Context, *sql.Tx, []int64) error { return nil } // the words go with the row

func (dialect) From(m *store.Match, _ bool) (from, condition, number string, args []any) {
	if m.Empty() {
		return "entry", "", "entry.n", nil
	}
	return "entry", "entry.words @@ ?::tsquery", "entry.n", []any{expression(m)}
}

// expression writes a match as a tsquery.
func expression(m *store.Match) string {
	var all []string
	either := func(keys []string) string {
		var some []string
		for _, k := range keys {
			some = append(some, quote("#"+k))
		}
		return strings.Join(some, " | ")
	}
	for _, keys := range m.Keys {
		all = append(all, "("+either(keys)+")")
	}
	for _, a := range m.Actors {
		var words []string
		for _, w := range a.Phrase {
			words = append(words, quote(w)+":A")
		}
		all = append(all, "("+strings.Join(words, " <-> ")+" | "+either(a.Keys)+")")
	}
	for _, w := range m.Words {
		text := quote(w.Word)
		if w.Prefix {
			text += ":*"
		}
		for _, l := range w.Or {
			text += " | " + quote(l)
		}
		all = append(all, "("+text+")")
	}
	return strings.Join(all, " & ")
}
