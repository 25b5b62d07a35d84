package read

import (
	"slices"
	"strings"

	"letopis"
)

// firstNoun reports whether token i is the first noun of what the knowledge base
// found there: "консул" of "генерален консул".
func (r *reading) firstNoun(i int) bool {
	if r.toks[i].upos != "NOUN" {
		return false
	}
	k := r.toks[i].known
	for j := i - 1; k > 0 && j >= 0 && r.toks[j].known == k; j-- {
		if r.toks[j].upos == "NOUN" {
			return false
		}
	}
	return true
}

// within reads the phrase that token i heads inside a longer one: "президента
// Мали" in "выборы президента Мали".
func (r *reading) within(c *chunk, i int) (chunk, bool) {
	sub := chunk{first: i, adp: -1, name: -1, head: -1, sent: c.sent}
	for sub.first > c.first && r.toks[sub.first-1].upos == "ADJ" && r.toks[sub.first-1].name < 0 {
		sub.first--
	}
	j, ok := r.nounRun(sub.first, c.end, &sub)
	for n := 0; ok && n < 4; n++ {
		k, more := r.complement(j, c.end, &sub)
		if !more {
			break
		}
		j = k
	}
	sub.end = j
	return sub, ok && sub.head == i && !sub.pron
}

// single reports whether phrase c is an office that one person holds at a time,
// in the singular.
func (r *reading) single(c *chunk) bool {
	m := r.knownAt(c.head)
	if m == nil || r.toks[c.head].feats.Get("Number") == "Plur" {
		return false
	}
	o := r.kb.Office(m.ID)
	return o != nil && o.Single
}

// alone reports whether a phrase is of one body without an attribute of number:
// "the government", not "both governments".
func (r *reading) alone(c *chunk) bool {
	if c == nil || r.toks[c.head].feats.Get("Number") == "Plur" || c.head < c.first {
		return false
	}
	for i := c.first; i < c.head; i++ {
		if r.toks[i].upos == "NUM" {
			return false
		}
	}
	return true
}

// former reports whether tokens i to j call an office a former one.
func (r *reading) former(i, j int) bool {
	for k := i; k < j; k++ {
		if r.toks[k].is(clFormer) {
			return true
		}
	}
	return false
}

// homes supposes that a person of no stated country is of the only one that the
// sentence names in which he is first met; the entity's rule says so.
func (r *reading) homes() {
	for e := range r.ents {
		en := &r.ents[e]
		if en.typ != letopis.Person || en.country != "" || en.kb != "" || len(en.mentions) == 0 {
			continue
		}
		first := en.mentions[0]
		for _, m := range en.mentions {
			if r.mentions[m].first < r.mentions[first].first {
				first = m
			}
		}
		if c := r.onlyCountry(r.toks[r.mentions[first].first].sent); c != "" {
			en.country, en.rule = c, "country.sentence"
		}
	}
}

// onlyCountry returns the country that a sentence names if it names one only.
func (r *reading) onlyCountry(sent int) string {
	only := ""
	for i := r.sents[sent].first; i < r.sents[sent].end; i++ {
		c := r.placeAt(i)
		if c == "" || c == only {
			continue
		}
		if only != "" {
			return ""
		}
		only = c
	}
	if r.kb.Country(only) == nil {
		return ""
	}
	return only
}

// keyed gives every name that the knowledge base does not know the id that it has
// in any article, language and script, and a person's name its Latin form.
func (r *reading) keyed() {
	for e := range r.ents {
		en := &r.ents[e]
		if len(en.mentions) == 0 || !slices.ContainsFunc(en.mentions, func(i int) bool { return r.mentions[i].form == letopis.FormName }) {
			continue
		}
		if en.kb != "" {
			continue
		}
		name := trimMarks(en.name)
		if en.typ == letopis.Person && en.latin == "" {
			en.latin = r.kb.Romanize(name, r.lex.lang)
		}
		if k := r.kb.Key(name, r.lex.lang); k != "" {
			en.id = strings.ToLower(string(en.typ)) + "/" + k
		}
	}
}

// nominative gives actors that only phrases name their dictionary form where the
// language has cases: "пресс-служба Кремля", of "пресс-службе Кремля". What
// depends on the head stays; a phrase with a modifier that lemmas cannot make agree
// (they are masculine) stays as it is.
func (r *reading) nominative() {
	if !r.lex.has(trCases) {
		return
	}
	for e := range r.ents {
		en := &r.ents[e]
		if len(en.mentions) == 0 {
			continue
		}
		m := &r.mentions[en.mentions[0]]
		if m.form != letopis.FormNominal || r.text[r.toks[m.first].Start:r.toks[m.last].End] != en.name {
			continue
		}
		c := r.chunkOf(m.first)
		if c == nil || c.head < m.first || c.head > m.last {
			continue
		}
		if base := r.baseOf(m.first, c.head); base != "" {
			en.name = base + r.text[r.toks[c.head].End:r.toks[m.last].End]
		}
	}
}

// baseOf returns the dictionary form of modifiers and their head, or "".
func (r *reading) baseOf(first, head int) string {
	h := &r.toks[head]
	if cs := h.feats.Get("Case"); cs == "" || cs == "Nom" || h.feats.Get("Number") == "Plur" || h.name >= 0 || h.lemma == "" ||
		first < head && h.feats.Get("Gender") != "Masc" {
		return ""
	}
	var b strings.Builder
	for i := first; i <= head; i++ {
		t := &r.toks[i]
		if i < head && (t.upos != "ADJ" && t.upos != "DET" || t.lemma == "") {
			return ""
		}
		if i > first {
			b.WriteString(r.text[r.toks[i-1].End:t.Start])
		}
		if t.capital() {
			b.WriteString(titled(t.lemma))
		} else {
			b.WriteString(t.lemma)
		}
	}
	return b.String()
}
