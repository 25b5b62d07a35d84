// Package store is what all databases of letopis have in common: how records,
// claims and entries are laid out in tables, how a query becomes SQL, and when the
// entries are folded. A database, a folder beside this file, brings its schema
// and its [Dialect]; [SQL] does the rest and is the [letopis.Store].
//
// # Entries
//
// Every question is answered in the order of time, and mostly only its first page
// is wanted. So the number n of an entry begins with the day on which the entry
// begins (see [Number]): whatever yields numbers in their order yields entries in
// the order of time, and may stop when the page is full. What a query can ask for,
// words, names, countries, pairs, codes, is a term of one full-text index whose
// lists stand in the order of n.
//
// # Writing
//
// Everything that one call stores stands in one transaction: a process that is
// killed leaves all of it or nothing. Entries are derived: a Put only counts a
// change, and the next question for entries folds them again.
package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"letopis"
)

// Dialect is what one database does differently.
type Dialect interface {
	// Rebind turns the ? of a statement into what the database wants.
	Rebind(query string) string
	// Wrap gives an error its operation and kind, with what to do about it.
	Wrap(op string, err error) error
	// Put stores records that are packed, in this order, none twice, and says what
	// it did with each.
	Put(ctx context.Context, tx *sql.Tx, items []Packed, version string) ([]letopis.Outcome, error)
	// Insert adds rows to a table.
	Insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error
	// Index adds entries to the full-text index.
	Index(ctx context.Context, tx *sql.Tx, entries []Indexed) error
	// Unindex takes entries from the full-text index, and all of them where ns is nil.
	Unindex(ctx context.Context, tx *sql.Tx, ns []int64) error
	// From says where the entries are that m chooses: a FROM clause, a condition with
	// its arguments, and the column of the entry's number. With rows the columns of
	// table entry are there too.
	From(m *Match, rows bool) (from, condition, number string, args []any)
	// LockFold begins a transaction that folds: no other does until it ends.
	LockFold(ctx context.Context, tx *sql.Tx) error
	// Retry does f again where another program was in its way.
	Retry(ctx context.Context, f func() error) error
	// Snapshot are the options of a transaction that sees one state.
	Snapshot() *sql.TxOptions
}

// SQL is a [letopis.Store] in tables.
type SQL struct {
	name    string // of the database, for messages
	r, w    *sql.DB
	d       Dialect
	p       *packer
	fold    sync.Mutex // one fold at a time in this process
	own     *SQL       // of a database that cannot be written: its digests and entries, in a temporary one
	scratch func(context.Context) (*SQL, error)
	closers []func() error
}

var _ letopis.Store = (*SQL)(nil)

// New returns the store in the database of name, which r reads and w writes. The
// store does not close them. Where w is nil the database cannot be written: when
// its entries are stale they are folded into the database that scratch makes.
func New(name string, r, w *sql.DB, d Dialect, f Folder, scratch func(context.Context) (*SQL, error)) *SQL {
	return &SQL{name: name, r: r, w: w, d: d, p: newPacker(f), scratch: scratch}
}

// OnClose adds what else is to be closed with the store.
func (s *SQL) OnClose(f func() error) { s.closers = append(s.closers, f) }

// Close closes what the store itself opened.
func (s *SQL) Close() error {
	var errs []error
	if s.own != nil {
		errs = append(errs, s.own.Close())
	}
	for _, f := range s.closers {
		errs = append(errs, f())
	}
	return errors.Join(errs...)
}
