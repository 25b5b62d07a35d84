package main

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/archive"
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
	return archive.Open(ctx, cmp.Or(db, e.getenv("LETOPIS_DB"), defaultDB), e.data, mustExist)
}
