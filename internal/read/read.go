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
	choose *linear.Model // nil for rules alone

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
	return &Reader{choose: choose, onto: ontology, fsys: fsys, packs: packs, times: times, kb: know, lexs: map[string]*page.Lexicon{}}, nil
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

// read runs the phases; a trace, where one is given, gathers their notes, and cases
// what the choosers are asked.
func (r *Reader) read(ctx context.Context, doc *letopis.Document, a *ud.Analysis, tr *trace, cases *questions) (rec *letopis.Record, err error) {
	defer func() {
		// A defect of ours in one article must not end the reading of a stream.
		if p := recover(); p != nil {
			rec, err = nil, &letopis.Error{Op: fmt.Sprintf("read %s", doc.ID), Kind: letopis.Internal, Err: fmt.Errorf("defect in letopis: %v", p)}
		}
	}()
	lex, err := r.lexicon(a.Lang)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	times, err := r.times.Lang(a.Lang)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	pack, err := r.packs.Pack(a.Lang)
	if err == nil {
		err = pack.AddNames(doc.Text, a)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	pg, err := page.Build(ctx, page.Source{Doc: doc, Analysis: a, Lexicon: lex, KB: r.kb, Times: times}, tr.begin)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	rd := &reading{Page: pg, trace: tr, choose: r.choose, cases: cases, onto: r.onto, nominal: map[int]int{}, index: map[string]int{}, byPart: map[string][]int{}}
	for _, phase := range []struct {
		name string
		run  func()
	}{
		{"who", rd.resolve}, {"provenance", rd.provenance}, {"statements", rd.statements}, {"events", rd.events}, {"events", rd.mergeEvents}, {"events", rd.contexts}, {"recall", rd.recall},
		{"who", func() { rd.offices(rd.stmts) }}, {"who", rd.homes}, {"who", rd.keyed}, {"who", rd.nominative},
	} {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("read %s: %w", doc.ID, err)
		}
		tr.begin(phase.name)
		phase.run()
	}
	tr.begin("")
	if tr.notes() {
		rd.explained()
	}
	rec = rd.finish()
	rec.Reading = letopis.Reading{Program: Program, Packs: map[string]string{a.Lang: r.packVersion(a.Lang)}, Ontology: r.onto.Version(), KB: r.kb.Version()}
	return rec, nil
}

func (r *Reader) packVersion(lang string) string {
	if p, err := r.packs.Pack(lang); err == nil {
		return p.Version()
	}
	return ""
}

// reading is one document while it is read. Every phase fills its fields and
// reads those of the phases before it.
type reading struct {
	*page.Page

	mentions []mention // those of the names first
	ents     []entity
	index    map[string]int   // entities by knowledge base id, or by type and name
	byPart   map[string][]int // persons by the beginnings of their names' parts
	nominal  map[int]int      // entity of a phrase that is described, not named

	credits   []credit
	layers    []credit        // the same, by sentence
	credited  map[string]bool // role and key of each
	skipTo    map[int]int     // first token after a dateline, by sentence start
	creditCue map[int]bool    // cues of media reports that only credit an outlet

	stmts   []stmt
	reach   []int // by statement: the furthest end of it and those before it
	cueUsed []bool

	evs    []event
	lentTo map[int]*page.Trigger // triggers that verbs lend to nouns
	onto   *onto.Ontology

	trace  *trace // nil where nobody asked
	choose *linear.Model
	cases  *questions // nil where nobody asked

	// Who may speak at the cue at hand, scores and features: kept to allocate once.
	asked  []speakerScore
	learnt []int
	ranges []spanRange
	vec    linear.Vec
}
