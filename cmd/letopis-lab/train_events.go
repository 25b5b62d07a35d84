package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/read"
	"letopis/internal/train"
)

// eventsFlags are the flags of train events.
type eventsFlags struct {
	gold, root, cv, data string
}

func trainEventsCommand(l *lab) *cobra.Command {
	var f eventsFlags
	o := train.DefaultDeedOptions
	c := &cobra.Command{
		Use:   "events",
		Short: "Learn the reader of events (deeds.bin), or read with each fold left out",
		Long: `Learn from the events of version 2 of annotated articles which words evoke which events, who
stands on their sides and for which country: data/lang/und/choose/deeds.bin, and in
corpus/choose/FOLD the weights learnt without each fold of the gold (folds.tsv beside --gold),
which 'letopis-lab score' takes for the articles of it.

With --cv each fold is left out in turn and the records of its articles are written to a
folder, to be measured by 'letopis-lab score'.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.trainEvents(c.Context(), f, o) },
	}
	c.Flags().StringVar(&f.gold, "gold", "../shared/gold/dev,../shared/gold/news,../shared/gold/train", "`DIRS` of the annotated articles, with commas between")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for data/ and corpus/")
	c.Flags().StringVar(&f.cv, "cv", "", "write records of articles whose fold was left out to this `DIR`, and no weights")
	dataFlag(c, &f.data)
	c.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the lessons")
	c.Flags().Float64Var(&o.Rate, "rate", o.Rate, "rate of learning")
	c.Flags().Float64Var(&o.L2, "l2", o.L2, "penalty of weights")
	c.Flags().IntVar(&o.MinN, "min", o.MinN, "features of fewer candidates are left out")
	return c
}

// deedLessons are the lessons of annotated articles.
type deedLessons struct {
	articles []train.GoldArticle
	of       [][]read.Lesson
}

func openDeedLessons(ctx context.Context, r *read.Reader, gold string) (*deedLessons, error) {
	d := &deedLessons{}
	for _, dir := range strings.Split(gold, ",") {
		groupOf, err := goldFolds(dir)
		if err != nil {
			return nil, err
		}
		some, err := train.Gold(dir, groupOf)
		if err != nil {
			return nil, err
		}
		d.articles = append(d.articles, some...)
	}
	for _, a := range d.articles {
		l, err := train.Lessons(ctx, r, a)
		if err != nil {
			return nil, err
		}
		d.of = append(d.of, l)
	}
	return d, nil
}

// without are the lessons of articles that are not of the fold.
func (d *deedLessons) without(fold string) []read.Lesson {
	var out []read.Lesson
	for i, a := range d.articles {
		if a.Group != fold {
			out = append(out, d.of[i]...)
		}
	}
	return out
}

// examine counts what a table answers rightly in the lessons of a fold that it was learnt without.
func (d *deedLessons) examine(t *linear.Table, fold string, exam map[string]*[2]int) {
	for i, a := range d.articles {
		if a.Group != fold {
			continue
		}
		for _, l := range d.of[i] {
			x := exam[l.Question()]
			if x == nil {
				x = &[2]int{}
				exam[l.Question()] = x
			}
			x[1]++
			if right := l.Right[l.Answer(t)]; len(l.Right) > 1 && right || len(l.Right) == 1 && l.Yes(t) == l.Right[0] {
				x[0]++
			}
		}
	}
}

func (d *deedLessons) folds() []string {
	out := []string{}
	for _, a := range d.articles {
		out = append(out, a.Group)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (l *lab) trainEvents(ctx context.Context, f eventsFlags, o train.DeedOptions) error {
	fsys, err := openData(f.data)
	if err != nil {
		return err
	}
	r, err := read.Open(fsys)
	if err != nil {
		return err
	}
	d, err := openDeedLessons(ctx, r, f.gold)
	if err != nil {
		return err
	}
	if f.cv != "" {
		if err := os.MkdirAll(f.cv, 0o777); err != nil {
			return err
		}
	}
	exam := map[string]*[2]int{}
	defer func() {
		for _, k := range slices.Sorted(maps.Keys(exam)) {
			fmt.Fprintf(l.stderr, "%s: %d of %d right\n", k, exam[k][0], exam[k][1])
		}
	}()
	for _, fold := range append([]string{""}, d.folds()...) {
		if fold == "" && f.cv != "" {
			continue
		}
		lessons := d.without(fold)
		t := train.Deeds(lessons, o)
		fmt.Fprintf(l.stderr, "%s: %d lessons\n", learntFrom("gold", fold), len(lessons))
		if f.cv == "" {
			if err := writeTable(t, f.root, fold); err != nil {
				return err
			}
			continue
		}
		own := r.WithDeeds(t)
		d.examine(t, fold, exam)
		for i := range d.articles {
			if d.articles[i].Group != fold {
				continue
			}
			doc := d.articles[i].Doc
			rec, err := own.Read(ctx, &doc)
			if err != nil {
				return err
			}
			if err := writeRecord(filepath.Join(f.cv, string(doc.ID)+".json"), rec); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeTable writes the weights learnt without a fold, those learnt from all where fold is "".
func writeTable(t *linear.Table, root, fold string) error {
	dir := filepath.Join(root, "data", "lang", "und", "choose")
	if fold != "" {
		dir = filepath.Join(root, chooseDir, fold)
	}
	w, err := os.Create(filepath.Join(dir, "deeds.bin"))
	if err != nil {
		return err
	}
	if _, err := t.WriteTo(w); err != nil {
		w.Close()
		return err
	}
	return w.Close()
}

func writeRecord(path string, rec *letopis.Record) error {
	b, err := json.Marshal(rec)
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o666)
}
