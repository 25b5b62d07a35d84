package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Atom is a run of letters, a run of digits, or one other sign of a text.
// s[Start:End] is the atom as written; offsets are bytes.
type Atom struct {
	Start, End int32
	Word       int32 // id in the set; -1 for a form no list and no pattern has
	Num        int32 // value of a run of up to 9 digits, else -1
	Digits     uint8 // of a number
	Letter     bool
	Capital    bool  // begins with an upper-case letter
	AllCaps    bool  // has no lower-case letter and at least two letters
	Space      bool  // white space, or the begin of the text, stands before it
	Line       bool  // it is the first of a line
	Para       bool  // a blank line, or the begin of the text, stands before it
	Tag        uint8 // part of speech of the word it begins, by [Tag]; 0 where it is not known
	Inside     bool  // a number glued to what stands before it: "covid-19", "$20", "1.5"
}

// Atomize cuts text into atoms, in order, and appends them to dst. The escape
// "&nbsp;" of careless web pages counts as a space.
func (s *Set) Atomize(dst []Atom, text string) []Atom { return s.atomize(dst, text, false) }

func (s *Set) atomize(dst []Atom, text string, add bool) []Atom {
	var buf [64]byte
	space, line, para := true, true, true
	base := len(dst)
	for i := 0; i < len(text); {
		c := text[i]
		r, n := rune(c), 1
		if c >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		switch {
		case r == '\n':
			para = para || line
			space, line = true, true
			i++
			continue
		case r == ' ' || r == '\t' || r == '\r' || r == '\u00a0' || r == '\u202f' || r == '\u200b' || r == '\ufeff' || r > 0x7f && unicode.IsSpace(r):
			space = true
			i += n
			continue
		case c == '&' && strings.HasPrefix(text[i:], "&nbsp"):
			i += len("&nbsp")
			if i < len(text) && text[i] == ';' {
				i++
			}
			space = true
			continue
		}
		a := Atom{Start: int32(i), Word: -1, Num: -1, Space: space, Line: line, Para: para}
		end := i
		switch {
		case '0' <= c && c <= '9':
			end = scanNumber(&a, text, i)
			if len(dst) > base && !space {
				a.Inside = inside(dst[base:], text)
			}
		case isLetter(r):
			end = scanWord(&a, text, i)
		default:
			end = i + n
		}
		a.End = int32(end)
		folded := buf[:0]
		for _, r := range text[i:end] {
			folded = appendFold(folded, r)
			if len(folded) > 60 {
				break
			}
		}
		if add {
			a.Word = s.intern(folded)
		} else if id, ok := s.ids[string(folded)]; ok {
			a.Word = id
		}
		dst = append(dst, a)
		space, line, para = false, false, false
		i = end
	}
	return dst
}

func scanNumber(a *Atom, text string, i int) int {
	v := int32(0)
	j := i
	for j < len(text) && '0' <= text[j] && text[j] <= '9' {
		if j-i < 9 {
			v = v*10 + int32(text[j]-'0')
		}
		j++
	}
	a.Digits = uint8(min(j-i, 255))
	if j-i <= 9 {
		a.Num = v
	}
	return j
}

func scanWord(a *Atom, text string, i int) int {
	j := i
	a.Letter, a.AllCaps = true, true
	letters := 0
	for j < len(text) {
		r, n := rune(text[j]), 1
		if text[j] >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[j:])
		}
		if !isLetter(r) {
			break
		}
		upper := unicode.IsUpper(r)
		if j == i {
			a.Capital = upper
		}
		a.AllCaps = a.AllCaps && upper
		letters++
		j += n
	}
	a.AllCaps = a.AllCaps && letters > 1
	return j
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad'
}

// inside reports whether a number that is glued to prev is a part of something
// else. A sign before it counts only where that is itself glued to a word or number.
func inside(prev []Atom, text string) bool {
	p := prev[len(prev)-1]
	if p.Letter || p.Digits > 0 {
		return true
	}
	switch text[p.Start:p.End] {
	case "$", "€", "£", "¥", "№", "#", "@", "+":
		return true
	case "(", "[", "\"", "«", "„", "“", "'", "|", ">", "”":
		return false
	case "-", "–", "—":
		// A range "May–5" is rare, a name such as "G-20" is not.
		return !p.Space
	}
	if p.Space || len(prev) < 2 {
		return false
	}
	if q := prev[len(prev)-2]; q.Digits == 0 {
		return q.Letter && strings.IndexByte("/_=?&", text[p.Start]) >= 0 // an address
	}
	return true
}

// tags are the universal parts of speech; a tag is an index plus one.
var tags = [...]string{"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"}

// Tag returns the number of a universal part of speech, 0 for another.
func Tag(upos string) uint8 {
	for i, t := range tags {
		if t == upos {
			return uint8(i + 1)
		}
	}
	return 0
}
