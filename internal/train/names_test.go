package train

import "testing"

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
