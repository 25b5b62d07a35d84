package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"letopis/internal/model"
	"letopis/internal/nlp"
	"letopis/internal/train"
)

// names trains the name recogniser of one language and measures it:
//
//	letopis-train names -lang bg                      writes data/lang/bg/names.bin
//	letopis-train names -lang bg -leave nord_stream   measures on a topic left out, writes nothing
//	letopis-train names -lang bg -leave all -write FILE   the same for every topic, into a table
func names(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("names", flag.ExitOnError)
	o := train.DefaultNamesOptions
	o.Log = os.Stderr
	shared := fs.String("shared", "../shared", "folder of the data sets")
	data := fs.String("data", "data", "folder of the language packs and the knowledge base")
	lang := fs.String("lang", "bg", "bg, ru or en")
	leave := fs.String("leave", "", "topics to leave out and measure on, split by commas, or all")
	write := fs.String("write", "", "file to put the figures of topics left out into")
	out := fs.String("responses", "", "folder for the answers on the topics left out, in the SlavicNER layout")
	sisters := fs.String("sisters", "", "other languages to train on, split by commas; none for none")
	fs.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the training data")
	fs.Float64Var(&o.Hide, "hide", o.Hide, "share of words whose letters are hidden in training")
	fs.Float64Var(&o.Rate, "rate", o.Rate, "learning rate")
	fs.Float64Var(&o.L1, "l1", o.L1, "L1 regularisation")
	fs.IntVar(&o.Rows, "rows", o.Rows, "features kept")
	fs.IntVar(&o.MinSeen, "min", o.MinSeen, "how often a feature must be seen")
	if err := fs.Parse(args); err != nil {
		return err
	}
	c, err := train.LoadNames(ctx, filepath.Join(*shared, "data"), *data, *lang, *sisters)
	if err != nil {
		return err
	}
	if *leave == "" {
		b := c.Train("", o).Write()
		fmt.Printf("%s names: %d bytes\n", *lang, len(b))
		return save(filepath.Join(*data, "lang"), *lang, "names.bin", commands["names.bin"]+" -lang "+*lang, b, map[string]any{
			"epochs": o.Epochs, "hide": o.Hide, "rate": o.Rate, "l1": o.L1, "rows": o.Rows, "min": o.MinSeen,
		}, nil)
	}
	topics := strings.Split(*leave, ",")
	if *leave == "all" {
		topics = c.Topics()
	}
	table := map[string]train.NameScores{}
	for _, t := range topics {
		f, err := model.Open(c.Train(t, o).Write())
		if err != nil {
			return err
		}
		n, err := nlp.OpenNames(f)
		if err != nil {
			return err
		}
		for y, s := range c.Measure(n, t) {
			table[*lang+" "+t+" "+y] = s
		}
		if *out != "" {
			if err := c.WriteResponses(*out, t); err != nil {
				return err
			}
		}
	}
	fmt.Print(train.NamesTable(table))
	if *write != "" {
		return train.UpdateNamesFigures(*write, *lang, table)
	}
	return nil
}
