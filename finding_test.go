package letopis

import (
	"reflect"
	"slices"
	"testing"
)

func TestFindings(t *testing.T) {
	r := sample()
	r.Events = append(r.Events, Event{ID: "v2", Code: Consult, Trigger: r.Statements[0].Content})
	var ids []string
	for f := range r.Findings() {
		ids = append(ids, f.ID)
		if k := (Item{Item: f.ID}).Kind(); k != f.Kind {
			t.Errorf("%s is of kind %q, its id tells %q", f.ID, f.Kind, k)
		}
		if got, ok := r.Finding(f.ID); !ok || got != f {
			t.Errorf("Finding(%s) = %+v, %v", f.ID, got, ok)
		}
	}
	if want := []string{"s1", "v1", "v2"}; !slices.Equal(ids, want) {
		t.Errorf("findings %q, want %q", ids, want)
	}
	s, _ := r.Finding("s1")
	if want := (Finding{ID: "s1", Kind: FindingStatement, At: r.Statements[0].Content, Words: r.Statements[0].Content, When: "2020-12-05",
		Recalled: true, Confidence: 0.93, Rule: "r", Statement: &r.Statements[0]}); s != want {
		t.Errorf("the statement is\n%+v, want\n%+v", s, want)
	}
	v, _ := r.Finding("v1")
	if want := (Finding{ID: "v1", Kind: FindingEvent, At: r.Events[0].Trigger, Words: r.Events[0].Evidence, When: "2020-12-05",
		Modality: Future, Confidence: 0.88, Rule: "r", Event: &r.Events[0]}); v != want {
		t.Errorf("the event is\n%+v, want\n%+v", v, want)
	}
	if v2, _ := r.Finding("v2"); v2.Words != r.Events[1].Trigger {
		t.Errorf("an event without a sentence is quoted as %+v", v2.Words)
	}
	if f, ok := r.Finding("v9"); ok {
		t.Errorf("Finding(v9) = %+v", f)
	}
	for f := range r.Findings() {
		ids = []string{f.ID}
		break // the iterator must stop
	}
	if !slices.Equal(ids, []string{"s1"}) {
		t.Errorf("the first finding is %q", ids)
	}
}

// An id of an unknown kind is of no kind, whatever stands in its place.
func TestItemOfNoKind(t *testing.T) {
	for _, item := range []string{"", "x1", "V1", "e1"} {
		if k := (Item{Item: item}).Kind(); k != "" {
			t.Errorf("item %q is of kind %q", item, k)
		}
	}
}

// Whatever list of the record holds findings has a row.
func TestEveryKindHasItsRow(t *testing.T) {
	r := sample()
	lists, found := 0, map[FindingKind]bool{}
	for v, i := reflect.ValueOf(r).Elem(), 0; i < v.NumField(); i++ {
		if f := v.Field(i); f.Kind() == reflect.Slice {
			if _, ok := f.Type().Elem().FieldByName("Confidence"); ok {
				lists++
			}
		}
	}
	for f := range r.Findings() {
		found[f.Kind] = true
		pointers := 0
		for v, i := reflect.ValueOf(f), 0; i < v.NumField(); i++ {
			if v.Field(i).Kind() == reflect.Pointer && !v.Field(i).IsNil() {
				pointers++
			}
		}
		if pointers != 1 {
			t.Errorf("%s has %d pointers set, want one", f.ID, pointers)
		}
	}
	if lists != len(found) || lists != len(FindingKinds()) {
		t.Errorf("the record has %d lists of findings, the sample %d kinds, and there are %q", lists, len(found), FindingKinds())
	}
}
