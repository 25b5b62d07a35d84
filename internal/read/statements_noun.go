package read

import "letopis"

// maxNounGap is how many words may stand between a noun of saying and its clause.
const maxNounGap = 12

// nounCue reads what a noun of saying announces at k: "the warning by X that …", "обърна се с
// молба да …", "заявление X о том, что …". Whose words they are stands beside the noun, or
// is the subject of the verb that has it as its means; without either it is no statement.
func (r *reading) nounCue(k int, b sent) bool {
	t := &r.toks[k]
	e := r.lex.sayNoun[t.lemma]
	if e == nil {
		e = r.lex.sayNoun[t.lower]
	}
	if e == nil || t.upos != "NOUN" || t.name >= 0 {
		return false
	}
	s := stmt{kind: letopis.Indirect, cueFirst: k, cueEnd: k + 1, say: e, speaker: -1, rule: "noun." + e.lemma, conf: 60}
	open := -1
	for i := k + 1; i < b.end && i < k+maxNounGap; i++ {
		w := &r.toks[i]
		if e.has('d') && (i == k+1 || r.toks[i-1].upos == "PROPN" || r.toks[i-1].upos == "NOUN") && (w.is(clDa) || w.upos == "VERB" && w.feats.Get("VerbForm") == "Inf" && r.lex.has(trInfinitive)) {
			open = i
			if w.is(clDa) && r.lex.has(trInfinitive) && i+1 < b.end && r.toks[i+1].upos == "VERB" {
				open = i + 1
			}
			break
		}
		if e.has('c') && w.is(clCompl) && (w.upos == "SCONJ" || w.upos == "CCONJ" || w.upos == "PART" || w.upos == "") {
			open = i + 1
			break
		}
		if w.upos == "VERB" || w.upos == "AUX" || w.is(clRel) && !w.is(clCompl) || w.form == ":" || w.form == ";" || w.form == "(" || w.quote != t.quote {
			return false
		}
	}
	if open < 0 || open >= b.end {
		return false
	}
	s.first, s.end = open, r.clauseUnder(open, k, b)
	if r.wordsIn(s.first, s.end) < 2 {
		return false
	}
	if s.speaker = r.sayerOf(k, open, b); s.speaker < 0 {
		return false
	}
	for i := range r.stmts { // what a verb of saying has already told
		if o := &r.stmts[i]; o.first < s.end && s.first < o.end && o.cueFirst >= 0 && r.toks[o.cueFirst].sent == t.sent {
			return false
		}
	}
	return r.tell(s)
}

// clauseUnder returns where the clause ends that begins at open, behind k, and hangs on the noun at k.
func (r *reading) clauseUnder(open, k int, b sent) int {
	end := open
	for i := open; i < b.end; i++ {
		if !r.under(i, k) {
			if r.toks[i].punct() && i+1 < b.end && r.under(i+1, k) {
				continue
			}
			break
		}
		end = i + 1
	}
	if r.wordsIn(open, end) < 2 {
		return r.contentEnd(open, b.end)
	}
	return end
}

// sayerOf returns the phrase of whoever says what the noun at k announces, or -1: its
// possessor between it and the clause, or before it, else the subject of the verb that has
// it as its means.
func (r *reading) sayerOf(k, open int, b sent) int {
	able := func(ci int) bool {
		if ci < 0 || r.chunks[ci].sent != r.toks[k].sent || r.mediaChunk(ci) || r.chunkTime(&r.chunks[ci]) {
			return false
		}
		c := &r.chunks[ci]
		if c.name >= 0 {
			m := &r.names[c.name]
			return m.typ == letopis.Person || m.typ == letopis.Organisation || m.country != ""
		}
		return c.pron || r.office(c) || r.toks[c.head].is(clPeople|clKin)
	}
	for c := b.first; c < open; c++ {
		t := &r.toks[c]
		if c == k || c < k && t.head != k || !t.rel("nmod", "obl") {
			continue // between the noun and its clause a parser may miss what it belongs to
		}
		adp := r.adpOf(c)
		if adp >= 0 && !r.toks[adp].is(clGenPrep) && !r.toks[adp].is(clBy) || adp < 0 && r.lex.has(trCases) && t.feats.Get("Case") != "Gen" {
			continue
		}
		if ci := r.chunkAt[c]; able(ci) {
			return ci
		}
	}
	if v, _ := r.verbOver(k); v >= 0 && r.toks[k].rel("obl", "iobj") && r.toks[k].head == v && !r.plural(k) {
		// "обърна се с молба": who turns with it says it; who meets or ignores one does not.
		adp := r.adpOf(k)
		if s := r.subjectNear(v); s >= 0 && s != k && (adp >= 0 && r.toks[adp].is(clWith)) {
			if ci := r.chunkAt[s]; able(ci) {
				return ci
			}
		}
	}
	return -1
}

// plural reports whether the noun at k is in the plural, by its number or, where the tagger
// gives none, by a form that is not its lemma.
func (r *reading) plural(k int) bool {
	t := &r.toks[k]
	if n := t.feats.Get("Number"); n != "" {
		return n == "Plur"
	}
	return t.lower != t.lemma
}
