package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"letopis"
	"letopis/internal/read"
	"letopis/internal/ud"
)

// readConllu reads one article from the analysis of another parser. The article is
// the one of paths, and the analysis is laid over its text; without a path the text
// is made of the forms of the analysis.
func (e *env) readConllu(ctx context.Context, r *read.Reader, paths []string, f readFlags) (finding, error) {
	doc, err := e.conlluArticle(ctx, r, paths, f)
	if err != nil {
		return finding{}, err
	}
	in := e.stdin
	if f.conllu != "-" {
		file, err := os.Open(f.conllu)
		if err != nil {
			return finding{}, &letopis.Error{Op: "--conllu", Kind: letopis.NotFound, Err: err}
		}
		defer file.Close() // only read
		in = file
	}
	c, err := ud.ReadConllu(in, "")
	if err != nil {
		return finding{}, &letopis.Error{Op: f.conllu, Kind: letopis.Invalid, Err: err}
	}
	if len(c.Analysis.Sentences) == 0 {
		return finding{}, &letopis.Error{Op: f.conllu, Kind: letopis.Invalid, Err: errors.New("has no sentence; give the analysis of an article in CoNLL-U")}
	}
	if doc == nil {
		if doc, err = e.conlluDocument(r, c.Text, f); err != nil {
			return finding{}, err
		}
	} else if err := ud.Align(c.Analysis, c.Text, doc.Text); err != nil {
		return finding{}, &letopis.Error{Op: f.conllu, Kind: letopis.Invalid, Err: err}
	}
	c.Analysis.Lang = doc.Lang
	rec, err := r.ReadAnalysis(ctx, doc, c.Analysis)
	return finding{rec: rec, analysis: c.Analysis}, err
}

// conlluArticle takes in the one article of paths; nil where there is no path.
func (e *env) conlluArticle(ctx context.Context, r *read.Reader, paths []string, f readFlags) (*letopis.Document, error) {
	docs, err := e.documents(ctx, r.Packs(), paths, f.inputFlags)
	if err != nil {
		return nil, err
	}
	var doc *letopis.Document
	for d, err := range docs {
		switch {
		case err != nil:
			return nil, err
		case doc != nil:
			return nil, &letopis.Error{Op: "--conllu", Kind: letopis.Invalid, Err: errors.New("is the analysis of one article, and there are several; give one")}
		}
		doc = d
	}
	return doc, nil
}

// conlluDocument makes a document of the text of an analysis.
func (e *env) conlluDocument(r *read.Reader, text string, f readFlags) (*letopis.Document, error) {
	doc := &letopis.Document{ID: letopis.NewID(text, ""), Lang: strings.ToLower(f.lang), Text: text, Provenance: []letopis.Source{}}
	if f.published != "" {
		doc.Published = letopis.Published{Value: letopis.When(f.published), Basis: letopis.BasisGiven}
	}
	if doc.Lang == "" {
		doc.Lang, _ = r.Packs().Identify(text)
	}
	_, err := r.Packs().Pack(doc.Lang)
	return doc, err
}
