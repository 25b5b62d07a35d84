package read

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// dates finds the time expressions and decides the article's own date.
func (r *reading) dates() {
	claim := timex.Claim{Published: r.doc.Published.Value, Given: r.doc.Published.Basis == letopis.BasisGiven}
	if !claim.Given {
		claim.Held = r.held()
	}
	res := r.times.Find(r.a, r.text, claim)
	for i := range res.Dates {
		d := &res.Dates[i]
		if d.Kind != timex.Calendar {
			continue
		}
		first, last := r.at(d.Start), r.at(d.End)-1
		// A finding may begin inside a token ("29.03.2019г.").
		if first > 0 && (first == len(r.toks) || r.toks[first].Start > d.Start) && r.toks[first-1].End > d.Start {
			first--
		}
		if first >= len(r.toks) {
			continue
		}
		x := moment{Span: d.Span, first: first, last: max(first, last), value: d.Value, rule: d.Rule}
		x.from, x.to, x.ok = d.Value.Bounds()
		for k := x.first; k <= x.last; k++ {
			r.toks[k].date = true
		}
		if d.Value != "" { // one that no date anchors is time all the same, but no date of the record
			r.timexes = append(r.timexes, x)
		}
	}
	sort.SliceStable(r.timexes, func(i, j int) bool { return r.timexes[i].first < r.timexes[j].first })
	p := res.Published
	r.published = letopis.Published{Value: p.Value, Basis: p.Basis, Claimed: p.Overruled, Rule: p.Rule}
	r.pubSpans = p.Evidence
}

// maxHeld bounds the people in office that the article's date is asked of.
const maxHeld = 16

// held lists the people whom the text names in an office that the knowledge base
// knows them in ("германският канцлер Ангела Меркел"), each once.
func (r *reading) held() []timex.Tenure {
	var out []timex.Tenure
	var seen []string
	for _, p := range r.people {
		if len(out) == maxHeld || slices.Contains(seen, p.ID) {
			continue
		}
		office := r.officeBefore(p.First)
		if office < 0 {
			continue
		}
		id := r.known[r.toks[office].known-1].ID
		t := timex.Tenure{Span: ud.Span{Start: r.toks[office].Start, End: r.toks[p.Last].End}}
		for _, x := range r.kb.OfficesAt(p.ID, "/") {
			if "office/"+x.Office == id {
				t.Terms = append(t.Terms, [2]letopis.When{letopis.When(x.From), letopis.When(x.Until)})
			}
		}
		if len(t.Terms) > 0 {
			out, seen = append(out, t), append(seen, p.ID)
		}
	}
	return out
}

// officeBefore returns the token of the office that stands before the name at token k
// with at most its country between, or -1; "the former president X" has none.
func (r *reading) officeBefore(k int) int {
	first := r.sents[r.toks[k].sent].first
	at := -1
	for i := k - 1; i >= first && i >= k-5; i-- {
		t := &r.toks[i]
		switch {
		case t.punct() || t.upos == "VERB" || t.is(clFormer|clPast):
			return -1
		case at < 0 && t.known > 0 && r.known[t.known-1].Kind == kb.KindOffice:
			at = i
		}
	}
	return at
}

// finishDates writes the dates and the evidence of the article's own.
func (r *reading) finishDates(rec *letopis.Record, rng func(ud.Span) letopis.Range) {
	for _, s := range r.pubSpans {
		rec.Document.Published.Evidence = append(rec.Document.Published.Evidence, rng(s))
	}
	for i := range r.timexes {
		x := &r.timexes[i]
		rec.Dates = append(rec.Dates, letopis.Date{Range: rng(x.Span), Value: x.value, Rule: x.rule})
	}
}

// chunkTime reports whether a phrase is a time expression.
func (r *reading) chunkTime(c *chunk) bool { return r.toks[c.head].date }

// timeFrom returns the index of the first time that begins at token k or after it.
func (r *reading) timeFrom(k int) int {
	return sort.Search(len(r.timexes), func(t int) bool { return r.timexes[t].first >= k })
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
