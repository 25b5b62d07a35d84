// Command letopis-train learns the models of the language packs from the data
// sets under ../shared/data. It is not linked into letopis.
//
//	go run ./cmd/letopis-train -shared ../shared -out data/lang
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

func main() {
	if len(os.Args) > 1 && os.Args[1] == "names" {
		if err := names(context.Background(), os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "letopis-train names:", err)
			os.Exit(1)
		}
		return
	}
	shared := flag.String("shared", "../shared", "folder of the data sets")
	out := flag.String("out", "data/lang", "folder of the language packs")
	lang := flag.String("lang", "", "one language only: bg, ru, en, or und for language identification")
	epochs := flag.Int("epochs", 8, "passes over the training data")
	flag.Parse()
	if err := run(context.Background(), *shared, *out, *lang, *epochs); err != nil {
		fmt.Fprintln(os.Stderr, "letopis-train:", err)
		os.Exit(1)
	}
}

// heldOut keeps one topic and one set of documents for measuring the shipped
// language identification.
func heldOut(path string) bool {
	return strings.Contains(path, "/nord_stream/") || strings.Contains(path, "/gum/dev/")
}

func run(ctx context.Context, shared, out, only string, epochs int) error {
	if only == "" || only == "und" {
		b, err := train.LangID(filepath.Join(shared, "data"), heldOut)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, "und", "langid.bin"), b, 0o644); err != nil {
			return err
		}
		fmt.Printf("und langid: %d bytes\n", len(b))
	}
	for _, l := range []string{"bg", "ru", "en"} {
		if only != "" && only != l {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := train.Data(filepath.Join(shared, "data"), l)
		if err != nil {
			return err
		}
		b, err := train.Tagger(d.Tagged, d.Lemmas, d.Lexicon, train.TaggerOptions{Epochs: epochs, Seed: 1, Closed: 6, Log: os.Stderr})
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, l, "tagger.bin"), b, 0o644); err != nil {
			return err
		}
		f, err := model.Open(b)
		if err != nil {
			return err
		}
		s := train.EvaluateTagger(nlp.OpenTagger(f), d.Test)
		fmt.Printf("%s tagger: %d bytes; on %d held-out words: UPOS %.2f lemma %.2f feats %.2f\n", l, len(b), s.Words,
			share(s.UPOS, s.Words), share(s.Lemma, s.Words), share(s.Feats, s.Words))
	}
	return nil
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
