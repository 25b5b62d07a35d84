// Package measure reads what people have annotated, so that package score can compare
// the two: articles, treebanks, names and sentences with marked actors.
//
// Its invariant: what is measured is what the program gives to whoever runs it. Everything
// is read by the reader that was handed in, from the text alone.
package measure

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"

	"letopis"
	"letopis/internal/ingest"
	"letopis/internal/nlp"
	"letopis/internal/pipe"
	"letopis/internal/read"
	"letopis/internal/score"
	"letopis/internal/ud"
)

// Reader turns documents into records; [read.Reader] is one. It must be safe for concurrent use.
type Reader interface {
	Read(context.Context, *letopis.Document) (*letopis.Record, error)
}

// Records reads documents on all processors and gives what f makes of their records, in the
// order of the documents. The first document that cannot be read ends it.
func Records[T any](ctx context.Context, r Reader, docs []*letopis.Document, f func(*letopis.Record) T) ([]T, error) {
	out := make([]T, 0, len(docs))
	in := func(yield func(*letopis.Document, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
	work := func(ctx context.Context, d *letopis.Document) (x T, err error) {
		rec, err := r.Read(ctx, d)
		if err != nil {
			return x, err
		}
		return f(rec), nil
	}
	name := func(d *letopis.Document) string { return string(d.ID) }
	for x, err := range pipe.InOrder(ctx, in, name, work) {
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// Findings reads the articles of cases; the findings stand in their order.
func Findings(ctx context.Context, r Reader, cases []score.Case) ([]*score.Findings, error) {
	docs := make([]*letopis.Document, len(cases))
	for i := range cases {
		docs[i] = &cases[i].Document
	}
	return Records(ctx, r, docs, score.FromRecord)
}

// Trees analyses the raw text of a CoNLL-U file and compares the analysis with the file.
// An empty language is identified.
func Trees(ctx context.Context, packs *nlp.Set, lang string, gold []byte) (score.TreeScores, error) {
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

// Names reads the raw texts of a group of documents below root, a folder in the layout of
// SlavicNER (TOPIC/LANG/raw/FILE.txt), and returns the names of their records.
func Names(ctx context.Context, r *read.Reader, root string, g *score.NameGroup) (score.NameGroup, error) {
	docs := make([]*letopis.Document, len(g.Docs))
	for i, d := range g.Docs {
		var err error
		if docs[i], err = Document(ctx, r.Packs(), filepath.Join(root, g.Topic, g.Lang, "raw", d.File+".txt")); err != nil {
			return score.NameGroup{}, err
		}
	}
	names, err := Records(ctx, r, docs, score.RecordNames)
	if err != nil {
		return score.NameGroup{}, err
	}
	out := score.NameGroup{Topic: g.Topic, Lang: g.Lang}
	for i, d := range g.Docs {
		out.Docs = append(out.Docs, score.NameDoc{ID: d.ID, File: d.File, Stem: d.Stem, Names: names[i]})
	}
	return out, nil
}

// Document takes in the first article of a file.
func Document(ctx context.Context, packs *nlp.Set, path string) (*letopis.Document, error) {
	for doc, err := range ingest.Read(ctx, []string{path}, ingest.Options{Langs: packs.Langs(), Identify: packs.Identify}) {
		return doc, err
	}
	return nil, &letopis.Error{Op: "read " + path, Kind: letopis.Invalid, Err: errors.New("no article in it")}
}
