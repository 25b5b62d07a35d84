package page

import (
	"letopis"
	"slices"
)

// Phrase is a noun phrase that could name an actor: "руският посланик в Китай
// Андрей Денисов" is one chunk with its complements.
type Phrase struct {
	First, End int // toks
	Head       int // the noun or name it is about
	Adp        int // token of the preposition that governs it, -1 for none
	Name       int // mention of a name in it, -1 for none
	Pron       bool
	Sent       int
}

// layPhrases finds the noun phrases of every sentence by their tags: modifiers,
// nouns and names in a row, then complements joined by the language's genitive
// preposition or, where the language has cases, by the genitive.
func (pg *Page) layPhrases() {
	pg.PhraseAt = make([]int, len(pg.Words))
	for i := range pg.PhraseAt {
		pg.PhraseAt[i] = -1
	}
	for si := range pg.Sentences {
		s := pg.Sentences[si]
		for i := s.First; i < s.End; {
			c, ok := pg.phraseFrom(i, s.End)
			if !ok {
				i++
				continue
			}
			c.Sent = si
			if i > s.First && pg.Words[i-1].UPOS == "ADP" {
				c.Adp = i - 1
			}
			for k := c.First; k < c.End; k++ {
				pg.PhraseAt[k] = len(pg.Phrases)
			}
			pg.Phrases = append(pg.Phrases, c)
			i = c.End
		}
	}
}

// phraseFrom reads one noun phrase that begins at token i.
func (pg *Page) phraseFrom(i, end int) (Phrase, bool) {
	c := Phrase{First: i, Adp: -1, Name: -1, Head: -1}
	j, ok := pg.nounRun(i, end, &c)
	if !ok {
		return c, false
	}
	c.End = j
	if c.Pron {
		return c, true
	}
	for n := 0; n < 4; n++ {
		k, ok := pg.complement(j, end, &c)
		if !ok {
			break
		}
		j = k
		c.End = j
	}
	return c, true
}

// nounRun reads modifiers, nouns and names in a row and returns the token after.
func (pg *Page) nounRun(i, end int, c *Phrase) (int, bool) {
	head := -1
	j := i
run:
	for j < end {
		t := &pg.Words[j]
		if j > i && t.Date != pg.Words[i].Date {
			break run // a time is a phrase of its own: "през април | Тръмп"
		}
		if t.Name >= 0 {
			m := &pg.Names[t.Name]
			if head >= 0 && c.Name >= 0 && c.Head == head && pg.Names[c.Name].Typ == m.Typ {
				break run // two names of a kind in a row are two phrases
			}
			if pg.Words[j].Outlet > 0 && head >= 0 && !pg.Words[head].Is(Media) {
				break run
			}
			if c.Name < 0 || m.Typ == "PER" {
				c.Name = t.Name
			}
			if head < 0 {
				head = m.Last
			}
			j = m.Last + 1
			if pg.Words[m.Last].Outlet > 0 && !pg.Lex.Has(Compounds) {
				break run // what follows an outlet's name is its object
			}
			continue
		}
		switch {
		case t.Is(Masc|Fem|Neut|Plur) && t.UPOS != "DET" && head < 0 && j == i:
			c.Pron, c.Head = true, j
			return j + 1, true
		case t.UPOS == "NOUN" || t.UPOS == "PROPN":
			if head >= 0 && !pg.sameRun(head, j) {
				goto out
			}
			if head < 0 || pg.Words[head].UPOS != "NOUN" || pg.Lex.Has(Compounds) && c.Name < 0 {
				head = j
			}
		case t.UPOS == "ADJ" || t.UPOS == "DET" || t.UPOS == "NUM" || t.UPOS == "VERB" && t.Feats.Get("VerbForm") == "Part" && (head < 0 || t.Say == nil) && t.Feats.Get("Variant") != "Short":
			if head >= 0 && pg.Lex.Has(Compounds) && t.UPOS == "DET" {
				goto out
			}
			if head >= 0 && !pg.Lex.Has(Compounds) && t.UPOS != "NUM" {
				goto out // a modifier after its noun begins the next phrase, or the genitive after it
			}
			if t.Say != nil && t.Say.Has('q') {
				goto out
			}
		case t.UPOS == "PRON" && t.Is(Poss):
			if head >= 0 && !pg.Lex.Has(CliticPoss) {
				goto out
			}
		case t.Is(Poss) && (t.UPOS == "" || t.UPOS == "DET"):
		case t.Dash() && head >= 0 && j+1 < end && pg.Tight(j) && (pg.Words[j+1].UPOS == "NOUN" || pg.Words[j+1].UPOS == "PROPN"):
		default:
			goto out
		}
		j++
	}
out:
	for j > i && head < j-1 && (pg.Words[j-1].UPOS == "ADJ" || pg.Words[j-1].UPOS == "VERB" || pg.Words[j-1].UPOS == "DET" || pg.Words[j-1].UPOS == "NUM") {
		j--
	}
	if head < 0 || j <= head {
		return i, false
	}
	c.Head = head
	return j, true
}

