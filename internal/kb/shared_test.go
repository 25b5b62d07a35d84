package kb

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedDir returns the folder of the shared data.
func sharedDir() string {
	if dir := os.Getenv("LETOPIS_SHARED"); dir != "" {
		return dir
	}
	for _, d := range []string{"../../../shared", "../../../../shared"} {
		if _, err := os.Stat(d); err == nil {
			return d
		}
	}
	return "shared"
}

// shared returns a file of the shared data, or skips.
func shared(tb testing.TB, path string) string {
	tb.Helper()
	b, err := os.ReadFile(filepath.Join(sharedDir(), path))
	if err != nil {
		tb.Skipf("no %s: set LETOPIS_SHARED to the shared data", path)
	}
	return string(b)
}

func readJSON(tb testing.TB, path string, v any) {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, v)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// names resolves a whole string to a country.
func names(k *KB, lang, s string) string {
	s = strings.NewReplacer(",", " , ", "(", " ( ", ")", " ) ").Replace(s)
	ts := toks(s)
	for _, m := range k.Match(lang, ts, 0) {
		if m.Last == len(ts)-1 && m.Kind == KindCountry {
			return m.Country
		}
	}
	return ""
}

// TestTerritories measures the names of countries against CLDR's: goal 99.5 %.
func TestTerritories(t *testing.T) {
	k := dataKB(t)
	byAlpha2 := map[string]string{}
	for _, code := range k.Countries() {
		if c := k.Country(code); c.Status != "former" {
			byAlpha2[c.Alpha2] = code
		}
	}
	n, right := 0, 0
	check := func(code, lang, name string) {
		want := byAlpha2[code]
		if want == "" || name == "" {
			return
		}
		n++
		if got := names(k, lang, name); got == want {
			right++
		} else {
			t.Logf("%s %s: %q gives %q", lang, want, name, got)
		}
	}
	for _, line := range strings.Split(shared(t, "data/names/territories_cldr.tsv"), "\n")[1:] {
		if c := strings.Split(line, "\t"); len(c) > 3 {
			check(c[0], "en", c[1])
			check(c[0], "bg", c[2])
			check(c[0], "ru", c[3])
		}
	}
	t.Logf("%d of %d names = %.2f %%", right, n, 100*float64(right)/float64(n))
	if float64(right) < 0.995*float64(n) {
		t.Errorf("%d of %d names of countries found, want 99.5 %%", right, n)
	}
	n, right = 0, 0
	for _, line := range strings.Split(shared(t, "data/names/territories_cldr_alt.tsv"), "\n")[1:] {
		if c := strings.Split(line, "\t"); len(c) > 3 && (c[2] == "bg" || c[2] == "ru" || c[2] == "en") {
			check(c[0], c[2], c[3])
		}
	}
	t.Logf("variants: %d of %d", right, n)
}

// TestPersonsSlavic measures SameName on pairs of names across scripts: recall on
// pairs of one person, precision against as many random pairs of other persons
// with the same initial.
func TestPersonsSlavic(t *testing.T) {
	k := dataKB(t)
	langs := []string{"en", "bg", "ru", "uk"}
	type named [4]string
	var all []named
	byInitial := map[string][]int{}
	for _, line := range strings.Split(shared(t, "data/names/persons_slavic.tsv"), "\n")[1:] {
		c := strings.Split(line, "\t")
		if len(c) < 4 {
			continue
		}
		n := named{c[0], c[1], c[2], c[3]}
		if n[0] != "" {
			key := strings.ToLower(n[0][:1])
			byInitial[key] = append(byInitial[key], len(all))
		}
		all = append(all, n)
	}
	pairs, found, wrong, wrongKey, foundKey := 0, 0, 0, 0, 0
	misses := 0
	seed := uint32(1)
	for i, n := range all {
		for a := range n {
			for b := a + 1; b < len(n); b++ {
				if n[a] == "" || n[b] == "" || n[0] == "" {
					continue
				}
				pairs++
				ok, why := k.SameName(n[a], langs[a], n[b], langs[b])
				if ok {
					found++
				} else if misses++; misses%97 == 0 {
					t.Logf("missed: %s, %s: %s", n[a], n[b], why)
				}
				if k.Key(n[a], langs[a]) == k.Key(n[b], langs[b]) {
					foundKey++
				}
				group := byInitial[strings.ToLower(n[0][:1])]
				for {
					seed = seed*1664525 + 1013904223
					j := group[int(seed>>8)%len(group)]
					if len(group) == 1 {
						break
					}
					if j == i || all[j][b] == "" || all[j][0] == n[0] || all[j][b] == n[b] {
						continue
					}
					if ok, why := k.SameName(n[a], langs[a], all[j][b], langs[b]); ok {
						wrong++
						if wrong%17 == 0 {
							t.Logf("wrong: %s, %s: %s", n[a], all[j][b], why)
						}
					}
					if k.Key(n[a], langs[a]) == k.Key(all[j][b], langs[b]) {
						wrongKey++
					}
					break
				}
			}
		}
	}
	recall, precision := float64(found)/float64(pairs), float64(found)/float64(found+wrong)
	t.Logf("%d pairs: recall %.4f, precision %.4f; keys: recall %.4f, precision %.4f", pairs, recall, precision,
		float64(foundKey)/float64(pairs), float64(foundKey)/float64(max(1, foundKey+wrongKey)))
	if recall < 0.90 || precision < 0.97 {
		t.Errorf("recall %.3f, precision %.3f, want 0.90 and 0.97", recall, precision)
	}
}

