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
