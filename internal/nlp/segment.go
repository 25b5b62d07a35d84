package nlp

import (
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

// segmenter cuts text into sentences and surface tokens by the conventions of
// the Universal Dependencies treebanks. It reads every byte a bounded number of
// times, so its time is linear in the text.
type segmenter struct {
	abbrev   map[string]bool // lower-case, with the final period: "г."
	noBreak  map[string]bool // abbreviations that never end a sentence: "д-р", "т.е."
	suffixes []string        // English clitics: "n't", "'s"
	split    map[string]int  // words cut in two at a byte: "cannot"
	maxToken int
}

// cut is a surface token while sentences are sought.
type cut struct {
	start, end int32
	brk        bool // a line break stands before it
}

// tokens cuts text into surface tokens.
func (g *segmenter) tokens(text string, out []cut) []cut {
	brk := true
	for i := 0; i < len(text); {
		c, w := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, w = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029':
			brk = true
			i += w
			continue
		case unicode.IsSpace(c) || c == '\u00ad' || c == '\u200b' || c == '\ufeff':
			i += w
			continue
		}
		j := g.tokenEnd(text, i, c, w)
		for _, t := range g.clitics(text, i, j) {
			if t.end > t.start {
				t.brk = brk
				brk = false
				out = append(out, t)
			}
		}
		i = j
	}
	return out
}

// wordRune reports whether c continues a word: letters, digits, marks, soft hyphens.
func wordRune(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c) || c == '\u00ad' || c == '_'
}

// tokenEnd returns the end of the token that begins at i with rune c of w bytes.
func (g *segmenter) tokenEnd(text string, i int, c rune, w int) int {
	if !wordRune(c) {
		return g.signEnd(text, i, c, w)
	}
	if j := urlEnd(text, i); j > i {
		return j
	}
	j := i + w
	for j < len(text) && j-i < g.maxToken {
		c, w := utf8.DecodeRuneInString(text[j:])
		if wordRune(c) {
			j += w
			continue
		}
		if !g.joins(text, i, j, c, w) {
			break
		}
		j += w
	}
	if j < len(text) && text[j] == '.' && g.keepsPeriod(text, i, j) {
		j++
	}
	if j < len(text) && text[j] == '%' && false {
		j++
	}
	return j
}

// joins reports whether sign c at j holds a word together: a hyphen or an
// apostrophe between letters, a period or comma between digits, "14:35".
func (g *segmenter) joins(text string, i, j int, c rune, w int) bool {
	if j+w >= len(text) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(text[j+w:])
	before, _ := utf8.DecodeLastRuneInString(text[:j])
	switch c {
	case '-', '‐', '‑':
		return wordRune(after)
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case ':':
		return unicode.IsDigit(before) && unicode.IsDigit(after) && j-i <= 2
	case '/':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	case '@':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '&':
		return unicode.IsUpper(before) && unicode.IsUpper(after)
	}
	return false
}

// signEnd returns the end of a token of signs: runs of the same dash or stop stay together.
func (g *segmenter) signEnd(text string, i int, c rune, w int) int {
	j := i + w
	switch c {
	case '.', '!', '?', '-', '\'', '`', ',', '=', '*', '_':
		for j < len(text) && j-i < g.maxToken {
			d := text[j]
			if d == byte(c) || (c == '!' || c == '?') && (d == '!' || d == '?') {
				j++
				continue
			}
			break
		}
		if c == ',' && j-i != 2 || c == '\'' && j-i > 2 {
			return i + 1
		}
	}
	return j
}

func urlEnd(text string, i int) int {
	for _, p := range [...]string{"http://", "https://", "www."} {
		if len(text)-i > len(p) && text[i:i+len(p)] == p {
			j := i + len(p)
			for j < len(text) && text[j] > ' ' && text[j] < 0x80 && text[j] != '"' && text[j] != '<' && text[j] != ')' && text[j] != ',' {
				j++
			}
			for j > i && (text[j-1] == '.' || text[j-1] == '/') {
				j--
			}
			return j
		}
	}
	return i
}

// keepsPeriod reports whether the period at j belongs to the word before it:
// abbreviations and initials.
func (g *segmenter) keepsPeriod(text string, i, j int) bool {
	word := text[i:j]
	if g.abbrev[lower(word)+"."] {
		return true
	}
	n := utf8.RuneCountInString(word)
	c, _ := utf8.DecodeRuneInString(word)
	if n == 1 && unicode.IsUpper(c) {
		return true
	}
	// "U.S.", "т.е.": single letters with periods in a row.
	if n == 1 && unicode.IsLetter(c) && i > 1 && text[i-1] == '.' {
		return true
	}
	return false
}

