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
