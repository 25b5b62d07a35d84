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
}

// Place returns a place by its id ("odesa" or "place/odesa"), or nil.
func (k *KB) Place(id string) *Place { return k.places[strings.TrimPrefix(id, "place/")] }

// readPlaces reads places.tsv.
func (k *KB) readPlaces(ts tables) error {
	rows, err := readTable(ts, "places.tsv", tsv.Fields("id", "kind", "country?", "said?", "lat?", "lon?", "geonames?"))
	errs := []error{err}
	for _, r := range rows {
		p := &Place{ID: r.Field(0), Kind: r.Field(1), Country: r.Field(2), Said: strings.Fields(noDash(r.Field(3))), GeoNames: r.Field(6)}
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
		if k.places[p.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", p.ID))
		}
		k.places[p.ID] = p
	}
	return errors.Join(errs...)
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
