package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"letopis"
	"letopis/data"
	"letopis/internal/read"
	"letopis/internal/train"
)

// events trains the chooser of events on annotated articles:
//
//	letopis-train events             writes data/lang/und/choose/events.tsv, and to corpus/choose/TOPIC the weights
//	                                 learnt without each topic, which letopis score takes for the articles of it
//	letopis-train events -cv DIR     leaves out each topic in turn and writes the records of its articles to DIR,
//	                                 to be measured by letopis score GOLD/articles GOLD/records DIR
func events(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("events", flag.ExitOnError)
	gold := fs.String("gold", "../shared/gold/dev", "folder of the annotated articles")
	root := fs.String("root", ".", "folder of the repository, for data/ and corpus/")
	cv := fs.String("cv", "", "write records of articles whose topic was left out to this folder, and no weights")
	o := train.DefaultEventOptions
	bias := fs.Int("bias", int(o.Bias), "added to the score of every proposal")
	fs.Float64Var(&o.Keep.L2, "l2keep", o.Keep.L2, "penalty of weights that keep")
	fs.Float64Var(&o.Sides.L2, "l2sides", o.Sides.L2, "penalty of weights of sides")
	rules := fs.Bool("rules", false, "with -cv: the rules alone")
	if err := fs.Parse(args); err != nil {
		return err
	}
	o.Bias = int32(*bias)
	articles, err := train.Gold(*gold)
	if err != nil {
		return err
	}
	r, err := read.Open(data.FS)
	if err != nil {
		return err
	}
	keep, sides := make([][]train.Choice, len(articles)), make([][]train.Choice, len(articles))
	var topics []string
	for i, a := range articles {
		if keep[i], sides[i], err = train.EventChoices(ctx, r, a); err != nil {
			return err
		}
		topics = append(topics, a.Topic)
	}
	// learn takes the articles that are not of the topic.
	learn := func(without string) ([]train.Choice, []train.Choice) {
		var k, s []train.Choice
		for i := range articles {
			if topics[i] != without {
				k, s = append(k, keep[i]...), append(s, sides[i]...)
			}
		}
		return k, s
	}
	if *cv == "" {
		for _, t := range append([]string{""}, slices.Compact(slices.Sorted(slices.Values(topics)))...) {
			dir, what := filepath.Join(*root, "data", "lang", "und", "choose"), "gold/dev"
			if t != "" {
				dir, what = filepath.Join(*root, "corpus", "choose", t), "gold/dev without "+t
			}
			k, s := learn(t)
			m := train.EventChooser(k, s, o)
			var b bytes.Buffer
			if err := m.Write(&b, "Weights of the chooser of events, in 1/64 of log-odds: k. whether a proposal is an event, p. s. t. which sides it has.\nLearnt by letopis-train events from "+what+"; see models/README.md."); err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "events.tsv"), b.Bytes(), 0o666); err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%s: %d proposals, %d with sides, %d weights\n", what, len(k), len(s), m.Len())
		}
		return nil
	}
	if err := os.MkdirAll(*cv, 0o777); err != nil {
		return err
	}
	readers := map[string]*read.Reader{}
	for i := range articles {
		t := topics[i]
		if readers[t] == nil {
			k, s := learn(t)
			readers[t] = r.WithChooser(train.EventChooser(k, s, o))
			if *rules {
				readers[t] = r.WithChooser(nil)
			}
		}
		doc := articles[i].Doc
		rec, err := readers[t].Read(ctx, &doc)
		if err != nil {
			return err
		}
		if err := writeRecord(filepath.Join(*cv, string(articles[i].Doc.ID)+".json"), rec); err != nil {
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
