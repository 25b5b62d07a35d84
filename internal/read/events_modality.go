package read

import (
	"letopis"
)

// modality reads whether the event at k happened, from the words before it in its clause.
func (r *reading) modality(k int, g *trigger) letopis.Modality {
	b := r.sents[r.toks[k].sent]
	lo, _ := r.clauseOf(k, b)
	m := letopis.Actual
	for i := k - 1; i >= lo && i > k-5; i-- {
		t := &r.toks[i]
		if !g.verb && t.upos == "VERB" {
			break // "не спря контактите": the verb is negated, not the contacts
		}
		switch {
		case t.is(clNeg):
			return letopis.Negated
		case t.is(clFuture):
			m = letopis.Future
		case t.is(clPossible) && m == letopis.Actual:
			m = letopis.Possible
		}
	}
	if m == letopis.Actual && (r.toks[k].feats.Get("Tense") == "Fut" || r.toks[k].feats.Get("Mood") == "Cnd") {
		m = letopis.Future
	}
	if m == letopis.Actual && g.verb && k > lo && r.toks[k-1].is(clDa) {
		m = letopis.Possible
	}
	return m
}
