package read

import (
	"context"
	"fmt"

	"letopis"
	"letopis/internal/pairs"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// Cues says what the lexicon of the analysis' language sees in each of its words: the
// words of all sentences in a row after one for the root, as [pairs.NewPair] lays them out.
func (r *Reader) Cues(text string, a *ud.Analysis) ([]pairs.Cue, error) {
	lex, err := r.lexicon(a.Lang)
	if err != nil {
		return nil, err
	}
	rd := &reading{text: text, a: a, lex: lex}
	rd.flatten()
	out := make([]pairs.Cue, 1, len(rd.toks)+1)
	for i := range rd.toks {
		t := &rd.toks[i]
		c := pairs.Cue{Negates: t.is(clNeg), Future: t.is(clFuture), Possible: t.is(clPossible)}
		if t.say != nil {
			c.Says = t.say.class
		}
		if t.trigger != nil {
			c.Code = string(t.trigger.code)
		}
		out = append(out, c)
	}
	return out, nil
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
