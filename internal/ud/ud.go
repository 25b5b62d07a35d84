// Package ud holds an analysis in the terms of Universal Dependencies:
// sentences, tokens, words, features, relations, and the names found on them.
//
// Offsets are BYTES of the analysed text, unlike the code points of package
// letopis; the types differ so that the two units cannot be mixed.
// For every Token t of text s, s[t.Start:t.End] is the token as written.
// The package is a leaf and imports only the standard library.
package ud

// Span is a half-open range of bytes of the analysed text.
type Span struct{ Start, End int32 }

// Token is a surface token and the syntactic words it stands for:
// Words[First] to Words[Last], both included.
type Token struct {
	Span
	First, Last int32
}

// Word is a syntactic word. Token is the index of its surface token in
// Sentence.Tokens; Head indexes Sentence.Words, 0 being the root.
type Word struct {
	Form, Lemma, XPOS string
	Feats             Feats
	UPOS              UPOS
	Deprel            Deprel
	Head, Token       int32
}

// Sentence is a sentence. Words[0] is the artificial root, so Head is an index
// as it stands; Words[0].Token is -1.
type Sentence struct {
	Span
	Tokens []Token
	Words  []Word
}

// Analysis is what the language analysis makes of one text. Names is nil where nobody
// looked for names, and empty where there are none. Foreign is the quoted passages in
// another language than Lang, in their order, not overlapping.
type Analysis struct {
	Lang      string
	Sentences []Sentence
	Names     []Name
	Foreign   []Passage
}

// Passage is a part of a text in a language of its own (ISO 639-1).
type Passage struct {
	Span
	Lang string
}

// Name is a proper name: whole tokens First..Last (both included) of one sentence.
// Type is one of PER ORG LOC EVT PRO; Base is its dictionary form;
// Score is the recogniser's confidence from 0 to 100.
type Name struct {
	Span
	Sentence    int32
	First, Last int32
	Type        string
	Base        string
	Score       int32
}

// UPOS is a universal part-of-speech tag ("NOUN").
type UPOS string

// Deprel is a universal dependency relation, with its subtype ("nsubj:pass").
type Deprel string

// Feats are morphological features as CoNLL-U writes them:
// "Case=Nom|Gender=Masc", sorted by name; empty for none.
type Feats string

// Get returns the value of the feature, or "".
func (f Feats) Get(name string) string {
	s := string(f)
	for len(s) > 0 {
		kv := s
		if i := indexByte(s, '|'); i >= 0 {
			kv, s = s[:i], s[i+1:]
		} else {
			s = ""
		}
		if len(kv) > len(name) && kv[len(name)] == '=' && kv[:len(name)] == name {
			return kv[len(name)+1:]
		}
	}
	return ""
}

func indexByte(s string, c byte) int {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			return i
		}
	}
	return -1
}
