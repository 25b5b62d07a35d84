package page

import (
	"sort"
	"unicode/utf8"
)

// Runes turns byte offsets of a text into code points. Offsets are asked
// for in any order, so it keeps the place of every 64th code point.
type Runes struct {
	text  string
	index []int32 // byte offset of code point 64*i
	ascii bool
}

// NewRunes counts the code points of a text.
func NewRunes(text string) *Runes {
	x := &Runes{text: text}
	n := 0
	for i := range text {
		if n&63 == 0 {
			x.index = append(x.index, int32(i))
		}
		n++
	}
	x.ascii = n == len(text)
	return x
}

// At returns the index in code points of a byte offset, which must lie in the text at the beginning of a code point or at its end.
func (x *Runes) At(off int32) int {
	if x.ascii {
		return int(off)
	}
	k := sort.Search(len(x.index), func(i int) bool { return x.index[i] > off }) - 1
	if k < 0 {
		return 0
	}
	return k*64 + utf8.RuneCountInString(x.text[x.index[k]:off])
}
