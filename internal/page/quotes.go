package page

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote is a quotation: the tokens of its marks and of what stands between.
// close is len(toks) of the paragraph's end where the mark was lost.
type Quote struct {
	Open, Close int // tokens of the marks
	Depth       int // 0 for the outermost
	Lost        bool
}

// Content returns the token range between the marks.
func (q Quote) Content() (int, int) { return q.Open + 1, q.Close }

// markKind says what a quotation mark may do by its shape alone.
type markKind int

const (
	NotMark markKind = iota
	opener
	closer
	either
)

func MarkOf(form string) (markKind, string) {
	switch form {
	case "«", "‹":
		return opener, "»"
	case "»", "›":
		return closer, "»"
	case "„", "‚", ",,":
		return opener, "“"
	case "“", "``":
		return either, "“"
	case "”", "''", "’’":
		return either, "“"
	case "\"", "‟", "＂":
		return either, "\""
	}
	return NotMark, ""
}

// layQuotes pairs the quotation marks of each paragraph in one pass with a
// bounded stack, by shape and by what stands beside them: „“ «» "" “” mix, nest
// and get lost in real news.
func (pg *Page) layQuotes() {
	const depthMax = 4
	type open struct {
		tok   int
		class string
	}
	var stack []open
	flush := func(end int) {
		// A mark never closed in its paragraph opens a quotation that runs to the
		// paragraph's end, if it stands outermost and opens the next one too, or if a
		// word of saying introduces it; else it is lost.
		if len(stack) > 0 && end > stack[0].tok+2 && (pg.OpensPara(stack[0].tok) || pg.introduced(stack[0].tok) || end < len(pg.Words) && IsMark(pg.Words[end].Form)) {
			pg.Quotes = append(pg.Quotes, Quote{Open: stack[0].tok, Close: end, Lost: true})
		}
		stack = stack[:0]
	}
	para := 0
	for i := range pg.Words {
		t := &pg.Words[i]
		if p := pg.Sentences[t.Sent].Para; p != para {
			flush(i)
			para = p
		}
		kind, class := MarkOf(t.Form)
		if kind == NotMark {
			continue
		}
		if kind == either {
			kind = pg.sideOf(i, len(stack) > 0)
		}
		if kind == opener {
			if len(stack) < depthMax {
				stack = append(stack, open{i, class})
			}
			continue
		}
		// A closer closes the innermost mark of its class, or the innermost of all.
		k := len(stack) - 1
		for k >= 0 && stack[k].class != class {
			k--
		}
		if k < 0 {
			k = len(stack) - 1
		}
		if k < 0 {
			continue
		}
		pg.Quotes = append(pg.Quotes, Quote{Open: stack[k].tok, Close: i, Depth: k})
		stack = stack[:k]
	}
	flush(len(pg.Words))
	pg.sortQuotes()
	for qi, q := range pg.Quotes {
		pg.Words[q.Open].Opens = qi
		if q.Close < len(pg.Words) && !q.Lost {
			pg.Words[q.Close].Closes = qi
		}
		for i := q.Open + 1; i < q.Close && i < len(pg.Words); i++ {
			pg.Words[i].Quote = qi // later ones are inner ones
		}
	}
}

// sideOf decides for a mark of either side by the characters beside it.
func (pg *Page) sideOf(i int, inside bool) markKind {
	t := &pg.Words[i]
	before, _ := utf8.DecodeLastRuneInString(pg.Text[:t.Start])
	after, _ := utf8.DecodeRuneInString(pg.Text[t.End:])
	spaceBefore := t.Start == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—–-/", before)
	spaceAfter := int(t.End) == len(pg.Text) || unicode.IsSpace(after)
	word := unicode.IsLetter(after) || unicode.IsDigit(after) || strings.ContainsRune("«„\"“(…[", after)
	switch {
	case spaceBefore && word:
		return opener
	case !spaceBefore && !word:
		return closer
	case inside:
		return closer
	case spaceBefore && spaceAfter:
		return opener
	case word:
		return opener
	}
	return closer
}

