package read

import (
	"context"
	"fmt"
	"io/fs"
	"sync"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/linear"
	"letopis/internal/nlp"
	"letopis/internal/onto"
	"letopis/internal/page"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// Program is the version of the reading rules; it changes when a reading may
// give another record for the same document and data.
const Program = "letopis 0.1"

// Reader reads documents of every language that has a pack. It is safe for
// concurrent use.
type Reader struct {
	fsys   fs.FS
	packs  *nlp.Set
	times  *timex.Set
	kb     *kb.KB
	onto   *onto.Ontology
	conf   confidences
	choose *linear.Model // nil for rules alone
	deeds  *linear.Table // nil for rules alone

	mu   sync.Mutex
	lexs map[string]*page.Lexicon
}

// Open opens the language packs, the ontology and the knowledge base of a data
// folder (lang/, onto/, kb/). Models load when a language is first read.
func Open(fsys fs.FS) (*Reader, error) {
	packs, err := nlp.Open(fsys)
	if err != nil {
		return nil, fmt.Errorf("open language packs: %w", err)
	}
	times, err := timex.Open(fsys)
	if err != nil {
		return nil, err
	}
	sub, err := fs.Sub(fsys, "kb")
	if err != nil {
		return nil, fmt.Errorf("open knowledge base: %w", err)
	}
	know, err := kb.Open(sub)
	if err != nil {
		return nil, err
	}
	ontology, err := onto.Open(fsys)
	if err != nil {
		return nil, err
	}
	choose, err := OpenChooser(fsys, chooserDir)
	if err != nil {
		return nil, err
	}
	deeds, err := OpenDeeds(fsys, chooserDir)
	if err != nil {
		return nil, err
	}
	conf, err := openConfidences(fsys)
	if err != nil {
		return nil, err
	}
	return &Reader{choose: choose, deeds: deeds, conf: conf, onto: ontology, fsys: fsys, packs: packs, times: times, kb: know, lexs: map[string]*page.Lexicon{}}, nil
}

// Packs returns the language packs of the reader.
func (r *Reader) Packs() *nlp.Set { return r.packs }

// lexicon returns the lexicon of a language, loading it once.
func (r *Reader) lexicon(lang string) (*page.Lexicon, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x := r.lexs[lang]; x != nil {
		return x, nil
	}
	x, err := page.OpenLexicon(r.fsys, lang)
	if err != nil {
		return nil, err
	}
	r.lexs[lang] = x
	return x, nil
}

// Read analyses and reads a document. doc is not changed; an empty doc.Lang is
// identified. The error is of kind Unsupported where the language has no pack.
func (r *Reader) Read(ctx context.Context, doc *letopis.Document) (*letopis.Record, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return nil, err
	}
	return r.ReadAnalysis(ctx, doc, a)
}

// analyze finds the language of a document and analyses it.
func (r *Reader) analyze(ctx context.Context, doc *letopis.Document) (*ud.Analysis, error) {
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
	return a, nil
}

// ReadAnalysis reads a document whose analysis is given, ours or another
// parser's. The spans of a must lie in doc.Text. Where a.Names is nil the names are
// looked for and put there; names that came without a base form get one.
func (r *Reader) ReadAnalysis(ctx context.Context, doc *letopis.Document, a *ud.Analysis) (*letopis.Record, error) {
	return r.read(ctx, doc, a, nil, nil)
}

// ReadPhases is [Reader.ReadAnalysis] that tells an observer the name of each phase as
// it begins, and the empty name after the last one: a benchmark's stopwatch.
func (r *Reader) ReadPhases(ctx context.Context, doc *letopis.Document, a *ud.Analysis, begins func(phase string)) (*letopis.Record, error) {
	return r.read(ctx, doc, a, &trace{begins: begins}, nil)
}

// Times finds the time expressions of a document, vague ones too, and its own date: what
// the record's dates are made of. The document is analysed for it.
func (r *Reader) Times(ctx context.Context, doc *letopis.Document) (timex.Result, error) {
	a, err := r.analyze(ctx, doc)
	if err != nil {
		return timex.Result{}, err
	}
	times, err := r.times.Lang(a.Lang)
	if err != nil {
		return timex.Result{}, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	return times.Find(a, doc.Text, timex.Claim{Published: doc.Published.Value, Given: doc.Published.Basis == letopis.BasisGiven}), nil
}

// source gathers what the page of a document is made of. Names that the analysis lacks are found.
func (r *Reader) source(doc *letopis.Document, a *ud.Analysis) (page.Source, error) {
	src := page.Source{Doc: doc, Analysis: a, KB: r.kb}
	var err error
	if src.Lexicon, err = r.lexicon(a.Lang); err != nil {
		return src, err
	}
	if src.Times, err = r.times.Lang(a.Lang); err != nil {
		return src, err
	}
	pack, err := r.packs.Pack(a.Lang)
	if err != nil {
		return src, err
	}
	return src, pack.AddNames(doc.Text, a)
}

// reading tells by what versions of data and program a record was made.
func (r *Reader) reading(lang string) letopis.Reading {
	version := ""
	if p, err := r.packs.Pack(lang); err == nil {
		version = p.Version()
	}
	return letopis.Reading{Program: Program, Packs: map[string]string{lang: version}, Ontology: r.onto.Version(), KB: r.kb.Version()}
}
