package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/read"
	"letopis/internal/train"
)

// eventsFlags are the flags of train events.
type eventsFlags struct {
	gold, root, cv, data string
	rules                bool
}

func trainEventsCommand(l *lab) *cobra.Command {
	var f eventsFlags
	o := train.DefaultEventOptions
	c := &cobra.Command{
		Use:   "events",
		Short: "Learn the chooser of events (events.tsv), or read with each fold left out",
		Long: `Learn the chooser of events from the events of version 2 of annotated articles:
data/lang/und/choose/events.tsv, and in corpus/choose/FOLD the weights learnt without each fold
of the gold (folds.tsv beside --gold), which 'letopis-lab score' takes for the articles of it.

With --cv each fold is left out in turn and the records of its articles are written to a
folder, to be measured by 'letopis score GOLD/articles GOLD/records DIR'.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.trainEvents(c.Context(), f, o) },
	}
	c.Flags().StringVar(&f.gold, "gold", "../shared/gold/dev,../shared/gold/news,../shared/gold/train", "`DIRS` of the annotated articles, with commas between")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for data/ and corpus/")
	c.Flags().StringVar(&f.cv, "cv", "", "write records of articles whose fold was left out to this `DIR`, and no weights")
	dataFlag(c, &f.data)
	c.Flags().Int32Var(&o.Bias, "bias", o.Bias, "added to the score of every proposal")
	c.Flags().Float64Var(&o.Keep.L2, "l2keep", o.Keep.L2, "penalty of weights that keep")
	c.Flags().Float64Var(&o.Sides.L2, "l2sides", o.Sides.L2, "penalty of weights of sides")
	c.Flags().BoolVar(&f.rules, "rules", false, "with --cv: the rules alone")
	return c
}

// eventCases are the questions that annotated articles put to the chooser of events.
type eventCases struct {
	articles    []train.GoldArticle
	keep, sides [][]train.Choice // by article
}

// openEventCases reads the annotated articles of gold with r.
func openEventCases(ctx context.Context, r *read.Reader, gold string) (*eventCases, error) {
	var articles []train.GoldArticle
	for _, dir := range strings.Split(gold, ",") {
		groupOf, err := goldFolds(dir)
		if err != nil {
			return nil, err
		}
		some, err := train.Gold(dir, groupOf)
		if err != nil {
			return nil, err
		}
		articles = append(articles, some...)
	}
	var err error
	c := &eventCases{articles, make([][]train.Choice, len(articles)), make([][]train.Choice, len(articles))}
	for i, a := range articles {
		if c.keep[i], c.sides[i], err = train.EventChoices(ctx, r, a); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// folds lists the folds of the articles, sorted.
func (c *eventCases) folds() []string {
	var out []string
	for _, a := range c.articles {
		out = append(out, a.Group)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// without are the questions of articles that are not of the fold.
func (c *eventCases) without(fold string) (keep, sides []train.Choice) {
	for i, a := range c.articles {
		if a.Group != fold {
			keep, sides = append(keep, c.keep[i]...), append(sides, c.sides[i]...)
		}
	}
	return keep, sides
}

// trainEvents trains the chooser of events on annotated articles.
func (l *lab) trainEvents(ctx context.Context, f eventsFlags, o train.EventOptions) error {
	fsys, err := openData(f.data)
	if err != nil {
		return err
	}
	r, err := read.Open(fsys)
	if err != nil {
		return err
	}
	c, err := openEventCases(ctx, r, f.gold)
	if err != nil {
		return err
	}
	if f.cv != "" {
		return c.readLeftOut(ctx, r, f, o)
	}
	for _, fold := range append([]string{""}, c.folds()...) {
		k, s := c.without(fold)
		m := train.EventChooser(k, s, o)
		if err := writeWeights(m, f.root, fold, "events.tsv", "Weights of the chooser of events, in 1/64 of log-odds: k. whether a proposal is an event, p. s. t. which sides it has.\nLearnt by letopis-lab train events from "+learntFrom("gold/dev, gold/news and gold/train", fold)+"; see models/README.md."); err != nil {
			return err
		}
		fmt.Fprintf(l.stderr, "%s: %d proposals, %d with sides, %d weights\n", learntFrom("gold", fold), len(k), len(s), m.Len())
	}
	return nil
}

// readLeftOut reads every article with weights that were learnt without its fold, and
// writes the records to the folder of --cv.
func (c *eventCases) readLeftOut(ctx context.Context, r *read.Reader, f eventsFlags, o train.EventOptions) error {
	if err := os.MkdirAll(f.cv, 0o777); err != nil {
		return err
	}
	readers := map[string]*read.Reader{}
	for i := range c.articles {
		fold := c.articles[i].Group
		if readers[fold] == nil {
			k, s := c.without(fold)
			readers[fold] = r.WithChooser(train.EventChooser(k, s, o))
			if f.rules {
				readers[fold] = r.WithChooser(nil)
			}
		}
		doc := c.articles[i].Doc
		rec, err := readers[fold].Read(ctx, &doc)
		if err != nil {
			return err
		}
		if err := writeRecord(filepath.Join(f.cv, string(c.articles[i].Doc.ID)+".json"), rec); err != nil {
			return err
		}
	}
	return nil
}

func writeRecord(path string, rec *letopis.Record) error {
	b, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o666)
}