// introduced reports whether a word of saying and a comma or colon stand before
// the mark i: what they announce is a quotation even where its end was lost.
func (pg *Page) introduced(i int) bool {
	if i == 0 || pg.Words[i-1].Form != ":" && pg.Words[i-1].Form != "," {
		return false
	}
	for k := i - 2; k >= 0 && k > i-8 && pg.Words[k].Sent == pg.Words[i].Sent; k-- {
		if pg.Words[k].Say.Has('q') {
			return true
		}
	}
	return false
}

// OpensPara reports whether token i is the first of its paragraph.
func (pg *Page) OpensPara(i int) bool {
	s := pg.Words[i].Sent
	return s == pg.firstSentOfPara(i) && i == pg.Sentences[s].First
}

func IsMark(form string) bool {
	k, _ := MarkOf(form)
	return k != NotMark
}

func (pg *Page) firstSentOfPara(i int) int {
	s := pg.Words[i].Sent
	for s > 0 && pg.Sentences[s-1].Para == pg.Sentences[s].Para {
		s--
	}
	return s
}

// sortQuotes puts outer quotations before the ones inside them.
func (pg *Page) sortQuotes() {
	q := pg.Quotes
	for i := 1; i < len(q); i++ {
		for j := i; j > 0 && (q[j].Open < q[j-1].Open || q[j].Open == q[j-1].Open && q[j].Close > q[j-1].Close); j-- {
			q[j], q[j-1] = q[j-1], q[j]
		}
	}
	depthOf := make([]int, 0, 8)
	for i := range q {
		for len(depthOf) > 0 && q[depthOf[len(depthOf)-1]].Close <= q[i].Open {
			depthOf = depthOf[:len(depthOf)-1]
		}
		q[i].Depth = len(depthOf)
		depthOf = append(depthOf, i)
	}
}

// HasQuotation reports whether a quotation of two or more words stands in the range:
// one of a single name or term does not make a clause mixed.
func (pg *Page) HasQuotation(i, j int) bool {
	for qi := pg.quoteFrom(i); qi < len(pg.Quotes) && pg.Quotes[qi].Open < j; qi++ {
		q := &pg.Quotes[qi]
		if q.Open >= i && q.Close < j && pg.CountWords(q.Open+1, q.Close) >= 1 && !pg.IsNameQuote(q) {
			return true
		}
	}
	return false
}

// IsNameQuote reports whether a quotation is a name or title: "Северный поток-2".
func (pg *Page) IsNameQuote(q *Quote) bool {
	a, b := q.Content()
	if a >= b {
		return true
	}
	if n := pg.Words[a].Name; n >= 0 && pg.Names[n].Last >= b-2 {
		return true
	}
	n := pg.CountWords(a, b)
	return n <= 4 && pg.Words[a].Capital() && !pg.HasVerb(a, b)
}

// EndsSentence reports whether nothing but punctuation follows the quotation.
func (pg *Page) EndsSentence(q *Quote) bool {
	if q.Close >= len(pg.Words) {
		return true
	}
	end := pg.Sentences[pg.Words[q.Close].Sent].End
	for i := q.Close + 1; i < end; i++ {
		if !pg.Words[i].Punct() {
			return false
		}
	}
	return true
}

// OwnSentence reports whether the quotation begins a sentence and ends one.
func (pg *Page) OwnSentence(q *Quote) bool {
	return pg.Sentences[pg.Words[q.Open].Sent].First == q.Open && (q.Lost || pg.EndsSentence(q))
}

// quoteFrom returns the index of the first quotation that opens at or after token i.
func (pg *Page) quoteFrom(i int) int {
	return sort.Search(len(pg.Quotes), func(k int) bool { return pg.Quotes[k].Open >= i })
}
