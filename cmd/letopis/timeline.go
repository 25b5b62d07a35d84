package main

import (
	"cmp"

	"github.com/spf13/cobra"
)

func timelineCommand(e *env) *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:  "timeline COUNTRY COUNTRY",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, pair []string) error {
			q, err := f.query(c)
			if err != nil {
				return err
			}
			k, err := e.openKB()
			if err != nil {
				return err
			}
			if err := between(k, pair[0], pair[1], cmp.Or(f.until, f.since), &q); err != nil {
				return err
			}
			if err := f.parties(e, &q); err != nil {
				return err
			}
			return e.show(c.Context(), q, f)
		},
	}
	f.registerCommon(c, 0)
	localize(e, c, "timeline")
	return c
}
