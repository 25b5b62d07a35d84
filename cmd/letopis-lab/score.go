package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"letopis"
	"letopis/internal/read"
	"letopis/internal/score"
)

// scoreFlags are the flags of score.
type scoreFlags struct {
	all, write, check  bool
	shared, root, data string
	task               string // prefix of the names of tasks; empty: all
}

// scoreCommand measures how well letopis reads the annotated data.
func scoreCommand(l *lab) *cobra.Command {
	var f scoreFlags
	c := &cobra.Command{
		Use:   "score --all | --task PREFIX",
		Short: "Measure how well letopis reads",
		Long: `Measure how well letopis reads the annotated data of the folder --shared, and print the
table of figures. What is learnt from gold/dev is measured there with weights that have
not seen the article's fold (gold/folds.tsv), and beside that with the shipped ones. 'letopis score' measures records or articles of your own.

--write writes the table to corpus/scores.tsv and docs/accuracy.md, and how often the statements
of each rule are right to data/lang/und/confidence.tsv; --check fails where a
figure fell below corpus/scores.tsv by more than its tolerance.`,
		Example: `  letopis-lab score --all --write
  letopis-lab score --task who. --check`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			switch {
			case !f.all && f.task == "":
				return &letopis.Error{Kind: letopis.Invalid, Err: errors.New("name some tasks with --task, or --all")}
			case f.task != "" && f.write:
				return &letopis.Error{Op: "--task", Kind: letopis.Invalid, Err: errors.New("the table of figures is written whole; leave out --task or --write")}
			}
			return l.score(c.Context(), &f)
		},
	}
	c.Flags().BoolVar(&f.all, "all", false, "measure everything")
	c.Flags().StringVar(&f.task, "task", "", "only the tasks whose names begin with this `PREFIX` (who., gold.dev)")
	c.Flags().BoolVar(&f.write, "write", false, "write corpus/scores.tsv, docs/accuracy.md and data/lang/und/confidence.tsv")
	c.Flags().BoolVar(&f.check, "check", false, "fail if a figure fell below corpus/scores.tsv")
	c.Flags().StringVar(&f.shared, "shared", "../shared", "`DIR` of the data to measure on")
	c.Flags().StringVar(&f.root, "root", ".", "`DIR` of the repository, for corpus/ and docs/")
	dataFlag(c, &f.data)
	return c
}

// score measures, prints, and writes or checks the table of figures.
func (l *lab) score(ctx context.Context, f *scoreFlags) error {
	fsys, err := openData(f.data)
	if err != nil {
		return err
	}
	s, err := l.newSuite(fsys, f.shared, f.root)
	if err != nil {
		return err
	}
	rows, err := s.measure(ctx, func(t *task) bool { return strings.HasPrefix(t.name, f.task) })
	if err != nil {
		return err
	}
	if _, err := io.WriteString(l.stdout, score.FormatRows(rows)); err != nil {
		return err
	}
	table := filepath.Join(f.root, "corpus", "scores.tsv")
	if f.check {
		if err := checkRows(table, rows); err != nil {
			return err
		}
	}
	if !f.write {
		return nil
	}
	if err := os.WriteFile(table, []byte(score.FormatRows(rows)), 0o644); err != nil {
		return err
	}
	if err := s.writeConfidence(ctx, filepath.Join(f.root, "data", "lang", "und", "confidence.tsv")); err != nil {
		return err
	}
	return s.writePage(filepath.Join(f.root, "docs", "accuracy.md"), rows)
}

// newSuite opens what the tasks share.
func (l *lab) newSuite(data fs.FS, shared, root string) (*suite, error) {
	r, err := read.Open(data)
	if err != nil {
		return nil, err
	}
	return &suite{lab: l, data: data, reader: r, shared: shared, root: root}, nil
}
