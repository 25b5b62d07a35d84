package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strconv"

	"letopis"
	"letopis/internal/linear"
	"letopis/internal/measure"
	"letopis/internal/read"
	"letopis/internal/score"
)

// chooseDir has, below the repository, the weights that were learnt without a fold of the
// gold; its README.md says what an absent fold means.
var chooseDir = filepath.Join("corpus", "choose")

// goldFolds opens the folds of a folder of annotated articles (gold/dev), which stand beside
// it, and returns how its articles are grouped: by the number of their fold.
func goldFolds(gold string) (groupOf func(id string) (string, error), err error) {
	gold = filepath.Clean(gold)
	set, table := filepath.Base(gold), filepath.Join(filepath.Dir(gold), "folds.tsv")
	folds, err := score.OpenFolds(table)
	if err != nil {
		return nil, err
	}
	return func(id string) (string, error) {
		fold, ok := folds.Of(set, id)
		if !ok {
			return "", &letopis.Error{Op: table, Kind: letopis.Invalid, Err: fmt.Errorf("article %s of %s stands in no fold", id, set)}
		}
		return strconv.Itoa(fold), nil
	}, nil
}

// learntFrom says what weights that were learnt from sets without a fold ("": none) are learnt from.
func learntFrom(sets, without string) string {
	if without == "" {
		return sets
	}
	return sets + " without fold " + without
}

// writeWeights writes the weights learnt without a fold to corpus/choose, and those learnt
// with all ("") to the language data that is shipped. A file that has these weights already
// stays as it is, whatever its comments say: the version of every pack is a hash of it.
func writeWeights(m *linear.Model, root, without, file, head string) error {
	dir := filepath.Join(root, "data", "lang", "und", "choose")
	if without != "" {
		dir = filepath.Join(root, chooseDir, without)
	}
	name := filepath.Join(dir, file)
	switch old, err := os.ReadFile(name); {
	case err == nil:
		if o, err := linear.Read(bytes.NewReader(old), name); err == nil && maps.Equal(o.Weights(), m.Weights()) {
			return nil
		}
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	var b bytes.Buffer
	if err := m.Write(&b, head); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o666)
}

// leftOut reads the cases of a set of the gold (dev, news), each with weights that have not
// seen its fold.
func (s *suite) leftOut(ctx context.Context, set string, cases []score.Case) (*goldSet, error) {
	folds, err := score.OpenFolds(filepath.Join(s.shared, "gold", "folds.tsv"))
	if err != nil {
		return nil, err
	}
	byFold, err := folds.Split(set, cases)
	if err != nil {
		return nil, err
	}
	out := &goldSet{}
	for fold, some := range byFold {
		r, err := s.without(fold)
		if err != nil {
			return nil, err
		}
		found, err := measure.Findings(ctx, r, some)
		if err != nil {
			return nil, err
		}
		out.cases, out.found = append(out.cases, some...), append(out.found, found...)
		for range some {
			out.folds = append(out.folds, fold)
		}
	}
	return out, nil
}

// without returns a reader whose weights have not seen a fold of the gold: those of
// corpus/choose, and of what is chosen by weights that do not stand there for the fold, the shipped ones,
// since then nothing of the fold is learnt.
func (s *suite) without(fold int) (*read.Reader, error) {
	dir := filepath.Join(s.root, chooseDir)
	if _, err := os.Stat(dir); err != nil {
		// With the shipped weights, learnt from these articles, the figures would flatter.
		return nil, fmt.Errorf("%w; name the folder of the repository with --root", err)
	}
	left, err := read.OpenChooserOver(s.data, os.DirFS(dir), strconv.Itoa(fold))
	if err != nil {
		return nil, err
	}
	deeds, err := read.OpenDeeds(os.DirFS(dir), strconv.Itoa(fold))
	if err != nil {
		return nil, err
	}
	return s.reader.WithChooser(left).WithDeeds(deeds), nil
}
