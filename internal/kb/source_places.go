package kb

import (
	"errors"
	"strconv"
	"strings"

	"letopis"
	"letopis/internal/tsv"
)

// readPlaces reads places.tsv, which people wrote, and gazetteer.tsv, which is generated.
func (s *source) readPlaces(ts tables) error {
	return errors.Join(s.readPlaceTable(ts, "places.tsv", true), s.readPlaceTable(ts, "gazetteer.tsv", false))
}

func (s *source) readPlaceTable(ts tables, table string, named bool) error {
	rows, err := readTable(ts, table, tsv.Fields("id", "kind", "country?", "said?", "lat?", "lon?", "geonames?", "unit?", "size?"))
	errs := []error{err}
	for _, r := range rows {
		p := &Place{ID: r.Field(0), Kind: r.Field(1), Country: r.Field(2), Said: strings.Fields(noDash(r.Field(3))), GeoNames: r.Field(6), Unit: r.Field(7), Named: named}
		switch p.Kind {
		case "city", "unit", "region", "water", "disputed":
		default:
			errs = append(errs, r.Errorf(1, "kind %q, want city, unit, region, water or disputed", p.Kind))
		}
		if p.Country != "" && s.countries[p.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", p.Country))
		}
		for _, code := range p.Said {
			if s.countries[code] == nil {
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
		if size := r.Field(8); size != "" {
			var ok bool
			if p.Size, ok = atoi(size); !ok || p.Size > 6 {
				errs = append(errs, r.Errorf(8, "size %q, want 0 to 6", size))
			}
		}
		if strings.Trim(p.GeoNames, "0123456789") != "" {
			errs = append(errs, r.Errorf(6, "GeoNames id %q, want a number", p.GeoNames))
		}
		if p.Unit != "" && !letopis.IsUnit(p.Unit) {
			errs = append(errs, r.Errorf(7, "unit %q, want a code of ISO 3166-2 such as UA-51", p.Unit))
		}
		if s.places[p.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", p.ID))
		}
		s.places[p.ID] = p
	}
	return errors.Join(errs...)
}

// placeOf is the entry of a row of names of places.
func (s *source) placeOf(r tsv.Row, id string) (item, error) {
	p := s.places[id]
	if p == nil {
		return item{}, r.Errorf(0, "no place %q in places.tsv or gazetteer.tsv", id)
	}
	return item{kind: KindPlace, id: "place/" + id, country: p.Country}, nil
}

// degrees reads a latitude or longitude, at most limit either way; 0 where the cell is empty.
func degrees(r tsv.Row, col int, limit float64) (float64, error) {
	cell := r.Field(col)
	if cell == "" {
		return 0, nil
	}
	d, err := strconv.ParseFloat(cell, 64)
	if err != nil || !(d >= -limit && d <= limit) { // not-a-number fails both
		return 0, r.Errorf(col, "%q, want degrees from -%g to %g", cell, limit, limit)
	}
	return d, nil
}
