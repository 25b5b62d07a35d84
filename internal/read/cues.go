package read

import (
	"letopis/internal/page"
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
	words := page.Words(text, a, lex)
	out := make([]pairs.Cue, 1, len(words)+1)
	for i := range words {
		t := &words[i]
		c := pairs.Cue{Negates: t.Is(page.Neg), Future: t.Is(page.Future), Possible: t.Is(page.Possible)}
		if t.Say != nil {
			c.Says = t.Say.Class
		}
		if t.Trigger != nil {
			c.Code = string(t.Trigger.Code)
		}
		out = append(out, c)
	}
	return out, nil
}
