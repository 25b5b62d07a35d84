package page

import (
	"slices"

	"letopis"
)

// Phrase is a noun phrase that could name an actor: "руският посланик в Китай
// Андрей Денисов" is one phrase with its complements.
type Phrase struct {
	First, End int  // words, half open
	Head       int  // word that it is about: a noun, the last word of a name, a pronoun
	Adp        int  // word of the preposition that governs it, -1 for none
	Name       int  // index of the name that it bears, a person's before others; -1 for none
	Pron       bool // it is a pronoun alone
	Sent       int  // index of its sentence
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

// phraseFrom reads one noun phrase that begins at word i: a run and its complements.
func (pg *Page) phraseFrom(i, end int) (Phrase, bool) {
	c, ok := pg.nounRun(i, end)
	if ok && !c.Pron {
		pg.complements(end, &c)
	}
	return c, ok
}

// maxComplements bounds the complements of one phrase.
const maxComplements = 4

// complements lengthens a phrase by the complements that follow it.
func (pg *Page) complements(end int, c *Phrase) {
	for range maxComplements {
		next, ok := pg.complement(c.End, end, c)
		if !ok {
			return
		}
		c.End = next
	}
}

// sameRun reports whether a noun may follow the head inside one phrase:
// "премиерът Борисов", "министр обороны", "trade envoy".
func (pg *Page) sameRun(head, j int) bool {
	if pg.Lex.Has(Compounds) || pg.Words[j].UPOS == "PROPN" || pg.Words[head].UPOS == "PROPN" {
		return true
	}
	return pg.Words[j].Feats.Get("Case") == "Gen" || pg.Words[head].Feats.Get("Case") != "" && pg.Words[head].Feats.Get("Case") == pg.Words[j].Feats.Get("Case")
}

// complement reads one complement of a phrase at word j, and returns the word after it.
func (pg *Page) complement(j, end int, c *Phrase) (int, bool) {
	if j >= end {
		return j, false
	}
	t := &pg.Words[j]
	switch {
	case t.Is(GenPrep) && t.UPOS != "PRON" && j+1 < end:
		return pg.governed(j, end, c)
	case t.Is(PossMark):
		owned, ok := pg.nounRun(j+1, end)
		if !ok {
			return j, false
		}
		c.Head, c.Name = owned.Head, owned.Name
		return owned.End, true
	case t.Is(In) && j+1 < end && pg.typeAt(j+1) == letopis.Location && pg.HoldsOffice(c):
		return pg.Names[pg.Words[j+1].Name].Last + 1, true
	case t.UPOS == "ADP" && pg.officePrep(j, c) && j+1 < end:
		return pg.governed(j, end, c)
	case (t.UPOS == "ADJ" || t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.Name >= 0) && pg.Lex.Has(Cases):
		return pg.genitive(j, end, c)
	case pg.typeAt(j) == letopis.Person && !pg.namesPerson(c):
		c.Name = t.Name
		return pg.Names[t.Name].Last + 1, true
	}
	return j, false
}

// governed reads the complement behind the preposition at word j: "министър | на отбраната".
func (pg *Page) governed(j, end int, c *Phrase) (int, bool) {
	sub, ok := pg.nounRun(j+1, end)
	if !ok || sub.Pron {
		return j, false
	}
	pg.adopt(c, &sub)
	return sub.End, true
}

// genitive reads the complement that its case alone joins, or an apposed person:
// "министр | иностранных дел | Германии | Хайко Маас".
func (pg *Page) genitive(j, end int, c *Phrase) (int, bool) {
	sub, ok := pg.nounRun(j, end)
	if !ok || sub.Pron {
		return j, false
	}
	if pg.Words[sub.Head].Feats.Get("Case") != "Gen" && (sub.Name < 0 || pg.namesPerson(&sub) && c.Name >= 0) {
		return j, false
	}
	pg.adopt(c, &sub)
	return sub.End, true
}

// typeAt returns the type of the name that covers word i, or "".
func (pg *Page) typeAt(i int) letopis.Type {
	if n := pg.Words[i].Name; n >= 0 {
		return pg.Names[n].Type
	}
	return ""
}

// namesPerson reports whether a phrase has the name of a person.
func (pg *Page) namesPerson(c *Phrase) bool {
	return c.Name >= 0 && pg.Names[c.Name].Type == letopis.Person
}

// adopt takes over the person of a complement where it names the phrase's own
// person: "руският посланик в Китай Андрей Денисов"; a country stays a complement.
func (pg *Page) adopt(c, sub *Phrase) {
	if sub.Name < 0 {
		return
	}
	if c.Name < 0 && pg.Names[sub.Name].Type == letopis.Person && !pg.Words[c.Head].Is(Kin) {
		c.Name = sub.Name
	}
}

// PhraseOf returns the outermost phrase that covers word i, or nil; i may be no word of the page.
func (pg *Page) PhraseOf(i int) *Phrase {
	if i < 0 || i >= len(pg.Words) || pg.PhraseAt[i] < 0 {
		return nil
	}
	return &pg.Phrases[pg.PhraseAt[i]]
}

// layInnerPhrases lays out, once the phrases stand, the phrases inside them that are asked for:
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
		pg.layAttributed(i)
		pg.layOffice(i)
	}
}

