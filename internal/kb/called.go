package kb

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
)

// PlacesCalled returns what places are called so in any language, or have this id, as
// entries name what their place is and lies in (letopis.Entry.Places): the id of a city or
// region, a unit with its ISO 3166-2 code, the code of a country. Nothing is nil.
func (k *KB) PlacesCalled(name string) []string {
	if keys := k.placeOfID(name); keys != nil {
		return keys
	}
	words := strings.Fields(name)
	keys := k.placesOfWords(words)
	if keys == nil {
		for i, w := range words { // who asks need not write capitals
			r, n := utf8.DecodeRuneInString(w)
			words[i] = string(unicode.ToUpper(r)) + w[n:]
		}
		keys = k.placesOfWords(words)
	}
	if keys == nil {
		keys = k.keysOfPlace(name)
	}
	return keys
}

// placeOfID returns the keys of what stands as an id or code: place/odesa, capital/RUS,
// country/UKR, UKR, UA-51.
func (k *KB) placeOfID(id string) []string {
	kind, code, ok := strings.Cut(id, "/")
	switch {
	case !ok && k.Country(id) != nil:
		return []string{id}
	case kind == "country" && k.Country(code) != nil:
		return []string{code, id}
	case kind == "capital" && k.Country(code) != nil:
		return []string{id}
	case kind == "place":
		return k.keysOfPlace(code)
	}
	if letters, _, ok := strings.Cut(id, "-"); ok && letopis.IsUnit(id) && k.alpha2(letters) {
		return []string{id}
	}
	return nil
}

// alpha2 reports whether a country has these two letters.
func (k *KB) alpha2(letters string) bool {
	return slices.ContainsFunc(k.Countries(), func(code string) bool { return k.Country(code).Alpha2 == letters })
}

// keysOfPlace returns the keys of a place by its id.
func (k *KB) keysOfPlace(id string) []string {
	p := k.Place(id)
	switch {
	case p == nil:
		return nil
	case p.Kind == "unit" && p.Unit != "":
		return []string{"place/" + p.ID, p.Unit}
	}
	return []string{"place/" + p.ID}
}

func (k *KB) placesOfWords(words []string) []string {
	toks := make([]Tok, len(words))
	for i, w := range words {
		toks[i].Form = w
	}
	var keys []string
	for _, lang := range k.Langs() {
		for _, m := range k.Match(lang, toks, 0) {
			if m.Last != len(toks)-1 {
				continue
			}
			switch m.Kind {
			case KindCountry:
				keys = append(keys, m.Country)
			case KindCapital:
				keys = append(keys, "capital/"+m.Country)
			case KindPlace:
				keys = append(keys, k.keysOfPlace(last(m.ID))...)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
