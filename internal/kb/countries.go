package kb

import (
	"errors"
	"slices"
	"strings"

	"letopis"
)

// CountriesOf returns the countries that an argument means: a country or body by
// its code or name, a group of countries by its id or the name of its body, with the
// code of that body. when is the time whose members count; empty for now. The error is of
// kind Invalid where nothing is called so.
func (k *KB) CountriesOf(arg, when string) ([]string, error) {
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
				return k.CountriesOf(id, when)
			}
		}
	}
	return nil, &letopis.Error{Op: arg, Kind: letopis.Invalid,
		Err: errors.New("no country or group is called so; write a code as CHN, a name as Китай, or a group as EU, NATO, G7")}
}
