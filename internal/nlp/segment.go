package nlp

// Segmentation in one pass over the bytes: scan cuts the text into surface
// tokens, endsSentence decides after which of them a sentence ends, and split
// turns a token into the syntactic words it stands for. Every step looks at a
// bounded stretch of text, so the time is linear in its length.

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

const (
	maxSentence = 1000 // tokens; a longer one is cut, which bounds the parser
	maxAbbr     = 24   // bytes of the longest abbreviation looked up
	maxScan     = 256  // bytes looked ahead for an address or a hyphenated affix
)

type kind uint8

const (
	kindWord kind = iota
	kindNumber
	kindAbbr // ends in a full stop of its own
	kindInitial
	kindStop  // . ! ? … and runs of them
	kindQuote // any quotation mark
	kindOpen
	kindClose
	kindDash
	kindSymbol
	kindOther // comma, colon and the like
)

// piece is a surface token of the scan.
type piece struct {
	start, end int32
	kind       kind
	flags      abbrFlags
	newline    bool // a line break stands before it
	space      bool // white space stands before it
	upper      bool // begins with an upper-case letter
}

// segmenter holds the rules of one language; it does not change after it is made.
type segmenter struct {
	abbr      map[string]abbrFlags
	tld       map[string]bool
	prefix    map[string]bool // with the hyphen: "anti-"
	suffix    map[string]bool // with the hyphen: "-wise"
	whole     map[string][]string
	clitics   []string // longest first: "n't"
	splitHyph bool
	joinRange bool
	joinInits bool
	groups    bool     // "600 000" is one token
	given     []string // function words that with a capital are given names too
	// functionWord reports whether a form is known and never a name, noun, verb
	// or adjective; nil where capitals say nothing of it.
	functionWord func(lowerForm string) bool
	// bounds finds the sentences that end without a stop; nil where there is no model of them.
	bounds *boundaries
}

func isSpace(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\v', '\f', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF, 0x200B, 0x200E, 0x200F, 0x2060:
		return true
	}
	return 0x2000 <= r && r <= 0x200A || 0x202A <= r && r <= 0x202E || r < 0x20 || r == 0x7F
}

func isBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == '\v' || r == '\f'
}

func isLetter(r rune) bool {
	if r < 0x80 {
		return 'a' <= r|0x20 && r|0x20 <= 'z'
	}
	if 0x400 <= r && r <= 0x481 || 0x48A <= r && r <= 0x52F {
		return true
	}
	return unicode.IsLetter(r)
}

