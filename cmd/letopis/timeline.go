package main

import (
	"strings"

	"github.com/spf13/cobra"
)

func timelineCommand(e *env) *cobra.Command {
	var f queryFlags
	c := &cobra.Command{
		Use:   "timeline COUNTRY COUNTRY",
		Short: "Show what two countries said and did to each other, in order of time",
		Long: `Show the chronicle of two countries, both ways, in order of time. Countries are three
letters: CHN RUS. What an article only recalls stands at its own date, marked with the
article that recalls it.`,
		Example: `  letopis timeline CHN RUS
  letopis timeline CHN RUS --since 2020-09 --until 2020-12 --format json`,
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, pair []string) error {
			q, err := f.query(c)
			if err != nil {
				return err
			}
			q.Pair = []string{strings.ToUpper(pair[0]), strings.ToUpper(pair[1])}
			return e.show(c.Context(), q, f, true)
		},
	}
	f.registerCommon(c, 0)
	return c
}
