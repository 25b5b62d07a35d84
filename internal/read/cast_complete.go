package read

import (
	"letopis/internal/page"
	"slices"
	"strings"

	"letopis"
)

// supposeHome gives an entity a country that the words do not tell; the rule says on what ground.
func (r *cast) supposeHome(e int, country, rule string) {
	r.ents[e].country, r.ents[e].rule = country, rule
}

// homes supposes that a person of no stated country is of the only one that the
// sentence names in which he is first met; the entity's rule says so.
func (r *cast) homes() {
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
		if c := r.OnlyCountry(r.Words[r.mentions[first].first].Sent); c != "" {
			en.country, en.rule = c, "country.sentence"
		}
	}
}

// keyed gives every name that the knowledge base does not know the id that it has
// in any article, language and script, and a person's name its Latin form.
func (r *cast) keyed() {
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
			en.latin = r.KB.Romanize(name, r.Lex.Lang)
		}
		if k := r.KB.Key(name, r.Lex.Lang); k != "" {
			en.id = strings.ToLower(string(en.typ)) + "/" + k
		}
	}
}

// nominative gives actors that only phrases name their dictionary form where the
// language has cases: "пресс-служба Кремля", of "пресс-службе Кремля". What
// depends on the head stays; a phrase with a modifier that lemmas cannot make agree
// (they are masculine) stays as it is.
func (r *cast) nominative() {
	if !r.Lex.Has(page.Cases) {
		return
	}
	for e := range r.ents {
		en := &r.ents[e]
		if len(en.mentions) == 0 {
			continue
		}
		m := &r.mentions[en.mentions[0]]
		if m.form != letopis.FormNominal || r.Text[r.Words[m.first].Start:r.Words[m.last].End] != en.name {
			continue
		}
		c := r.PhraseOf(m.first)
		if c == nil || c.Head < m.first || c.Head > m.last {
			continue
		}
		if base := r.baseOf(m.first, c.Head); base != "" {
			en.name = base + r.Text[r.Words[c.Head].End:r.Words[m.last].End]
		}
	}
}

// baseOf returns the dictionary form of modifiers and their head, or "".
func (r *cast) baseOf(first, head int) string {
	h := &r.Words[head]
	if cs := h.Feats.Get("Case"); cs == "" || cs == "Nom" || h.Feats.Get("Number") == "Plur" || h.Name >= 0 || h.Lemma == "" ||
		first < head && h.Feats.Get("Gender") != "Masc" {
		return ""
	}
	var b strings.Builder
	for i := first; i <= head; i++ {
		t := &r.Words[i]
		if i < head && (t.UPOS != "ADJ" && t.UPOS != "DET" || t.Lemma == "") {
			return ""
		}
		if i > first {
			b.WriteString(r.Text[r.Words[i-1].End:t.Start])
		}
		if t.Capital() {
			b.WriteString(page.Titled(t.Lemma))
		} else {
			b.WriteString(t.Lemma)
		}
	}
	return b.String()
}