// isInner reports whether r may continue a word but not begin one: marks, the
// soft hyphen, joiners and variation selectors.
func isInner(r rune) bool {
	return r >= 0xAD && (r == 0xAD || r == 0x200C || r == 0x200D || r >= 0x300 && unicode.IsMark(r))
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' || r >= 0x660 && unicode.IsDigit(r) }

func isApos(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' }

func isDash(r rune) bool { return isHyphen(r) || '‒' <= r && r <= '―' || r == '−' }

func isStop(r rune) bool {
	return r == '.' || r == '!' || r == '?' || r == '…' || r == '‼' || r == '⁇' || r == '⁈' || r == '⁉' || r == '。' || r == '؟'
}

func isQuote(r rune) bool {
	switch r {
	case '"', '\'', '«', '»', '„', '“', '”', '‟', '‘', '’', '‚', '‛', '‹', '›', '`', '´', '″', '〝', '〞':
		return true
	}
	return false
}

func (g *segmenter) scan(s string, out []piece) []piece {
	space, newline := true, true
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isSpace(r) || r == 0xAD {
			space = true
			newline = newline || isBreak(r)
			i += n
			continue
		}
		p := piece{start: int32(i), newline: newline, space: space, upper: unicode.IsUpper(r) || unicode.IsTitle(r)}
		space, newline = false, false
		end := g.token(s, i, r, n, &p)
		p.end = int32(end)
		out = append(out, p)
		i = end
	}
	return out
}

// token returns where the token that begins at i ends, and fills p's kind.
func (g *segmenter) token(s string, i int, r rune, n int, p *piece) int {
	switch {
	case isLetter(r):
		if e := address(s, i); e > i {
			return e
		}
		return g.word(s, i, p)
	case isDigit(r):
		return g.number(s, i, p)
	case isStop(r):
		p.kind = kindStop
		return run(s, i+n, isStop)
	case isDash(r):
		p.kind = kindDash
		return runOf(s, i+n, r)
	case (r == '#' || r == '@') && i+n < len(s):
		if r2, _ := utf8.DecodeRuneInString(s[i+n:]); isLetter(r2) || isDigit(r2) || r2 == '_' {
			e := run(s, i+n, func(r rune) bool { return isLetter(r) || isDigit(r) || isInner(r) || r == '_' || r == '-' })
			return e
		}
		p.kind = kindSymbol
		return i + n
	case isQuote(r):
		p.kind = kindQuote
		if r == '\'' || r == '`' {
			return runOf(s, i+n, r)
		}
		return i + n
	case r == '(' || r == '[' || r == '{' || r == '〈' || r == '《':
		p.kind = kindOpen
		return i + n
	case r == ')' || r == ']' || r == '}' || r == '〉' || r == '》':
		p.kind = kindClose
		return i + n
	case r == '*' || r == '=' || r == '_' || r == '~' || r == '•' || r == '·':
		p.kind = kindSymbol
		return runOf(s, i+n, r)
	case r == '&':
		p.kind = kindSymbol
		if e := entities(s, i); e > i {
			p.kind = kindQuote
			return e
		}
		return i + n
	case unicode.IsSymbol(r) || r == '%' || r == '/' || r == '§' || r == '‰':
		p.kind = kindSymbol
		return run(s, i+n, func(r rune) bool { return isInner(r) || 0x1F3FB <= r && r <= 0x1F3FF })
	}
	p.kind = kindOther
	return run(s, i+n, isInner)
}

// quoteEntities are quotation marks that HTML left in a text.
var quoteEntities = []string{"&#39;", "&#34;", "&quot;", "&laquo;", "&raquo;"}

// entities returns the end of a run of such marks at i, or i.
func entities(s string, i int) int {
	for {
		k := slices.IndexFunc(quoteEntities, func(q string) bool { return strings.HasPrefix(s[i:], q) })
		if k < 0 {
			return i
		}
		i += len(quoteEntities[k])
	}
}

// run returns the end of the stretch from i on whose runes satisfy f.
func run(s string, i int, f func(rune) bool) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !f(r) {
			break
		}
		i += n
	}
	return i
}

func runOf(s string, i int, want rune) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r != want {
			break
		}
		i += n
	}
	return i
}

// address returns the end of an internet or mail address at i, or i.
func address(s string, i int) int {
	rest := s[i:]
	if !strings.HasPrefix(rest, "http") && !strings.HasPrefix(rest, "www.") && !strings.HasPrefix(rest, "ftp") {
		return mail(s, i)
	}
	if !strings.HasPrefix(rest, "www.") {
		k := strings.IndexByte(rest[:min(len(rest), 8)], ':')
		if k < 0 || !strings.HasPrefix(rest[k:], "://") {
			return i
		}
	}
	e := i
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		if isSpace(r) || r == '<' || r == '>' || r >= 0x80 && isQuote(r) || r == '"' || r == '|' {
			break
		}
		e += n
	}
	for e > i && strings.IndexByte(".,;:!?)]}'*", s[e-1]) >= 0 {
		if s[e-1] == ')' && strings.IndexByte(s[i:e], '(') >= 0 {
			break
		}
		e--
	}
	return e
}

func mailByte(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-' || c == '_' || c == '+'
}

func mail(s string, i int) int {
	limit := min(len(s), i+maxScan)
	e := i
	for e < limit && mailByte(s[e]) {
		e++
	}
	if e == i || e >= limit || s[e] != '@' {
		return i
	}
	at, dot := e, false
	for e++; e < limit && mailByte(s[e]); e++ {
		dot = dot || s[e] == '.' && e > at+1
	}
	for e > at && (s[e-1] == '.' || s[e-1] == '-') {
		e--
	}
	if !dot || e <= at+1 {
		return i
	}
	return e
}

