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

// statements trains the choosers of statements on annotated articles, the training part of
// PolNeAR and the Russian set of ADAQ:
//
//	letopis-train statements         writes speakers.tsv and spans.tsv to data/lang/und/choose, and to corpus/choose/TOPIC
//	                                 the weights learnt without each topic of gold/dev, which letopis score takes for its articles
func statements(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("statements", flag.ExitOnError)
	shared := fs.String("shared", "../shared", "folder of the data to learn from")
	root := fs.String("root", ".", "folder of the repository, for data/ and corpus/")
	o := train.DefaultStatementOptions
	fs.Float64Var(&o.Linear.L2, "l2", o.Linear.L2, "penalty of the weights")
	fs.Float64Var(&o.Gold, "gold", o.Gold, "weight of a case of gold/dev; one of another set weighs 1")
	if err := fs.Parse(args); err != nil {
		return err
	}
	gold, err := train.GoldSaid(filepath.Join(*shared, "gold", "dev"))
	if err != nil {
		return err
	}
	quotes := filepath.Join(*shared, "data", "quotes")
	polnear, err := train.PolnearSaid(filepath.Join(quotes, "polnear_en_train290.jsonl"))
	if err != nil {
		return err
	}
	adaq, err := train.AdaqSaid(filepath.Join(quotes, "adaq_ru.jsonl"))
	if err != nil {
		return err
	}
	r, err := read.Open(data.FS)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		file, head string
		choices    func(context.Context, *read.Reader, train.SaidArticle) ([]train.Choice, error)
		others     []train.SaidArticle
		from       string
	}{
		{"speakers.tsv", "Weights of the chooser of speakers, in 1/64 of log-odds: w. which phrase speaks at a word of saying.",
			train.SpeakerChoices, polnear, "the training part of PolNeAR"},
		{"spans.tsv", "Weights of the chooser of ranges, in 1/64 of log-odds: c. how far the words reported go.",
			train.SpanChoices, slices.Concat(polnear, adaq), "the training part of PolNeAR and ADAQ in Russian"},
	} {
		choices := func(articles []train.SaidArticle) (out []train.Choice, err error) {
			for _, a := range articles {
				x, err := c.choices(ctx, r, a)
				if err != nil {
					return nil, err
				}
				out = append(out, x...)
			}
			return out, nil
		}
		ours, err := choices(gold)
		if err != nil {
			return err
		}
		theirs, err := choices(c.others)
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
			m := train.StatementChooser(rest, theirs, o)
			var b bytes.Buffer
			if err := m.Write(&b, c.head+"\nLearnt by letopis-train statements from "+what+" and "+c.from+"; see models/README.md."); err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, c.file), b.Bytes(), 0o666); err != nil {
				return err
			}
			fmt.Fprintf(os.Stderr, "%s, %s: %d and %d questions, %d weights\n", c.file, what, len(rest), len(theirs), m.Len())
		}
	}
	return nil
}
