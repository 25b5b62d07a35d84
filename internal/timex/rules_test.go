package timex

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/rule"
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

// bracketed reads an example: "@2018-10-04 text with [finding]{value}". It returns
// the claim, the text without marks, and the findings with their values.
func bracketed(t *testing.T, ex rule.Example) (letopis.When, string, [][2]string) {
	t.Helper()
	text := ex.Text
	var pub letopis.When
	if strings.HasPrefix(text, "@") {
		head, rest, _ := strings.Cut(text[1:], " ")
		pub, text = letopis.When(head), rest
	}
	var out [][2]string
	var sb strings.Builder
	for text != "" {
		a := strings.IndexByte(text, '[')
		b := strings.Index(text, "]{")
		c := strings.IndexByte(text, '}')
		if a < 0 || b < a || c < b {
			break
		}
		out = append(out, [2]string{text[a+1 : b], text[b+2 : c]})
		sb.WriteString(text[:a] + text[a+1:b])
		text = text[c+1:]
	}
	sb.WriteString(text)
	return pub, sb.String(), out
}

// TestExamples runs every yes and no of every rule: a yes must give its rule and
// at least the marked findings; a no must not give the rule.
func TestExamples(t *testing.T) {
	set := testSet(t)
	for _, lang := range langs(t) {
		f, err := set.Lang(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range f.set.Rules {
			if len(r.Yes) == 0 || len(r.No) == 0 {
				t.Errorf("%s: rule %s needs a yes and a no", r.Pos, r.Name)
			}
			for _, ex := range r.Yes {
				f.checkYes(t, r, ex)
			}
			for _, ex := range r.No {
				pub, text, marked := bracketed(t, ex)
				if rules := f.firing(text); rules[r.Name] && f.tells(r.Name, text, pub) {
					t.Errorf("%s: rule %s must not fit", ex.Pos, r.Name)
				}
				if len(marked) > 0 {
					f.checkDates(t, ex)
				}
			}
		}
	}
}

func (f *Finder) checkYes(t *testing.T, r *rule.Rule, ex rule.Example) {
	t.Helper()
	_, text, _ := bracketed(t, ex)
	if rules := f.firing(text); !rules[r.Name] {
		t.Errorf("%s: rule %s does not win in %q; these do: %v", ex.Pos, r.Name, text, rules)
		return
	}
	f.checkDates(t, ex)
}

func (f *Finder) checkDates(t *testing.T, ex rule.Example) {
	t.Helper()
	pub, text, want := bracketed(t, ex)
	res := f.Find(nil, text, Claim{Published: pub})
	for _, w := range want {
		found := ""
		ok := false
		for _, d := range res.Dates {
			got := text[d.Start:d.End]
			found += " [" + got + "]{" + string(d.Value) + "}"
			ok = ok || got == w[0] && string(d.Value) == w[1]
		}
		if !ok {
			t.Errorf("%s: want [%s]{%s}, got%s", ex.Pos, w[0], w[1], found)
		}
	}
}

// tells reports whether a rule that wins gives a date in the end; the other kinds always do.
func (f *Finder) tells(name, text string, pub letopis.When) bool {
	for r, c := range f.rules {
		if r.Name == name && c.kind != kDate {
			return true
		}
	}
	if pub == "" {
		pub = "2020-01-01"
	}
	for _, d := range f.Find(nil, text, Claim{Published: pub}).Dates {
		if d.Rule == name {
			return true
		}
	}
	return false
}

// firing returns the rules that win in a text.
func (f *Finder) firing(text string) map[string]bool {
	out := map[string]bool{}
	atoms := f.set.Atomize(nil, text)
	var dates, marks []rule.Match
	for _, m := range f.set.Match(nil, atoms) {
		if k := f.rules[m.Rule].kind; k == kDateline || k == kStamp || k == kAnniv {
			marks = append(marks, m)
		} else {
			dates = append(dates, m)
		}
	}
	for _, m := range append(rule.Select(dates), rule.Select(marks)...) {
		out[m.Rule.Name] = true
	}
	return out
}
