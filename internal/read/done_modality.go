package read

import (
	"letopis/internal/page"
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
func (r *done) modality(k int, g *page.Trigger) mood {
	if g.Verb {
		return r.moodOf(k, page.MaxDepth)
	}
	h := r.Words[k].Head
	if h >= 0 && r.Words[h].Is(page.MoodOff) && r.Words[k].Rel("obj", "iobj", "nsubj", "nsubj:pass") {
		return r.governed(h, k) // "the planned meeting was cancelled"
	}
	for c := range r.SentenceOf(k) {
		// "a potential strike", "planned tariffs"
		if t := &r.Words[c]; t.Head == k && t.Rel("amod", "det") && t.Is(page.MoodPoss|page.MoodFut|page.Possible|page.Neg) {
			return mood{effect(t), c}
		}
	}
	if h < 0 {
		return mood{letopis.Actual, -1}
	}
	t := &r.Words[h]
	switch {
	case r.triggerAt(h) != nil && !t.Is(page.MoodStop) && r.unhindered(h) && r.Words[k].Rel("obj", "nsubj:pass"):
		return mood{letopis.Possible, h} // "does not rule out sanctions"
	case t.UPOS != "VERB" && t.UPOS != "AUX" && t.UPOS != "ADJ":
		if r.Words[k].Rel("nmod", "obl", "acl") {
			return r.underNoun(k)
		}
	case r.triggerAt(h) != nil && inWords(r.triggerAt(h).Code), t.Say != nil && t.Say.Has('n') && !t.Is(page.MoodPoss|page.MoodFut|page.MoodNeg|page.MoodReal):
		// What is spoken of stands as it is.
	case t.Is(page.MoodNeg | page.MoodFut | page.MoodPoss):
		if (r.Words[k].Rel("obj", "iobj", "nsubj:pass") || r.Words[k].Rel("obl") && k > h) && !(t.Is(page.MoodNeg) && r.definite(k)) {
			return r.governed(h, k)
		}
	case t.Is(page.MoodStop) && r.Words[k].Rel("obj", "iobj", "obl", "nsubj:pass", "nsubj") && r.goesOnUnder(h):
		return mood{letopis.Actual, h} // "пандемията не е спряла контактите"
	case (r.Words[k].Rel("obj", "nsubj:pass") || r.Words[k].Rel("nsubj") && t.Is(page.MoodReal)) && (!r.definite(k) || r.lent(k)):
		return r.moodOf(h, page.MaxDepth) // "ще започнат преговори", "не е дала разрешение"
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
func (r *done) underNoun(k int) mood {
	i := k
	for range page.MaxDepth {
		h := r.Words[i].Head
		if h < 0 || r.Words[h].UPOS == "VERB" || r.Words[h].UPOS == "AUX" || !r.Words[i].Rel("nmod", "acl", "obl") {
			break
		}
		if t := &r.Words[h]; t.Is(page.MoodPoss | page.MoodFut) {
			return mood{effect(t), h}
		}
		i = h
	}
	return mood{letopis.Actual, -1}
}

// effect is what a word of a mood class does to what it governs.
func effect(t *page.Word) letopis.Modality {
	switch {
	case t.Is(page.MoodNeg | page.MoodOff | page.Neg):
		return letopis.Negated
	case t.Is(page.MoodFut):
		return letopis.Future
	case t.Is(page.MoodPoss | page.Possible):
		return letopis.Possible
	}
	return letopis.Actual
}

// definite reports whether the noun at k is one known already, by ending or article.
func (r *done) definite(k int) bool {
	if r.Words[k].Feats.Get("Definite") == "Def" {
		return true
	}
	for c := range r.SentenceOf(k) {
		if t := &r.Words[c]; t.Head == k && (t.Rel("det") && t.Is(page.Definite) || t.Rel("amod") && t.Feats.Get("Definite") == "Def") {
			return true
		}
	}
	return false
}

// governed reads the mood that the word at h gives its complement k.
func (r *done) governed(h, k int) mood {
	t := &r.Words[h]
	own := r.ownMood(h)
	e := effect(t)
	switch {
	case own.m == letopis.Negated && t.Is(page.MoodStop):
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
func (r *done) moodOf(k, depth int) mood {
	own := r.ownMood(k)
	t := &r.Words[k]
	if own.m != letopis.Actual || t.Head < 0 || depth == 0 {
		return own
	}
	h := t.Head
	up := &r.Words[h]
	wanted := r.IsWanted(k) || t.Feats.Get("VerbForm") == "Inf"
	switch {
	case t.Rel("advcl") && wanted && r.afterPast(k):
		return r.moodOf(h, depth-1) // "преди да бъде оправдана": it was
	case t.Rel("xcomp", "ccomp", "csubj", "acl", "advcl") && wanted:
		switch {
		case up.Is(page.MoodReal):
			return r.moodOf(h, depth-1) // "успя да", "започна да"
		case up.Is(page.MoodNeg | page.MoodFut | page.MoodPoss):
			return r.governed(h, k)
		}
		return mood{letopis.Possible, h}
	case t.Rel("ccomp") && up.Say.Denies():
		if r.ownMood(h).m == letopis.Negated {
			return mood{letopis.Possible, h} // "did not deny that it had"
		}
		return mood{letopis.Negated, h}
	case t.Rel("conj") && (up.UPOS == "VERB" || up.UPOS == "AUX") && (wanted || r.IsWanted(h) && t.Feats.Get("Tense") != "Past"):
		return r.moodOf(h, depth-1)
	case wanted && t.Feats.Get("VerbForm") != "Part" && k > 0 && r.Words[k-1].Is(page.Da):
		return mood{letopis.Possible, k - 1}
	}
	return own
}

// afterPast reports whether a word of the past opens the clause of verb k: "преди да".
func (r *done) afterPast(k int) bool {
	for i := k - 1; i > r.Sentences[r.Words[k].Sent].First && i > k-6; i-- {
		if r.Words[i].Is(page.Da) {
			return r.Words[i-1].Is(page.Past)
		}
	}
	return false
}

// ownMood reads the mood of the word at k from its particles, auxiliaries and tense.
func (r *done) ownMood(k int) mood {
	t := &r.Words[k]
	out := mood{letopis.Actual, -1}
	b := r.Sentences[t.Sent]
	maybe := false // "may", not "if"
	for c := b.First; c < b.End; c++ {
		x := &r.Words[c]
		near := c < k && c >= k-3 && !slices.ContainsFunc(r.Words[c+1:k], func(y page.Word) bool { return y.UPOS == "VERB" || y.Punct() || y.Is(page.And) })
		if x.Head != k && !near {
			continue
		}
		switch {
		case x.Is(page.Neg) && (near || x.Rel("advmod", "aux", "det")):
			return mood{letopis.Negated, c}
		case x.Is(page.If) && x.Rel("mark", "advmod", "cc") && out.m == letopis.Actual:
			out = mood{letopis.Possible, c}
		case x.Is(page.Future) && (near || x.Rel("aux", "advmod", "cop")) && !maybe:
			out = mood{letopis.Future, c}
		case x.Is(page.Possible) && (near || x.Rel("aux", "advmod", "cop", "parataxis", "discourse")) && (out.m == letopis.Actual || out.m == letopis.Future):
			out = mood{letopis.Possible, c}
			maybe = true
		}
	}
	if out.m == letopis.Actual {
		switch {
		case t.Feats.Get("Mood") == "Cnd":
			out = mood{letopis.Possible, k}
		case t.Feats.Get("Tense") == "Fut", r.Lex.Has(page.Infinitive) && t.Feats.Get("Aspect") == "Perf" && t.Feats.Get("Tense") == "Pres" && t.Feats.Get("VerbForm") == "Fin":
			out = mood{letopis.Future, k}
		}
	}
	return out
}
