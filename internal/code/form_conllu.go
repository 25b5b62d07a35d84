package code

import (
	"io"
	"iter"
	"slices"
	"strings"

	"letopis/internal/ud"
)

func readConllu(r io.Reader) iter.Seq2[*Sentence, error] {
	return func(yield func(*Sentence, error) bool) {
		c, err := ud.ReadConllu(r, "")
		if err != nil {
			yield(nil, invalid("read sentences", err))
			return
		}
		for i := range c.Analysis.Sentences {
			s := c.Analysis.Sentences[i]
			it := &Sentence{Text: c.Text[s.Start:s.End]}
			for _, comment := range c.Extra[i].Comments {
				key, value, ok := strings.Cut(strings.TrimLeft(comment, "# "), "=")
				if !ok {
					continue
				}
				switch value = strings.TrimSpace(value); strings.TrimSpace(key) {
				case "sent_id":
					it.ID = value
				case "date":
					it.Date = value
				case "lang":
					it.Lang = value
				}
			}
			from := s.Start
			s.Span = ud.Span{Start: 0, End: s.End - from}
			s.Tokens = slices.Clone(s.Tokens)
			for k := range s.Tokens {
				s.Tokens[k].Start -= from
				s.Tokens[k].End -= from
			}
			it.Analysis = &ud.Analysis{Sentences: []ud.Sentence{s}}
			if !yield(it, nil) {
				return
			}
		}
	}
}
