package export

import (
	"cmp"
	"strconv"
	"strings"

	"letopis"
)

// geo is a place as the columns of event data have it; what is not known is empty.
type geo struct {
	kind     string // city, unit, country, or another kind of letopis.Place
	name     string // in Latin script where that is known
	city     string
	unit     string // ISO 3166-2
	country  string
	lat, lon string
	id       string // of GeoNames
	feature  string // of GeoNames: PPL, PPLC, ADM1, RGN, PCLI
}

// geo is where the event took place.
func (t *told) geo() geo { return geoOf(t.Where, t.Place) }

// geo is where an actor lies who is a place, or a government for which its capital stands.
func (s side) geo() geo {
	if s.entity == nil || s.entity.Place == nil || s.entity.Place.ID == "" {
		return geo{}
	}
	p := *s.entity.Place
	p.Country = s.entity.Country
	if p.Name == "" {
		p.Name, p.Latin = s.entity.Name, s.entity.Latin
	}
	return geoOf(&p, "")
}

// features are GeoNames' codes for our kinds; a water may be a sea or a river, and says nothing.
var features = map[string]string{"city": "PPL", "unit": "ADM1", "region": "RGN", "country": "PCLI"}

// geoOf sets a place out; called is its name where it has none of its own.
func geoOf(p *letopis.Place, called string) geo {
	if p == nil {
		return geo{name: called, city: called}
	}
	g := geo{kind: p.Kind, name: cmp.Or(p.Latin, p.Name, called), unit: p.Unit, country: p.Country, id: p.GeoNames}
	if strings.HasPrefix(p.ID, "country/") {
		g.kind = "country"
	}
	if g.kind == "" || g.kind == "city" {
		g.city = g.name
	}
	g.feature = features[g.kind]
	if strings.HasPrefix(p.ID, "capital/") {
		g.feature = "PPLC"
	}
	if c := p.Coordinates; c != nil {
		g.lat, g.lon = degrees(c.Lat), degrees(c.Lon)
	}
	return g
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', -1, 64) }

// gdelt are the eight columns of a place. Types are those of the codebook: a country, a state
// or city of the United States, a city, a state of another country.
func (g geo) gdelt() []string {
	kind := map[string]string{"country": "1", "city": "4", "unit": "5"}[g.kind]
	if g.country == "USA" {
		kind = map[string]string{"country": "1", "city": "3", "unit": "2"}[g.kind]
	}
	return []string{kind, g.name, g.country, g.unit, "", g.lat, g.lon, g.id}
}
