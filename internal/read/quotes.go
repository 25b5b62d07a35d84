package read

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quote is a quotation: the tokens of its marks and of what stands between.
// close is len(toks) of the paragraph's end where the mark was lost.
type quote struct {
	open, close int // tokens of the marks
	depth       int // 0 for the outermost
	lost        bool
}

// content returns the token range between the marks.
func (q quote) content() (int, int) { return q.open + 1, q.close }

// markKind says what a quotation mark may do by its shape alone.
type markKind int

const (
	notMark markKind = iota
	opener
	closer
	either
)

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

// pairQuotes pairs the quotation marks of each paragraph in one pass with a
// bounded stack, by shape and by what stands beside them: „“ «» "" “” mix, nest
// and get lost in real news.
func (r *reading) pairQuotes() {
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
		if len(stack) > 0 && end > stack[0].tok+2 && (r.opensPara(stack[0].tok) || r.introduced(stack[0].tok) || end < len(r.toks) && isMark(r.toks[end].form)) {
			r.quotes = append(r.quotes, quote{open: stack[0].tok, close: end, lost: true})
		}
		stack = stack[:0]
	}
	para := 0
	for i := range r.toks {
		t := &r.toks[i]
		if p := r.sents[t.sent].para; p != para {
			flush(i)
			para = p
		}
		kind, class := markOf(t.form)
		if kind == notMark {
			continue
		}
		if kind == either {
			kind = r.sideOf(i, len(stack) > 0)
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
		r.quotes = append(r.quotes, quote{open: stack[k].tok, close: i, depth: k})
		stack = stack[:k]
	}
	flush(len(r.toks))
	r.sortQuotes()
	for qi, q := range r.quotes {
		r.toks[q.open].opens = qi
		if q.close < len(r.toks) && !q.lost {
			r.toks[q.close].closes = qi
		}
		for i := q.open + 1; i < q.close && i < len(r.toks); i++ {
			r.toks[i].quote = qi // later ones are inner ones
		}
	}
}

// sideOf decides for a mark of either side by the characters beside it.
func (r *reading) sideOf(i int, inside bool) markKind {
	t := &r.toks[i]
	before, _ := utf8.DecodeLastRuneInString(r.text[:t.Start])
	after, _ := utf8.DecodeRuneInString(r.text[t.End:])
	spaceBefore := t.Start == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—–-/", before)
	spaceAfter := int(t.End) == len(r.text) || unicode.IsSpace(after)
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
func (r *reading) introduced(i int) bool {
	if i == 0 || r.toks[i-1].form != ":" && r.toks[i-1].form != "," {
		return false
	}
	for k := i - 2; k >= 0 && k > i-8 && r.toks[k].sent == r.toks[i].sent; k-- {
		if r.toks[k].say.has('q') {
			return true
		}
	}
	return false
}

// opensPara reports whether token i is the first of its paragraph.
func (r *reading) opensPara(i int) bool {
	s := r.toks[i].sent
	return s == r.firstSentOfPara(i) && i == r.sents[s].first
}

func isMark(form string) bool {
	k, _ := markOf(form)
	return k != notMark
}

func (r *reading) firstSentOfPara(i int) int {
	s := r.toks[i].sent
	for s > 0 && r.sents[s-1].para == r.sents[s].para {
		s--
	}
	return s
}

// sortQuotes puts outer quotations before the ones inside them.
func (r *reading) sortQuotes() {
	q := r.quotes
	for i := 1; i < len(q); i++ {
		for j := i; j > 0 && (q[j].open < q[j-1].open || q[j].open == q[j-1].open && q[j].close > q[j-1].close); j-- {
			q[j], q[j-1] = q[j-1], q[j]
		}
	}
	depthOf := make([]int, 0, 8)
	for i := range q {
		for len(depthOf) > 0 && q[depthOf[len(depthOf)-1]].close <= q[i].open {
			depthOf = depthOf[:len(depthOf)-1]
		}
		q[i].depth = len(depthOf)
		depthOf = append(depthOf, i)
	}
}
