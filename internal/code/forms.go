// Package code codes single sentences, as event data programs do: who does what to
// whom, in the terms of PLOVER and CAMEO. It reads the sentences in the forms in which
// researchers keep them (JSON Lines, tables with marked actors, the XML of PETRARCH,
// CoNLL-U), codes each and writes what it says.
//
// Its invariant: a sentence is coded alone. What is said of it does not depend on those
// before it, so sentences may be coded in any order and at the same time. Every reader
// bounds what it holds and names the place of an error.
package code

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"letopis"
	"letopis/internal/ud"
)

// Sentence is one sentence that is to be coded.
type Sentence struct {
	ID   string // as given; "" for none
	Lang string // as given; "" for none
	Date string // as given: 2008-08-06, 20080806; "" for none
	Text string // without marks
	// Source and Target are the places of the marked actors, in code points; none for an
	// actor that is only implied. Marked says that the sentence came with actors.
	Source, Target []letopis.Span
	Marked         bool
	Analysis       *ud.Analysis      // where the form has one; over Text
	Fields         map[string]string // further columns of a table
}

// Format is a form of input.
type Format string

// The forms that [Read] knows.
const (
	JSONLines Format = "jsonl"    // an object a line: text, and id, lang, date, marked_sentence, source, target
	PLV       Format = "plv"      // a tab-separated table: uid, sentence, marked_sentence, source, target
	Petrarch  Format = "petrarch" // XML of PETRARCH: Sentence elements with Text
	Conllu    Format = "conllu"   // CoNLL-U, each sentence one item
)

// Formats lists the forms.
func Formats() []Format { return []Format{JSONLines, PLV, Petrarch, Conllu} }

const (
	maxInput    = 256 << 20 // bytes of an input that is held whole or has no bound of its own
	maxSentence = 64 << 10  // bytes of a sentence
	maxLine     = 1 << 20   // bytes of a line of JSON
)

// Read reads sentences one by one. An error of one sentence comes in its place; after
// one of the whole input nothing follows. Errors name line, row or element.
func Read(r io.Reader, f Format) iter.Seq2[*Sentence, error] {
	read := map[Format]func(io.Reader) iter.Seq2[*Sentence, error]{JSONLines: readLines, PLV: readTable, Petrarch: readXML, Conllu: readConllu}[f]
	if read == nil {
		return func(yield func(*Sentence, error) bool) {
			yield(nil, &letopis.Error{Op: "read sentences", Kind: letopis.Unsupported, Err: fmt.Errorf("there is no format %q; there are %v", f, Formats())})
		}
	}
	return func(yield func(*Sentence, error) bool) {
		n := 0
		for it, err := range read(&capped{r: r, left: maxInput}) {
			n++
			if err == nil {
				err = it.check()
			}
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			if it.ID == "" {
				it.ID = fmt.Sprintf("%d", n)
			}
			if !yield(it, nil) {
				return
			}
		}
	}
}

// check completes an item and bounds it.
func (it *Sentence) check() error {
	op := "sentence " + it.ID
	switch {
	case len(it.Text) > maxSentence:
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: fmt.Errorf("has %d bytes, more than %d; give one sentence, or use letopis read for articles", len(it.Text), maxSentence)}
	case !utf8.ValidString(it.Text):
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: errors.New("is not UTF-8")}
	case strings.TrimSpace(it.Text) == "":
		return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: errors.New("has no text")}
	}
	return nil
}

// capped ends an input that is too large with an error.
type capped struct {
	r    io.Reader
	left int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left <= 0 {
		return 0, fmt.Errorf("more than %d MB; split the file", maxInput>>20)
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}

func invalid(op string, err error) error {
	return &letopis.Error{Op: op, Kind: letopis.Invalid, Err: err}
}
