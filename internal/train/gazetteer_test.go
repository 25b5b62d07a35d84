package train

import (
	"slices"
	"testing"
)

func TestLocate(t *testing.T) {
	cities, err := parseCities([]byte(`{
		"7": {"geonameid": 7, "name": "Harbour", "latitude": 1.256, "longitude": -2.5, "countrycode": "XA", "population": 20000},
		"8": {"geonameid": 8, "name": "Old Harbour", "latitude": 3, "longitude": 4, "countrycode": "XA", "population": 90000, "alternatenames": ["Harbour"]},
		"9": {"geonameid": 9, "name": "Harbour", "latitude": 5, "longitude": 6, "countrycode": "XB", "population": 900000}}`))
	if err != nil {
		t.Fatal(err)
	}
	table := "# id\nbay\twater\nharbour\tcity\tXAX\nmill\tcity\tXAX\tXBX\n"
	got, missing, err := Locate(table, map[string][]string{"harbour": {"Haven", "Harbour"}, "bay": {"Harbour"}, "mill": {"Mill"}},
		func(code string) string { return code[:2] }, cities, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := "# id\nbay\twater\nharbour\tcity\tXAX\t\t3\t4\t8\t\t2\nmill\tcity\tXAX\tXBX\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if !slices.Equal(missing, []string{"mill"}) {
		t.Errorf("missing %q", missing)
	}
	again, _, err := Locate(got, map[string][]string{"harbour": {"Harbour"}}, func(code string) string { return code[:2] }, cities, nil)
	if err != nil || again != got {
		t.Errorf("a second run changes the table: %q, %v", again, err)
	}
}

func FuzzParseCities(f *testing.F) {
	f.Add([]byte(`{"7": {"geonameid": 7, "name": "Harbour", "latitude": 1.25, "longitude": -2.5, "countrycode": "XA"}}`))
	f.Add([]byte(`{"7": {"geonameid": 8}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		cities, err := parseCities(b)
		if err != nil {
			return
		}
		for _, c := range cities {
			if c.Lat < -90 || c.Lat > 90 || c.Lon < -180 || c.Lon > 180 {
				t.Fatalf("degrees out of range: %+v", c)
			}
		}
	})
}