// word scans a word that begins at i: letters, digits and marks, apostrophes and
// hyphens between them, and the full stops of abbreviations and addresses.
func (g *segmenter) word(s string, i int, p *piece) int {
	e := g.letters(s, i)
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		next := rune(0)
		if e+n < len(s) {
			next, _ = utf8.DecodeRuneInString(s[e+n:])
		}
		switch {
		case (isApos(r)) && isLetter(next):
		case r == '_' && (isLetter(next) || isDigit(next) || next == '_'):
		case isHyphen(r) && (isLetter(next) || isDigit(next)) && g.keepsHyphen(s, i, e, e+n):
		case r == '.' && isLetter(next):
			if d := g.domain(s, i, e); d > e {
				return d
			}
			return g.abbreviation(s, i, e, p)
		case r == '.':
			return g.abbreviation(s, i, e, p)
		default:
			return e
		}
		e = g.letters(s, e+n)
	}
	return e
}

func (g *segmenter) letters(s string, i int) int {
	for i < len(s) {
		c := s[i]
		if c < 0x80 {
			if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
				i++
				continue
			}
			return i
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isLetter(r) && !isDigit(r) && !isInner(r) {
			return i
		}
		i += n
	}
	return i
}

// keepsHyphen reports whether the hyphen between s[i:h] and s[rest:] stays inside the token.
func (g *segmenter) keepsHyphen(s string, i, h, rest int) bool {
	if !g.splitHyph {
		return true
	}
	if h-i < maxAbbr && g.prefix[strings.ToLower(s[i:h])+"-"] {
		return true
	}
	e := g.letters(s[:min(len(s), rest+maxAbbr)], rest)
	return g.suffix["-"+strings.ToLower(s[rest:e])]
}

// domain returns the end of "word.tld" whose first full stop is at dot, or dot.
func (g *segmenter) domain(s string, i, dot int) int {
	limit := min(len(s), dot+maxScan)
	e, good := dot, dot
	for e < limit && s[e] == '.' {
		b := e + 1
		e = g.letters(s[:limit], b)
		for e < limit && s[e] == '-' && e+1 < limit && mailByte(s[e+1]) && s[e+1] != '.' {
			e = g.letters(s[:limit], e+1)
		}
		if e == b {
			break
		}
		if e-b <= maxAbbr && g.tld[s[b:e]] {
			good = e
		}
	}
	if good == dot {
		return dot
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); unicode.IsUpper(r) && s[good-1] >= 0x80 {
		return dot // a Cyrillic sentence glued to the next one
	}
	if good < len(s) && s[good] == '/' {
		for good < len(s) {
			r, n := utf8.DecodeRuneInString(s[good:])
			if isSpace(r) || isQuote(r) || strings.ContainsRune("<>)]},;", r) {
				break
			}
			good += n
		}
		for strings.IndexByte(".:!?", s[good-1]) >= 0 {
			good--
		}
	}
	return good
}

// abbreviation decides what the full stop at dot, after s[i:dot], is; it
// returns the end of the token.
func (g *segmenter) abbreviation(s string, i, dot int, p *piece) int {
	// The longest listed abbreviation with inner full stops: "т.нар."
	best, flags := 0, abbrFlags(0)
	e, single, parts := dot, true, 0
	for e < len(s) && s[e] == '.' && e-i < maxAbbr {
		parts++
		if f, ok := g.abbr[strings.ToLower(s[i:e+1])]; ok {
			best, flags = e+1, f
		}
		b := lastPart(s, i, e)
		single = single && utf8.RuneCountInString(s[b:e]) == 1
		next := g.letters(s[:min(len(s), e+1+maxAbbr)], e+1)
		if next == e+1 || !single && g.abbr == nil {
			break
		}
		if next >= len(s) || s[next] != '.' {
			break
		}
		e = next
	}
	if best > 0 && (flags&abbrNumber == 0 || nearNumber(s, i, best)) {
		p.kind, p.flags = kindAbbr, flags
		return best
	}
	if single && parts >= 2 && (g.joinInits || parts >= 2 && !nextIsName(s, e+1)) && e < len(s) && s[e] == '.' && p.upper {
		p.kind, p.flags = kindAbbr, abbrEnd
		return e + 1
	}
	if p.upper && utf8.RuneCountInString(s[i:dot]) == 1 && !(g.joinInits && s[i:dot] == "I") {
		p.kind, p.flags = kindInitial, abbrTitle
		return dot + 1
	}
	return dot
}

func lastPart(s string, i, e int) int {
	if k := strings.LastIndexByte(s[i:e], '.'); k >= 0 {
		return i + k + 1
	}
	return i
}

