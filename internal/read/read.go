// Package read turns a document into its record: the heart of letopis.
//
// A reading is a pure function of the document, the language pack, the ontology
// and the knowledge base: it sees no clock, no network and no store, and gives the
// same bytes on every machine. Its phases run in one visible order (see
// [Reader.ReadAnalysis]); each stands in the file of its name and leaves its
// findings on the reading for the next. Inside the package offsets are bytes of
// Document.Text; finish turns them into the code points of the contract.
package read

import (
	"context"
	"fmt"
	"io/fs"

	"letopis"
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// Program is the version of the reading rules; it changes when a reading may
// give another record for the same document and data.
const Program = "letopis 0.1"

// Reader reads documents of every language that has a pack. It is safe for
// concurrent use.
type Reader struct {
	packs *nlp.Set
}

// Open opens the language packs, the ontology and the knowledge base of a data
// folder (lang/, onto/, kb/). Models load when a language is first read.
func Open(fsys fs.FS) (*Reader, error) {
	packs, err := nlp.Open(fsys)
	if err != nil {
		return nil, fmt.Errorf("open language packs: %w", err)
	}
	return &Reader{packs: packs}, nil
}

// Packs returns the language packs of the reader.
func (r *Reader) Packs() *nlp.Set { return r.packs }

// Read analyses and reads a document. doc is not changed; an empty doc.Lang is
// identified. The error is of kind Unsupported where the language has no pack.
func (r *Reader) Read(ctx context.Context, doc *letopis.Document) (*letopis.Record, error) {
	lang := doc.Lang
	if lang == "" {
		lang, _ = r.packs.Identify(doc.Text)
	}
	pack, err := r.packs.Pack(lang)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	a, err := pack.Analyze(ctx, doc.Text)
	if err != nil {
		return nil, fmt.Errorf("analyze %s: %w", doc.ID, err)
	}
	return r.ReadAnalysis(ctx, doc, a)
}

// ReadAnalysis reads a document whose analysis is given, ours or another
// parser's. The spans of a must lie in doc.Text.
func (r *Reader) ReadAnalysis(ctx context.Context, doc *letopis.Document, a *ud.Analysis) (*letopis.Record, error) {
	rec := &letopis.Record{
		Schema:     letopis.Schema,
		Reading:    letopis.Reading{Program: Program, Packs: map[string]string{a.Lang: "0"}},
		Document:   *doc,
		Entities:   []letopis.Entity{},
		Dates:      []letopis.Date{},
		Statements: []letopis.Statement{},
		Events:     []letopis.Event{},
	}
	rec.Document.Lang = a.Lang
	if rec.Document.Provenance == nil {
		rec.Document.Provenance = []letopis.Source{}
	}
	return rec, ctx.Err()
}
