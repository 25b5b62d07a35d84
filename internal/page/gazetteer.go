package page

import (
	"math"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/kb"
)

// This file decides which of several places a name means, and whether a name that the gazetteer
// has only by rule means one at all: the unit told beside it ("Paris, Texas"), the countries and
// places that the article tells of, how big it is.

// sites makes places of persons' names that streets, airports and the like bear: behind their
// noun ("улица Иван Вазов", "аэропорт имени Кеннеди"), where compounds are said before it ("Kennedy Airport").
func (pg *Page) sites() {
	for i := range pg.Names {
		n := &pg.Names[i]
		if n.Type == letopis.Person && pg.namesSite(n) {
			n.Type, n.Kb, n.Country = letopis.Location, "", ""
		}
	}
}

func (pg *Page) namesSite(n *Name) bool {
	if pg.Lex.Has(Compounds) {
		k := n.Last + 1
		return k < len(pg.Words) && pg.Words[k].Sent == pg.Words[n.First].Sent && pg.Words[k].Is(Site) && pg.Words[k].Capital()
	}
	s := pg.Sentences[pg.Words[n.First].Sent]
	i := n.First - 1
	if i > s.First && !pg.Words[i].Is(Site) && (pg.Words[i].Punct() || pg.Words[i].UPOS == "NOUN" && pg.Words[i-1].End < pg.Words[i].Start && !pg.IsOffice(i) && !pg.Words[i].Is(Kin)) && pg.Words[i].Form != "," {
		i-- // a quotation mark, a full stop behind an abbreviation, "of the name"
	}
	return i >= s.First && pg.Words[i].Is(Site)
}

// placed are the places that a name may mean.
type placed struct {
	name int // index in Names
	may  []kb.Match
}

// maxPlaces bounds the places that are weighed for one name.
const maxPlaces = 40

// placesOf groups the places that were met by the names they are the whole of.
func (pg *Page) placesOf(met []kb.Match) []placed {
	var out []placed
	for _, m := range met {
		n := pg.Words[m.First].Name
		if n < 0 || pg.Names[n].First != m.First || pg.Names[n].Last != m.Last || pg.Names[n].Type != letopis.Location {
			continue
		}
		if k := len(out) - 1; k >= 0 && out[k].name == n {
			if len(out[k].may) < maxPlaces {
				out[k].may = append(out[k].may, m)
			}
			continue
		}
		out = append(out, placed{n, []kb.Match{m}})
	}
	return out
}

// settlePlaces gives names of places their meaning.
func (pg *Page) settlePlaces(met []kb.Match) {
	all := pg.placesOf(met)
	if len(all) == 0 {
		return
	}
	told := pg.toldCountries()
	var sure []*kb.Place
	for i := range pg.Names {
		if p := pg.KB.Place(pg.Names[i].Kb); p != nil && pg.IsPlace(i) {
			sure = append(sure, p)
		}
	}
	for i := range all {
		x := &all[i]
		n := &pg.Names[x.name]
		if m := pg.besideUnit(x, all); m != nil {
			n.Kb, n.Country, n.Base = m.ID, m.Country, m.Base
			continue
		}
		if n.Kb != "" {
			if m := pg.unitInstead(x, told); m != nil {
				n.Kb, n.Country, n.Base = m.ID, m.Country, m.Base
			}
			continue
		}
		if m := pg.likeliest(x, told, sure); m != nil {
			n.Kb, n.Country, n.Base = m.ID, m.Country, m.Base
		}
	}
}

// toldCountries are the countries that the article names, by name, adjective or a place surely known.
func (pg *Page) toldCountries() map[string]bool {
	told := map[string]bool{}
	for i := range pg.Words {
		if c := pg.placeAt(i); c != "" {
			told[c] = true
		}
	}
	return told
}

// besideUnit returns the place that the unit or country told right after it, or for a unit the
// city right before it, says that a name means; or nil.
func (pg *Page) besideUnit(x *placed, all []placed) *kb.Match {
	n := &pg.Names[x.name]
	if after := pg.nameBeside(n.Last, 1); after >= 0 {
		units := pg.unitsOf(after, all)
		for i := range x.may {
			p := pg.KB.Place(x.may[i].ID)
			if p != nil && p.Kind == "city" && (p.Unit != "" && slices.Contains(units, p.Unit) || n.Kb == "" && slices.Contains(units, p.Country)) {
				return &x.may[i]
			}
		}
	}
	if before := pg.nameBeside(n.First, -1); before >= 0 {
		for i := range x.may {
			p := pg.KB.Place(x.may[i].ID)
			if p != nil && p.Kind == "unit" && p.Unit != "" && pg.liesIn(before, p.Unit, all) {
				return &x.may[i]
			}
		}
	}
	return nil
}

