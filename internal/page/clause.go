package page

import "letopis"

// ComplementizerAfter returns the complementizer of cue k, or -1: addressee and time may
// stand between, another cue or a clause may not.
func (pg *Page) ComplementizerAfter(k, end int) int {
	for i := k + 1; i < end && i < k+28; i++ {
		t := &pg.Words[i]
		if t.Is(Compl) && (t.UPOS == "" || t.UPOS == "SCONJ" || t.UPOS == "PRON" || t.UPOS == "CCONJ" || t.UPOS == "PART" || t.UPOS == "ADV") {
			if t.Is(ComplRel) && i > k+1 && pg.Words[i-1].UPOS == "NOUN" && t.UPOS == "PRON" {
				return -1
			}
			return i
		}
		if t.Is(Embed) && (pg.Words[i-1].Form == "," || i == k+1) && pg.Words[k].Say.asks() && pg.Lex.Has(Question) {
			return i - 1
		}
		if t.Say != nil || t.Form == ":" || t.Form == ";" || t.Is(Da) && t.UPOS != "ADP" && t.UPOS != "PART" || t.Is(Rel) && pg.Words[i-1].Form == "," {
			return -1
		}
		if m, _ := MarkOf(t.Form); m != NotMark && i > k+1 && t.Quote < 0 && i-k > 6 {
			return -1
		}
		if t.Is(And) && i+1 < end && pg.Words[i+1].UPOS == "VERB" {
			return -1
		}
		if pg.Lex.Has(FixedOrder) && (t.UPOS == "AUX" || t.UPOS == "VERB") && pg.Words[i].Head != k {
			return -1 // "said there is a debate that …": what follows belongs to a clause without one
		}
	}
	return -1
}

// ObjectAfter returns the first token of the noun phrase that the cue has as object, or -1.
func (pg *Page) ObjectAfter(k, end int) int {
	for i := k + 1; i < end && i < k+4; i++ {
		t := &pg.Words[i]
		if ci := pg.PhraseAt[i]; ci >= 0 {
			c := &pg.Phrases[ci]
			if c.Adp == k+1 && pg.Words[k].Say.wants() && pg.Lex.Has(Cases) && c.End < end && pg.PhraseAt[c.End] >= 0 && pg.Phrases[pg.PhraseAt[c.End]].Adp < 0 {
				return c.Adp // "попросил для семьи убежище"
			}
			if c.Adp >= 0 && c.Adp > k || pg.IsTime(c) {
				return -1
			}
			return c.First
		}
		if t.Punct() {
			if m, _ := MarkOf(t.Form); m != NotMark {
				continue
			}
			return -1
		}
		if t.UPOS == "ADP" && pg.Words[k].Say.wants() && pg.Lex.Has(Cases) {
			continue
		}
		if !(t.UPOS == "ADV" || t.UPOS == "ADJ" || t.UPOS == "PART" || t.UPOS == "DET" || t.Is(Refl|Poss) || t.UPOS == "") {
			return -1
		}
	}
	return -1
}

// PointsBack reports whether the sentence of cue k opens by pointing back at
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

// IsPerfect reports whether a form of have stands before a participle.
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

// NamesSomeone reports whether a phrase without a preposition stands from i to j, half open.
func (pg *Page) NamesSomeone(i, j int) bool {
	for ; i < j; i++ {
		if c := pg.PhraseOf(i); c != nil && c.Adp < 0 && !pg.IsTime(c) {
			return true
		}
	}
	return false
}

// ClauseOf returns the clause of trigger k: to the sentence's edges or the
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

// IsPassive reports whether the verb at k stands in the passive.
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
		if n := t.Name; n >= 0 && pg.Names[n].Typ == letopis.Person || pg.IsOffice(i) {
			return true
		}
		if t.Punct() || t.Is(Compl|Da|Rel) {
			return false
		}
	}
	return false
}

// IsAnimate reports whether token c heads a phrase of people.
func (pg *Page) IsAnimate(c int) bool {
	t := &pg.Words[c]
	return t.Name >= 0 && pg.Names[t.Name].Typ == letopis.Person || pg.IsOffice(c) || t.Is(People|Kin|Masc|Fem|Plur) || t.Feats.Get("Animacy") == "Anim"
}

// HasVerb reports whether a verb stands in the range.
func (pg *Page) HasVerb(i, j int) bool {
	for ; i < j; i++ {
		if u := pg.Words[i].UPOS; u == "VERB" || u == "AUX" || pg.Words[i].Is(Aux|Future) {
			return true
		}
	}
	return false
}
