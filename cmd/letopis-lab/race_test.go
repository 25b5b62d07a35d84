package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// The ranks are those of the tables of the sign test at 95 %.
func TestMedianRank(t *testing.T) {
	for n, want := range map[int]int{1: 0, 2: 0, 5: 0, 6: 0, 9: 1, 10: 1, 20: 5, 25: 7, 40: 13} {
		if got := medianRank(n); got != want {
			t.Errorf("of %d values %d, want %d", n, got, want)
		}
	}
}

func TestRaceShares(t *testing.T) {
	var r race
	for i := range 10 {
		r.Pairs = append(r.Pairs, racePair{NewFirst: i%2 == 1, OldWall: 100, NewWall: 90 + 2*float64(i), OldUser: 50, NewUser: 25})
	}
	slices.Reverse(r.Pairs)
	r.Wall, r.User = shareOfPairs(r.Pairs, racePair.wall), shareOfPairs(r.Pairs, racePair.user)
	if (r.Wall != raceShare{Median: 0.99, Low: 0.92, High: 1.06}) {
		t.Errorf("by the clock %+v", r.Wall)
	}
	if (r.User != raceShare{0.5, 0.5, 0.5}) {
		t.Errorf("user time %+v", r.User)
	}
	var b bytes.Buffer
	if err := r.print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1      new         100.0      108.0   1.080", "by the clock  new/old 0.990, between 0.920 and 1.060", "user time     new/old 0.500, between 0.500 and 0.500"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, &b)
		}
	}
	// A run of no time at all divides nothing by nothing.
	if s := shareOfPairs([]racePair{{}}, racePair.user); s.Median != 1 {
		t.Errorf("nothing against nothing is %v", s.Median)
	}
}

func TestThinned(t *testing.T) {
	items := []int{0, 1, 2, 3, 4, 5, 6}
	for most, want := range map[int][]int{0: items, 9: items, 7: items, 3: {0, 2, 4}, 1: {0}} {
		if got := thinned(items, most); !slices.Equal(got, want) {
			t.Errorf("%d of them are %v, want %v", most, got, want)
		}
	}
}
