package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/train"
)

func trainNamesCommand(l *lab) *cobra.Command {
	var from trainFrom
	var sisters string
	var m namesMeasure
	o := train.DefaultNamesOptions
	c := &cobra.Command{
		Use:   "names",
		Short: "Learn the recogniser of names (names.bin), or measure it on topics left out",
		Long: `Learn the recogniser of names of a language. With --leave it is learnt without some topics
and measured on them, and no model is written.`,
		Example: `  letopis-lab train names --lang bg
  letopis-lab train names --lang bg --leave nord_stream
  letopis-lab train names --lang bg --leave all --write corpus/names-loo.tsv`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if m.leave != "" {
				return l.measureNames(c.Context(), from, sisters, o, m)
			}
			return l.trainNames(c.Context(), from, sisters, o)
		},
	}
	from.flags(c, "bg", "bg, ru or en")
	c.Flags().StringVar(&m.leave, "leave", "", "topics to leave out and measure on, split by commas, or all")
	c.Flags().StringVar(&m.unseen, "unseen", "topic", "what is left out with a topic: topic alone; its names too, from lists and training sentences (names); the gazetteer too (places)")
	c.Flags().StringVar(&m.write, "write", "", "`FILE` to put the figures of topics left out into")
	c.Flags().StringVar(&m.responses, "responses", "", "`DIR` for the answers on the topics left out, in the SlavicNER layout")
	c.Flags().StringVar(&m.models, "models", "", "`DIR` in which the models of topics left out are kept, and taken from where they are there: to measure rules without learning anew")
	c.Flags().StringVar(&sisters, "sisters", "", "other languages to train on, split by commas; none for none")
	c.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the training data")
	c.Flags().Float64Var(&o.Hide, "hide", o.Hide, "share of words whose letters are hidden in training")
	c.Flags().Float64Var(&o.Rate, "rate", o.Rate, "learning rate")
	c.Flags().Float64Var(&o.L1, "l1", o.L1, "L1 regularisation")
	c.Flags().IntVar(&o.Rows, "rows", o.Rows, "features kept")
	c.Flags().IntVar(&o.MinSeen, "min", o.MinSeen, "how often a feature must be seen")
	return c
}

// trainNames trains the name recogniser of one language.
func (l *lab) trainNames(ctx context.Context, from trainFrom, sisters string, o train.NamesOptions) error {
	o.Log = l.stderr
	c, err := train.LoadNames(ctx, from.sets(), from.data, from.lang, sisters)
	if err != nil {
		return err
	}
	m, err := c.Train("", train.TopicUnseen, o)
	if err != nil {
		return err
	}
	b := m.Write()
	fmt.Fprintf(l.stdout, "%s names: %d bytes\n", from.lang, len(b))
	return save(from.packs(), from.lang, "names.bin", commandOf("names.bin", from.lang), b, map[string]any{
		"epochs": o.Epochs, "hide": o.Hide, "rate": o.Rate, "l1": o.L1, "rows": o.Rows, "min": o.MinSeen,
	}, nil)
}

// namesMeasure says on which topics the recogniser is measured, and where to put the
// figures and the answers; "" for nowhere.
type namesMeasure struct{ leave, write, responses, models, unseen string }

// unseenNames are the ways to measure by their names, and unseenRow what they add to the topic in the table.
var (
	unseenNames = map[string]train.Unseen{"topic": train.TopicUnseen, "names": train.NamesUnseen, "places": train.PlacesUnseen}
	unseenRow   = map[train.Unseen]string{train.NamesUnseen: "-names", train.PlacesUnseen: "-places"}
)

// measureNames trains the recogniser without each topic and measures it there.
func (l *lab) measureNames(ctx context.Context, from trainFrom, sisters string, o train.NamesOptions, m namesMeasure) error {
	o.Log = l.stderr
	c, err := train.LoadNames(ctx, from.sets(), from.data, from.lang, sisters)
	if err != nil {
		return err
	}
	u, ok := unseenNames[m.unseen]
	if !ok {
		return &letopis.Error{Op: "--unseen", Kind: letopis.Invalid, Err: fmt.Errorf("%q is none of topic, names, places", m.unseen)}
	}
	topics := strings.Split(m.leave, ",")
	if m.leave == "all" {
		topics = c.Topics()
	}
	table := map[string]train.NameScores{}
	for _, t := range topics {
		b, err := m.model(c, t, u, o)
		if err != nil {
			return err
		}
		f, err := model.Open(b)
		if err != nil {
			return err
		}
		n, err := nlp.OpenNames(f)
		if err != nil {
			return err
		}
		rules, err := c.Rules(t, u)
		if err != nil {
			return err
		}
		n.Use(rules)
		for y, s := range c.Measure(n, t) {
			table[from.lang+" "+t+unseenRow[u]+" "+y] = s
		}
		if m.responses != "" {
			if err := c.WriteResponses(m.responses, t); err != nil {
				return err
			}
		}
	}
	fmt.Fprint(l.stdout, train.NamesTable(table))
	if m.write != "" {
		return train.UpdateNamesFigures(m.write, table)
	}
	return nil
}

// model learns the recogniser without a topic, or takes it from the folder of models.
func (m *namesMeasure) model(c *train.NameCorpus, topic string, u train.Unseen, o train.NamesOptions) ([]byte, error) {
	learn := func() ([]byte, error) {
		x, err := c.Train(topic, u, o)
		if err != nil {
			return nil, err
		}
		return x.Write(), nil
	}
	if m.models == "" {
		return learn()
	}
	name := filepath.Join(m.models, c.Lang+"-"+topic+unseenRow[u]+".bin")
	b, err := os.ReadFile(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return b, err
	}
	if b, err = learn(); err != nil {
		return nil, err
	}
	return b, os.WriteFile(name, b, 0o644)
}
