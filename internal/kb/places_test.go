package kb

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestPlaces(t *testing.T) {
	common := fstest.MapFS{
		"countries.tsv": {Data: []byte("NOR\tNO\tstate\nSWE\tSE\tstate\n")}, "xx/decline.tsv": {Data: []byte("place\tа\tа у\n")},
		"places.tsv": {Data: []byte("vell\tcity\tNOR\tSWE\t-46.5\t30.74\t7\nvoe\twater\n")}, "xx/places.tsv": {Data: []byte("vell\tВелла|Старая Велла\nvoe\tВоэ?\n")},
	}
	k, err := Open(common)
	if err != nil {
		t.Fatal(err)
	}
	ms := k.Scan("xx", toks("В Веллу и Воэ"))
	if len(ms) != 2 || ms[0].Kind != KindPlace || ms[0].ID != "place/vell" || ms[0].Country != "NOR" || ms[0].Base != "Велла" || ms[0].Ambiguous || !ms[1].Ambiguous || ms[1].Country != "" {
		t.Errorf("found %+v", ms)
	}
	p := k.Place("place/vell")
	if p == nil || p.Lat != -46.5 || p.Lon != 30.74 || p.GeoNames != "7" || len(p.Said) != 1 || p.Said[0] != "SWE" {
		t.Errorf("place %+v", p)
	}
	for row, want := range map[string]string{
		"a\tvillage\tNOR":               "places.tsv:1:3: kind",
		"a\tcity\tXXX":                  `no country "XXX"`,
		"a\tcity\tNOR\tNOR YYY":         `no country "YYY"`,
		"a\tcity\tNOR\t\t91\t0":         `"91", want degrees`,
		"a\tcity\tNOR\t\t0\tNaN":        `"NaN", want degrees`,
		"a\tcity\tNOR\t\t1\t1\tx7":      "GeoNames id \"x7\", want a number",
		"a\tcity\tNOR\t\t1\t1\t7\tNO_3": "unit \"NO_3\", want a code",
		"a\tcity\tNOR\na\tcity\tNOR":    "stands here twice",
	} {
		_, err := Open(fstest.MapFS{"countries.tsv": common["countries.tsv"], "xx/decline.tsv": common["xx/decline.tsv"], "places.tsv": {Data: []byte(row + "\n")}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", row, err, want)
		}
	}
}

// TestGeneratedPlaces looks at the tables that ship: capitals have degrees, and what was made by rule says so.
func TestGeneratedPlaces(t *testing.T) {
	k := dataKB(t)
	for _, code := range []string{"BGR", "RUS", "UKR", "FRA", "USA", "CHN"} {
		if p := k.CapitalOf(code); p == nil || p.Lat == 0 || p.Country != code {
			t.Errorf("capital of %s: %+v", code, p)
		}
	}
	if p := k.Place("odesa"); p == nil || !p.Named || p.Size != 5 || p.Country != "UKR" {
		t.Errorf("odesa: %+v", p)
	}
	if p := k.Place("g4717560"); p == nil || p.Named || p.Unit != "US-TX" {
		t.Errorf("Paris, Texas: %+v", p)
	}
}
