package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"letopis/internal/nlp"
	"letopis/internal/train"
)

func trainSegmentCommand(l *lab) *cobra.Command {
	var from trainFrom
	o := train.DefaultBoundaryOptions
	c := &cobra.Command{
		Use:     "segment",
		Short:   "Learn where sentences end without a stop (segment.bin)",
		Example: "  letopis-lab train segment --lang bg",
		Args:    cobra.NoArgs,
		RunE:    func(*cobra.Command, []string) error { return l.trainSegment(from, o) },
	}
	from.flags(c, "bg", "bg; its tagger must be there")
	c.Flags().Int32Var(&o.Bias, "bias", o.Bias, "what the sum of the weights must exceed")
	c.Flags().Float64Var(&o.Hide, "hide", o.Hide, "share of gaps whose words are hidden while learning")
	c.Flags().IntVar(&o.Epochs, "epochs", o.Epochs, "passes over the training data")
	return c
}

// trainSegment trains the classifier of sentence boundaries without a stop.
func (l *lab) trainSegment(from trainFrom, o train.BoundaryOptions) error {
	o.Log = l.stderr
	packs, err := nlp.Open(os.DirFS(from.data))
	if err != nil {
		return err
	}
	p, err := packs.Pack(from.lang)
	if err != nil {
		return err
	}
	b, err := train.Boundaries(from.sets(), p, heldOut, o)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.stdout, "%s segment: %d bytes\n", from.lang, len(b))
	return save(from.packs(), from.lang, "segment.bin", commandOf("segment.bin", from.lang), b, map[string]any{
		"epochs": o.Epochs, "seed": o.Seed, "hide": o.Hide, "bias": o.Bias,
	}, nil)
}
