package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/score"
)

// scoreFlags are the flags of score.
type scoreFlags struct {
	byLang, json bool
	trees        bool
	names        bool
	errors       int
	metrics      []string
	langs        []string
}

// newScoreCmd measures records against gold records.
func newScoreCmd(e *env) *cobra.Command {
	var f scoreFlags
	c := &cobra.Command{
		Use:   "score ARTICLES GOLD [SYSTEM] | --ud GOLD [SYSTEM] | --names GOLD [SYSTEM]",
		Short: "Measure records against gold records",
		Long: `Measure records against gold records.

ARTICLES and GOLD are folders of articles and their gold records, with the same
file names. SYSTEM is a folder of records to measure; without it the articles
are read now.

With --ud GOLD and SYSTEM are files in CoNLL-U; without SYSTEM the text of GOLD is
analysed now.

With --names GOLD and SYSTEM are folders in the layout of SlavicNER (BSNLP):
TOPIC/LANG/gold/*.out, and the answers in the same form; without SYSTEM the texts
in TOPIC/LANG/raw are read now. The figures are those of the official evaluator.`,
		Args: func(c *cobra.Command, args []string) error {
			if f.trees || f.names {
				return cobra.RangeArgs(1, 2)(c, args)
			}
			return cobra.RangeArgs(2, 3)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.trees {
				return e.scoreConllu(c.Context(), args[0], strings.Join(args[1:], ""), f.langs)
			}
			if f.names {
				return e.scoreNames(c.Context(), args[0], strings.Join(args[1:], ""), f.langs)
			}
			system := ""
			if len(args) == 3 {
				system = args[2]
			}
			return e.scoreFolder(c.Context(), args[0], args[1], system, &f)
		},
	}
	c.Flags().BoolVar(&f.byLang, "by-lang", false, "figures of each language too")
	c.Flags().BoolVar(&f.json, "json", false, "figures as JSON")
	c.Flags().IntVar(&f.errors, "errors", 0, "show up to `N` errors of each kind, spread over the articles (-1: all)")
	c.Flags().StringSliceVar(&f.metrics, "metric", nil, "show errors of these metrics only: statements, speaker, kind, recalled, dates, events, event, agencies")
	c.Flags().StringSliceVar(&f.langs, "lang", nil, "measure articles of these languages only")
	c.Flags().BoolVar(&f.trees, "ud", false, "measure an analysis in Universal Dependencies")
	c.Flags().BoolVar(&f.names, "names", false, "measure names and their base forms as BSNLP does")
	return c
}

// scoreFolder measures one folder of gold and prints the figures and the errors.
func (e *env) scoreFolder(ctx context.Context, articles, gold, system string, f *scoreFlags) error {
	cases, err := score.OpenGold(articles, gold)
	if err != nil {
		return err
	}
	if len(f.langs) > 0 {
		cases = slices.DeleteFunc(cases, func(c score.Case) bool { return !slices.Contains(f.langs, c.Document.Lang) })
		if len(cases) == 0 {
			return &letopis.Error{Op: "score", Kind: letopis.NotFound, Err: fmt.Errorf("no article in %s", strings.Join(f.langs, ", "))}
		}
	}
	found, err := e.findings(ctx, cases, system)
	if err != nil {
		return err
	}
	var board score.Board
	var errs []score.Error
	for i := range cases {
		d := &cases[i].Document
		board.Add(d.Lang, cases[i].Gold, found[i])
		if f.errors != 0 && found[i] != nil {
			name := strings.TrimSuffix(filepath.Base(cases[i].File), ".json")
			errs = append(errs, score.Errors(name, d.Lang, d.Text, cases[i].Gold, found[i])...)
		}
	}
	if f.json {
		_, err = io.WriteString(e.stdout, board.JSON(f.byLang))
		return err
	}
	if _, err := io.WriteString(e.stdout, board.Text(f.byLang)); err != nil {
		return err
	}
	errs = slices.DeleteFunc(errs, func(x score.Error) bool { return !wanted(x.Metric, f.metrics) })
	return score.WriteErrors(e.stdout, errs, f.errors)
}

// wanted reports whether a metric is one of those named, or a part of one: event
// names event.date too.
func wanted(metric string, named []string) bool {
	for _, n := range named {
		if metric == n || strings.HasPrefix(metric, n+".") {
			return true
		}
	}
	return len(named) == 0
}

// findings reads the articles, or takes their records from the folder system. A
// missing record is nil.
func (e *env) findings(ctx context.Context, cases []score.Case, system string) ([]*score.Findings, error) {
	if system != "" {
		out := make([]*score.Findings, len(cases))
		for i := range cases {
			var err error
			if out[i], err = score.OpenSystem(system, &cases[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	r, err := e.openReader()
	if err != nil {
		return nil, err
	}
	return measure.Findings(ctx, r, cases)
}