// clitics cuts English contractions off a word; other languages have none.
func (g *segmenter) clitics(text string, i, j int) []cut {
	whole := []cut{{start: int32(i), end: int32(j)}}
	if len(g.suffixes) == 0 && len(g.split) == 0 {
		return whole
	}
	w := lower(text[i:j])
	if k, ok := g.split[w]; ok {
		return []cut{{start: int32(i), end: int32(i + k)}, {start: int32(i + k), end: int32(j)}}
	}
	for _, s := range g.suffixes {
		if len(w) == len(text[i:j]) && len(w) > len(s) && w[len(w)-len(s):] == s {
			k := j - len(s)
			return []cut{{start: int32(i), end: int32(k)}, {start: int32(k), end: int32(j)}}
		}
	}
	return whole
}

// sentences groups the tokens into sentences; ends holds the index after the last token of each.
func (g *segmenter) sentences(text string, toks []cut, ends []int) []int {
	depth := 0
	for i := range toks {
		if i > 0 && toks[i].brk && (len(ends) == 0 || ends[len(ends)-1] != i) {
			ends = append(ends, i)
			depth = 0
		}
		switch text[toks[i].start:toks[i].end] {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(depth-1, 0)
		}
		if depth > 0 && i+1 < len(toks) && i > 0 && depth < 3 && g.near(toks, i) {
			continue
		}
		if g.endsAt(text, toks, i) && (len(ends) == 0 || ends[len(ends)-1] < i+1) {
			ends = append(ends, i+1)
			depth = 0
		}
	}
	if n := len(toks); n > 0 && (len(ends) == 0 || ends[len(ends)-1] != n) {
		ends = append(ends, n)
	}
	return ends
}

func (g *segmenter) near(toks []cut, i int) bool { return true }

// endsAt reports whether a sentence ends after token i.
func (g *segmenter) endsAt(text string, toks []cut, i int) bool {
	if i+1 >= len(toks) {
		return true
	}
	w := text[toks[i].start:toks[i].end]
	k := i
	// A closing mark after the stop belongs to the sentence.
	for k > 0 && closingMark(text[toks[k].start:toks[k].end]) && k > i-3 {
		k--
	}
	stop := text[toks[k].start:toks[k].end]
	next := text[toks[i+1].start:toks[i+1].end]
	nc, _ := utf8.DecodeRuneInString(next)
	gap := toks[i+1].start > toks[i].end
	if closingMark(next) && !gap {
		return false
	}
	if k < i && !gap {
		return false
	}
	switch {
	case isStop(stop):
		if stop == "..." || stop == "…" {
			return unicode.IsUpper(nc) || openingMark(next) || isDash(next) && k == i
		}
		if isDash(next) || next == "," || unicode.IsLower(nc) {
			return false
		}
		if k == i && !gap && !(unicode.IsUpper(nc) && glued(text, toks, i)) && !openingMark(next) {
			return false
		}
		return unicode.IsUpper(nc) || unicode.IsDigit(nc) || openingMark(next) || !unicode.IsLetter(nc)
	case len(w) > 1 && w[len(w)-1] == '.' && k == i:
		return g.abbrevEnds(text, toks, i, w, nc, next)
	}
	return false
}

// glued recognises a lost space between sentences: "прес.Предприехме".
func glued(text string, toks []cut, i int) bool {
	if i == 0 {
		return false
	}
	n := toks[i+1].end - toks[i+1].start
	p := toks[i-1].end - toks[i-1].start
	return n > 3 && p > 3
}

// abbrevEnds reports whether a sentence ends after an abbreviation.
func (g *segmenter) abbrevEnds(text string, toks []cut, i int, w string, nc rune, next string) bool {
	if utf8.RuneCountInString(w) <= 2 && isUpperFirst(w) {
		return false // an initial
	}
	if g.noBreak[lower(w)] || !unicode.IsUpper(nc) && !openingMark(next) {
		return false
	}
	return true
}

func isUpperFirst(w string) bool {
	c, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(c)
}

func isStop(w string) bool {
	if w == "…" {
		return true
	}
	for i := 0; i < len(w); i++ {
		if w[i] != '.' && w[i] != '!' && w[i] != '?' {
			return false
		}
	}
	return len(w) > 0
}

func isDash(w string) bool { return w == "-" || w == "–" || w == "—" || w == "--" }

func closingMark(w string) bool {
	switch w {
	case "\"", "”", "“", "»", "’", "'", "''", ")", "]", "’’":
		return true
	}
	return false
}

func openingMark(w string) bool {
	switch w {
	case "\"", "„", "“", "«", "‘", "'", "''", "(", "[", "‚", "``", "•", "·", "*":
		return true
	}
	return false
}

func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return toLower(s)
		}
	}
	return s
}

func toLower(s string) string {
	b := make([]byte, 0, len(s)+4)
	for _, c := range s {
		b = utf8.AppendRune(b, unicode.ToLower(c))
	}
	return string(b)
}

var _ ud.Span
