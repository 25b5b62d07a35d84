package read

import (
	"sort"

	"letopis"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// dates finds the time expressions and decides the article's own date.
func (r *reading) dates() {
	claim := timex.Claim{Published: r.doc.Published.Value, Given: r.doc.Published.Basis == letopis.BasisGiven}
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
