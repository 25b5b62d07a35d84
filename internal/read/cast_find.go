package read

import (
	"letopis/internal/page"
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
func (r *cast) find(ci int, told []stmt) found {
	if ci < 0 {
		return nobody
	}
	if e, ok := r.nominal[ci]; ok {
		return found{ent: e}
	}
	c := &r.Phrases[ci]
	if c.Name >= 0 {
		n := &r.Names[c.Name]
		if n.Type == letopis.Person || c.Head >= n.First && c.Head <= n.Last {
			return found{ent: r.mentions[c.Name].ent}
		}
	}
	h := &r.Words[c.Head]
	if c.Pron || h.Is(page.Masc|page.Fem|page.Plur) && c.End == c.First+1 {
		return found{ent: r.antecedent(c.Head, told), form: letopis.FormPronoun}
	}
	if h.Is(page.DocNoun) {
		if e := r.docOwner(c, told); e >= 0 {
			return found{ent: e}
		}
	}
	country := r.CountryIn(c.First, c.End)
	if (r.HoldsOffice(c) || h.Is(page.Kin)) && !r.IsBody(c.Head) {
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
func (r *cast) described(c *page.Phrase, country string) found {
	text := r.TextOf(c.First, c.End)
	key := strings.ToLower(text)
	if e, ok := r.index["phrase "+key]; ok {
		return found{ent: e, form: letopis.FormNominal}
	}
	if country == "" {
		country = r.homeOf(c)
	}
	typ := letopis.Person
	if r.IsBody(c.Head) {
		typ = letopis.Organisation
	}
	en := &entity{typ: typ, name: text, country: country, key: key, offices: []string{r.headKey(c.Head)}}
	if r.HoldsOffice(c) {
		en.roles = []letopis.Post{{Text: text, Sector: r.Sector(c.Head)}}
	}
	return found{ent: -1, form: letopis.FormNominal, open: en, key: "phrase " + key}
}

// heldBy returns the only person who, as the knowledge base has it, held the office of phrase c
// in the country on the article's day. "The Russian president" is another man in 2010 than in
// 2020; the entity's rule is the ground.
func (r *cast) heldBy(c *page.Phrase, country string) found {
	when := string(r.Published.Value)
	if country == "" || when == "" || !r.IsSingleOffice(c) || r.IsFormer(c.First, c.End) {
		return nobody
	}
	m := r.KnownAt(c.Head)
	terms := r.KB.OfficeHolder(m.ID, country, when)
	if len(terms) != 1 {
		return nobody // nobody known, or a change of holders in that time
	}
	id := "person/" + terms[0].Person
	if e, ok := r.index["kb "+id]; ok {
		return found{ent: e, form: letopis.FormNominal}
	}
	text := r.TextOf(c.First, c.End)
	return found{ent: -1, form: letopis.FormNominal, key: "kb " + id, open: &entity{typ: letopis.Person, name: text, latin: r.KB.Name(id, "en"), kb: id, country: country, key: strings.ToLower(text),
		offices: []string{m.ID}, roles: []letopis.Post{{Text: text, Sector: r.Sector(c.Head)}}, rule: "kb.holder"}}
}

// holderOf returns the person met so far who holds the office of phrase c, or -1. A
// former office is held by whom the article calls so.
func (r *cast) holderOf(c *page.Phrase, country string) int {
	key, lemma := r.headKey(c.Head), strings.ToLower(r.Words[c.Head].Lemma)
	former := r.IsFormer(c.First, c.End)
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
		if at := r.lastMentionBefore(e, c.First); at > bestAt {
			best, bestAt = e, at
		}
	}
	return best
}

// lastMentionBefore returns the token of the entity's last mention before token i,
// or 0 where all come later: a headline or lead may name the office first.
func (r *cast) lastMentionBefore(e, i int) int {
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
func (r *cast) antecedent(i int, told []stmt) int {
	t := &r.Words[i]
	want := ""
	switch {
	case t.Is(page.Masc):
		want = "Masc"
	case t.Is(page.Fem):
		want = "Fem"
	}
	plural := t.Is(page.Plur) && !t.Is(page.Masc|page.Fem)
	// The last speaker in the paragraph is the likeliest.
	for k := len(told) - 1; k >= 0; k-- {
		s := &told[k]
		if s.first < i && s.ent >= 0 && s.mention[0] < i && t.Sent-r.Words[s.mention[0]].Sent <= pronounReach && r.agrees(s.ent, want, plural) {
			return s.ent
		}
	}
	for k := i - 1; k >= 0 && t.Sent-r.Words[k].Sent <= pronounReach; k-- {
		n := r.Words[k].Name
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
func (r *cast) agrees(e int, gender string, plural bool) bool {
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
func (r *cast) docOwner(c *page.Phrase, told []stmt) int {
	for k := c.Head + 1; k < c.End; k++ {
		if n := r.Words[k].Name; n >= 0 && r.Names[n].Type != letopis.Location {
			return r.mentions[n].ent
		}
	}
	if c.End-c.First > 2 {
		return -1
	}
	for k := len(told) - 1; k >= 0; k-- {
		if s := &told[k]; s.ent >= 0 && s.first < c.First && r.Words[c.First].Sent-r.Words[s.first].Sent <= documentReach {
			return s.ent
		}
	}
	return -1
}

// homeOf concludes the country of a phrase from the person it relates to
// ("съпругът на Биби").
func (r *cast) homeOf(c *page.Phrase) string {
	for k := c.First; k < c.End; k++ {
		if n := r.Words[k].Name; n >= 0 {
			if ct := r.ents[r.mentions[n].ent].country; ct != "" {
				return ct
			}
		}
	}
	return ""
}

// state returns the entity of a country, or -1 where the article has not spoken of it.
func (r *cast) state(country string) int {
	if e, ok := r.index["kb country/"+country]; ok {
		return e
	}
	return -1
}

// namedBeside returns the person whose name stands in apposition to the noun at token
// h, or -1.
func (r *cast) namedBeside(h int) int {
	b := r.Sentences[r.Words[h].Sent]
	for i := h + 1; i < b.End && i < h+25; i++ {
		if r.Words[i].Head != h || !r.Words[i].Rel("appos", "flat", "nmod") || r.Words[i].Name < 0 || r.Adposition(i) >= 0 {
			continue
		}
		e := r.mentions[r.Words[i].Name].ent
		if r.Names[r.Words[i].Name].Type == letopis.Person && r.ents[e].country != "" && r.Words[h].UPOS == "NOUN" {
			return e
		}
	}
	return -1
}

// ofCountry returns the entity e if it has a country, else -1.
func (r *cast) ofCountry(e int) int {
	if e >= 0 && r.ents[e].country != "" {
		return e
	}
	return -1
}

// stateAt returns the country that the adjective at token i tells, as an entity, or -1.
func (r *cast) stateAt(i int) int {
	if c := r.AdjectiveCountry(i); c != "" {
		return r.state(c)
	}
	return -1
}
