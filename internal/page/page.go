// Package page sets an article out once and for all to see: its words and sentences, what
// stands in quotation marks, names, phrases, clauses, the tree, the times, and what the
// lexicons and the knowledge base know of each.
//
// A page is built in one visible order ([Build]) and never changed afterwards: every method
// only asks, so that the answer does not hang on who asked before, and many may ask at
// once. Positions are indices of words unless a name says bytes; ranges of words are half
// open, names and times have their first and last word both included.
package page

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// Page is an article set out. Its fields are read by everybody and written by nobody
// but [Build].
type Page struct {
	Doc      *letopis.Document
	Text     string       // of the document
	Analysis *ud.Analysis // what the page is made of
	Lex      *Lexicon
	KB       *kb.KB

	Words     []Word
	Sentences []Sentence
	Quotes    []Quote // the outer before those inside
	Names     []Name  // in the order of the text
	Phrases   []Phrase
	PhraseAt  []int // the outermost phrase of each word, -1 for none
	Outer     int   // how many of the phrases stand in no other: they come first

	Known       []kb.Match // offices, adjectives and bodies
	People      []kb.Match // persons of the knowledge base
	Outlets     []kb.Match
	MainCountry string // that the article names most, or ""

	Times       []Moment // of the calendar, in the order of the text
	Published   letopis.Published
	PublishedBy []ud.Span // bytes that tell when it was published

	finder *timex.Finder
	// Phrases inside phrases: whose words a document holds (the document and they), by the word where they
	// begin, and by the office that heads them.
	innerWords [][2]int
	innerFrom  map[int]int
	innerHead  map[int]int
}

// Source is what a page is made of. The spans of Analysis lie in Doc.Text; its names may
// be nil.
type Source struct {
	Doc      *letopis.Document
	Analysis *ud.Analysis
	Lexicon  *Lexicon
	KB       *kb.KB
	Times    *timex.Finder
}

// Build sets an article out. begins, where it is not nil, is told the name of each part as
// it begins. The only error is that of ctx.
func Build(ctx context.Context, src Source, begins func(part string)) (*Page, error) {
	pg := &Page{Doc: src.Doc, Text: src.Doc.Text, Analysis: src.Analysis, Lex: src.Lexicon, KB: src.KB, finder: src.Times}
	for _, part := range []struct {
		name string
		lay  func()
	}{
		{"words", pg.layWords}, {"quotes", pg.layQuotes}, {"names", pg.layNames}, {"times", pg.layTimes},
		{"phrases", pg.layPhrases}, {"phrases", pg.layInnerPhrases}, {"phrases", pg.layOutlets}, {"phrases", pg.countMain},
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if begins != nil {
			begins(part.name)
		}
		part.lay()
	}
	return pg, nil
}

// Words sets out the words of an analysis alone, with what the lexicon sees in them.
func Words(text string, a *ud.Analysis, lex *Lexicon) []Word {
	pg := &Page{Text: text, Analysis: a, Lex: lex}
	pg.layWords()
	return pg.Words
}

// Word is one syntactic word of the document in a flat list over all sentences,
// so that quotations which run over several sentences are plain index ranges.
type Word struct {
	ud.Span        // bytes of the text; words of one surface token share it
	Form    string // as written
	Lower   string
	Lemma   string
	UPOS    ud.UPOS
	XPOS    string
	Deprel  ud.Deprel
	Feats   ud.Feats
	Head    int // index in toks, -1 for the root of the sentence
	Sent    int
	Class   Class // word classes of the language's words.tsv
	Say     *Saying
	Trigger *Trigger
	Spent   bool // part of a longer trigger, or of what only looks like one
	Name    int  // index of the mention that covers it, -1 for none
	Quote   int  // index of the innermost quotation that it stands in, -1 for none
	Opens   int  // index of the quotation that this mark opens, -1 for none
	Closes  int  // index of the quotation that this mark closes, -1 for none
	Outlet  int  // 1 + index in reading.outlets of the news outlet it names, 0 for none
	Known   int  // 1 + index in reading.known of what the knowledge base says, 0 for none
	Date    bool
}

// Sentence is a sentence as a half-open range of toks.
type Sentence struct {
	Bytes      ud.Span
	First, End int
	Para       int // index of its paragraph
}

// layWords lays the analysis out as one list of tokens.
func (pg *Page) layWords() {
	n := 0
	for i := range pg.Analysis.Sentences {
		n += len(pg.Analysis.Sentences[i].Words) - 1
	}
	pg.Words = make([]Word, 0, n)
	pg.Sentences = make([]Sentence, 0, len(pg.Analysis.Sentences))
	para, last := 0, int32(0)
	for si := range pg.Analysis.Sentences {
		s := &pg.Analysis.Sentences[si]
		if strings.Contains(pg.Text[last:s.Start], "\n") {
			para++
		}
		last = s.End
		base := len(pg.Words)
		for wi := 1; wi < len(s.Words); wi++ {
			w := &s.Words[wi]
			t := Word{Form: w.Form, Lemma: pg.Lex.bareLemma(w.Lemma), UPOS: w.UPOS, XPOS: w.XPOS, Deprel: w.Deprel, Feats: w.Feats,
				Sent: si, Name: -1, Quote: -1, Head: -1, Opens: -1, Closes: -1}
			t.Span = s.Tokens[w.Token].Span
			if w.Head > 0 {
				t.Head = base + int(w.Head) - 1
			}
			t.Lower = strings.ToLower(w.Form)
			pg.Words = append(pg.Words, t)
		}
		oneSubject(pg.Words[base:], base)
		pg.Sentences = append(pg.Sentences, Sentence{Bytes: s.Span, First: base, End: len(pg.Words), Para: para})
	}
	pg.Lex.classify(pg.Words)
	pg.Lex.Triggers.mark(pg.Words)
}