// unitInstead returns the unit that a name means which is that of a country too, where the article
// tells of the unit's country and has no other word for the other: Georgia among American names.
func (pg *Page) unitInstead(x *placed, told map[string]bool) *kb.Match {
	n := &pg.Names[x.name]
	if !strings.HasPrefix(n.Kb, "country/") {
		return nil
	}
	for i := range x.may {
		p := pg.KB.Place(x.may[i].ID)
		if p == nil || p.Kind != "unit" || !p.Named || !told[p.Country] || p.Country == n.Country {
			continue
		}
		for w := range pg.Words {
			if pg.placeAt(w) == n.Country && !strings.EqualFold(pg.Words[w].Form, pg.Words[n.First].Form) {
				return nil
			}
		}
		return &x.may[i]
	}
	return nil
}

// nameBeside returns the name that a comma or bracket parts from word i, after it or before it; or -1.
func (pg *Page) nameBeside(i, step int) int {
	in := func(k int) bool { return k >= 0 && k < len(pg.Words) && pg.Words[k].Sent == pg.Words[i].Sent }
	j, k := i+step, i+2*step
	if in(j) && step < 0 && pg.Words[j].UPOS == "NOUN" && !pg.Words[j].Capital() {
		j, k = j+step, k+step // ", штат Техас"
	}
	if !in(k) || pg.Words[j].Form != "," && pg.Words[j].Form != "(" {
		return -1
	}
	if pg.Words[k].Name < 0 && step > 0 && in(k+1) && pg.Words[k].UPOS == "NOUN" {
		k++
	}
	return pg.Words[k].Name
}

// unitsOf are the codes of the units and countries that a name may mean.
func (pg *Page) unitsOf(name int, all []placed) []string {
	var out []string
	n := &pg.Names[name]
	if strings.HasPrefix(n.Kb, "country/") {
		out = append(out, n.Country)
	}
	for i := range all {
		if all[i].name != name {
			continue
		}
		for _, m := range all[i].may {
			if p := pg.KB.Place(m.ID); p != nil && p.Kind == "unit" && p.Unit != "" {
				out = append(out, p.Unit)
			}
		}
	}
	return out
}

// liesIn reports whether a name may mean a city of a unit.
func (pg *Page) liesIn(name int, unit string, all []placed) bool {
	for i := range all {
		if all[i].name != name {
			continue
		}
		for _, m := range all[i].may {
			if p := pg.KB.Place(m.ID); p != nil && p.Kind == "city" && p.Unit == unit {
				return true
			}
		}
	}
	return false
}

// near is how far apart in degrees places are that news tells of together.
const near = 3.0

// likeliest returns the place that a name most likely means, or nil where nothing speaks for any: a
// town needs its country told or a place near it, only a big city is known without.
func (pg *Page) likeliest(x *placed, told map[string]bool, sure []*kb.Place) *kb.Match {
	var best *kb.Match
	most := 0
	for i := range x.may {
		m := &x.may[i]
		p := pg.KB.Place(m.ID)
		if p == nil {
			continue
		}
		score := p.Size
		if p.Named {
			score += 3
		}
		backed := p.Named && p.Kind != "city" || p.Size >= bigCity || p.Size == bigCity-1 && len(x.may) == 1
		if told[p.Country] {
			score += 6
			backed = true
		}
		if p.Lat != 0 && slices.ContainsFunc(sure, func(o *kb.Place) bool {
			return o.Lat != 0 && math.Abs(o.Lat-p.Lat) < near && math.Abs(o.Lon-p.Lon) < near
		}) {
			score += 3
			backed = true
		}
		if backed && score > most {
			best, most = m, score
		}
	}
	return best
}

// bigCity is the size of a city that needs no other evidence: 300,000 people, or a third of that where no other
// place is called so.
const bigCity = 4
