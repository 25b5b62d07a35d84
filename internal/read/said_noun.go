package read

import (
	"letopis"
	"letopis/internal/page"
)

// maxNounGap is how many words may stand between a noun of saying and its clause.
const maxNounGap = 12

// nounCue reads what a noun of saying announces at k: "the warning by X that …", "обърна се с
// молба да …", "заявление X о том, что …". Whose words they are stands beside the noun, or
// is the subject of the verb that has it as its means; without either it is no statement.
func (r *said) nounCue(k int, b page.Sentence) bool {
	e := r.nounOfSaying(k)
	if e == nil {
		return false
	}
	open := r.announced(k, e, b)
	if open < 0 || open >= b.End {
		return false
	}
	s := stmt{kind: letopis.Indirect, first: open, end: r.clauseUnder(open, k, b), cueFirst: k, cueEnd: k + 1, say: e, speaker: -1, rule: "noun." + e.Lemma, found: "noun"}
	if r.CountWords(s.first, s.end) < 2 {
		return false
	}
	if s.speaker = r.sayerOf(k, open, b); s.speaker < 0 {
		return false
	}
	for i := range r.stmts { // what a verb of saying has already told
		if o := &r.stmts[i]; o.first < s.end && s.first < o.end && o.cueFirst >= 0 && r.Words[o.cueFirst].Sent == r.Words[k].Sent {
			return false
		}
	}
	return r.tell(s)
}

// nounOfSaying returns the entry of the noun at k, or nil.
func (r *said) nounOfSaying(k int) *page.Saying {
	t := &r.Words[k]
	if t.UPOS != "NOUN" || t.Name >= 0 {
		return nil
	}
	return r.Lex.Announcement(t)
}

// announced returns where the clause begins that the noun of saying e at k announces, or -1.
func (r *said) announced(k int, e *page.Saying, b page.Sentence) int {
	for i := k + 1; i < b.End && i < k+maxNounGap; i++ {
		w := &r.Words[i]
		if e.Has('d') && (i == k+1 || r.Words[i-1].UPOS == "PROPN" || r.Words[i-1].UPOS == "NOUN") && r.opensWanted(w) {
			if w.Is(page.Da) && r.Lex.Has(page.Infinitive) && i+1 < b.End && r.Words[i+1].UPOS == "VERB" {
				return i + 1
			}
			return i
		}
		if e.Has('c') && w.Is(page.Compl) && (w.UPOS == "SCONJ" || w.UPOS == "CCONJ" || w.UPOS == "PART" || w.UPOS == "") {
			return i + 1
		}
		if w.UPOS == "VERB" || w.UPOS == "AUX" || w.Is(page.Rel) && !w.Is(page.Compl) || w.Form == ":" || w.Form == ";" || w.Form == "(" || w.Quote != r.Words[k].Quote {
			return -1
		}
	}
	return -1
}

// opensWanted reports whether a word opens a clause of what is wanted: its particle, or an infinitive.
func (r *said) opensWanted(w *page.Word) bool {
	return w.Is(page.Da) || w.UPOS == "VERB" && w.Feats.Get("VerbForm") == "Inf" && r.Lex.Has(page.Infinitive)
}

// clauseUnder returns where the clause ends that begins at open, behind k, and hangs on the noun at k.
func (r *said) clauseUnder(open, k int, b page.Sentence) int {
	end := open
	for i := open; i < b.End; i++ {
		if !r.Under(i, k) {
			if r.Words[i].Punct() && i+1 < b.End && r.Under(i+1, k) {
				continue
			}
			break
		}
		end = i + 1
	}
	if r.CountWords(open, end) < 2 {
		return r.contentEnd(open, b.End)
	}
	return end
}

// sayerOf returns the phrase of whoever says what the noun at k announces, or -1: its
// possessor between it and the clause, or before it, else the subject of the verb that has
// it as its means.
func (r *said) sayerOf(k, open int, b page.Sentence) int {
	able := func(ci int) bool {
		if ci < 0 || r.Phrases[ci].Sent != r.Words[k].Sent || r.IsMedia(ci) || r.IsTime(&r.Phrases[ci]) {
			return false
		}
		c := &r.Phrases[ci]
		if c.Name >= 0 {
			m := &r.Names[c.Name]
			return m.Type == letopis.Person || m.Type == letopis.Organisation || m.Country != ""
		}
		return c.Pron || r.HoldsOffice(c) || r.Words[c.Head].Is(page.People|page.Kin)
	}
	for c := b.First; c < open; c++ {
		t := &r.Words[c]
		if c == k || c < k && t.Head != k || !t.Rel("nmod", "obl") {
			continue // between the noun and its clause a parser may miss what it belongs to
		}
		adp := r.Adposition(c)
		if adp >= 0 && !r.Words[adp].Is(page.GenPrep) && !r.Words[adp].Is(page.By) || adp < 0 && r.Lex.Has(page.Cases) && t.Feats.Get("Case") != "Gen" {
			continue
		}
		if ci := r.PhraseAt[c]; able(ci) {
			return ci
		}
	}
	if v, _ := r.VerbOver(k); v >= 0 && r.Words[k].Rel("obl", "iobj") && r.Words[k].Head == v && !r.plural(k) {
		// "обърна се с молба": who turns with it says it; who meets or ignores one does not.
		adp := r.Adposition(k)
		if s := r.SubjectNear(v); s >= 0 && s != k && (adp >= 0 && r.Words[adp].Is(page.With)) {
			if ci := r.PhraseAt[s]; able(ci) {
				return ci
			}
		}
	}
	return -1
}

// plural reports whether the noun at k is in the plural, by its number or, where the tagger
// gives none, by a form that is not its lemma.
func (r *said) plural(k int) bool {
	t := &r.Words[k]
	if n := t.Feats.Get("Number"); n != "" {
		return n == "Plur"
	}
	return t.Lower != t.Lemma
}
