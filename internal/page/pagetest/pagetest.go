// Package pagetest makes pages without models, so that a rule of reading is tested in
// milliseconds on a sentence that is written out with all that a parser would say of it.
//
// A text is given in CoNLL-U, which is taken wherever it holds a tab (names in MISC as
// ner=B-PER, see [ud.ReadConllu]), or in a notation of one line:
//
//	[Иванов]PER/nsubj заяви/VERB/root[Tense=Past] , че/SCONJ/mark ще/AUX/aux пътува/VERB/ccomp@заяви . | „ Да/INTJ “ ¶ Край/NOUN
//
// # Words
//
// Words stand between spaces: the form, then in any order, each at most once,
//
//	/VERB           the part of speech: a field in capitals
//	/nsubj:pass     the relation: a field in small letters
//	@4 @заяви       the head, by its number in the sentence from 1 (0 for the root), or by its form where one word alone has it
//	[Tense=Past]    the features, with '|' between
//	{пътувам}       the lemma
//
// # Names
//
// A name is words in square brackets, with its type behind the closing one: "[Ivan/PROPN
// Petrov]PER". What follows the type is said of its first word, except that {…} is the base
// form of the name: "[Ивана Петрова]PER/obj{Иван Петров}".
//
// # What need not be said
//
// Part of speech: PUNCT for a form without letter and digit, NUM for one of digits, PROPN in a name, else
// none, as if the parser did not say. Lemma: the form in small letters, or as it is for a PROPN.
// Relation: "punct" for PUNCT, "flat" for later words of a name, else "dep".
// Root: the word with the relation root or the head 0, else the first verb, else the first word that is no mark.
// Head: of case, det, amod, nummod, compound the next noun to the right; of mark, aux, cop the next verb to the right; of nmod, appos,
// acl, acl:relcl the nearest noun to the left; of later words of a name its first; of all others, and where there is no such word, the root.
//
// # Spaces and sentences
//
// One space stands between words, but none before  , . ; : ! ? … % ) ] » ” ’ 's n't  and none after  ( « „ ‘ ; the marks " and “
// open and close in turn within a paragraph (“ closes what „ opened). A '~' before or after a form says that no space is there:
// "Al ~-~ Maeena". Words that share a token need CoNLL-U.
//
// '|' ends a sentence and '¶' a paragraph, which a line break follows. A backslash takes the character behind it
// as it is: \[ \/ \| \@.
package pagetest

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"letopis"
	"letopis/internal/kb"
	"letopis/internal/page"
	"letopis/internal/timex"
	"letopis/internal/ud"
)

// Analysis is what a parser would say of a text given in the notation or in CoNLL-U.
// The text itself is that of [Document].
func Analysis(t testing.TB, lang, text string) *ud.Analysis {
	t.Helper()
	_, a := Document(t, lang, text)
	return a
}

// Document is the text as plain characters, without a date and with the ID "test", and its analysis.
func Document(t testing.TB, lang, text string) (*letopis.Document, *ud.Analysis) {
	t.Helper()
	plain, a, err := Parse(lang, text)
	if err != nil {
		t.Fatal(err)
	}
	return DocumentOf(plain, a), a
}

// DocumentOf is a document of a text and its analysis as [Parse] gives them.
func DocumentOf(plain string, a *ud.Analysis) *letopis.Document {
	return &letopis.Document{ID: "test", Lang: a.Lang, Text: plain}
}

// Parse reads a text in the notation or in CoNLL-U: its plain characters and its
// analysis. An error says the column, in characters from 1.
func Parse(lang, text string) (string, *ud.Analysis, error) {
	if strings.Contains(text, "\t") {
		c, err := ud.ReadConllu(strings.NewReader(text), lang)
		if err != nil {
			return "", nil, err
		}
		return c.Text, c.Analysis, nil
	}
	return parseLine(lang, text)
}

// Tables are what pages are made with, safe for concurrent use. A test that makes many pages
// opens them once, since the knowledge base of the shipped data takes tens of milliseconds.
type Tables struct {
	fsys  fs.FS
	kb    *kb.KB
	times *timex.Set

	mu   sync.Mutex
	lexs map[string]*page.Lexicon
}

// Open opens the tables of a data folder: os.DirFS of the repository's data, or [Tiny].
func Open(t testing.TB, fsys fs.FS) *Tables {
	t.Helper()
	x := &Tables{fsys: fsys, lexs: map[string]*page.Lexicon{}}
	sub, err := fs.Sub(fsys, "kb")
	if err != nil {
		t.Fatal(err)
	}
	if x.kb, err = kb.Open(sub); err != nil {
		t.Fatal(err)
	}
	if x.times, err = timex.Open(fsys); err != nil {
		t.Fatal(err)
	}
	return x
}

// Lexicon is the lexicon of a language, opened once.
func (x *Tables) Lexicon(t testing.TB, lang string) *page.Lexicon {
	t.Helper()
	x.mu.Lock()
	defer x.mu.Unlock()
	if lex := x.lexs[lang]; lex != nil {
		return lex
	}
	lex, err := page.OpenLexicon(x.fsys, lang)
	if err != nil {
		t.Fatal(err)
	}
	x.lexs[lang] = lex
	return lex
}

// Source is what the page of a document is made of, for tests that change a part of it.
func (x *Tables) Source(t testing.TB, doc *letopis.Document, a *ud.Analysis) page.Source {
	t.Helper()
	times, err := x.times.Lang(a.Lang)
	if err != nil {
		t.Fatal(err)
	}
	return page.Source{Doc: doc, Analysis: a, Lexicon: x.Lexicon(t, a.Lang), KB: x.kb, Times: times}
}

// Page sets out a text given in the notation or in CoNLL-U.
func (x *Tables) Page(t testing.TB, lang, text string) *page.Page {
	t.Helper()
	doc, a := Document(t, lang, text)
	pg, err := page.Build(context.Background(), x.Source(t, doc, a), nil)
	if err != nil {
		t.Fatal(err)
	}
	return pg
}

// Page sets out one text with the tables of fsys; see [Open] for many.
func Page(t testing.TB, fsys fs.FS, lang, text string) *page.Page {
	t.Helper()
	return Open(t, fsys).Page(t, lang, text)
}

// Tiny is a data folder that knows next to nothing, for a made-up lexicon: the files given, by
// their names ("lang/xx/words.tsv", "kb/countries.tsv"), and those without which a folder does not open: no
// rules of time, no entry of the knowledge base, the categories of PLOVER without values, no contexts.
func Tiny(files map[string]string) fs.FS {
	var codes strings.Builder
	for _, c := range letopis.Codes() {
		fmt.Fprintf(&codes, "%s\t%d\t010\t0\n", c, c.Quad())
	}
	out := fstest.MapFS{
		"lang/und/dates.rules":     {},
		"kb/und/decline.tsv":       {},
		"onto/plover/codes.tsv":    {Data: []byte(codes.String())},
		"onto/plover/contexts.tsv": {},
	}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}
