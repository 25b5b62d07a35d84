package page

import "letopis"

// maxToContent bounds the words between a word of saying and its complementizer.
const maxToContent = 28

// ComplementizerAfter returns the complementizer of the word of saying k, or where a question word opens the content
// the word before that; or -1. Addressee and time may stand between, another word of saying or a clause may not.
func (pg *Page) ComplementizerAfter(k, end int) int {
	for i := k + 1; i < min(end, k+maxToContent); i++ {
		switch {
		case pg.isComplementizer(i):
			if pg.isRelativeThat(i, k) {
				return -1
			}
			return i
		case pg.opensQuestion(i, k):
			return i - 1
		case pg.bars(i, k, end):
			return -1
		}
	}
	return -1
}

// isComplementizer reports whether word i opens a reported clause, if its part of speech is not against it.
func (pg *Page) isComplementizer(i int) bool {
	t := &pg.Words[i]
	if !t.Is(Compl) {
		return false
	}
	switch t.UPOS {
	case "", "SCONJ", "CCONJ", "PRON", "PART", "ADV":
		return true
	}
	return false
}

// isRelativeThat reports whether the complementizer i is a relative pronoun: "told the man | that came".
func (pg *Page) isRelativeThat(i, k int) bool {
	t := &pg.Words[i]
	return t.Is(ComplRel) && t.UPOS == "PRON" && i > k+1 && pg.Words[i-1].UPOS == "NOUN"
}

// opensQuestion reports whether word i opens a reported question of the word of saying k.
func (pg *Page) opensQuestion(i, k int) bool {
	return pg.Words[i].Is(Embed) && (pg.Words[i-1].Form == "," || i == k+1) && pg.Words[k].Say.asks() && pg.Lex.Has(Question)
}

// bars reports whether nothing behind word i can be the complementizer of the word of saying k.
func (pg *Page) bars(i, k, end int) bool {
	t := &pg.Words[i]
	switch {
	case t.Say != nil, t.Form == ":", t.Form == ";":
		return true
	case t.Is(Da) && t.UPOS != "ADP" && t.UPOS != "PART", t.Is(Rel) && pg.Words[i-1].Form == ",":
		return true
	case IsMark(t.Form) && t.Quote < 0 && i-k > 6:
		return true
	case t.Is(And) && i+1 < end && pg.Words[i+1].UPOS == "VERB":
		return true
	}
	// "said there is a debate that …": what follows belongs to a clause without one.
	return pg.Lex.Has(FixedOrder) && (t.UPOS == "AUX" || t.UPOS == "VERB") && t.Head != k
}

// maxToObject bounds the words between a word of saying and its object.
const maxToObject = 4

// ObjectAfter returns the first word of the noun phrase that the word of saying k has as object, or -1.
func (pg *Page) ObjectAfter(k, end int) int {
	// "попросил для семьи убежище": a preposition may stand before what is asked for.
	asks := pg.Words[k].Say.wants() && pg.Lex.Has(Cases)
	for i := k + 1; i < min(end, k+maxToObject); i++ {
		t := &pg.Words[i]
		switch {
		case pg.PhraseAt[i] >= 0:
			return pg.objectPhrase(pg.PhraseOf(i), k, end, asks)
		case IsMark(t.Form), asks && t.UPOS == "ADP":
		case t.Punct():
			return -1
		case t.UPOS != "ADV" && t.UPOS != "ADJ" && t.UPOS != "PART" && t.UPOS != "DET" && t.UPOS != "" && !t.Is(Refl|Poss):
			return -1
		}
	}
	return -1
}

// objectPhrase returns the first word of the object that phrase c is or begins, or -1.
func (pg *Page) objectPhrase(c *Phrase, k, end int, asks bool) int {
	if asks && c.Adp == k+1 && c.End < end {
		if next := pg.PhraseOf(c.End); next != nil && next.Adp < 0 {
			return c.Adp
		}
	}
	if c.Adp > k || pg.IsTime(c) {
		return -1
	}
	return c.First
}

// PointsBack reports whether b, the sentence of the word of saying k, opens by pointing back at
// the words reported: "Това заяви", "За това настоя", "Об этом сообщил", "Такое мнение высказал".
func (pg *Page) PointsBack(b Sentence, k int) bool {
	if k-b.First > 8 || b.First == 0 || pg.ComplementizerAfter(k, b.End) >= 0 {
		return false
	}
	i := b.First
	if i < k && pg.Words[i].UPOS == "ADP" {
		i++
	}
	return i < k && pg.Words[i].Is(Deictic) && pg.Words[i+1].UPOS != "NOUN" || i+1 < k && pg.Words[i].Is(Deictic) && pg.Words[i+1].Is(DocNoun)
}

