package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"letopis/internal/measure"
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

// codeFlags are the flags of train code.
type codeFlags struct {
	trainFrom
	cv    bool
	seeds int
	write string
	scale float64
}

func trainCodeCommand(l *lab) *cobra.Command {
	var f codeFlags
	o := train.DefaultPairOptions
	c := &cobra.Command{
		Use:   "code",
		Short: "Learn the chooser of categories and roles (code.bin), or measure it",
		Example: `  letopis-lab train code
  letopis-lab train code --cv --write corpus/chooser.tsv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.trainCode(c.Context(), f, o) },
	}
	f.flags(c, "", "")
	f.lang = "en"
	c.Flags().BoolVar(&f.cv, "cv", false, "measure by five-fold cross-validation and write no model")
	c.Flags().IntVar(&f.seeds, "seeds", 5, "splits to measure on")
	c.Flags().StringVar(&f.write, "write", "", "`FILE` to put the figures into")
	c.Flags().Float64Var(&f.scale, "cost", 1, "factor of the cost of errors")
	c.Flags().IntVar(&o.Rows, "rows", o.Rows, "features kept")
	return c
}

// trainCode trains the chooser of categories and roles, or measures it by cross-validation.
func (l *lab) trainCode(ctx context.Context, f codeFlags, o train.PairOptions) error {
	r, err := read.Open(os.DirFS(f.data))
	if err != nil {
		return err
	}
	w := &model.Writer{}
	var table strings.Builder
	var roots *pairs.Model
	for _, part := range chooserParts {
		list, examples, err := choices(ctx, r, filepath.Join(f.sets(), "plover", part.file), f.lang)
		if err != nil {
			return err
		}
		if roots != nil {
			// The categories are learnt from another set, so this tells nothing of the answer.
			for _, e := range examples {
				e.Features = append(e.Features, pairs.Root(roots.Choose(e.Features).Label))
			}
		}
		o.Cost = part.cost * f.scale
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
		if f.cv {
			if err := crossValidate(&table, f.lang, list, examples, f.seeds, o); err != nil {
				return err
			}
		}
	}
	if f.cv {
		fmt.Fprint(l.stdout, table.String())
		if f.write == "" {
			return nil
		}
		return os.WriteFile(f.write, []byte(chooserHead+table.String()), 0o644)
	}
	b := w.Finish()
	fmt.Fprintf(l.stdout, "%s code: %d bytes\n", f.lang, len(b))
	return save(f.packs(), f.lang, "code.bin", commandOf("code.bin", f.lang), b, map[string]any{"seed": o.Seed, "cost": []float64{chooserParts[0].cost, chooserParts[1].cost}, "rows": o.Rows}, nil)
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
	"# standard deviation over them, pairs. acts is split by document. Made by: go run ./cmd/letopis-lab train code --cv --write corpus/chooser.tsv\n"

// choices reads a set of pairs and its examples.
func choices(ctx context.Context, r *read.Reader, path, lang string) ([]score.Pair, []*train.PairExample, error) {
	list, err := measure.Pairs(path, lang)
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
