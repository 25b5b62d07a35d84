package kb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared returns a file of the shared data, or skips.
func shared(tb testing.TB, path string) string {
	tb.Helper()
	dir := os.Getenv("LETOPIS_SHARED")
	if dir == "" {
		for _, d := range []string{"../../../shared", "/work/shared"} {
			if _, err := os.Stat(d); err == nil {
				dir = d
				break
			}
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, path))
	if err != nil {
		tb.Skipf("no %s: set LETOPIS_SHARED to the shared data", path)
	}
	return string(b)
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
