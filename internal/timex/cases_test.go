package timex

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"letopis/internal/rule"
)

// TestCases runs lang/*/cases/dates.case: what stands in brackets, and nothing
// else, is found, with the value in braces.
func TestCases(t *testing.T) {
	set := testSet(t)
	files, _ := filepath.Glob("../../data/lang/*/cases/dates.case")
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	for _, file := range files {
		lang := filepath.Base(filepath.Dir(filepath.Dir(file)))
		f, err := set.Lang(lang)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(b), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			pub, text, want := bracketed(rule.Example{Text: line})
			res := f.Find(analysis(t, lang, text), text, Claim{Published: pub, Given: true})
			got, at := "", int32(0)
			for _, d := range res.Dates {
				if d.Kind == Calendar {
					got += text[at:d.Start] + "[" + text[d.Start:d.End] + "]{" + string(d.Value) + "}"
					at = d.End
				}
			}
			got += text[at:]
			if _, body, _ := strings.Cut(line, " "); got != body {
				t.Errorf("%s:%d: want %s\n got %s (%d marked)", file, n+1, body, got, len(want))
			}
		}
	}
}

// kindsOfTimes are the kinds of times that every language tells, by the file cases/kinds.case.
// The ends of an interval are two times, and an anniversary is none but evidence for the
// article's own date, which TestPublished reads.
var kindsOfTimes = []string{"absolute", "deictic", "relative", "weekday-past", "weekday-future", "part", "interval", "open-interval", "season", "quarter", "decade", "clock-zone",
	"holiday-fixed", "easter-west", "easter-east", "chinese-new-year", "anniversary", "century", "year-bare", "roman", "range", "old-style"}

// TestKinds runs lang/*/cases/kinds.case of the languages that read articles, and wants
// every kind of time there.
func TestKinds(t *testing.T) {
	set := testSet(t)
	files, _ := filepath.Glob("../../data/lang/*/words.tsv") // a language with dates alone need not know all
	if len(files) == 0 {
		t.Fatal("no languages")
	}
	for _, file := range files {
		dir := filepath.Dir(file)
		lang := filepath.Base(dir)
		f, err := set.Lang(lang)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "cases", "kinds.case")
		b, err := os.ReadFile(file)
		if err != nil {
			t.Error(err)
			continue
		}
		seen := map[string]bool{}
		for n, line := range strings.Split(string(b), "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			kind, line, ok := strings.Cut(line, "\t")
			if !ok || !slices.Contains(kindsOfTimes, kind) {
				t.Errorf("%s:%d: %q is no kind of time; there are %s", file, n+1, kind, strings.Join(kindsOfTimes, ", "))
				continue
			}
			seen[kind] = true
			pub, text, _ := bracketed(rule.Example{Text: line})
			got, at := "", int32(0)
			for _, d := range f.Find(analysis(t, lang, text), text, Claim{Published: pub, Given: true}).Dates {
				if d.Kind == Calendar {
					got += text[at:d.Start] + "[" + text[d.Start:d.End] + "]{" + string(d.Value) + "}"
					at = d.End
				}
			}
			got += text[at:]
			if _, body, _ := strings.Cut(line, " "); got != body {
				t.Errorf("%s:%d: %s: want %s\n got %s", file, n+1, kind, body, got)
			}
		}
		for _, k := range kindsOfTimes {
			if !seen[k] {
				t.Errorf("%s: no line of the kind %q", file, k)
			}
		}
	}
}
