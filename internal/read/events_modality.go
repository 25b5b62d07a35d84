package read

import (
	"slices"

	"letopis"
)

// mood is whether something happened and the word that decides it, -1 for none.
type mood struct {
	m   letopis.Modality
	why int
}

// modality reads whether the event at k happened: by its own particles and tense,
// and by the verbs and nouns that govern it ("refused to", "плановете за", "не изключва").
func (r *reading) modality(k int, g *trigger) mood {
	if g.verb {
		return r.moodOf(k, maxDepth)
	}
	h := r.toks[k].head
	if h >= 0 && r.toks[h].is(clMoodOff) && r.toks[k].rel("obj", "iobj", "nsubj", "nsubj:pass") {
		return r.governed(h, k) // "the planned meeting was cancelled"
	}
	for c := range r.sentenceOf(k) {
		// "a potential strike", "planned tariffs"
		if t := &r.toks[c]; t.head == k && t.rel("amod", "det") && t.is(clMoodPoss|clMoodFut|clPossible|clNeg) {
			return mood{effect(t), c}
		}
	}
	if h < 0 {
		return mood{letopis.Actual, -1}
	}
	t := &r.toks[h]
	switch {
	case r.triggerAt(h) != nil && !t.is(clMoodStop) && r.unhindered(h) && r.toks[k].rel("obj", "nsubj:pass"):
		return mood{letopis.Possible, h} // "does not rule out sanctions"
	case t.upos != "VERB" && t.upos != "AUX" && t.upos != "ADJ":
		if r.toks[k].rel("nmod", "obl", "acl") {
			return r.underNoun(k)
		}
	case r.triggerAt(h) != nil && inWords(r.triggerAt(h).code), t.say != nil && t.say.has('n') && !t.is(clMoodPoss|clMoodFut|clMoodNeg|clMoodReal):
		// What is spoken of stands as it is.
	case t.is(clMoodNeg | clMoodFut | clMoodPoss):
		if (r.toks[k].rel("obj", "iobj", "nsubj:pass") || r.toks[k].rel("obl") && k > h) && !(t.is(clMoodNeg) && r.definite(k)) {
			return r.governed(h, k)
		}
	case t.is(clMoodStop) && r.toks[k].rel("obj", "iobj", "obl", "nsubj:pass", "nsubj") && r.goesOnUnder(h):
		return mood{letopis.Actual, h} // "пандемията не е спряла контактите"
	case (r.toks[k].rel("obj", "nsubj:pass") || r.toks[k].rel("nsubj") && t.is(clMoodReal)) && (!r.definite(k) || r.lent(k)):
		return r.moodOf(h, maxDepth) // "ще започнат преговори", "не е дала разрешение"
	}
	return mood{letopis.Actual, -1}
}

// inWords reports whether acts of a category are done by speaking.
func inWords(c letopis.Code) bool {
	switch c {
	case letopis.Request, letopis.Accuse, letopis.Reject, letopis.Threaten, letopis.Support:
		return true
	}
	return false
}

// underNoun reads the mood of a noun below others: "възможността за сключване на съюз".
func (r *reading) underNoun(k int) mood {
	i := k
	for range maxDepth {
		h := r.toks[i].head
		if h < 0 || r.toks[h].upos == "VERB" || r.toks[h].upos == "AUX" || !r.toks[i].rel("nmod", "acl", "obl") {
			break
		}
		if t := &r.toks[h]; t.is(clMoodPoss | clMoodFut) {
			return mood{effect(t), h}
		}
		i = h
	}
	return mood{letopis.Actual, -1}
}

// effect is what a word of a mood class does to what it governs.
func effect(t *tok) letopis.Modality {
	switch {
	case t.is(clMoodNeg | clMoodOff | clNeg):
		return letopis.Negated
	case t.is(clMoodFut):
		return letopis.Future
	case t.is(clMoodPoss | clPossible):
		return letopis.Possible
	}
	return letopis.Actual
}

// definite reports whether the noun at k is one known already, by ending or article.
func (r *reading) definite(k int) bool {
	if r.toks[k].feats.Get("Definite") == "Def" {
		return true
	}
	for c := range r.sentenceOf(k) {
		if t := &r.toks[c]; t.head == k && (t.rel("det") && t.is(clDefinite) || t.rel("amod") && t.feats.Get("Definite") == "Def") {
			return true
		}
	}
	return false
}

