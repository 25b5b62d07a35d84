package kb

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// compileFacts makes the compiled form of the facts.
func (s *source) compileFacts() string {
	m := newMaker(s.letters(), columnsOfFacts[:])
	s.often(m)
	var hashes []hashed
	var ids []string
	var countries []uint32
	ent := func(table int, id, country string) {
		hashes = append(hashes, hashed{uint32(len(ids)), newHash.byte(byte(table)).str(id).sum()})
		ids, countries = append(ids, id), append(countries, m.str(country))
	}
	for _, id := range slices.Sorted(maps.Keys(s.countries)) {
		c := s.countries[id]
		ent(inCountries, id, id)
		m.row(inCountries, m.str(c.Alpha2), m.str(c.Status), m.str(c.Owner), m.str(c.From), m.str(c.Until))
	}
	for _, id := range slices.Sorted(maps.Keys(s.bodies)) {
		b := s.bodies[id]
		ent(inBodies, id, b.Country)
		m.row(inBodies, m.str(b.Sector), m.str(b.Parent), kindNumber(b.Kind))
	}
	for _, id := range slices.Sorted(maps.Keys(s.offices)) {
		o := s.offices[id]
		ent(inOffices, id, "")
		m.row(inOffices, m.str(o.Sector), bit(o.National)|bit(o.Single)<<1, kindNumber(o.Kind))
	}
	for _, id := range slices.Sorted(maps.Keys(s.outlets)) {
		o := s.outlets[id]
		ent(inOutlets, id, o.Country)
		m.row(inOutlets, m.str(o.Kind), m.str(o.Name))
	}
	for _, id := range slices.Sorted(maps.Keys(s.places)) {
		p := s.places[id]
		ent(inPlaces, id, p.Country)
		degrees := func(x, least float64) uint32 {
			return uint32(int32(math.Round(x*fineDegrees)) + int32(least*fineDegrees))
		}
		geonames, odd := plainNumber(p.GeoNames)
		m.row(inPlaces, m.str(p.Kind), m.str(strings.Join(p.Said, " ")), degrees(p.Lat, 90), degrees(p.Lon, 180), geonames,
			m.str(p.Unit), uint32(p.Size)<<1|bit(p.Named), m.str(odd))
	}
	persons := slices.Sorted(maps.Keys(s.persons))
	for _, id := range persons {
		ent(inPersons, id, s.persons[id].Country)
	}
	m.hash(gEntHash, hashes, len(ids))
	s.compileTerms(m, persons)
	for _, code := range slices.Sorted(maps.Keys(s.codeBody)) {
		m.row(gCodes, m.str(code), m.str(s.codeBody[code]))
	}
	for i, id := range ids {
		m.row(gEnts, m.part(id), countries[i])
	}
	m.row(gEnts, m.part(""), 0)
	return m.bytes()
}

// letters is those of the names that the facts have.
func (s *source) letters() []rune {
	c := census{}
	for _, p := range s.persons {
		for _, f := range p.forms {
			c.count(f.name)
		}
	}
	return c.letters()
}

// often writes first what many places have, so that small numbers point at it.
func (s *source) often(m *maker) {
	places := slices.Sorted(maps.Keys(s.places))
	for _, of := range []func(p *Place) string{
		func(p *Place) string { return p.Kind },
		func(p *Place) string { return strings.Join(p.Said, " ") },
		func(p *Place) string { return p.Country },
		func(p *Place) string { return p.Unit },
	} {
		for _, id := range places {
			m.str(of(s.places[id]))
		}
	}
}

// plainNumber is an id that is a number and nothing else, or the id as it is.
func plainNumber(id string) (n uint32, odd string) {
	if n, err := strconv.ParseUint(id, 10, 32); err == nil && n > 0 && strconv.FormatUint(n, 10) == id {
		return uint32(n), ""
	}
	return 0, id
}

// kindNumber is the number of a kind among kinds.
func kindNumber(k Kind) uint32 { return uint32(slices.Index(kinds[:], k)) }

// compileTerms makes the rows of persons, of their terms, and of who held what.
func (s *source) compileTerms(m *maker, persons []string) {
	at := map[Term]uint32{}
	for i, id := range persons {
		p := s.persons[id]
		m.row(inPersons, m.str(p.Gender), bit(p.Bare), m.rows(gTerms), m.rows(gForms))
		for _, t := range p.Terms {
			at[t] = m.rows(gTerms)
			m.row(gTerms, uint32(i), m.str(t.Office), m.str(t.Country), m.str(t.From), m.str(t.Until), m.str(t.At))
		}
		for _, f := range p.forms {
			m.row(gForms, m.str(f.lang), m.str(f.name))
		}
	}
	m.row(inPersons, 0, 0, m.rows(gTerms), m.rows(gForms))
	var hashes []hashed
	for _, key := range slices.Sorted(maps.Keys(s.holders)) {
		held := s.holders[key]
		hashes = append(hashes, hashed{m.rows(gHeld), newHash.str(key).sum()})
		m.row(gHeld, m.str(held[0].Office), m.str(held[0].Country), m.rows(gHeldTerms))
		for _, t := range held {
			m.row(gHeldTerms, at[t])
		}
	}
	m.row(gHeld, 0, 0, m.rows(gHeldTerms))
	m.hash(gHeldHash, hashes, int(m.rows(gHeld)))
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
