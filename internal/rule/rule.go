// Package rule is the pattern language over text that language packs write their
// rules in, and the word lists that the patterns name.
//
// A pattern is matched against atoms: runs of letters, runs of digits, and single
// other signs, as [Set.Atomize] cuts them. Atoms are finer than tokens, so a rule
// does not depend on where a tokenizer cuts "29.03.2019г." or "2018-а".
//
// A file of rules holds, a line each, with '#' comments and blank lines between:
//
//	let NAME = PATTERN           a part that later patterns name as &NAME
//	rule NAME                    begins a rule
//	kind WORD                    what the rule is for; the reader of the file says which there are
//	why TEXT                     the reason
//	match PATTERN                one or more alternatives
//	value TEXT                   an expression for the reader of the file
//	yes TEXT, no TEXT            examples, in the form that the reader of the file gives them
//
// A pattern is a sequence of:
//
//	"word" 'word'                the word, whatever its case
//	<class>                      a word or phrase of a list
//	#9-99  #0000  #01-31         a number in a range; with exactly so many digits; both
//	\w \W \A \p                  any word; a capitalised word; an all-capital word; any one sign
//	=NOUN                        a word of that part of speech, where the atoms are tagged
//	( a | b )                    alternatives, the first that fits
//	x?  x{0,6}                   optional, or so many times at most
//	name:x                       keeps the atom that x begins with under a name
//	~                            no space between the atoms around it
//	!x  -x                       the next atom, or the one before, is not x (a single atom)
//	^  $                         begin and end of a line
//	[ x ]                        the part that is the finding; the whole match without it
//
// Patterns have no unbounded repetition and a bounded number of steps, so
// matching takes time linear in the text. The package is a leaf.
package rule

import (
	"fmt"
	"strings"
)

// Rule is one named rule of a file.
type Rule struct {
	Name  string
	Kind  string
	Why   string
	Value string
	Yes   []Example
	No    []Example
	Pos   Pos // of its first line
	// ValuePos is where Value stands, for complaints about it.
	ValuePos Pos
	// Caps names the captures of the rule's patterns; a Match keeps them in this order.
	Caps []string

	patterns []*program
}

// Example is a text that runs in tests.
type Example struct {
	Text string
	Pos  Pos
}

// Cap returns the index of a capture, or -1.
func (r *Rule) Cap(name string) int {
	for i, c := range r.Caps {
		if c == name {
			return i
		}
	}
	return -1
}

// Pos is a place in a file; Col counts bytes from 1.
type Pos struct {
	File      string
	Line, Col int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col) }

// Error is a complaint about a file of rules or words.
type Error struct {
	Pos Pos
	Msg string
	Src string // the line
}

func (e *Error) Error() string {
	src := e.Src
	if len(src) > 200 {
		return fmt.Sprintf("%s: %s", e.Pos, e.Msg)
	}
	caret := strings.Repeat(" ", max(0, len([]rune(src[:min(len(src), max(0, e.Pos.Col-1))]))))
	return fmt.Sprintf("%s: %s\n\t%s\n\t%s^", e.Pos, e.Msg, src, caret)
}