// layAttributed lays out the phrase right behind "according to" at word i, where it does not begin one.
func (pg *Page) layAttributed(i int) {
	t := &pg.Words[i]
	if !t.Is(Attrib | AttribPoss) {
		return
	}
	j, end := i+pg.Lex.PhraseLen(pg.Words, i, Attrib|AttribPoss), pg.Sentences[t.Sent].End
	if j == i || j >= end || pg.PhraseAt[j] < 0 || pg.Phrases[pg.PhraseAt[j]].First == j {
		return
	}
	if sub, ok := pg.phraseFrom(j, end); ok {
		sub.Sent = t.Sent
		pg.innerFrom[j] = len(pg.Phrases)
		pg.Phrases = append(pg.Phrases, sub)
	}
}

// layOffice lays out the phrase of the office or person that word i is inside a longer phrase.
func (pg *Page) layOffice(i int) {
	t, ci := &pg.Words[i], pg.PhraseAt[i]
	if ci < 0 || pg.Phrases[ci].Head == i || t.Name >= 0 || !pg.IsOffice(i) && t.Feats.Get("Animacy") != "Anim" || !pg.firstNoun(i) {
		return
	}
	if sub, ok := pg.within(&pg.Phrases[ci], i); ok {
		pg.innerHead[i] = len(pg.Phrases)
		pg.Phrases = append(pg.Phrases, sub)
	}
}

// PhraseHeadedBy returns the index of the phrase that word i heads, also inside a longer one that names
// no person; or -1.
func (pg *Page) PhraseHeadedBy(i int) int {
	ci := pg.PhraseAt[i]
	if ci < 0 || pg.Phrases[ci].Head == i {
		return ci
	}
	if pg.namesPerson(&pg.Phrases[ci]) {
		return -1
	}
	if sub, ok := pg.innerHead[i]; ok {
		return sub
	}
	return -1
}

// PhraseFrom returns the index of the phrase inside another that begins at word j, after "according to", or -1.
func (pg *Page) PhraseFrom(j int) int {
	if sub, ok := pg.innerFrom[j]; ok {
		return sub
	}
	return -1
}

// SaidIn returns the index of the phrase of the person whose words phrase ci is, or -1.
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
		sub, ok := pg.nounRun(i, c.End)
		if !ok {
			continue
		}
		if pg.Words[sub.Head].Is(DocNoun) {
			i = sub.End - 1
			continue
		}
		sub.End, sub.Sent = c.End, c.Sent
		if sub.Name < 0 && c.Name >= i && pg.Names[c.Name].First >= i {
			sub.Name = c.Name
		}
		return sub, true
	}
	return Phrase{}, false
}

