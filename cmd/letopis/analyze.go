package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// maxConllu is the size in bytes that a CoNLL-U file to analyse may have: a
// treebank of a few million words.
const maxConllu = 256 << 20

// analyzeFlags are the flags of letopis analyze.
type analyzeFlags struct {
	input string
	lang  string
}

// analyzeCommand prints the analysis of texts in the terms of Universal Dependencies.
func analyzeCommand(e *env) *cobra.Command {
	var f analyzeFlags
	c := &cobra.Command{
		Use:   "analyze [FILE|FOLDER|-]...",
		Short: "Print the sentences, words and trees of a text as CoNLL-U",
		Long: `Print what letopis makes of the language of a text: sentences, tokens, lemmas, parts
of speech, features and trees, in the terms of Universal Dependencies, as CoNLL-U.

With --input text, what 'letopis read' takes is taken, every article beginning with
a "# newdoc" line. With --input conllu the sentences and tokens of a CoNLL-U file
stay as they are, with their comments and column 10; lemmas, tags, features, heads and
relations are predicted anew, so that they can be compared with the ones given.
Columns 5 and 9 and the empty nodes of the file are not kept where we predict none.

For the record of an article from such a file see 'letopis read --conllu'.`,
		Example: `  letopis analyze article.txt
  echo 'Китай е готов да подпише договора.' | letopis analyze --lang bg
  letopis analyze --input conllu --lang bg treebank.conllu > ours.conllu`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				if f, ok := e.stdin.(*os.File); ok {
					if _, tty := terminalWidth(f); tty {
						return usageError(c, errors.New("name a file, a folder, or - for standard input"))
					}
				}
				paths = []string{"-"}
			}
			return e.analyze(c.Context(), paths, f)
		},
	}
	c.Flags().StringVar(&f.input, "input", "text", "what the files are: text or conllu")
	c.Flags().StringVar(&f.lang, "lang", "", "language of the texts (bg, en, ru; default: as they read)")
	return c
}

// analyze writes the analysis of everything in paths.
func (e *env) analyze(ctx context.Context, paths []string, f analyzeFlags) error {
	packs, err := nlp.Open(e.data)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(e.stdout)
	switch f.input {
	case "text":
		err = e.analyzeText(ctx, w, packs, paths, f.lang)
	case "conllu":
		for _, p := range paths {
			if err = e.analyzeConllu(ctx, w, packs, p, strings.ToLower(f.lang)); err != nil {
				break
			}
		}
	default:
		return &letopis.Error{Op: "--input", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no input %q; choose text or conllu", f.input)}
	}
	return errors.Join(err, w.Flush())
}

// analyzeText analyses articles. As with read, a bad one does not stop the others.
func (e *env) analyzeText(ctx context.Context, w io.Writer, packs *nlp.Set, paths []string, lang string) error {
	docs, err := e.documents(ctx, packs, paths, inputFlags{lang: lang})
	if err != nil {
		return err
	}
	type analysed struct {
		doc *letopis.Document
		a   *ud.Analysis
	}
	work := func(ctx context.Context, doc *letopis.Document) (analysed, error) {
		pack, err := packs.Pack(doc.Lang)
		if err != nil {
			return analysed{}, err
		}
		a, err := pack.Analyze(ctx, doc.Text)
		return analysed{doc, a}, err
	}
	var bad failures
	good := 0
	for x, err := range inOrder(ctx, docs, work) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		if err := ud.WriteConllu(w, x.a, x.doc.Text, nameOf(x.doc)); err != nil {
			return err
		}
		good++
	}
	return bad.report(e, good)
}

// analyzeConllu predicts what a CoNLL-U file says of its sentences and tokens.
func (e *env) analyzeConllu(ctx context.Context, w io.Writer, packs *nlp.Set, path, lang string) (err error) {
	in := e.stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return &letopis.Error{Op: "analyze", Kind: letopis.NotFound, Err: err}
		}
		defer file.Close() // only read
		in = file
	}
	limited := &io.LimitedReader{R: in, N: maxConllu + 1}
	c, err := ud.ReadConllu(limited, lang)
	if limited.N <= 0 {
		err = fmt.Errorf("has more than %d MB; split it", maxConllu>>20)
	}
	if err == nil && len(c.Analysis.Sentences) == 0 {
		err = errors.New("has no sentence; give a file in CoNLL-U, or --input text for a text")
	}
	if err != nil {
		return &letopis.Error{Op: path, Kind: letopis.Invalid, Err: err}
	}
	if lang == "" {
		lang, _ = packs.Identify(c.Text)
	}
	pack, err := packs.Pack(lang)
	if err != nil {
		return fmt.Errorf("%s: %w; name the language with --lang", path, err)
	}
	if err := pack.AnalyzeConllu(ctx, c); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for i := range c.Extra {
		c.Extra[i].Empty = nil
		for k := range c.Extra[i].Deps {
			c.Extra[i].Deps[k] = "_"
		}
	}
	return c.Write(w)
}