// nearNumber reports whether a number (Arabic or Roman) stands right before i or right after e.
func nearNumber(s string, i, e int) bool {
	k := i
	for steps := 0; k > 0 && steps < 3; steps++ {
		r, n := utf8.DecodeLastRuneInString(s[:k])
		if !isSpace(r) {
			return isDigit(r) || r == 'I' || r == 'V' || r == 'X'
		}
		k -= n
	}
	k = e
	for steps := 0; k < len(s) && steps < 3; steps++ {
		r, n := utf8.DecodeRuneInString(s[k:])
		if !isSpace(r) {
			return isDigit(r)
		}
		k += n
	}
	return false
}

// nextIsName reports whether a capitalised word of two or more letters follows
// at e: then "В. И." before it are two initials.
func nextIsName(s string, e int) bool {
	for steps := 0; e < len(s) && steps < 3; steps++ {
		r, n := utf8.DecodeRuneInString(s[e:])
		e += n
		if isSpace(r) {
			continue
		}
		r2, _ := utf8.DecodeRuneInString(s[min(e, len(s)):])
		return unicode.IsUpper(r) && unicode.IsLower(r2)
	}
	return false
}

// number scans a number that begins at i, with its separators and suffix.
func (g *segmenter) number(s string, i int, p *piece) int {
	p.kind = kindNumber
	e, seps := digits(s, i), 0
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		next := rune(0)
		if e+n < len(s) {
			next, _ = utf8.DecodeRuneInString(s[e+n:])
		}
		switch {
		case (r == '.' || r == ',' || r == ':' || r == '/' || r == '_' || r == '\'' || r == '’') && isDigit(next):
		case isHyphen(r) && isDigit(next) && g.joinsRange(s, i, e, e+n):
		case g.groups && (r == ' ' || r == 0xA0 || r == 0x202F) && isDigit(next) && seps < 3 && isGroup(s, i, e, e+n):
			seps++
		case isHyphen(r) && isLetter(next) && (!g.splitHyph || false):
			p.kind = kindWord
			return g.word(s, e+n, &piece{})
		case isLetter(r) || isInner(r):
			return g.digitWord(s, i, e)
		default:
			return e
		}
		e = digits(s, e+n)
	}
	return e
}

// digitWord ends a token of digits and letters: "2G", "5th", "1930s". Units
// glued to a number ("200г") stay with it too.
func (g *segmenter) digitWord(s string, _, e int) int {
	e = g.letters(s, e)
	for e < len(s) {
		r, n := utf8.DecodeRuneInString(s[e:])
		if e+n >= len(s) || !isHyphen(r) || g.splitHyph {
			break
		}
		if next, _ := utf8.DecodeRuneInString(s[e+n:]); !isLetter(next) && !isDigit(next) {
			break
		}
		e = g.letters(s, e+n)
	}
	return e
}

