package read

import (
	"context"
	"fmt"

	"letopis"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// finishDates writes the dates and the evidence of the article's own.
func (r *reading) finishDates(rec *letopis.Record, rng func(ud.Span) letopis.Range) {
	for _, s := range r.PublishedBy {
		rec.Document.Published.Evidence = append(rec.Document.Published.Evidence, rng(s))
	}
	for i := range r.Times {
		x := &r.Times[i]
		rec.Dates = append(rec.Dates, letopis.Date{Range: rng(x.Span), Value: x.Value, Rule: x.Rule})
	}
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
