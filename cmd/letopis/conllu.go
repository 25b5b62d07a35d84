package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

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
	} else if err := align(c.Analysis, c.Text, doc.Text); err != nil {
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

// align moves the spans of an analysis from the text it was read with to text, in
// which the same tokens stand with other white space between or inside them.
func align(a *ud.Analysis, from, text string) error {
	pos := 0
	for i := range a.Sentences {
		s := &a.Sentences[i]
		for k := range s.Tokens {
			t := &s.Tokens[k]
			form := from[t.Start:t.End]
			for pos < len(text) {
				r, n := utf8.DecodeRuneInString(text[pos:])
				if !unicode.IsSpace(r) && !unseen(r) {
					break
				}
				pos += n
			}
			n := sameToken(form, text[pos:])
			if n == 0 {
				line := 1 + strings.Count(text[:pos], "\n")
				col := 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text[:pos], '\n')+1:pos])
				return fmt.Errorf("token %d of sentence %d is %.40q, but line %d, column %d of the article has %.40q; is it the analysis of this article?",
					k+1, i+1, form, line, col, text[pos:])
			}
			t.Start, t.End = int32(pos), int32(pos+n)
			pos += n
		}
		s.Start, s.End = s.Tokens[0].Start, s.Tokens[len(s.Tokens)-1].End
	}
	for i := range a.Names {
		x := &a.Names[i]
		t := a.Sentences[x.Sentence].Tokens
		x.Start, x.End = t[x.First].Start, t[x.Last].End
	}
	return nil
}

// unseen reports whether r is a sign without width, which an analysis may leave out.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r)
}

// sameToken returns how many bytes of text are the token form, 0 for none. Any
// white space in a token is as good as any other, and text may have signs without
// width, such as soft hyphens, inside it.
func sameToken(form, text string) int {
	n := 0
	for _, r := range form {
		x, size := utf8.DecodeRuneInString(text[n:])
		for n > 0 && x != r && unseen(x) {
			n += size
			x, size = utf8.DecodeRuneInString(text[n:])
		}
		if size == 0 || x != r && !(unicode.IsSpace(r) && unicode.IsSpace(x)) {
			return 0
		}
		n += size
	}
	return n
}
