package kb

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// compileFacts makes the compiled form of the facts.
func (s *source) compileFacts() string {
	m := newMaker(columnsOfFacts[:]...)
	var hashes []hashed
	ent := func(table int, kind Kind, id, country string) {
		hashes = append(hashes, hashed{m.rows(gEnts), newHash.byte(byte(table)).str(id).sum()})
		m.row(gEnts, m.str(string(kind)+"/"+id), m.str(country))
	}
	for _, id := range slices.Sorted(maps.Keys(s.countries)) {
		c := s.countries[id]
		ent(inCountries, KindCountry, id, id)
		m.row(inCountries, m.str(c.Alpha2), m.str(c.Status), m.str(c.Owner), m.str(c.From), m.str(c.Until))
	}
	for _, id := range slices.Sorted(maps.Keys(s.bodies)) {
		b := s.bodies[id]
		ent(inBodies, b.Kind, id, b.Country)
		m.row(inBodies, m.str(b.Sector), m.str(b.Parent))
	}
	for _, id := range slices.Sorted(maps.Keys(s.offices)) {
		o := s.offices[id]
		ent(inOffices, o.Kind, id, "")
		m.row(inOffices, m.str(o.Sector), bit(o.National)|bit(o.Single)<<1)
	}
	for _, id := range slices.Sorted(maps.Keys(s.outlets)) {
		o := s.outlets[id]
		ent(inOutlets, KindOutlet, id, o.Country)
		m.row(inOutlets, m.str(o.Kind), m.str(o.Name))
	}
	for _, id := range slices.Sorted(maps.Keys(s.places)) {
		p := s.places[id]
		ent(inPlaces, KindPlace, id, p.Country)
		degrees := func(x float64) uint32 { return uint32(int32(math.Round(x * fineDegrees))) }
		m.row(inPlaces, m.str(p.Kind), m.str(strings.Join(p.Said, " ")), degrees(p.Lat), degrees(p.Lon), m.str(p.GeoNames), m.str(p.Unit), uint32(p.Size)<<1|bit(p.Named))
	}
	persons := slices.Sorted(maps.Keys(s.persons))
	for _, id := range persons {
		ent(inPersons, KindPerson, id, s.persons[id].Country)
	}
	m.hash(gEntHash, hashes)
	s.compileTerms(m, persons)
	for _, code := range slices.Sorted(maps.Keys(s.codeBody)) {
		m.row(gCodes, m.str(code), m.str(s.codeBody[code]))
	}
	return m.bytes()
}

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
	m.hash(gHeldHash, hashes)
}

func bit(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
