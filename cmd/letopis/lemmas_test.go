package main

import (
	"strings"
	"testing"
)

// A word is found in any of its forms, in every language, and with the star as it stands.
func TestFindLemmas(t *testing.T) {
	db := t.TempDir() + "/demo.db"
	output(t, "add", "--db", db, "../../data/demo")
	count := func(words string) int {
		return strings.Count(output(t, "find", "--db", db, "--limit", "0", "--format", "jsonl", words), "\n")
	}
	for _, forms := range [][]string{{"телеграма", "телеграмата", "телеграми"}, {"телеграмма", "телеграммой", "телеграммы"}, {"alliance", "alliances"}, {"договор", "договорът"}} {
		first := count(forms[0])
		for _, f := range forms[1:] {
			if n := count(f); n != first || n == 0 {
				t.Errorf("%q finds %d, %q finds %d", forms[0], first, f, n)
			}
		}
	}
	if n := count("телеграммам*"); n != 0 {
		t.Errorf("a beginning finds %d by its lemma", n)
	}
	if out := output(t, "find", "--db", db, "--limit", "1", "--format", "jsonl", "договор"); strings.Contains(out, "lemmas") {
		t.Errorf("the lemmas of the index are shown: %s", out)
	}
}
