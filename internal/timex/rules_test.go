package timex

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func testSet(t testing.TB) *Set {
	t.Helper()
	s, err := Open(os.DirFS("../../data"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func langs(t testing.TB) []string {
	t.Helper()
	dirs, err := filepath.Glob("../../data/lang/*/dates.rules")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no rules: %v", err)
	}
	var out []string
	for _, d := range dirs {
		out = append(out, filepath.Base(filepath.Dir(d)))
	}
	return out
}

// TestExamples runs every yes and no of every rule.
func TestExamples(t *testing.T) {
	set := testSet(t)
	for _, lang := range langs(t) {
		f, err := set.Lang(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range f.Check() {
			t.Error(err)
		}
	}
}

// TestCheckFinds makes sure that a wrong example does not pass.
func TestCheckFinds(t *testing.T) {
	const head = "rule und.year\nwhy A year.\nmatch \"in\" [y:#1900-2100]\nvalue y=$y\n"
	for tail, want := range map[string]string{
		"yes In [2018]{2018} it was.\nno At 2018 it was.\n": "",
		"yes In [2018]{2019} it was.\nno At 2018 it was.\n": "lang/und/dates.rules:5:5: want [2018]{2019}, got [2018]{2018}",
		"yes At 2018 it was.\nno At 2018 it was.\n":         "lang/und/dates.rules:5:5: rule und.year does not win",
		"yes In [2018]{2018} it was.\nno In 2018 it was.\n": "lang/und/dates.rules:6:4: rule und.year must not fit",
		"yes In [2018]{2018} it was.\n":                     "lang/und/dates.rules:1:1: rule und.year needs a yes and a no",
	} {
		set, err := Open(fstest.MapFS{"lang/und/dates.rules": {Data: []byte(head + tail)}})
		if err != nil {
			t.Fatal(err)
		}
		f, err := set.Lang("en")
		if err != nil {
			t.Fatal(err)
		}
		got := errors.Join(f.Check()...)
		if want == "" && got != nil || want != "" && (got == nil || !strings.HasPrefix(got.Error(), want)) {
			t.Errorf("%q gives %v, want %q", tail, got, want)
		}
	}
}
