package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/score"
)

// passage is how many code points a paragraph must have to count as a passage:
// about what a quotation of two sentences has.
const passage = 100

// identified counts the texts of a language and those that were told right.
type identified struct{ docs, docsRight, passages, passagesRight int }

// languages measures language identification on news that the shipped table is
// not learnt from: one topic of BSNLP, and English sets.
func (s *suite) languages(_ context.Context, t *task) ([]score.Row, error) {
	counts := map[string]*identified{}
	files, err := filepath.Glob(filepath.Join(s.path(t), "nord_stream", "*", "raw", "*.txt"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		if p := strings.SplitN(string(b), "\n", 5); len(p) == 5 { // id, language, date, address
			s.identify(counts, filepath.Base(filepath.Dir(filepath.Dir(f))), p[4])
		}
	}
	for _, name := range t.data[1:] {
		b, err := os.ReadFile(filepath.Join(s.shared, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			var d struct{ Text string }
			if err := json.Unmarshal([]byte(line), &d); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			s.identify(counts, "en", d.Text)
		}
	}
	if len(counts) == 0 {
		return nil, &letopis.Error{Op: t.data[0], Kind: letopis.NotFound, Err: os.ErrNotExist}
	}
	var langs []string
	for l := range counts {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	var rows []score.Row
	for _, l := range langs {
		c := counts[l]
		rows = append(rows,
			score.RowOf(t.name, l, shareOf("documents", c.docsRight, c.docs)),
			score.RowOf(t.name, l, shareOf("passages", c.passagesRight, c.passages)))
	}
	return rows, nil
}

// identify counts one text and its longer paragraphs.
func (s *suite) identify(counts map[string]*identified, lang, text string) {
	c := counts[lang]
	if c == nil {
		c = &identified{}
		counts[lang] = c
	}
	is := func(text string) int {
		if got, _ := s.reader.Packs().Identify(text); got == lang {
			return 1
		}
		return 0
	}
	c.docs++
	c.docsRight += is(text)
	for p := range strings.Lines(text) {
		if utf8.RuneCountInString(p) >= passage {
			c.passages++
			c.passagesRight += is(p)
		}
	}
}

func shareOf(metric string, right, of int) score.Figure {
	return score.Figure{Metric: metric, IsShare: true, Accuracy: float64(right) / float64(max(of, 1)), N: of}
}
