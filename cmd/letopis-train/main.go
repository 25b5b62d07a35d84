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

	"letopis/internal/train"
)

func main() {
	if len(os.Args) > 1 {
		part := map[string]func(context.Context, []string) error{"names": names, "segment": segment}[os.Args[1]]
		if part != nil {
			if err := part(context.Background(), os.Args[2:]); err != nil {
				fmt.Fprintf(os.Stderr, "letopis-train %s: %v\n", os.Args[1], err)
				os.Exit(1)
			}
			return
		}
	}
	shared := flag.String("shared", "../shared", "folder of the data sets")
	out := flag.String("out", "data/lang", "folder of the language packs")
	lang := flag.String("lang", "", "one language only: bg, ru, en, or und for language identification")
	flag.Parse()
	if err := run(context.Background(), *shared, *out, *lang); err != nil {
		fmt.Fprintln(os.Stderr, "letopis-train:", err)
		os.Exit(1)
	}
}

// heldOut keeps one topic and one set of documents for measuring the shipped
// language identification.
func heldOut(path string) bool {
	return strings.Contains(path, "/nord_stream/") || strings.Contains(path, "/gum/dev/")
}

func run(ctx context.Context, shared, out, only string) error {
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
		m, err := train.Build(filepath.Join(shared, "data"), l, os.Stderr)
		if err != nil {
			return err
		}
		for name, b := range map[string][]byte{"tagger.bin": m.Tagger, "parser.bin": m.Parser} {
			if err := os.WriteFile(filepath.Join(out, l, name), b, 0o644); err != nil {
				return err
			}
		}
		if err := card(filepath.Join(out, l, "MODEL.json"), l, m); err != nil {
			return err
		}
		fmt.Printf("%s: tagger %d bytes, parser %d bytes; on %d held-out words: UPOS %.2f feats %.2f lemma %.2f UAS %.2f LAS %.2f\n", l,
			len(m.Tagger), len(m.Parser), m.Tags.Words, share(m.Tags.UPOS, m.Tags.Words), share(m.Tags.Feats, m.Tags.Words),
			share(m.Tags.Lemma, m.Tags.Words), m.Trees.UAS(), m.Trees.LAS())
	}
	return nil
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
