package kb

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"letopis/internal/tsv"
)

// source is the knowledge base as its tables tell it: checked, and not laid out yet.
type source struct {
	rules
	countries map[string]*Country
	bodies    map[string]*Body
	codeBody  map[string]string // actor code → the only body of its own that has it
	outlets   map[string]*Outlet
	offices   map[string]*Office
	places    map[string]*Place
	persons   map[string]*Person
	holders   map[string][]Term        // office and country → terms, by beginning
	pending   map[string][]pendingName // lang → names
	size      map[string]int           // lang → bytes of its names
}

type pendingName struct {
	item  item
	forms string
}

// readSource reads all tables.
func readSource(ts tables, langs []string) (*source, error) {
	s := &source{
		countries: map[string]*Country{}, bodies: map[string]*Body{}, codeBody: map[string]string{}, outlets: map[string]*Outlet{},
		offices: map[string]*Office{}, places: map[string]*Place{}, persons: map[string]*Person{}, holders: map[string][]Term{},
		pending: map[string][]pendingName{}, size: map[string]int{},
	}
	errs := []error{s.readCountries(ts), s.readBodies(ts), s.readOffices(ts), s.readOutlets(ts), s.readPlaces(ts)}
	var err error
	s.rules, err = readRules(ts, langs, func(code string) bool { return s.countries[code] != nil })
	errs = append(errs, err, s.readPersons(ts), s.readTerms(ts))
	for _, lang := range langs {
		errs = append(errs, s.readLang(ts, lang))
	}
	if len(langs) == 0 {
		errs = append(errs, fmt.Errorf("no folder of a language in the knowledge base: one with any of %s", strings.Join(LangTables(), ", ")))
	}
	return s, errors.Join(errs...)
}

// openTables opens the knowledge base from its tables; a language's names are compiled when
// they are first asked for.
func openTables(fsys fs.FS) (*KB, error) {
	ts, err := loadTables(fsys)
	if err != nil {
		return nil, err
	}
	s, err := readSource(ts, ts.langs())
	if err != nil {
		return nil, err
	}
	return s.open(ts, s.compileFacts(), fsys), nil
}

// open makes a knowledge base of compiled facts and of what is compiled later.
func (s *source) open(ts tables, facts string, fsys fs.FS) *KB {
	k := newKB(s.rules, ts, fsys)
	k.langs, k.version = ts.langs(), ts.version()
	k.setFacts(openFacts(facts))
	k.index.make = k.compileIndex
	for _, lang := range k.langs {
		k.packs[lang] = &pack{make: func() string { return s.compileDict(&k.facts, lang) }}
	}
	return k
}

func (s *source) readCountries(ts tables) error {
	rows, err := readTable(ts, "countries.tsv", tsv.Fields("code", "alpha-2", "status", "owner?", "from?", "until?"))
	errs := []error{err}
	for _, r := range rows {
		c := &Country{Code: r.Field(0), Alpha2: r.Field(1), Status: r.Field(2), Owner: r.Field(3), From: r.Field(4), Until: r.Field(5)}
		if _, twice := s.countries[c.Code]; twice {
			errs = append(errs, r.Errorf(0, "country %s stands here twice", c.Code))
			continue
		}
		switch c.Status {
		case "state", "territory", "former", "other":
		default:
			errs = append(errs, r.Errorf(2, "status %q, want state, territory, former or other", c.Status))
		}
		errs = append(errs, checkDate(r, 4), checkDate(r, 5))
		s.countries[c.Code] = c
	}
	return errors.Join(errs...)
}

func (s *source) readBodies(ts tables) error {
	rows, err := readTable(ts, "bodies.tsv", tsv.Fields("id", "kind", "country", "sector", "parent?"))
	errs := []error{err}
	for _, r := range rows {
		b := &Body{ID: r.Field(0), Kind: Kind(r.Field(1)), Country: r.Field(2), Sector: r.Field(3), Parent: r.Field(4)}
		if b.Kind != KindBody && b.Kind != KindInstitution && b.Kind != KindGroup {
			errs = append(errs, r.Errorf(1, "kind %q, want body, institution or group", b.Kind))
		}
		if b.Kind == KindInstitution && s.countries[b.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", b.Country))
		}
		if s.bodies[b.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", b.ID))
		}
		s.bodies[b.ID] = b
		if b.Kind == KindBody && b.Parent == "" {
			if _, more := s.codeBody[b.Country]; more {
				s.codeBody[b.Country] = ""
			} else {
				s.codeBody[b.Country] = b.ID
			}
		}
	}
	for i := range rows {
		if p := rows[i].Field(4); p != "" && s.bodies[p] == nil {
			errs = append(errs, rows[i].Errorf(4, "no body %q in this table", p))
		}
	}
	return errors.Join(errs...)
}

func (s *source) readOffices(ts tables) error {
	rows, err := readTable(ts, "offices.tsv", tsv.Fields("id", "kind", "sector", "marks"))
	errs := []error{err}
	for _, r := range rows {
		o := &Office{ID: r.Field(0), Kind: Kind(r.Field(1)), Sector: r.Field(2)}
		if o.Kind != KindOffice && o.Kind != KindOrgan {
			errs = append(errs, r.Errorf(1, "kind %q, want office or organ", o.Kind))
		}
		for _, f := range strings.Fields(noDash(r.Field(3))) {
			switch f {
			case "national":
				o.National = true
			case "single":
				o.Single = true
			default:
				errs = append(errs, r.Errorf(3, "%q, want national, single or -", f))
			}
		}
		if s.offices[o.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", o.ID))
		}
		s.offices[o.ID] = o
	}
	return errors.Join(errs...)
}

func (s *source) readOutlets(ts tables) error {
	rows, err := readTable(ts, "outlets.tsv", tsv.Fields("id", "kind", "country", "name"))
	errs := []error{err}
	for _, r := range rows {
		o := &Outlet{ID: r.Field(0), Kind: r.Field(1), Country: r.Field(2), Name: r.Field(3)}
		if o.Country != "" && s.countries[o.Country] == nil {
			errs = append(errs, r.Errorf(2, "no country %q in countries.tsv", o.Country))
		}
		if s.outlets[o.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", o.ID))
		}
		s.outlets[o.ID] = o
	}
	return errors.Join(errs...)
}