// TestSpeakers measures, on the development gold, the country of a speaker by the
// knowledge base alone: from his name as a person, else from the first country,
// body or adjective in the words that name him. Pronouns and names of unknown
// people need the article, so the figure is of those that the tables can decide.
func TestSpeakers(t *testing.T) {
	shared(t, "gold/README.md")
	k := dataKB(t)
	dir := filepath.Join(sharedDir(), "gold/dev")
	files, _ := filepath.Glob(filepath.Join(dir, "records/*.json"))
	n, answered, right := 0, 0, 0
	for _, f := range files {
		var rec struct {
			Statements []struct {
				Speaker struct{ Text, Name, Country string }
			}
		}
		var art struct{ Lang, Published string }
		readJSON(t, f, &rec)
		readJSON(t, filepath.Join(dir, "articles", filepath.Base(f)), &art)
		for _, s := range rec.Statements {
			want := s.Speaker.Country
			if want == "" {
				continue
			}
			n++
			got := speakerCountry(k, art.Lang, art.Published, s.Speaker.Name, s.Speaker.Text)
			if got == "" {
				continue
			}
			answered++
			if got == want {
				right++
			} else {
				t.Logf("%s %s (%s): %s, gold %s", art.Lang, s.Speaker.Name, s.Speaker.Text, got, want)
			}
		}
	}
	t.Logf("%d speakers with a country, %d answered, %d right = %.3f of the answered", n, answered, right, float64(right)/float64(answered))
}

// speakerCountry is what the tables say of a speaker.
func speakerCountry(k *KB, lang, when, name, text string) string {
	igo := func(c string) string {
		if c != "" && k.Country(c) == nil {
			return "IGO"
		}
		return c
	}
	if f := k.Person(name, lang); len(f) > 0 && f[0].Full {
		if len(when) >= 10 {
			for _, o := range k.OfficesAt(f[0].ID, when[:10]) {
				return igo(o.Country)
			}
		}
		return f[0].Country
	}
	for _, s := range []string{text, name} {
		for _, m := range k.Scan(lang, toks(strings.ReplaceAll(s, "'s", " 's"))) {
			if m.Country != "" && m.Kind != KindOutlet && m.Kind != KindPerson {
				return igo(m.Country)
			}
		}
	}
	return ""
}

// TestRussianForms measures Russian forms as they stand in running text: the
// countries and nationalities that NEREL marks, found as whole names.
func TestRussianForms(t *testing.T) {
	k := dataKB(t)
	found, all := map[string]int{}, map[string]int{}
	for _, line := range strings.Split(shared(t, "data/nerel/nerel_dev.jsonl"), "\n") {
		if line == "" {
			continue
		}
		var doc struct {
			Text     string
			Entities [][]any
		}
		if err := json.Unmarshal([]byte(line), &doc); err != nil {
			t.Fatal(err)
		}
		runes := []rune(doc.Text)
		for _, e := range doc.Entities {
			typ := e[1].(string)
			if typ != "COUNTRY" && typ != "NATIONALITY" {
				continue
			}
			s := string(runes[int(e[2].(float64)):int(e[3].(float64))])
			if script(s) != "cyrl" {
				continue // names of foreign books and sites
			}
			all[typ]++
			ts := toks(separate.Replace(s))
			ok := false
			for _, m := range k.MatchAll("ru", ts, 0) {
				ok = ok || m.Last == len(ts)-1 && m.Country != ""
			}
			if ok {
				found[typ]++
			} else {
				t.Logf("%s not found: %s", typ, s)
			}
		}
	}
	for _, typ := range []string{"COUNTRY", "NATIONALITY"} {
		t.Logf("%s: %d of %d", typ, found[typ], all[typ])
	}
	if c := "COUNTRY"; float64(found[c]) < 0.97*float64(all[c]) {
		t.Errorf("%d of %d names of countries in running text found, want 97 %%", found[c], all[c])
	}
}
