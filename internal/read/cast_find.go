package read

import (
	"slices"
	"strings"

	"letopis"
)

// This file asks who a phrase or pronoun stands for. Nothing here changes the cast: who asks
// first, and how often, makes no difference.

// found is who a phrase stands for.
type found struct {
	ent  int          // -1 for nobody that the article has spoken of
	form letopis.Form // how the phrase speaks of it; empty where it does so by a name
	open *entity      // somebody who enters with this phrase, where ent is -1; else nil
	key  string       // under which it is to be found again
}

// nobody is what a phrase stands for that names no actor.
var nobody = found{ent: -1}

// find returns who phrase ci stands for: the person or body it names, the holder of its
// office, the last fitting person for a pronoun; told are the statements before it. An office or
// group that is only described is somebody to be introduced.
func (r *reading) find(ci int, told []stmt) found {
	if ci < 0 {
		return nobody
	}
	if e, ok := r.nominal[ci]; ok {
		return found{ent: e}
	}
	c := &r.chunks[ci]
	if c.name >= 0 {
		n := &r.names[c.name]
		if n.typ == letopis.Person || c.head >= n.first && c.head <= n.last {
			return found{ent: r.mentions[c.name].ent}
		}
	}
	h := &r.toks[c.head]
	if c.pron || h.is(clMasc|clFem|clPlur) && c.end == c.first+1 {
		return found{ent: r.antecedent(c.head, told), form: letopis.FormPronoun}
	}
	if h.is(clDocNoun) {
		if e := r.docOwner(c, told); e >= 0 {
			return found{ent: e}
		}
	}
	country := r.countryIn(c.first, c.end)
	if (r.office(c) || h.is(clKin)) && !r.bodyNoun(c.head) {
		if e := r.holderOf(c, country); e >= 0 {
			return found{ent: e, form: letopis.FormNominal}
		}
		if f := r.heldBy(c, country); f.ent >= 0 || f.open != nil {
			return f
		}
	}
	return r.described(c, country)
}

// described returns who a phrase describes that nobody met so far is: the one of the same words,
// or somebody new.
func (r *reading) described(c *chunk, country string) found {
	text := r.words(c.first, c.end)
	key := strings.ToLower(text)
	if e, ok := r.index["phrase "+key]; ok {
		return found{ent: e, form: letopis.FormNominal}
	}
	if country == "" {
		country = r.homeOf(c)
	}
	typ := letopis.Person
	if r.bodyNoun(c.head) {
		typ = letopis.Organisation
	}
	en := &entity{typ: typ, name: text, country: country, key: key, offices: []string{r.headKey(c.head)}}
	if r.office(c) {
		en.roles = []letopis.Post{{Text: text, Sector: r.sector(c.head)}}
	}
	return found{ent: -1, form: letopis.FormNominal, open: en, key: "phrase " + key}
}

// heldBy returns the only person who, as the knowledge base has it, held the office of phrase c
// in the country on the article's day. "The Russian president" is another man in 2010 than in
// 2020; the entity's rule is the ground.
func (r *reading) heldBy(c *chunk, country string) found {
	when := string(r.published.Value)
	if country == "" || when == "" || !r.single(c) || r.former(c.first, c.end) {
		return nobody
	}
	m := r.knownAt(c.head)
	terms := r.kb.OfficeHolder(m.ID, country, when)
	if len(terms) != 1 {
		return nobody // nobody known, or a change of holders in that time
	}
	id := "person/" + terms[0].Person
	if e, ok := r.index["kb "+id]; ok {
		return found{ent: e, form: letopis.FormNominal}
	}
	text := r.words(c.first, c.end)
	return found{ent: -1, form: letopis.FormNominal, key: "kb " + id, open: &entity{typ: letopis.Person, name: text, latin: r.kb.Name(id, "en"), kb: id, country: country, key: strings.ToLower(text),
		offices: []string{m.ID}, roles: []letopis.Post{{Text: text, Sector: r.sector(c.head)}}, rule: "kb.holder"}}
}

