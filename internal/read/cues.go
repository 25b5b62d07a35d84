package read

import (
	"letopis/internal/pairs"
	"letopis/internal/ud"
)

// Cues says what the lexicon of the analysis' language sees in each of its words: the
// words of all sentences in a row after one for the root, as [pairs.NewPair] lays them out.
func (r *Reader) Cues(text string, a *ud.Analysis) ([]pairs.Cue, error) {
	lex, err := r.lexicon(a.Lang)
	if err != nil {
		return nil, err
	}
	rd := &reading{text: text, a: a, lex: lex}
	rd.flatten()
	out := make([]pairs.Cue, 1, len(rd.toks)+1)
	for i := range rd.toks {
		t := &rd.toks[i]
		c := pairs.Cue{Negates: t.is(clNeg), Future: t.is(clFuture), Possible: t.is(clPossible)}
		if t.say != nil {
			c.Says = t.say.class
		}
		if t.trigger != nil {
			c.Code = string(t.trigger.code)
		}
		out = append(out, c)
	}
	return out, nil
}
