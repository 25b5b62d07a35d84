package train

import (
	"letopis/internal/nlp"
	"letopis/internal/ud"
)

// TagScore is the accuracy of tags and lemmas on given tokens, in words.
type TagScore struct{ Words, UPOS, Feats, Lemma int }

// EvaluateTagger tags sentences and counts what is right. Lemmas compare as they stand.
func EvaluateTagger(t *nlp.Tagger, sents []Sentence) TagScore {
	var s TagScore
	for _, sent := range sents {
		words := make([]ud.Word, len(sent)+1)
		for i := range sent {
			words[i+1].Form = sent[i].Form
		}
		t.TagWords(words)
		for i := range sent {
			s.Words++
			if words[i+1].UPOS == sent[i].UPOS {
				s.UPOS++
			}
			if words[i+1].Feats == sent[i].Feats {
				s.Feats++
			}
			if words[i+1].Lemma == sent[i].Lemma {
				s.Lemma++
			}
		}
	}
	return s
}
