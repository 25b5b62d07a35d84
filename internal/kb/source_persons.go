package kb

import (
	"cmp"
	"errors"
	"slices"

	"letopis/internal/tsv"
)

func (s *source) readPersons(ts tables) error {
	rows, err := readTable(ts, "persons.tsv", tsv.Fields("id", "country", "gender?", "bare?"))
	errs := []error{err}
	for _, r := range rows {
		p := &Person{ID: r.Field(0), Country: r.Field(1), Gender: r.Field(2), Bare: r.Field(3) == "bare"}
		if s.countries[p.Country] == nil {
			errs = append(errs, r.Errorf(1, "no country %q in countries.tsv", p.Country))
		}
		if p.Gender != "m" && p.Gender != "f" && p.Gender != "" {
			errs = append(errs, r.Errorf(2, "gender %q, want m or f", p.Gender))
		}
		if s := r.Field(3); s != "" && s != "bare" {
			errs = append(errs, r.Errorf(3, "%q, want bare or nothing", s))
		}
		if s.persons[p.ID] != nil {
			errs = append(errs, r.Errorf(0, "%q stands here twice", p.ID))
		}
		s.persons[p.ID] = p
	}
	return errors.Join(errs...)
}

func (s *source) readTerms(ts tables) error {
	rows, err := readTable(ts, "terms.tsv", tsv.Fields("person", "office", "country", "from", "until?", "accredited at?"))
	errs := []error{err}
	for _, r := range rows {
		t := Term{Person: r.Field(0), Office: r.Field(1), Country: r.Field(2), From: r.Field(3), Until: r.Field(4), At: r.Field(5)}
		p := s.persons[t.Person]
		if p == nil {
			errs = append(errs, r.Errorf(0, "no person %q in persons.tsv", t.Person))
			continue
		}
		if s.offices[t.Office] == nil {
			errs = append(errs, r.Errorf(1, "no office %q in offices.tsv", t.Office))
		}
		if s.countries[t.Country] == nil && s.bodies[t.Country] == nil && s.codeBody[t.Country] == "" {
			errs = append(errs, r.Errorf(2, "no country, code or body %q", t.Country))
		}
		errs = append(errs, checkDate(r, 3), checkDate(r, 4))
		if t.Until != "" && later(t.From, t.Until) {
			errs = append(errs, r.Errorf(4, "ends in %s before it begins in %s", t.Until, t.From))
		}
		p.Terms = append(p.Terms, t)
		key := t.Office + " " + t.Country
		s.holders[key] = append(s.holders[key], t)
	}
	byFrom := func(a, b Term) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Person, b.Person), cmp.Compare(a.Office, b.Office))
	}
	for _, p := range s.persons {
		slices.SortFunc(p.Terms, byFrom)
	}
	for _, held := range s.holders {
		slices.SortFunc(held, byFrom)
	}
	return errors.Join(errs...)
}

// readPersonNames reads LANG/persons.tsv: id, names.
func (s *source) readPersonNames(ts tables, lang string) error {
	rows, err := readTable(ts, lang+"/persons.tsv", tsv.Fields("id", "names"))
	errs := []error{err}
	for _, r := range rows {
		p := s.persons[r.Field(0)]
		if p == nil {
			errs = append(errs, r.Errorf(0, "no person %q in persons.tsv", r.Field(0)))
			continue
		}
		forms, err := formsIn(r, 1)
		if forms == "" {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, s.pend(r, lang, forms, item{kind: KindPerson, id: "person/" + p.ID, country: p.Country}))
		if p.forms == nil {
			p.forms = make([]personName, 0, 3)
		}
		p.forms = append(p.forms, personName{lang: lang, name: forms})
	}
	return errors.Join(errs...)
}
