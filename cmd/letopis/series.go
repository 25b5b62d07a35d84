package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/locale"
	"letopis/internal/onto"
	"letopis/internal/series"
	"letopis/internal/tell"
)

// seriesFlags are the flags of letopis series.
type seriesFlags struct {
	db, since, until, format string
	weekly, changes, matrix  bool
	recalled                 bool
	limit                    int
}

func seriesCommand(e *env) *cobra.Command {
	var f seriesFlags
	c := &cobra.Command{
		Use: "series COUNTRY COUNTRY",
		RunE: func(c *cobra.Command, args []string) error {
			if !f.matrix && len(args) != 2 {
				return usageError(c, errors.New("name two countries or groups: CHN RUS"))
			}
			return e.series(c.Context(), args, f)
		},
	}
	registerDB(c, &f.db)
	c.Flags().StringVar(&f.since, "since", "", "")
	c.Flags().StringVar(&f.until, "until", "", "")
	c.Flags().StringVar(&f.format, "format", "plot", "")
	c.Flags().BoolVar(&f.weekly, "weekly", false, "")
	c.Flags().BoolVar(&f.changes, "changes", false, "")
	c.Flags().BoolVar(&f.matrix, "matrix", false, "")
	c.Flags().BoolVar(&f.recalled, "recalled", false, "")
	c.Flags().IntVar(&f.limit, "limit", 5, "")
	localize(e, c, "series")
	return c
}

func (e *env) series(ctx context.Context, args []string, f seriesFlags) error {
	formats := []string{"plot", "svg", "csv"}
	if f.matrix || f.changes {
		formats = []string{"plot", "csv"}
	}
	if !slices.Contains(formats, f.format) || f.changes && f.format == "csv" {
		return &letopis.Error{Op: "--format " + f.format, Kind: letopis.Unsupported, Err: fmt.Errorf("choose one of %s", strings.Join(formats, ", "))}
	}
	q := letopis.Query{Kind: letopis.FindingEvent, Since: letopis.When(f.since), Until: letopis.When(f.until)}
	if !f.recalled {
		q.Recalled = new(bool)
	}
	k, err := e.openKB()
	if err != nil {
		return err
	}
	if f.matrix {
		return e.seriesMatrix(ctx, k, args, q, f)
	}
	l, err := locale.Of(e.ui)
	if err != nil {
		return err
	}
	if err := between(k, args[0], args[1], cmp.Or(f.until, f.since), &q); err != nil {
		return err
	}
	entries, err := e.collect(ctx, f.db, q)
	if err != nil {
		return err
	}
	o, err := onto.Open(e.data)
	if err != nil {
		return err
	}
	s := series.New(entries, o, f.weekly || f.changes)
	if len(s.Periods) == 0 {
		e.notice(l.T("find.none"))
	}
	title := partyTitle(newNames(k, e.ui), q, args)
	switch {
	case f.changes:
		return e.showChanges(l, s, f.limit)
	case f.format == "csv":
		return s.CSV(e.stdout)
	case f.format == "svg":
		return s.SVG(e.stdout, l, title)
	}
	return s.Plot(e.stdout, l, title, e.width)
}

// seriesMatrix counts who acts on whom among countries and groups, or among all.
func (e *env) seriesMatrix(ctx context.Context, k *kb.KB, parties []string, q letopis.Query, f seriesFlags) error {
	const most = 10 // countries shown
	var countries []string
	for _, p := range parties {
		codes, err := k.CountriesOf(p, cmp.Or(f.until, f.since))
		if err != nil {
			return err
		}
		countries = append(countries, codes...)
	}
	if len(countries) > 0 {
		q.Members = [][]string{countries}
	}
	entries, err := e.collect(ctx, f.db, q)
	if err != nil {
		return err
	}
	m := series.NewMatrix(entries, countries, most)
	if f.format == "csv" {
		return m.CSV(e.stdout)
	}
	return m.Table(e.stdout)
}

// partyTitle names the two sides.
func partyTitle(n *names, q letopis.Query, args []string) string {
	var sides []string
	for i, a := range args {
		if len(q.Pair) == 2 {
			sides = append(sides, n.Country(q.Pair[i]))
		} else {
			sides = append(sides, cmp.Or(n.Actor("body/"+strings.ToLower(a)), a))
		}
	}
	return strings.Join(sides, " – ")
}

// showChanges lists the weeks that stand out, each with the entries behind it.
func (e *env) showChanges(l locale.Texts, s *series.Series, limit int) error {
	for _, c := range s.Changes() {
		key := "series.cooperation"
		if c.Conflict {
			key = "series.conflict"
		}
		if _, err := fmt.Fprintf(e.stdout, l.T("series.change")+"\n", c.First, l.T(key), c.Count, c.Usual); err != nil {
			return err
		}
		behind := c.Behind()
		if limit > 0 {
			behind = behind[:min(limit, len(behind))]
		}
		for _, en := range behind {
			cells := tell.CellsOf(l, en)
			if _, err := fmt.Fprintf(e.stdout, "  %s  %s · %s\n    %s\n", cells.When, strings.ReplaceAll(cells.What, "\n", " · "), cells.Source, tell.CutAtSpace(cells.Words, e.width-4)); err != nil {
				return err
			}
		}
	}
	return nil
}
