package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/score"
)

// scoreConllu prints the figures of one CoNLL-U file: of the analysis in system, or of
// our own analysis of the text where system is empty.
func (e *env) scoreConllu(ctx context.Context, gold, system string, langs []string) error {
	data, err := os.ReadFile(gold)
	if err != nil {
		return err
	}
	var got score.TreeScores
	if system != "" {
		answer, err := os.ReadFile(system)
		if err != nil {
			return err
		}
		got, err = score.ScoreTrees(data, answer)
		if err != nil {
			return err
		}
	} else {
		if len(langs) > 1 {
			return &letopis.Error{Op: "--lang", Kind: letopis.Invalid, Err: errors.New("a treebank is in one language")}
		}
		r, err := e.openReader()
		if err != nil {
			return err
		}
		got, err = measure.Trees(ctx, r.Packs(), strings.Join(langs, ""), data)
		if err != nil {
			return fmt.Errorf("%s: %w", gold, err)
		}
	}
	fmt.Fprintf(e.stdout, "%-12s %9s %9s %9s %9s\n", "metric", "precision", "recall", "F1", "n")
	for _, m := range score.TreeMetrics {
		f := got.Figure(m)
		if _, err := fmt.Fprintf(e.stdout, "%-12s %9.2f %9.2f %9.2f %9d\n", m, 100*f.P, 100*f.R, 100*f.F1, f.N); err != nil {
			return err
		}
	}
	return nil
}
