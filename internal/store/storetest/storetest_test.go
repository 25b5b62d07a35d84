package storetest

import (
	"slices"
	"testing"

	"letopis"
	"letopis/internal/store"
)

func TestMemory(t *testing.T) {
	Run(t, func(_ testing.TB, _ string, f store.Folder) letopis.Store { return NewMemory(f) }, false)
}

// Both ways of sorting are one order.
func TestSortEntries(t *testing.T) {
	m := NewMemory(Plain{})
	recs := NewGenerator(2).Records(80)
	recs[3].Events[0].Date, recs[9].Events[0].Date = "", "2020/"
	recs[9].Events[0].Recalled, recs[3].Events[0].Recalled = true, true
	put(t, m, recs...)
	all, err := m.choose(t.Context(), &letopis.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(all, (*letopis.Entry).Compare) {
		t.Error("SortEntries and Compare disagree")
	}
}