// sameRun reports whether a noun may follow the head inside one phrase:
// "премиерът Борисов", "министр обороны", "trade envoy".
func (pg *Page) sameRun(head, j int) bool {
	if pg.Lex.Has(Compounds) || pg.Words[j].UPOS == "PROPN" || pg.Words[head].UPOS == "PROPN" {
		return true
	}
	return pg.Words[j].Feats.Get("Case") == "Gen" || pg.Words[head].Feats.Get("Case") != "" && pg.Words[head].Feats.Get("Case") == pg.Words[j].Feats.Get("Case")
}

// complement reads one complement of the phrase at token j.
func (pg *Page) complement(j, end int, c *Phrase) (int, bool) {
	if j >= end {
		return j, false
	}
	t := &pg.Words[j]
	var sub Phrase
	sub.Name = -1
	switch {
	case t.Is(GenPrep) && t.UPOS != "PRON" && j+1 < end:
		k, ok := pg.nounRun(j+1, end, &sub)
		if !ok || sub.Pron {
			return j, false
		}
		pg.adopt(c, &sub)
		return k, true
	case t.Is(PossMark):
		k, ok := pg.nounRun(j+1, end, &sub)
		if !ok {
			return j, false
		}
		c.Head, c.Name = sub.Head, sub.Name
		return k, true
	case t.Is(In) && j+1 < end && pg.Words[j+1].Name >= 0 && pg.Names[pg.Words[j+1].Name].Typ == "LOC" && pg.HoldsOffice(c):
		return pg.Names[pg.Words[j+1].Name].Last + 1, true
	case t.UPOS == "ADP" && pg.officePrep(j, c) && j+1 < end:
		k, ok := pg.nounRun(j+1, end, &sub)
		if !ok || sub.Pron {
			return j, false
		}
		pg.adopt(c, &sub)
		return k, true
	case (t.UPOS == "ADJ" || t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.Name >= 0) && pg.Lex.Has(Cases):
		// Genitive complements: "министр иностранных дел Германии Хайко Маас".
		k, ok := pg.nounRun(j, end, &sub)
		if !ok || sub.Pron {
			return j, false
		}
		if sub.Name >= 0 && pg.Names[sub.Name].Typ == "PER" && c.Name < 0 || pg.Words[sub.Head].Feats.Get("Case") == "Gen" ||
			sub.Name >= 0 && pg.Names[sub.Name].Typ != "PER" {
			pg.adopt(c, &sub)
			return k, true
		}
	case t.Name >= 0 && pg.Names[t.Name].Typ == "PER" && (c.Name < 0 || pg.Names[c.Name].Typ != "PER"):
		c.Name = t.Name
		return pg.Names[t.Name].Last + 1, true
	}
	return j, false
}

// adopt takes over the person of a complement where it names the phrase's own
// person: "руският посланик в Китай Андрей Денисов"; a country stays a complement.
func (pg *Page) adopt(c, sub *Phrase) {
	if sub.Name < 0 {
		return
	}
	if c.Name < 0 && pg.Names[sub.Name].Typ == "PER" && !pg.Words[c.Head].Is(Kin) {
		c.Name = sub.Name
	}
}

// PhraseOf returns the chunk that covers token i, or nil.
func (pg *Page) PhraseOf(i int) *Phrase {
	if i < 0 || i >= len(pg.Words) || pg.PhraseAt[i] < 0 {
		return nil
	}
	return &pg.Phrases[pg.PhraseAt[i]]
}

