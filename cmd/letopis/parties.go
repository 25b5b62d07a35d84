package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"letopis"
	"letopis/internal/kb"
)

// openKB opens the knowledge base in the data folder of e.
func (e *env) openKB() (*kb.KB, error) {
	sub, err := fs.Sub(e.data, "kb")
	if err != nil {
		return nil, err
	}
	return kb.Open(sub)
}

// countriesOf returns the countries that an argument means: a country or body by
// its code or name, a group of countries by its id or the name of its body, with the
// code of that body. when is the time whose members count; empty for now.
func countriesOf(k *kb.KB, arg, when string) ([]string, error) {
	code := strings.ToUpper(arg)
	group := strings.ReplaceAll(strings.ToLower(arg), " ", "-")
	if members := k.Members(group, when); len(members) > 0 {
		if b := k.Body(group); b != nil && k.CountryName(b.Country, "en") != b.Country { // it has a code of its own
			members = append(members, b.Country)
			slices.Sort(members)
		}
		return slices.Compact(members), nil
	}
	if letopis.IsCountry(code) {
		return []string{code}, nil
	}
	for _, lang := range k.Langs() {
		for _, m := range k.Explain(arg, lang).Others {
			if id, ok := strings.CutPrefix(m.ID, "country/"); ok {
				return []string{id}, nil
			}
			if id, ok := strings.CutPrefix(m.ID, "body/"); ok {
				return countriesOf(k, id, when)
			}
		}
	}
	return nil, &letopis.Error{Op: arg, Kind: letopis.Invalid,
		Err: errors.New("no country or group is called so; write a code as CHN, a name as Китай, or a group as EU, NATO, G7")}
}

// between makes two arguments into the condition of a query, a pair of countries
// where it can be.
func between(k *kb.KB, a, b, when string, q *letopis.Query) error {
	from, err := countriesOf(k, a, when)
	if err != nil {
		return err
	}
	to, err := countriesOf(k, b, when)
	if err != nil {
		return err
	}
	if len(from) == 1 && len(to) == 1 {
		q.Pair = []string{from[0], to[0]}
	} else {
		q.Between = [][]string{from, to}
	}
	return nil
}
