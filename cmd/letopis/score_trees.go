package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/nlp"
	"letopis/internal/score"
	"letopis/internal/ud"
)

// treebank is the part of a treebank that no model is trained on (internal/train).
type treebank struct {
	lang, files string  // below data/ud
	from        float64 // sentences before this share of a file are for training
	metrics     []string
}

// treeMetrics are the figures that go into the table; the rest follows from them.
var treeMetrics = []string{"Tokens", "Sentences", "Words", "UPOS", "UFeats", "Lemmas", "UAS", "LAS"}

var treebanks = []treebank{
	{"bg", "bg/bg_btb-ud-test-first80.conllu", 0.8, append([]string{"LemmasLoose"}, treeMetrics...)},
	{"en", "en/gum/dev/*.conllu", 0, slices.DeleteFunc(slices.Clone(treeMetrics), func(m string) bool { return m == "UFeats" })}, // the files have no FEATS
	{"ru", "ru/ru_gsd-ud-dev.conllu", 0, treeMetrics},
}

// trees measures the analysis of raw text against treebanks.
func (s *suite) trees(ctx context.Context, t *task) ([]score.Row, error) {
	var rows []score.Row
	for _, tb := range treebanks {
		if !s.reads(tb.lang) {
			continue
		}
		files, err := filepath.Glob(filepath.Join(s.path(t), filepath.FromSlash(tb.files)))
		if err != nil || len(files) == 0 {
			return nil, &letopis.Error{Op: tb.files, Kind: letopis.NotFound, Err: os.ErrNotExist}
		}
		total := score.TreeScores{}
		for _, file := range files {
			gold, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			got, err := scoreAnalysis(ctx, s.reader.Packs(), tb.lang, lastSentences(gold, tb.from))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			total.Add(got)
		}
		for _, m := range tb.metrics {
			if total[m].Right > 0 { // else nothing makes it yet
				rows = append(rows, score.RowOf(t.name, tb.lang, total.Figure(m)))
			}
		}
	}
	return rows, nil
}

// lastSentences returns the sentences of a CoNLL-U file from a share of it on.
func lastSentences(conllu []byte, from float64) []byte {
	if from == 0 {
		return conllu
	}
	all := strings.Split(strings.TrimSpace(string(conllu)), "\n\n")
	return []byte(strings.Join(all[int(float64(len(all))*from):], "\n\n") + "\n\n")
}

// scoreAnalysis analyses the raw text of a CoNLL-U file and compares.
func scoreAnalysis(ctx context.Context, packs *nlp.Set, lang string, gold []byte) (score.TreeScores, error) {
	in, err := ud.ReadConllu(bytes.NewReader(gold), lang)
	if err != nil {
		return nil, err
	}
	if lang == "" {
		lang, _ = packs.Identify(in.Text)
	}
	pack, err := packs.Pack(lang)
	if err != nil {
		return nil, err
	}
	a, err := pack.Analyze(ctx, in.Text)
	if err != nil {
		return nil, err
	}
	var sys bytes.Buffer
	if err := ud.WriteConllu(&sys, a, in.Text, "system"); err != nil {
		return nil, err
	}
	return score.ScoreTrees(gold, sys.Bytes())
}

// scoreConllu prints the figures of one CoNLL-U file: of the analysis in system, or of
// our own analysis of the text where system is empty.
func (e *env) scoreConllu(ctx context.Context, gold, system string, langs []string) error {
	data, err := os.ReadFile(gold)
	if err != nil {
		return err
	}
	var got score.TreeScores
	if system != "" {
		answer, err := os.ReadFile(system)
		if err != nil {
			return err
		}
		got, err = score.ScoreTrees(data, answer)
		if err != nil {
			return err
		}
	} else {
		if len(langs) > 1 {
			return &letopis.Error{Op: "--lang", Kind: letopis.Invalid, Err: errors.New("a treebank is in one language")}
		}
		r, err := e.openReader()
		if err != nil {
			return err
		}
		got, err = scoreAnalysis(ctx, r.Packs(), strings.Join(langs, ""), data)
		if err != nil {
			return fmt.Errorf("%s: %w", gold, err)
		}
	}
	fmt.Fprintf(e.stdout, "%-12s %9s %9s %9s %9s\n", "metric", "precision", "recall", "F1", "n")
	for _, m := range score.TreeMetrics {
		f := got.Figure(m)
		if _, err := fmt.Fprintf(e.stdout, "%-12s %9.2f %9.2f %9.2f %9d\n", m, 100*f.P, 100*f.R, 100*f.F1, f.N); err != nil {
			return err
		}
	}
	return nil
}
