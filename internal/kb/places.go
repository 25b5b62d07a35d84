package kb

import (
	"errors"
	"strconv"
	"strings"

	"letopis/internal/tsv"
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
func (k *KB) Place(id string) *Place { return k.places[strings.TrimPrefix(id, "place/")] }

// CapitalOf returns the capital of a country as a place with its degrees, or nil. Its names are the
// country's, in LANG/countries.tsv.
func (k *KB) CapitalOf(country string) *Place { return k.places["capital-"+country] }

// readPlaces reads places.tsv, which people wrote, and gazetteer.tsv, which is generated.
func (k *KB) readPlaces(ts tables) error {
	return errors.Join(k.readPlaceTable(ts, "places.tsv", true), k.readPlaceTable(ts, "gazetteer.tsv", false))
}

func (k *KB) readPlaceTable(ts tables, table string, named bool) error {
	rows, err := readTable(ts, table, tsv.Fields("id", "kind", "country?", "said?", "lat?", "lon?", "geonames?", "unit?", "size?"))
	errs := []error{err}
	all := make([]Place, len(rows))
	for i, r := range rows {
		p := &all[i]
		*p = Place{ID: r.Field(0), Kind: r.Field(1), Country: r.Field(2), Said: strings.Fields(noDash(r.Field(3))), GeoNames: r.Field(6), Unit: r.Field(7), Named: named}
		switch p.Kind {
		case "city", "unit", "region", "water", "disputed":
		default:
			errs = append(errs, r.Errorf(1, "kind %q, want city, unit, region, water or disputed", p.Kind))
		}
		if p.Country != "" && k.countries[p.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", p.Country))
		}
		for _, code := range p.Said {
			if k.countries[code] == nil {
				errs = append(errs, r.Errorf(3, "no country %q in countries.tsv", code))
			}
		}
		var bad error
		if p.Lat, bad = degrees(r, 4, 90); bad != nil {
			errs = append(errs, bad)
		}
		if p.Lon, bad = degrees(r, 5, 180); bad != nil {
			errs = append(errs, bad)
		}
		if s := r.Field(8); s != "" {
			var ok bool
			if p.Size, ok = atoi(s); !ok || p.Size > 6 {
				errs = append(errs, r.Errorf(8, "size %q, want 0 to 6", s))
			}
		}
		if k.places[p.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", p.ID))
		}
		k.places[p.ID] = p
	}
	return errors.Join(errs...)
}

// placeOf is the entry of a row of names of places.
func (k *KB) placeOf(r tsv.Row, id string) (item, error) {
	p := k.places[id]
	if p == nil {
		return item{}, r.Errorf(0, "no place %q in places.tsv or gazetteer.tsv", id)
	}
	return item{kind: KindPlace, id: "place/" + id, country: p.Country}, nil
}

// degrees reads a latitude or longitude, at most limit either way; 0 where the cell is empty.
func degrees(r tsv.Row, col int, limit float64) (float64, error) {
	s := r.Field(col)
	if s == "" {
		return 0, nil
	}
	d, err := strconv.ParseFloat(s, 64)
	if err != nil || !(d >= -limit && d <= limit) { // not-a-number fails both
		return 0, r.Errorf(col, "%q, want degrees from -%g to %g", s, limit, limit)
	}
	return d, nil
}