// oneSubject mends trees in which a verb has a second subject behind an infinitive, where
// forms of subject and object are alike ("может ввести санкции"): it is the object of that.
func oneSubject(toks []Word, base int) {
	first := make([]bool, len(toks)) // verbs that have a subject before them
	comp := make([]int, len(toks))   // 1 + the infinitive after them
	for i := range toks {
		t := &toks[i]
		h := t.Head - base
		if h < 0 {
			continue
		}
		switch t.Deprel {
		case "nsubj":
			if h > i {
				first[h] = true
			} else if first[h] && comp[h] > 0 {
				t.Head, t.Deprel = base+comp[h]-1, "obj"
			}
		case "xcomp":
			if h < i && t.UPOS == "VERB" {
				comp[h] = i + 1
			}
		}
	}
}

// Is reports whether the token is of one of the word classes.
func (t *Word) Is(c Class) bool { return t.Class&c != 0 }

// Rel reports whether the token has one of the relations, in any subtype.
func (t *Word) Rel(rels ...string) bool {
	return slices.Contains(rels, Relation(t.Deprel)) || slices.Contains(rels, string(t.Deprel))
}

// Capital reports whether the token begins with an upper-case letter.
func (t *Word) Capital() bool {
	c, _ := utf8.DecodeRuneInString(t.Form)
	return unicode.IsUpper(c)
}

// Punct reports whether the token has no letter and no digit.
func (t *Word) Punct() bool {
	if t.UPOS == "PUNCT" {
		return true
	}
	for _, c := range t.Form {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return false
		}
	}
	return true
}

func (t *Word) Acronym() bool { return len(t.Form) > 2 && strings.ToUpper(t.Form) == t.Form }

// Dash reports whether the token is a dash that sets off a clause.
func (t *Word) Dash() bool {
	return t.Form == "-" || t.Form == "–" || t.Form == "—" || t.Form == "--"
}

// at returns the index of the first token that starts at or after a byte offset.
func (pg *Page) at(off int32) int {
	lo, hi := 0, len(pg.Words)
	for lo < hi {
		m := (lo + hi) / 2
		if pg.Words[m].Start < off {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

// Span returns the bytes of toks i to j, half open.
func (pg *Page) Span(i, j int) ud.Span {
	return ud.Span{Start: pg.Words[i].Start, End: pg.Words[j-1].End}
}

// TextOf returns the text of the tokens i to j, half open.
func (pg *Page) TextOf(i, j int) string {
	s := pg.Span(i, j)
	return pg.Text[s.Start:s.End]
}

// SentenceOf ranges over the tokens of the sentence of token k.
func (pg *Page) SentenceOf(k int) func(yield func(int) bool) {
	b := pg.Sentences[pg.Words[k].Sent]
	return func(yield func(int) bool) {
		for i := b.First; i < b.End; i++ {
			if !yield(i) {
				return
			}
		}
	}
}

func (pg *Page) CountWords(i, j int) int {
	n := 0
	for ; i < j; i++ {
		if !pg.Words[i].Punct() {
			n++
		}
	}
	return n
}

// Tight reports whether no space stands on either side of token j.
func (pg *Page) Tight(j int) bool {
	return j > 0 && j+1 < len(pg.Words) && pg.Words[j-1].End == pg.Words[j].Start && pg.Words[j].End == pg.Words[j+1].Start
}

// Trim shrinks a token range so that it neither begins nor ends with
// punctuation other than a quotation mark or bracket that closes what it opens.
func (pg *Page) Trim(i, j int) (int, int) {
	for i < j && pg.Words[i].Punct() && !pg.opensInside(i, j) {
		i++
	}
	for j > i && pg.Words[j-1].Punct() && !pg.closesInside(i, j-1) {
		j--
	}
	return i, j
}

// opensInside reports whether token i opens a quotation that closes before j.
func (pg *Page) opensInside(i, j int) bool {
	q := pg.Words[i].Opens
	return q >= 0 && pg.Quotes[q].Close < j
}

// closesInside reports whether token j closes a quotation or bracket that opens at or after i.
func (pg *Page) closesInside(i, j int) bool {
	if f := pg.Words[j].Form; f == ")" || f == "]" {
		return true
	}
	q := pg.Words[j].Closes
	return q >= 0 && pg.Quotes[q].Open >= i
}
