package read

// This file asks the tree where word order alone leaves open which clause a word
// of saying governs.

// dependent returns the first token from lo to hi, half open, that hangs on token k by
// one of the relations, or -1.
func (r *reading) dependent(k, lo, hi int, relations ...string) int {
	for i := max(lo, 0); i < min(hi, len(r.toks)); i++ {
		if r.toks[i].head == k && r.toks[i].rel(relations...) {
			return i
		}
	}
	return -1
}

// aheadOf reports whether the subject of cue k stands before it while what it
// reports follows as a clause: "Weber, an economist who advised them, said the deal
// was dead". The comma before such a cue closes an aside and does not open an
// inversion.
func (r *reading) aheadOf(k int, b sent) bool {
	if !r.lex.has(trFixedOrder) {
		return false
	}
	return r.dependent(k, b.first, k, "nsubj") >= 0 && r.dependent(k, k+1, b.end, "ccomp") >= 0 && k+1 < b.end && r.toks[k+1].form != ","
}

// broken returns where the words reported by an aside begin and end, if cue k is one:
// "The road, she said, would make trade easier". ok is false for others.
func (r *reading) broken(k int, b sent) (first, end int, ok bool) {
	if !r.lex.has(trFixedOrder) || r.toks[k].quote >= 0 {
		return 0, 0, false
	}
	c := r.beforeCue(k)
	if c >= k || c <= b.first || r.toks[c].form != "," {
		return 0, 0, false
	}
	after := k + 1
	for after < b.end && after < k+8 && r.toks[after].form != "," {
		if r.toks[after].upos == "VERB" || r.toks[after].quote >= 0 {
			return 0, 0, false
		}
		after++
	}
	if after+2 >= b.end || r.toks[after].form != "," || r.toks[after+1].quote >= 0 || r.toks[after+1].opens >= 0 || r.toks[after+1].is(clRel|clSubord) {
		return 0, 0, false
	}
	if r.toks[c+1].is(clAnd) || !r.someone(c+1, after) {
		return 0, 0, false // nobody says it in the aside
	}
	main := r.toks[k].head
	if main <= after || main >= b.end || base(r.toks[k].deprel) != "parataxis" && base(r.toks[k].deprel) != "ccomp" {
		if r.hasVerb(b.first, c) || !r.hasVerb(after+1, b.end) {
			return 0, 0, false
		}
	}
	return r.leadStart(b.first), r.contentEnd(after+1, b.end), true
}

// someone reports whether a phrase without a preposition stands from i to j, half open.
func (r *reading) someone(i, j int) bool {
	for ; i < j; i++ {
		if c := r.chunkOf(i); c != nil && c.adp < 0 && !r.chunkTime(c) {
			return true
		}
	}
	return false
}

// active reports whether the tree gives the verb at k a subject that acts, whatever its tag says
// of the form: "called" is the past tense and the participle.
func (r *reading) active(k int) bool {
	b := r.sents[r.toks[k].sent]
	subject := false
	for i := max(b.first, k-40); i < min(b.end, k+40); i++ {
		if t := &r.toks[i]; t.head == k {
			if t.deprel == "nsubj:pass" || t.deprel == "aux:pass" {
				return false
			}
			subject = subject || t.deprel == "nsubj"
		}
	}
	return subject
}

// treeBonus is what the tree's subject is worth beside what speakable sees.
const treeBonus = 12

// treeBonusFixed is the same in a language of fixed word order, where subjects parse surely.
const treeBonusFixed = 40

// treeSubject returns the token that the tree has as subject of cue k: its own, or,
// where the cue shares it, that of the verb it hangs on ("left the country, saying …"); -1
// for none.
func (r *reading) treeSubject(k int) int {
	s := r.sents[r.toks[k].sent]
	for n := 0; n < 3 && k >= 0; n++ {
		if i := r.dependent(k, max(s.first, k-40), min(s.end, k+40), "nsubj"); i >= 0 {
			return i
		}
		switch base(r.toks[k].deprel) {
		case "conj", "advcl", "xcomp", "parataxis", "advmod":
			k = r.toks[k].head
		default:
			return -1
		}
	}
	return -1
}

// converbSubject returns the phrase that speaks at a cue which is no finite verb
// ("…, подчертавайки, че", "…, заявив, что"): the subject of the verb that it hangs on, a
// person or body before it; -1 for none.
func (r *reading) converbSubject(k int) int {
	t := &r.toks[k]
	if t.upos != "ADV" && t.feats.Get("VerbForm") != "Conv" {
		return -1
	}
	i := r.treeSubject(k)
	if i < 0 || i >= k || r.chunkAt[i] < 0 || r.speakable(&r.chunks[r.chunkAt[i]], k) < 0 {
		return -1
	}
	return r.chunkAt[i]
}

// phraseOf returns the whole phrase that names the speaker of a statement: the mention
// with the titles, descriptions and appositions that the tree hangs on it, without
// clauses, and without the statement's own words and cue.
func (r *reading) phraseOf(s *stmt) [2]int {
	a, b := s.mention[0], s.mention[1]
	top := r.phraseHead(a, b)
	if top < 0 {
		return s.mention
	}
	bound := r.sents[r.toks[a].sent]
	mine := func(i int) bool {
		return i >= bound.first && i < bound.end && (i < s.first || i >= s.end) && (i < s.cueFirst || i >= s.cueEnd) && r.toks[i].quote == r.toks[a].quote
	}
	grown := func(i int) bool { return mine(i) && !r.toks[i].punct() && r.inPhrase(i, top) }
	first, end := a, b
	for i := a - 1; i >= a-maxPhrase && mine(i); i-- {
		if grown(i) {
			first = i
		} else if !r.toks[i].punct() {
			break
		}
	}
	for i := b; i < b+maxPhrase && mine(i); i++ {
		if grown(i) {
			end = i + 1
		} else if !r.toks[i].punct() {
			break
		}
	}
	for i := first; i < end; i++ { // a bracket opened in the phrase closes in it
		if r.toks[i].form == "(" {
			j := i + 1
			for j < i+maxPhrase && mine(j) && r.toks[j].form != ")" {
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
func (r *reading) phraseHead(a, b int) int {
	top := -1
	for i := a; i < b; i++ {
		if h := r.toks[i].head; (h < a || h >= b) && !r.toks[i].punct() && (top < 0 || r.toks[i].rel("nsubj", "obl", "nmod", "appos", "flat", "compound")) {
			top = i
		}
	}
	for n := 0; n < 3 && top >= 0; n++ {
		t := &r.toks[top]
		if described := t.rel("nmod") && !r.lex.has(trCases) && r.adpOf(top) < 0; !described && !t.rel("flat", "appos", "compound") {
			break // "министърът Петров" is a noun with a name as complement, unless a case marks it as another's
		}
		h := t.head
		if h < 0 || h-top > maxPhrase || top-h > maxPhrase {
			break
		}
		top = h
	}
	return top
}

// inPhrase reports whether token i belongs to the noun phrase of top.
func (r *reading) inPhrase(i, top int) bool {
	for n := 0; n < 12 && i >= 0; n++ {
		if i == top {
			return true
		}
		t := &r.toks[i]
		if t.date || !t.rel("det", "amod", "compound", "flat", "nummod", "nmod", "appos", "conj", "cc", "case", "fixed", "goeswith") {
			return false
		}
		if t.rel("case", "cc") && t.head == top && i < top {
			return false // "by the minister": the preposition is not he
		}
		i = t.head
	}
	return false
}
