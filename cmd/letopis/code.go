package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/code"
	"letopis/internal/locale"
	"letopis/internal/petrarch"
)

// codeFlags are the flags of letopis code.
type codeFlags struct {
	format, output, lang, dictionary string
	lexicon                          bool
}

// codeCommand codes sentences one by one.
func codeCommand(e *env) *cobra.Command {
	var f codeFlags
	c := &cobra.Command{
		Use:   "code [FILE|-]...",
		Short: "Code single sentences: who did what to whom",
		Long: `Code sentences one by one, as event data programs do: each is read alone, and every event
in it is written with its PLOVER and CAMEO codes, actors and countries.

Forms of input (--format):
  jsonl     an object a line: text, and id, lang, date; marked_sentence, or source and
            target, where two actors are given
  plv       a tab-separated table with the columns uid, sentence, marked_sentence, source,
            target; in marked_sentence <s>…</s> and <t>…</t> stand around the actors
  petrarch  XML of PETRARCH: Sentence elements with the attributes id and date and a Text
  conllu    CoNLL-U; the trees of the file are used

Forms of output (--output; by default the one of the input):
  jsonl     an object a sentence, with the words and features that decided; cameo has the
            dyads of petrarch
  plv       a table: uid, root, quad (1 verbal, 2 material cooperation, 3 verbal, 4 material
            conflict), binary (1 where the source acts on the target, 0 where not). YIELD
            stands for CONCEDE and RETREAT and is of quad class 2, as in that set
  petrarch  a line a dyad: date, source, target, CAMEO code, issues, sentence; no header. By
            a dictionary of CAMEO where the language has one (en), else from the events

Where two actors are given, a model learnt from such sentences decides the category and
whether the first acts on the second; --lexicon leaves it out, and languages without
a model (bg, ru) go by the lexicon alone.

--dictionary codes with a group's own dictionaries of TABARI, PETRARCH or PETRARCH-2: the
files *.txt of a folder with verb, actor, agent or discard in their names. Codes are
those of the dictionaries. Standard error says how many entries were read, and every
line that was not understood.`,
		Example: `  letopis code sentences.jsonl
  letopis code --format plv pairs.tsv > coded.tsv
  echo '{"text": "Chile thanked Peru.", "lang": "en"}' | letopis code
  echo '{"marked_sentence": "<s>Chile</s> has refused to meet <t>Peru</t>."}' | letopis code | jq .why
  letopis code --format petrarch --output jsonl stories.xml
  letopis code --dictionary dictionaries/ --output petrarch sentences.jsonl`,
		RunE: func(c *cobra.Command, paths []string) error {
			if len(paths) == 0 {
				paths = []string{"-"}
			}
			return e.code(c.Context(), paths, f)
		},
	}
	c.Flags().StringVar(&f.format, "format", string(code.JSONLines), "what the files are: jsonl, plv, petrarch or conllu")
	c.Flags().StringVar(&f.output, "output", "", "what to write: jsonl, plv or petrarch (default: as the input; jsonl for conllu)")
	c.Flags().StringVar(&f.lang, "lang", "", "language of the sentences (bg, en, ru; default: as they say or read)")
	c.Flags().StringVar(&f.dictionary, "dictionary", "", "code with the PETRARCH dictionaries of this folder instead")
	c.Flags().BoolVar(&f.lexicon, "lexicon", false, "go by the lexicon alone, without the learnt model")
	localize(e, c, "code")
	return c
}

// code codes the sentences of paths.
func (e *env) code(ctx context.Context, paths []string, f codeFlags) error {
	format := code.Format(f.format)
	if !slices.Contains(code.Formats(), format) {
		return &letopis.Error{Op: "--format", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; choose jsonl, plv, petrarch or conllu", f.format)}
	}
	if f.output == "" {
		f.output = f.format
		if format == code.Conllu {
			f.output = string(code.JSONLines)
		}
	}
	outputs := code.Outputs()
	k := slices.IndexFunc(outputs, func(o code.Output) bool { return o.Name == f.output })
	if k < 0 {
		return &letopis.Error{Op: "--output", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no output %q; choose jsonl, plv or petrarch", f.output)}
	}
	c, err := e.openCoder(f)
	if err != nil {
		return err
	}
	out := outputs[k]
	w := bufio.NewWriter(e.stdout)
	if _, err := w.WriteString(out.Head); err != nil {
		return err
	}
	var bad failures
	good := 0
	for x, err := range c.All(ctx, e.sentences(paths, format)) {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			bad.add(err)
			continue
		}
		if err := out.Write(w, x); err != nil {
			return err
		}
		good++
	}
	return errors.Join(w.Flush(), bad.report(e, good))
}

// openCoder opens the coder that the flags ask for.
func (e *env) openCoder(f codeFlags) (*code.Coder, error) {
	r, err := e.openReader()
	if err != nil {
		return nil, err
	}
	c, err := code.Open(e.data, r, code.Options{Lang: strings.ToLower(f.lang), Lexicon: f.lexicon, Notice: e.notice})
	if err != nil || f.dictionary == "" {
		return c, err
	}
	if f.output == string(code.PLV) {
		return nil, &letopis.Error{Op: "--output", Kind: letopis.Unsupported, Err: errors.New("plv is a table of PLOVER categories, which the codes of a dictionary are not; choose jsonl or petrarch")}
	}
	own, err := e.dictionary(f.dictionary)
	if err != nil {
		return nil, err
	}
	return c.By(own), nil
}

// dictionary opens a group's own dictionaries and tells what was not understood.
func (e *env) dictionary(dir string) (*petrarch.Dictionary, error) {
	if _, err := os.Stat(dir); err != nil {
		return nil, &letopis.Error{Op: "--dictionary", Kind: letopis.NotFound, Err: err}
	}
	d, r, err := petrarch.Open(os.DirFS(dir))
	if err != nil {
		return nil, err
	}
	loc, err := locale.Of(e.ui)
	if err != nil {
		return nil, err
	}
	e.notice(fmt.Sprintf(loc.T("code.dictionary"), r.Actors, r.Agents, r.Verbs, r.Patterns, r.Synsets, r.Discards, len(r.Problems)+r.More))
	for _, p := range r.Problems {
		e.notice(p.String())
	}
	return d, nil
}

// sentences reads the sentences of files; "-" is standard input.
func (e *env) sentences(paths []string, f code.Format) iter.Seq2[*code.Sentence, error] {
	return func(yield func(*code.Sentence, error) bool) {
		for _, p := range paths {
			in := e.stdin
			if p != "-" {
				file, err := os.Open(p)
				if err != nil {
					if !yield(nil, &letopis.Error{Op: "code", Kind: letopis.NotFound, Err: err}) {
						return
					}
					continue
				}
				defer file.Close() // only read
				in = file
			}
			for it, err := range code.Read(in, f) {
				if err != nil {
					err = fmt.Errorf("%s: %w", p, err)
				}
				if !yield(it, err) {
					return
				}
			}
		}
	}
}
