package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/measure"
	"letopis/internal/score"
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
			got, err := measure.Trees(ctx, s.reader.Packs(), tb.lang, lastSentences(gold, tb.from))
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
