package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/read"
	"letopis/internal/tell"
)

// explainFlags are the flags of letopis explain.
type explainFlags struct {
	inputFlags
	sentence string
	words    bool
	format   string
}

func explainCommand(e *env) *cobra.Command {
	var f explainFlags
	c := &cobra.Command{
		Use:   "explain [FILE|FOLDER|-]...",
		Short: "Tell how each finding of an article came about, and why others did not",
		Long: `Read articles as 'letopis read' does and go through them sentence by sentence: what
each statement, event and date rests on (rule, words, actors, time, confidence), and what
was left out and why. Nothing is kept.

--sentence takes one sentence, by its number or by words that stand in it, and shows its
words as well: lemma, part of speech, place in the tree, and what the lexicons see in
each. --words shows them for every sentence. With --format json there is an object an
article: the record and its sentences with words and notes.`,
		Example: `  letopis explain article.txt
  letopis explain --sentence 3 article.txt
  letopis explain --sentence 'preparing to sign' --published 2024-05-02 article.txt
  echo 'Китай е готов да подпише договора.' | letopis explain --words --ui bg
  letopis explain --format json article.txt | jq '.sentences[].notes[]'`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"-"}
			}
			return e.explain(c.Context(), paths, f)
		},
	}
	f.register(c)
	c.Flags().StringVar(&f.sentence, "sentence", "", "only the sentence of this number, or those that contain these words")
	c.Flags().BoolVar(&f.words, "words", false, "show every word with its analysis")
	c.Flags().StringVar(&f.format, "format", "text", "text or json")
	localize(e, c, "explain")
	return c
}

// explain reads the articles of paths and tells how.
func (e *env) explain(ctx context.Context, paths []string, f explainFlags) error {
	if f.format != "text" && f.format != "json" {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose text or json", f.format)}
	}
	r, err := e.openReader()
	if err != nil {
		return err
	}
	docs, err := e.documents(ctx, r.Packs(), paths, f.inputFlags)
	if err != nil {
		return err
	}
	var bad failures
	good, shown := 0, 0
	for x, err := range inOrder(ctx, docs, r.Explain) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		good++
		chosen := tell.ChooseSentences(x.Sentences, f.sentence)
		if len(chosen) == 0 && f.sentence != "" {
			continue
		}
		if err := e.explained(x, chosen, shown > 0, f); err != nil {
			return err
		}
		shown++
	}
	if good > 0 && shown == 0 {
		return &letopis.Error{Op: "--sentence", Kind: letopis.NotFound,
			Err: fmt.Errorf("no sentence has the number or the words %q; without --sentence all are shown with their numbers", f.sentence)}
	}
	return bad.report(e, good)
}

// explained writes the explanation of one article; more says that it is not the first.
func (e *env) explained(x *read.Explanation, chosen []int, more bool, f explainFlags) error {
	if f.format == "text" {
		if more {
			if _, err := io.WriteString(e.stdout, "\n"); err != nil {
				return err
			}
		}
		return tell.Explain(e.stdout, x, tell.ExplainOptions{Lang: e.ui, Words: f.words || f.sentence != "", Sentences: chosen})
	}
	if f.sentence != "" {
		var some []read.ExplainedSentence
		for _, i := range chosen {
			some = append(some, x.Sentences[i])
		}
		x.Sentences = some
	}
	enc := json.NewEncoder(e.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(x)
}
