package kb

import (
	"strings"
)

// Place is a place that is no country and no capital: a city, a first-level unit of a
// state, a region, a water, or a territory that more than one state claims.
type Place struct {
	ID       string
	Kind     string   // city, unit, region, water, disputed
	Country  string   // alpha-3 of the state it belongs to, by the United Nations where disputed; empty across borders
	Said     []string // codes of the other states that say it is theirs, or hold it
	Lat, Lon float64  // degrees; both 0 where the tables have none
	GeoNames string   // id in geonames.org; empty where the tables have none
	Unit     string   // ISO 3166-2 code of a unit, or of the unit that a city lies in; empty where not known
	Size     int      // of a city: 1 for some 15,000 people to 6 for five millions; 0 where not known
	Named    bool     // the names were given by a person; else they are made by rule and need evidence
}

// Place returns a place by its id ("odesa" or "place/odesa"), or nil.
func (k *KB) Place(id string) *Place {
	if row, ok := k.lookup(inPlaces, strings.TrimPrefix(id, "place/")); ok {
		return k.shelves.places.get(row, k.place)
	}
	return nil
}

// CapitalOf returns the capital of a country as a place with its degrees, or nil. Its names are the
// country's, in LANG/countries.tsv.
func (k *KB) CapitalOf(country string) *Place { return k.Place("capital-" + country) }

// Within reports whether a place is the outer one or lies inside it: a city inside its unit.
// It says nothing of regions and waters, whose bounds the tables do not have.
func (p *Place) Within(outer *Place) bool {
	return p.ID == outer.ID || outer.Kind == "unit" && outer.Unit != "" && p.Unit == outer.Unit
}
