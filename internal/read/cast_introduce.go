package read

import "letopis"

// This file is the only one in which the cast grows after its names are joined: somebody enters
// who stands in the text by office, function, adjective or pronoun alone.

// introduce returns the entity that phrase ci stands for and notes that it is spoken of
// there; somebody who is only described enters. It returns -1 for nobody.
func (r *cast) introduce(ci int, told []stmt) int {
	if ci < 0 {
		return -1
	}
	if e, ok := r.nominal[ci]; ok {
		return e
	}
	c := &r.Phrases[ci]
	f := r.find(ci, told)
	if f.open != nil {
		f.ent = r.open(*f.open, f.key)
	}
	if f.ent >= 0 {
		switch f.form {
		case letopis.FormPronoun:
			r.meet(f.ent, mention{first: c.Head, last: c.Head, form: f.form})
		case letopis.FormNominal:
			r.meet(f.ent, mention{first: c.First, last: c.End - 1, form: f.form})
		}
	}
	r.nominal[ci] = f.ent
	return f.ent
}

// introducePronoun returns the entity that the pronoun at token i stands for and notes it there, or -1.
func (r *cast) introducePronoun(i int, told []stmt) int {
	e := r.antecedent(i, told)
	if e >= 0 {
		r.meet(e, mention{first: i, last: i, form: letopis.FormPronoun})
	}
	return e
}

// introduceState notes that the word at token i stands for a country; one not spoken of
// before enters.
func (r *cast) introduceState(country string, i int) {
	if r.state(country) >= 0 {
		return
	}
	name := r.KB.CountryName(country, r.Lex.Lang)
	if name == "" {
		name = country
	}
	id := "country/" + country
	e := r.open(entity{typ: letopis.Location, name: name, kb: id, country: country, key: nameKey(name), rule: "country.adjective"}, "kb "+id)
	r.meet(e, mention{first: i, last: i, form: letopis.FormNominal, country: country})
}

// open adds an entity to the cast under a key.
func (r *cast) open(en entity, key string) int {
	r.ents = append(r.ents, en)
	r.index[key] = len(r.ents) - 1
	return len(r.ents) - 1
}

// meet notes a mention of an entity.
func (r *cast) meet(e int, m mention) {
	m.ent = e
	r.mentions = append(r.mentions, m)
	r.ents[e].mentions = append(r.ents[e].mentions, len(r.mentions)-1)
	r.weighGender(&r.ents[e], &m)
}

// What the gender of an office before a name weighs beside that of a word of the name: a masculine one
// ("министърът") is said of women too.
const (
	mascOffice = 1
	femOffice  = 2
)

// weighGender counts the grammatical gender of the words of a mention, and of the office before a name.
func (r *cast) weighGender(en *entity, m *mention) {
	if m.form == letopis.FormPronoun {
		return
	}
	g := &en.named
	if m.form == letopis.FormNominal {
		g = &en.told
	}
	count := func(i, masc, fem int) {
		switch r.Words[i].Feats.Get("Gender") {
		case "Masc":
			g.masc += masc
		case "Fem":
			g.fem += fem
		}
	}
	for k := m.first; k <= m.last; k++ {
		count(k, 1, 1)
	}
	if c := r.PhraseOf(m.first); m.form == letopis.FormNominal && c != nil && r.Words[c.Head].Feats.Get("Number") == "Plur" {
		en.many = true
	}
	if ci := r.PhraseAt[m.first]; ci >= 0 && r.Phrases[ci].Head < m.first {
		count(r.Phrases[ci].Head, mascOffice, femOffice)
	}
}

// introduceActors lets enter, before events are told, who acts in the sentences of these proposals
// by adjective or office alone: "руският посланик" is the ambassador, and Russia.
func (r *cast) introduceActors(all []proposal, told []stmt) {
	done := make([]bool, len(r.Sentences))
	for _, p := range all {
		si := r.Words[p.at].Sent
		if done[si] {
			continue
		}
		done[si] = true
		for i := r.Sentences[si].First; i < r.Sentences[si].End; i++ {
			if ci := r.PhraseAt[i]; ci >= 0 && r.Phrases[ci].First == i && r.actsInOffice(ci) {
				r.introduce(ci, told)
			}
			if ct := r.AdjectiveCountry(i); ct != "" && (r.Words[i].Name < 0 || r.Words[i].Rel("amod", "det", "compound", "flat", "appos", "nummod")) {
				r.introduceState(ct, i)
			}
		}
	}
}

// actsInOffice reports whether phrase ci speaks of one who holds an office of a country that it tells.
func (r *cast) actsInOffice(ci int) bool {
	c := &r.Phrases[ci]
	return !c.Pron && r.Words[c.Head].Name < 0 && r.HoldsOffice(c) && !r.IsBody(c.Head) && r.Words[c.Head].Feats.Get("Number") != "Plur" &&
		r.CountryIn(c.First, c.End) != "" && r.namedBeside(c.Head) < 0
}

// offices lets enter the actors that stand in the text by office or function alone and
// that no statement and no event has asked for: "президентът на Перу", "a Polish
// diplomat". What has neither a country nor a holder in the article stays unsaid.
func (r *cast) offices(told []stmt) {
	said := make([]bool, len(r.Words))
	for i := range r.mentions {
		if m := &r.mentions[i]; m.form == letopis.FormNominal {
			said[m.first], said[m.last] = true, true
			if c := r.PhraseOf(m.first); c != nil && c.Head >= m.first && c.Head <= m.last {
				said[c.Head] = true
			}
		}
	}
	for i := range r.Words {
		if said[i] || r.Words[i].Name >= 0 || !r.IsOffice(i) && r.Words[i].Feats.Get("Animacy") != "Anim" {
			continue
		}
		if ci := r.PhraseHeadedBy(i); ci >= 0 && r.tellsWho(ci) {
			r.introduce(ci, told)
		}
	}
}

// tellsWho reports whether a phrase that nobody has asked for says who it speaks of: by a country, or
// as the office of one whom the article names.
func (r *cast) tellsWho(ci int) bool {
	c := &r.Phrases[ci]
	if _, asked := r.nominal[ci]; asked || c.Name >= 0 && r.Names[c.Name].Type == letopis.Person {
		return false // the person's office
	}
	return r.CountryIn(c.First, c.End) != "" || r.IsSingleOffice(c) && r.holderOf(c, "") >= 0
}
