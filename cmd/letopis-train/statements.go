package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"letopis/data"
	"letopis/internal/read"
	"letopis/internal/train"
)

// statements trains the chooser of speakers on annotated articles and on the training part
// of PolNeAR:
//
//	letopis-train statements         writes data/lang/und/choose/speakers.tsv, and to corpus/choose/TOPIC the weights
//	                                 learnt without each topic of gold/dev, which letopis score takes for its articles
func statements(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("statements", flag.ExitOnError)
	shared := fs.String("shared", "../shared", "folder of the data to learn from")
	root := fs.String("root", ".", "folder of the repository, for data/ and corpus/")
	o := train.DefaultSpeakerOptions
	fs.Float64Var(&o.Linear.L2, "l2", o.Linear.L2, "penalty of the weights")
	fs.Float64Var(&o.Gold, "gold", o.Gold, "weight of a case of gold/dev; one of PolNeAR weighs 1")
	if err := fs.Parse(args); err != nil {
		return err
	}
	gold, err := train.GoldSaid(filepath.Join(*shared, "gold", "dev"))
	if err != nil {
		return err
	}
	polnear, err := train.PolnearSaid(filepath.Join(*shared, "data", "quotes", "polnear_en_train290.jsonl"))
	if err != nil {
		return err
	}
	r, err := read.Open(data.FS)
	if err != nil {
		return err
	}
	choices := func(articles []train.SaidArticle) (out []train.Choice, err error) {
		for _, a := range articles {
			c, err := train.SpeakerChoices(ctx, r, a)
			if err != nil {
				return nil, err
			}
			out = append(out, c...)
		}
		return out, nil
	}
	ours, err := choices(gold)
	if err != nil {
		return err
	}
	theirs, err := choices(polnear)
	if err != nil {
		return err
	}
	topics := []string{""}
	for _, c := range ours {
		if !slices.Contains(topics, c.Group) {
			topics = append(topics, c.Group)
		}
	}
	for _, t := range topics {
		dir, what := filepath.Join(*root, "data", "lang", "und", "choose"), "gold/dev"
		if t != "" {
			dir, what = filepath.Join(*root, "corpus", "choose", t), "gold/dev without "+t
		}
		rest := slices.DeleteFunc(slices.Clone(ours), func(c train.Choice) bool { return t != "" && c.Group == t })
		m := train.SpeakerChooser(rest, theirs, o)
		var b bytes.Buffer
		if err := m.Write(&b, "Weights of the chooser of speakers, in 1/64 of log-odds: w. which phrase speaks at a word of saying.\nLearnt by letopis-train statements from "+what+" and the training part of PolNeAR; see models/README.md."); err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "speakers.tsv"), b.Bytes(), 0o666); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "%s: %d and %d questions, %d weights\n", what, len(rest), len(theirs), m.Len())
	}
	return nil
}
