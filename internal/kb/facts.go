package kb

import (
	"iter"
	"strconv"
	"strings"
	"sync/atomic"
)

// facts is the compiled form of all that does not hang on a language. Whatever has an id
// is a row of gEnts, table after table, sorted by id within each, so that one number says
// which it is; its other columns are the row of its own table.
type facts struct {
	*blob
	base [tablesOfIDs + 1]int // first row of gEnts of each table, and the number of all
	full shelf[string]        // ids with their kind, by row of gEnts
}

// The tables whose rows have ids, in the order of gEnts and of their grids.
const (
	inCountries = iota
	inBodies
	inOffices
	inOutlets
	inPlaces
	inPersons
	tablesOfIDs
)

// The grids of the facts after those of the tables' own columns.
const (
	gEnts      = tablesOfIDs + iota // id without its kind, country; the last row the end
	gEntHash                        // by table and id
	gTerms                          // person, office, country, from, until, at; by person
	gHeld                           // office, country, first of gHeldTerms; the last row the end
	gHeldHash                       // by office and country
	gHeldTerms                      // rows of gTerms, by beginning
	gForms                          // of persons' names: language, forms
	gCodes                          // code of a body of its own, its id
	gridsOfFacts
)

// columnsOfFacts is the columns of the grids. Persons have gender, bare, the first of gTerms and
// of gForms, and a last row with the ends.
var columnsOfFacts = [gridsOfFacts]int{5, 3, 3, 2, columnsOfPlaces, 4, 2, 1, 6, 3, 1, 1, 2, 2}

// The columns of bodies and offices.
const (
	colSector = iota
	colParent // of an office its marks
	colKind
)

// The columns of places.
const (
	colPlaceKind = iota
	colSaid
	colLat // above -90, in parts of a degree
	colLon // above -180
	colGeoNames
	colUnit
	colMarks        // size times two, plus one for a name given by a person
	colGeoNamesText // of an id that is no number
	columnsOfPlaces
)

// openFacts opens compiled facts; nil for a blob where they cannot be.
func openFacts(s string) facts {
	f := facts{blob: openBlob(s, columnsOfFacts[:])}
	if f.blob == nil {
		return facts{}
	}
	for t := range tablesOfIDs {
		n := f.grids[t].rows()
		if t == inPersons {
			n = max(n-1, 0)
		}
		f.base[t+1] = f.base[t] + n
	}
	if f.base[tablesOfIDs] != f.grids[gEnts].rows()-1 {
		return facts{}
	}
	f.full = make(shelf[string], f.base[tablesOfIDs])
	return f
}

// size is the number of rows of a table.
func (f *facts) size(table int) int { return f.base[table+1] - f.base[table] }

// plain is the id, without its kind, of a row of gEnts.
func (f *facts) plain(ent int) string { return f.decode(f.part(gEnts, ent, 0)) }

// kind is that of a row of a table.
func (f *facts) kind(table, row int) Kind {
	switch table {
	case inCountries:
		return KindCountry
	case inOutlets:
		return KindOutlet
	case inPlaces:
		return KindPlace
	case inPersons:
		return KindPerson
	}
	return kinds[f.grids[table].at(row, colKind)&15]
}

// ent is the id, with its kind, of a row of gEnts; "" where there is none.
func (f *facts) ent(ent int) string {
	if uint(ent) >= uint(len(f.full)) {
		return ""
	}
	if p := f.full[ent].Load(); p != nil {
		return *p
	}
	table := 0
	for ent >= f.base[table+1] {
		table++
	}
	s := string(f.kind(table, ent-f.base[table])) + "/" + f.plain(ent)
	f.full[ent].CompareAndSwap(nil, &s)
	return s
}

