package kb

import (
	"errors"
	"strings"

	"letopis/internal/tsv"
)

// rules is what the small tables tell: who belongs to what group, how names sound, change
// and are written. They are read as they stand at each start.
type rules struct {
	groups      []membership
	familyFirst map[string]bool // countries where the family name comes first
	sounds      *sounds
	ends        map[string]*endings // by language
}

type membership struct{ group, code, from, until string }

// isRule reports whether a table is one of those.
func isRule(path string) bool {
	return path == "groups.tsv" || strings.HasPrefix(path, "translit/") || strings.HasSuffix(path, "/decline.tsv")
}

// readRules reads the rules of the languages; country says which codes there are.
func readRules(ts tables, langs []string, country func(string) bool) (rules, error) {
	u := rules{familyFirst: map[string]bool{}, sounds: newSounds(), ends: map[string]*endings{}}
	errs := []error{u.readGroups(ts, country), u.readSounds(ts)}
	for _, lang := range langs {
		rows, err := readTable(ts, lang+"/decline.tsv", tsv.Fields("kind", "ending", "forms"))
		ends, more := readEndings(rows)
		u.ends[lang] = ends
		errs = append(append(errs, err), more...)
	}
	return u, errors.Join(errs...)
}

func (u *rules) readGroups(ts tables, country func(string) bool) error {
	rows, err := readTable(ts, "groups.tsv", tsv.Fields("group", "countries", "from?", "until?"))
	errs := []error{err}
	for _, r := range rows {
		for _, code := range strings.Fields(r.Field(1)) {
			if !country(code) {
				errs = append(errs, r.Errorf(1, "no country %q in countries.tsv", code))
			}
			u.groups = append(u.groups, membership{r.Field(0), code, r.Field(2), r.Field(3)})
			if r.Field(0) == "family-name-first" {
				u.familyFirst[code] = true
			}
		}
		errs = append(errs, checkDate(r, 2), checkDate(r, 3))
	}
	return errors.Join(errs...)
}

// readSounds reads the tables of translit/.
func (u *rules) readSounds(ts tables) error {
	sound, err1 := readTable(ts, "translit/sound.tsv", tsv.Fields("language", "spelling", "sounds"))
	near, err2 := readTable(ts, "translit/near.tsv", tsv.Fields("sounds", "cost"))
	part, err3 := readTable(ts, "translit/particles.tsv", tsv.Fields("word", "kind"))
	differ, err4 := readTable(ts, "translit/differ.tsv", tsv.Fields("names", "others"))
	latin, err5 := readTable(ts, "translit/latin.tsv", tsv.Fields("language", "spelling", "Latin"))
	scripts, err6 := readTable(ts, "translit/scripts.tsv", tsv.Fields("script", "language"))
	errs := append(u.sounds.readSound(sound), err1, err2, err3, err4, err5, err6)
	for i := range latin {
		lang, spelling, letters := latin[i].Field(0), latin[i].Field(1), noDash(latin[i].Field(2))
		if u.sounds.latin[lang] == nil {
			u.sounds.latin[lang] = map[string]string{}
		}
		u.sounds.latin[lang][spelling] = letters
	}
	for _, r := range scripts {
		if u.sounds.latin[r.Field(1)] == nil {
			errs = append(errs, r.Errorf(1, "latin.tsv has no letters of %q", r.Field(1)))
		}
		u.sounds.letters[r.Field(0)] = r.Field(1)
	}
	errs = append(errs, u.sounds.readNear(near)...)
	for i := range part {
		switch c := part[i].Field(1); c {
		case partSurname, partArticle, partTitle:
		default:
			errs = append(errs, part[i].Errorf(1, "%q, want %s, %s or %s", c, partSurname, partArticle, partTitle))
		}
		u.sounds.part[part[i].Field(0)] = part[i].Field(1)
	}
	u.sounds.sets = map[string][]map[string]bool{}
	for i := range differ {
		for _, c := range [2][2]int{{0, 1}, {1, 0}} {
			others := map[string]bool{}
			for _, w := range strings.Fields(differ[i].Field(c[1])) {
				others[w] = true
			}
			for _, w := range strings.Fields(differ[i].Field(c[0])) {
				u.sounds.sets[w] = append(u.sounds.sets[w], others)
			}
		}
	}
	return errors.Join(errs...)
}