// holderOf returns the person met so far who holds the office of phrase c, or -1. A
// former office is held by whom the article calls so.
func (r *reading) holderOf(c *chunk, country string) int {
	key, lemma := r.headKey(c.head), strings.ToLower(r.toks[c.head].lemma)
	former := r.former(c.first, c.end)
	best, bestAt := -1, -1
	for e := range r.ents {
		en := &r.ents[e]
		if en.typ != letopis.Person || len(en.mentions) == 0 || country != "" && en.country != "" && country != en.country {
			continue
		}
		same := !former && slices.Contains(en.offices, key) || slices.ContainsFunc(en.roles, func(p letopis.Post) bool {
			// "министърът" of the foreign minister
			return p.Former == former && lemma != "" && strings.Contains(strings.ToLower(p.Text), lemma)
		})
		if !same {
			continue
		}
		if at := r.lastMentionBefore(e, c.first); at > bestAt {
			best, bestAt = e, at
		}
	}
	return best
}

// lastMentionBefore returns the token of the entity's last mention before token i,
// or 0 where all come later: a headline or lead may name the office first.
func (r *reading) lastMentionBefore(e, i int) int {
	at := -1
	for _, m := range r.ents[e].mentions {
		if f := r.mentions[m].first; f < i && f > at {
			at = f
		}
	}
	return max(at, 0)
}

// Bounds of the sentences back from a pronoun or document to whom it stands for.
const (
	pronounReach  = 3
	documentReach = 4
)

// antecedent returns the person that a third-person pronoun at token i stands
// for: the last speaker or person named that agrees with it, or -1.
func (r *reading) antecedent(i int, told []stmt) int {
	t := &r.toks[i]
	want := ""
	switch {
	case t.is(clMasc):
		want = "Masc"
	case t.is(clFem):
		want = "Fem"
	}
	plural := t.is(clPlur) && !t.is(clMasc|clFem)
	// The last speaker in the paragraph is the likeliest.
	for k := len(told) - 1; k >= 0; k-- {
		s := &told[k]
		if s.first < i && s.ent >= 0 && s.mention[0] < i && t.sent-r.toks[s.mention[0]].sent <= pronounReach && r.agrees(s.ent, want, plural) {
			return s.ent
		}
	}
	for k := i - 1; k >= 0 && t.sent-r.toks[k].sent <= pronounReach; k-- {
		n := r.toks[k].name
		if n < 0 {
			continue
		}
		if e := r.mentions[n].ent; r.ents[e].typ == letopis.Person && r.agrees(e, want, plural) {
			return e
		}
	}
	return -1
}

// agrees reports whether a pronoun of a gender or number can stand for an entity.
func (r *reading) agrees(e int, gender string, plural bool) bool {
	en := &r.ents[e]
	g := en.gender()
	if plural {
		return en.typ != letopis.Person || en.many || g == ""
	}
	return gender == "" || g == "" || g == gender
}

// gender returns the grammatical gender of a person, as most of its mentions have it, or "".
func (en *entity) gender() string {
	g := en.named
	if g.masc == g.fem {
		g = en.told
	}
	switch {
	case g.masc > g.fem:
		return "Masc"
	case g.fem > g.masc:
		return "Fem"
	}
	return ""
}

// docOwner returns the entity that a document speaks for: "изявление на
// Агенцията" its author, "изявлението" the last speaker.
func (r *reading) docOwner(c *chunk, told []stmt) int {
	for k := c.head + 1; k < c.end; k++ {
		if n := r.toks[k].name; n >= 0 && r.names[n].typ != letopis.Location {
			return r.mentions[n].ent
		}
	}
	if c.end-c.first > 2 {
		return -1
	}
	for k := len(told) - 1; k >= 0; k-- {
		if s := &told[k]; s.ent >= 0 && s.first < c.first && r.toks[c.first].sent-r.toks[s.first].sent <= documentReach {
			return s.ent
		}
	}
	return -1
}

// homeOf concludes the country of a phrase from the person it relates to
// ("съпругът на Биби").
func (r *reading) homeOf(c *chunk) string {
	for k := c.first; k < c.end; k++ {
		if n := r.toks[k].name; n >= 0 {
			if ct := r.ents[r.mentions[n].ent].country; ct != "" {
				return ct
			}
		}
	}
	return ""
}

// state returns the entity of a country, or -1 where the article has not spoken of it.
func (r *reading) state(country string) int {
	if e, ok := r.index["kb country/"+country]; ok {
		return e
	}
	return -1
}
