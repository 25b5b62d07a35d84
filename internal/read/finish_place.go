package read

import (
	"strings"

	"letopis"
	"letopis/internal/kb"
)

// This file says where entities lie.

// lies returns where an entity lies that is a known place; of a government the capital that
// stands for it, or else its seat; nil of all others.
func (r *cast) lies(en *entity) *letopis.Place {
	if code, ok := strings.CutPrefix(en.kb, "capital/"); ok {
		return r.located(&letopis.Place{ID: en.kb}, "capital-"+code)
	}
	if strings.HasPrefix(en.kb, "place/") {
		return r.located(&letopis.Place{ID: en.kb}, en.kb)
	}
	code, ok := strings.CutPrefix(en.kb, "country/")
	if !ok {
		return nil
	}
	seat := ""
	for _, i := range en.mentions {
		if i >= len(r.Names) {
			continue // no name
		}
		switch n := &r.Names[i]; n.Stands {
		case kb.KindCapital:
			id := "capital/" + code
			return r.located(&letopis.Place{ID: id, Name: n.Base, Latin: r.KB.Name(id, "en")}, "capital-"+code)
		case kb.KindSeat:
			if seat == "" {
				seat = n.Base
			}
		}
	}
	if seat == "" {
		return nil
	}
	return &letopis.Place{Name: seat} // the tables have no coordinates of seats
}

// located adds to a place what the gazetteer has under an id.
func (r *cast) located(p *letopis.Place, id string) *letopis.Place {
	k := r.KB.Place(id)
	if k == nil {
		return p
	}
	p.Kind, p.GeoNames, p.Unit = k.Kind, k.GeoNames, k.Unit
	if k.Kind == "disputed" {
		p.Country = k.Country // the entity has none: who acts there is not told by the name
	}
	if k.Lat != 0 || k.Lon != 0 {
		p.Coordinates = &letopis.Coordinates{Lat: k.Lat, Lon: k.Lon}
	}
	return p
}
