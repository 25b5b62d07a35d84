package page

import "letopis"

// What the place of a phrase takes from how well it can be a subject.
const (
	leastSubject  = -25 // below it a phrase is no subject
	perPhraseLeft = 5
	perPhraseNext = 8
	asideCost     = 25
	leftOfInverse = 12
	rightOfPlain  = 30
)

// ClauseSubject returns the index of the phrase that is likeliest the subject of word k, a word of saying or another verb,
// among the words lo to hi, half open, by the rules alone; or -1. inverted says that
// a subject behind k is likelier than one before it. each, where it is not nil, is called with every phrase that was looked at and its score.
func (pg *Page) ClauseSubject(k, lo, hi int, inverted bool, each func(ci, score int)) int {
	best, bestScore := -1, leastSubject-1
	subject, bonus := pg.TreeSubject(k), treeBonus
	if pg.Lex.Has(FixedOrder) {
		bonus = treeBonusFixed
	}
	try := func(ci, score int) {
		if subject >= 0 && pg.PhraseAt[subject] == ci {
			score += bonus
		}
		if score > bestScore {
			best, bestScore = ci, score
		}
		if each != nil {
			each(ci, score)
		}
	}
	pg.subjectsLeft(k, lo, inverted, try)
	pg.subjectsRight(k, hi, inverted, try)
	return best
}

// maxLeft and maxRight bound the phrases that are tried on each side of a verb.
const (
	maxLeft  = 8
	maxRight = 4
)

// subjectsLeft tries the nearest phrases before word k, past relative clauses.
func (pg *Page) subjectsLeft(k, lo int, inverted bool, try func(ci, score int)) {
	dist := 0
	for i := k - 1; i >= lo && dist < maxLeft; i-- {
		ci := pg.PhraseAt[i]
		if ci < 0 {
			if pg.Words[i].UPOS == "VERB" && pg.Words[i].Say == nil && !pg.InAside(i, k) {
				dist++
			}
			continue
		}
		c := &pg.Phrases[ci]
		i = c.First
		if q := pg.Words[c.First].Quote; q >= 0 && pg.Words[k].Quote < 0 && pg.Quotes[q].Depth == 0 && !pg.IsNameQuote(&pg.Quotes[q]) {
			continue
		}
		score := pg.Speakable(c, k) - perPhraseLeft*dist
		if pg.InAside(c.Head, k) {
			score -= asideCost
		}
		if inverted {
			score -= leftOfInverse
		}
		try(ci, score)
		dist++
	}
}

// subjectsRight tries the phrases after word k: they speak where the cue is inverted or opens its clause.
func (pg *Page) subjectsRight(k, hi int, inverted bool, try func(ci, score int)) {
	dist := 0
	for i := k + 1; i < hi && dist < maxRight; i++ {
		t := &pg.Words[i]
		if t.Is(Compl) || t.Form == ":" || t.Form == ";" || t.Say != nil && t.UPOS == "VERB" || dist > 0 && (t.Form == "," || t.Dash()) {
			break
		}
		ci := pg.PhraseAt[i]
		if ci < 0 || pg.Phrases[ci].First < i {
			continue
		}
		score := pg.Speakable(&pg.Phrases[ci], k) - perPhraseNext*dist
		if !inverted {
			score -= rightOfPlain
		}
		try(ci, score)
		i = pg.Phrases[ci].End - 1
		dist++
	}
}

// Speakable scores how well phrase c can be the one who speaks at word k: 30 for a person's name, less than 0 for what
// no speaker looks like.
func (pg *Page) Speakable(c *Phrase, k int) int {
	s := 0
	h := &pg.Words[c.Head]
	switch {
	case c.Name >= 0 && pg.Names[c.Name].Type == letopis.Person:
		s += 30
	case c.Name >= 0 && (pg.Names[c.Name].Type == letopis.Organisation || pg.Names[c.Name].Country != ""):
		s += 22
	case c.Pron && !h.Is(Neut):
		s += 22
	case pg.HoldsOffice(c):
		s += 25
	case h.Is(People | Kin | DocNoun | Media):
		s += 20
	case c.Name >= 0:
		s += 5
	default:
		s -= 8
	}
	if c.Adp >= 0 {
		s += pg.speakableGoverned(c, k)
	}
	if pg.IsTime(c) {
		s -= 60
	}
	if cs := h.Feats.Get("Case"); cs != "" && cs != "Nom" {
		s -= 18
		if cs == "Dat" {
			s -= 14 // whom it is said to
		}
	}
	if n, m := h.Feats.Get("Number"), pg.Words[k].Feats.Get("Number"); n != "" && m != "" && n != m {
		s -= 10
	}
	return s
}

// speakableGoverned is what a preposition before phrase c does to how well it can speak at the verb k.
func (pg *Page) speakableGoverned(c *Phrase, k int) int {
	h, adp := &pg.Words[c.Head], &pg.Words[c.Adp]
	s := -30
	if pg.Words[k].Say.Has('s') && h.Is(DocNoun) && adp.Is(In) && !(pg.Lex.Has(FixedOrder) && pg.TreeSubject(k) >= 0) {
		s += 45 // "се казва в изявлението"
	}
	unnamed := pg.Words[k].Feats.Get("Number") == "Plur" && pg.Lex.Has(NoSubject) // a plural verb of people unnamed
	if unnamed && (adp.Is(In|By) && c.Name >= 0 && pg.Names[c.Name].Country != "" || adp.Is(In) && pg.IsBody(c.Head)) {
		s += 22 // "в Берлине подчеркнули", "от Брюксел казват", "сообщили в штабе"
	}
	return s
}

// InAside reports whether word i stands in a relative clause or bracket that
// closes before k.
func (pg *Page) InAside(i, k int) bool {
	depth := 0
	for j := k - 1; j > i; j-- {
		switch pg.Words[j].Form {
		case ")":
			depth++
		case "(":
			depth--
			if depth < 0 {
				return false
			}
		case ",":
			// A comma right after the aside; one with a relative pronoun opens it.
			for m := j - 1; m >= 0 && pg.Words[m].Sent == pg.Words[k].Sent && j-m < 30; m-- {
				if pg.Words[m].Form == "," && m+1 < j && (pg.Words[m+1].Is(Rel) || m+2 < j && pg.Words[m+1].UPOS == "ADP" && pg.Words[m+2].Is(Rel)) {
					return i > m && i < j
				}
			}
		}
	}
	return depth > 0
}

// treeBonus is what the tree's subject is worth beside what speakable sees.
const treeBonus = 12

// treeBonusFixed is the same in a language of fixed word order, where subjects parse surely.
const treeBonusFixed = 40

// SubjectNear returns the head of the subject of verb k: by the tree, else the
// likeliest phrase before a finite verb in its clause, or -1.
func (pg *Page) SubjectNear(k int) int {
	if s := pg.subjectOf(k, MaxDepth); s >= 0 {
		return s
	}
	f := &pg.Words[k].Feats
	if v := f.Get("VerbForm"); v != "Fin" && v != "" || f.Get("Mood") == "Imp" || f.Get("Person") == "1" || f.Get("Person") == "2" || pg.Words[k].Rel("amod", "acl") {
		return -1
	}
	b := pg.Sentences[pg.Words[k].Sent]
	lo, hi := pg.ClauseOf(k, b)
	if ci := pg.ClauseSubject(k, lo, hi, false, nil); ci >= 0 {
		if c := &pg.Phrases[ci]; c.Adp < 0 && c.First < k {
			return c.Head
		}
	}
	return -1
}
