package page

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quote is a quotation: two marks and what stands between them.
type Quote struct {
	Open, Close int  // words of the marks; Close is the word after the paragraph where the mark was lost
	Depth       int  // in how many others it stands
	Lost        bool // its closing mark was lost
}

// Content returns the words between the marks, half open.
func (q Quote) Content() (int, int) { return q.Open + 1, q.Close }

// markKind says what a quotation mark may do by its shape alone.
type markKind int

const (
	notMark markKind = iota
	opener
	closer
	either
)

// pairing pairs the quotation marks of a paragraph: a stack of those that are open.
type pairing struct {
	pg   *Page
	open []openMark
}

// openMark is the word of a mark that is open, and the shape of its pair as markOf gives it.
type openMark struct {
	word int
	pair string
}

// maxQuoteDepth bounds quotations inside quotations.
const maxQuoteDepth = 4

// markOf tells what a form may do as a quotation mark, and the mark that closes its pair. Shapes are
// typography, the same in all languages. What differs is the side on which “ and ” stand, and that is
// decided by what stands beside them: news mixes the habits of languages.
func markOf(form string) (markKind, string) {
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
	return notMark, ""
}

// layQuotes pairs the quotation marks of each paragraph in one pass with a
// bounded stack, by shape and by what stands beside them: „“ «» "" “” mix, nest
// and get lost in real news.
func (pg *Page) layQuotes() {
	p := pairing{pg: pg}
	para := 0
	for i := range pg.Words {
		if at := pg.Sentences[pg.Words[i].Sent].Para; at != para {
			p.endParagraph(i)
			para = at
		}
		p.mark(i)
	}
	p.endParagraph(len(pg.Words))
	pg.sortQuotes()
	pg.linkQuotes()
}

// mark opens or closes a quotation where word i is a mark.
func (p *pairing) mark(i int) {
	kind, pair := markOf(p.pg.Words[i].Form)
	if p.doubled(i) {
		return
	}
	if kind == either {
		kind = p.pg.sideOf(i, len(p.open) > 0)
	}
	switch kind {
	case opener:
		if len(p.open) < maxQuoteDepth {
			p.open = append(p.open, openMark{i, pair})
		}
	case closer:
		p.close(i, pair)
	}
}

// doubled reports whether word i is the second half of an opening mark written twice, as sites do
// that have lost an escape: ""So it is"".
func (p *pairing) doubled(i int) bool {
	n := len(p.open)
	if n == 0 || p.open[n-1].word != i-1 {
		return false
	}
	a, b := &p.pg.Words[i-1], &p.pg.Words[i]
	return a.Form == b.Form && a.End == b.Start
}

// close closes the innermost mark of a pair, or the innermost of all, with the mark at word i.
func (p *pairing) close(i int, pair string) {
	k := len(p.open) - 1
	for k >= 0 && p.open[k].pair != pair {
		k--
	}
	if k < 0 {
		k = len(p.open) - 1
	}
	if k < 0 {
		return
	}
	p.pg.Quotes = append(p.pg.Quotes, Quote{Open: p.open[k].word, Close: i, Depth: k})
	p.open = p.open[:k]
}

// endParagraph forgets the marks that are open before word end. The outermost opens a
// quotation to there, though its end was lost, if it begins the paragraph, if a mark begins the next
// one too, or if a word of saying introduces it.
func (p *pairing) endParagraph(end int) {
	pg := p.pg
	if len(p.open) > 0 {
		first := p.open[0].word
		if end > first+2 && (pg.OpensPara(first) || pg.introduced(first) || end < len(pg.Words) && IsMark(pg.Words[end].Form)) {
			pg.Quotes = append(pg.Quotes, Quote{Open: first, Close: end, Lost: true})
		}
	}
	p.open = p.open[:0]
}

// linkQuotes tells the words which quotations they open, close and stand in.
func (pg *Page) linkQuotes() {
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

// OpensPara reports whether word i is the first of its paragraph.
func (pg *Page) OpensPara(i int) bool {
	s := pg.Words[i].Sent
	return s == pg.firstSentOfPara(i) && i == pg.Sentences[s].First
}

// IsMark reports whether a form is a quotation mark.
func IsMark(form string) bool {
	k, _ := markOf(form)
	return k != notMark
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

// HasQuotation reports whether a quotation of more than a name or title stands among the words i to j, half open:
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

// quoteFrom returns the index of the first quotation that opens at or after word i.
func (pg *Page) quoteFrom(i int) int {
	return sort.Search(len(pg.Quotes), func(k int) bool { return pg.Quotes[k].Open >= i })
}
