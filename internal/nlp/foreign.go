package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

// What a quotation must have for its language to be looked at: in fewer words and letters
// a name or a title in another language looks like a passage, and sister languages look alike.
const (
	foreignWords   = 4
	foreignLetters = 24
	// foreignLead is by how much each run of letters must speak for the other language: of a
	// document the likelier language is taken, but a quotation is in that of the document as
	// a rule. Russian in Bulgarian news leads by 30 to 120, English by 400, and
	// Bulgarian that looks Macedonian, or half of names in Latin letters, by 5 to 22.
	foreignLead = 25
)

// foreign returns the quotations of text that are in another language than the pack's,
// in their order and not overlapping. It is one pass whatever marks the text has: a mark
// that closes ends what the last opening mark of its line began.
func (p *Pack) foreign(text string) []ud.Passage {
	if p.other == nil {
		return nil
	}
	var out []ud.Passage
	start := -1
	straight := false // the open mark is its own closing one
	end := func(i int) {
		if start >= 0 && i-start >= foreignLetters {
			if lang, sure := p.quoted(text[start:i]); sure {
				out = append(out, ud.Passage{Span: ud.Span{Start: int32(start), End: int32(i)}, Lang: lang})
			}
		}
		start = -1
	}
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && c != '"' && c != '\n' {
			i++
			continue
		}
		r, w := utf8.DecodeRuneInString(text[i:])
		switch r {
		case '\n':
			start = -1
		case '«', '‹', '„', '‚':
			start, straight = i+w, false
		case '»', '›', '”':
			// ” opens as well in some languages' news.
			if start < 0 && r == '”' {
				start, straight = i+w, false
			} else {
				end(i)
			}
		case '“':
			// It closes „ and opens by itself.
			if start >= 0 && !straight {
				end(i)
			} else {
				start, straight = i+w, false
			}
		case '"':
			if start >= 0 {
				end(i)
			} else {
				start, straight = i+w, true
			}
		}
		i += w
	}
	return out
}

// quoted tells the language of a quotation, and whether it is surely another than the pack's.
func (p *Pack) quoted(s string) (string, bool) {
	letters, words, inside := 0, 0, false
	for _, r := range s {
		if l := unicode.IsLetter(r); l {
			letters++
			if !inside {
				words++
			}
			inside = true
		} else {
			inside = false
		}
	}
	if letters < foreignLetters || words < foreignWords {
		return "", false
	}
	lang, lead := p.other(s, p.lang)
	return lang, lead >= foreignLead
}

// annotateMixed is annotate for a sentence that passages in other languages lie in, or that
// lies in one. The words of a passage have the tags and lemmas of its own language where that
// has a pack; the tree is of that language too where the whole sentence is.
func (p *Pack) annotateMixed(s *ud.Sentence, passages []ud.Passage, b *buffers) {
	if p.tagger == nil {
		p.annotate(s, b)
		return
	}
	tagged := false
	for _, x := range passages {
		other := p.sister(x.Lang)
		if other == nil || other.tagger == nil {
			continue
		}
		first, last := within(s, x.Span)
		if first > last {
			continue
		}
		ob := other.pool.Get().(*buffers)
		if onlyMarks(s, 1, first-1) && onlyMarks(s, last+1, len(s.Words)-1) {
			other.annotate(s, ob)
			other.pool.Put(ob)
			return
		}
		if !tagged {
			p.tagger.Tag(s.Words, &b.tag)
			tagged = true
		}
		words := append([]ud.Word{{Token: -1}}, s.Words[first:last+1]...)
		for i := 1; i < len(words); i++ {
			words[i] = ud.Word{Form: words[i].Form, Token: words[i].Token}
		}
		other.tagger.Tag(words, &ob.tag)
		other.pool.Put(ob)
		copy(s.Words[first:last+1], words[1:])
	}
	switch {
	case !tagged:
		p.annotate(s, b)
	case p.parser != nil:
		p.parse(s.Words, b)
	}
}

// within returns the first and the last word of a sentence that lie in a span, first > last for none.
func within(s *ud.Sentence, x ud.Span) (first, last int) {
	first, last = len(s.Words), 0
	for _, t := range s.Tokens {
		if t.Start >= x.Start && t.End <= x.End {
			first, last = min(first, int(t.First)), max(last, int(t.Last))
		}
	}
	return first, last
}

// onlyMarks reports whether no word of a range has a letter or digit.
func onlyMarks(s *ud.Sentence, from, to int) bool {
	for i := from; i <= to; i++ {
		if strings.ContainsFunc(s.Words[i].Form, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			return false
		}
	}
	return true
}

// annotateAll annotates the sentences of an analysis whose Foreign is known; stop, asked
// now and then, ends it.
func (p *Pack) annotateAll(a *ud.Analysis, b *buffers, stop func() error) error {
	rest := a.Foreign
	for i := range a.Sentences {
		if i%64 == 0 {
			if err := stop(); err != nil {
				return err
			}
		}
		s := &a.Sentences[i]
		for len(rest) > 0 && rest[0].End <= s.Start {
			rest = rest[1:]
		}
		n := 0
		for n < len(rest) && rest[n].Start < s.End {
			n++
		}
		if n == 0 {
			p.annotate(s, b)
		} else {
			p.annotateMixed(s, rest[:n], b)
		}
	}
	return nil
}