// layInnerPhrases lays out, once the phrases stand, the phrases inside them that the phases ask for:
// whose words a document holds, who is named after "according to" where tags make one phrase of
// both, and offices inside longer phrases.
func (pg *Page) layInnerPhrases() {
	pg.innerFrom, pg.innerHead = map[int]int{}, map[int]int{}
	pg.Outer = len(pg.Phrases)
	for ci := range pg.Outer {
		if sub, ok := pg.wordsOf(pg.Phrases[ci]); ok {
			pg.innerWords = append(pg.innerWords, [2]int{ci, len(pg.Phrases)})
			pg.Phrases = append(pg.Phrases, sub)
		}
	}
	for i := range pg.Words {
		t := &pg.Words[i]
		ci := pg.PhraseAt[i]
		if t.Is(Attrib | AttribPoss) {
			j := i + pg.Lex.PhraseLen(pg.Words, i, Attrib|AttribPoss)
			if j > i && j < pg.Sentences[t.Sent].End && pg.PhraseAt[j] >= 0 && pg.Phrases[pg.PhraseAt[j]].First < j {
				if sub, ok := pg.phraseFrom(j, pg.Sentences[t.Sent].End); ok {
					sub.Sent = t.Sent
					pg.innerFrom[j] = len(pg.Phrases)
					pg.Phrases = append(pg.Phrases, sub)
				}
			}
		}
		if ci < 0 || pg.Phrases[ci].Head == i || t.Name >= 0 || !pg.IsOffice(i) && t.Feats.Get("Animacy") != "Anim" || !pg.firstNoun(i) {
			continue
		}
		if sub, ok := pg.within(&pg.Phrases[ci], i); ok {
			pg.innerHead[i] = len(pg.Phrases)
			pg.Phrases = append(pg.Phrases, sub)
		}
	}
}

// PhraseHeadedBy returns the phrase that token i heads, also inside a longer one that names
// no person; or -1.
func (pg *Page) PhraseHeadedBy(i int) int {
	ci := pg.PhraseAt[i]
	if ci < 0 || pg.Phrases[ci].Head == i {
		return ci
	}
	if c := &pg.Phrases[ci]; c.Name >= 0 && pg.Names[c.Name].Typ == letopis.Person {
		return -1
	}
	if sub, ok := pg.innerHead[i]; ok {
		return sub
	}
	return -1
}

// PhraseFrom returns the phrase inside another that begins at word j, after "according to", or -1.
func (pg *Page) PhraseFrom(j int) int {
	if sub, ok := pg.innerFrom[j]; ok {
		return sub
	}
	return -1
}

// SaidIn returns the phrase of the person whose words phrase ci is, or -1.
func (pg *Page) SaidIn(ci int) int {
	if k, ok := slices.BinarySearchFunc(pg.innerWords, ci, func(x [2]int, ci int) int { return x[0] - ci }); ok {
		return pg.innerWords[k][1]
	}
	return -1
}

// wordsOf returns the phrase of the person whose words phrase c is ("текста на
// изявлението на посланика", "слова министра"), as a phrase of its own.
func (pg *Page) wordsOf(c Phrase) (Phrase, bool) {
	if !pg.Words[c.Head].Is(DocNoun) {
		return Phrase{}, false
	}
	for i := c.Head + 1; i < c.End; i++ {
		if pg.Words[i].Is(GenPrep) {
			continue
		}
		sub := Phrase{First: i, Adp: -1, Name: -1, Head: -1, Sent: c.Sent}
		j, ok := pg.nounRun(i, c.End, &sub)
		if !ok || j <= i {
			continue
		}
		if pg.Words[sub.Head].Is(DocNoun) {
			i = j - 1
			continue
		}
		sub.End = c.End
		if sub.Name < 0 && c.Name >= i && pg.Names[c.Name].First >= i {
			sub.Name = c.Name
		}
		return sub, true
	}
	return Phrase{}, false
}

// IsTime reports whether a phrase is a time expression.
func (pg *Page) IsTime(c *Phrase) bool { return pg.Words[c.Head].Date }

// IsMedia reports whether a phrase is an outlet or media in general.
func (pg *Page) IsMedia(ci int) bool {
	if ci < 0 {
		return false
	}
	c := &pg.Phrases[ci]
	h := &pg.Words[c.Head]
	return h.Outlet > 0 || pg.Words[c.First].Outlet > 0 && c.End-c.First <= 3 || h.Is(Media) && !h.Is(People)
}

