package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"letopis/internal/locale"
)

func rebuildCommand(e *env) *cobra.Command {
	var db string
	c := &cobra.Command{
		Use:  "rebuild",
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return e.rebuild(c.Context(), db) },
	}
	registerDB(c, &db)
	localize(e, c, "rebuild")
	return c
}

func (e *env) rebuild(ctx context.Context, db string) (err error) {
	store, err := e.openStore(ctx, db, true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Rebuild(ctx); err != nil {
		return err
	}
	n, err := store.Stats(ctx)
	if err != nil {
		return err
	}
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.stdout, l.T("rebuild.done")+"\n", n.Documents, n.Claims, n.Entries, n.Reports)
	return err
}