// lookup returns the row of an id, without its kind, in a table.
func (f *facts) lookup(table int, id string) (int, bool) {
	row, ok := f.grids[gEntHash].find(newHash.byte(byte(table)).str(id).sum(), f.base[tablesOfIDs], func(row int) bool {
		return row >= f.base[table] && row < f.base[table+1] && f.plain(row) == id
	})
	return row - f.base[table], ok
}

// tableOf is the table of a kind of id.
func tableOf(kind string) int {
	switch Kind(kind) {
	case KindCountry, KindCapital:
		return inCountries
	case KindBody, KindInstitution, KindGroup:
		return inBodies
	case KindOffice, KindOrgan:
		return inOffices
	case KindOutlet:
		return inOutlets
	case KindPlace:
		return inPlaces
	case KindPerson:
		return inPersons
	}
	return -1
}

// number returns the row of gEnts of an id with its kind ("place/odesa").
func (f *facts) number(id string) (int, bool) {
	kind, plain, _ := strings.Cut(id, "/")
	table := tableOf(kind)
	if table < 0 {
		return 0, false
	}
	row, ok := f.lookup(table, plain)
	return f.base[table] + row, ok && string(f.kind(table, row)) == kind
}

// ids returns the ids of a table, without their kind, sorted.
func (f *facts) ids(table int) []string {
	ids := make([]string, f.size(table))
	for i := range ids {
		ids[i] = f.plain(f.base[table] + i)
	}
	return ids
}

