package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/score"
)

// chosenPairs quotes the figures of the chooser by cross-validation, as its trainer
// wrote them: language, figure, mean, standard deviation, pairs.
func (s *suite) chosenPairs(_ context.Context, t *task) ([]score.Row, error) {
	if _, err := os.Stat(s.path(t)); err != nil {
		return nil, err
	}
	name := filepath.Join(s.root, "corpus", "chooser.tsv")
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
		if len(f) != 5 {
			return nil, bad(fmt.Errorf("%d fields where 5 are needed", len(f)))
		}
		value, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return nil, bad(err)
		}
		n, err := strconv.Atoi(f[4])
		if err != nil {
			return nil, bad(err)
		}
		rows = append(rows, score.RowOf(t.name, f[0], score.Figure{Metric: f[1], F1: value, N: n}))
	}
	return rows, nil
}
