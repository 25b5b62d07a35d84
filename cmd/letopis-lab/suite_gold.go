package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis/internal/measure"
	"letopis/internal/score"
)

// goldSet is a set of the gold (seed, dev, news) and what was read in its articles.
type goldSet struct {
	cases []score.Case
	found []*score.Findings // of each case
	folds []int             // of each case; none where the set was read with the shipped weights
}

// goldSet reads a set of the gold once: with weights that have not seen the fold of each
// article, or with the shipped ones where the name ends in ".insample", and for the seed, which is
// of no fold. Articles in a language without a pack are left out.
func (s *suite) goldSet(ctx context.Context, name string) (*goldSet, error) {
	if g := s.goldSets[name]; g != nil {
		return g, nil
	}
	set, seen := strings.CutSuffix(name, score.InSampleSuffix)
	dir := filepath.Join(s.shared, "gold", set)
	cases, err := score.OpenGold(filepath.Join(dir, "articles"), filepath.Join(dir, "records"))
	if err != nil {
		return nil, err
	}
	cases = slices.DeleteFunc(cases, func(c score.Case) bool { return !s.reads(c.Document.Lang) })
	g := &goldSet{cases: cases}
	if seen || set == "seed" {
		g.found, err = measure.Findings(ctx, s.reader, cases)
	} else {
		g, err = s.leftOut(ctx, set, cases)
	}
	if err != nil {
		return nil, err
	}
	if s.goldSets == nil {
		s.goldSets = map[string]*goldSet{}
	}
	s.goldSets[name] = g
	return g, nil
}

// goldSetOf reads the set that a task measures: gold.dev.insample is of dev.insample.
func (s *suite) goldSetOf(ctx context.Context, t *task) (*goldSet, error) {
	_, name, _ := strings.Cut(t.name, ".")
	return s.goldSet(ctx, name)
}

// articles scores a set of the gold: statements, dates, agencies.
func (s *suite) articles(ctx context.Context, t *task) ([]score.Row, error) {
	g, err := s.goldSetOf(ctx, t)
	if err != nil {
		return nil, err
	}
	var b score.Board
	for i, c := range g.cases {
		b.Add(c.Document.Lang, c.Gold, g.found[i])
	}
	// Events of version 1 gave a domestic act the same country on both sides, named or not; those of
	// version 2 are tasks of their own.
	return slices.DeleteFunc(b.Rows(t.name), func(r score.Row) bool { return strings.HasPrefix(r.Metric, "event") }), nil
}

// sidedEvents scores the events of version 2 of a set of the gold.
func (s *suite) sidedEvents(ctx context.Context, t *task) ([]score.Row, error) {
	g, err := s.goldSetOf(ctx, t)
	if err != nil {
		return nil, err
	}
	var b score.Board
	for i, c := range g.cases {
		b.AddSided(c.Document.Lang, c.Gold, g.found[i])
	}
	return b.Rows(t.name), nil
}

// claimed are the sets that confidence is counted and measured on.
var claimed = []string{"dev", "news"}

// claims holds what was read in the claimed sets, left out, against gold, by fold.
func (s *suite) claims(ctx context.Context, of func(lang string, gold, sys *score.Findings) []score.Claim) (out [score.NumFolds][]score.Claim, err error) {
	for _, set := range claimed {
		g, err := s.goldSet(ctx, set)
		if err != nil {
			return out, err
		}
		for i, c := range g.cases {
			k := g.folds[i]
			out[k] = append(out[k], of(c.Document.Lang, c.Gold, g.found[i])...)
		}
	}
	return out, nil
}

// claimRows are the figures of calibration, of all claims and of each language.
func claimRows(t *task, claims []score.Claim) []score.Row {
	byLang := map[string][]score.Claim{"all": claims}
	for _, c := range claims {
		byLang[c.Lang] = append(byLang[c.Lang], c)
	}
	var rows []score.Row
	for lang, of := range byLang {
		for _, f := range score.Calibration(of) {
			rows = append(rows, score.RowOf(t.name, lang, f))
		}
	}
	score.SortRows(rows)
	return rows
}

// statementClaims measures the confidence of statements as records have it.
func (s *suite) statementClaims(ctx context.Context, t *task) ([]score.Row, error) {
	folds, err := s.claims(ctx, score.StatementClaims)
	return claimRows(t, slices.Concat(folds[:]...)), err
}

// eventClaims measures the confidence of events as records have it.
func (s *suite) eventClaims(ctx context.Context, t *task) ([]score.Row, error) {
	folds, err := s.claims(ctx, score.EventClaims)
	return claimRows(t, slices.Concat(folds[:]...)), err
}

// tableClaims measures the confidence that a table counted on the other folds gives.
func (s *suite) tableClaims(ctx context.Context, t *task) ([]score.Row, error) {
	folds, err := s.claims(ctx, score.StatementClaims)
	return claimRows(t, score.CrossFit(folds)), err
}

// writeConfidence counts how often statements of each rule are right, on articles left out,
// and writes the table of confidences.
func (s *suite) writeConfidence(ctx context.Context, path string) error {
	folds, err := s.claims(ctx, score.StatementClaims)
	if err != nil {
		return err
	}
	claims := slices.Concat(folds[:]...)
	folds, err = s.claims(ctx, score.EventClaims)
	if err != nil {
		return err
	}
	events := slices.Concat(folds[:]...)
	articles := 0
	var dirs []string
	for _, set := range claimed {
		articles += len(s.goldSets[set].cases)
		dirs = append(dirs, filepath.Join(s.shared, "gold", set))
	}
	digest, err := score.Digest(append(dirs, filepath.Join(s.shared, "gold", "folds.tsv"))...)
	if err != nil {
		return err
	}
	of := fmt.Sprintf("%d statements and %d events of %d articles of gold/dev and gold/news (version %s), each read with weights\n"+
		"that have not seen its fold; right is a statement that gold has, with its speaker, and an event with its category and sides", len(claims), len(events), articles, digest)
	table := score.CountPrecisions(claims)
	table.Add(score.CountPrecisions(events))
	return os.WriteFile(path, []byte(table.TSV(of)), 0o644)
}