// governed reads the mood that the word at h gives its complement k.
func (r *reading) governed(h, k int) mood {
	t := &r.toks[h]
	own := r.ownMood(h)
	e := effect(t)
	switch {
	case own.m == letopis.Negated && t.is(clMoodStop):
		return mood{letopis.Actual, h} // "не попречи на срещата": they met
	case e == letopis.Negated && own.m == letopis.Negated:
		return mood{letopis.Possible, h} // "не изключва"
	case own.m == letopis.Negated:
		return own // "не възнамерява да"
	case e == letopis.Actual:
		return own
	}
	return mood{e, h}
}

// moodOf reads the mood of the verb at k and of those that govern it.
func (r *reading) moodOf(k, depth int) mood {
	own := r.ownMood(k)
	t := &r.toks[k]
	if own.m != letopis.Actual || t.head < 0 || depth == 0 {
		return own
	}
	h := t.head
	up := &r.toks[h]
	wanted := r.wanted(k) || t.feats.Get("VerbForm") == "Inf"
	switch {
	case t.rel("advcl") && wanted && r.afterPast(k):
		return r.moodOf(h, depth-1) // "преди да бъде оправдана": it was
	case t.rel("xcomp", "ccomp", "csubj", "acl", "advcl") && wanted:
		switch {
		case up.is(clMoodReal):
			return r.moodOf(h, depth-1) // "успя да", "започна да"
		case up.is(clMoodNeg | clMoodFut | clMoodPoss):
			return r.governed(h, k)
		}
		return mood{letopis.Possible, h}
	case t.rel("ccomp") && up.say.denies():
		if r.ownMood(h).m == letopis.Negated {
			return mood{letopis.Possible, h} // "did not deny that it had"
		}
		return mood{letopis.Negated, h}
	case t.rel("conj") && (up.upos == "VERB" || up.upos == "AUX") && (wanted || r.wanted(h) && t.feats.Get("Tense") != "Past"):
		return r.moodOf(h, depth-1)
	case wanted && t.feats.Get("VerbForm") != "Part" && k > 0 && r.toks[k-1].is(clDa):
		return mood{letopis.Possible, k - 1}
	}
	return own
}

// afterPast reports whether a word of the past opens the clause of verb k: "преди да".
func (r *reading) afterPast(k int) bool {
	for i := k - 1; i > r.sents[r.toks[k].sent].first && i > k-6; i-- {
		if r.toks[i].is(clDa) {
			return r.toks[i-1].is(clPast)
		}
	}
	return false
}

// ownMood reads the mood of the word at k from its particles, auxiliaries and tense.
func (r *reading) ownMood(k int) mood {
	t := &r.toks[k]
	out := mood{letopis.Actual, -1}
	b := r.sents[t.sent]
	maybe := false // "may", not "if"
	for c := b.first; c < b.end; c++ {
		x := &r.toks[c]
		near := c < k && c >= k-3 && !slices.ContainsFunc(r.toks[c+1:k], func(y tok) bool { return y.upos == "VERB" || y.punct() || y.is(clAnd) })
		if x.head != k && !near {
			continue
		}
		switch {
		case x.is(clNeg) && (near || x.rel("advmod", "aux", "det")):
			return mood{letopis.Negated, c}
		case x.is(clIf) && x.rel("mark", "advmod", "cc") && out.m == letopis.Actual:
			out = mood{letopis.Possible, c}
		case x.is(clFuture) && (near || x.rel("aux", "advmod", "cop")) && !maybe:
			out = mood{letopis.Future, c}
		case x.is(clPossible) && (near || x.rel("aux", "advmod", "cop", "parataxis", "discourse")) && (out.m == letopis.Actual || out.m == letopis.Future):
			out = mood{letopis.Possible, c}
			maybe = true
		}
	}
	if out.m == letopis.Actual {
		switch {
		case t.feats.Get("Mood") == "Cnd":
			out = mood{letopis.Possible, k}
		case t.feats.Get("Tense") == "Fut", r.lex.has(trInfinitive) && t.feats.Get("Aspect") == "Perf" && t.feats.Get("Tense") == "Pres" && t.feats.Get("VerbForm") == "Fin":
			out = mood{letopis.Future, k}
		}
	}
	return out
}

// sentenceOf ranges over the tokens of the sentence of token k.
func (r *reading) sentenceOf(k int) func(yield func(int) bool) {
	b := r.sents[r.toks[k].sent]
	return func(yield func(int) bool) {
		for i := b.first; i < b.end; i++ {
			if !yield(i) {
				return
			}
		}
	}
}
