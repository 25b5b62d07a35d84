package kb

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"letopis/internal/tsv"
)

// declension is one row of a language's table of endings: a dictionary form that
// ends in `ending` takes the endings in forms instead (with its own among them).
type declension struct {
	pos    string // kind of name it is for, or "*"
	ending string
	forms  []string
}

// endings is the table of one language.
type endings struct {
	rules  []declension
	byEnd  map[string][]int32 // ending → rules, in file order
	longer int                // length in bytes of the longest ending before declension
	maxEnd int                // length in code points of the longest ending after it
	fold   map[rune]rune
	alone  map[string]bool // kinds that the rows of "*" are not for
	known  []letter        // of the first code points, which nearly all texts are made of
}

// letter is what appendFold does with a code point.
type letter struct {
	low           rune // -1 where it is left out
	letter, upper bool
}

// knownLetters is how many code points are looked up, not worked out: Latin, Greek and Cyrillic.
const knownLetters = 0x530

// The bounds of what a word of a dict says of its ending: see wordBits.
const (
	maxEnding = 255
	maxRules  = 1 << 15
)

// readEndings builds the table from the rows of decline.tsv:
//
//	pos  ending  forms    "-" standing for the empty ending, forms split by spaces
//	fold letter  letter   letters that writers use for one another; "-" for none
//	alone kind   -        the rows of "*" are not for this kind
func readEndings(rows []tsv.Row) (*endings, []error) {
	e := &endings{byEnd: map[string][]int32{}, fold: map[rune]rune{}, alone: map[string]bool{}}
	var errs []error
	for _, r := range rows {
		if r.Field(0) == "alone" {
			e.alone[r.Field(1)] = true
			continue
		}
		if r.Field(0) == "fold" {
			from, n := utf8.DecodeRuneInString(r.Field(1))
			to, m := utf8.DecodeRuneInString(r.Field(2))
			if n != len(r.Field(1)) || m != len(r.Field(2)) {
				errs = append(errs, r.Errorf(1, "fold takes one letter and one letter"))
				continue
			}
			if r.Field(2) == "-" {
				to = -1
			}
			e.fold[from] = to
			continue
		}
		d := declension{pos: r.Field(0), ending: noDash(r.Field(1))}
		for _, f := range strings.Fields(r.Field(2)) {
			d.forms = append(d.forms, noDash(f))
			e.maxEnd = max(e.maxEnd, utf8.RuneCountInString(noDash(f)))
		}
		if len(d.forms) == 0 {
			errs = append(errs, r.Errorf(2, "no forms for the ending %q", r.Field(1)))
		}
		if len(d.ending) > maxEnding || len(e.rules) > maxRules {
			errs = append(errs, r.Errorf(1, "an ending may have %d bytes, a language %d rules", maxEnding, maxRules))
			break
		}
		for _, pos := range strings.Split(d.pos, ",") {
			d.pos = pos
			e.byEnd[d.ending] = append(e.byEnd[d.ending], int32(len(e.rules)))
			e.rules = append(e.rules, d)
		}
		e.longer = max(e.longer, len(d.ending))
	}
	known := make([]letter, knownLetters)
	for r := range known {
		known[r] = e.letter(rune(r))
	}
	e.known = known
	return e, errs
}

// letter says what becomes of a code point.
func (e *endings) letter(r rune) letter {
	if uint(r) < uint(len(e.known)) {
		return e.known[r]
	}
	low := unicode.ToLower(r)
	l := letter{low, unicode.IsLetter(r), low != r}
	if to, ok := e.fold[low]; ok {
		l.low = to
	}
	return l
}

func noDash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}

// rule returns the index of the rule for a folded dictionary word, and the length
// of its stem: the rule of the longest ending that is for pos or, failing that, for
// any. It returns -1 and the length of the word where no rule fits.
func (e *endings) rule(word []byte, pos string) (int32, int) {
	for n := min(e.longer, len(word)); n >= 0; n-- {
		cut := len(word) - n
		if n > 0 && word[cut]&0xC0 == 0x80 {
			continue // inside a letter
		}
		rules, ok := e.byEnd[string(word[cut:])]
		if !ok {
			continue
		}
		general := int32(-1)
		for _, i := range rules {
			switch e.rules[i].pos {
			case pos:
				return i, cut
			case "*":
				general = i
			}
		}
		if general >= 0 && !e.alone[pos] {
			return general, cut
		}
	}
	return -1, len(word)
}

// ending is that of the dictionary words of a rule.
func (e *endings) ending(rule int32) string {
	if rule < 0 || int(rule) >= len(e.rules) {
		return ""
	}
	return e.rules[rule].ending
}

// takes reports whether the rule has the ending.
func (e *endings) takes(rule int32, ending []byte) bool {
	if rule < 0 || int(rule) >= len(e.rules) {
		return len(ending) == 0
	}
	for _, f := range e.rules[rule].forms {
		if f == string(ending) {
			return true
		}
	}
	return false
}

// shape is how a word is capitalised.
type shape uint8

const (
	lower   shape = iota // no capital at the beginning
	capital              // a capital at the beginning
	upper                // two or more letters, all capitals
)

// foldOf is appendFold of one letter.
func (e *endings) foldOf(letter string) string {
	var buf [utf8.UTFMax]byte
	b, _ := e.appendFold(buf[:0], letter)
	return string(b)
}

// appendFold appends the form in lower case, with the language's interchangeable
// letters made one, and says how it was capitalised.
func (e *endings) appendFold(dst []byte, form string) ([]byte, shape) {
	var letters, capitals int
	first := false
	for i, r := range form {
		l := e.letter(r)
		if l.letter {
			letters++
			if l.upper {
				capitals++
				first = first || i == 0
			}
		}
		if l.low >= 0 {
			dst = utf8.AppendRune(dst, l.low)
		}
	}
	switch {
	case letters > 1 && capitals == letters:
		return dst, upper
	case first:
		return dst, capital
	}
	return dst, lower
}