// IsPerfect reports whether a form of have stands before the participle k.
func (pg *Page) IsPerfect(k int) bool {
	for i := k - 1; i >= 0 && i > k-5 && pg.Words[i].Sent == pg.Words[k].Sent; i-- {
		if pg.Words[i].Is(Have) {
			return true
		}
		if pg.Words[i].Punct() {
			break
		}
	}
	return false
}

// NamesSomeone reports whether a phrase without a preposition, which is no time, stands among the words i to j, half open.
func (pg *Page) NamesSomeone(i, j int) bool {
	for ; i < j; i++ {
		if c := pg.PhraseOf(i); c != nil && c.Adp < 0 && !pg.IsTime(c) {
			return true
		}
	}
	return false
}

// ClauseOf returns the clause of word k, half open: to the edges of b, its sentence, or the
// nearest boundary that has a verb of its own beyond it.
func (pg *Page) ClauseOf(k int, b Sentence) (int, int) {
	lo, hi := b.First, b.End
	for i := k - 1; i >= b.First; i-- {
		t := &pg.Words[i]
		if t.Form == ";" || t.Is(Compl) && t.UPOS != "PRON" || t.Form == "," && i+1 < k && (pg.Words[i+1].Is(Rel|Subord) || pg.finiteSoon(i+1, k)) {
			lo = i + 1
			break
		}
	}
	for i := k + 1; i < b.End; i++ {
		t := &pg.Words[i]
		if t.Form == ";" || t.Is(Compl) && t.UPOS != "PRON" || t.Form == "," && i+1 < b.End && (pg.Words[i+1].Is(Rel|Subord|Da) || pg.finiteSoon(i+1, min(b.End, i+6))) {
			hi = i
			break
		}
	}
	return lo, hi
}

// finiteSoon reports whether a finite verb stands among the words i to j before a comma.
func (pg *Page) finiteSoon(i, j int) bool {
	for ; i < j && i < len(pg.Words); i++ {
		if pg.Words[i].Form == "," {
			return false
		}
		// "to discuss": the particle that marks an infinitive.
		infinitive := i > 0 && pg.Words[i-1].UPOS == "PART" && pg.Words[i-1].Rel("mark")
		if f := pg.Words[i].Feats.Get("VerbForm"); pg.Words[i].UPOS == "VERB" && f != "Part" && f != "Inf" && !infinitive {
			return true
		}
	}
	return false
}

// IsPassive reports whether verb k stands in the passive, by its form and the auxiliary before it.
func (pg *Page) IsPassive(k int) bool {
	t := &pg.Words[k]
	if t.Feats.Get("Voice") == "Pass" {
		return true
	}
	if t.Feats.Get("VerbForm") != "Part" && !pg.Lex.Participle(t.Lower) {
		return false
	}
	for i := k - 1; i >= 0 && i > k-4 && pg.Words[i].Sent == t.Sent; i-- {
		switch {
		case pg.Words[i].Is(Be):
			return true
		case pg.Words[i].Is(Have):
			return false
		}
	}
	return false
}

// PersonAfter reports whether a person or the holder of an office follows verb k
// in its clause, as its object.
func (pg *Page) PersonAfter(k int) bool {
	for i := k + 1; i < len(pg.Words) && i < k+8 && pg.Words[i].Sent == pg.Words[k].Sent; i++ {
		t := &pg.Words[i]
		if n := t.Name; n >= 0 && pg.Names[n].Type == letopis.Person || pg.IsOffice(i) {
			return true
		}
		if t.Punct() || t.Is(Compl|Da|Rel) {
			return false
		}
	}
	return false
}

// IsAnimate reports whether word c is the head of a phrase of people.
func (pg *Page) IsAnimate(c int) bool {
	t := &pg.Words[c]
	return t.Name >= 0 && pg.Names[t.Name].Type == letopis.Person || pg.IsOffice(c) || t.Is(People|Kin|Masc|Fem|Plur) || t.Feats.Get("Animacy") == "Anim"
}

// HasVerb reports whether a verb or auxiliary stands among the words i to j, half open.
func (pg *Page) HasVerb(i, j int) bool {
	for ; i < j; i++ {
		if u := pg.Words[i].UPOS; u == "VERB" || u == "AUX" || pg.Words[i].Is(Aux|Future) {
			return true
		}
	}
	return false
}
