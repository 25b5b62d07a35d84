package read

import (
	"slices"

	"letopis"
)

// chunk is a noun phrase that could name an actor: "руският посланик в Китай
// Андрей Денисов" is one chunk with its complements.
type chunk struct {
	first, end int // toks
	head       int // the noun or name it is about
	adp        int // token of the preposition that governs it, -1 for none
	name       int // mention of a name in it, -1 for none
	pron       bool
	sent       int
}

// chunked finds the noun phrases of every sentence by their tags: modifiers,
// nouns and names in a row, then complements joined by the language's genitive
// preposition or, where the language has cases, by the genitive.
func (r *reading) chunked() {
	r.chunkAt = make([]int, len(r.toks))
	for i := range r.chunkAt {
		r.chunkAt[i] = -1
	}
	for si := range r.sents {
		s := r.sents[si]
		for i := s.first; i < s.end; {
			c, ok := r.chunkFrom(i, s.end)
			if !ok {
				i++
				continue
			}
			c.sent = si
			if i > s.first && r.toks[i-1].upos == "ADP" {
				c.adp = i - 1
			}
			for k := c.first; k < c.end; k++ {
				r.chunkAt[k] = len(r.chunks)
			}
			r.chunks = append(r.chunks, c)
			i = c.end
		}
	}
}

// chunkFrom reads one noun phrase that begins at token i.
func (r *reading) chunkFrom(i, end int) (chunk, bool) {
	c := chunk{first: i, adp: -1, name: -1, head: -1}
	j, ok := r.nounRun(i, end, &c)
	if !ok {
		return c, false
	}
	c.end = j
	if c.pron {
		return c, true
	}
	for n := 0; n < 4; n++ {
		k, ok := r.complement(j, end, &c)
		if !ok {
			break
		}
		j = k
		c.end = j
	}
	return c, true
}

// nounRun reads modifiers, nouns and names in a row and returns the token after.
func (r *reading) nounRun(i, end int, c *chunk) (int, bool) {
	head := -1
	j := i
run:
	for j < end {
		t := &r.toks[j]
		if j > i && t.date != r.toks[i].date {
			break run // a time is a phrase of its own: "през април | Тръмп"
		}
		if t.name >= 0 {
			m := &r.names[t.name]
			if head >= 0 && c.name >= 0 && c.head == head && r.names[c.name].typ == m.typ {
				break run // two names of a kind in a row are two phrases
			}
			if r.toks[j].outlet > 0 && head >= 0 && !r.toks[head].is(clMedia) {
				break run
			}
			if c.name < 0 || m.typ == "PER" {
				c.name = t.name
			}
			if head < 0 {
				head = m.last
			}
			j = m.last + 1
			if r.toks[m.last].outlet > 0 && !r.lex.has(trCompounds) {
				break run // what follows an outlet's name is its object
			}
			continue
		}
		switch {
		case t.is(clMasc|clFem|clNeut|clPlur) && t.upos != "DET" && head < 0 && j == i:
			c.pron, c.head = true, j
			return j + 1, true
		case t.upos == "NOUN" || t.upos == "PROPN":
			if head >= 0 && !r.sameRun(head, j) {
				goto out
			}
			if head < 0 || r.toks[head].upos != "NOUN" || r.lex.has(trCompounds) && c.name < 0 {
				head = j
			}
		case t.upos == "ADJ" || t.upos == "DET" || t.upos == "NUM" || t.upos == "VERB" && t.feats.Get("VerbForm") == "Part" && (head < 0 || t.say == nil) && t.feats.Get("Variant") != "Short":
			if head >= 0 && r.lex.has(trCompounds) && t.upos == "DET" {
				goto out
			}
			if head >= 0 && !r.lex.has(trCompounds) && t.upos != "NUM" {
				goto out // a modifier after its noun begins the next phrase, or the genitive after it
			}
			if t.say != nil && t.say.has('q') {
				goto out
			}
		case t.upos == "PRON" && t.is(clPoss):
			if head >= 0 && !r.lex.has(trCliticPoss) {
				goto out
			}
		case t.is(clPoss) && (t.upos == "" || t.upos == "DET"):
		case t.dash() && head >= 0 && j+1 < end && r.tight(j) && (r.toks[j+1].upos == "NOUN" || r.toks[j+1].upos == "PROPN"):
		default:
			goto out
		}
		j++
	}
out:
	for j > i && head < j-1 && (r.toks[j-1].upos == "ADJ" || r.toks[j-1].upos == "VERB" || r.toks[j-1].upos == "DET" || r.toks[j-1].upos == "NUM") {
		j--
	}
	if head < 0 || j <= head {
		return i, false
	}
	c.head = head
	return j, true
}

// sameRun reports whether a noun may follow the head inside one phrase:
// "премиерът Борисов", "министр обороны", "trade envoy".
func (r *reading) sameRun(head, j int) bool {
	if r.lex.has(trCompounds) || r.toks[j].upos == "PROPN" || r.toks[head].upos == "PROPN" {
		return true
	}
	return r.toks[j].feats.Get("Case") == "Gen" || r.toks[head].feats.Get("Case") != "" && r.toks[head].feats.Get("Case") == r.toks[j].feats.Get("Case")
}

// tight reports whether no space stands on either side of token j.
func (r *reading) tight(j int) bool {
	return j > 0 && j+1 < len(r.toks) && r.toks[j-1].End == r.toks[j].Start && r.toks[j].End == r.toks[j+1].Start
}

