package page

import (
	"sort"
	"unicode/utf8"
)

// Runes turns byte offsets of the text into code points; offsets must be asked
// for in any order, so it keeps an index every 64 code points.
type Runes struct {
	text  string
	index []int32 // byte offset of code point 64*i
	ascii bool
}

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

// At returns the code point index of a byte offset.
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
