package ud

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Align moves the spans of an analysis from the text it was read with to text, in
// which the same tokens stand with other white space between or inside them, and with
// signs without width. The error names the token that is not there; the analysis is then
// of no use.
func Align(a *Analysis, from, text string) error {
	pos := 0
	for i := range a.Sentences {
		s := &a.Sentences[i]
		for k := range s.Tokens {
			t := &s.Tokens[k]
			form := from[t.Start:t.End]
			for pos < len(text) {
				r, n := utf8.DecodeRuneInString(text[pos:])
				if !unicode.IsSpace(r) && !unseen(r) {
					break
				}
				pos += n
			}
			n := sameToken(form, text[pos:])
			if n == 0 {
				line := 1 + strings.Count(text[:pos], "\n")
				col := 1 + utf8.RuneCountInString(text[strings.LastIndexByte(text[:pos], '\n')+1:pos])
				return fmt.Errorf("token %d of sentence %d is %.40q, but line %d, column %d of the article has %.40q; is it the analysis of this article?",
					k+1, i+1, form, line, col, text[pos:])
			}
			t.Start, t.End = int32(pos), int32(pos+n)
			pos += n
		}
		s.Start, s.End = s.Tokens[0].Start, s.Tokens[len(s.Tokens)-1].End
	}
	for i := range a.Names {
		x := &a.Names[i]
		t := a.Sentences[x.Sentence].Tokens
		x.Start, x.End = t[x.First].Start, t[x.Last].End
	}
	return nil
}

// unseen reports whether r is a sign without width, which an analysis may leave out.
func unseen(r rune) bool {
	return unicode.Is(unicode.Cf, r)
}

// sameToken returns how many bytes of text are the token form, 0 for none. Any
// white space in a token is as good as any other, and text may have signs without
// width, such as soft hyphens, inside it.
func sameToken(form, text string) int {
	n := 0
	for _, r := range form {
		x, size := utf8.DecodeRuneInString(text[n:])
		for n > 0 && x != r && unseen(x) {
			n += size
			x, size = utf8.DecodeRuneInString(text[n:])
		}
		if size == 0 || x != r && !(unicode.IsSpace(r) && unicode.IsSpace(x)) {
			return 0
		}
		n += size
	}
	return n
}