// complement reads one complement of the phrase at token j.
func (r *reading) complement(j, end int, c *chunk) (int, bool) {
	if j >= end {
		return j, false
	}
	t := &r.toks[j]
	var sub chunk
	sub.name = -1
	switch {
	case t.is(clGenPrep) && t.upos != "PRON" && j+1 < end:
		k, ok := r.nounRun(j+1, end, &sub)
		if !ok || sub.pron {
			return j, false
		}
		r.adopt(c, &sub)
		return k, true
	case t.is(clPossMark):
		k, ok := r.nounRun(j+1, end, &sub)
		if !ok {
			return j, false
		}
		c.head, c.name = sub.head, sub.name
		return k, true
	case t.is(clIn) && j+1 < end && r.toks[j+1].name >= 0 && r.names[r.toks[j+1].name].typ == "LOC" && r.office(c):
		return r.names[r.toks[j+1].name].last + 1, true
	case t.upos == "ADP" && r.officePrep(j, c) && j+1 < end:
		k, ok := r.nounRun(j+1, end, &sub)
		if !ok || sub.pron {
			return j, false
		}
		r.adopt(c, &sub)
		return k, true
	case (t.upos == "ADJ" || t.upos == "NOUN" || t.upos == "PROPN" || t.name >= 0) && r.lex.has(trCases):
		// Genitive complements: "министр иностранных дел Германии Хайко Маас".
		k, ok := r.nounRun(j, end, &sub)
		if !ok || sub.pron {
			return j, false
		}
		if sub.name >= 0 && r.names[sub.name].typ == "PER" && c.name < 0 || r.toks[sub.head].feats.Get("Case") == "Gen" ||
			sub.name >= 0 && r.names[sub.name].typ != "PER" {
			r.adopt(c, &sub)
			return k, true
		}
	case t.name >= 0 && r.names[t.name].typ == "PER" && (c.name < 0 || r.names[c.name].typ != "PER"):
		c.name = t.name
		return r.names[t.name].last + 1, true
	}
	return j, false
}

// adopt takes over the person of a complement where it names the phrase's own
// person: "руският посланик в Китай Андрей Денисов"; a country stays a complement.
func (r *reading) adopt(c, sub *chunk) {
	if sub.name < 0 {
		return
	}
	if c.name < 0 && r.names[sub.name].typ == "PER" && !r.toks[c.head].is(clKin) {
		c.name = sub.name
	}
}

// chunkOf returns the chunk that covers token i, or nil.
func (r *reading) chunkOf(i int) *chunk {
	if i < 0 || i >= len(r.toks) || r.chunkAt[i] < 0 {
		return nil
	}
	return &r.chunks[r.chunkAt[i]]
}

// innerPhrases lays out, once the phrases stand, the phrases inside them that the phases ask for:
// whose words a document holds, who is named after "according to" where tags make one phrase of
// both, and offices inside longer phrases.
func (r *reading) innerPhrases() {
	r.innerFrom, r.innerHead = map[int]int{}, map[int]int{}
	r.outer = len(r.chunks)
	for ci := range r.outer {
		if sub, ok := r.wordsOf(r.chunks[ci]); ok {
			r.innerWords = append(r.innerWords, [2]int{ci, len(r.chunks)})
			r.chunks = append(r.chunks, sub)
		}
	}
	for i := range r.toks {
		t := &r.toks[i]
		ci := r.chunkAt[i]
		if t.is(clAttrib | clAttribPoss) {
			j := i + r.lex.phraseLen(r.toks, i, clAttrib|clAttribPoss)
			if j > i && j < r.sents[t.sent].end && r.chunkAt[j] >= 0 && r.chunks[r.chunkAt[j]].first < j {
				if sub, ok := r.chunkFrom(j, r.sents[t.sent].end); ok {
					sub.sent = t.sent
					r.innerFrom[j] = len(r.chunks)
					r.chunks = append(r.chunks, sub)
				}
			}
		}
		if ci < 0 || r.chunks[ci].head == i || t.name >= 0 || !r.isOffice(i) && t.feats.Get("Animacy") != "Anim" || !r.firstNoun(i) {
			continue
		}
		if sub, ok := r.within(&r.chunks[ci], i); ok {
			r.innerHead[i] = len(r.chunks)
			r.chunks = append(r.chunks, sub)
		}
	}
}

// phraseHeadedBy returns the phrase that token i heads, also inside a longer one that names
// no person; or -1.
func (r *reading) phraseHeadedBy(i int) int {
	ci := r.chunkAt[i]
	if ci < 0 || r.chunks[ci].head == i {
		return ci
	}
	if c := &r.chunks[ci]; c.name >= 0 && r.names[c.name].typ == letopis.Person {
		return -1
	}
	if sub, ok := r.innerHead[i]; ok {
		return sub
	}
	return -1
}

// saidIn returns the phrase of the person whose words phrase ci is, or -1.
func (r *reading) saidIn(ci int) int {
	if k, ok := slices.BinarySearchFunc(r.innerWords, ci, func(x [2]int, ci int) int { return x[0] - ci }); ok {
		return r.innerWords[k][1]
	}
	return -1
}

// wordsOf returns the phrase of the person whose words phrase c is ("текста на
// изявлението на посланика", "слова министра"), as a phrase of its own.
func (r *reading) wordsOf(c chunk) (chunk, bool) {
	if !r.toks[c.head].is(clDocNoun) {
		return chunk{}, false
	}
	for i := c.head + 1; i < c.end; i++ {
		if r.toks[i].is(clGenPrep) {
			continue
		}
		sub := chunk{first: i, adp: -1, name: -1, head: -1, sent: c.sent}
		j, ok := r.nounRun(i, c.end, &sub)
		if !ok || j <= i {
			continue
		}
		if r.toks[sub.head].is(clDocNoun) {
			i = j - 1
			continue
		}
		sub.end = c.end
		if sub.name < 0 && c.name >= i && r.names[c.name].first >= i {
			sub.name = c.name
		}
		return sub, true
	}
	return chunk{}, false
}
