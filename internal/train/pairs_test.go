package train

import (
	"fmt"
	"slices"
	"testing"

	"letopis/internal/pairs"
)

// toy has examples whose label is told by one feature and disturbed by another.
func toy() []*PairExample {
	var out []*PairExample
	for i := range 60 {
		label := []string{"A", "B", "C"}[i%3]
		out = append(out, &PairExample{Label: label, Group: fmt.Sprint(i / 6),
			Features: []pairs.Feature{pairs.Root(label), pairs.Root(fmt.Sprint("noise", i%7)), pairs.Root(fmt.Sprint("own", i))}})
	}
	return out
}

func TestPairsLearn(t *testing.T) {
	o := DefaultPairOptions
	answers, err := CrossValidatePairs(toy(), 5, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range toy() {
		if answers[i] != e.Label {
			t.Errorf("example %d: %s, want %s", i, answers[i], e.Label)
		}
	}
	_, one, err := Pairs(toy(), o)
	if err != nil {
		t.Fatal(err)
	}
	_, two, _ := Pairs(toy(), o)
	if fmt.Sprint(one) != fmt.Sprint(two) {
		t.Error("the same seed gives other weights")
	}
	o.Rows = 3
	if _, few, _ := Pairs(toy(), o); len(few) != 3 {
		t.Errorf("%d rows, want 3", len(few))
	}
	if _, _, err := Pairs(toy()[:1], o); err == nil {
		t.Error("one label was enough to learn from")
	}
}

// What belongs together stays in one part, and every part has its share of each label.
func TestPairFolds(t *testing.T) {
	fold := PairFolds(toy(), 5, 1)
	size := make([]int, 5)
	for i, f := range fold {
		size[f]++
		if f != fold[i/6*6] {
			t.Errorf("example %d is in part %d, its group in %d", i, f, fold[i/6*6])
		}
	}
	if slices.Min(size) != 12 || slices.Max(size) != 12 {
		t.Errorf("sizes %v", size)
	}
}
