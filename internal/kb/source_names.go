package kb

import (
	"errors"
	"fmt"
	"strings"

	"letopis/internal/tsv"
)

// readLang reads one language's folder.
func (s *source) readLang(ts tables, lang string) error {
	return errors.Join(
		s.readCountryNames(ts, lang),
		s.readPersonNames(ts, lang),
		s.readNames(ts, lang, "bodies", func(r tsv.Row, id string) (item, error) {
			b := s.bodies[id]
			if b == nil {
				return item{}, r.Errorf(0, "no body %q in bodies.tsv", id)
			}
			return item{kind: b.Kind, id: string(b.Kind) + "/" + id, country: b.Country}, nil
		}),
		s.readNames(ts, lang, "offices", func(r tsv.Row, id string) (item, error) {
			o := s.offices[id]
			if o == nil {
				return item{}, r.Errorf(0, "no office %q in offices.tsv", id)
			}
			return item{kind: o.Kind, id: string(o.Kind) + "/" + id}, nil
		}),
		s.readNames(ts, lang, "outlets", func(r tsv.Row, id string) (item, error) {
			o := s.outlets[id]
			if o == nil {
				return item{}, r.Errorf(0, "no outlet %q in outlets.tsv", id)
			}
			return item{kind: KindOutlet, id: "outlet/" + id, country: o.Country}, nil
		}),
		s.readNames(ts, lang, "places", s.placeOf),
		s.readNames(ts, lang, "gazetteer", s.placeOf),
	)
}

// countryKinds are the columns of LANG/countries.tsv after the code.
var countryKinds = [...]Kind{KindCountry, KindCapital, KindAdjective, KindDemonym, KindSeat}

// readCountryNames reads LANG/countries.tsv: code, names, capitals, adjectives,
// demonyms, seats of government; forms split by "|", the first of the names the
// one for display; "-" for none.
func (s *source) readCountryNames(ts tables, lang string) error {
	rows, err := readTable(ts, lang+"/countries.tsv", tsv.Fields("code", "names", "capitals?", "adjectives?", "demonyms?", "seats?"))
	errs := []error{err}
	for _, r := range rows {
		code := r.Field(0)
		if s.countries[code] == nil {
			errs = append(errs, r.Errorf(0, "no country %q in countries.tsv", code))
			continue
		}
		for j, kind := range countryKinds {
			errs = append(errs, s.pendField(r, lang, j+1, item{kind: kind, id: "country/" + code, country: code}))
		}
	}
	return errors.Join(errs...)
}

// readNames reads a table of names: id, names, adjectives.
func (s *source) readNames(ts tables, lang, table string, entry func(r tsv.Row, id string) (item, error)) error {
	rows, err := readTable(ts, lang+"/"+table+".tsv", tsv.Fields("id", "names", "adjectives?"))
	errs := []error{err}
	for _, r := range rows {
		it, err := entry(r, r.Field(0))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, s.pendField(r, lang, 1, it))
		it.kind = KindAdjective
		errs = append(errs, s.pendField(r, lang, 2, it))
	}
	return errors.Join(errs...)
}

// formsIn returns the forms in a column, split by "|", without braces; "" for none.
func formsIn(r tsv.Row, col int) (string, error) {
	forms := r.Field(col)
	if forms == "-" {
		return "", nil
	}
	if strings.ContainsAny(forms, "{}") {
		var err error
		if forms, err = expand(forms); err != nil {
			return "", r.Errorf(col, "%w", err)
		}
	}
	if strings.HasPrefix(forms, "|") || strings.HasSuffix(forms, "|") || strings.Contains(forms, "||") {
		return "", r.Errorf(col, "an empty form in %q", forms)
	}
	return forms, nil
}

// pendField keeps the forms in a column for the language's dict.
func (s *source) pendField(r tsv.Row, lang string, col int, it item) error {
	forms, err := formsIn(r, col)
	if err != nil || forms == "" {
		return err
	}
	return s.pend(r, lang, forms, it)
}

// maxNames bounds the bytes of the names of a language, so that their words can be numbered.
const maxNames = maxHashed / 2

// pend keeps the forms of a name for the language's dict.
func (s *source) pend(r tsv.Row, lang, forms string, it item) error {
	if s.size[lang] += len(forms); s.size[lang] > maxNames {
		return r.Errorf(-1, "the names of a language may have %d bytes together", maxNames)
	}
	if s.pending[lang] == nil {
		s.pending[lang] = make([]pendingName, 0, 4096)
	}
	s.pending[lang] = append(s.pending[lang], pendingName{it, forms})
	return nil
}

// maxForms bounds the forms that the braces of one cell may make.
const maxForms = 64

// expand writes out the alternatives of a cell's forms: "a {b,c} d|e" is
// "a b d|a c d|e". Braces do not nest.
func expand(cell string) (string, error) {
	var out []string
	for form := range strings.SplitSeq(cell, "|") {
		made := []string{""}
		for form != "" {
			i := strings.IndexAny(form, "{}")
			if i < 0 {
				i = len(form)
			}
			choices := []string{""}
			rest := ""
			if i < len(form) {
				end := strings.IndexAny(form[i+1:], "{}")
				if form[i] == '}' || end < 0 || form[i+1+end] == '{' {
					return "", fmt.Errorf("unbalanced braces in %q; write {one,other}, not one inside another", cell)
				}
				choices, rest = strings.Split(form[i+1:i+1+end], ","), form[i+2+end:]
			}
			if len(out)+len(made)*len(choices) > maxForms {
				return "", fmt.Errorf("the braces in %q make more than %d forms", cell, maxForms)
			}
			next := make([]string, 0, len(made)*len(choices))
			for _, m := range made {
				for _, c := range choices {
					next = append(next, m+form[:i]+c)
				}
			}
			made, form = next, rest
		}
		out = append(out, made...)
	}
	return strings.Join(out, "|"), nil
}
