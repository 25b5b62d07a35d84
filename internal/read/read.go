// Package read turns a document into its record: the heart of letopis.
//
// A reading is a pure function of the document, the language pack, the ontology
// and the knowledge base: it sees no clock, no network and no store, and gives the
// same bytes on every machine. The article is set out on a page (package page), which is then only asked.
// Each phase is a function from the page and the results before it to its own result: who is who (cast),
// how the news came (way), what was said, what is background, what was done. Inside the package places
// are words of the page; finish turns them into the code points of the contract.
package read

import (
	"context"
	"fmt"

	"letopis"
	"letopis/internal/page"
	"letopis/internal/ud"
)

// read sets a document out and runs the phases on it; a trace, where one is given, gathers their notes, and cases
// what the choosers are asked.
func (r *Reader) read(ctx context.Context, doc *letopis.Document, a *ud.Analysis, tr *trace, cases *[]Case) (*letopis.Record, error) {
	src, err := r.source(doc, a)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	rec, err := r.phases(ctx, src, tr, cases, nil)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", doc.ID, err)
	}
	rec.Reading = r.reading(a.Lang)
	return rec, nil
}

// phases makes the record of a document: the page first, then each phase from the page and the results
// before it.
func (r *Reader) phases(ctx context.Context, src page.Source, tr *trace, cases *[]Case, l *lessons) (rec *letopis.Record, err error) {
	defer func() {
		// A defect of ours in one article must not end the reading of a stream.
		if p := recover(); p != nil {
			rec, err = nil, &letopis.Error{Op: "phases", Kind: letopis.Internal, Err: fmt.Errorf("defect in letopis: %v", p)}
		}
	}()
	pg, err := page.Build(ctx, src, tr.begin)
	if err != nil {
		return nil, err
	}
	var f findings
	var back *background
	for _, phase := range []struct {
		name string
		run  func()
	}{
		{"who", func() { f.cast = castOf(pg) }},
		{"provenance", func() { f.way = wayOf(pg, tr) }},
		{"statements", func() { f.said = whatWasSaid(pg, f.cast, f.way, chooser{model: r.choose, cases: cases, trace: tr}) }},
		{"recall", func() { back = backgroundOf(pg, f.said); back.dateStatements() }},
		{"events", func() {
			f.done = whatWasDone(pg, f.cast, f.said, back, chooser{model: r.choose, cases: cases, trace: tr}, r.deeds, l)
		}},
		{"recall", func() { f.done.date() }},
		{"who", func() { f.cast.complete(f.said.stmts) }},
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		tr.begin(phase.name)
		phase.run()
	}
	tr.begin("")
	if tr.notes() {
		tr.explained(pg)
	}
	return finish(pg, f, r.onto, r.conf), nil
}
