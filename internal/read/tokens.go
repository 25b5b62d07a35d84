package read

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/ud"
)

// tok is one syntactic word of the document in a flat list over all sentences,
// so that quotations which run over several sentences are plain index ranges.
type tok struct {
	ud.Span        // bytes of the text; words of one surface token share it
	form    string // as written
	lower   string
	lemma   string
	upos    ud.UPOS
	xpos    string
	deprel  ud.Deprel
	feats   ud.Feats
	head    int // index in toks, -1 for the root of the sentence
	sent    int
	class   classSet // word classes of the language's words.tsv
	say     *sayEntry
	trigger *trigger
	spent   bool // part of a longer trigger, or of what only looks like one
	name    int  // index of the mention that covers it, -1 for none
	quote   int  // index of the innermost quotation that it stands in, -1 for none
	opens   int  // index of the quotation that this mark opens, -1 for none
	closes  int  // index of the quotation that this mark closes, -1 for none
	outlet  int  // 1 + index in reading.outlets of the news outlet it names, 0 for none
	known   int  // 1 + index in reading.known of what the knowledge base says, 0 for none
	date    bool
}

// sent is a sentence as a half-open range of toks.
type sent struct {
	bytes      ud.Span
	first, end int
	para       int // index of its paragraph
}

// flatten lays the analysis out as one list of tokens.
func (r *reading) flatten() {
	n := 0
	for i := range r.a.Sentences {
		n += len(r.a.Sentences[i].Words) - 1
	}
	r.toks = make([]tok, 0, n)
	r.sents = make([]sent, 0, len(r.a.Sentences))
	para, last := 0, int32(0)
	for si := range r.a.Sentences {
		s := &r.a.Sentences[si]
		if strings.Contains(r.text[last:s.Start], "\n") {
			para++
		}
		last = s.End
		base := len(r.toks)
		for wi := 1; wi < len(s.Words); wi++ {
			w := &s.Words[wi]
			t := tok{form: w.Form, lemma: r.lex.bareLemma(w.Lemma), upos: w.UPOS, xpos: w.XPOS, deprel: w.Deprel, feats: w.Feats,
				sent: si, name: -1, quote: -1, head: -1, opens: -1, closes: -1}
			t.Span = s.Tokens[w.Token].Span
			if w.Head > 0 {
				t.head = base + int(w.Head) - 1
			}
			t.lower = strings.ToLower(w.Form)
			r.toks = append(r.toks, t)
		}
		oneSubject(r.toks[base:], base)
		r.sents = append(r.sents, sent{bytes: s.Span, first: base, end: len(r.toks), para: para})
	}
	r.lex.classify(r.toks)
	r.lex.events.mark(r.toks)
}

// oneSubject mends trees in which a verb has a second subject behind an infinitive, where
// forms of subject and object are alike ("может ввести санкции"): it is the object of that.
func oneSubject(toks []tok, base int) {
	first := make([]bool, len(toks)) // verbs that have a subject before them
	comp := make([]int, len(toks))   // 1 + the infinitive after them
	for i := range toks {
		t := &toks[i]
		h := t.head - base
		if h < 0 {
			continue
		}
		switch t.deprel {
		case "nsubj":
			if h > i {
				first[h] = true
			} else if first[h] && comp[h] > 0 {
				t.head, t.deprel = base+comp[h]-1, "obj"
			}
		case "xcomp":
			if h < i && t.upos == "VERB" {
				comp[h] = i + 1
			}
		}
	}
}

// is reports whether the token is of one of the word classes.
func (t *tok) is(c classSet) bool { return t.class&c != 0 }

// capital reports whether the token begins with an upper-case letter.
func (t *tok) capital() bool {
	c, _ := utf8.DecodeRuneInString(t.form)
	return unicode.IsUpper(c)
}

// punct reports whether the token has no letter and no digit.
func (t *tok) punct() bool {
	if t.upos == "PUNCT" {
		return true
	}
	for _, c := range t.form {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return false
		}
	}
	return true
}

// dash reports whether the token is a dash that sets off a clause.
func (t *tok) dash() bool {
	return t.form == "-" || t.form == "–" || t.form == "—" || t.form == "--"
}

// at returns the index of the first token that starts at or after a byte offset.
func (r *reading) at(off int32) int {
	lo, hi := 0, len(r.toks)
	for lo < hi {
		m := (lo + hi) / 2
		if r.toks[m].Start < off {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// span returns the bytes of toks i to j, half open.
func (r *reading) span(i, j int) ud.Span {
	return ud.Span{Start: r.toks[i].Start, End: r.toks[j-1].End}
}

// trim shrinks a token range so that it neither begins nor ends with
// punctuation other than a quotation mark or bracket that closes what it opens.
func (r *reading) trim(i, j int) (int, int) {
	for i < j && r.toks[i].punct() && !r.opens(i, j) {
		i++
	}
	for j > i && r.toks[j-1].punct() && !r.closes(i, j-1) {
		j--
	}
	return i, j
}

// opens reports whether token i opens a quotation that closes before j.
func (r *reading) opens(i, j int) bool {
	q := r.toks[i].opens
	return q >= 0 && r.quotes[q].close < j
}

// closes reports whether token j closes a quotation or bracket that opens at or after i.
func (r *reading) closes(i, j int) bool {
	if f := r.toks[j].form; f == ")" || f == "]" {
		return true
	}
	q := r.toks[j].closes
	return q >= 0 && r.quotes[q].open >= i
}

// quoteFrom returns the index of the first quotation that opens at or after token i.
func (r *reading) quoteFrom(i int) int {
	return sort.Search(len(r.quotes), func(k int) bool { return r.quotes[k].open >= i })
}

// bareLemma strips the clitic that a treebank writes into lemmas: "съглася-се".
func (x *lexicon) bareLemma(lemma string) string {
	if i := strings.LastIndexByte(lemma, '-'); i > 0 && x.clitics[lemma[i+1:]] {
		return lemma[:i]
	}
	return lemma
}
