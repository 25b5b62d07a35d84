package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/choice"
	"letopis/internal/read"
	"letopis/internal/ud"
)

// finding is one article read: what a renderer may need of it.
type finding struct {
	rec      *letopis.Record
	analysis *ud.Analysis // only for renderers that ask for it
}

// readFlags are the flags of letopis read.
type readFlags struct {
	inputFlags
	format  string
	out     string
	explain bool
	conllu  string
}

func readCommand(e *env) *cobra.Command {
	var f readFlags
	c := &cobra.Command{
		Use:   "read [FILE|FOLDER|-]...",
		Short: "Read articles into records",
		Long: `Read articles and print what they say: who said and did what to whom, when, and
according to whom. Nothing is kept; see 'letopis add' for that.

Input: plain text; JSON {"id","lang","published","title","text","url"}, of which only
text is needed; JSON Lines; an array of such objects; BSNLP raw files; each gzipped or
not. A folder is read with all that is in it, '-' (or nothing) is standard input.
Text is UTF-8; UTF-16, windows-1251, KOI8-R and Mac Cyrillic are recognised. An article has at
most 6 MB. Without --lang and without a language in the article it is identified.

With --conllu the analysis of another parser is read. Names that it gives in MISC
(ner=B-PER, as Stanza writes them) are kept; without any, ours are looked for.

Formats (--format):
` + rendererHelp() + `
Without --format: text on a terminal; otherwise json for one article and jsonl for
several. With --format json several articles make one array.

A bad article does not stop the others: it is left out, and the end says on standard
error how many were and why. The exit code tells of failure only if no article could
be read.`,
		Example: `  letopis read article.txt
  letopis read --published 2020-12-05 --explain article.txt
  letopis read --format jsonl archive.jsonl.gz > records.jsonl
  letopis read --out records/ articles/
  letopis read --conllu article.conllu article.txt
  letopis analyze article.txt | letopis read --conllu - article.txt`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 && f.conllu == "" {
				if f, ok := e.stdin.(*os.File); ok {
					if _, tty := terminalWidth(f); tty {
						return usageError(c, errors.New("name a file, a folder, or - for standard input"))
					}
				}
				paths = []string{"-"}
			}
			return e.read(c.Context(), paths, f)
		},
	}
	f.register(c)
	c.Flags().StringVar(&f.format, "format", "", "how to print records: "+strings.Join(choice.Names(renderers), ", "))
	c.Flags().StringVar(&f.out, "out", "", "write each record to a file ID.json (or .html …) of this folder")
	c.Flags().BoolVar(&f.explain, "explain", false, "show the rule and the words behind every finding (text)")
	c.Flags().StringVar(&f.conllu, "conllu", "", "read the analysis of the article from this CoNLL-U file of another parser (- for standard input)")
	return c
}

// read reads the articles of paths and writes what the flags ask for.
func (e *env) read(ctx context.Context, paths []string, f readFlags) error {
	render, err := f.renderer(e)
	if err != nil {
		return err
	}
	r, err := e.openReader()
	if err != nil {
		return err
	}
	if f.conllu != "" {
		return e.readOne(ctx, r, paths, render, f)
	}
	docs, err := e.documents(ctx, r.Packs(), paths, f.inputFlags)
	if err != nil {
		return err
	}
	sink, err := e.newSink(render, f)
	if err != nil {
		return err
	}
	var bad failures
	good := 0
	for fd, err := range inOrder(ctx, docs, readWith(r, render.analysis)) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		if err := sink.put(fd); err != nil {
			return err
		}
		good++
	}
	if err := sink.close(); err != nil {
		return err
	}
	return bad.report(e, good)
}

// readOne reads the article whose analysis --conllu gives.
func (e *env) readOne(ctx context.Context, r *read.Reader, paths []string, render renderer, f readFlags) error {
	fd, err := e.readConllu(ctx, r, paths, f)
	if err != nil {
		return err
	}
	sink, err := e.newSink(render, f)
	if err != nil {
		return err
	}
	if err := sink.put(fd); err != nil {
		return err
	}
	return sink.close()
}

// newSink opens where the flags send the output.
func (e *env) newSink(render renderer, f readFlags) (recordSink, error) {
	if f.out != "" {
		return newFolderSink(e, f.out, render, f)
	}
	return newStreamSink(e, render, f), nil
}

// readWith returns the work that makes a document a finding.
func readWith(r *read.Reader, analysis bool) func(context.Context, *letopis.Document) (finding, error) {
	return func(ctx context.Context, doc *letopis.Document) (fd finding, err error) {
		if !analysis {
			fd.rec, err = r.Read(ctx, doc)
			return fd, err
		}
		pack, err := r.Packs().Pack(doc.Lang)
		if err != nil {
			return fd, err
		}
		if fd.analysis, err = pack.Analyze(ctx, doc.Text); err != nil {
			return fd, err
		}
		fd.rec, err = r.ReadAnalysis(ctx, doc, fd.analysis)
		return fd, err
	}
}

// renderer settles the format from the flags and from where the output goes.
// The empty name stands for json or jsonl, as the number of articles will have it.
func (f *readFlags) renderer(e *env) (renderer, error) {
	name := f.format
	switch {
	case name != "":
	case f.explain, f.out == "" && e.tty:
		name = "text"
	default:
		return renderers[0], nil
	}
	r, err := choice.Format(renderers, name)
	if err == nil && f.explain && name != "text" {
		err = &letopis.Error{Op: "--explain", Kind: letopis.Invalid,
			Err: fmt.Errorf("is for --format text; in %s every finding has its rule and words already", name)}
	}
	return r, err
}
