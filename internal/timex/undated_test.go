package timex

import (
	"testing"
	"time"

	"letopis"
)

// TestUndated takes the date from the articles of the development gold: what is
// then inferred must hold the true date and be at most three months wide, or be
// unknown.
func TestUndated(t *testing.T) {
	set := testSet(t)
	good, told, n := 0, 0, 0
	for _, a := range goldArticles(t, "dev") {
		f, err := set.Lang(a.Lang)
		if err != nil {
			t.Fatal(err)
		}
		n++
		p := f.Find(analysis(t, a.Lang, a.Text), a.Text, Claim{}).Published
		if p.Value == "" {
			good++
			continue
		}
		told++
		first, last, _ := p.Value.Bounds()
		if p.Value.Contains(letopis.When(a.Published)) && last.Sub(first) <= 93*24*time.Hour {
			good++
			t.Logf("ok %s %s: %s by %s", a.ID, a.Published, p.Value, p.Rule)
			continue
		}
		t.Logf("WRONG %s %s: %s by %s", a.ID, a.Published, p.Value, p.Rule)
	}
	t.Logf("undated: %d articles, %d dated, %d right or unknown", n, told, good)
	if float64(good) < 0.8*float64(n) {
		t.Errorf("right or unknown for %d of %d articles: below 80 %%", good, n)
	}
}
