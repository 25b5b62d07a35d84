package read

import "letopis/internal/page"

// This file asks the tree where word order alone leaves open which clause a word
// of saying governs.

// aheadOf reports whether the subject of cue k stands before it while what it
// reports follows as a clause: "Weber, an economist who advised them, said the deal
// was dead". The comma before such a cue closes an aside and does not open an
// inversion.
func (r *said) aheadOf(k int, b page.Sentence) bool {
	if !r.Lex.Has(page.FixedOrder) {
		return false
	}
	return r.Dependent(k, b.First, k, "nsubj") >= 0 && r.Dependent(k, k+1, b.End, "ccomp") >= 0 && k+1 < b.End && r.Words[k+1].Form != ","
}

// broken returns where the words reported by an aside begin and end, if cue k is one:
// "The road, she said, would make trade easier". ok is false for others.
func (r *said) broken(k int, b page.Sentence) (first, end int, ok bool) {
	if !r.Lex.Has(page.FixedOrder) || r.Words[k].Quote >= 0 {
		return 0, 0, false
	}
	c := r.beforeCue(k)
	if c >= k || c <= b.First || r.Words[c].Form != "," {
		return 0, 0, false
	}
	after := k + 1
	for after < b.End && after < k+8 && r.Words[after].Form != "," {
		if r.Words[after].UPOS == "VERB" || r.Words[after].Quote >= 0 {
			return 0, 0, false
		}
		after++
	}
	if after+2 >= b.End || r.Words[after].Form != "," || r.Words[after+1].Quote >= 0 || r.Words[after+1].Opens >= 0 || r.Words[after+1].Is(page.Rel|page.Subord) {
		return 0, 0, false
	}
	if r.Words[c+1].Is(page.And) || !r.NamesSomeone(c+1, after) {
		return 0, 0, false // nobody says it in the aside
	}
	main := r.Words[k].Head
	if main <= after || main >= b.End || page.Relation(r.Words[k].Deprel) != "parataxis" && page.Relation(r.Words[k].Deprel) != "ccomp" {
		if r.HasVerb(b.First, c) || !r.HasVerb(after+1, b.End) {
			return 0, 0, false
		}
	}
	return r.leadStart(b.First), r.contentEnd(after+1, b.End), true
}

// converbSubject returns the phrase that speaks at a cue which is no finite verb
// ("…, подчертавайки, че", "…, заявив, что"): the subject of the verb that it hangs on, a
// person or body before it; -1 for none.
func (r *said) converbSubject(k int) int {
	t := &r.Words[k]
	if t.UPOS != "ADV" && t.Feats.Get("VerbForm") != "Conv" {
		return -1
	}
	i := r.TreeSubject(k)
	if i < 0 || i >= k || r.PhraseAt[i] < 0 || r.Speakable(&r.Phrases[r.PhraseAt[i]], k) < 0 {
		return -1
	}
	return r.PhraseAt[i]
}

// phraseOf returns the whole phrase that names the speaker of a statement: the mention
// with the titles, descriptions and appositions that the tree hangs on it, without
// clauses, and without the statement's own words and cue.
func (r *said) phraseOf(s *stmt) [2]int {
	a, b := s.mention[0], s.mention[1]
	top := r.phraseHead(a, b)
	if top < 0 {
		return s.mention
	}
	bound := r.Sentences[r.Words[a].Sent]
	mine := func(i int) bool {
		return i >= bound.First && i < bound.End && (i < s.first || i >= s.end) && (i < s.cueFirst || i >= s.cueEnd) && r.Words[i].Quote == r.Words[a].Quote
	}
	grown := func(i int) bool { return mine(i) && !r.Words[i].Punct() && r.inPhrase(i, top) }
	first, end := a, b
	for i := a - 1; i >= a-maxPhrase && mine(i); i-- {
		if grown(i) {
			first = i
		} else if !r.Words[i].Punct() {
			break
		}
	}
	for i := b; i < b+maxPhrase && mine(i); i++ {
		if grown(i) {
			end = i + 1
		} else if !r.Words[i].Punct() {
			break
		}
	}
	for i := first; i < end; i++ { // a bracket opened in the phrase closes in it
		if r.Words[i].Form == "(" {
			j := i + 1
			for j < i+maxPhrase && mine(j) && r.Words[j].Form != ")" {
				j++
			}
			if j < i+maxPhrase && mine(j) {
				end = max(end, j+1)
			} else {
				end = max(b, i)
			}
			break
		}
	}
	return [2]int{first, end}
}

// maxPhrase bounds how many tokens the phrase of a speaker has on each side of the name.
const maxPhrase = 24

// phraseHead returns the token that the phrase around the mention from a to b, half
// open, hangs on: the mention's own head, or the noun that the name is an apposition or
// part of; -1 for none. Where the tree takes the mention apart, its last part counts.
func (r *said) phraseHead(a, b int) int {
	top := -1
	for i := a; i < b; i++ {
		if h := r.Words[i].Head; (h < a || h >= b) && !r.Words[i].Punct() && (top < 0 || r.Words[i].Rel("nsubj", "obl", "nmod", "appos", "flat", "compound")) {
			top = i
		}
	}
	for n := 0; n < 3 && top >= 0; n++ {
		t := &r.Words[top]
		if described := t.Rel("nmod") && !r.Lex.Has(page.Cases) && r.Adposition(top) < 0; !described && !t.Rel("flat", "appos", "compound") {
			break // "министърът Петров" is a noun with a name as complement, unless a case marks it as another's
		}
		h := t.Head
		if h < 0 || h-top > maxPhrase || top-h > maxPhrase {
			break
		}
		top = h
	}
	return top
}

// inPhrase reports whether token i belongs to the noun phrase of top.
func (r *said) inPhrase(i, top int) bool {
	for n := 0; n < 12 && i >= 0; n++ {
		if i == top {
			return true
		}
		t := &r.Words[i]
		if t.Date || !t.Rel("det", "amod", "compound", "flat", "nummod", "nmod", "appos", "conj", "cc", "case", "fixed", "goeswith") {
			return false
		}
		if t.Rel("case", "cc") && t.Head == top && i < top {
			return false // "by the minister": the preposition is not he
		}
		i = t.Head
	}
	return false
}
