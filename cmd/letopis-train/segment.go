package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"letopis/internal/nlp"
	"letopis/internal/train"
)

// segment trains the classifier of sentence boundaries without a stop:
//
//	letopis-train segment -lang bg    writes data/lang/bg/segment.bin
func segment(_ context.Context, args []string) error {
	fs := flag.NewFlagSet("segment", flag.ExitOnError)
	o := train.DefaultBoundaryOptions
	o.Log = os.Stderr
	shared := fs.String("shared", "../shared", "folder of the data sets")
	data := fs.String("data", "data", "folder of the language packs, with the tagger that is there")
	lang := fs.String("lang", "bg", "bg")
	bias := fs.Int("bias", int(o.Bias), "what the sum of the weights must exceed")
	fs.Float64Var(&o.Hide, "hide", o.Hide, "share of gaps whose words are hidden while learning")
	fs.IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the training data")
	if err := fs.Parse(args); err != nil {
		return err
	}
	o.Bias = int32(*bias)
	packs, err := nlp.Open(os.DirFS(*data))
	if err != nil {
		return err
	}
	p, err := packs.Pack(*lang)
	if err != nil {
		return err
	}
	b, err := train.Boundaries(filepath.Join(*shared, "data"), p, heldOut, o)
	if err != nil {
		return err
	}
	fmt.Printf("%s segment: %d bytes\n", *lang, len(b))
	return save(filepath.Join(*data, "lang"), *lang, "segment.bin", commands["segment.bin"]+" -lang "+*lang, b, map[string]any{
		"epochs": o.Epochs, "seed": o.Seed, "hide": o.Hide, "bias": o.Bias,
	}, nil)
}
