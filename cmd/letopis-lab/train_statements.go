package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"letopis/internal/read"
	"letopis/internal/train"
)

// statementsFlags are the flags of train statements.
type statementsFlags struct{ shared, root, data string }

func trainStatementsCommand(l *lab) *cobra.Command {
	var f statementsFlags
	o := train.DefaultStatementOptions
	c := &cobra.Command{
		Use:   "statements",
		Short: "Learn the choosers of speakers and of the range of what is said (speakers.tsv, spans.tsv)",
		Long: `Learn the choosers of statements from annotated articles, the training part of PolNeAR and
the Russian set of ADAQ: speakers.tsv and spans.tsv in data/lang/und/choose, and in
corpus/choose/FOLD the weights learnt without each fold of gold/dev (gold/folds.tsv), which
'letopis-lab score' takes for its articles.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.trainStatements(c.Context(), f, o) },
	}
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data to learn from")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for data/ and corpus/")
	dataFlag(c, &f.data)
	c.Flags().Float64Var(&o.Linear.L2, "l2", o.Linear.L2, "penalty of the weights")
	c.Flags().Float64Var(&o.Gold, "gold", o.Gold, "weight of a case of gold/dev; one of another set weighs 1")
	return c
}

// statementPart is one chooser of statements and what it is learnt from besides gold/dev.
type statementPart struct {
	file, head string
	choices    func(context.Context, *read.Reader, train.SaidArticle) ([]train.Choice, error)
	others     []train.SaidArticle
	from       string
}

// statementParts opens the data sets in quotes, a folder.
func statementParts(quotes string) ([]statementPart, error) {
	polnear, err := train.PolnearSaid(filepath.Join(quotes, "polnear_en_train290.jsonl"))
	if err != nil {
		return nil, err
	}
	adaq, err := train.AdaqSaid(filepath.Join(quotes, "adaq_ru.jsonl"))
	if err != nil {
		return nil, err
	}
	return []statementPart{
		{"speakers.tsv", "Weights of the chooser of speakers, in 1/64 of log-odds: w. which phrase speaks at a word of saying.",
			train.SpeakerChoices, polnear, "the training part of PolNeAR"},
		{"spans.tsv", "Weights of the chooser of ranges, in 1/64 of log-odds: c. how far the words reported go.",
			train.SpanChoices, slices.Concat(polnear, adaq), "the training part of PolNeAR and ADAQ in Russian"},
	}, nil
}

// all are the questions that articles put to the chooser.
func (p *statementPart) all(ctx context.Context, r *read.Reader, articles []train.SaidArticle) (out []train.Choice, err error) {
	for _, a := range articles {
		x, err := p.choices(ctx, r, a)
		if err != nil {
			return nil, err
		}
		out = append(out, x...)
	}
	return out, nil
}

// trainStatements trains the choosers of statements.
func (l *lab) trainStatements(ctx context.Context, f statementsFlags, o train.StatementOptions) error {
	dev := filepath.Join(f.shared, "gold", "dev")
	foldOf, err := goldFolds(dev)
	if err != nil {
		return err
	}
	gold, err := train.GoldSaid(dev, foldOf)
	if err != nil {
		return err
	}
	parts, err := statementParts(filepath.Join(f.shared, "data", "quotes"))
	if err != nil {
		return err
	}
	fsys, err := openData(f.data)
	if err != nil {
		return err
	}
	r, err := read.Open(fsys)
	if err != nil {
		return err
	}
	for i := range parts {
		if err := l.trainStatementPart(ctx, r, &parts[i], gold, f.root, o); err != nil {
			return err
		}
	}
	return nil
}

// trainStatementPart trains one chooser, with all of gold and without each of its folds.
func (l *lab) trainStatementPart(ctx context.Context, r *read.Reader, p *statementPart, gold []train.SaidArticle, root string, o train.StatementOptions) error {
	ours, err := p.all(ctx, r, gold)
	if err != nil {
		return err
	}
	theirs, err := p.all(ctx, r, p.others)
	if err != nil {
		return err
	}
	folds := []string{""}
	for _, a := range gold { // also one without a question: all files of a fold stand together
		folds = append(folds, a.Group)
	}
	slices.Sort(folds)
	for _, fold := range slices.Compact(folds) {
		rest := slices.DeleteFunc(slices.Clone(ours), func(c train.Choice) bool { return fold != "" && c.Group == fold })
		m := train.StatementChooser(rest, theirs, o)
		if err := writeWeights(m, root, fold, p.file, p.head+"\nLearnt by letopis-lab train statements from "+learntFrom("gold/dev", fold)+" and "+p.from+"; see models/README.md."); err != nil {
			return err
		}
		fmt.Fprintf(l.stderr, "%s, %s: %d and %d questions, %d weights\n", p.file, learntFrom("gold/dev", fold), len(rest), len(theirs), m.Len())
	}
	return nil
}
