package storetest

import (
	"slices"
	"testing"
	"unicode/utf8"

	"letopis"
)

func TestMemory(t *testing.T) {
	Run(t, func(_ testing.TB, _ string, f letopis.Folder) letopis.Store { return NewMemory(f) }, false)
}

// Generated records keep the invariant of the contract: ranges are true.
func TestGenerator(t *testing.T) {
	for _, r := range NewGenerator(1).Records(200) {
		text := []rune(r.Document.Text)
		check := func(x letopis.Range) {
			if string(text[x.Start:x.End]) != x.Text || !utf8.ValidString(x.Text) {
				t.Fatalf("%s: range %d–%d is %q, says %q", r.Document.ID, x.Start, x.End, string(text[x.Start:x.End]), x.Text)
			}
		}
		for _, e := range r.Entities {
			for _, m := range e.Mentions {
				check(m.Range)
			}
		}
		for _, v := range r.Events {
			check(v.Trigger)
			check(v.Evidence)
		}
		for _, s := range r.Statements {
			check(s.Content)
			check(*s.Cue)
			check(*s.Speaker.Mention)
		}
	}
	if first, second := toJSON(t, NewGenerator(4).Records(3)), toJSON(t, NewGenerator(4).Records(3)); first != second {
		t.Error("the same seed gives other records")
	}
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
