package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/code"
	"letopis/internal/petrarch"
	"letopis/internal/score"
)

// chosenPairs quotes the figures of the chooser by cross-validation, as its trainer
// wrote them: language, figure, mean, standard deviation, pairs.
func (s *suite) chosenPairs(_ context.Context, t *task) ([]score.Row, error) {
	return s.quoted(t, "chooser.tsv", 5, 4, func(f []string) map[string]string { return map[string]string{f[1]: f[2]} })
}

// topicsLeftOut quotes the figures of names on topics left out of training, as the
// trainer wrote them: language, topic, type, strict, partial, base forms, names.
func (s *suite) topicsLeftOut(_ context.Context, t *task) ([]score.Row, error) {
	return s.quoted(t, "names-loo.tsv", 7, 6, func(f []string) map[string]string {
		if f[2] != "all" || f[1] == gumTopic {
			return nil
		}
		return map[string]string{f[1]: f[3], f[1] + ".partial": f[4], f[1] + ".lemma": f[5]}
	})
}

// gumTopic is what the table of topics left out calls the development documents of GUM news.
const gumTopic = "gum_dev"

func (s *suite) gumNames(_ context.Context, t *task) ([]score.Row, error) {
	return s.quoted(t, "names-loo.tsv", 7, 6, func(f []string) map[string]string {
		switch {
		case f[1] != gumTopic || f[6] == "0":
			return nil
		case f[2] == "all":
			return map[string]string{"strict": f[3], "partial": f[4]}
		}
		return map[string]string{"strict." + f[2]: f[3]}
	})
}

// quoted reads a table under corpus that a trainer wrote: columns fields a line, the
// language in the first, how many cases in column n; figures tells the metrics of a line.
func (s *suite) quoted(t *task, file string, columns, n int, figures func(fields []string) map[string]string) ([]score.Row, error) {
	if _, err := os.Stat(s.path(t)); err != nil {
		return nil, err
	}
	name := filepath.Join(s.root, "corpus", file)
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var rows []score.Row
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		bad := func(err error) error {
			return &letopis.Error{Op: fmt.Sprintf("%s:%d", name, i+1), Kind: letopis.Invalid, Err: err}
		}
		f := strings.Split(line, "\t")
		if len(f) != columns {
			return nil, bad(fmt.Errorf("%d fields where %d are needed", len(f), columns))
		}
		cases, err := strconv.Atoi(f[n])
		if err != nil {
			return nil, bad(err)
		}
		of := figures(f)
		for _, metric := range slices.Sorted(maps.Keys(of)) {
			value, err := strconv.ParseFloat(of[metric], 64)
			if err != nil {
				return nil, bad(err)
			}
			rows = append(rows, score.RowOf(t.name, f[0], score.Figure{Metric: metric, F1: value, N: cases}))
		}
	}
	return rows, nil
}

// dictionaries codes the records of the PETRARCH unit tests with the dictionaries of the
// same folder: the share of records with all their events, and with these and no others.
func (s *suite) dictionaries(ctx context.Context, t *task) ([]score.Row, error) {
	records, err := score.OpenCoded(s.path(t))
	if err != nil || !s.reads("en") {
		return nil, err
	}
	d, _, err := petrarch.Open(os.DirFS(filepath.Join(s.shared, filepath.FromSlash(t.data[1]))))
	if err != nil {
		return nil, err
	}
	words, err := petrarch.OpenGrammar(s.data, "lang/en/cameo.words.tsv")
	if err != nil {
		return nil, err
	}
	pack, err := s.reader.Packs().Pack("en")
	if err != nil {
		return nil, err
	}
	answers := make([][]score.Triple, len(records))
	for i := range records {
		a, err := pack.Analyze(ctx, records[i].Text)
		if err != nil {
			return nil, err
		}
		for _, e := range d.Code(a, petrarch.Options{Grammar: words, Day: strings.ReplaceAll(records[i].Date, "-", "")}) {
			answers[i] = append(answers[i], score.Triple{Source: e.Source, Target: e.Target, Code: e.Code})
		}
	}
	return codedRows(t.name, records, answers), nil
}

// phoenix codes the records of the PETRARCH-2 reference with our own lexicon and
// knowledge base, and compares countries and CAMEO roots.
func (s *suite) phoenix(ctx context.Context, t *task) ([]score.Row, error) {
	records, err := score.OpenCoded(s.path(t))
	if err != nil || !s.reads("en") {
		return nil, err
	}
	for i := range records {
		records[i].Roots()
	}
	coder, err := code.Open(s.data, s.reader, code.Options{Lang: "en", Lexicon: true})
	if err != nil {
		return nil, err
	}
	answers := make([][]score.Triple, len(records))
	for i := range records {
		r, err := coder.Code(ctx, &code.Sentence{ID: records[i].ID, Date: records[i].Date, Text: records[i].Text})
		if err != nil {
			return nil, err
		}
		for _, e := range r.CAMEO {
			answers[i] = append(answers[i], score.Triple{Source: e.Source, Target: e.Target, Code: e.Code})
		}
	}
	for i := range answers {
		answer := score.Coded{Expected: answers[i]}
		answer.Roots()
		answers[i] = answer.Expected
	}
	return codedRows(t.name, records, answers), nil
}

// codedRows counts the records that were coded right.
func codedRows(name string, records []score.Coded, answers [][]score.Triple) []score.Row {
	var rows []score.Row
	for _, f := range score.ScoreCoded(records, answers) {
		rows = append(rows, score.RowOf(name, "en", f))
	}
	return rows
}
