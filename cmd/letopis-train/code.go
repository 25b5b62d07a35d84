package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"letopis/internal/model"
	"letopis/internal/pairs"
	"letopis/internal/read"
	"letopis/internal/score"
	"letopis/internal/train"
)

// chooserParts are the two models of code.bin, the sets that they are learnt from, and
// what an error costs: the second set has fewer clues and more chance.
var chooserParts = []struct {
	name, file string
	cost       float64
}{{"root", "PLV_train.tsv", 3}, {"acts", "AW_train.tsv", 0.5}}

// code trains the chooser of categories and roles, and measures it:
//
//	letopis-train code                     writes data/lang/en/code.bin
//	letopis-train code -cv -write FILE     five-fold cross-validation, five splits, into a table
func code(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("code", flag.ExitOnError)
	o := train.DefaultPairOptions
	shared := fs.String("shared", "../shared", "folder of the data sets")
	data := fs.String("data", "data", "folder of the language packs, the ontology and the knowledge base")
	cv := fs.Bool("cv", false, "measure by cross-validation and write no model")
	seeds := fs.Int("seeds", 5, "splits to measure on")
	write := fs.String("write", "", "file to put the figures into")
	scale := fs.Float64("cost", 1, "factor of the cost of errors")
	fs.IntVar(&o.Rows, "rows", o.Rows, "features kept")
	if err := fs.Parse(args); err != nil {
		return err
	}
	const lang = "en"
	r, err := read.Open(os.DirFS(*data))
	if err != nil {
		return err
	}
	w := &model.Writer{}
	var table strings.Builder
	var roots *pairs.Model
	for _, part := range chooserParts {
		list, examples, err := choices(ctx, r, filepath.Join(*shared, "data", "plover", part.file), lang)
		if err != nil {
			return err
		}
		if roots != nil {
			// The categories are learnt from another set, so this tells nothing of the answer.
			for _, e := range examples {
				e.Features = append(e.Features, pairs.Root(roots.Choose(e.Features).Label))
			}
		}
		o.Cost = part.cost * *scale
		labels, rows, err := train.Pairs(examples, o)
		if err != nil {
			return err
		}
		pairs.Write(w, part.name, labels, rows)
		if roots == nil {
			if roots, err = trained(labels, rows); err != nil {
				return err
			}
		}
		if *cv {
			if err := crossValidate(&table, lang, list, examples, *seeds, o); err != nil {
				return err
			}
		}
	}
	if *cv {
		fmt.Print(table.String())
		if *write == "" {
			return nil
		}
		return os.WriteFile(*write, []byte(chooserHead+table.String()), 0o644)
	}
	b := w.Finish()
	fmt.Printf("%s code: %d bytes\n", lang, len(b))
	return save(filepath.Join(*data, "lang"), lang, "code.bin", commands["code.bin"], b, map[string]any{"seed": o.Seed, "cost": []float64{chooserParts[0].cost, chooserParts[1].cost}, "rows": o.Rows}, nil)
}

// trained opens a model that was just learnt.
func trained(labels []string, rows []pairs.Row) (*pairs.Model, error) {
	w := &model.Writer{}
	pairs.Write(w, "root", labels, rows)
	f, err := model.Open(w.Finish())
	if err != nil {
		return nil, err
	}
	return pairs.Open(f, "root")
}

const chooserHead = "# The chooser of categories and roles by cross-validation, five parts: language, figure, mean of macro-F1 over the splits,\n" +
	"# standard deviation over them, pairs. acts is split by document. Made by: go run ./cmd/letopis-train code -cv -write corpus/chooser.tsv\n"

// choices reads a set of pairs and its examples.
func choices(ctx context.Context, r *read.Reader, path, lang string) ([]score.Pair, []*train.PairExample, error) {
	list, err := score.OpenPairs(path, lang)
	if err != nil {
		return nil, nil, err
	}
	pack, err := r.Packs().Pack(lang)
	if err != nil {
		return nil, nil, err
	}
	var out []*train.PairExample
	for i := range list {
		p := &list[i]
		a, err := pack.Analyze(ctx, p.Document.Text)
		if err != nil {
			return nil, nil, err
		}
		q := pairs.NewPair(a, pairs.ByteSpans(p.Document.Text, p.Source), pairs.ByteSpans(p.Document.Text, p.Target))
		if q.Cues, err = r.Cues(p.Document.Text, a); err != nil {
			return nil, nil, err
		}
		label, group := p.Root, p.Document.Text
		if label == "" {
			label = p.Acts
		}
		if p.Group != "" {
			group = p.Group
		}
		out = append(out, &train.PairExample{Features: pairs.Features(&q), Label: label, Group: group})
	}
	return list, out, nil
}

// crossValidate adds the figures of one set to the table.
func crossValidate(table *strings.Builder, lang string, list []score.Pair, examples []*train.PairExample, seeds int, o train.PairOptions) error {
	sums := map[string][]float64{}
	var names []string
	for s := range seeds {
		o.Seed = uint64(s + 1)
		labels, err := train.CrossValidatePairs(examples, 5, o)
		if err != nil {
			return err
		}
		answers := make([]score.PairAnswer, len(list))
		for i, l := range labels {
			answers[i] = score.PairAnswer{Root: l, Acts: l == "1"}
		}
		for _, f := range score.ScorePairs(list, answers) {
			if f.IsShare {
				continue
			}
			if sums[f.Metric] == nil {
				names = append(names, f.Metric)
			}
			sums[f.Metric] = append(sums[f.Metric], f.F1)
		}
	}
	for _, name := range names {
		mean, dev := spread(sums[name])
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\n", lang, name, strconv.FormatFloat(mean, 'f', 3, 64), strconv.FormatFloat(dev, 'f', 3, 64), len(list))
	}
	return nil
}

// spread returns the mean and the standard deviation.
func spread(x []float64) (mean, dev float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		dev += (v - mean) * (v - mean) / float64(len(x))
	}
	return mean, math.Sqrt(dev)
}
