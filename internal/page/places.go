package page

import (
	"strings"

	"letopis"
)

// SceneIn returns the country that the sentence of word k says something happens in
// ("в Турция"), the nearest one to k, or else an earlier sentence of the paragraph;
// or "".
func (pg *Page) SceneIn(k int) string { return pg.sceneIn(k, false) }

// HostIn is SceneIn without cities and regions: who meets in France may meet the French, who
// meets in Cannes has only come together there.
func (pg *Page) HostIn(k int) string { return pg.sceneIn(k, true) }

// sceneIn answers SceneIn, and HostIn where cities and regions are left out.
func (pg *Page) sceneIn(k int, hosts bool) string {
	for si := pg.Words[k].Sent; si >= 0 && pg.Sentences[si].Para == pg.Sentences[pg.Words[k].Sent].Para && pg.Words[k].Sent-si < 3; si-- {
		best, at := "", 1<<30
		for i := pg.Sentences[si].First + 1; i < pg.Sentences[si].End; i++ {
			n := pg.Words[i].Name
			if n < 0 || pg.Names[n].First != i || pg.Names[n].Type != letopis.Location || pg.KB.Country(pg.Names[n].Country) == nil || hosts && pg.IsPlace(n) {
				continue
			}
			if pg.Words[i-1].Is(In) && pg.SaysWhere(i, i-1) && !pg.PlaceOfOffice(i) && Distance(i, k) < at {
				best, at = pg.Names[n].Country, Distance(i, k)
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

// IsPlace reports whether name n is that of a place that is no country and no capital: nobody
// says Munich for the government of Germany.
func (pg *Page) IsPlace(n int) bool { return strings.HasPrefix(pg.Names[n].Kb, "place/") }

// IsVenue reports whether name n says only where: a city or region behind "in", alone or beside
// others ("в Кан и Ница").
func (pg *Page) IsVenue(n int) bool {
	if !pg.IsPlace(n) {
		return false
	}
	i := pg.Names[n].First
	if pg.behindIn(i) {
		return true
	}
	for range MaxDepth {
		h := pg.Words[i].Head
		if h < 0 || !pg.Words[i].Rel("conj") || pg.Words[h].Name < 0 {
			return false
		}
		if i = h; pg.behindIn(i) {
			return true
		}
	}
	return false
}

// behindIn reports whether word i stands behind a preposition that says where, and not where to.
func (pg *Page) behindIn(i int) bool {
	p := pg.Adposition(i)
	if p < 0 && i > pg.Sentences[pg.Words[i].Sent].First && pg.Words[i-1].UPOS == "ADP" {
		p = i - 1
	}
	return p >= 0 && pg.SaysWhere(i, p) && !(pg.Lex.Has(Cases) && pg.Words[i].Feats.Get("Case") == "Acc")
}

// PlaceOfOffice reports whether the place at word i tells of an office where it is: "посланикът в Китай".
func (pg *Page) PlaceOfOffice(i int) bool {
	h := pg.Words[i].Head
	return h >= 0 && (pg.IsOffice(h) || i > 1 && pg.IsOffice(i-2))
}

// Scene returns the country where something happens to people of no stated
// country: the last one named in the paragraph up to word k, else the one that the
// article names most.
func (pg *Page) Scene(k int) string {
	s := pg.Words[k].Sent
	for i := k; i >= 0 && pg.Sentences[pg.Words[i].Sent].Para == pg.Sentences[s].Para && s-pg.Words[i].Sent < 2; i-- {
		if c := pg.placeAt(i); c != "" {
			return c
		}
	}
	return pg.MainCountry
}

// placeAt returns the country that word i names, by name or adjective.
func (pg *Page) placeAt(i int) string {
	if n := pg.Words[i].Name; n >= 0 && pg.Names[n].Type == letopis.Location {
		return pg.Names[n].Country
	}
	return pg.AdjectiveCountry(i)
}

// countMain finds the country that the article names most, the first of equals.
func (pg *Page) countMain() {
	count, order := map[string]int{}, []string{}
	for i := range pg.Words {
		if n := pg.Words[i].Name; n >= 0 && pg.Names[n].First != i {
			continue
		}
		if c := pg.placeAt(i); len(c) == 3 && c != "IGO" && c != "EUR" {
			if count[c] == 0 {
				order = append(order, c)
			}
			count[c]++
		}
	}
	for _, c := range order {
		if pg.MainCountry == "" || count[c] > count[pg.MainCountry] {
			pg.MainCountry = c
		}
	}
}

// SaysWhere reports whether the phrase of head c with the preposition adp says where:
// "в Берлине", "на Украине", "in Berlin".
func (pg *Page) SaysWhere(c, adp int) bool {
	if !pg.Words[adp].Is(Toward) {
		return pg.Words[adp].Is(In)
	}
	return pg.Lex.Has(Cases) && pg.Words[c].Feats.Get("Case") == "Loc"
}

// CountryIn returns the country that words i to j stand for: an adjective's
// ("руският посланик"), else a name's that no "in" governs ("посланик в Китай").
func (pg *Page) CountryIn(i, j int) string {
	for k := i; k < j; k++ {
		if c := pg.AdjectiveCountry(k); c != "" {
			return c
		}
	}
	for k := i; k < j; k++ {
		if n := pg.Words[k].Name; n >= 0 && pg.Names[n].Country != "" {
			if k > 0 && pg.Words[k-1].Is(In) && !pg.Words[k-1].Is(GenPrep) && k > i {
				continue
			}
			return pg.Names[n].Country
		}
		if m := pg.KnownAt(k); m != nil && m.Country != "" {
			return m.Country
		}
	}
	return ""
}

// OnlyCountry returns the country that a sentence names if it names one only.
func (pg *Page) OnlyCountry(sent int) string {
	only := ""
	for i := pg.Sentences[sent].First; i < pg.Sentences[sent].End; i++ {
		c := pg.placeAt(i)
		if c == "" || c == only {
			continue
		}
		if only != "" {
			return ""
		}
		only = c
	}
	if pg.KB.Country(only) == nil {
		return ""
	}
	return only
}
