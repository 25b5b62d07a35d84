package kb

import (
	"slices"
	"testing"

	"letopis"
)

func TestCountriesOf(t *testing.T) {
	k := dataKB(t)
	for _, c := range []struct {
		arg, when string
		all       []string // exactly
		has       string   // among others
		not       string
	}{
		{arg: "chn", all: []string{"CHN"}},
		{arg: "Китай", all: []string{"CHN"}},
		{arg: "China", all: []string{"CHN"}},
		{arg: "eu", has: "BGR", not: "GBR"},
		{arg: "EU", when: "2015", has: "GBR", not: "NOR"},
		{arg: "НАТО", has: "BGR", not: "CHE"},
		{arg: "European Union", has: "DEU", not: "CHE"},
	} {
		got, err := k.CountriesOf(c.arg, c.when)
		if err != nil {
			t.Errorf("%s: %v", c.arg, err)
			continue
		}
		if c.all != nil && !slices.Equal(got, c.all) || c.has != "" && !slices.Contains(got, c.has) || slices.Contains(got, c.not) {
			t.Errorf("%s at %q: %v", c.arg, c.when, got)
		}
	}
	if _, err := k.CountriesOf("Nowhereland", ""); letopis.KindOf(err) != letopis.Invalid {
		t.Errorf("a country that is none: %v", err)
	}
}
