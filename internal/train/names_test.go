package train

import (
	"path/filepath"
	"slices"
	"testing"
)

func TestListsWriteOutAlternatives(t *testing.T) {
	got := alternatives("Union of {North,South} {Seas,Lakes}|UNSL?|open {brace")
	slices.Sort(got)
	want := []string{"UNSL?", "Union of North Lakes", "Union of North Seas", "Union of South Lakes", "Union of South Seas", "open {brace"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFiguresOfOneLanguageAreReplaced(t *testing.T) {
	file := filepath.Join(t.TempDir(), "loo.tsv")
	half := NameScores{Strict: NameScore{1, 1, 2, 2}, Partial: NameScore{2, 2, 2, 2}}
	for _, lang := range []string{"ru", "bg", "ru"} {
		if err := UpdateNamesFigures(file, map[string]NameScores{lang + " sport ": half}); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := tsvRows(file)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"bg", "sport", "all", "0.500", "1.000", "0.000", "2"}, {"ru", "sport", "all", "0.500", "1.000", "0.000", "2"}}
	if !slices.EqualFunc(rows, want, slices.Equal[[]string]) {
		t.Errorf("got %q, want %q", rows, want)
	}
	if err := UpdateNamesFigures(file, map[string]NameScores{"bg": half}); err == nil {
		t.Error("a figure without topic went in")
	}
}

func TestScoreNamesCountsFormsEntitiesAndBases(t *testing.T) {
	gold := []NameItem{
		{"иван петров", "иван петров", "PER", "P1"}, {"петров", "петров", "PER", "P1"},
		{"софийската община", "софийска община", "ORG", "O1"}, {"софия", "софия", "LOC", "L1"},
	}
	sys := []NameItem{
		{"иван петров", "иван петров", "PER", ""}, {"софийската община", "софийската община", "ORG", ""}, {"софия", "софия", "ORG", ""},
	}
	s := ScoreNames(gold, sys)[""]
	if want := (NameScore{2, 2, 4, 3}); s.Strict != want {
		t.Errorf("strict = %+v, want %+v", s.Strict, want)
	}
	if want := (NameScore{2, 2, 3, 3}); s.Partial != want {
		t.Errorf("partial = %+v, want %+v", s.Partial, want)
	}
	if want := (NameScore{1, 1, 2, 2}); s.Lemma != want {
		t.Errorf("lemma = %+v, want %+v", s.Lemma, want)
	}
}
