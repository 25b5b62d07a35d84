package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/read"
	"letopis/internal/score"
)

// scoreNames prints the BSNLP figures of names: of the answers in system, or of our own
// reading of the raw texts beside gold where system is empty. Both folders have the layout
// of SlavicNER, TOPIC/LANG/gold (or responses) and TOPIC/LANG/raw.
func (e *env) scoreNames(ctx context.Context, gold, system string, langs []string) error {
	var r *read.Reader // nil where the answers are given
	var readable []string
	if system == "" {
		var err error
		if r, err = e.openReader(); err != nil {
			return err
		}
		readable = r.Packs().FullLangs()
	}
	want, err := score.OpenNames(gold, func(_, lang string) bool {
		return (len(langs) == 0 || slices.Contains(langs, lang)) && (r == nil || slices.Contains(readable, lang))
	})
	if err != nil {
		return err
	}
	if len(want) == 0 {
		return &letopis.Error{Op: "score --names " + gold, Kind: letopis.NotFound, Err: fmt.Errorf("no TOPIC/LANG/gold/*.out in a language that can be read")}
	}
	var got []score.NameGroup
	if system != "" {
		if got, err = score.OpenNames(system, nil); err != nil {
			return err
		}
	} else {
		for i := range want {
			answers, err := measure.Names(ctx, r, gold, &want[i])
			if err != nil {
				return err
			}
			got = append(got, answers)
		}
	}
	return printNameScores(e.stdout, want, score.ScoreNames(want, got))
}

// printNameScores prints the figures of all names and then those of each language.
func printNameScores(w io.Writer, want []score.NameGroup, scores *score.NameScores) error {
	_, err := fmt.Fprintf(w, "%d documents, %d without an answer\n%-10s %-4s %9s %9s %9s %9s\n", scores.Documents, scores.Missing, "metric", "lang", "precision", "recall", "F1", "n")
	if err != nil {
		return err
	}
	var each []string
	for _, g := range want {
		if !slices.Contains(each, g.Lang) {
			each = append(each, g.Lang)
		}
	}
	slices.Sort(each)
	for _, lang := range append([]string{""}, each...) {
		for _, m := range score.NameMetrics {
			f, ok := scores.Figure(m, "", lang, "")
			if !ok || f.N == 0 {
				continue
			}
			if _, err := fmt.Fprintf(w, "%-10s %-4s %9.2f %9.2f %9.2f %9d\n", m, cmp.Or(lang, "all"), 100*f.P, 100*f.R, 100*f.F1, f.N); err != nil {
				return err
			}
		}
	}
	return nil
}
