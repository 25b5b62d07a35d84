package timex

import (
	"os"
	"path/filepath"
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
