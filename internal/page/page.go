// Package page sets an article out once and for all to see: its words and sentences, what
// stands in quotation marks, names, phrases, clauses, the tree, the times, and what the
// lexicons and the knowledge base know of each.
//
// A page is built in one visible order ([Build]) and never changed afterwards: every method
// only asks, so that the answer does not hang on who asked before, and many may ask at
// once.
//
// A word is one of syntax, as Universal Dependencies has it; words of one token ("don't") share its
// bytes. Places are indices of [Page.Words], i, j or k, unless a name or comment says bytes; ranges i to j of words
// are half open, but names and times have their first and last word both included. Methods do not check
// indices: they must be those of words, phrases and so on of this page. Where nothing
// is found an index is -1 and a text is "".
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
	Quotes    []Quote  // the outer before those inside
	Names     []Name   // in the order of the text
	Phrases   []Phrase // those that stand in no other come first, in the order of the text
	PhraseAt  []int    // by word: the outermost phrase that covers it, -1 for none
	Outer     int      // how many of the phrases stand in no other

	// What the knowledge base found; First and Last of the matches are words of the page.
	Known       []kb.Match // adjectives, demonyms, offices and bodies
	People      []kb.Match // persons
	Outlets     []kb.Match // media; those known by the last word of their name alone, without ID, come last
	MainCountry string     // code of the country that the article names most often, the first of equals; or ""

	Times       []Moment          // that have a place in the calendar, in the order of the text
	Published   letopis.Published // when the article appeared, by what it says or was told
	PublishedBy []ud.Span         // bytes that tell so

	finder *timex.Finder
	// Phrases inside others.
	innerWords [][2]int    // the phrase of a document and that of whose words it holds, sorted
	innerFrom  map[int]int // after "according to", by the word where they begin
	innerHead  map[int]int // of offices and people, by the word that heads them
}

// Word is one word of the page, in a flat list over all sentences, so that quotations which
// run over several sentences are plain ranges.
type Word struct {
	ud.Span           // bytes of its token in the text
	Form    string    // as written
	Lower   string    // Form in small letters
	Lemma   string    // without the clitic that a treebank adds; "" where the parser gives none
	UPOS    ud.UPOS   // "" where the parser gives none
	XPOS    string    // tag of the language's treebank, or ""
	Deprel  ud.Deprel // relation to Head
	Feats   ud.Feats
	Head    int      // the word that it hangs on, -1 for the root of a sentence
	Sent    int      // index of its sentence
	Class   Class    // of the language's words.tsv, by itself or with the words after it
	Say     *Saying  // what say.tsv says of it, nil where it is no word of saying
	Trigger *Trigger // what events.tsv says of it, nil where it evokes no event
	Spent   bool     // it is part of a longer trigger, or of what only looks like one
	Name    int      // index of the name that covers it, -1 for none
	Quote   int      // index of the innermost quotation between whose marks it stands, -1 for none
	Opens   int      // index of the quotation that this mark opens, -1 for none
	Closes  int      // index of the quotation that this mark closes, -1 for none
	Outlet  int      // 1 + index in [Page.Outlets] of the outlet it names, 0 for none
	Known   int      // 1 + index in [Page.Known] of what the knowledge base knows, 0 for none
	Date    bool     // it is part of a time expression, be it one without a place in the calendar
}

// Sentence is a sentence: the words First to End, half open.
type Sentence struct {
	Bytes      ud.Span
	First, End int
	Para       int // index of its paragraph, from 0
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
		{"words", pg.layWords}, {"quotes", pg.layQuotes}, {"names", pg.layNames}, {"times", pg.layTimes}, {"names", pg.settleNames}, {"times", pg.mendTimes},
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

// Words sets out the words of an analysis of text alone, with what the lexicon sees in them: no
// names, quotations, times or knowledge.
func Words(text string, a *ud.Analysis, lex *Lexicon) []Word {
	pg := &Page{Text: text, Analysis: a, Lex: lex}
	pg.layWords()
	return pg.Words
}

// layWords lays the analysis out as one list of words.
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
			if p := len(pg.Words) - 1; p >= base && pg.Words[p].Span == t.Span && (w.UPOS == "PART" || w.UPOS == "PUNCT") && apostrophe(w.Form) && strings.HasSuffix(pg.Text[t.Start:t.End], w.Form) {
				t.Start = t.End - int32(len(w.Form)) // a possessive ending has its own place
				pg.Words[p].End = t.Start
			}
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
	pg.Lex.triggers.mark(pg.Words)
}

// oneSubject mends trees in which a verb has a second subject behind an infinitive, where
// forms of subject and object are alike ("может ввести санкции"): it is the object of that.
func oneSubject(words []Word, base int) {
	first := make([]bool, len(words)) // verbs that have a subject before them
	comp := make([]int, len(words))   // 1 + the infinitive after them
	for i := range words {
		t := &words[i]
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

// Is reports whether the word is of one of the word classes in c.
func (t *Word) Is(c Class) bool { return t.Class&c != 0 }

// Rel reports whether the word has one of the relations, in any subtype.
func (t *Word) Rel(rels ...string) bool {
	return slices.Contains(rels, Relation(t.Deprel)) || slices.Contains(rels, string(t.Deprel))
}

// Capital reports whether the word begins with a capital letter.
func (t *Word) Capital() bool {
	c, _ := utf8.DecodeRuneInString(t.Form)
	return unicode.IsUpper(c)
}

// Punct reports whether the word has no letter and no digit.
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

// Acronym reports whether the word has more than two bytes and no small letter: OSCE, НАТО, 5000.
func (t *Word) Acronym() bool { return len(t.Form) > 2 && strings.ToUpper(t.Form) == t.Form }

// Dash reports whether the word is a dash or hyphen of its own.
func (t *Word) Dash() bool {
	return t.Form == "-" || t.Form == "–" || t.Form == "—" || t.Form == "--"
}

// at returns the index of the first word that starts at or after a byte offset.
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

// Span returns the bytes of the words i to j, half open and not empty.
func (pg *Page) Span(i, j int) ud.Span {
	return ud.Span{Start: pg.Words[i].Start, End: pg.Words[j-1].End}
}

// TextOf returns the text of the words i to j, half open.
func (pg *Page) TextOf(i, j int) string {
	s := pg.Span(i, j)
	return pg.Text[s.Start:s.End]
}

// SentenceOf ranges over the words of the sentence of word k, in their order.
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

// CountWords returns how many of the words i to j, half open, are not punctuation.
func (pg *Page) CountWords(i, j int) int {
	n := 0
	for ; i < j; i++ {
		if !pg.Words[i].Punct() {
			n++
		}
	}
	return n
}

// Tight reports whether no space stands on either side of word j.
func (pg *Page) Tight(j int) bool {
	return j > 0 && j+1 < len(pg.Words) && pg.Words[j-1].End == pg.Words[j].Start && pg.Words[j].End == pg.Words[j+1].Start
}

// Trim shrinks the range of words i to j so that it neither begins nor ends with
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

// opensInside reports whether word i opens a quotation that closes before j.
func (pg *Page) opensInside(i, j int) bool {
	q := pg.Words[i].Opens
	return q >= 0 && pg.Quotes[q].Close < j
}

// closesInside reports whether word j closes a quotation or bracket that opens at or after i.
func (pg *Page) closesInside(i, j int) bool {
	if f := pg.Words[j].Form; f == ")" || f == "]" {
		return true
	}
	q := pg.Words[j].Closes
	return q >= 0 && pg.Quotes[q].Open >= i
}