func digits(s string, i int) int {
	for i < len(s) {
		if c := s[i]; c < 0x80 {
			if c < '0' || c > '9' {
				return i
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !isDigit(r) {
			return i
		}
		i += n
	}
	return i
}

// joinsRange decides on digits-digits: telephone numbers and codes hold
// together everywhere, ranges where the language's treebanks keep them.
func (g *segmenter) joinsRange(s string, i, h, rest int) bool {
	if g.joinRange {
		return true
	}
	e := digits(s, rest)
	phone := h-i <= 3 && e-rest == 4
	more := e+1 < len(s) && s[e] == '-' && isDigit(rune(s[e+1]))
	return phone || more || strings.IndexByte(s[i:h], '-') >= 0
}

// isGroup reports whether s[rest:] begins with exactly three digits and the
// digits before e are a leading group.
func isGroup(s string, i, e, rest int) bool {
	b := e
	for b > i && e-b < 4 && '0' <= s[b-1] && s[b-1] <= '9' {
		b--
	}
	d := digits(s, rest)
	return e-b <= 3 && d-rest == 3 && (b == i || s[b-1] == ' ' || s[b-1] >= 0x80) && s[i] != '0'
}

// segment cuts text into sentences of tokens and words. The words have their
// form only.
func (g *segmenter) segment(text string, pieces []piece, gap *gapBuffer) []ud.Sentence {
	gap.reset(pieces)
	gap.lined = !g.lostBreaks(text, pieces, gap)
	var out []ud.Sentence
	tokens := make([]ud.Token, 0, len(pieces))
	words := make([]ud.Word, 0, len(pieces)+len(pieces)/8+8)
	from := 0
	singles := 0 // open ‘
	for i := range pieces {
		if i+1 < len(pieces) && i-from+1 < maxSentence && !g.endsSentence(text, pieces, from, i, gap) && !g.runsOn(text, pieces, from, i, gap) {
			continue
		}
		t0, w0 := len(tokens), len(words)
		words = append(words, ud.Word{Token: -1})
		for j := from; j <= i; j++ {
			p := &pieces[j]
			if p.kind == kindQuote && strings.HasPrefix(text[p.start:], "‘") {
				singles++
			}
			first := int32(len(words) - w0)
			end := p.end
			if len(g.clitics) > 0 && j < i && singles == 0 && p.kind == kindWord {
				if q := &pieces[j+1]; g.possessive(text, p, q, pieces, j, i) {
					end = q.end
				}
			}
			words = g.split(text[p.start:end], int32(len(tokens)-t0), words)
			tokens = append(tokens, ud.Token{Span: ud.Span{Start: p.start, End: end}, First: first, Last: int32(len(words)-w0) - 1})
			if end != p.end {
				j++
			}
		}
		out = append(out, ud.Sentence{
			Span:   ud.Span{Start: pieces[from].start, End: pieces[i].end},
			Tokens: tokens[t0:len(tokens):len(tokens)],
			Words:  words[w0:len(words):len(words)],
		})
		from, singles = i+1, 0
	}
	return out
}

// possessive reports whether p and the apostrophe q are a plural possessive
// ("the states' rights"): written together, and no closing quotation mark.
func (g *segmenter) possessive(text string, p, q *piece, pieces []piece, j, last int) bool {
	if q.kind != kindQuote || q.space || q.end-q.start > 3 || j+2 > last {
		return false
	}
	if a := text[q.start:q.end]; a != "'" && a != "’" {
		return false
	}
	next := &pieces[j+2]
	if c := text[p.end-1]; c != 's' || !next.space || next.kind != kindWord {
		return false
	}
	for k := max(0, j-40); k < j; k++ { // an opening ' before: this one closes it
		o := &pieces[k]
		if o.kind == kindQuote && o.space && !pieces[k+1].space && text[o.start] == '\'' {
			return false
		}
	}
	return true
}

// split appends the words of the token.
func (g *segmenter) split(tok string, index int32, words []ud.Word) []ud.Word {
	if len(g.clitics) > 0 && len(tok) > 2 && len(tok) < 64 {
		low := strings.ReplaceAll(strings.ToLower(tok), "’", "'")
		if parts, ok := g.whole[low]; ok && len(low) == len(tok) {
			at := 0
			for _, p := range parts {
				words = append(words, ud.Word{Form: tok[at : at+len(p)], Token: index})
				at += len(p)
			}
			return words
		}
		for _, c := range g.clitics {
			if len(low) > len(c) && strings.HasSuffix(low, c) {
				cut := len(tok) - len(c)
				if strings.Contains(tok, "’") {
					cut -= len("’") - 1
				}
				if cut <= 0 || !utf8.RuneStart(tok[cut]) || c == "s'" {
					break
				}
				words = append(words, ud.Word{Form: tok[:cut], Token: index}, ud.Word{Form: tok[cut:], Token: index})
				return words
			}
		}
		if strings.HasSuffix(low, "s'") {
			cut := strings.LastIndexAny(tok, "'’")
			return append(words, ud.Word{Form: tok[:cut], Token: index}, ud.Word{Form: tok[cut:], Token: index})
		}
	}
	return append(words, ud.Word{Form: clean(tok), Token: index})
}

// clean returns the token without what is not part of the word: soft hyphens
// and zero-width marks.
func clean(tok string) string {
	if strings.IndexByte(tok, 0xC2) < 0 && strings.IndexByte(tok, 0xE2) < 0 {
		return tok
	}
	if !strings.ContainsAny(tok, "\u00AD\u200C\u2060\u00A0\u202F") {
		return tok
	}
	c := strings.Map(func(r rune) rune {
		switch r {
		case 0xAD, 0x200C, 0x2060:
			return -1
		case 0xA0, 0x202F:
			return ' '
		}
		return r
	}, tok)
	if c == "" {
		return tok
	}
	return c
}
