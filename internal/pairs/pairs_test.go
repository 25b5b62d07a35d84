package pairs

import (
	"slices"
	"testing"

	"letopis/internal/model"
	"letopis/internal/ud"
)

// small is "Lima openly praised Quito ." as an analysis.
func small() *ud.Analysis {
	words := []ud.Word{{Token: -1},
		{Form: "Lima", Lemma: "Lima", UPOS: "PROPN", Head: 3, Deprel: "nsubj", Token: 0},
		{Form: "openly", Lemma: "openly", UPOS: "ADV", Head: 3, Deprel: "advmod", Token: 1},
		{Form: "praised", Lemma: "praise", UPOS: "VERB", Head: 0, Deprel: "root", Token: 2},
		{Form: "Quito", Lemma: "Quito", UPOS: "PROPN", Head: 3, Deprel: "obj", Token: 3},
		{Form: ".", Lemma: ".", UPOS: "PUNCT", Head: 3, Deprel: "punct", Token: 4}}
	tokens := []ud.Token{{Span: ud.Span{Start: 0, End: 4}, First: 1, Last: 1}, {Span: ud.Span{Start: 5, End: 11}, First: 2, Last: 2},
		{Span: ud.Span{Start: 12, End: 19}, First: 3, Last: 3}, {Span: ud.Span{Start: 20, End: 25}, First: 4, Last: 4}, {Span: ud.Span{Start: 25, End: 26}, First: 5, Last: 5}}
	return &ud.Analysis{Sentences: []ud.Sentence{{Words: words, Tokens: tokens}, {Words: slices.Clone(words), Tokens: nil}}}
}

func pair() Pair {
	p := NewPair(small(), []ud.Span{{Start: 0, End: 4}}, []ud.Span{{Start: 20, End: 25}})
	p.Cues = make([]Cue, len(p.Words))
	p.Cues[3].Code = "SUPPORT"
	return p
}

func TestPairJoinsSentences(t *testing.T) {
	p := pair()
	if len(p.Words) != 11 || p.Words[9].Head != 8 || p.Words[8].Head != 0 {
		t.Errorf("%d words, heads %d %d", len(p.Words), p.Words[9].Head, p.Words[8].Head)
	}
	if want := []Mark{Plain, Source, Plain, Plain, Target, Plain, Plain, Plain, Plain, Plain, Plain}; !slices.Equal(p.Marks, want) {
		t.Errorf("marks %v", p.Marks)
	}
}

func TestFeaturesTellWhatTheySee(t *testing.T) {
	p := pair()
	got := map[string]bool{}
	for _, f := range Features(&p) {
		if got[f.String()] && f.kind != fTargetGovernor {
			t.Errorf("%s stands there twice", f)
		}
		got[f.String()] = true
	}
	for _, want := range []string{"verb of source: praise", "between in the tree: praise", "trigger: SUPPORT", "trigger between in the tree: SUPPORT",
		"way in the tree: _praise", "relations: nsubj_root obj", "order: 1", "between: openly", "modality: negated 0"} {
		if !got[want] {
			t.Errorf("no feature %q in %v", want, got)
		}
	}
	p.Marks[1], p.Marks[4] = Target, Source
	for _, f := range Features(&p) {
		if f.String() == "order: 1" {
			t.Error("the order does not tell who comes first")
		}
	}
}

// A foreign tree may have heads that go in a circle or nowhere.
func TestFeaturesOfBrokenTrees(t *testing.T) {
	p := pair()
	p.Words[3].Head, p.Words[1].Head, p.Words[4].Head = 1, 3, 99
	if len(Features(&p)) == 0 {
		t.Error("no feature")
	}
	p = NewPair(&ud.Analysis{}, nil, nil)
	if f := Features(&p); len(f) == 0 {
		t.Error("an empty sentence has not even the feature that is always there")
	}
}

func TestModel(t *testing.T) {
	p := pair()
	features := Features(&p)
	i := slices.IndexFunc(features, func(f Feature) bool { return f.kind == fGovernor })
	w := &model.Writer{}
	Write(w, "t", []string{"ACCUSE", "SUPPORT"}, []Row{{features[i].Hash, []int8{-3, 9}}, {features[0].Hash, []int8{5, -1}}})
	f, err := model.Open(w.Finish())
	if err != nil {
		t.Fatal(err)
	}
	m, err := Open(f, "t")
	if err != nil {
		t.Fatal(err)
	}
	c := m.Choose(features)
	if c.Label != "SUPPORT" || len(c.Why) != 1 || c.Why[0].Feature.String() != "verb of source: praise" || c.Why[0].Weight != 9 || c.Lead != 60 {
		t.Errorf("%+v", c)
	}
	if _, err := Open(f, "x"); err == nil {
		t.Error("a model that is not there was opened")
	}
}
