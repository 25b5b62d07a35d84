package main

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/chronicle"
	"letopis/internal/store"
	"letopis/internal/store/postgres"
	"letopis/internal/store/sqlite"
)

// defaultDB is the file of the chronicle where nothing else is said.
const defaultDB = "letopis.db"

// registerDB gives a command the flag that names its chronicle.
func registerDB(c *cobra.Command, db *string) {
	c.Flags().StringVar(db, "db", "", "the chronicle: a `FILE`, or postgres://user@host/database (default: $LETOPIS_DB, or "+defaultDB+")")
}

// openStore opens the chronicle that --db, $LETOPIS_DB or the default names, in
// this order. mustExist refuses to make a new one.
func (e *env) openStore(ctx context.Context, db string, mustExist bool) (letopis.Store, error) {
	lemmas, err := newLemmatizer(e.data)
	if err != nil {
		return nil, err
	}
	store, err := openDB(ctx, cmp.Or(db, e.getenv("LETOPIS_DB"), defaultDB), chronicle.Folder{Lemmas: lemmas}, mustExist)
	if err != nil {
		return nil, err
	}
	return &lemmaStore{store, lemmas}, nil
}

func openDB(ctx context.Context, db string, f store.Folder, mustExist bool) (letopis.Store, error) {
	switch scheme, _, ok := strings.Cut(db, "://"); {
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		return postgres.Open(ctx, db, postgres.Options{Fold: f, MustExist: mustExist})
	case ok:
		return nil, &letopis.Error{Op: "--db " + scheme + "://…", Kind: letopis.Unsupported, Err: errors.New("there is no store of this kind; name a file, or postgres://user@host/database")}
	default:
		return sqlite.Open(ctx, db, sqlite.Options{Fold: f, MustExist: mustExist})
	}
}
