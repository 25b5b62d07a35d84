package tell

import (
	"slices"
	"strings"
	"testing"

	"letopis"
	"letopis/internal/locale"
	"letopis/internal/read"
)

// TestReasonsHaveWords checks that every reason of the reader is told in every
// language of the interface.
func TestReasonsHaveWords(t *testing.T) {
	locales, err := locale.All()
	if err != nil {
		t.Fatal(err)
	}
	for lang, l := range locales {
		for _, why := range read.Reasons() {
			if l["why."+string(why)] == "" {
				t.Errorf("locale %s: no text for why.%s", lang, why)
			}
		}
	}
}

// explained is an article of two sentences: an event in the first, nothing in the second.
func explained() *read.Explanation {
	rec := &letopis.Record{
		Document: letopis.Document{ID: "d", Title: "Talks\x1b[2J", Published: letopis.Published{Value: "2020-12-05", Basis: letopis.BasisGiven}},
		Entities: []letopis.Entity{{ID: "e1", Name: "Ivo Kolev", Country: "BGR", Rule: "kb"}},
		Events: []letopis.Event{{ID: "v1", Code: letopis.Consult, Mode: "meet", Source: []string{"e1"}, SourceCountry: []string{"BGR"}, Target: []string{},
			Trigger: letopis.Range{Span: letopis.Span{Start: 10, End: 13}, Text: "met"}, Date: "2020-12", Confidence: 0.456, Rule: "tree"}},
	}
	return &read.Explanation{Record: rec, Sentences: []read.ExplainedSentence{
		{Range: letopis.Range{Span: letopis.Span{Start: 0, End: 20}, Text: "Ivo Kolev met Orban."},
			Words: []read.ExplainedWord{{Form: "Ivo", Lemma: "Ivo", UPOS: "PROPN", Head: 3, Deprel: "nsubj", Marks: []string{"name:PER"}}}},
		{Range: letopis.Range{Span: letopis.Span{Start: 21, End: 30}, Text: "It rained."},
			Notes: []read.Note{{Phase: "events", Words: letopis.Range{Text: "rained"}, Reason: read.WhyNoActor, Detail: "x"}}},
	}}
}

func TestExplain(t *testing.T) {
	x := explained()
	var b strings.Builder
	if err := Explain(&b, x, ExplainOptions{Lang: "en", Words: true, Sentences: ChooseSentences(x.Sentences, "")}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Talks\ufffd[2J\n", "2020-12-05", "\n1. Ivo Kolev met Orban.\n", " 1 Ivo  Ivo  PROPN  nsubj → 3  name:PER\n",
		"v1 CONSULT/meet [tree] 46 %\n", "“met”", "BGR Ivo Kolev (BGR) [kb]\n", "2020-12, ", "\n2. It rained.\n", "“rained”: ", " (x)\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "\x1b") {
		t.Error("an article steers the terminal")
	}
}

func TestChooseSentences(t *testing.T) {
	all := explained().Sentences
	for want, n := range map[string][]int{"": {0, 1}, "2": {1}, "3": nil, "KOLEV": {0}, "rain": {1}, "nothing": nil} {
		if got := ChooseSentences(all, want); !slices.Equal(got, n) {
			t.Errorf("%q: %v, want %v", want, got, n)
		}
	}
}
