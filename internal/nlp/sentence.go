package nlp

import (
	"slices"
	"unicode/utf8"
)

// endsSentence reports whether a sentence that began at piece from ends after piece i.
//
// A line break always ends it. Otherwise a stop, an abbreviation that may end a
// sentence, or what closes a quotation or bracket right after one of them, ends
// it when something that can begin a sentence follows: an upper-case letter, a
// number, or an opening mark or a dash before one of those.
func (g *segmenter) endsSentence(text string, pieces []piece, from, i int, gap *gapBuffer) bool {
	next := &pieces[i+1]
	if next.newline {
		return true
	}
	k := i
	for k > from && (pieces[k].kind == kindQuote || pieces[k].kind == kindClose) && !pieces[k].space {
		k--
		if i-k > 8 {
			return false
		}
	}
	p := &pieces[k]
	switch p.kind {
	case kindStop:
		if i == from+1 && pieces[from].newline && pieces[from].kind == kindNumber && text[p.start:p.end] == "." {
			return false // the number of an item: "1. Първо"
		}
	case kindAbbr:
		if !g.mayEnd(text, pieces, from, k) || k != i && pieces[i].kind == kindClose {
			return false
		}
	default:
		return k == i && (g.bounds == nil || gap.lined) && g.startsAnew(text, pieces, from, i)
	}
	// A closing mark that is still to come belongs to this sentence.
	if !next.space && (next.kind == kindQuote || next.kind == kindClose || next.kind == kindStop) {
		return false
	}
	if p.kind == kindStop && k == i && !next.space {
		return g.glued(text, pieces, from, i)
	}
	if !next.space && next.kind != kindDash {
		return next.upper && next.kind == kindWord
	}
	return begins(text, pieces, i+1, p)
}

// maxSurname is the bytes of the longest Chinese or Korean surname before a given name of one letter.
const maxSurname = 10

// startsAnew reports whether a sentence without a stop, as headlines and captions
// are, ends after the word or number i: a capitalised word follows that
// is never a name ("През", "Однако"), and a lower-case word after it. Only for
// languages that capitalise names alone.
func (g *segmenter) startsAnew(text string, pieces []piece, from, i int) bool {
	if g.functionWord == nil || i <= from || i+2 >= len(pieces) {
		return false
	}
	p, next, after := &pieces[i], &pieces[i+1], &pieces[i+2]
	if p.kind != kindWord && p.kind != kindNumber || next.kind != kindWord || !next.upper || !next.space {
		return false
	}
	if p.upper && p.end-p.start <= maxSurname && slices.Contains(g.given, text[next.start:next.end]) {
		return false
	}
	if after.upper || after.newline || after.kind != kindWord && after.kind != kindNumber {
		return false
	}
	return g.functionWord(lower(text[next.start:next.end]))
}

// onlyDate reports whether all there is from from to the abbreviation at k is a
// function word and a date, which is no sentence: "На 4 март 2019 г."
func (g *segmenter) onlyDate(text string, pieces []piece, from, k int) bool {
	if g.functionWord == nil || k-from > 4 || pieces[from].kind != kindWord || !g.functionWord(lower(text[pieces[from].start:pieces[from].end])) {
		return false
	}
	words := 0
	for _, p := range pieces[from+1 : k] {
		if p.kind != kindNumber {
			words++
		}
	}
	return words <= 1
}

// mayEnd reports whether the abbreviation at k may be the last token of a sentence.
func (g *segmenter) mayEnd(text string, pieces []piece, from, k int) bool {
	p := &pieces[k]
	if p.flags&abbrEnd != 0 {
		return true
	}
	if k == from {
		return false
	}
	q := &pieces[k-1]
	if p.flags&abbrDated != 0 && q.kind == kindNumber {
		return !g.onlyDate(text, pieces, from, k)
	}
	if q.kind == kindAbbr && p.end-q.start <= maxAbbr { // "т. д." is listed as a pair
		return g.abbr[text[q.start:q.end]+" "+text[p.start:p.end]]&abbrEnd != 0
	}
	return false
}

// begins reports whether a sentence can begin at piece j, given the stop before it.
func begins(text string, pieces []piece, j int, stop *piece) bool {
	for steps := 0; j < len(pieces) && steps < 4; steps++ {
		q := &pieces[j]
		switch q.kind {
		case kindWord, kindAbbr, kindInitial:
			return q.upper || q.newline && steps > 0 || !cased(text[q.start:q.end])
		case kindNumber:
			return stop.kind == kindStop && (steps > 0 || text[stop.start] != '.' || stop.end-stop.start == 1)
		case kindQuote, kindOpen:
		case kindDash:
			if steps > 0 || j+1 < len(pieces) && !pieces[j+1].space {
				return false
			}
		case kindSymbol:
			c, _ := utf8.DecodeRuneInString(text[q.start:q.end])
			return c != '%' && c != '/' && c != '&' && stop.kind == kindStop
		case kindStop:
			return text[q.start] != '.' || stop.kind == kindStop && q.end-q.start > 1 // "..." begins a continuation
		default:
			return false
		}
		j++
	}
	return false
}

// glued decides where no space follows the stop: "идеи.Той каза" has lost its
// space, "3.x" and "a.b" have not.
func (g *segmenter) glued(text string, pieces []piece, from, i int) bool {
	next := &pieces[i+1]
	if next.kind != kindWord || !next.upper || i == from {
		return false
	}
	prev := &pieces[i-1]
	if prev.upper && (text[prev.start] < 0x80 || utf8.RuneCountInString(text[prev.start:prev.end]) < 4) {
		return false // "Node.Name"; but "Ройтерс.Биби" has lost its space too
	}
	return prev.kind == kindWord && utf8.RuneCountInString(text[prev.start:prev.end]) > 1 &&
		utf8.RuneCountInString(text[next.start:next.end]) > 1
}

// cased reports whether the word's first letter belongs to a script with case.
func cased(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return r < 0x590 || 0x10A0 <= r && r < 0x1100 || 0x1E00 <= r && r < 0x2000
}
