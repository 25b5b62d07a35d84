package page

import "letopis"

// runWord is what a word may be in a run: modifiers, nouns and names in a row, the part of a noun
// phrase before its complements.
type runWord uint8

const (
	runEnd        runWord = iota // no part of a run
	runName                      // of a name, which is taken whole
	runNoun                      // a noun or a proper noun outside names
	runNumber                    // a numeral
	runDeterminer                // the, this
	runAdjective                 // an adjective
	runParticiple                // a participle that modifies
	runPossessive                // a pronoun that possesses: his, му
	runUntagged                  // one whose part of speech the parser does not say
	runHyphen                    // a hyphen without spaces, before a noun
)

// runWordAt tells what word j may be in a run that ends before the word end.
func (pg *Page) runWordAt(j, end int) runWord {
	t := &pg.Words[j]
	switch {
	case t.Name >= 0:
		return runName
	case t.UPOS == "NOUN" || t.UPOS == "PROPN":
		return runNoun
	case t.UPOS == "ADJ" || t.UPOS == "DET" || t.UPOS == "NUM" || t.UPOS == "VERB" && t.Feats.Get("VerbForm") == "Part" && t.Feats.Get("Variant") != "Short":
		return modifier(t)
	case t.UPOS == "PRON" && t.Is(Poss):
		return runPossessive
	case t.UPOS == "" && t.Is(Poss):
		return runUntagged
	case t.Dash() && j+1 < end && pg.Tight(j) && (pg.Words[j+1].UPOS == "NOUN" || pg.Words[j+1].UPOS == "PROPN"):
		return runHyphen
	}
	return runEnd
}

// modifier tells the kinds of modifiers apart; a word that opens a quotation is none.
func modifier(t *Word) runWord {
	switch {
	case t.Say.Has('q'):
		return runEnd
	case t.UPOS == "NUM":
		return runNumber
	case t.UPOS == "DET":
		return runDeterminer
	case t.UPOS == "ADJ":
		return runAdjective
	}
	return runParticiple
}

// follows reports whether word j, of a kind, goes on with a run that has a head. Before the
// head all but a hyphen do.
func (pg *Page) follows(kind runWord, head, j int) bool {
	switch kind {
	case runNoun:
		return pg.sameRun(head, j)
	case runAdjective:
		// Without compounds a modifier after its noun begins the next phrase, or the genitive after it.
		return pg.Lex.Has(Compounds)
	case runParticiple:
		return pg.Lex.Has(Compounds) && pg.Words[j].Say == nil
	case runPossessive:
		return pg.Lex.Has(CliticPoss)
	}
	return kind == runNumber || kind == runUntagged || kind == runHyphen
}

// nounRun reads the run that begins at word i, as a phrase without complements; a
// pronoun is one by itself. It is false where no noun or name stands there.
func (pg *Page) nounRun(i, end int) (Phrase, bool) {
	c := Phrase{First: i, End: i, Adp: -1, Name: -1, Head: -1}
	if i < end && pg.isPronoun(i) {
		c.Pron, c.Head, c.End = true, i, i+1
		return c, true
	}
	for more := true; more && c.End < end; {
		j := c.End
		if pg.Words[j].Date != pg.Words[i].Date {
			break // a time is a phrase of its own: "през април | Тръмп"
		}
		if kind := pg.runWordAt(j, end); kind == runName {
			more = pg.takeName(&c, j)
		} else {
			more = pg.takeWord(&c, kind, j)
		}
	}
	for c.End > i && c.Head < c.End-1 && modifies(&pg.Words[c.End-1]) {
		c.End--
	}
	return c, c.Head >= 0 && c.End > c.Head
}

// isPronoun reports whether word i stands for somebody by itself.
func (pg *Page) isPronoun(i int) bool {
	t := &pg.Words[i]
	return t.Name < 0 && t.UPOS != "DET" && t.Is(Masc|Fem|Neut|Plur)
}

// takeName takes the rest of the name at word j into a run; false ends the run.
func (pg *Page) takeName(c *Phrase, j int) bool {
	n := pg.Words[j].Name
	m := &pg.Names[n]
	if pg.Words[j].Outlet > 0 && c.Head >= 0 && !pg.Words[c.Head].Is(Media) {
		return false
	}
	if c.Name < 0 || m.Type == letopis.Person {
		c.Name = n
	}
	if c.Head < 0 {
		c.Head = m.Last
	}
	c.End = m.Last + 1
	return pg.Words[m.Last].Outlet == 0 || pg.Lex.Has(Compounds) // elsewhere an object follows an outlet's name
}

// takeWord takes a word outside names into a run; false ends the run before it.
func (pg *Page) takeWord(c *Phrase, kind runWord, j int) bool {
	switch {
	case kind == runEnd || kind == runHyphen && c.Head < 0:
		return false
	case c.Head >= 0 && !pg.follows(kind, c.Head, j):
		return false
	case kind == runNoun && (c.Head < 0 || pg.Words[c.Head].UPOS != "NOUN" || pg.Lex.Has(Compounds) && c.Name < 0):
		c.Head = j
	}
	c.End = j + 1
	return true
}

// modifies reports whether a word at the end of a run belongs to what comes after it.
func modifies(t *Word) bool {
	return t.UPOS == "ADJ" || t.UPOS == "VERB" || t.UPOS == "DET" || t.UPOS == "NUM"
}