// IsTime reports whether a time expression heads phrase c.
func (pg *Page) IsTime(c *Phrase) bool { return pg.Words[c.Head].Date }

// IsMedia reports whether phrase ci, where it is not -1, is an outlet or media in general.
func (pg *Page) IsMedia(ci int) bool {
	if ci < 0 {
		return false
	}
	c := &pg.Phrases[ci]
	h := &pg.Words[c.Head]
	return h.Outlet > 0 || pg.Words[c.First].Outlet > 0 && c.End-c.First <= 3 || h.Is(Media) && !h.Is(People)
}

// NameOf returns the words, half open, that name whom phrase ci is about: its name if it has
// one, else the whole phrase.
func (pg *Page) NameOf(ci int) [2]int {
	c := &pg.Phrases[ci]
	if c.Name >= 0 {
		m := &pg.Names[c.Name]
		if m.Type == letopis.Person || c.Head >= m.First && c.Head <= m.Last {
			return [2]int{m.First, m.Last + 1}
		}
	}
	return [2]int{c.First, c.End}
}

// maxApposed bounds the marks and complements between a described person and the name.
const maxApposed = 4

// Apposed returns the index of the phrase of the name that stands right after a described person and is
// theirs ("експертът от банката ING | Вирадж Пател"), else phrase ci itself.
func (pg *Page) Apposed(ci int) int {
	c := &pg.Phrases[ci]
	if c.Pron || pg.namesPerson(c) || !pg.HoldsOffice(c) && !pg.Words[c.Head].Is(People|Kin) {
		return ci
	}
	for j, n := c.End, 0; j >= 0 && j < pg.Sentences[c.Sent].End && n < maxApposed; n++ {
		t := &pg.Words[j]
		switch {
		case t.Closes >= 0 || IsMark(t.Form):
			j++
		case t.Is(GenPrep) && j+1 < len(pg.Words):
			j = pg.pastComplement(j, c.Sent)
		default:
			if pg.beginsPerson(j) {
				return pg.PhraseAt[j]
			}
			return ci
		}
	}
	return ci
}

// pastComplement returns the word after the phrase that the preposition at word j joins, or -1
// where there is none or it names a person: "Governor | of Washington | Chris Gregoire".
func (pg *Page) pastComplement(j, sent int) int {
	of := pg.PhraseOf(j + 1)
	if of == nil || of.Sent != sent || pg.namesPerson(of) {
		return -1
	}
	return of.End
}

// beginsPerson reports whether a phrase at word j, which no preposition governs, begins with the name of a person.
func (pg *Page) beginsPerson(j int) bool {
	c := pg.PhraseOf(j)
	return c != nil && c.Adp < 0 && pg.namesPerson(c) && pg.Names[c.Name].First == c.First
}

// firstNoun reports whether word i is the first noun of what the knowledge base
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

// within reads the phrase that word i heads inside a longer one: "президента
// Мали" in "выборы президента Мали".
func (pg *Page) within(c *Phrase, i int) (Phrase, bool) {
	first := i
	for first > c.First && pg.Words[first-1].UPOS == "ADJ" && pg.Words[first-1].Name < 0 {
		first--
	}
	sub, ok := pg.nounRun(first, c.End)
	if !ok || sub.Pron {
		return sub, false
	}
	pg.complements(c.End, &sub)
	sub.Sent = c.Sent
	return sub, sub.Head == i
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

// IsAlone reports whether phrase c, which may be nil, is in the singular and no numeral stands before its head:
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

// IsFormer reports whether one of the words i to j, half open, calls an office a former one.
func (pg *Page) IsFormer(i, j int) bool {
	for k := i; k < j; k++ {
		if pg.Words[k].Is(Former) {
			return true
		}
	}
	return false
}
