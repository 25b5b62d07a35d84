package read

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestConfidences(t *testing.T) {
	table := "# rule\tlang\tconfidence\tn\tright\n*\tund\t0.71\t100\t71\n*\tbg\t0.80\t40\t32\nclause\tund\t0.90\t50\t45\nclause.say\ten\t0.95\t30\t29\n"
	c, err := openConfidences(fstest.MapFS{confidenceTable: {Data: []byte(table)}})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		rule, lang string
		want       int
	}{
		{"clause.say", "en", 95},   // its own row
		{"clause.say", "ru", 90},   // no row of the rule in Russian, nor in all languages: its family
		{"clause.tell", "en", 90},  // a word never counted
		{"noun.warning", "bg", 80}, // a family never counted
		{"noun.warning", "ru", 71},
	} {
		if got := c.of(x.rule, x.lang); got != x.want {
			t.Errorf("%s in %s: %d, want %d", x.rule, x.lang, got, x.want)
		}
	}
	if got := (confidences{}).of("clause.say", "en"); got != unknown {
		t.Errorf("without a table %d, want %d", got, unknown)
	}
	_, err = openConfidences(fstest.MapFS{confidenceTable: {Data: []byte("*\tund\t1.4\t1\t1\n")}})
	if err == nil || !strings.Contains(err.Error(), confidenceTable+":1:7:") {
		t.Errorf("a share above 1: %v, want a complaint with its place", err)
	}
}

// Every way to find a statement has its place among the others.
func TestSurenessIsWhole(t *testing.T) {
	for _, f := range frames {
		for _, found := range []string{f.name, f.name + ".same"} {
			if _, ok := sureness[found]; !ok {
				t.Errorf("%q stands nowhere in sureness", found)
			}
		}
	}
}