// codeBody returns the only body of its own that has an actor code, or "".
func (f *facts) codeBody(code string) string {
	lo, hi := 0, f.grids[gCodes].rows()
	for lo < hi {
		if mid := (lo + hi) / 2; f.text(gCodes, mid, 0) < code {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if f.text(gCodes, lo, 0) != code {
		return ""
	}
	return f.text(gCodes, lo, 1)
}

// term is a row of gTerms.
func (f *facts) term(i int) Term {
	t := func(col int) string { return f.text(gTerms, i, col) }
	return Term{Person: f.plain(f.base[inPersons] + int(f.grids[gTerms].at(i, 0))), Office: t(1), Country: t(2), From: t(3), Until: t(4), At: t(5)}
}

// heldAt is the terms of a row of gHeld.
func (f *facts) heldAt(row int) []Term {
	var ts []Term
	from, to := f.grids[gHeld].span(row, 2, f.grids[gHeldTerms].rows())
	for i := from; i < to; i++ {
		ts = append(ts, f.term(int(f.grids[gHeldTerms].at(i, 0))))
	}
	return ts
}

// held is the terms of an office of a country, by beginning.
func (f *facts) held(office, country string) []Term {
	row, ok := f.grids[gHeldHash].find(newHash.str(office).byte(' ').str(country).sum(), f.grids[gHeld].rows(), func(row int) bool {
		return f.text(gHeld, row, 0) == office && f.text(gHeld, row, 1) == country
	})
	if !ok {
		return nil
	}
	return f.heldAt(row)
}

// holders gives the terms of every office and country.
func (f *facts) holders() iter.Seq2[string, []Term] {
	return func(yield func(string, []Term) bool) {
		for row := range f.grids[gHeld].rows() - 1 {
			if !yield(f.text(gHeld, row, 0), f.heldAt(row)) {
				return
			}
		}
	}
}

// shelves keeps what was made of rows, so that a row is always the same thing.
type shelves struct {
	countries shelf[Country]
	bodies    shelf[Body]
	offices   shelf[Office]
	outlets   shelf[Outlet]
	places    shelf[Place]
	persons   shelf[Person]
	named     shelf[[]personName]
}

type shelf[T any] []atomic.Pointer[T]

// get returns what of makes of a row, made once.
func (s shelf[T]) get(row int, of func(row int) *T) *T {
	if p := s[row].Load(); p != nil {
		return p
	}
	s[row].CompareAndSwap(nil, of(row))
	return s[row].Load()
}

func newShelves(f *facts) shelves {
	return shelves{
		make(shelf[Country], f.size(inCountries)), make(shelf[Body], f.size(inBodies)), make(shelf[Office], f.size(inOffices)),
		make(shelf[Outlet], f.size(inOutlets)), make(shelf[Place], f.size(inPlaces)),
		make(shelf[Person], f.size(inPersons)), make(shelf[[]personName], f.size(inPersons)),
	}
}

// columns of a row: its kind, its id, its country, and its other texts.
func (f *facts) columns(table, row int) (kind Kind, id, country string, text func(col int) string) {
	ent := f.base[table] + row
	return f.kind(table, row), f.plain(ent), f.text(gEnts, ent, 1), func(col int) string { return f.text(table, row, col) }
}

func (k *KB) country(row int) *Country {
	_, id, _, t := k.facts.columns(inCountries, row)
	return &Country{Code: id, Alpha2: t(0), Status: t(1), Owner: t(2), From: t(3), Until: t(4)}
}

func (k *KB) body(row int) *Body {
	kind, id, country, t := k.facts.columns(inBodies, row)
	return &Body{ID: id, Kind: kind, Country: country, Sector: t(colSector), Parent: t(colParent)}
}

func (k *KB) office(row int) *Office {
	kind, id, _, t := k.facts.columns(inOffices, row)
	marks := k.facts.grids[inOffices].at(row, colParent)
	return &Office{ID: id, Kind: kind, Sector: t(colSector), National: marks&1 != 0, Single: marks&2 != 0}
}

func (k *KB) outlet(row int) *Outlet {
	_, id, country, t := k.facts.columns(inOutlets, row)
	return &Outlet{ID: id, Kind: t(0), Country: country, Name: t(1)}
}

func (k *KB) place(row int) *Place {
	_, id, country, t := k.facts.columns(inPlaces, row)
	g := &k.facts.grids[inPlaces]
	degrees := func(col int, least uint32) float64 { return float64(int32(g.at(row, col)-least)) / fineDegrees }
	geonames := t(colGeoNamesText)
	if n := g.at(row, colGeoNames); n != 0 {
		geonames = strconv.FormatUint(uint64(n), 10)
	}
	marks := g.at(row, colMarks)
	return &Place{ID: id, Kind: t(colPlaceKind), Country: country, Said: strings.Fields(t(colSaid)), Lat: degrees(colLat, 90*fineDegrees), Lon: degrees(colLon, 180*fineDegrees),
		GeoNames: geonames, Unit: t(colUnit), Size: int(marks >> 1), Named: marks&1 != 0}
}

// fineDegrees is how many units of the compiled form a degree has.
const fineDegrees = 10000

// person returns the person of a row.
func (k *KB) person(row int) *Person { return k.shelves.persons.get(row, k.makePerson) }

func (k *KB) makePerson(row int) *Person {
	f := &k.facts
	_, id, country, t := f.columns(inPersons, row)
	p := &Person{ID: id, Country: country, Gender: t(0), Bare: f.grids[inPersons].at(row, 1) != 0}
	from, to := f.grids[inPersons].span(row, 2, f.grids[gTerms].rows())
	for i := from; i < to; i++ {
		p.Terms = append(p.Terms, f.term(i))
	}
	from, to = f.grids[inPersons].span(row, 3, f.grids[gForms].rows())
	for i := from; i < to; i++ {
		p.forms = append(p.forms, personName{lang: f.text(gForms, i, 0), name: f.text(gForms, i, 1)})
	}
	return p
}

// named returns the names of the person of a row, taken apart.
func (k *KB) named(row int) []personName { return *k.shelves.named.get(row, k.makeNamed) }

func (k *KB) makeNamed(row int) *[]personName {
	var names []personName
	for _, f := range k.person(row).forms {
		for n := range strings.SplitSeq(f.name, "|") {
			names = append(names, personName{lang: f.lang, name: n, taken: k.personal(n, f.lang)})
		}
	}
	return &names
}