// NameOf returns the tokens that name the speaker: the name if the phrase
// has one, else the whole phrase.
func (pg *Page) NameOf(ci int) [2]int {
	c := &pg.Phrases[ci]
	if c.Name >= 0 {
		m := &pg.Names[c.Name]
		if m.Typ == "PER" || c.Head >= m.First && c.Head <= m.Last {
			return [2]int{m.First, m.Last + 1}
		}
	}
	return [2]int{c.First, c.End}
}

// Apposed returns the name that stands right after a described speaker and is
// theirs: "експертът от банката ING | Вирадж Пател".
func (pg *Page) Apposed(ci int) int {
	c := &pg.Phrases[ci]
	if c.Name >= 0 && pg.Names[c.Name].Typ == letopis.Person || c.Pron || !pg.HoldsOffice(c) && !pg.Words[c.Head].Is(People|Kin) {
		return ci
	}
	for j, n := c.End, 0; j < pg.Sentences[c.Sent].End && n < 4; n++ {
		if t := &pg.Words[j]; t.Closes >= 0 || IsMark(t.Form) {
			j++
			continue
		}
		if pg.Words[j].Is(GenPrep) && j+1 < len(pg.Words) {
			// "Governor of Washington Chris Gregoire"
			of := pg.PhraseAt[j+1]
			if of < 0 || pg.Phrases[of].Sent != c.Sent || pg.Phrases[of].Name >= 0 && pg.Names[pg.Phrases[of].Name].Typ == letopis.Person {
				break
			}
			j = pg.Phrases[of].End
			continue
		}
		next := pg.PhraseAt[j]
		if next < 0 || pg.Phrases[next].Adp >= 0 {
			break
		}
		d := &pg.Phrases[next]
		if d.Name >= 0 && pg.Names[d.Name].Typ == letopis.Person && pg.Names[d.Name].First == d.First {
			return next
		}
		break
	}
	return ci
}

// firstNoun reports whether token i is the first noun of what the knowledge base
// found there: "консул" of "генерален консул".
func (pg *Page) firstNoun(i int) bool {
	if pg.Words[i].UPOS != "NOUN" {
		return false
	}
	k := pg.Words[i].Known
	for j := i - 1; k > 0 && j >= 0 && pg.Words[j].Known == k; j-- {
		if pg.Words[j].UPOS == "NOUN" {
			return false
		}
	}
	return true
}

// within reads the phrase that token i heads inside a longer one: "президента
// Мали" in "выборы президента Мали".
func (pg *Page) within(c *Phrase, i int) (Phrase, bool) {
	sub := Phrase{First: i, Adp: -1, Name: -1, Head: -1, Sent: c.Sent}
	for sub.First > c.First && pg.Words[sub.First-1].UPOS == "ADJ" && pg.Words[sub.First-1].Name < 0 {
		sub.First--
	}
	j, ok := pg.nounRun(sub.First, c.End, &sub)
	for n := 0; ok && n < 4; n++ {
		k, more := pg.complement(j, c.End, &sub)
		if !more {
			break
		}
		j = k
	}
	sub.End = j
	return sub, ok && sub.Head == i && !sub.Pron
}

// IsSingleOffice reports whether phrase c is an office that one person holds at a time,
// in the singular.
func (pg *Page) IsSingleOffice(c *Phrase) bool {
	m := pg.KnownAt(c.Head)
	if m == nil || pg.Words[c.Head].Feats.Get("Number") == "Plur" {
		return false
	}
	o := pg.KB.Office(m.ID)
	return o != nil && o.Single
}

// IsAlone reports whether a phrase is of one body without an attribute of number:
// "the government", not "both governments".
func (pg *Page) IsAlone(c *Phrase) bool {
	if c == nil || pg.Words[c.Head].Feats.Get("Number") == "Plur" || c.Head < c.First {
		return false
	}
	for i := c.First; i < c.Head; i++ {
		if pg.Words[i].UPOS == "NUM" {
			return false
		}
	}
	return true
}

// IsFormer reports whether tokens i to j call an office a former one.
func (pg *Page) IsFormer(i, j int) bool {
	for k := i; k < j; k++ {
		if pg.Words[k].Is(Former) {
			return true
		}
	}
	return false
}
