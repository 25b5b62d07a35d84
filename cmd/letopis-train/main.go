// Command letopis-train learns the models of the language packs from the data
// sets under ../shared/data. It is not linked into letopis.
//
//	go run ./cmd/letopis-train                    all models of all languages, in the order in which they need each other
//	go run ./cmd/letopis-train -lang bg           those of one language; und is language identification
//	go run ./cmd/letopis-train segment -lang bg   the classifier of sentence boundaries alone
//	go run ./cmd/letopis-train names -lang bg     the recogniser of names alone; -leave measures it
//	go run ./cmd/letopis-train code               the chooser of categories and roles; -cv measures it
//	go run ./cmd/letopis-train statements         the choosers of speakers and of the range of what is said
//	go run ./cmd/letopis-train forms -lang ru -wheel FILE   the dictionary of word forms; -lang en -wordnet DIR
//	go run ./cmd/letopis-train card               checksums and sources in MODEL.json anew
package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"letopis/internal/train"
)

func main() {
	parts := map[string]func(context.Context, []string) error{
		"names": names, "segment": segment, "forms": forms, "events": events, "statements": statements, "code": code,
		"card": func(_ context.Context, args []string) error { return refresh(args) },
	}
	part, args, name := all, os.Args[1:], "letopis-train"
	if len(args) > 0 && parts[args[0]] != nil {
		part, args, name = parts[args[0]], args[1:], name+" "+args[0]
	}
	if err := part(context.Background(), args); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
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

// all trains every model. Boundaries need the tagger, and names need the tagger and
// the boundaries that are shipped with them, so the order matters.
func all(ctx context.Context, args []string) error {
	fs := flag.NewFlagSet("letopis-train", flag.ExitOnError)
	shared := fs.String("shared", "../shared", "folder of the data sets")
	out := fs.String("out", "data/lang", "folder of the language packs")
	only := fs.String("lang", "", "one language only: bg, ru, en, or und for language identification")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("there is no part %q; there are names, segment, forms, code, events and card, and without any all models are trained", fs.Arg(0))
	}
	data := filepath.Dir(filepath.Clean(*out))
	known := *only == "" || *only == "und"
	if known {
		b, err := train.LangID(filepath.Join(*shared, "data"), heldOut)
		if err != nil {
			return err
		}
		if err := save(*out, "und", "langid.bin", commands["langid.bin"]+" -lang und", b, nil, nil); err != nil {
			return err
		}
		fmt.Printf("und langid: %d bytes\n", len(b))
	}
	for _, l := range languages {
		if *only != "" && *only != l.code {
			continue
		}
		known = true
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := trees(*shared, *out, l.code); err != nil {
			return err
		}
		part := []string{"-shared", *shared, "-data", data, "-lang", l.code}
		if l.segment {
			if err := segment(ctx, part); err != nil {
				return err
			}
		}
		if l.names {
			if err := names(ctx, part); err != nil {
				return err
			}
		}
	}
	if !known {
		return fmt.Errorf("there is no recipe for -lang %q; there are bg, ru, en and und", *only)
	}
	return nil
}

// trees trains the tagger and the parser of a language.
func trees(shared, out, lang string) error {
	m, err := train.Build(filepath.Join(shared, "data"), out, lang, os.Stderr)
	if err != nil {
		return err
	}
	command := commands["tagger.bin"] + " -lang " + lang
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
	fmt.Printf("%s: tagger %d bytes, parser %d bytes; on %d held-out words: UPOS %.2f feats %.2f lemma %.2f UAS %.2f LAS %.2f\n", lang,
		len(m.Tagger), len(m.Parser), m.Tags.Words, share(m.Tags.UPOS, m.Tags.Words), share(m.Tags.Feats, m.Tags.Words),
		share(m.Tags.Lemma, m.Tags.Words), m.Trees.UAS(), m.Trees.LAS())
	return nil
}

// share is n in per cent of of, to two places.
func share(n, of int) float64 { return math.Round(10000*float64(n)/float64(max(of, 1))) / 100 }
