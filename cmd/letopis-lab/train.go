package main

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/train"
)

// trainParts are the subcommands of train, each for models that are learnt alone.
var trainParts = []func(*lab) *cobra.Command{
	trainSegmentCommand,
	trainNamesCommand,
	trainFormsCommand,
	trainPlacesCommand,
	trainCodeCommand,
	trainEventsCommand,
	trainStatementsCommand,
	trainCardCommand,
}

// trainCommand learns the models of the language packs; without a subcommand those of
// taggers, parsers, boundaries, names and language identification.
func trainCommand(l *lab) *cobra.Command {
	var shared, out, only string
	c := &cobra.Command{
		Use:   "train",
		Short: "Learn the models of the language packs",
		Long: `Learn the models of the language packs from the data sets in --shared: without a
subcommand language identification, and taggers, parsers, boundaries and names of every
language, in the order in which they need each other. 'make models' learns the others too.

Training is seeded: the same data give the same bytes. What a model was learnt from and
what it scores is written to MODEL.json beside it; models/README.md says more.`,
		Example: `  letopis-lab train
  letopis-lab train --lang bg
  letopis-lab train names --lang bg --leave nord_stream`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return l.train(c.Context(), shared, out, only) },
	}
	c.Flags().StringVar(&shared, "shared", "../shared", "`DIR` of the data sets")
	c.Flags().StringVar(&out, "out", "data/lang", "`DIR` of the language packs")
	c.Flags().StringVar(&only, "lang", "", "one language only: bg, ru, en, or und for language identification")
	for _, part := range trainParts {
		c.AddCommand(part(l))
	}
	return c
}

// heldOut keeps one topic and one set of documents for measuring language
// identification and sentence boundaries.
func heldOut(path string) bool {
	return strings.Contains(path, "/nord_stream/") || strings.Contains(path, "/gum/dev/")
}

// languages are those with models, and the parts that each has besides tagger and parser.
var languages = []struct {
	code           string
	segment, names bool
}{
	{"bg", true, true}, {"ru", false, true}, {"en", false, true},
}

// train trains every model. Boundaries need the tagger, and names need the tagger and
// the boundaries that are shipped with them, so the order matters.
func (l *lab) train(ctx context.Context, shared, out, only string) error {
	known := only == "" || only == "und"
	if known {
		b, err := train.LangID(filepath.Join(shared, "data"), heldOut)
		if err != nil {
			return err
		}
		if err := save(out, "und", "langid.bin", commandOf("langid.bin", "und"), b, nil, nil); err != nil {
			return err
		}
		fmt.Fprintf(l.stdout, "und langid: %d bytes\n", len(b))
	}
	for _, x := range languages {
		if only != "" && only != x.code {
			continue
		}
		known = true
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.trainTrees(shared, out, x.code); err != nil {
			return err
		}
		from := trainFrom{shared: shared, data: filepath.Dir(filepath.Clean(out)), lang: x.code}
		if x.segment {
			if err := l.trainSegment(from, train.DefaultBoundaryOptions); err != nil {
				return err
			}
		}
		if x.names {
			if err := l.trainNames(ctx, from, "", train.DefaultNamesOptions); err != nil {
				return err
			}
		}
	}
	if !known {
		return &letopis.Error{Op: "--lang", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no recipe for %q; there are bg, ru, en and und", only)}
	}
	return nil
}

// trainFrom is what a model is learnt from, and where to.
type trainFrom struct {
	shared string // folder of the data sets
	data   string // folder of the language packs and the knowledge base
	lang   string
}

// flags gives a command the flags that say where to learn from.
func (f *trainFrom) flags(c *cobra.Command, lang, langs string) {
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data sets")
	c.Flags().StringVar(&f.data, "data", "data", "`DIR` of the language packs, the ontology and the knowledge base")
	if lang != "" {
		c.Flags().StringVar(&f.lang, "lang", lang, "language: "+langs)
	}
}

// packs is the folder of the language packs.
func (f *trainFrom) packs() string { return filepath.Join(f.data, "lang") }

// sets is the folder of the data sets.
func (f *trainFrom) sets() string { return filepath.Join(f.shared, "data") }

// trainTrees trains the tagger and the parser of a language.
func (l *lab) trainTrees(shared, out, lang string) error {
	m, err := train.Build(filepath.Join(shared, "data"), out, lang, l.stderr)
	if err != nil {
		return err
	}
	command := commandOf("tagger.bin", lang)
	if err := save(out, lang, "tagger.bin", command, m.Tagger, m.TaggerParameters, map[string]float64{
		"upos": share(m.Tags.UPOS, m.Tags.Words), "feats": share(m.Tags.Feats, m.Tags.Words), "lemma": share(m.Tags.Lemma, m.Tags.Words),
	}); err != nil {
		return err
	}
	if err := save(out, lang, "parser.bin", command, m.Parser, m.ParserParameters, map[string]float64{
		"uas": share(m.Trees.Heads, m.Trees.Words), "las": share(m.Trees.Arcs, m.Trees.Words),
	}); err != nil {
		return err
	}
	fmt.Fprintf(l.stdout, "%s: tagger %d bytes, parser %d bytes; on %d held-out words: UPOS %.2f feats %.2f lemma %.2f UAS %.2f LAS %.2f\n", lang,
		len(m.Tagger), len(m.Parser), m.Tags.Words, share(m.Tags.UPOS, m.Tags.Words), share(m.Tags.Feats, m.Tags.Words),
		share(m.Tags.Lemma, m.Tags.Words), m.Trees.UAS(), m.Trees.LAS())
	return nil
}

// share is n in per cent of of, to two places.
func share(n, of int) float64 { return math.Round(10000*float64(n)/float64(max(of, 1))) / 100 }
